"""A figure split by a column (type, level, town …) or over months: one query each."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Count as CountOf
from django.db.models import Q, Sum
from django.db.models.functions import ExtractMonth, Substr

from jushi.indicators import scan
from jushi.indicators.evaluate import collect
from jushi.kernel.models import Area
from jushi.kernel.periods import Period, parse
from jushi.ledger import registry
from jushi.ledger.columns import AreaLink, Choice, Link
from jushi.ledger.indicators import Formula, Indicator, Ratio


def breakdown(code: str, area: Area, period: Period, name: str) -> list[tuple[str, Decimal]]:
    """(label, value) per value of column ``name``, in the order of its options, then by size; labels of empty values are 未填.

    Areas are broken down to towns.
    """
    ledger, found = registry.indicator(code)
    column = ledger.column(name)
    if not scan.is_leaf(found):
        return []
    source = scan.source_of(ledger, found)
    rows = scan.rows_of(source, area).filter(source.condition & scan.within(source, found, period))
    path = source.prefix + (f"{name}_id" if isinstance(column, Link) else name)
    key: Any = Substr(path, 1, 9) if isinstance(column, AreaLink) else path
    if not isinstance(key, str):
        rows = rows.annotate(_key=key)
        path = "_key"
    measured = rows.order_by().values(path).annotate(_value=_expression(source))
    amounts = {row[path]: Decimal(row["_value"] or 0) / source.factor for row in measured}
    labels = _labels(column, amounts)
    order = list(column.all_names()) if isinstance(column, Choice) else []
    keys = sorted(amounts, key=lambda k: (order.index(k) if k in order else len(order), -amounts[k]))
    return [(labels.get(k) or "未填", amounts[k]) for k in keys]


def _expression(source: scan.Source) -> Any:
    if source.operation == "sum":
        return Sum(source.expression)
    return CountOf(source.expression, distinct=source.operation == "distinct")


def _labels(column: Any, keys: Iterable[Any]) -> dict[Any, str]:
    wanted = [k for k in keys if k]
    if isinstance(column, Choice):
        return {k: column.text(k) for k in wanted}
    if isinstance(column, AreaLink):
        names = dict(Area.objects.filter(code__in=[str(k).ljust(12, "0") for k in wanted]).values_list("code", "name"))
        return {k: names.get(str(k).ljust(12, "0"), str(k)) for k in wanted}
    if isinstance(column, Link):
        from django.apps import apps

        target = column.target(apps.get_model(column.owner_model))
        rows = target._default_manager.filter(pk__in=wanted)
        return dict(rows.values_list("pk", column.name_path))
    return {k: column.text(k) for k in wanted}


def monthly(codes: Iterable[str], area: Area, year: int, until: int = 12) -> dict[str, list[Decimal | None]]:
    """Code → twelve monthly values (None after ``until``): a flow's months, a stock's month ends.

    One query per table and date axis whatever the count of codes. Ratios and sums follow from their terms; outside figures have no months.
    """
    wanted = list(dict.fromkeys(codes))
    needed: dict[str, scan.Leaf] = {}
    for code in wanted:
        collect(registry.indicator(code), needed)
    series: dict[str, Series] = {}
    groups: dict[Any, list[tuple[str, scan.Source, Any]]] = {}
    for code, (ledger, found) in needed.items():
        if scan.is_leaf(found) and found.at != "year" and (found.is_stock or ledger.at != "year"):
            source = scan.source_of(ledger, found)
            groups.setdefault((source.key, found.is_stock), []).append((code, source, ledger))
    for (_, is_stock), members in groups.items():
        _month_ends(members, area, year, until, series) if is_stock else _months(members, area, year, until, series)
    for code in wanted:
        series[registry.indicator(code)[1].code] = _derived(registry.indicator(code)[1], series)
    return {code: series[registry.indicator(code)[1].code] for code in wanted}


Series = list[Decimal | None]
EMPTY: Series = [None] * 12


def _derived(found: Indicator, series: dict[str, Series]) -> Series:
    """A ratio's or a sum's months out of those of its terms."""
    if found.code in series:
        return series[found.code]
    if isinstance(found, Ratio):
        tops, bottoms = (_derived(registry.indicator(c)[1], series) for c in (found.top, found.bottom))
        return [round(a * found.scale / b, found.places) if a is not None and b else None for a, b in zip(tops, bottoms, strict=True)]
    if isinstance(found, Formula):
        plus = [_derived(registry.indicator(c)[1], series) for c in found.plus]
        minus = [_derived(registry.indicator(c)[1], series) for c in found.minus]
        return [_sum([s[m] for s in plus], [s[m] for s in minus]) for m in range(12)]
    return list(EMPTY)


def _sum(plus: list[Decimal | None], minus: list[Decimal | None]) -> Decimal | None:
    if all(v is None for v in (*plus, *minus)):
        return None
    return sum((v or Decimal(0) for v in plus), Decimal(0)) - sum((v or Decimal(0) for v in minus), Decimal(0))


def _months(members: list[tuple[str, scan.Source, Any]], area: Area, year: int, until: int, series: dict[str, Series]) -> None:
    first = members[0][1]
    whole, sample = parse(str(year)), registry.indicator(members[0][0])[1]
    rows = scan.grouped(first, [m[2] for m in members], area, scan.within(first.of_record, sample, whole))
    expressions: dict[str, Any] = {}
    for number, (_, source, ledger) in enumerate(members):
        expressions |= scan.aggregates(number, source, scan.of_kinds(ledger) & source.beyond_kind)
    for code, _, _ in members:
        series[code] = [Decimal(0) if n < until else None for n in range(12)]
    for row in rows.annotate(_m=ExtractMonth(first.axis)).values("_m").annotate(**expressions):
        for number, (code, source, _ledger) in enumerate(members):
            if row["_m"] <= until:
                series[code][row["_m"] - 1] = scan.read([row], number, source)[0] or Decimal(0)


def _month_ends(members: list[tuple[str, scan.Source, Any]], area: Area, year: int, until: int, series: dict[str, Series]) -> None:
    expressions: dict[str, Any] = {}
    for number, (code, source, ledger) in enumerate(members):
        for month in range(until):
            in_force = scan.within(source.of_record, registry.indicator(code)[1], parse(f"{year}-{month + 1:02d}"))
            condition = scan.of_kinds(ledger) & source.beyond_kind & in_force
            expressions |= scan.aggregates(number * 12 + month, source, condition)
    rows = scan.grouped(members[0][1], [m[2] for m in members], area, Q())
    values = rows.aggregate(**expressions) if expressions else {}
    for number, (code, source, _ledger) in enumerate(members):
        known = [scan.read([values], number * 12 + month, source)[0] or Decimal(0) for month in range(until)]
        series[code] = [*known, *[None] * (12 - until)]
