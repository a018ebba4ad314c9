"""A figure split by a column (type, level, town …) or over months: one query each."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Count as CountOf
from django.db.models import Sum
from django.db.models.functions import ExtractMonth, Substr

from jushi.indicators import scan
from jushi.indicators.evaluate import measure
from jushi.kernel.models import Area
from jushi.kernel.periods import Period
from jushi.ledger import registry
from jushi.ledger.columns import AreaLink, Choice, Link
from jushi.ledger.indicators import Indicator


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
    """Code → twelve monthly values (None after ``until``), for sparklines and trends: one query per table and axis for flows."""
    wanted = list(dict.fromkeys(codes))
    flows = [c for c in wanted if _is_plain_flow(registry.indicator(c)[1])]
    result: dict[str, list[Decimal | None]] = {c: [None] * 12 for c in wanted}
    groups: dict[Any, list[tuple[str, scan.Source, Any]]] = {}
    for code in flows:
        ledger, found = registry.indicator(code)
        source = scan.source_of(ledger, found)
        groups.setdefault(source.key, []).append((code, source, ledger))
    for members in groups.values():
        _month_group(members, area, year, until, result)
    rest = [c for c in wanted if c not in flows]
    for month in range(1, until + 1):
        if rest:
            from jushi.kernel.periods import parse

            values = measure(rest, area, parse(f"{year}-{month:02d}"))
            for code in rest:
                result[code][month - 1] = values[code].value
    return result


def _is_plain_flow(found: Indicator) -> bool:
    return scan.is_leaf(found) and not found.is_stock and found.at != "year"


def _month_group(
    members: list[tuple[str, scan.Source, Any]],
    area: Area,
    year: int,
    until: int,
    result: dict[str, list[Decimal | None]],
) -> None:
    from jushi.kernel.periods import parse

    first = members[0][1]
    if first.axis == "year":
        return
    rows = scan.rows_of(first, area).filter(scan.within(first, registry.indicator(members[0][0])[1], parse(str(year))))
    if all(ledger.kinds for _, _, ledger in members):
        rows = rows.filter(**{f"{first.prefix}kind__in": sorted({k for _, _, ledger in members for k in ledger.kinds})})
    expressions: dict[str, Any] = {}
    for number, (_, source, _ledger) in enumerate(members):
        expressions |= scan._aggregates(number, source, source.condition)
    for row in (
        rows.annotate(_m=ExtractMonth(first.prefix + first.axis)).order_by().values("_m").annotate(**expressions)
    ):
        for number, (code, source, _ledger) in enumerate(members):
            result[code][row["_m"] - 1] = scan._read(row, number, source)[0]
    for code, _, _ in members:
        result[code] = [(v or Decimal(0)) if n < until else None for n, v in enumerate(result[code])]
