"""What the clock makes of a row: overdue, due soon, not tracked for too long. Declared as conditions, so a page asks once per mark."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from django.db.models import Q

from jushi.kernel import scope
from jushi.kernel.ids import Sieve
from jushi.kernel.stamps import kept
from jushi.ledger.reminders import Reminder

if TYPE_CHECKING:
    from jushi.ledger.declaration import Ledger

Condition = Callable[[str, date], Q]


@dataclass(frozen=True)
class Mark:
    """A warning shown beside a row. ``where(county, day)`` says which of the ledger's rows bear it on that day.

    ``level``: red (past its time) or yellow (soon). The limits it uses are dated rules, read for the county and the day.
    ``due`` names the record's date that has gone by or is coming, for reminders.
    """

    code: str
    name: str
    level: Literal["red", "yellow"]
    where: Condition
    remedy: str = ""
    due: str = ""


def marked(ledger: Ledger, ids: Iterable[Any], county: str, day: date) -> dict[Any, list[Mark]]:
    """Row id → the marks it bears on ``day``, of the rows in ``ids``: one query per mark, whatever the size of the page."""
    wanted = list(ids)
    found: dict[Any, list[Mark]] = {}
    for mark in ledger.marks if wanted else ():
        for pk in _known(ledger, mark, county, day).among(wanted):
            found.setdefault(pk, []).append(mark)
    return found


def bearing_any(ledger: Ledger, code: str, county: str, day: date) -> Q:
    """The condition on rows that bear the mark ``code`` on ``day``, or any mark when it names none of the ledger's."""
    wanted = [mark for mark in ledger.marks if mark.code == code] or ledger.marks
    found = Q(pk__in=[])
    for mark in wanted:
        found |= Q(pk__in=bearing(ledger, mark, county, day).values("pk"))
    return found


def bearing(ledger: Ledger, mark: Mark, county: str, day: date) -> Any:
    """All rows of the ledger that bear a mark on ``day`` (for to-do lists and counts); void rows never do."""
    return ledger.queryset().filter(mark.where(county, day), county=county).exclude(state="void")


def _known(ledger: Ledger, mark: Mark, county: str, day: date) -> Sieve:
    """:func:`bearing` as a question that every page of the list asks of its own rows.

    The query is kept, never its rows: the rules that it reads are asked for again after seconds or a write, not for every page.
    """
    key = ("mark", ledger.code, mark.code, day, scope.current().counties)
    return kept(county, key, lambda: Sieve(bearing(ledger, mark, county, day)), seconds=20)


def reminding(code: str, *marks: str) -> Callable[[str, date], Iterator[Reminder]]:
    """A reminder function for ``Ledger.reminders``: one reminder for each row of ledger ``code`` that bears one of ``marks`` (all, if none)."""

    def due(county: str, on: date) -> Iterator[Reminder]:
        from jushi.ledger import registry

        ledger = registry.get(code)
        for mark in ledger.marks:
            if marks and mark.code not in marks:
                continue
            for row in bearing(ledger, mark, county, on).select_related("office"):
                last = getattr(row, mark.due) if mark.due else None
                yield Reminder(code, f"{row.title}：{mark.name}，{mark.remedy}", row.office.code, last, row.pk)

    return due
