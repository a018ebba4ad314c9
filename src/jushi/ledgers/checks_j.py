"""Cross-field rules of surveys and figures from outside (J)."""

from __future__ import annotations

from typing import Any

from jushi.entities.models import Return
from jushi.kernel.states import State
from jushi.ledgers.checks_n import Values


def figure_has_day(record: Any, values: Values) -> dict[str, str]:
    """A verified or preliminary figure says up to which day it holds; a forecast says what it rests on."""
    if record.basis != "forecast" and record.as_of is None:
        return {"as_of": "非预计数须填截至日期，例如 2015-12-31"}
    if record.basis == "forecast" and not record.source:
        return {"source": "预计数须写明由谁、依据什么预计"}
    return {}


def excuse_has_reason(record: Any, values: Values) -> dict[str, str]:
    """A unit that need not report has a reason on record; one that passed has handed in something."""
    if record.stage == "excused" and not record.reason:
        return {"reason": "免报的单位须写明原因"}
    if record.passed_on and not record.submitted_on:
        return {"submitted_on": "已审核通过的报表须有报送日期"}
    return {}


def every_return_settled(record: Any) -> dict[str, str]:
    """The county total is locked only when each unit in scope has passed or is excused."""
    rows = Return.objects.filter(county=record.county, survey_id=record.pk).exclude(state=State.VOID)
    open_ones = rows.filter(passed_on=None).exclude(stage="excused")
    if not rows.exists():
        return {"": "还没有确定填报范围，请先登记应填报的单位"}
    if open_ones.exists():
        names = list(open_ones.values_list("organisation__title", flat=True))
        shown = "、".join(names[:5]) + ("等" if len(names) > 5 else "")
        return {"": f"还有 {len(names)} 个单位没有通过审核或免报：{shown}；请先催报、审核"}
    return {}
