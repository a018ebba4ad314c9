"""All figures that a document's sentences ask for, evaluated together: a fixed count of scans, whatever the count of sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, cast

from jushi.compose import Figure, Needs
from jushi.indicators.board import targets
from jushi.indicators.breakdown import breakdown
from jushi.indicators.evaluate import behind, measure
from jushi.indicators.values import Behind, Value
from jushi.kernel.models import Area
from jushi.kernel.periods import Period
from jushi.ledger import registry
from jushi.ledger.indicators import Coverage, Indicator, Ratio

LISTS = {"名单", "逐项"}


@dataclass(slots=True)
class Gathered:
    """Figures for the composer by code, and the values they came from."""

    figures: dict[str, Figure] = field(default_factory=dict)
    values: dict[str, Value] = field(default_factory=dict)


def gather(needs: Needs, area: Area, period: Period) -> Gathered:
    """Evaluate what ``needs`` names over one area and period; unknown codes are left out and show as gaps."""
    known = [code for code in needs.figures if registry.has_indicator(code)]
    values = measure(known, area, period)
    said = {code: set(needs.verbs.get(code, ())) for code in known}
    year_before = _values(code for code in known if said[code] & {"同比", "比上年", "上年"})
    previous = measure(year_before, area, period.year_before()) if year_before else {}
    last = _values(code for code in known if "环比" in said[code])
    before = measure(last, area, period.before()) if last else {}
    cumulated = _values(code for code in known if "累计" in said[code])
    so_far = measure(cumulated, area, period.so_far()) if cumulated else {}
    aims = targets(area, period, [c for c in known if said[c] & {"完成率", "完成情况", "差额", "目标"}])
    found = Gathered(values=values)
    for code in known:
        dimensions = needs.dimensions.get(code, ())
        found.figures[code] = _figure(
            code, values[code], area, period, said[code], dimensions,
            previous=_number(previous.get(code)), before=_number(before.get(code)),
            cumulative=_number(so_far.get(code)), target=aims.get(code),
        )  # fmt: skip
    return found


def _values(codes: Iterable[str]) -> list[str]:
    return list(codes)


def _number(value: Value | None) -> Decimal | None:
    return value.value if value is not None else None


def _figure(code: str, value: Value, area: Area, period: Period, said: set[str], dimensions: tuple[str, ...], **more: Any) -> Figure:
    indicator = value.indicator
    lists: tuple[str, ...] = ()
    if said & LISTS:
        lists = item_names(indicator, behind(code, area, period))
    by = {}
    for label in dimensions:
        name = column_labelled(code, label)
        if name:
            by[label] = tuple(breakdown(code, area, period, name))
    return Figure(
        code=code, name=indicator.name, value=value.value, unit=indicator.unit, decimals=_decimals(value),
        basis=cast(Any, indicator.basis), rows=value.rows, definition=indicator.version, period=period.code, lists=lists, by=by,
        missing=indicator.missing, **more,
    )  # fmt: skip


def _decimals(value: Value) -> int:
    """Decimals to print: as declared for rates, no more than needed for amounts (280万元, not 280.00万元)."""
    places = value.indicator.places
    if value.value is None or isinstance(value.indicator, (Ratio, Coverage)):
        return places
    return min(places, max(0, -int(value.value.normalize().as_tuple().exponent)))


def item_names(indicator: Indicator, found: Behind) -> tuple[str, ...]:
    """The records of a figure as a sentence lists them, each by the indicator's ``item`` pattern, doubles once."""
    names = []
    for row in found.rows:
        day = f"{row.date.month}月{row.date.day}日" if isinstance(row.date, date) else ""
        names.append(indicator.item.format(title=row.title, day=day, quantity=format(row.quantity.normalize(), "f")))
    return tuple(dict.fromkeys(names))


def column_labelled(code: str, label: str) -> str:
    """The breakdown column that a sentence calls ``label`` (its heading, or its name); '' when there is none."""
    ledger, indicator = registry.indicator(code)
    for name in indicator.by:
        column = ledger.column(name)
        if label in (name, column.label_for(ledger.model), column.label_for(ledger.model).split("（")[0]):
            return name
    return ""


__all__ = ["Gathered", "gather", "item_names"]
