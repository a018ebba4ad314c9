"""Dated rules as ledgers read them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, Q

from jushi.kernel.models import Rule


def rule(name: str, county: str, on: date, default: Any = None) -> Any:
    """The value of a rule in force for a county at a date: the county's own before the common one, else ``default``."""
    rows = Rule.objects.filter(
        Q(county="") | Q(county=county),
        Q(valid_from=None) | Q(valid_from__lte=on),
        Q(valid_to=None) | Q(valid_to__gte=on),
        name=name,
    )
    found = rows.order_by("-county", F("valid_from").desc(nulls_last=True)).first()
    return default if found is None else found.value
