"""Many figures in few scans: indicators that read the same table by the same date share one conditional aggregation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django.apps import apps
from django.db import models
from django.db.models import Count as CountOf
from django.db.models import Q, Sum

from jushi.indicators.paths import prefixed
from jushi.kernel.models import Area
from jushi.kernel.periods import Period
from jushi.kernel.states import State
from jushi.ledger.columns import Link, Money, Output, PartColumn, Parties
from jushi.ledger.declaration import Ledger
from jushi.ledger.indicators import Carried, Count, Coverage, Distinct, Indicator, Stock, Total


@dataclass(frozen=True, slots=True)
class Source:
    """The table that an indicator scans, how it reaches the ledger's record, what it counts there, and the date axis."""

    table: type[models.Model]
    prefix: str
    axis: str
    condition: Q
    expression: str
    operation: str  # rows | sum | distinct
    factor: Decimal = Decimal(1)

    @property
    def key(self) -> tuple[Any, ...]:
        """Indicators with the same key share a scan. Distinct counts over parts stay apart: their joins would multiply rows."""
        return (self.table, self.prefix, self.axis)


def source_of(ledger: Ledger, found: Indicator) -> Source:
    """Where a leaf indicator is counted."""
    axis = "" if isinstance(found, (Stock, Carried)) else (found.at or ledger.at)
    base = _narrow(ledger, found)
    name = getattr(found, "of", "")
    column = ledger.column(name) if name else None
    if isinstance(column, PartColumn):
        part = column.part_model(ledger.model)
        link = "activity" if isinstance(column, Output) else column.link if isinstance(column, Parties) else "activity"
        prefix = f"{link}__"
        own = column.part_filter() if isinstance(column, (Output, Parties)) else Q()
        expression = "quantity" if isinstance(column, Output) else column.id_path if isinstance(column, Parties) else "tag"
        operation = "sum" if isinstance(found, Total) else "distinct"
        return Source(part, prefix, axis, own & prefixed(base, prefix), expression, operation)
    if column is None or (isinstance(found, Stock) and not column):
        return Source(ledger.model, "", axis, base, "pk", "rows")
    if isinstance(found, (Distinct, Coverage)):
        expression = f"{column.name}_id" if isinstance(column, Link) else column.name
        return Source(ledger.model, "", axis, base, expression, "distinct")
    factor = Decimal(10000) if isinstance(column, Money) and found.unit == "万元" else Decimal(1)
    return Source(ledger.model, "", axis, base, column.name, "sum", factor)


def _narrow(ledger: Ledger, found: Indicator) -> Q:
    condition = ledger.condition() & (found.where() if callable(found.where) else found.where)
    for tag in found.tagged:
        tags = apps.get_model("entities", "ActivityTag")
        condition &= Q(pk__in=tags.objects.filter(tag=tag).values("activity_id"))
    return condition


def within(source: Source, found: Indicator, period: Period) -> Q:
    """The condition that puts a row into the period (flows) or in force at its end (stocks)."""
    if isinstance(found, Stock):
        started = Q(**{f"{source.prefix}{found.valid[0]}__lte": period.end})
        return started & _unended(source, found.valid[1], "gt", period.end)
    if isinstance(found, Carried):
        started = Q(**{f"{source.prefix}{found.valid[0]}__lt": period.start})
        return started & _unended(source, found.valid[1], "gte", period.start)
    axis = source.prefix + source.axis
    if source.axis == "year":
        return Q(**{axis: period.year})
    return Q(**{f"{axis}__gte": period.start, f"{axis}__lte": period.end})


def _unended(source: Source, name: str, after: str, day: date) -> Q:
    """Not ended by ``day``; an empty ``name`` means that nothing ends a row."""
    end = source.prefix + name
    return Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__{after}": day}) if name else Q()


def rows_of(source: Source, area: Area) -> models.QuerySet[Any]:
    """The table's counted rows inside an area; the leading index columns come first."""
    rows = source.table._default_manager.all()
    rows = rows.filter(**{f"{source.prefix}state__in": State.counted()})
    rows = _of_county(rows, area)
    if area.rank in {"town", "village"}:
        low, high = area.bounds()
        rows = rows.filter(**{f"{source.prefix}area_id__gte": low, f"{source.prefix}area_id__lte": high})
    return rows


def _of_county(rows: models.QuerySet[Any], area: Area) -> models.QuerySet[Any]:
    """Of the county that the area is or lies in, or of the counties inside it."""
    if area.county:
        return rows.filter(county=area.county)
    return rows.filter(county__gte=area.digits.ljust(6, "0"), county__lte=area.digits.ljust(6, "9"))


Leaf = tuple[Ledger, Indicator]


def scan(leaves: Iterable[Leaf], area: Area, period: Period) -> dict[str, tuple[Decimal | None, int]]:
    """Code → (sum or count, rows behind it) of leaf indicators, one query per table and date axis."""
    groups: dict[tuple[Any, ...], list[tuple[Indicator, Source, Ledger]]] = defaultdict(list)
    for ledger, found in leaves:
        source = source_of(ledger, found)
        groups[source.key].append((found, source, ledger))
    results: dict[str, tuple[Decimal | None, int]] = {}
    for members in groups.values():
        results |= _scan_group(members, area, period)
    return results


def _scan_group(members: list[tuple[Indicator, Source, Ledger]], area: Area, period: Period) -> dict[str, tuple[Decimal | None, int]]:
    first = members[0][1]
    bounds = _started(members, period) if not first.axis else lambda source: within(source, members[0][0], period)
    rows = grouped(first, [ledger for _, _, ledger in members], area, bounds)
    expressions: dict[str, Any] = {}
    for number, (found, source, _) in enumerate(members):
        condition = source.condition
        if isinstance(found, (Stock, Carried)):
            condition &= within(source, found, period)
        expressions |= aggregates(number, source, condition)
    values = rows.aggregate(**expressions)
    return {found.code: read(values, number, source) for number, (found, source, _) in enumerate(members)}


Bounds = Callable[[Source], Q]


def grouped(first: Source, ledgers: Sequence[Ledger], area: Area, bounds: Bounds) -> models.QuerySet[Any]:
    """The counted rows that a group of indicators shares: of an area, of the group's kinds where each ledger names its own, within bounds.

    Parts are found through their records, whose dates are indexed: the cost follows the period, not all that the county ever recorded.
    """
    if first.prefix:
        link = first.prefix.removesuffix("__")
        owner = replace(first, table=cast(type[models.Model], first.table._meta.get_field(link).related_model), prefix="")
        records = grouped(owner, ledgers, area, bounds)
        return _of_county(first.table._default_manager.order_by(), area).filter(**{f"{link}__in": records.values("pk")})
    rows = rows_of(first, area).filter(bounds(first)).order_by()
    if not all(ledger.kinds for ledger in ledgers):
        return rows
    kinds = sorted({kind for ledger in ledgers for kind in ledger.kinds})
    return rows.filter(kind=kinds[0]) if len(kinds) == 1 else rows.filter(kind__in=kinds)


def _started(members: list[tuple[Indicator, Source, Ledger]], period: Period) -> Bounds:
    """What all stocks of a group have in common when they start by the same date: the end of the range in its index."""
    starts = {found.valid[0] for found, _, _ in members if isinstance(found, (Stock, Carried))}
    if len(starts) != 1:
        return lambda source: Q()
    name = starts.pop()
    return lambda source: Q(**{f"{source.prefix}{name}__lte": period.end})


def aggregates(number: int, source: Source, condition: Q) -> dict[str, Any]:
    """The expressions that count one indicator in a shared scan."""
    if source.operation == "rows":
        return {f"n{number}": CountOf("state", filter=condition)}  # never NULL, and unlike the id it stands in the index
    if source.operation == "distinct":
        return {f"n{number}": CountOf(source.expression, filter=condition, distinct=True)}
    return {
        f"v{number}": Sum(source.expression, filter=condition),
        f"n{number}": CountOf(source.expression, filter=condition),
    }


def read(values: dict[str, Any], number: int, source: Source) -> tuple[Decimal | None, int]:
    """(value, rows behind it) of one indicator out of a shared scan's result."""
    count = int(values[f"n{number}"] or 0)
    if source.operation != "sum":
        return (Decimal(count) if count else None), count
    total = values[f"v{number}"]
    return (None if total is None else Decimal(total) / source.factor), count


def is_leaf(found: Indicator) -> bool:
    """Whether the indicator is counted from rows directly."""
    return isinstance(found, (Count, Total, Distinct, Stock, Carried))
