"""Fields that sum exactly on every database.

SQLite adds DECIMAL columns as floating point. Quantities are therefore stored as scaled integers (money: 分) and appear as
:class:`~decimal.Decimal` in Python (architecture.md §7, Exactness).
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models


class ExactField(models.BigIntegerField):
    """A decimal number with a fixed count of ``places``, stored as an integer multiple of 10**-places."""

    description = "定点数"

    def __init__(self, *args: Any, places: int = 3, **kwargs: Any) -> None:
        self.places = places
        self.factor = Decimal(10) ** places
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs["places"] = self.places
        return name, path, args, kwargs

    def from_db_value(self, value: int | None, expression: object, connection: object) -> Decimal | None:
        return None if value is None else Decimal(int(value)) / self.factor

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or value == "":
            return None
        try:
            return Decimal(str(value))
        except InvalidOperation as error:
            raise ValidationError("请填数字，例如 12.5", code="invalid") from error

    def get_prep_value(self, value: Any) -> int | None:
        number = self.to_python(value)
        if number is None:
            return None
        return int((number * self.factor).quantize(Decimal(1), rounding=ROUND_HALF_UP))

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value, model_instance)
        if value is not None and abs(value) >= Decimal(10) ** 15:
            raise ValidationError("数值过大，请检查单位", code="max_value")

    @property
    def validators(self) -> list[Any]:
        # the integer range of the column does not apply to the unscaled value
        return list(self._validators)  # type: ignore[attr-defined]

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        from django import forms

        kwargs.setdefault("form_class", forms.DecimalField)
        kwargs.setdefault("decimal_places", self.places)
        return models.Field.formfield(self, **kwargs)


class MoneyField(ExactField):
    """An amount in 元, stored in 分."""

    description = "金额（元）"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.pop("places", None)
        super().__init__(*args, places=2, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("places", None)
        return name, path, args, kwargs
