"""What was planned and is not done goes into the plan of the next period, once, and remembers where it came from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from jushi.entities.models import PlanItem
from jushi.kernel import periods
from jushi.kernel.models import Bureau
from jushi.kernel.states import State
from jushi.ledger import registry, reminders, store
from jushi.ledger.reminders import Reminder

CARRIED = ("plan_item", "campaign_action")


def open_items(county: str, on: date, until: date | None = None) -> list[Any]:
    """Plan items and campaign actions that had begun and are not done at ``on``, and those that fall due by ``until``.

    What was already carried on is not open any more: its successor is.
    """
    rows = PlanItem.objects.filter(county=county, kind__in=CARRIED, state__in=State.counted())
    rows = rows.filter(Q(done_on=None) | Q(done_on__gt=on)).filter(Q(cancelled_on=None) | Q(cancelled_on__gt=on))
    begun = Q(starts_on=None, assigned_on__lte=on) | Q(starts_on__lte=on) | Q(due_on__lte=on)
    rows = rows.filter(begun if until is None else begun | Q(kind="campaign_action", due_on__lte=until))
    if until is not None:
        rows = rows.exclude(kind="plan_item", due_on__gt=on, due_on__lte=until)  # already part of the next plan
    return list(rows.filter(carried_into=None).order_by("due_on", "title"))


def carry_over(bureau: Bureau, period: str, on: date) -> list[Any]:
    """Register a plan item of ``period`` (2014H2) for each item open at ``on``; those already carried stay as they are.

    Returns the new rows. Raises PeriodError for an unknown period, RefusedError when a row cannot be registered.
    """
    span = periods.parse(period)
    ledger = registry.get("plan_items")
    author = store.author_for(ledger, bureau)
    rows = [_carried(item, period, span, on) for item in open_items(bureau.county, on, span.end)]
    if not rows:
        return []
    return store.create_many(ledger, rows, author, state=State.CONFIRMED, operation="结转")


@reminders.source
def carry_due(county: str, on: date) -> Iterable[Reminder]:
    """From twelve days before the end of a half-year: what would have to be carried into the next one."""
    half = periods.of_day("half", on)
    items = open_items(county, half.end) if (half.end - on).days < 12 else []
    if items:
        first = items[0].title
        yield Reminder(
            "plan_items",
            f"有{len(items)}项计划到{half.name}末尚未完成（{first}等），请完成或结转到下一期",
            "office",
            half.end,
        )


def _carried(item: Any, period: str, span: periods.Period, on: date) -> dict[str, Any]:
    due = item.due_on if item.due_on and span.start <= item.due_on <= span.end else span.end
    return {
        "title": item.title, "period": period, "source": "carried", "carried_from": str(item.pk), "aim": item.aim, "content": item.content,
        "owner_user": str(item.owner_user_id) if item.owner_user_id else "", "indicator": item.indicator, "assigned_on": on, "starts_on": span.start,
        "due_on": due, "stage": "collected",
    }  # fmt: skip
