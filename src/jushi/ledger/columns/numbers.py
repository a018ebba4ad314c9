"""Columns that hold numbers: quantities with their unit, and money kept in 分."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.db.models import Q

from jushi.kernel.fields import ExactField
from jushi.ledger.columns.base import CellError, Column, Lookup


@dataclass(frozen=True, kw_only=True)
class Number(Column):
    """A quantity with its unit; whole when ``places`` is 0."""

    unit: str = ""
    places: int = 0
    minimum: Decimal | int | None = 0
    maximum: Decimal | int | None = None
    align: ClassVar[str] = "end"

    def label_for(self, model: type[models.Model]) -> str:
        label = super().label_for(model)
        return f"{label}（{self.unit}）" if self.unit else label

    def load_detail(self, stored: Any) -> Any:
        return Decimal(stored) if stored is not None else None

    def dump_detail(self, value: Any) -> Any:
        return str(value)

    def convert(self, raw: Any, lookup: Lookup) -> Any:
        number = _to_number(raw, self.unit)
        if number != number.quantize(Decimal(1).scaleb(-self.places)):
            raise CellError("请填整数" if self.places == 0 else f"最多 {self.places} 位小数")
        if self.minimum is not None and number < self.minimum:
            raise CellError(f"不能小于 {self.minimum}")
        if self.maximum is not None and number > self.maximum:
            raise CellError(f"不能大于 {self.maximum}")
        return number

    def write(self, record: Any, value: Any) -> None:
        if value is not None and not self.detail and self.places == 0 and not isinstance(type(record)._meta.get_field(self.name), ExactField):
            value = int(value)
        super().write(record, value)

    @property
    def writes_plainly(self) -> bool:
        return self.places != 0 and not self.detail

    def text(self, value: Any) -> str:
        return "" if value is None else f"{Decimal(value).normalize():f}"

    def cell(self, value: Any) -> Any:
        return None if value is None else (int(value) if self.places == 0 else float(value))

    def plain(self, value: Any) -> Any:
        return None if value is None else self.text(value)

    def max_length(self, model: type[models.Model]) -> int | None:
        return 30

    def widget(self, model: type[models.Model], lookup: Lookup) -> forms.Widget:
        return forms.TextInput(attrs={"inputmode": "decimal", "class": "number"})

    def condition(self, raw: str, lookup: Lookup) -> Q:
        low, _, high = raw.partition("~")
        found = Q()
        if low.strip():
            found &= Q(**{f"{self.name}__gte": _to_number(low, self.unit)})
        if high.strip():
            found &= Q(**{f"{self.name}__lte": _to_number(high, self.unit)})
        return found


@dataclass(frozen=True, kw_only=True)
class Money(Number):
    """An amount typed and shown in ``unit`` (元 or 万元), stored in 分."""

    unit: str = "元"
    places: int = 2

    @property
    def _factor(self) -> Decimal:
        return Decimal(10000) if self.unit == "万元" else Decimal(1)

    def convert(self, raw: Any, lookup: Lookup) -> Any:
        amount = _to_number(raw, self.unit) * self._factor
        if amount != amount.quantize(Decimal("0.01")):
            raise CellError("金额最多精确到分")
        if self.minimum is not None and amount < self.minimum:
            raise CellError(f"不能小于 {self.minimum}")
        return amount

    def text(self, value: Any) -> str:
        if value is None:
            return ""
        if self.unit == "万元":
            return f"{(Decimal(value) / self._factor).quantize(Decimal('0.01'), ROUND_HALF_UP)}"
        return f"{Decimal(value):.2f}"

    def cell(self, value: Any) -> Any:
        return None if value is None else float(Decimal(value) / self._factor)

    def raw(self, value: Any) -> Any:
        return "" if value is None else f"{(Decimal(value) / self._factor).normalize():f}"

    def condition(self, raw: str, lookup: Lookup) -> Q:
        low, _, high = raw.partition("~")
        found = Q()
        if low.strip():
            found &= Q(**{f"{self.name}__gte": _to_number(low, self.unit) * self._factor})
        if high.strip():
            found &= Q(**{f"{self.name}__lte": _to_number(high, self.unit) * self._factor})
        return found


def _to_number(raw: Any, unit: str) -> Decimal:
    if isinstance(raw, bool):
        raise CellError("请填数字")
    if isinstance(raw, (int, float, Decimal)):
        text = repr(raw) if isinstance(raw, float) else str(raw)
    else:
        text = str(raw).strip().replace("，", ",").replace(",", "")
        if unit and text.endswith(unit):
            text = text[: -len(unit)].strip()
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise CellError(f"“{text[:20]}”不是数字，请只填数，例如 12" + (f"（单位：{unit}）" if unit else "")) from error
    if not number.is_finite() or (number and number.adjusted() >= 13):
        raise CellError("数值过大，请检查单位")
    return number
