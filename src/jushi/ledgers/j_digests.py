"""Digests of J 科技统计: whom a survey should ask, and how far its returns have come."""

from __future__ import annotations

from typing import Any

from jushi.ledger import registry, store
from jushi.ledger.digests import Act, Cell, Digest, Inquiry, Line, Table, to_record
from jushi.ledger.standing import standing
from jushi.ledger.store import RefusedError
from jushi.ledgers.offers import proposed_units

RETURNS = {"outreach_survey": "outreach_returns", "private_survey": "private_returns"}
WAITING = {"listed": "待报", "submitted": "已报，待审核", "returned": "已退回"}


def _scope(inquiry: Inquiry) -> tuple[Table, ...]:
    """Units to be added, then every unit in scope with where its return stands."""
    return (_proposed(inquiry), _progress(inquiry))


def _proposed(inquiry: Inquiry) -> Table:
    survey = inquiry.record
    lines = tuple(Line((to_record(unit), Cell(unit.address)), str(unit.pk)) for unit in _seen(inquiry))
    is_private = survey.kind == "private_survey"
    basis = "单位名册中标为民营的科技企业" if is_private else "上一次调查报过表的单位；首次调查请在报表台账逐家登记"
    return Table(("单位", "地址"), lines, f"建议列入 {len(lines)} 个单位", notes=(f"依据：{basis}。",), empty="没有还可列入的单位。")


def _seen(inquiry: Inquiry) -> list[Any]:
    units = proposed_units(inquiry.record)
    allowed = set(standing("organisations", inquiry).filter(pk__in=[u.pk for u in units]).values_list("pk", flat=True))
    return [u for u in units if u.pk in allowed]


def _progress(inquiry: Inquiry) -> Table:
    survey = inquiry.record
    rows = standing(RETURNS[survey.kind], inquiry).filter(survey=survey).select_related("organisation").order_by("organisation__title")
    late = bool(survey.due_on and survey.due_on < inquiry.on)
    lines = tuple(Line((to_record(row, row.organisation.title), *_state(row, late))) for row in rows)
    done = sum(1 for row in rows if row.passed_on or row.stage == "excused")
    note = (
        "全部通过或免报，可以汇总锁定。" if lines and done == len(lines) else f"通过或免报 {done} 个，其余 {len(lines) - done} 个完成后才能汇总锁定。"
    )
    return Table(("应报单位", "报送日期", "进展"), lines, f"应报 {len(lines)} 个单位", notes=(note,) if lines else (), empty="还没有列入应报单位。")


def _state(row: Any, late: bool) -> tuple[Cell, ...]:
    if row.passed_on:
        return (Cell(row.submitted_on), Cell("通过", tone="ok"))
    if row.stage == "excused":
        return (Cell(row.submitted_on), Cell(f"免报：{row.reason}"))
    words = WAITING.get(row.stage, row.stage)
    return (Cell(row.submitted_on), Cell(f"{words}（逾期）" if late else words, tone="bad" if late else "wait"))


def _include(inquiry: Inquiry, keys: tuple[str, ...]) -> str:
    """A return waiting to be filled for each ticked unit."""
    survey = inquiry.record
    ledger = registry.get(RETURNS[survey.kind])
    chosen = [unit for unit in _seen(inquiry) if str(unit.pk) in keys]
    if not chosen:
        raise RefusedError({"": "所选单位已经列入，请刷新后再看"})
    if survey.closed_on:
        raise RefusedError({"": "这次调查已经汇总锁定，不能再列入单位"})
    author = store.author_for(ledger, inquiry.bureau, inquiry.user)
    rows = [{"title": f"{unit.title}{survey.title}", "survey": str(survey.pk), "organisation": str(unit.pk)} for unit in chosen]
    store.create_many(ledger, rows, author, operation="列入填报范围")
    return f"已列入 {len(rows)} 个单位，各生成一份待报的报表"


def scope_of(returns: str) -> Digest:
    """The digest for surveys whose returns stand in the ledger ``returns``."""
    return Digest(
        "scope", "填报范围与进度", _scope, of_record=True, hint="勾选建议的单位列入范围；报表全部通过或免报后才能汇总锁定。",
        acts=(Act("include", "列入范围", _include, ledger=returns),),
    )  # fmt: skip
