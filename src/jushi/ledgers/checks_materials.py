"""Printed matter never runs below zero, and what an event says it gave out is what left the store (G09)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum

from jushi.entities.models import ActivityOutput, Stock
from jushi.kernel.states import State

ADDS = ("in", "gain")
MEASURES = {"册": "manuals", "本": "books", "份": "leaflets", "套": "chart_sets", "幅": "chart_sheets", "块": "panels"}


def balance(document_id: Any, on: date | None = None, *, without: Any = None) -> Decimal:
    """What is left of an item, in its own unit, at the end of a day (now, when no day is given); void rows do not count."""
    rows = Stock.objects.filter(document_id=document_id, kind="print_move").exclude(state=State.VOID).exclude(pk=without)
    if on is not None:
        rows = rows.filter(moved_on__lte=on)
    sums = rows.aggregate(added=Sum("quantity", filter=Q(movement__in=ADDS)), taken=Sum("quantity", filter=~Q(movement__in=ADDS)))
    return (sums["added"] or Decimal(0)) - (sums["taken"] or Decimal(0))


def never_below_zero(record: Any, values: Mapping[str, Any]) -> dict[str, str]:
    """More cannot go out than is there, on that day and afterwards; the remedy is an entry of what came in, or a stock-taking."""
    if record.document_id is None or record.moved_on is None or record.quantity is None:
        return {}
    signed = Decimal(record.quantity) * (1 if record.movement in ADDS else -1)
    left = min(balance(record.document_id, record.moved_on, without=record.pk), balance(record.document_id, without=record.pk))
    if left + signed >= 0:
        return {}
    unit = record.document.unit
    if record.movement in ADDS:
        return {"quantity": f"改成 {record.quantity:f} {unit}后，后面的发放会超过库存 {-(left + signed):f} {unit}，请先核对发放记录"}
    return {"quantity": f"{record.moved_on}库存 {left:f} {unit}，不能出库 {record.quantity:f} {unit}；请先补登入库，或盘点后登记盘盈"}


def still_in_stock(record: Any) -> dict[str, str]:
    """Asked again before confirming, because other rows may have been registered meanwhile (a sheet imported in one go)."""
    return never_below_zero(record, {})


def handout_matches_event(record: Any, values: Mapping[str, Any]) -> dict[str, str]:
    """A warning when the store gave an event more than the event says it handed out."""
    if record.activity_id is None or record.movement != "out" or record.quantity is None or record.document_id is None:
        return {}
    unit = record.document.unit
    said = ActivityOutput.objects.filter(activity_id=record.activity_id, measure=MEASURES[unit]).aggregate(n=Sum("quantity"))["n"]
    rows = Stock.objects.filter(activity_id=record.activity_id, unit=unit, movement="out").exclude(state=State.VOID).exclude(pk=record.pk)
    given = (rows.aggregate(n=Sum("quantity"))["n"] or Decimal(0)) + Decimal(record.quantity)
    if said is not None and given <= said:
        return {}
    return {"activity": f"这次活动填报发放 {said or 0:f} {unit}，出库合计 {given:f} {unit}，请核对活动的发放数"}


def take_unit(record: Any, values: Mapping[str, Any]) -> None:
    """A movement is counted in the item's unit, so units never mix."""
    if record.document_id is not None:
        record.unit, record.category = record.document.unit, record.document.category
