"""Checks of E 农业科技: ``(record, values) -> {column: what to do}``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
