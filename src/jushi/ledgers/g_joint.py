"""Joint work of the member units: tasks for the science week, returns of the liaisons, gaps of the model district (G15, G17)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from jushi.entities.models import Activity, GroupMember, PlanItem
from jushi.kernel import oplog
from jushi.kernel.models import Bureau, User
from jushi.kernel.states import State
from jushi.ledger import registry, store
from jushi.ledger.reminders import Reminder


def members_of(group: Any, on: date) -> list[Any]:
    """Member units of a group at a date, with their liaison persons, in order."""
    rows = GroupMember.objects.filter(group=group).filter(Q(starts_on=None) | Q(starts_on__lte=on), Q(ends_on=None) | Q(ends_on__gt=on))
    return list(rows.exclude(organisation=None).select_related("organisation", "liaison").order_by("position", "pk"))


def period_of_week(week: Any) -> str:
    """How the tasks of a science week name it: 第24届."""
    return f"第{week.edition}届"


def send_tasks(bureau: Bureau, week: Any, group: Any, content: str, due_on: date, user: User | None = None) -> list[Any]:
    """One task per member unit for a science week, in the hands of its liaison's account where there is one; units that have theirs
    already are left alone.

    Raises RefusedError when the group has no members on the day of the week.
    """
    ledger, period = registry.get("joint_tasks"), period_of_week(week)
    units = members_of(group, week.held_on)
    if not units:
        raise store.RefusedError({"": f"“{group.title}”没有成员单位，请先在成员单位台账里添加"})
    given = set(PlanItem.objects.filter(county=bureau.county, kind="joint_task", period=period).exclude(state=State.VOID)
                .values_list("organisation_id", flat=True))  # fmt: skip
    author, made, accounts = store.author_for(ledger, bureau, user), [], _accounts(bureau)
    with oplog.operation("下达活动周任务", county=bureau.county):
        for unit in units:
            if unit.organisation_id in given:
                continue
            raw = {
                "title": f"{week.title}：{unit.organisation.title}", "period": period, "organisation": str(unit.organisation_id),
                "content": f"{content}（联络员：{unit.liaison.title if unit.liaison else '未填'}）", "due_on": due_on,
                "assigned_on": min(due_on, week.held_on), "handler": accounts.get(unit.liaison.title, "") if unit.liaison else "",
            }  # fmt: skip
            made.append(store.create(ledger, raw, author, state=State.CONFIRMED))
    return made


def _accounts(bureau: Bureau) -> dict[str, str]:
    """Name of a liaison → the account that holds the liaisons' role; what stands behind the name in brackets does not matter."""
    users = User.objects.filter(bureau=bureau, is_active=True, grants__role="liaison").distinct()
    return {user.full_name.partition("（")[0]: str(user.pk) for user in users}


def return_figures(bureau: Bureau, task: Any, raw: dict[str, Any], user: User | None = None) -> Any:
    """A liaison's return: an activity of the unit under the week's edition, and the task done; once per task."""
    ledger, week = registry.get("joint_returns"), week_of(task)
    if Activity.objects.filter(county=bureau.county, kind="joint_return", plan_item=task).exclude(state=State.VOID).exists():
        raise store.RefusedError({"plan_item": "这项任务已经回报过，请修改原来的回报"})
    full = {
        "title": f"{task.organisation.title}活动周活动", "edition": week.edition if week else None, "held_on": week.held_on if week else None,
        "plan_item": str(task.pk), "units": [{"name": str(task.organisation_id)}], "campaigns": "科技活动周",
    } | raw  # fmt: skip
    found = store.create(ledger, full, store.author_for(ledger, bureau, user), state=State.PENDING)
    task.refresh_from_db()
    return found


def returned_once(record: Any, values: Mapping[str, Any]) -> dict[str, str]:
    """One return per task, however it is registered."""
    rows = Activity.objects.filter(county=record.county, kind="joint_return", plan_item_id=record.plan_item_id)
    if record.plan_item_id and rows.exclude(pk=record.pk).exclude(state=State.VOID).exists():
        return {"plan_item": "这项任务已经回报过，请修改原来的回报"}
    return {}


def settle_task(record: Any, values: Mapping[str, Any]) -> None:
    """A task is done on the day its return stands for, and open again when the return is voided."""
    task = PlanItem.objects.filter(pk=record.plan_item_id).first()
    if task is None:
        return
    done_on = None if record.state == State.VOID else record.held_on
    if task.done_on != done_on:
        task.done_on, task.stage = done_on, "returned" if done_on else "sent"
        task.save()


def week_of(task: Any) -> Any:
    """The science week that a task belongs to, None when it is not registered."""
    edition = int("".join(c for c in task.period if c.isdigit()) or 0)
    return Activity.objects.filter(county=task.county, kind="science_week", edition=edition).exclude(state=State.VOID).first()


def returns_due(county: str, on: date) -> Iterable[Reminder]:
    """Tasks that a member unit has not answered, overdue after their last day."""
    rows = PlanItem.objects.filter(county=county, kind="joint_task", done_on=None, cancelled_on=None, assigned_on__lte=on)
    for row in rows.exclude(state=State.VOID).select_related("organisation", "office").order_by("due_on", "title"):
        message = f"{row.organisation.title}还没有回报{row.period}活动周数据，请联络员填报"
        yield Reminder("joint_tasks", message, row.office.code, row.due_on, row.pk, row.handler_id)


def gaps_of_model_district(county: str, on: date) -> Iterable[Reminder]:
    """Items of the model district without proof yet, each with the unit that owes it."""
    rows = PlanItem.objects.filter(county=county, kind="model_index", done_on=None, cancelled_on=None, assigned_on__lte=on)
    for row in rows.exclude(state=State.VOID).select_related("organisation", "office").order_by("due_on", "title"):
        owner = row.organisation.title if row.organisation else "（未定责任单位）"
        message = f"创建指标“{row.title}”缺佐证，责任单位：{owner}"
        yield Reminder("model_items", message, row.office.code, row.due_on, row.pk)
