"""What every figure must be, worked out in plain Python from its declaration: rows are loaded whole and judged one by one.

It shares nothing with the evaluation but the declarations: no query has a condition, nothing is aggregated by the database.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from jushi.kernel.periods import Period
from jushi.ledger import registry
from jushi.ledger.columns import Link, Money, Output, Parties
from jushi.ledger.declaration import Ledger
from jushi.ledger.indicators import Carried, Count, Coverage, Distinct, Formula, Indicator, Ratio, Stock, Total

COUNTED = {"confirmed", "locked"}
LEAVES = (Count, Total, Distinct, Stock, Carried, Coverage)


class World:
    """All rows as they stand, loaded once per question."""

    def __init__(self, area: str) -> None:
        self.area = area
        self.rows: dict[type, list[Any]] = {}
        self.parts: dict[type, list[Any]] = {}
        self.tags: set[tuple[Any, str]] = set(apps.get_model("entities", "ActivityTag").objects.values_list("activity_id", "tag"))

    def of(self, model: type) -> list[Any]:
        """Every row of a table."""
        if model not in self.rows:
            self.rows[model] = list(model.objects.all())
        return self.rows[model]


def expected(world: World, code: str, period: Period, given: dict[str, Any]) -> Decimal | None:
    """The value of an indicator; ``given`` holds the measured values of those that rest on entered figures, not on rows."""
    ledger, found = registry.indicator(code)
    if isinstance(found, Ratio):
        top, bottom = (expected(world, c, period, given) for c in (found.top, found.bottom))
        return round(top * found.scale / bottom, found.places) if top is not None and bottom else _missing(found)
    if isinstance(found, Formula):
        plus, minus = ([expected(world, c, period, given) for c in side] for side in (found.plus, found.minus))
        known = any(v is not None for v in (*plus, *minus))
        return sum(v or 0 for v in plus) - sum(v or 0 for v in minus) if known else _missing(found)
    if not isinstance(found, LEAVES):
        return given[code]
    things = list(contributions(world, ledger, found, period))
    if isinstance(found, Distinct):
        return Decimal(len({thing for thing, _ in things})) or _missing(found)
    if isinstance(found, Coverage):
        whole = expected(world, found.scope, period, given)
        return round(Decimal(len({t for t, _ in things})) * 100 / whole, found.places) if whole else _missing(found)
    return sum((quantity for _, quantity in things), Decimal(0)) if things else _missing(found)


def _missing(found: Indicator) -> Decimal | None:
    return Decimal(0) if found.missing == "zero" else None


def contributions(world: World, ledger: Ledger, found: Indicator, period: Period) -> Iterable[tuple[Any, Decimal]]:
    """(thing, quantity) of every row that counts."""
    column = ledger.column(found.of) if getattr(found, "of", "") else None
    for row in world.of(ledger.model):
        if row.state not in COUNTED or not row.area_id.startswith(world.area) or not belongs(world, ledger, row):
            continue
        if not all((row.pk, tag) in world.tags for tag in found.tagged) or not holds(_where(found), row):
            continue
        if in_time(ledger, found, row, period):
            yield from _quantities(world, found, column, row)


def belongs(world: World, ledger: Ledger, row: Any) -> bool:
    """Whether a row of the entity stands in the ledger."""
    kind = not ledger.kinds or row.kind in ledger.kinds
    return kind and all((row.pk, tag) in world.tags for tag in ledger.tagged) and holds(ledger.where, row)


def _where(found: Indicator) -> Q:
    return found.where() if callable(found.where) else found.where


def in_time(ledger: Ledger, found: Indicator, row: Any, period: Period) -> bool:
    """Whether the row happened in the period, is in force at its end, or came over from before it."""
    if isinstance(found, (Stock, Carried)):
        start, end = (_day(getattr(row, name)) if name else None for name in found.valid)
        if isinstance(found, Stock):
            return start is not None and start <= period.end and (end is None or end > period.end)
        return start is not None and start < period.start and (end is None or end >= period.start)
    axis = found.at or ledger.at
    if axis == "year":
        return row.year == period.year
    day = _day(getattr(row, axis))
    return day is not None and period.start <= day <= period.end


def _day(value: Any) -> date | None:
    return value.date() if isinstance(value, datetime) else value


def _quantities(world: World, found: Indicator, column: Any, row: Any) -> Iterable[tuple[Any, Decimal]]:
    if column is None:
        yield row.pk, Decimal(1)
    elif isinstance(column, (Output, Parties)):
        for part in column.part_model(type(row)).objects.filter(**{f"{getattr(column, 'link', 'activity')}_id": row.pk}):
            if isinstance(column, Output) and (part.measure, part.item_class) == (column.measure, column.item_class):
                yield part.pk, part.quantity
            if isinstance(column, Parties) and part.role in (column.role, "" if not column.role else column.role):
                thing = getattr(part, column.id_path)
                if thing:
                    yield thing, Decimal(1)
    else:
        value = getattr(row, f"{column.name}_id" if isinstance(column, Link) else column.name)
        if value is None or value == "":
            return
        if isinstance(found, (Distinct, Coverage)):
            yield value, Decimal(1)
        else:
            factor = 10000 if isinstance(column, Money) and found.unit == "万元" else 1
            yield row.pk, Decimal(value) / factor


def holds(condition: Q, row: Any) -> bool:
    """A condition judged on one row, as it reads."""
    judged = (holds(c, row) if isinstance(c, Q) else _term(row, *c) for c in condition.children)
    fits = any(judged) if condition.connector == Q.OR and condition.children else all(judged)
    return not fits if condition.negated else fits


def _term(row: Any, path: str, wanted: Any) -> bool:
    *names, last = path.split("__")
    operators = {"in", "isnull", "gte", "lte", "gt", "lt", "contains"}
    steps, operator = (names, last) if last in operators else ([*names, last], "exact")
    value: Any = row
    for step in steps:
        value = None if value is None else getattr(value, step)
    if operator == "isnull":
        return (value is None) == wanted
    if operator == "in":
        options = {next(iter(x.values())) if isinstance(x, dict) else x for x in wanted} if isinstance(wanted, QuerySet) else set(wanted)
        return value in options
    if operator == "exact":
        return value == wanted
    if value is None:
        return False
    return bool({"gte": lambda: value >= wanted, "lte": lambda: value <= wanted, "gt": lambda: value > wanted,
                 "lt": lambda: value < wanted, "contains": lambda: wanted in value}[operator]())  # fmt: skip
