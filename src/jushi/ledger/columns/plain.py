"""Columns that hold a plain value: text, dates, points in time, flags."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.db import models
from django.db.models import Q
from django.utils import timezone

from jushi.ledger.columns.base import CellError, Column, Lookup

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
        text = raw.strip() if raw.__class__ is str else ""
        value = self.examine(text) if text else super().parse(raw, lookup)  # most cells are text: no further calls for them
        if value is not None and self.detail and len(value) > 500:
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
