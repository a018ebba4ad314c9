"""Cross-field rules of investment promotion (I), expropriation and side duties (L)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from jushi.entities.models import FundFlow, Project
from jushi.kernel.states import State

Values = Mapping[str, Any]


def stage_has_dates(record: Any, values: Values) -> dict[str, str]:
    """A project that is beyond a lead has been signed; one that came to an end says why."""
    if record.stage in {"signed", "landed", "building", "funded", "produced"} and not record.signed_on:
        return {"signed_on": "已签约及以后的项目须填签约日期"}
    if record.ended_on and not record.signed_on:
        return {"signed_on": "有投产或终止日期的项目须先填签约日期"}
    return {}


def money_after_signing(record: Any, values: Values) -> dict[str, str]:
    """Money is in place for a signed project only, after the signing, and each voucher is claimed once."""
    project = Project.objects.filter(pk=record.project_id).first() if record.project_id else None
    problems: dict[str, str] = {}
    if project is not None and project.signed_on is None:
        problems["project"] = "这个项目还没有签约，签约后才能登记到位资金"
    elif project is not None and record.received_on and record.received_on < project.signed_on:
        problems["received_on"] = f"到位日期早于签约日期（{project.signed_on}），请核对"
    same = FundFlow.objects.filter(county=record.county, kind=record.kind, voucher_number=record.voucher_number)
    if record.voucher_number and same.exclude(pk=record.pk).exclude(state=State.VOID).exists():
        problems["voucher_number"] = f"凭证号 {record.voucher_number} 已经登记过，同一笔资金不能重复认领"
    return problems


def more_than_agreed(record: Any, values: Values) -> dict[str, str]:
    """Speak when the money in place passes the agreed investment."""
    project = Project.objects.filter(pk=record.project_id).first() if record.project_id else None
    if project is None or project.agreed is None:
        return {}
    rows = FundFlow.objects.filter(county=record.county, kind=record.kind, project_id=project.pk)
    before = rows.exclude(pk=record.pk).exclude(state=State.VOID).aggregate(total=Sum("amount"))["total"]
    total = Decimal(before or 0) + (record.amount or Decimal(0))
    if total <= project.agreed:
        return {}
    return {"amount": f"累计到位 {total / 10000:.2f} 万元，超过协议投资 {project.agreed / 10000:.2f} 万元，请核对"}


def settled_in_order(record: Any, values: Values) -> dict[str, str]:
    """Signed before cleared, cleared before settled: a household is not settled by a promise."""
    steps = (("signed_on", "签约日期"), ("vacated_on", "腾空日期"), ("settled_on", "落实到位日期"))
    problems: dict[str, str] = {}
    for (first, first_name), (then, then_name) in zip(steps, steps[1:], strict=False):
        start, end = getattr(record, first), getattr(record, then)
        if end and not start:
            problems[first] = f"已填{then_name}，须先填{first_name}"
        elif start and end and end < start:
            problems[then] = f"{then_name}（{end}）早于{first_name}（{start}），请核对"
    return problems
