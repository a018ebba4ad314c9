"""Password rules (GB/T 22239—2019, 身份鉴别; counts are this system's parameters)."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError

CLASSES = (re.compile(r"[a-z]"), re.compile(r"[A-Z]"), re.compile(r"\d"), re.compile(r"[^A-Za-z\d]"))


class ThreeClassesValidator:
    """At least three of lower case, upper case, digits, symbols."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError when fewer than three classes occur."""
        if sum(1 for pattern in CLASSES if pattern.search(password)) < 3:
            raise ValidationError("口令须含大写字母、小写字母、数字、符号中的三类", code="password_classes")

    def get_help_text(self) -> str:
        """The rule in words."""
        return "含大写字母、小写字母、数字、符号中的至少三类。"
