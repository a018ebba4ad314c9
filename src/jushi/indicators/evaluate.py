"""Evaluate figures: ``measure`` for values, ``behind`` for the records that stand behind one."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils import timezone

from jushi.indicators import scan
from jushi.indicators.outside import outside_rows, outside_values
from jushi.indicators.values import Behind, RowBehind, Value
from jushi.kernel.models import Area
from jushi.kernel.periods import Period
from jushi.ledger import registry
from jushi.ledger.declaration import Ledger
from jushi.ledger.indicators import Coverage, Formula, Indicator, Ratio, Stock


class UnknownIndicatorError(LookupError):
    """No indicator has that code; the message says how to list them."""

    def __init__(self, code: str) -> None:
        super().__init__(f"没有指标“{code}”，可用 jushi indicators list 查看全部代码")


def measure(codes: Iterable[str], area: Area, period: Period) -> dict[str, Value]:
    """Code → value for many indicators at once: one query per table and date axis, whatever the count of codes.

    Codes may be catalogue ids (IC09); results are keyed as asked. Raises :class:`UnknownIndicatorError`.
    """
    wanted = {code: _find(code) for code in dict.fromkeys(codes)}
    needed: dict[str, scan.Leaf] = {}
    for pair in wanted.values():
        collect(pair, needed)
    leaves = [pair for pair in needed.values() if scan.is_leaf(pair[1]) or isinstance(pair[1], Coverage)]
    others = [pair for pair in needed.values() if not (scan.is_leaf(pair[1]) or isinstance(pair[1], (Ratio, Formula, Coverage)))]
    raw = scan.scan(leaves, area, period) if leaves else {}
    raw |= outside_values(others, area, period) if others else {}
    maker = _Maker(raw, needed, area, period)
    return {code: maker.value(pair[1].code) for code, pair in wanted.items()}


def _find(code: str) -> scan.Leaf:
    try:
        return registry.indicator(code)
    except KeyError:
        raise UnknownIndicatorError(code) from None


def collect(pair: scan.Leaf, needed: dict[str, scan.Leaf]) -> None:
    """Add an indicator and all that it is computed from to ``needed``."""
    if pair[1].code in needed:
        return
    needed[pair[1].code] = pair
    for code in registry._needs(pair[1]):
        collect(registry.indicator(code), needed)


class _Maker:
    """Turns scanned numbers into values, computing ratios and sums out of their terms."""

    def __init__(self, raw: dict[str, tuple[Decimal | None, int]], needed: dict[str, scan.Leaf], area: Area, period: Period) -> None:
        self.raw, self.needed, self.area, self.period = raw, needed, area, period
        self.as_of = timezone.now()

    def value(self, code: str) -> Value:
        ledger, found = self.needed[code]
        if isinstance(found, Ratio):
            return self._ratio(ledger, found)
        if isinstance(found, Formula):
            return self._formula(ledger, found)
        if isinstance(found, Coverage):
            return self._coverage(ledger, found)
        number, rows = self.raw.get(code, (None, 0))
        return self._make(ledger, found, number, rows)

    def _make(self, ledger: Ledger, found: Indicator, number: Decimal | None, rows: int, parts: tuple[Value, ...] = ()) -> Value:
        if number is None and found.missing == "zero":
            number = Decimal(0)
        if number is not None and found.places == 0 and number != number.to_integral_value():
            number = number.normalize()
        return Value(found, ledger, self.area.code, self.period, number, rows, self.as_of, parts)

    def _ratio(self, ledger: Ledger, found: Ratio) -> Value:
        top, bottom = self.value(found.top), self.value(found.bottom)
        number = None
        if top.value is not None and bottom.value:
            number = round(top.value * found.scale / bottom.value, found.places)
        return self._make(ledger, found, number, top.rows, (top, bottom))

    def _coverage(self, ledger: Ledger, found: Coverage) -> Value:
        scope_list = self.value(found.scope)
        reached, rows = self.raw.get(found.code, (None, 0))
        number = None
        if scope_list.value:
            number = round((reached or Decimal(0)) * 100 / scope_list.value, found.places)
        return self._make(ledger, found, number, rows, (scope_list,))

    def _formula(self, ledger: Ledger, found: Formula) -> Value:
        plus, minus = [self.value(c) for c in found.plus], [self.value(c) for c in found.minus]
        known = [v for v in (*plus, *minus) if v.value is not None]
        number = None
        if known:
            number = sum((v.value or Decimal(0) for v in plus), Decimal(0)) - sum((v.value or Decimal(0) for v in minus), Decimal(0))
        rows = sum(v.rows for v in (*plus, *minus))
        return self._make(ledger, found, number, rows, (*plus, *minus))


def behind(code: str, area: Area, period: Period) -> Behind:
    """Exactly the records behind one figure; raises :class:`UnknownIndicatorError`."""
    ledger, found = _find(code)
    value = measure([code], area, period)[code]
    if isinstance(found, (Ratio, Formula, Coverage)):
        return Behind(value, parts=tuple(behind(part.code, area, period) for part in value.parts))
    if not scan.is_leaf(found):
        return Behind(value, outside_rows(ledger, found, area, period))
    source = scan.source_of(ledger, found)
    rows = scan.rows_of(source, area).filter(source.condition & scan.within(source, found, period))
    read = _read_distinct if source.operation == "distinct" else _read_rows
    return Behind(value, tuple(read(ledger, found, source, rows)))


def record_ids(code: str, area: Area, period: Period) -> Any:
    """A query of the ids of the ledger records behind a leaf figure, for lists filtered by a figure."""
    ledger, found = _find(code)
    source = scan.source_of(ledger, found)
    rows = scan.rows_of(source, area).filter(source.condition & scan.within(source, found, period))
    if source.operation == "sum":
        rows = rows.exclude(**{source.expression: None})
    return rows.values(f"{source.prefix}pk" if source.prefix else "pk")


def _axis(ledger: Ledger, found: Indicator, source: scan.Source) -> str:
    """The date told of a row: the indicator's own; for a stock the day since which the row is in force."""
    if isinstance(found, Stock):
        return found.valid[0]
    return source.axis if source.axis and source.axis != "year" else ledger.at


def _read_rows(ledger: Ledger, found: Indicator, source: scan.Source, rows: Any) -> Iterable[RowBehind]:
    p = source.prefix
    axis = p + _axis(ledger, found, source)
    if source.operation == "sum":
        rows = rows.exclude(**{source.expression: None})
    fields = [f"{p}id", f"{p}title", axis, f"{p}area_id", f"{p}kind"]
    if source.operation == "sum":
        fields.append(source.expression)
    for row in rows.order_by(axis, f"{p}id").values_list(*fields):
        quantity = Decimal(row[5]) / source.factor if source.operation == "sum" else Decimal(1)
        own = registry.of_model(ledger.model._meta.label, row[4]) or ledger
        yield RowBehind(own.code, row[0], row[1], None if isinstance(row[2], int) else row[2], row[3], quantity)


def _read_distinct(ledger: Ledger, found: Indicator, source: scan.Source, rows: Any) -> Iterable[RowBehind]:
    """Each counted thing once, with its first date; the thing itself when it is a record, else its text."""
    p = source.prefix
    axis = p + _axis(ledger, found, source)
    first: dict[Any, tuple[Any, str]] = {}
    for thing, day, area in rows.exclude(**{source.expression: None}).order_by(axis).values_list(source.expression, axis, f"{p}area_id"):
        first.setdefault(thing, (day, area))
    names = _names(source, first)
    for thing, (day, area) in first.items():
        name, code, place = names.get(thing, (str(thing), ledger.code, area))
        yield RowBehind(code, thing, name, None if isinstance(day, int) else day, place, Decimal(1))


def _names(source: scan.Source, things: dict[Any, Any]) -> dict[Any, tuple[str, str, str]]:
    """Name, ledger and area of the counted things, in one query."""
    attribute = source.expression.removesuffix("_id")
    try:
        target = source.table._meta.get_field(attribute).related_model
    except LookupError:
        target = None
    if target is None:
        return {}
    if target is Area:
        return {a.code: (a.name, "", a.code) for a in Area.objects.filter(pk__in=list(things))}
    found: dict[Any, tuple[str, str, str]] = {}
    ids = list(things)
    for start in range(0, len(ids), 500):
        for row in target._default_manager.filter(Q(pk__in=ids[start : start + 500])).values_list("pk", "title", "kind", "area_id"):
            ledger = registry.of_model(target._meta.label, row[2])
            found[row[0]] = (row[1], ledger.code if ledger else "", row[3])
    return found


def area_named(text: str) -> Area:
    """The area with a 6- or 12-digit code or an unambiguous name; LookupError with a Chinese message otherwise."""
    areas = apps.get_model("kernel", "Area").objects
    if text.isdigit():
        found = areas.filter(code=text.ljust(12, "0")).first()
        if found is None:
            raise LookupError(f"没有代码为 {text} 的地区")
        return found
    hits = list(areas.filter(Q(name=text) | Q(short_name=text))[:3])
    if len(hits) != 1:
        raise LookupError(f"没有名为“{text}”的地区" if not hits else f"名为“{text}”的地区不止一个，请用代码")
    return hits[0]
