"""Figures that are not counted from a ledger's rows: external numbers, forecasts, latest values, parameters of routines, months reported on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Q

from jushi.indicators import scan
from jushi.indicators.values import RowBehind
from jushi.kernel.models import Area
from jushi.kernel.periods import Period
from jushi.kernel.states import State
from jushi.ledger import registry
from jushi.ledger.declaration import Ledger
from jushi.ledger.indicators import External, Forecast, Indicator, Latest, Months, Parameter

Pair = tuple[Ledger, Indicator]


def outside_values(pairs: Iterable[Pair], area: Area, period: Period) -> dict[str, tuple[Decimal | None, int]]:
    """Code → (value, rows). External figures and forecasts share one query, routines one; latest values take one each."""
    pairs = list(pairs)
    figures = _figures([i for _, i in pairs if isinstance(i, (External, Forecast))], area, period)
    routines = _routines([i for _, i in pairs if isinstance(i, Parameter)], area, period)
    found: dict[str, tuple[Decimal | None, int]] = {}
    for ledger, indicator in pairs:
        if isinstance(indicator, Months):
            found[indicator.code] = (_months(period), 0)
            continue
        row = _row(ledger, indicator, area, period, figures, routines)
        found[indicator.code] = (None, 0) if row is None else (row[1], 1)
    return found


def outside_rows(ledger: Ledger, indicator: Indicator, area: Area, period: Period) -> tuple[RowBehind, ...]:
    """The one record that such a figure rests on; none for what follows from the period alone."""
    if isinstance(indicator, Months):
        return ()
    figures = _figures([indicator], area, period) if isinstance(indicator, (External, Forecast)) else {}
    routines = _routines([indicator], area, period) if isinstance(indicator, Parameter) else {}
    row = _row(ledger, indicator, area, period, figures, routines)
    if row is None:
        return ()
    record, value = row
    day = getattr(record, "as_of", None) or getattr(record, "starts_on", None) or getattr(record, ledger.at, None)
    own = registry.of_record(record)
    return (RowBehind(own.code if own else ledger.code, record.pk, record.title, day, record.area_id, value),)


def _months(period: Period) -> Decimal | None:
    """Whole calendar months from the first to the last day; None for single days and periods that end within a month."""
    after = period.end + timedelta(days=1)
    if period.start.day != 1 or after.day != 1:
        return None
    return Decimal((after.year - period.start.year) * 12 + after.month - period.start.month)


def _row(
    ledger: Ledger, found: Indicator, area: Area, period: Period, figures: dict[str, Any], routines: dict[str, Any]
) -> tuple[Any, Decimal] | None:
    if isinstance(found, (External, Forecast)):
        record = figures.get(found.code)
        return None if record is None or record.value is None else (record, record.value)
    if isinstance(found, Parameter):
        record = routines.get(found.routine)
        if record is None:
            return None
        days = len([d for d in record.weekdays.split(",") if d])
        return record, Decimal(max(days, record.minimum))
    if isinstance(found, Latest):
        source = scan.Source(
            ledger.model,
            "",
            found.at or ledger.at,
            ledger.condition() & (found.where() if callable(found.where) else found.where),
            found.of,
            "rows",
        )
        rows = scan.rows_of(source, area).filter(source.condition & scan.within(source, found, period))
        record = rows.exclude(**{found.of: None}).order_by(source.axis).last()
        return None if record is None else (record, Decimal(getattr(record, found.of)))
    return None


def _figures(wanted: list[Any], area: Area, period: Period) -> dict[str, Any]:
    """Indicator code → the latest figure as of the period's end; verified before preliminary, forecast only for forecasts."""
    if not wanted:
        return {}
    model = apps.get_model("entities", "ExternalFigure")
    names = {i.figure for i in wanted}
    rows = model.objects.filter(kind="external", measure__in=names, area_id=area.code, state__in=State.counted())
    rows = rows.filter(Q(as_of__lte=period.end) | Q(period=str(period.year)))
    order = {"forecast": 0, "flash": 1, "actual": 2, "verified": 3}
    best: dict[str, Any] = {}
    for indicator in wanted:
        mine = [r for r in rows if r.measure == indicator.figure]
        if isinstance(indicator, Forecast):
            mine = [r for r in mine if r.basis == "forecast" and r.period == str(period.year)]
        else:
            mine = [r for r in mine if r.basis != "forecast" and r.as_of and r.as_of <= period.end]
        if mine:
            best[indicator.code] = max(mine, key=lambda r: (r.as_of or period.start, order.get(r.basis, 1)))
    return best


def _routines(wanted: list[Any], area: Area, period: Period) -> dict[str, Any]:
    if not wanted:
        return {}
    model = apps.get_model("entities", "Routine")
    rows = model.objects.filter(kind__in={i.routine for i in wanted}, county=area.county, state__in=State.counted())
    rows = rows.filter(starts_on__lte=period.end).exclude(ends_on__lt=period.start)
    return {r.kind: r for r in rows.order_by("starts_on")}
