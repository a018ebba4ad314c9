"""Rules across the columns of schemes, calls, applications, projects and money. Each: ``(record, values) -> {column: 提示}``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Max, QuerySet, Sum

from jushi.entities.models import Application, Call, FundFlow, Progress, Project, Scheme
from jushi.kernel.states import State

PASSED = ("pass", "mended")
VERDICTS = {"pass": "通过", "mended": "整改后通过", "mend": "限期整改", "fail": "不通过"}
CLOSED_STAGES = frozenset({"accepted", "archived"})
Problems = dict[str, str]


def call_is_possible(record: Any, values: Mapping[str, Any]) -> Problems:
    """The bureau must have the papers before it has to send them on; a reopened call says until when and why."""
    problems: Problems = {}
    if record.closes_on and record.report_due_on and record.report_due_on < record.closes_on:
        problems["report_due_on"] = f"上报截止（{record.report_due_on}）早于征集截止（{record.closes_on}），来不及初审，请核对"
    until, reason = record.details.get("reopened_until"), record.details.get("reopen_reason")
    if until and not reason:
        problems["reopen_reason"] = "延期受理须写明原因"
    if until and record.closes_on and date.fromisoformat(until) <= record.closes_on:
        problems["reopened_until"] = f"延期截止应晚于原定的征集截止（{record.closes_on}）"
    return problems


def application_fits_its_call(record: Any, values: Mapping[str, Any]) -> Problems:
    """Submitted in time (or within a reopening that was signed), for a scheme that the call announces."""
    if record.call_id is None:
        return {}
    call = Call.objects.get(pk=record.call_id)
    problems: Problems = {}
    if not _announces(call, record.scheme_id):
        problems["scheme"] = f"“{call.title}”征集的不是这个类别，请核对申报类别或批次"
    last = _last_day(call)
    if record.submitted_on and last and record.submitted_on > last:
        problems["submitted_on"] = (
            f"这一批的征集截止日期是{last}，{record.submitted_on}申报已经逾期；确需受理，请分管副局长在批次中“延期受理”并写明原因"
        )
    return problems


def _announces(call: Any, scheme_id: Any) -> bool:
    """Whether the call is for the scheme: the same, one under it, or a call that names none."""
    if None in (scheme_id, call.scheme_id) or scheme_id == call.scheme_id:
        return True
    return Scheme.objects.filter(pk=scheme_id, parent_id=call.scheme_id).exists()


def _last_day(call: Any) -> date | None:
    reopened = call.details.get("reopened_until")
    if call.stage == "reopened" and reopened:
        return date.fromisoformat(reopened)
    return call.closes_on


def application_is_new(record: Any, values: Mapping[str, Any]) -> Problems:
    """One applicant hands in one content once a year under a scheme (查重: 名称、单位、计划年度)."""
    if record.organisation_id is None or record.state == State.VOID:
        return {}
    same = Application.objects.filter(
        county=record.county, kind=record.kind, title=record.title, organisation_id=record.organisation_id,
        scheme_id=record.scheme_id, plan_year=record.plan_year,
    )  # fmt: skip
    twin = same.exclude(pk=record.pk).exclude(state=State.VOID).first()
    return {"title": f"同一单位同一年度的同名申报已经登记（{twin.serial}），请查找原有记录"} if twin else {}


def application_money_adds_up(record: Any, values: Mapping[str, Any]) -> Problems:
    """What is asked for is part of the budget; what is granted is not more than asked for."""
    problems: Problems = {}
    if _more(record.amount, record.budget):
        problems["amount"] = "申请金额大于总预算，请核对单位（万元）"
    if _more(record.approved_amount, record.amount):
        problems["approved_amount"] = "核定金额大于申请金额，请核对"
    return problems


def project_money_adds_up(record: Any, values: Mapping[str, Any]) -> Problems:
    """总投资 = 财政资金 + 自筹资金, wherever all three are known."""
    if None in (record.budget, record.grant, record.own_funds):
        return {}
    parts = Decimal(record.grant) + Decimal(record.own_funds)
    if parts == Decimal(record.budget):
        return {}
    return {"budget": f"总投资应等于财政资金加自筹资金（{_wan(parts)}万元），现在是{_wan(Decimal(record.budget))}万元"}


def project_end_is_proved(record: Any, values: Mapping[str, Any]) -> Problems:
    """Accepted means: a passing verdict, its date, an end. Terms that ran out are closed with a reason."""
    problems: Problems = {}
    accepted = record.stage in CLOSED_STAGES
    if (accepted or record.accepted_on) and record.acceptance not in PASSED:
        problems["acceptance"] = "通过验收须有“通过”或“整改后通过”的验收结论；只完成建设任务的请用进展“建设任务完成”"
    if accepted and record.accepted_on is None:
        problems["accepted_on"] = "已验收的项目须填验收日期"
    if (accepted or record.accepted_on) and record.ended_on is None:
        problems["ended_on"] = "已验收的项目须填结束日期（一般就是验收日期）"
    if record.stage in {"terminated", "failed"} and not (record.ended_on and record.end_reason):
        problems["end_reason"] = "终止或验收不通过须填结束日期和原因"
    return problems


def pool_exit_is_explained(record: Any, values: Mapping[str, Any]) -> Problems:
    """What leaves the pool says why: applied for, or given up."""
    if record.delisted_on and not record.end_reason:
        return {"end_reason": "出库须写明去向：已申报立项、放弃、合并……"}
    if record.delisted_on and record.listed_on is None:
        return {"listed_on": "没有入库的项目不能出库，请先填入库日期"}
    return {}


def verdict_is_complete(record: Any, values: Mapping[str, Any]) -> Problems:
    """A verdict stands on a day and an opinion; whoever has a stake in the project does not sit on its panel."""
    if record.stage not in {"concluded", "archived"} and not record.result:
        return {}
    problems: Problems = {}
    if not record.result:
        problems["result"] = "到“结论”须填验收结论"
    if record.held_on is None:
        problems["held_on"] = "有结论的验收须填验收日期"
    if record.result == "mend" and not record.opinion:
        problems["opinion"] = "限期整改须写明整改意见"
    return problems


def close_project(record: Any, values: Mapping[str, Any]) -> None:
    """A confirmed passing verdict closes its project on the day it was given; nobody types the date twice."""
    if record.state not in State.counted() or record.result not in PASSED or record.project_id is None:
        return
    project = Project.objects.get(pk=record.project_id)
    if project.accepted_on is not None:
        return
    project.acceptance, project.stage = record.result, "accepted"
    project.accepted_on = record.held_on
    project.ended_on = project.ended_on or record.held_on
    project.save()


def follow_tracking(record: Any, values: Mapping[str, Any]) -> None:
    """The last tracking date is that of the newest progress entry, when that is later."""
    newest = Progress.objects.filter(project_id=record.pk).aggregate(last=Max("reported_on"))["last"]
    if newest and (record.tracked_on is None or record.tracked_on < newest):
        record.tracked_on = newest
        record.save()


FLOW_ORDER = (
    ("approved_on", "批复日期"), ("assigned_on", "下达日期"), ("received_on", "到账日期"), ("paid_on", "拨付日期"),
)  # fmt: skip


def flow_goes_forward(record: Any, values: Mapping[str, Any]) -> Problems:
    """Money is approved, assigned, received, passed on: never paid before it has come."""
    problems: Problems = {}
    filled = [(name, label, getattr(record, name)) for name, label in FLOW_ORDER if getattr(record, name)]
    for (_, before, first), (name, label, then) in zip(filled, filled[1:], strict=False):
        if then < first:
            problems[name] = f"{label}（{then}）早于{before}（{first}），请核对"
    if record.paid_on and record.received_on is None:
        problems["received_on"] = "还没有到账的资金不能拨付，请先填到账日期"
    if not record.amount:
        problems["amount"] = "请填金额"
    return problems


def spending_stays_within(record: Any, values: Mapping[str, Any]) -> Problems:
    """Spending of a budget year is not more than was appropriated for it; more needs a supplementary appropriation first."""
    if record.plan_year is None or not record.amount:
        return {}
    flows = FundFlow.objects.filter(county=record.county, plan_year=record.plan_year).exclude(state=State.VOID)
    given = _amount(flows.filter(kind="science_budget"))
    spent = _amount(flows.filter(kind=record.kind).exclude(pk=record.pk))
    if spent + Decimal(record.amount) <= given:
        return {}
    return {"amount": f"{record.plan_year}年预算{_wan(given)}万元，已支出{_wan(spent)}万元，余额不够这一笔；追加预算请先登记"}


def _amount(flows: QuerySet[Any]) -> Decimal:
    return Decimal(flows.aggregate(total=Sum("amount"))["total"] or 0)


def _more(part: Any, whole: Any) -> bool:
    return part is not None and whole is not None and Decimal(part) > Decimal(whole)


def _wan(amount: Decimal) -> str:
    """An amount in 元 as 万元, without trailing zeros."""
    return f"{(Decimal(amount) / 10000).normalize():f}"
