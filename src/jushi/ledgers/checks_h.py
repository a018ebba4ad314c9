"""Cross-field rules of village relief, household visits, matters and deeds (H)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jushi.entities.models import FundFlow
from jushi.kernel.states import State

Values = Mapping[str, Any]


def signed_after_handed_out(record: Any, values: Values) -> dict[str, str]:
    """A household signs for goods on or after the day on which they were handed out, never before."""
    given, signed = record.occurred_on, record.received_on
    if given and signed and signed < given:
        return {"received_on": f"签收日期（{signed}）早于发放日期（{given}），请核对这两个日期"}
    if signed and not record.payee_household_id:
        return {"payee_household": "已经签收的慰问品须写明是哪一户签收"}
    return {}


def contract_form_needs_contract(record: Any, values: Values) -> dict[str, str]:
    """Technical contracting is a form of relief by agreement: without the agreement it cannot be told from touring."""
    if record.category == "contracted" and not record.agreement_id:
        return {"agreement": "方式为“技术承包”的，请选择对应的承包协议（先在“技术承包协议”中登记）"}
    return {}


def closed_matter_has_result(record: Any, values: Values) -> dict[str, str]:
    """A matter that has an end says what the end was."""
    if record.closed_on and not record.result:
        return {"result": "已经办结的事项须写明办理结果"}
    if record.confirmed_on and not record.satisfaction:
        return {"satisfaction": "已经回访的事项须写明群众意见"}
    return {}


def finished_deed_has_area(record: Any, values: Values) -> dict[str, str]:
    """A finished deed says what was done, or nobody can check it."""
    if record.closed_on and not record.result:
        return {"result": "已完成的实事须写明完成情况"}
    return {}


def money_within_deed(record: Any, values: Values) -> dict[str, str]:
    """The same voucher pays once, whatever the deed."""
    if not record.voucher_number:
        return {}
    same = FundFlow.objects.filter(county=record.county, kind=record.kind, voucher_number=record.voucher_number)
    if same.exclude(pk=record.pk).exclude(state=State.VOID).exists():
        return {"voucher_number": f"凭证号 {record.voucher_number} 已经登记过，同一笔资金不能重复入账"}
    return {}
