"""Targets against figures: value, completion, time progress and its colour; and the share that each unit carries."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from jushi.entities.models import FundFlow, PlanItem
from jushi.indicators.evaluate import measure
from jushi.kernel import periods
from jushi.kernel.states import State
from jushi.ledger import registry
from jushi.ledger.indicators import Indicator

LAG = Decimal(10)  # points behind the time gone by that still pass as yellow
LESS_IS_BETTER = frozenset({"le", "lt"})


@dataclass(frozen=True, slots=True)
class Progress:
    """A target as it stands. ``rate`` and ``elapsed`` are percentages; ``value`` None: nothing is known, which is not zero.

    ``by_hand``: no indicator feeds the target, so its progress is what somebody reported. ``is_behind`` with red wants an explanation.
    """

    target: Any
    value: Decimal | None
    rate: Decimal | None
    elapsed: Decimal
    colour: str
    by_hand: bool = False


def progress(item: Any, on: date) -> Progress:
    """A target at a date: green when completion keeps up with the time gone by, yellow up to ten points behind, red beyond."""
    span = periods.parse(item.period)
    elapsed = time_gone(span, on)
    if not item.indicator:
        return Progress(item, None, item.progress, elapsed, colour(item.progress, elapsed), by_hand=True)
    until = span.until(min(max(on, span.start), span.end))
    value = measure([item.indicator], item.area, until)[item.indicator].value
    rate = completion(value, item.target, item.operator)
    is_level = _indicator(item.indicator).is_stock or item.operator in LESS_IS_BETTER
    shown = colour(rate, Decimal(100) if is_level and on >= span.end else elapsed)
    return Progress(item, value, rate, elapsed, shown)


def time_gone(span: periods.Period, on: date) -> Decimal:
    """时序进度 in percent, one decimal, as boards count it: whole months and the share of the month under way (30 November: 11/12)."""
    if on < span.start:
        return Decimal(0)
    day = min(on, span.end)
    months = (day.year - span.start.year) * 12 + day.month - span.start.month
    every = (span.end.year - span.start.year) * 12 + span.end.month - span.start.month + 1
    return round((months + Decimal(day.day) / monthrange(day.year, day.month)[1]) * 100 / every, 1)


def _indicator(code: str) -> Indicator:
    return registry.indicator(code)[1]


def completion(value: Decimal | None, target: Decimal | None, operator: str) -> Decimal | None:
    """Completion in percent, one decimal; for ≤ targets target over value. None without value, target or a positive base."""
    if value is None or target is None:
        return None
    top, bottom = (target, value) if operator in LESS_IS_BETTER else (value, target)
    return round(top * 100 / bottom, 1) if bottom > 0 else None


def colour(rate: Decimal | None, elapsed: Decimal) -> str:
    """green, yellow, red; grey when nothing is known."""
    if rate is None:
        return "grey"
    if rate >= min(elapsed, Decimal(100)):
        return "green"
    return "yellow" if rate >= elapsed - LAG else "red"


@dataclass(frozen=True, slots=True)
class Share:
    """What a unit was given and what it has in place, in the unit of the target."""

    unit: str
    target: Decimal | None
    done: Decimal
    rate: Decimal | None


def investment_shares(total: Any, on: date) -> list[Share]:
    """The units to which an investment target is split, each with its own money in place by the projects it is responsible for (I03)."""
    span = periods.parse(total.period)
    until = span.until(min(max(on, span.start), span.end))
    rows = FundFlow.objects.filter(
        county=total.county, kind="investment_money", state__in=State.counted(),
        received_on__gte=until.start, received_on__lte=until.end,
    )  # fmt: skip
    in_place = dict(rows.order_by().values_list("project__organisation_id").annotate(total=Sum("amount")))
    parts = PlanItem.objects.filter(county=total.county, parent=total).exclude(state=State.VOID).select_related("organisation")
    found = []
    for part in parts.order_by("-target", "title"):
        done = Decimal(in_place.get(part.organisation_id) or 0) / 10000
        name = part.organisation.title if part.organisation else part.title
        found.append(Share(name, part.target, done, completion(done, part.target, part.operator)))
    return found
