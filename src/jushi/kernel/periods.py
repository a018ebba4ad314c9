"""Periods as offices speak of them. Pure: no database, no clock.

Written 2015 · 2015H1 · 2015Q3 · 2015-11 · 2015-01..11 (1—11月, cumulative) · @2015-11-30 (as at a date) · 2015-11-03 (a day).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Kind = Literal["year", "half", "quarter", "month", "months", "day", "cutoff"]


class PeriodError(ValueError):
    """The text names no period; the message says what to type."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days ``start``–``end`` inclusive. Flows count what happened in it; stocks are taken at ``end``, the cut-off date."""

    kind: Kind
    start: date
    end: date
    code: str

    def __str__(self) -> str:
        return self.code

    @property
    def year(self) -> int:
        """The calendar year in which the period ends."""
        return self.end.year

    @property
    def name(self) -> str:
        """The period in words: 2015年, 2014年上半年, 2015年1—11月, 截至2015年11月30日."""
        year = f"{self.year}年"
        names = {
            "year": year,
            "half": year + ("上半年" if self.start.month == 1 else "下半年"),
            "quarter": f"{year}第{'一二三四'[(self.start.month - 1) // 3]}季度",
            "month": f"{year}{self.start.month}月",
            "months": f"{year}{self.start.month}—{self.end.month}月",
            "day": f"{year}{self.end.month}月{self.end.day}日",
            "cutoff": f"截至{year}{self.end.month}月{self.end.day}日",
        }
        return names[self.kind]

    def until(self, cutoff: date) -> Period:
        """The same period cut off at a date inside it."""
        if not self.start <= cutoff <= self.end:
            raise PeriodError(f"截止日期须在{self.name}之内")
        return Period(self.kind, self.start, cutoff, self.code)

    def year_before(self) -> Period:
        """The same period one year earlier, for 同比."""
        return Period(self.kind, _back(self.start), _back(self.end, self.end), _shift(self.code, -1))

    def before(self) -> Period:
        """The period just before it, for 环比: the month before a month, the half before a half."""
        if self.kind in {"months", "cutoff"}:
            return self.year_before()
        return of_day(self.kind, self.start - timedelta(days=1))

    def after(self) -> Period:
        """The period just after it, of the same kind: the half after a half."""
        return of_day(self.kind, self.end + timedelta(days=1))

    def so_far(self) -> Period:
        """From the first of January to the end of the period, for 累计."""
        if self.start.month == 1 and self.start.day == 1:
            return self
        return Period("months", date(self.year, 1, 1), self.end, f"{self.year}-01..{self.end.month:02d}")

    def months(self) -> list[Period]:
        """The months of the period, for trends."""
        first = self.start if self.kind != "cutoff" else date(self.year, 1, 1)
        return [of_day("month", date(first.year, m, 1)) for m in range(first.month, self.end.month + 1)]

    def elapsed(self, today: date) -> float:
        """The share of the period's days gone by at ``today``, between 0 and 1 (时序进度)."""
        total = (self.end - self.start).days + 1
        return min(max((today - self.start).days + 1, 0), total) / total


def parse(text: str) -> Period:
    """The period written as ``text``; raises :class:`PeriodError` with what to type."""
    text = text.strip()
    for pattern, build in _FORMS:
        match = pattern.fullmatch(text)
        if match:
            try:
                return build(match)
            except ValueError as error:
                raise PeriodError(f"没有“{text}”这样的日期") from error
    raise PeriodError(f"看不懂期间“{text}”，请写 2015、2015H1、2015Q3、2015-11、2015-01..11 或 @2015-11-30")


def of_day(kind: Kind, day: date) -> Period:
    """The year, half, quarter, month or day that ``day`` lies in."""
    y, m = day.year, day.month
    if kind == "year":
        return _months(kind, y, 1, 12, f"{y}")
    if kind == "half":
        return _months(kind, y, 1 if m < 7 else 7, 6 if m < 7 else 12, f"{y}H{1 if m < 7 else 2}")
    if kind == "quarter":
        q = (m - 1) // 3 + 1
        return _months(kind, y, q * 3 - 2, q * 3, f"{y}Q{q}")
    if kind == "month":
        return _months(kind, y, m, m, f"{y}-{m:02d}")
    if kind == "months":
        return _months(kind, y, 1, m, f"{y}-01..{m:02d}")
    if kind == "day":
        return Period("day", day, day, day.isoformat())
    return Period("cutoff", date(y, 1, 1), day, f"@{day.isoformat()}")


def _months(kind: Kind, year: int, first: int, last: int, code: str) -> Period:
    if last < first:
        raise PeriodError("起始月不能晚于截止月")
    return Period(kind, date(year, first, 1), date(year, last, monthrange(year, last)[1]), code)


def _cutoff(match: re.Match[str]) -> Period:
    day = date.fromisoformat(match[1])
    return Period("cutoff", date(day.year, 1, 1), day, f"@{day.isoformat()}")


def _span(match: re.Match[str]) -> Period:
    year, first, last = int(match[1]), int(match[2]), int(match[3])
    return _months("months", year, first, last, f"{year}-{first:02d}..{last:02d}")


_FORMS = (
    (re.compile(r"(\d{4})年?"), lambda m: of_day("year", date(int(m[1]), 1, 1))),
    (re.compile(r"(\d{4})[Hh]([12])"), lambda m: of_day("half", date(int(m[1]), 6 * int(m[2]), 1))),
    (re.compile(r"(\d{4})[Qq]([1-4])"), lambda m: of_day("quarter", date(int(m[1]), 3 * int(m[2]), 1))),
    (re.compile(r"(\d{4})-(\d{1,2})"), lambda m: of_day("month", date(int(m[1]), int(m[2]), 1))),
    (re.compile(r"(\d{4})-(\d{1,2})\.\.(\d{1,2})"), _span),
    (re.compile(r"@(\d{4}-\d{2}-\d{2})"), _cutoff),
    (re.compile(r"(\d{4}-\d{2}-\d{2})"), lambda m: of_day("day", date.fromisoformat(m[1]))),
)


def _back(day: date, end: date | None = None) -> date:
    """The same day one year earlier; the last of February stays the last."""
    year = day.year - 1
    last = monthrange(year, day.month)[1]
    is_last = end is not None and day.day == monthrange(day.year, day.month)[1]
    return date(year, day.month, last if is_last else min(day.day, last))


def _shift(code: str, years: int) -> str:
    return re.sub(r"\d{4}", lambda m: str(int(m[0]) + years), code, count=1)
