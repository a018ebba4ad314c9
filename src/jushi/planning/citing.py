"""Digests that look both ways: the figures that a problem cites (C29, N06), and applications still open at the end of a period,
offered to the next plan (C17)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from jushi.entities.models import PlanItem
from jushi.indicators.board import growth
from jushi.indicators.evaluate import measure
from jushi.indicators.values import Value
from jushi.kernel import oplog, periods
from jushi.kernel.states import State
from jushi.ledger import registry, store, visibility
from jushi.ledger.digests import AS_AT, Act, Ask, Cell, Digest, Inquiry, Line, Table, offer, to_record, to_rows
from jushi.ledger.standing import standing
from jushi.ledger.store import RefusedError


def cited(inquiry: Inquiry, codes: list[str]) -> Table:
    """Each figure that a problem names, in its year and the one before, with the growth; the numbers open their records (C29, N06)."""
    problem = inquiry.record
    year = problem.plan_year or (problem.raised_on or inquiry.on).year
    known = [code for code in codes if registry.has_indicator(code)]
    now, before = (measure(known, inquiry.bureau.area, periods.parse(str(y))) for y in (year, year - 1))
    lines = []
    for code in known:
        value, former = now[code], before[code]
        if not visibility.opens(value.ledger, inquiry.rights, inquiry.bureau.switched_off):
            lines.append(Line((Cell(value.indicator.name), Cell("（受限）"), Cell(), Cell(), Cell())))
            continue
        name = Cell(value.indicator.name)
        lines.append(Line((name, _figure(value), _figure(former), Cell(growth(value, former.value)), Cell(value.indicator.words))))
    head = ("指标", f"{year}年", f"{year - 1}年", "同比", "口径")
    return Table(head, tuple(lines), "说明问题的数字", empty="没有写明由哪些指标说明：在“说明问题的指标”里填指标。")


def _figure(value: Value) -> Cell:
    if value.value is None:
        return Cell("无数据")
    return to_rows(f"{value.text}{value.indicator.unit}", value.ledger.code, figure=value.code, period=value.period.code)


def _pending(inquiry: Inquiry) -> tuple[Table, ...]:
    """Applications handed in by a day without a result or withdrawal then; which of them the next plan has already."""
    on = inquiry.answers["on"]
    rows = list(_open(inquiry, on).select_related("scheme", "organisation").order_by("submitted_on", "title"))
    planned = dict(
        PlanItem.objects.filter(county=inquiry.county, kind="plan_item", title__in=[_title(r) for r in rows], due_on__gt=on)
        .exclude(state=State.VOID).values_list("title", "pk")
    )  # fmt: skip
    items = PlanItem.objects.in_bulk(list(planned.values()))
    stages = {s.code: s.name for s in registry.get("applications").stages}
    lines = []
    for row in rows:
        item = items.get(planned.get(_title(row)))
        state = to_record(item, "已列入计划", "ok") if item is not None else Cell("可列入", tone="wait")
        cells = (to_record(row), to_record(row.scheme), to_record(row.organisation), Cell(row.submitted_on), Cell(stages.get(row.stage, "")), state)
        lines.append(Line(cells, "" if item is not None else str(row.pk)))
    head = ("项目名称", "申报类别", "申报单位", "申报日期", "进展", "下期计划")
    return (Table(head, tuple(lines), f"截至{on}尚无结果的申报（{len(rows)} 项）", empty="没有尚无结果的申报。"),)


def _open(inquiry: Inquiry, on: date) -> Any:
    rows = standing("applications", inquiry).filter(submitted_on__lte=on)
    return rows.filter(Q(resulted_on=None) | Q(resulted_on__gt=on)).filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=on))


def _title(application: Any) -> str:
    return f"“{application.title}”申报和落地"[:200]


def _plan(inquiry: Inquiry, keys: tuple[str, ...]) -> str:
    """A draft plan item of the period for each ticked application; what is planned already stays as it is."""
    try:
        span = periods.parse(inquiry.answers["period"])
    except periods.PeriodError as error:
        raise RefusedError({"period": f"计划期：{error}"}) from error
    ledger = registry.get("plan_items")
    known = set(
        PlanItem.objects.filter(county=inquiry.county, kind="plan_item", period=span.code).exclude(state=State.VOID).values_list("title", flat=True)
    )
    rows = [r for r in _open(inquiry, inquiry.answers["on"]) if str(r.pk) in keys and _title(r) not in known]
    if not rows:
        raise RefusedError({"": "所选申报已列入该期计划，或已有结果，请刷新后再看"})
    author = store.author_for(ledger, inquiry.bureau, inquiry.user)
    with oplog.operation("列入计划", county=inquiry.county):
        for row in rows:
            raw = {
                "title": _title(row), "period": span.code, "source": "new", "starts_on": span.start, "due_on": span.end,
                "aim": "取得结果，促成落地", "content": f"跟进{row.serial}，{row.scheme}", "area": row.area_id,
            }  # fmt: skip
            store.create(ledger, raw, author)
    return f"已生成{span.name}工作计划草稿 {len(rows)} 项，请在工作计划中补责任人后提交"


def _next_half(today: date) -> str:
    """The half-year after the one that a day lies in."""
    return periods.of_day("half", today).after().code


PENDING = Digest(
    "pending", "尚无结果的申报", _pending, hint="到期末还没有结果的申报，写进下期计划继续跟进。",
    asks=(AS_AT,),
    acts=(Act("plan", "列入计划", _plan, ledger="plan_items", asks=(Ask("period", "计划期", "text", True, _next_half, example="2014H2"),)),),
)  # fmt: skip

offer("applications", PENDING)
