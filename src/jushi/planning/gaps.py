"""What is lacking in the records: problems without plan, promises not approved, duties without proof, hazards not tracked, work overdue."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q

from jushi.entities.models import Activity, Assessment, Case, Designation, PlanItem
from jushi.kernel import periods
from jushi.kernel.models import Evidence, Office, Rule
from jushi.kernel.periods import Period
from jushi.kernel.states import State
from jushi.ledger import reminders
from jushi.ledger.reminders import Reminder


def unanswered_problems(county: str, year: int) -> list[Any]:
    """Problems of a summary year, not eased, that no plan item answers (N06)."""
    answered = PlanItem.objects.filter(county=county).exclude(answers=None).exclude(state=State.VOID).values("answers_id")
    rows = Case.objects.filter(county=county, kind="problem", plan_year=year, closed_on=None, state__in=State.counted())
    return list(rows.exclude(pk__in=answered).order_by("raised_on", "title"))


def unfulfilled_items(county: str, period: str) -> list[Any]:
    """Plan items of a period that no record of an activity refers to and that are not done: 未落实 (N02)."""
    done = Activity.objects.filter(county=county, state__in=State.counted()).exclude(plan_item=None).values("plan_item_id")
    rows = PlanItem.objects.filter(county=county, kind="plan_item", period=period, done_on=None, cancelled_on=None)
    return list(rows.filter(state__in=State.counted()).exclude(pk__in=done).order_by("due_on", "title"))


def unapproved_promises(county: str, year: int, on: date, *, late_counts: bool = False) -> list[Any]:
    """Full members (as people) whose promise of the year was not approved by its last day, once that day has come (K11).

    With ``late_counts`` those approved later, by ``on``, are left out: what is still to be done.
    """
    last = _promise_day(county, year, on)
    if on < last:
        return []
    approved = Assessment.objects.filter(county=county, kind="five_promises", year=year).exclude(state=State.VOID)
    kept = {row.person_id for row in approved if _approved_by(row, on if late_counts else last)}
    members = Designation.objects.filter(county=county, kind="party_stage", category="full", starts_on__lte=last, state__in=State.counted())
    members = members.filter(Q(ends_on=None) | Q(ends_on__gt=last)).select_related("person").order_by("person__title")
    return [row.person for row in members if row.person_id not in kept]


def _promise_day(county: str, year: int, on: date) -> date:
    month, day = (int(part) for part in Rule.current("promise_approval_deadline", county, on).split("-"))
    return date(year, month, day)


def _approved_by(promise: Any, last: date) -> bool:
    stored = (promise.details or {}).get("approved_on")
    return stored is not None and date.fromisoformat(str(stored)) <= last


def unproven_duties(county: str, quarter: Period) -> list[Any]:
    """Integrity duties of the quarter's year for which neither a record nor a file of that quarter exists (K20, shown in K21)."""
    rows = PlanItem.objects.filter(county=county, kind="integrity_duty", period=str(quarter.year), state__in=State.counted())
    recorded = Activity.objects.filter(
        county=county,
        plan_item__in=rows,
        held_on__gte=quarter.start,
        held_on__lte=quarter.end,
        state__in=State.counted(),
    ).values("plan_item_id")
    filed = Evidence.objects.filter(
        county=county,
        record_id__in=rows.values("pk"),
        added_at__date__gte=quarter.start,
        added_at__date__lte=quarter.end,
    ).values("record_id")
    return list(rows.exclude(pk__in=recorded).exclude(pk__in=filed).order_by("category", "title"))


@reminders.source
def promises_due(county: str, on: date) -> Iterable[Reminder]:
    """Members whose promise of the year is not approved though its last day is over."""
    for person in unapproved_promises(county, on.year, on, late_counts=True):
        yield Reminder("member_promises", f"{person.title}本年度的承诺还没有审定", "party", _promise_day(county, on.year, on))


@reminders.source
def duties_due(county: str, on: date) -> Iterable[Reminder]:
    """In the last ten days of a quarter: duties that nothing of the quarter proves."""
    quarter = periods.of_day("quarter", on)
    for duty in unproven_duties(county, quarter) if (quarter.end - on).days < 10 else ():
        yield Reminder("integrity_duties", f"“{duty.title}”本季度没有履责记录或佐证", "office", quarter.end, duty.pk)


def untracked_hazards(county: str) -> list[tuple[Any, int]]:
    """Safety checks that found more hazards than were entered for tracking, each with how many are lacking (L13)."""
    checks = Activity.objects.filter(county=county, kind="safety_check", state__in=State.counted(), outputs__measure="hazards")
    tracked = dict(
        Case.objects.filter(county=county, kind="hazard").exclude(state=State.VOID)
        .values_list("source_activity_id").annotate(n=Count("pk"))
    )  # fmt: skip
    found = []
    for check, number in ((c, c.outputs.get(measure="hazards").quantity) for c in checks.order_by("held_on")):
        lack = int(number or 0) - tracked.get(check.pk, 0)
        if lack > 0:
            found.append((check, lack))
    return found


@reminders.source
def hazards_to_track(county: str, on: date) -> Iterable[Reminder]:
    """Checks whose hazards are not all entered: a hazard nobody tracks is a hazard nobody removes (L13)."""
    for check, lack in untracked_hazards(county):
        if check.held_on <= on:
            yield Reminder("safety_checks", f"“{check.title}”发现的隐患还有{lack}条没有登记到隐患台账", "office", check.held_on, check.pk)


def overdue_by_office(county: str, on: date) -> list[tuple[str, int]]:
    """Offices with cases and plan items past their time, the most first (K26)."""
    late = {"county": county, "due_on__lt": on}
    cases = Case.objects.filter(**late, closed_on=None).exclude(state=State.VOID)
    plans = PlanItem.objects.filter(**late, done_on=None, cancelled_on=None).exclude(state=State.VOID)
    totals: dict[Any, int] = {}
    for rows in (cases, plans):
        for office, number in rows.order_by().values_list("office_id").annotate(n=Count("pk")):
            totals[office] = totals.get(office, 0) + number
    names = dict(Office.objects.filter(county=county).values_list("pk", "name"))
    return sorted(((names[pk], n) for pk, n in totals.items()), key=lambda item: (-item[1], item[0]))
