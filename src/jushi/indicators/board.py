"""The indicator board: many figures with comparison, cumulation, target and twelve months, in a fixed count of scans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.apps import apps

from jushi.indicators.breakdown import monthly
from jushi.indicators.evaluate import measure
from jushi.indicators.values import Value, format_number
from jushi.kernel.models import Area
from jushi.kernel.periods import Period
from jushi.kernel.states import State
from jushi.ledger import registry


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator on the board. None is missing; ``growth`` None where it makes no sense (domain.md A0.3)."""

    value: Value
    previous: Decimal | None
    growth: str
    cumulative: Decimal | None
    target: Decimal | None
    completion: Decimal | None
    months: tuple[Decimal | None, ...]

    def text(self, number: Decimal | None) -> str:
        """A number as this indicator is written; a dash when missing."""
        return "—" if number is None else format_number(number, self.value.indicator.places)


def lines(codes: Iterable[str], area: Area, period: Period, today: date) -> list[Line]:
    """The board's lines, in the order of ``codes``."""
    wanted = list(codes)
    now = measure(wanted, area, period)
    before = measure(wanted, area, period.year_before())
    flows = [c for c in wanted if not registry.indicator(c)[1].is_stock]
    so_far = period.so_far()
    sums = now if so_far == period else measure(flows, area, so_far)
    until = 12 if period.year < today.year else today.month if period.year == today.year else 0
    trend = monthly(wanted, area, period.year, min(until, period.end.month if period.kind != "year" else 12))
    aims = targets(area, period, wanted)
    result = []
    for code in wanted:
        value, previous, aim = now[code], before[code].value, aims.get(code)
        done = round(value.value * 100 / aim, 1) if aim and value.value is not None else None
        cumulative = sums[code].value if code in sums and not value.indicator.is_stock else None
        result.append(Line(value, previous, growth(value, previous), cumulative, aim, done, tuple(trend[code])))
    return result


def growth(value: Value, previous: Decimal | None) -> str:
    """同比 in words: none on a zero or missing base; rates move by 百分点."""
    if value.value is None or previous is None or previous <= 0:
        return ""
    if value.indicator.unit == "%":
        return f"{value.value - previous:+.1f} 个百分点"
    return f"{(value.value - previous) * 100 / previous:+.1f}%"


def targets(area: Area, period: Period, codes: Iterable[str]) -> Mapping[str, Decimal]:
    """Code → target of the plan items of the period (or its year), one query. The undivided target counts, not its shares."""
    wanted = list(codes)
    if not wanted or not area.county:
        return {}
    plan = apps.get_model("entities", "PlanItem")
    rows = plan.objects.filter(
        county=area.county, indicator__in=wanted, period__in=(period.code, str(period.year)), parent=None,
        state__in=State.counted(), target__isnull=False,
    )  # fmt: skip
    found: dict[str, Decimal] = {}
    for code, target, when in rows.values_list("indicator", "target", "period"):
        if code not in found or when == period.code:
            found[code] = target
    return found
