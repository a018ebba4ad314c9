"""Digests of G 科普与培训: the member units' tasks and returns of a science week, and the informants' list for the city's association."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from jushi.entities.models import ActivityOutput, Group
from jushi.kernel import periods
from jushi.kernel.models import Bureau
from jushi.kernel.states import State
from jushi.ledger.digests import Act, Ask, Cell, Digest, Inquiry, Line, Table, this_year, to_form, to_record
from jushi.ledger.rows import mask
from jushi.ledger.standing import in_full, personal, standing
from jushi.ledger.store import RefusedError
from jushi.ledgers.g_forms import HEADINGS, informant_form
from jushi.ledgers.g_joint import period_of_week, send_tasks, week_of

MEASURES = {"leaflets": "发放资料（份）", "panels": "展板（块）", "consultations": "咨询（人次）", "visitors": "参观（人次）"}


def _groups(bureau: Bureau) -> Mapping[str, str]:
    rows = Group.objects.filter(county=bureau.county, kind="member_units").exclude(state=State.VOID)
    return {str(pk): title for pk, title in rows.order_by("title").values_list("pk", "title")}


def _amounts(returns: list[Any]) -> dict[tuple[Any, str], Decimal]:
    """(return, measure) → quantity."""
    rows = ActivityOutput.objects.filter(activity__in=[r.pk for r in returns], measure__in=MEASURES).order_by()
    return {(a, m): Decimal(n or 0) for a, m, n in rows.values_list("activity_id", "measure").annotate(n=Sum("quantity"))}


def _tasks(inquiry: Inquiry) -> tuple[Table, ...]:
    """Each unit's task and what came back; the last line adds up what figures count."""
    period = period_of_week(inquiry.record)
    tasks = list(standing("joint_tasks", inquiry).filter(period=period).select_related("organisation").order_by("organisation__title"))
    returns = {r.plan_item_id: r for r in standing("joint_returns", inquiry).filter(plan_item__in=tasks)}
    amounts = _amounts(list(returns.values()))
    lines = tuple(Line(_task_cells(task, returns.get(task.pk), amounts, inquiry)) for task in tasks)
    counted = [r.pk for r in returns.values() if r.state in State.counted()]
    told = {m: [amounts[pk, m] for pk in counted if (pk, m) in amounts] for m in MEASURES}  # what nobody reported is not zero
    total = (Cell("已核定合计"), Cell(), Cell(f"{len(returns)}/{len(tasks)}家已回报"), *(Cell(sum(n) if n else None) for n in told.values()))
    waiting = len(returns) - len(counted)
    notes = (f"{waiting} 份回报还没有核定，核定后计入活动周汇总。",) if waiting else ()
    head = ("成员单位", "期限", "回报", *MEASURES.values())
    return (Table(head, lines, f"{period}活动周", total if lines else (), notes, empty="还没有下达任务。在下面选联席会议、写明任务，逐家下达。"),)


def _task_cells(task: Any, found: Any, amounts: Mapping[tuple[Any, str], Decimal], inquiry: Inquiry) -> tuple[Cell, ...]:
    unit, due = to_record(task, task.organisation.title if task.organisation else task.title), Cell(task.due_on)
    if found is None:
        word = to_form("填写回报", "joint_returns", plan_item=task.title, title=f"{task.organisation}活动周活动", units=task.organisation,
                       edition=inquiry.record.edition, held_on=inquiry.record.held_on, campaigns="科技活动周")  # fmt: skip
        late = Cell("逾期未报", tone="bad") if task.due_on and task.due_on < inquiry.on else Cell(task.due_on)
        return (unit, late if late.tone else due, word, *(Cell() for _ in MEASURES))
    is_counted = found.state in State.counted()
    back = to_record(found, "已核定" if is_counted else "待核定", tone="ok" if is_counted else "wait")
    return (unit, due, back, *(Cell(amounts.get((found.pk, m))) for m in MEASURES))


def _reply(inquiry: Inquiry) -> tuple[Table, ...]:
    """What a unit was asked, and its answer or the form for it."""
    task = inquiry.record
    found = standing("joint_returns", inquiry).filter(plan_item=task).first()
    week = week_of(task)
    answer = to_form("填写回报", "joint_returns", plan_item=task.title, title=f"{task.organisation}活动周活动", units=task.organisation,
                     edition=week.edition if week else None, held_on=week.held_on if week else None, campaigns="科技活动周")  # fmt: skip
    if found is not None:
        answer = to_record(found, "已核定" if found.state in State.counted() else "已回报，待核定", tone="ok" if found.is_counted else "wait")
    return (Table(("任务", "期限", "回报"), (Line((Cell(task.content), Cell(task.due_on), answer)),), str(task.organisation)),)


REPLY = Digest("reply", "回报活动数据", _reply, of_record=True, hint="填本单位在活动周里做了什么、多少量；每项任务只回报一次。")


def _send(inquiry: Inquiry, keys: tuple[str, ...]) -> str:
    """One task for each member unit that has none yet."""
    values = inquiry.answers
    group = Group.objects.get(pk=values["group"])
    made = send_tasks(inquiry.bureau, inquiry.record, group, values["content"], values["due_on"], inquiry.user)
    return f"已向 {len(made)} 家成员单位下达任务" if made else "各成员单位都已有任务，没有新下达"


TASKS = Digest(
    "tasks", "成员单位任务与回报", _tasks, of_record=True, hint="任务按联席会议的成员单位逐家下达；回报核定后，数量直接计入活动周汇总。",
    fits=lambda week: week.edition is not None and week.held_on is not None,
    acts=(Act("send", "下达任务", _send, ledger="joint_tasks", picks=False,
              asks=(Ask("group", "联席会议", "choice", True, options=_groups), Ask("content", "任务", "long", True, example="设一个展台"),
                    Ask("due_on", "回报期限", "day", True))),),
)  # fmt: skip


def _informants(inquiry: Inquiry) -> tuple[Table, ...]:
    """The city's form: full-time first, numbered; phones in full only with the right, and then it is on record."""
    try:
        period = periods.parse(inquiry.answers["period"])
    except periods.PeriodError as error:
        raise RefusedError({"period": str(error)}) from error
    is_full = in_full(inquiry, "phones", "基层科普信息员推荐表")
    _, *rows = informant_form(inquiry.county, period, standing("informants", inquiry))
    lines = tuple(Line((*map(Cell, row[:-1]), Cell(row[-1] if is_full else mask("phone", row[-1])))) for row in rows)
    by_time = {name: sum(row[6] == name for row in rows) for name in ("专职", "兼职")}
    note = "、".join(f"{name} {n} 名" for name, n in by_time.items())
    total = (Cell("合计"), Cell(len(rows)), *(Cell() for _ in HEADINGS[2:]))
    notes = (f"共 {len(rows)} 名，其中{note}。",) if rows else ()
    caption = f"{inquiry.bureau.short_name}{period.name}推荐基层科普信息员名单"
    return (Table(HEADINGS, lines, caption, total if rows else (), notes, ("填报人", "审核人", "单位负责人"), "这一期间没有推荐的信息员。"),)


INFORMANTS = Digest(
    "recommended", "推荐名单（市科协表样）", _informants, hint="按推荐日期取一个期间的信息员，专职在前；可打印、导出。",
    asks=(Ask("period", "推荐期间", required=True, default=this_year, example="2015 或 2015-06"),
          personal("phones", "联系电话")),
)  # fmt: skip
