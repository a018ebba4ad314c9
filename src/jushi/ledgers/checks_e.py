"""Checks of E 农业科技: ``(record, values) -> {column: what to do}``."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from jushi.entities.models import AgriTech, Production
from jushi.kernel.states import State
from jushi.ledgers.current import filled


def visit_reaches_somebody(record: Any, values: Mapping[str, Any]) -> dict[str, str]:
    """A field visit without households, greenhouses, sheds or people trained says nothing (E11)."""
    names = ("households", "greenhouses_guided", "sheds_guided", "attendances", "books")
    if any(filled(record, values, name, "field_visits") for name in names):
        return {}
    return {"households": "请至少填走访农户、指导棚数、培训人次、发放书籍中的一项，否则这次走访没有可汇总的内容"}


def alarm_is_closed_properly(record: Any, values: Mapping[str, Any]) -> dict[str, str]:
    """An alarm ends with what was done and the reading that showed recovery, never by a date alone (E10)."""
    if record.closed_on is None:
        return {}
    problems = {}
    if not record.measures:
        problems["measures"] = "办结前请写明处置措施"
    if not record.result:
        problems["result"] = "办结前须有恢复读数；读数恢复后系统会自动填写"
    return problems


def variety_is_new(record: Any, values: Mapping[str, Any]) -> dict[str, str]:
    """A variety is brought in once: the same name and crop in another row would be counted twice (E08)."""
    if record.origin != "introduced" or not record.title:
        return {}
    same = AgriTech.objects.filter(county=record.county, kind="variety", title=record.title, crop=record.crop, origin="introduced")
    found = same.exclude(pk=record.pk).exclude(state=State.VOID).values_list("introduced_on", flat=True).first()
    if not same.exclude(pk=record.pk).exclude(state=State.VOID).exists():
        return {}
    when = f"{found.year}年" if found else "以前"
    return {"title": f"“{record.title}”{when}已经登记过引进，同一品种不重复计算；请在原记录上更新进展"}


def dropped_has_reason(record: Any, values: Mapping[str, Any]) -> dict[str, str]:
    """What was extended is not dropped on the same page without a word (E08, E09)."""
    if record.eliminated_on is not None and not (record.result or record.decision):
        return {"result": "淘汰的品种、技术请写明试验结果或结论"}
    return {}


def area_is_within_point(record: Any, values: Mapping[str, Any]) -> dict[str, str]:
    """One crop cannot take more open land than the point has (E07); later crops of the year may use the same land again."""
    if record.mode != "open_field" or record.base_id is None or record.quantity is None or record.base.land_mu is None:
        return {}
    same = Production.objects.filter(county=record.county, kind="veg_planting", base_id=record.base_id, mode="open_field",
                                     starts_on=record.starts_on).exclude(pk=record.pk).exclude(state=State.VOID)  # fmt: skip
    planted = (same.aggregate(total=Sum("quantity"))["total"] or Decimal(0)) + Decimal(record.quantity)
    if planted <= record.base.land_mu:
        return {}
    return {"quantity": f"同一天定植的露地面积合计 {planted.normalize():f} 亩，超过示范点占地 {record.base.land_mu.normalize():f} 亩"}
