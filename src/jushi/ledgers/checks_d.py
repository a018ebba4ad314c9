"""Rules across the columns of intellectual-property records. Each: ``(record, values) -> {column: 提示}``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from jushi.entities.checks import patent_type

PATENT_TYPES = {"invention": "发明", "utility": "实用新型", "design": "外观设计"}
GRANTED = frozenset({"granted", "ended"})
NEVER_GRANTED = frozenset({"refused", "withdrawn"})


def patent_is_consistent(record: Any, values: Mapping[str, Any]) -> dict[str, str]:
    """The type stands in the number (ZC 0006—2003); year of number and of application agree; grant and stage agree."""
    problems = _number_problems(record)
    if record.stage in GRANTED and record.granted_on is None:
        problems["granted_on"] = "进展为有效或终止的专利须填授权公告日"
    if record.stage in NEVER_GRANTED and record.granted_on is not None:
        problems["granted_on"] = "驳回、撤回的申请没有授权公告日，请核对进展"
    if record.ended_on is not None and record.granted_on is None:
        problems["ended_on"] = "没有授权的申请没有失效日；驳回、撤回请改进展"
    if record.ended_on is not None and not record.end_reason:
        problems["end_reason"] = "填了失效日，请写明失效原因（未缴年费、届满、无效……）"
    return problems


def _number_problems(record: Any) -> dict[str, str]:
    try:
        named = patent_type(record.number or "")
    except ValidationError:
        return {}  # the column's own check has said what is wrong with the number
    problems = {}
    if record.type and PATENT_TYPES[record.type] != named:
        problems["type"] = f"申请号的种类位表示{named}，这里填了{PATENT_TYPES[record.type]}，请核对其一"
    body = record.number.split(".")[0]
    if len(body) == 12 and record.applied_on and record.applied_on.year != int(body[:4]):
        problems["applied_on"] = f"申请号是{body[:4]}年的，申请日却在{record.applied_on.year}年，请对照受理通知书"
    return problems


def protocol_is_dated(record: Any, values: Mapping[str, Any]) -> dict[str, str]:
    """What has been issued has a date; a revised protocol names the edition it replaces."""
    problems = {}
    if record.stage in {"issued", "revised"} and record.issued_on is None:
        problems["issued_on"] = "已发布的规程须填发布日期"
    if record.previous_id is not None and not record.edition:
        problems["edition"] = "修订版须写明版本，例如 2015年修订版"
    return problems
