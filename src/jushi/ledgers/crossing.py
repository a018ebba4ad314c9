"""Two-way tables of cases: how many of each kind at each level are open and how many are struck off (K14)."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from jushi.kernel.states import State


class Tallied(NamedTuple):
    """Open and struck-off cases of one cell."""

    open: int
    closed: int


def cross(rows: QuerySet[Any], row: str, column: str, on: date) -> dict[tuple[str, str], Tallied]:
    """(row code, column code) → open and closed among cases raised by ``on``, void ones aside; cells without a case are left out."""
    raised = rows.filter(raised_on__lte=on).exclude(state=State.VOID)
    is_closed = Q(closed_on__lte=on)
    counted = raised.order_by().values_list(row, column).annotate(closed=Count("pk", filter=is_closed), every=Count("pk"))
    return {(a, b): Tallied(every - closed, closed) for a, b, closed, every in counted}
