"""Cross-field rules of targets, plan items and problems (N)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jushi.kernel import periods
from jushi.ledger import registry

Values = Mapping[str, Any]


def period_is_written(record: Any, values: Values) -> dict[str, str]:
    """The period of a plan is one that figures can be measured over."""
    try:
        periods.parse(record.period or "")
    except periods.PeriodError as error:
        return {"period": str(error)}
    return {}


def indicator_is_known(record: Any, values: Values) -> dict[str, str]:
    """A target names an indicator of the catalogue and speaks in its unit."""
    if not record.indicator:
        return {}
    try:
        _, found = registry.indicator(record.indicator)
    except KeyError:
        return {"indicator": f"没有指标“{record.indicator}”，请从指标目录中选；没有来源指标的任务可以不填，进度须另报佐证"}
    if record.unit and record.unit != found.unit:
        return {"unit": f"指标“{found.name}”的单位是“{found.unit}”，请按这个单位填目标值"}
    return {}


def target_is_complete(record: Any, values: Values) -> dict[str, str]:
    """A number without a direction is no target."""
    if record.target is not None and not record.operator:
        return {"operator": "填了目标值，请选“不少于”“不超过”等目标方向"}
    if record.operator and record.target is None:
        return {"target": "选了目标方向，请填目标值"}
    return {}


def source_is_linked(record: Any, values: Values) -> dict[str, str]:
    """What is carried over names what it comes from; what answers a problem names the problem."""
    if record.source == "carried" and not record.carried_from_id:
        return {"carried_from": "来源为“结转”的，请选择结转自哪一项计划"}
    if record.source == "problem" and not record.answers_id:
        return {"answers": "来源为“问题”的，请选择对应的问题"}
    return {}


def evidence_is_known(record: Any, values: Values) -> dict[str, str]:
    """A problem's figures are indicators of the catalogue."""
    codes = [c for c in str((record.details or {}).get("indicators") or "").replace("，", ",").split(",") if c.strip()]
    unknown = [c.strip() for c in codes if not registry.has_indicator(c.strip())]
    return {"indicators": f"没有这些指标：{'、'.join(unknown)}"} if unknown else {}


def reported_with_proof(record: Any) -> dict[str, str]:
    """A target that no indicator feeds is reported by hand, and then with a file that shows it."""
    from jushi.ledger.store import has_evidence

    if record.indicator:
        return {}
    if record.progress is None:
        return {"progress": "没有来源指标的任务须人工填报进度"}
    return {} if has_evidence(record) else {"": "没有来源指标的任务须上传佐证后才能考核"}
