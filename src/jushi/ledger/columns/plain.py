"""Columns that hold a value of their own: text, choices, dates, numbers, money, flags."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.db.models import Q
from django.utils import timezone

from jushi.kernel import scope
from jushi.kernel.fields import ExactField
from jushi.kernel.models import Term
from jushi.ledger.columns.base import CellError, Column, DeclarationError, Lookup

DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")


@dataclass(frozen=True, kw_only=True)
class Text(Column):
    """A line of text."""

    def convert(self, raw: Any, lookup: Lookup) -> str:
        if isinstance(raw, float) and raw.is_integer():
            raw = int(raw)  # Excel keeps codes and phone numbers as floats
        if isinstance(raw, (datetime, date)):
            raw = raw.strftime("%Y-%m-%d")
        return str(raw).strip()

    def parse(self, raw: Any, lookup: Lookup) -> Any:
        value = super().parse(raw, lookup)
        limit = 200 if self.detail else None
        if value is not None and limit and len(value) > 500:
            raise CellError("不能超过 500 字")
        return value

    def blank(self) -> str:
        return ""

    def condition(self, raw: str, lookup: Lookup) -> Q:
        return Q(**{f"{self.name}__icontains": raw.strip()})


@dataclass(frozen=True, kw_only=True)
class LongText(Text):
    """Paragraphs."""

    listed: bool = False

    def widget(self, model: type[models.Model], lookup: Lookup) -> forms.Widget:
        return forms.Textarea(attrs={"rows": 3})

    def max_length(self, model: type[models.Model]) -> int | None:
        return 20000

    def parse(self, raw: Any, lookup: Lookup) -> Any:
        value = Column.parse(self, raw, lookup)
        if value is not None and len(value) > 20000:
            raise CellError("不能超过 20000 字，请把长文作为佐证文件上传")
        return value


@dataclass(frozen=True, kw_only=True)
class Choice(Column):
    """One of a set: fixed ``options`` (code → name), or the dated ``dictionary`` of that name. Stores the code, shows the name."""

    options: Mapping[str, str] | None = None
    dictionary: str = ""

    def validate_for(self, model: type[models.Model]) -> None:
        super().validate_for(model)
        if self.options is None and not self.dictionary:
            found = self.field_of(model)
            if found is None or not found.choices:
                raise DeclarationError(f"{model.__name__}.{self.name}: 选项列须有 options、dictionary 或模型自带选项")

    def names(self, lookup: Lookup) -> dict[str, str]:
        """Code → name of what may be chosen now."""
        if self.options is not None:
            return dict(self.options)
        return terms_valid(self.dictionary, lookup)

    def all_names(self) -> dict[str, str]:
        """Code → name including values no longer valid, for showing old records."""
        if self.options is not None:
            return dict(self.options)
        return terms_named(self.dictionary)

    def text(self, value: Any) -> str:
        return self.all_names().get(value, value or "")

    def convert(self, raw: Any, lookup: Lookup) -> str:
        names, wanted = self.names(lookup), str(raw).strip()
        if wanted in names:
            return wanted
        for code, name in names.items():
            if name == wanted:
                return code
        raise CellError(f"没有“{wanted}”这个选项，请填：{'、'.join(names.values())}")

    def condition(self, raw: str, lookup: Lookup) -> Q:
        """By any value that was ever valid: old records keep the words of their time."""
        names, wanted = self.all_names(), raw.strip()
        code = wanted if wanted in names else next((c for c, name in names.items() if name == wanted), None)
        return Q(**{self.name: self.convert(wanted, lookup) if code is None else code})

    def blank(self) -> str:
        return ""

    def raw(self, value: Any) -> Any:
        return value or ""

    def choices(self, lookup: Lookup) -> list[tuple[str, str]]:
        return list(self.names(lookup).items())

    def widget(self, model: type[models.Model], lookup: Lookup) -> forms.Widget:
        return forms.Select(choices=[("", "—"), *self.choices(lookup)])


def terms_valid(dictionary: str, lookup: Lookup) -> dict[str, str]:
    """Code → name of the terms that hold on the look-up's day: a row is judged by the words of its own time, not of today."""
    rows: list[Term] = lookup.once(
        ("terms", dictionary),
        lambda: list(Term.objects.filter(Q(county="") | Q(county=lookup.county), dictionary=dictionary)),
    )
    day = lookup.on
    return {
        t.code: t.name for t in rows
        if (t.valid_from is None or t.valid_from <= day) and (t.valid_to is None or t.valid_to >= day)
    }  # fmt: skip


_term_names: dict[tuple[str, frozenset[str] | None], dict[str, str]] = {}


def terms_named(dictionary: str) -> dict[str, str]:
    """Code → name of every term of a dictionary, valid or not: the shipped ones and those of the counties in scope, whose own names
    win. Cached until :func:`forget_terms`."""
    counties = scope.current().counties
    key = (dictionary, counties)
    if key not in _term_names:
        rows = Term.objects.filter(dictionary=dictionary).order_by("county", "position", "code")
        if counties is not None:
            rows = rows.filter(Q(county="") | Q(county__in=counties))
        _term_names[key] = dict(rows.values_list("code", "name"))
    return _term_names[key]


def forget_terms() -> None:
    """Drop cached names after a dictionary was edited."""
    _term_names.clear()


@dataclass(frozen=True, kw_only=True)
class FieldChoice(Choice):
    """A choice whose options stand in the model (level, data state, secrecy)."""

    model_options: ClassVar[bool] = True

    def all_names(self) -> dict[str, str]:
        return dict(self.options or {})


@dataclass(frozen=True, kw_only=True)
class Day(Column):
    """A calendar date."""

    earliest: int = 1950
    latest: int = 2100

    def load_detail(self, stored: Any) -> Any:
        return date.fromisoformat(stored) if stored else None

    def dump_detail(self, value: Any) -> Any:
        return value.isoformat()

    def convert(self, raw: Any, lookup: Lookup) -> date:
        day = _to_day(raw)
        if not self.earliest <= day.year <= self.latest:
            raise CellError(f"年份 {day.year} 不合理，请核对")
        return day

    def cell(self, value: Any) -> Any:
        return value

    def plain(self, value: Any) -> Any:
        return value.isoformat() if value else None

    def text(self, value: Any) -> str:
        return value.isoformat() if value else ""

    def widget(self, model: type[models.Model], lookup: Lookup) -> forms.Widget:
        return forms.DateInput(attrs={"type": "date"})

    def max_length(self, model: type[models.Model]) -> int | None:
        return 20

    def condition(self, raw: str, lookup: Lookup) -> Q:
        start, _, end = raw.partition("~")
        found = Q()
        if start.strip():
            found &= Q(**{f"{self.name}__gte": self.convert(start, lookup)})
        if end.strip():
            found &= Q(**{f"{self.name}__lte": self.convert(end, lookup)})
        return found


def _to_day(raw: Any) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, (int, float)) and 20000 < raw < 80000:
        return date(1899, 12, 30) + timedelta(days=int(raw))  # a date that Excel kept as a serial number
    text = str(raw).strip()
    match = DAY.fullmatch(text) or COMPACT_DAY.fullmatch(text) or DAY.match(text + " ")
    try:
        if match:
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        pass
    raise CellError(f"“{text[:20]}”不是日期，请写成 2015-03-12")


@dataclass(frozen=True, kw_only=True)
class Moment(Column):
    """A date with time of day, in the office's time zone."""

    def convert(self, raw: Any, lookup: Lookup) -> datetime:
        try:
            found = raw if isinstance(raw, datetime) else datetime.fromisoformat(str(raw).strip().replace("/", "-"))
        except ValueError as error:
            raise CellError(f"“{str(raw)[:20]}”不是时间，请写成 2015-03-12 03:10") from error
        return found if timezone.is_aware(found) else timezone.make_aware(found)

    def text(self, value: Any) -> str:
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else ""

    def widget(self, model: type[models.Model], lookup: Lookup) -> forms.Widget:
        return forms.DateTimeInput(attrs={"type": "datetime-local"})

    def condition(self, raw: str, lookup: Lookup) -> Q:
        start, _, end = raw.partition("~")
        found = Q()
        if start.strip():
            found &= Q(**{f"{self.name}__date__gte": _to_day(start)})
        if end.strip():
            found &= Q(**{f"{self.name}__date__lte": _to_day(end)})
        return found


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
    if not number.is_finite() or abs(number) >= Decimal(10) ** 13:
        raise CellError("数值过大，请检查单位")
    return number


@dataclass(frozen=True, kw_only=True)
class Flag(Column):
    """Yes or no."""

    def convert(self, raw: Any, lookup: Lookup) -> bool:
        if isinstance(raw, bool):
            return raw
        text = str(raw).strip().lower()
        if text in {"是", "true", "1", "1.0", "有", "√", "y", "on"}:
            return True
        if text in {"否", "false", "0", "0.0", "无", "×", "n"}:
            return False
        raise CellError("请填“是”或“否”")

    def blank(self) -> bool:
        return False

    def text(self, value: Any) -> str:
        return "是" if value else "否"

    def plain(self, value: Any) -> Any:
        return bool(value)

    def raw(self, value: Any) -> Any:
        return "是" if value else "否"

    def choices(self, lookup: Lookup) -> list[tuple[str, str]]:
        return [("是", "是"), ("否", "否")]

    def widget(self, model: type[models.Model], lookup: Lookup) -> forms.Widget:
        return forms.Select(choices=[("否", "否"), ("是", "是")])

    def condition(self, raw: str, lookup: Lookup) -> Q:
        return Q(**{self.name: self.convert(raw, lookup)})
