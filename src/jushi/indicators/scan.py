"""Many figures in few scans: indicators that read the same table by the same date share one conditional aggregation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, cast

from django.apps import apps
from django.db import models
from django.db.models import Count as CountOf
from django.db.models import F, FilteredRelation, Q, Sum

from jushi.indicators.paths import prefixed
from jushi.kernel import scope
from jushi.kernel.models import Area
from jushi.kernel.periods import Period
from jushi.kernel.states import State
from jushi.ledger.columns import Link, Money, Output, PartColumn, Parties
from jushi.ledger.declaration import Ledger
from jushi.ledger.indicators import Carried, Count, Coverage, Distinct, Indicator, Stock, Total

PART = "part"  # the name under which a query of records sees their parts


@dataclass(frozen=True, slots=True)
class Source:
    """The table that an indicator scans, how it reaches the ledger's record, what it counts there, and the date axis.

    ``condition`` narrows the rows as seen from the table; ``base`` is what it asks of the record beyond its kind, ``own`` what it asks of
    the part, each as seen from its own table.
    """

    table: type[models.Model]
    prefix: str
    axis: str
    condition: Q
    expression: str
    operation: str  # rows | sum | distinct
    factor: Decimal = Decimal(1)
    base: Q = field(default_factory=Q)
    own: Q = field(default_factory=Q)

    @property
    def key(self) -> tuple[Any, ...]:
        """Indicators with the same key share a scan. Distinct counts over parts stay apart: their joins would multiply rows."""
        return (self.table, self.prefix, self.axis)

    @property
    def of_record(self) -> Source:
        """The same as seen from the record's table."""
        if not self.prefix:
            return self
        link = self.table._meta.get_field(self.prefix.removesuffix("__"))
        return replace(self, table=cast(type[models.Model], link.related_model), prefix="")

    @property
    def path(self) -> str:
        """What is counted, as seen from the record."""
        return f"{PART}__{self.expression}" if self.prefix else self.expression

    @property
    def beyond_kind(self) -> Q:
        """What the indicator asks of a row of the shared scan, whose kinds are told apart already; seen from the record."""
        return prefixed(self.own, f"{PART}__") & self.base if self.prefix else self.base


def source_of(ledger: Ledger, found: Indicator) -> Source:
    """Where a leaf indicator is counted."""
    axis = "" if isinstance(found, (Stock, Carried)) else (found.at or ledger.at)
    base, kinds = _narrow(ledger, found), of_kinds(ledger)
    name = getattr(found, "of", "")
    column = ledger.column(name) if name else None
    if isinstance(column, PartColumn):
        part = column.part_model(ledger.model)
        link = "activity" if isinstance(column, Output) else column.link if isinstance(column, Parties) else "activity"
        prefix = f"{link}__"
        own = column.part_filter() if isinstance(column, (Output, Parties)) else Q()
        expression = "quantity" if isinstance(column, Output) else column.id_path if isinstance(column, Parties) else "tag"
        operation = "sum" if isinstance(found, Total) else "distinct"
        return Source(part, prefix, axis, own & prefixed(kinds & base, prefix), expression, operation, base=base, own=own)
    expression, operation, factor = "pk", "rows", Decimal(1)
    if column is not None and isinstance(found, (Distinct, Coverage)):
        expression, operation = (f"{column.name}_id" if isinstance(column, Link) else column.name), "distinct"
    elif column is not None:
        expression, operation = column.name, "sum"
        factor = Decimal(10000) if isinstance(column, Money) and found.unit == "万元" else factor
    return Source(ledger.model, "", axis, kinds & base, expression, operation, factor, base)


def of_kinds(ledger: Ledger) -> Q:
    """The rows of the entity that are of the ledger's kinds."""
    if not ledger.kinds:
        return Q()
    return Q(kind=ledger.kinds[0]) if len(ledger.kinds) == 1 else Q(kind__in=ledger.kinds)


def _narrow(ledger: Ledger, found: Indicator) -> Q:
    """What an indicator asks of its ledger's records beyond their kind."""
    condition = ledger.where & (found.where() if callable(found.where) else found.where)
    for tag in (*ledger.tagged, *found.tagged):
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


def rows_of(source: Source, area: Area, also: Q | None = None) -> models.QuerySet[Any]:
    """The table's counted rows inside an area, narrowed by ``also``."""
    found = Q(**{f"{source.prefix}state__in": State.counted()}) & _of_county(area)
    if area.rank in {"town", "village"}:
        low, high = area.bounds()
        found &= Q(**{f"{source.prefix}area_id__gte": low, f"{source.prefix}area_id__lte": high})
    return source.table._default_manager.filter(found if also is None else found & also)


def _of_county(area: Area) -> Q:
    """Of the county that the area is or lies in, or of the counties inside it; nothing where the scope in force says the same."""
    if not area.county:
        return Q(county__gte=area.digits.ljust(6, "0"), county__lte=area.digits.ljust(6, "9"))
    return Q() if scope.current().counties == frozenset({area.county}) else Q(county=area.county)


Leaf = tuple[Ledger, Indicator]


class Member(NamedTuple):
    """An indicator of a shared scan, as seen from the record."""

    found: Indicator
    source: Source
    ledger: Ledger

    @property
    def counts_across_kinds(self) -> bool:
        """Whether results by kind cannot be added up: what stands in rows of two kinds would count twice."""
        return self.source.operation == "distinct" and len(self.ledger.kinds) != 1


def scan(leaves: Iterable[Leaf], area: Area, period: Period) -> dict[str, tuple[Decimal | None, int]]:
    """Code → (sum or count, rows behind it) of leaf indicators, one query per table and date axis."""
    groups: dict[tuple[Any, ...], list[Member]] = defaultdict(list)
    for ledger, found in leaves:
        member = Member(found, source_of(ledger, found), ledger)
        apart = found.code if member.counts_across_kinds else ""
        groups[(*member.source.key, bool(ledger.kinds), apart)].append(member)
    results: dict[str, tuple[Decimal | None, int]] = {}
    for members in groups.values():
        results |= _scan_group(members, area, period)
    return results


def _scan_group(members: list[Member], area: Area, period: Period) -> dict[str, tuple[Decimal | None, int]]:
    """One query, grouped by kind where the kinds are told apart by it: what two ledgers count alike is counted once."""
    first = members[0].source
    if first.axis:
        shared, own = within(first.of_record, members[0].found, period), [Q()] * len(members)
    else:
        shared, own = _in_force(members, period)
    rows = grouped(first, [m.ledger for m in members], area, shared)
    expressions = Expressions()
    names = [expressions.of(m.source, m.source.beyond_kind & more) for m, more in zip(members, own, strict=True)]
    kinds = {kind for m in members for kind in m.ledger.kinds}
    if members[0].counts_across_kinds or len(kinds) == 1:
        values = rows.aggregate(**expressions.made)
        return {m.found.code: read([values], name, m.source) for m, name in zip(members, names, strict=True)}
    by_kind = {row["kind"]: row for row in rows.values("kind").annotate(**expressions.made)}
    return {
        m.found.code: read([by_kind[kind] for kind in m.ledger.kinds or by_kind if kind in by_kind], name, m.source)
        for m, name in zip(members, names, strict=True)
    }


def grouped(first: Source, ledgers: Sequence[Ledger], area: Area, bounds: Q) -> models.QuerySet[Any]:
    """The counted records that a group of indicators shares: of an area, of the group's kinds where each ledger names its own, within
    bounds; with their parts joined as ``part`` where these are counted.

    Parts are found through their records, whose dates are indexed: the cost follows the period, not all that the county ever recorded. The
    outer join keeps the planner from starting at the parts.
    """
    if all(ledger.kinds for ledger in ledgers):
        kinds = sorted({kind for ledger in ledgers for kind in ledger.kinds})
        bounds = (Q(kind=kinds[0]) if len(kinds) == 1 else Q(kind__in=kinds)) & bounds
    rows = rows_of(first.of_record, area, bounds).order_by()
    if first.prefix:
        link = cast("models.ForeignKey[Any, Any]", first.table._meta.get_field(first.prefix.removesuffix("__")))
        parts = link.related_query_name()
        rows = rows.alias(**{PART: FilteredRelation(parts, condition=Q(**{f"{parts}__county": F("county")}))})
    return rows


def _in_force(members: list[Member], period: Period) -> tuple[Q, list[Q]]:
    """What puts rows in force at the period's end: asked of all rows as far as the members agree, and of each member the rest.

    A start they share is the end of the range in its index.
    """
    each = [within(m.source.of_record, m.found, period) for m in members]
    valid = {(type(m.found), *getattr(m.found, "valid", ("", ""))) for m in members}
    if len(valid) == 1:
        return each[0], [Q()] * len(members)
    starts = {start for _, start, _ in valid}
    return (Q(**{f"{starts.pop()}__lte": period.end}) if len(starts) == 1 else Q()), each


class Expressions:
    """The expressions of a shared scan: indicators that ask the same of a row share them."""

    def __init__(self) -> None:
        self.made: dict[str, Any] = {}
        self._asked: list[tuple[str, str, Q]] = []

    def of(self, source: Source, condition: Q) -> int:
        """The number under which an indicator's results will stand (see :func:`read`)."""
        asked = (source.operation, source.path, condition)
        if asked in self._asked:
            return self._asked.index(asked)
        self._asked.append(asked)
        number = len(self._asked) - 1
        self.made |= aggregates(number, source, condition)
        return number


def aggregates(number: int, source: Source, condition: Q) -> dict[str, Any]:
    """The expressions that count one indicator in a shared scan of records."""
    narrowed = condition or None
    if source.operation == "rows":
        # not the id: it need not stand in the index
        return {f"n{number}": CountOf("state", filter=narrowed) if narrowed else CountOf("*")}
    if source.operation == "distinct":
        return {f"n{number}": CountOf(source.path, filter=narrowed, distinct=True)}
    return {f"v{number}": Sum(source.path, filter=narrowed), f"n{number}": CountOf(source.path, filter=narrowed)}


def read(found: Sequence[Mapping[str, Any]], number: int, source: Source) -> tuple[Decimal | None, int]:
    """(value, rows behind it) of one indicator out of a shared scan's results, one for each of its kinds."""
    count = sum(int(values[f"n{number}"] or 0) for values in found)
    if source.operation != "sum":
        return (Decimal(count) if count else None), count
    totals = [values[f"v{number}"] for values in found if values[f"v{number}"] is not None]
    return (sum(map(Decimal, totals), Decimal(0)) / source.factor if totals else None), count


def is_leaf(found: Indicator) -> bool:
    """Whether the indicator is counted from rows directly."""
    return isinstance(found, (Count, Total, Distinct, Stock, Carried))
