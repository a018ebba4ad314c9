"""Open greenhouse alarms as things to do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from jushi.entities.models import Case
from jushi.kernel.states import State
from jushi.ledger.reminders import Reminder


def open_alarms(county: str, on: date) -> Iterable[Reminder]:
    """One reminder per alarm that is not closed, due on the day it was raised: a cold greenhouse does not wait."""
    rows = Case.objects.filter(county=county, kind="greenhouse_alarm", closed_on=None, raised_on__lte=on)
    for row in rows.exclude(state=State.VOID).select_related("office").order_by("raised_on"):
        missing = "请写明处置措施" if not row.measures else "已处置，等待读数恢复"
        message = f"{row.title}尚未办结：{missing}"
        yield Reminder("greenhouse_alarms", message, row.office.code, row.raised_on, row.pk, row.handler_id)
