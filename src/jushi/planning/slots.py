"""When something should have happened, and whether it did: pure dates, no database, no clock.

A routine (例行制度) yields slots: each named weekday, or each week, month, quarter, half-year or year while it is in force. A slot wants at
least ``minimum`` records; days of exception (节假日、停学) want none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Frequency = Literal["day", "week", "month", "quarter", "half", "year"]
Colour = Literal["green", "red", "yellow", "grey", "white"]
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True, slots=True)
class Rule:
    """How often, on which ISO weekdays (1 = Monday; none: any day), at least how many times, between which days."""

    frequency: Frequency
    starts_on: date
    ends_on: date | None = None
    weekdays: tuple[int, ...] = ()
    minimum: int = 1
    grace_days: int = 0
    exceptions: tuple[tuple[date, date], ...] = ()

    def excused(self, day: date) -> bool:
        """Whether an exception covers the day."""
        return any(start <= day <= end for start, end in self.exceptions)


@dataclass(frozen=True, slots=True)
class Slot:
    """Days ``start``–``end`` inclusive in which ``minimum`` records are wanted; ``label`` as people say it (2月、第二季度)."""

    start: date
    end: date
    label: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A slot as it stands at a date.

    ``state``: done 已做, missing 缺 (its time is over), due 将到期 (within the days of reminding), running 进行中, coming 未到.
    """

    slot: Slot
    done: int
    wanted: int
    state: Literal["done", "missing", "due", "running", "coming"]

    @property
    def colour(self) -> Colour:
        """Green done, red missing or about to be, yellow running, white to come."""
        return {"done": "green", "missing": "red", "due": "red", "running": "yellow", "coming": "white"}[self.state]  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Compliance:
    """What was expected up to a date and what was done: ``expected`` and ``done`` are times, ``missing`` the slots that lack some."""

    cells: tuple[Cell, ...]
    expected: int
    done: int

    @property
    def missing(self) -> tuple[Cell, ...]:
        """Slots whose time is over and that lack records."""
        return tuple(cell for cell in self.cells if cell.state == "missing")

    @property
    def is_kept(self) -> bool:
        """Whether 坚持、严格执行 may be said: something was expected, and nothing is missing."""
        return self.expected > 0 and not self.missing


def slots(rule: Rule, start: date, end: date) -> list[Slot]:
    """The slots of a rule between two days, clipped to its time in force; slots that exceptions cover wholly are left out."""
    first, last = max(start, rule.starts_on), min(end, rule.ends_on or end)
    if first > last:
        return []
    if rule.weekdays or rule.frequency == "day":
        return [Slot(day, day, f"{day.month}月{day.day}日") for day in _days(first, last) if _on_rule(rule, day)]
    spans = _weeks(first, last) if rule.frequency == "week" else _months(first, last, MONTHS[rule.frequency])
    clipped = [Slot(max(s.start, first), min(s.end, last), s.label) for s in spans]
    return [s for s in clipped if not all(rule.excused(day) for day in _days(s.start, s.end))]


def _on_rule(rule: Rule, day: date) -> bool:
    return (not rule.weekdays or day.isoweekday() in rule.weekdays) and not rule.excused(day)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _weeks(first: date, last: date) -> list[Slot]:
    monday, found = first - timedelta(days=first.isoweekday() - 1), []
    while monday <= last:
        found.append(Slot(monday, monday + timedelta(days=6), f"{monday.isocalendar().year}年第{monday.isocalendar().week}周"))
        monday += timedelta(days=7)
    return found


def _months(first: date, last: date, length: int) -> list[Slot]:
    year, month = first.year, (first.month - 1) // length * length + 1
    found = []
    while date(year, month, 1) <= last:
        following = date(year + (month + length > 12), (month + length - 1) % 12 + 1, 1)
        found.append(Slot(date(year, month, 1), following - timedelta(days=1), _label(year, month, length)))
        year, month = following.year, following.month
    return found


def _label(year: int, month: int, length: int) -> str:
    if length == 1:
        return f"{month}月"
    if length == 12:
        return f"{year}年"
    number = (month - 1) // length
    return f"第{'一二三四'[number]}季度" if length == 3 else ("上半年", "下半年")[number]


def compliance(rule: Rule, days: Iterable[date], start: date, end: date, today: date, remind_days: int = 0) -> Compliance:
    """How the rule was kept between two days, as seen on ``today``; ``days`` are the dates of the records.

    A record counts for one slot: the one it falls into, or the last one over within ``grace_days``. Nothing is expected of a slot that
    has not ended by ``today``, though what was done in it counts as done.
    """
    free, wanted = sorted(days), slots(rule, start, end)
    counts = _fill(rule, wanted, free)
    cells = tuple(Cell(slot, counts[n], rule.minimum, _state(slot, counts[n], rule.minimum, today, remind_days)) for n, slot in enumerate(wanted))
    over = [cell for cell in cells if cell.slot.end <= today]
    return Compliance(cells, len(over) * rule.minimum, sum(cell.done for cell in cells))


def _fill(rule: Rule, wanted: Sequence[Slot], days: Sequence[date]) -> list[int]:
    """Records per slot: each in its own first; then what a later slot can spare, or what lies in none, makes good within the grace."""
    homes = [next((n for n, slot in enumerate(wanted) if slot.start <= day <= slot.end), None) for day in days]
    counts = [homes.count(n) for n in range(len(wanted))]
    for n, slot in enumerate(wanted):
        for place, day in enumerate(days):
            if counts[n] >= rule.minimum:
                break
            home = homes[place]
            spare = home is None or (home > n and counts[home] > rule.minimum)
            if spare and slot.end < day <= slot.end + timedelta(days=rule.grace_days):
                counts[n] += 1
                homes[place] = n
                if home is not None:
                    counts[home] -= 1
    return counts


def _state(slot: Slot, done: int, minimum: int, today: date, remind_days: int) -> Literal["done", "missing", "due", "running", "coming"]:
    if done >= minimum:
        return "done"
    if slot.end < today:
        return "missing"
    if slot.start > today:
        return "coming"
    return "due" if slot.end - timedelta(days=remind_days) <= today else "running"
