"""Routines against their records: the yearly matrix with its red cells, reminders, and what 坚持每周 may rest on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from jushi.entities.models import Routine
from jushi.kernel.models import Rule as DatedRule
from jushi.kernel.periods import Period
from jushi.kernel.states import State
from jushi.ledger import registry, reminders
from jushi.ledger.reminders import Reminder
from jushi.planning.slots import Compliance, Rule, compliance

__all__ = ["Row", "compliance_of", "matrix", "rule_of"]


@dataclass(frozen=True, slots=True)
class Row:
    """A routine of the matrix and how it was kept."""

    routine: Any
    compliance: Compliance


def rule_of(routine: Any) -> Rule:
    """The rule that a routine record states."""
    days = tuple(int(d) for d in routine.weekdays.replace("，", ",").split(",") if d.strip().isdigit())
    exceptions = tuple((x.starts_on, x.ends_on) for x in routine.exceptions.all())
    return Rule(
        routine.frequency, routine.starts_on, routine.ends_on, days, routine.minimum or 1, routine.grace_days or 0, exceptions
    )  # fmt: skip


def matrix(county: str, period: Period, today: date, *, ledger: str = "") -> list[Row]:
    """Every routine in force in the period (of one activity ledger, when named) with its cells, in the order of their titles."""
    rows = Routine.objects.filter(county=county, state__in=State.counted(), starts_on__lte=period.end).exclude(ends_on__lt=period.start)
    if ledger:
        rows = rows.filter(activity_ledger=ledger)
    remind = _remind_days(county, today)
    return [
        Row(r, compliance(rule_of(r), _days(r, period), period.start, period.end, today, remind))
        for r in rows.prefetch_related("exceptions").order_by("kind", "title")
    ]


def compliance_of(ledger: str, county: str, period: Period, today: date) -> Compliance | None:
    """How the routines over an activity ledger were kept, taken together; None when no routine names the ledger.

    This is what an absolute claim (坚持每周…) is held against: expected and done times, and the slots that lack records.
    """
    rows = matrix(county, period, today, ledger=ledger)
    if not rows:
        return None
    cells = tuple(cell for row in rows for cell in row.compliance.cells)
    return Compliance(cells, sum(r.compliance.expected for r in rows), sum(r.compliance.done for r in rows))


def _days(routine: Any, period: Period) -> list[date]:
    """Dates of the records that the routine counts; those just after the period count within its grace."""
    ledger = registry.find(routine.activity_ledger)
    if ledger is None:
        return []
    rows = ledger.counted().filter(county=routine.county, **{f"{ledger.at}__gte": period.start})
    if routine.category:
        rows = rows.filter(category=routine.category)
    return list(rows.order_by(ledger.at).values_list(ledger.at, flat=True))


def _remind_days(county: str, today: date) -> int:
    try:
        return int(DatedRule.current("routine_remind_days", county, today))
    except KeyError:
        return 0


@reminders.source
def due(county: str, on: date) -> Iterable[Reminder]:
    """Slots of this year that are missing, or end within the days of reminding; the office that keeps the ledger is told."""
    from jushi.kernel import periods

    for row in matrix(county, periods.of_day("year", on), on):
        ledger = registry.find(row.routine.activity_ledger)
        if ledger is None:
            continue
        late = [c for c in row.compliance.cells if c.state == "missing"][-1:]
        for cell in [*late, *(c for c in row.compliance.cells if c.state == "due")]:
            word = "缺" if cell.state == "missing" else "还差"
            message = f"{row.routine.title}：{cell.slot.label}{word}{cell.wanted - cell.done}次"
            yield Reminder(ledger.code, message, ledger.office, cell.slot.end)
