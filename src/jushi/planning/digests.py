"""Digests of plans: what was done about each heading, who carries which share of a target, and what answers a problem."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from jushi.entities.models import PlanItem
from jushi.kernel import periods
from jushi.kernel.states import State
from jushi.ledger.digests import Ask, Cell, Digest, Inquiry, Line, Table, offer, this_year, to_form, to_record
from jushi.ledger.standing import counted, standing
from jushi.ledger.store import RefusedError
from jushi.planning.citing import cited
from jushi.planning.targets import investment_shares, progress


# --- I03 ---------------------------------------------------------------------------------------------------------------
def _shares(inquiry: Inquiry) -> tuple[Table, ...]:
    """Each unit's part of an investment target with its own money in place, and the target as a whole."""
    total = inquiry.record
    period, unit = periods.parse(total.period), total.unit or "万元"
    whole = progress(total, min(inquiry.on, period.end))
    lines = tuple(
        Line((Cell(share.unit), Cell(share.target), _money(share.done, total.period), Cell(_percent(share.rate))))
        for share in investment_shares(total, inquiry.on)
    )  # fmt: skip
    last = (Cell("全局"), Cell(total.target), _money(whole.value, total.period), Cell(_percent(whole.rate)))
    notes = (f"时序进度 {whole.elapsed}%。各单位完成数按其负责的项目到位资金计。",)
    return (Table(("责任单位", f"任务（{unit}）", f"到位（{unit}）", "完成率"), lines, f"{period.name}{total.title}", last, notes,
                  empty="还没有分解到责任单位：新增一行任务并把“上级计划”选为这一项。"),)  # fmt: skip


def _money(amount: Decimal | None, period: str) -> Cell:
    return Cell() if amount is None else Cell(amount, rows=("investment_funds", {"period": period}))


def _percent(rate: Decimal | None) -> str:
    return "" if rate is None else f"{rate}%"


SHARES = Digest("shares", "各单位完成情况", _shares, of_record=True, fits=lambda item: item.target is not None and item.parent_id is None)


# --- N02 ---------------------------------------------------------------------------------------------------------------
def _fulfilment(inquiry: Inquiry) -> tuple[Table, ...]:
    """Each heading of a plan with what was done about it; one with neither record nor end is 未落实."""
    period = _parsed(inquiry.answers["period"])
    items = list(counted("plan_items", inquiry).filter(period=period.code).select_related("office").order_by("due_on", "title"))
    rows = counted("activities", inquiry).filter(plan_item__in=items).order_by("held_on")
    records: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        records[row.plan_item_id].append(row)
    carried = set(PlanItem.objects.filter(carried_from__in=items).exclude(state=State.VOID).values_list("carried_from_id", flat=True))
    lines = tuple(Line(_fulfilled(item, records[item.pk], item.pk in carried)) for item in items)
    open_ones = sum(line.cells[-1].value == "未落实" for line in lines)
    notes = (f"共 {len(items)} 项，完成 {sum(i.done_on is not None for i in items)} 项，未落实 {open_ones} 项。",) if items else ()
    return (Table(("计划", "责任股室", "期限", "完成日期", "关联记录", "最近一次", "落实"), lines, f"{period.name}计划落实情况", notes=notes,
                  empty="这一期没有已核定的计划。"),)  # fmt: skip


def _fulfilled(item: Any, records: list[Any], is_carried: bool) -> tuple[Cell, ...]:
    count = Cell(len(records), rows=("activities", {"plan_item": str(item.pk)})) if records else Cell(0)
    latest = to_record(records[-1]) if records else to_record(None)
    if item.done_on:
        state = Cell("完成", tone="ok")
    elif is_carried:
        state = Cell("结转下期", tone="wait")
    else:
        state = Cell("推进中", tone="wait") if records else Cell("未落实", tone="bad")
    return (to_record(item), Cell(item.office.name), Cell(item.due_on), Cell(item.done_on), count, latest, state)


def _parsed(code: str) -> periods.Period:
    try:
        return periods.parse(code)
    except periods.PeriodError as error:
        raise RefusedError({"period": str(error)}) from error


FULFILMENT = Digest(
    "fulfilment", "计划落实情况", _fulfilment, hint="写总结前逐项对照：每项计划做完没有、有哪些记录；既没有记录也没有完成的是未落实。",
    asks=(Ask("period", "计划期", required=True, default=this_year, example="2015 或 2014H1"),),
)  # fmt: skip


# --- N06 ---------------------------------------------------------------------------------------------------------------
def _problem(inquiry: Inquiry) -> tuple[Table, ...]:
    """The figures that show a problem, in its year and the year before, and the plan items that answer it."""
    return (cited(inquiry, indicator_codes(inquiry.record)), _answers(inquiry))


def indicator_codes(problem: Any) -> list[str]:
    """The indicators that a problem names."""
    text = str((problem.details or {}).get("indicators") or "").replace("，", ",")
    return [code.strip() for code in text.split(",") if code.strip()]


def _answers(inquiry: Inquiry) -> Table:
    problem = inquiry.record
    items = standing("plan_items", inquiry).filter(answers=problem).select_related("office").order_by("due_on", "title")
    lines = [Line((to_record(i), Cell(i.period), Cell(i.office.name), Cell(i.due_on), _done(i))) for i in items]
    if not lines and problem.closed_on is None:
        proposed = {"title": problem.title, "source": "problem", "answers": problem.title, "period": problem.plan_year + 1}
        new = to_form("还没有对应计划，点开安排", "plan_items", **proposed)
        lines = [Line((Cell(new.value, form=new.form, tone="bad"), *(Cell() for _ in range(4))))]
    return Table(("对应计划", "计划期", "责任股室", "期限", "进展"), tuple(lines), "对应措施", empty="问题已经缓解。")


def _done(item: Any) -> Cell:
    return Cell("完成", tone="ok") if item.done_on else Cell("推进中", tone="wait")


PROBLEM = Digest("answers", "数字和对应计划", _problem, of_record=True, fits=lambda p: p.plan_year is not None,
                 hint="点出的问题要有数字说明、有计划回应；没有对应计划的标红。")  # fmt: skip

offer("investment_targets", SHARES)
offer("plan_items", FULFILMENT)
offer("problems", PROBLEM)
