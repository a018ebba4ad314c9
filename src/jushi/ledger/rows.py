"""Reading ledger rows: filter, sort, page, total — as plain values, with a fixed count of queries whatever the page size."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Count, Q, Sum

from jushi.kernel import search
from jushi.kernel.models import Area
from jushi.kernel.periods import Period
from jushi.ledger.columns import CellError, Column, Lookup, Number, Output, PartColumn
from jushi.ledger.declaration import Ledger

EMPTY, FILLED = "未填", "已填"  # what any column of its own may be asked for beside its values
ALWAYS = ("id", "state", "kind", "version", "created_by_id", "area_id", "office_id", "county")


@dataclass(frozen=True, slots=True)
class Row:
    """A ledger row as values: ``cells`` by column name (Python values), ``meta`` the fixed fields of :data:`ALWAYS`."""

    id: Any
    meta: Mapping[str, Any]
    cells: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ask:
    """What a list shows: conditions by column name (as typed), period, text, states, sort, and which ids when a figure asks."""

    filters: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    period: Period | None = None
    area: str = ""
    sort: str = ""
    ids: Any = None


class BadFilterError(ValueError):
    """Conditions that cannot be understood; ``problems`` maps column name to message."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("；".join(f"{name}：{message}" for name, message in problems.items()))
        self.problems = dict(problems)


def select(ledger: Ledger, ask: Ask, lookup: Lookup) -> models.QuerySet[Any]:
    """The rows asked for, unordered; raises :class:`BadFilterError` naming every condition that makes no sense."""
    condition, problems = Q(), {}
    for name, raw in ask.filters.items():
        column = ledger.by_name.get(name)
        if column is None or not raw:
            continue
        try:
            condition &= _emptiness(ledger, column, raw) if raw in (EMPTY, FILLED) else column.condition(raw, lookup)
        except (CellError, ArithmeticError) as error:
            problems[name] = str(error)
    if problems:
        raise BadFilterError(problems)
    rows = ledger.queryset().filter(condition)
    if any(isinstance(ledger.by_name.get(name), PartColumn) for name in ask.filters):
        rows = rows.distinct()
    if ask.period is not None:
        rows = rows.filter(_in_period(ledger, ask.period))
    if ask.area:
        low, high = Area.objects.get(pk=ask.area).bounds()
        if low[6:] != "000000" or not high.startswith(lookup.county):
            rows = rows.filter(area_id__gte=low, area_id__lte=high)
    if ask.text.strip():
        rows = search.narrow(rows, ledger.model, ask.text.strip(), lookup.county)
    if ask.ids is not None:
        rows = rows.filter(pk__in=ask.ids)
    return rows


def _emptiness(ledger: Ledger, column: Column, raw: str) -> Q:
    """Whether anything stands in the column: how open cases (no day of striking off) and closed ones are told apart."""
    field = column.field_of(ledger.model)
    if field is None:
        raise CellError(f"这一列不能按“{raw}”筛选")
    empty = Q(**{column.name: ""}) if isinstance(field, models.CharField | models.TextField) else Q(**{f"{column.name}__isnull": True})
    return empty if raw == EMPTY else ~empty


def _in_period(ledger: Ledger, period: Period) -> Q:
    if ledger.at == "year":
        return Q(year=period.year)
    axis = f"{ledger.at}__date" if isinstance(ledger.at_field, models.DateTimeField) else ledger.at
    return Q(**{f"{axis}__gte": period.start, f"{axis}__lte": period.end})


def ordered(ledger: Ledger, rows: models.QuerySet[Any], sort: str) -> models.QuerySet[Any]:
    """Rows in the order of ``sort`` (a sortable column, ``-`` for falling); newest first by default. The id settles ties."""
    name = sort.lstrip("-")
    column = ledger.by_name.get(name)
    if column is None or not column.sort:
        return rows.order_by(f"-{ledger.at}", "-id")
    sign = "-" if sort.startswith("-") else ""
    return rows.order_by(f"{sign}{name}", f"{sign}id")


def fetch(ledger: Ledger, rows: models.QuerySet[Any], columns: Sequence[Column] | None = None) -> list[Row]:
    """Rows as values: one query for the records, one per part column."""
    shown = list(columns if columns is not None else ledger.all_columns)
    paths = {path for column in shown for path in column.paths}
    records = list(rows.values(*dict.fromkeys((*ALWAYS, *sorted(paths)))))
    ids = [record["id"] for record in records]
    parts = {c.name: c.load(ledger.model, ids) for c in shown if isinstance(c, PartColumn)} if ids else {}
    result = []
    for record in records:
        cells = {}
        for column in shown:
            if isinstance(column, PartColumn):
                cells[column.name] = parts[column.name].get(record["id"])
            else:
                cells[column.name] = column.pick(record)
        result.append(Row(record["id"], {name: record[name] for name in ALWAYS}, cells))
    return result


def fetch_one(ledger: Ledger, pk: Any) -> Row | None:
    """One row with all columns, or None when it is not in the ledger or not in scope."""
    found = fetch(ledger, ledger.queryset().filter(pk=pk))
    return found[0] if found else None


def totals(ledger: Ledger, rows: models.QuerySet[Any]) -> dict[str, Decimal]:
    """Sums of the totalled columns over all selected rows, and ``""`` → their count: one query for own columns, one for outputs."""
    summed = [c for c in ledger.all_columns if c.total]
    own = [c for c in summed if not isinstance(c, PartColumn)]
    bare = rows.order_by()
    result: dict[str, Decimal] = {}
    values = bare.aggregate(_rows=Count("pk", distinct=bare.query.distinct), **{f"t_{c.name}": Sum(c.name) for c in own})
    result[""] = Decimal(values["_rows"])
    for column in own:
        result[column.name] = Decimal(values[f"t_{column.name}"] or 0)
    outputs = [c for c in summed if isinstance(c, Output)]
    if outputs:
        part = outputs[0].part_model(ledger.model)
        sums = part.objects.filter(activity_id__in=bare.values("pk")).aggregate(**{c.name: Sum("quantity", filter=c.part_filter()) for c in outputs})
        result |= {name: Decimal(value or 0) for name, value in sums.items()}
    return result


def show(column: Column, value: Any, *, unmask: bool) -> str:
    """A cell as text, masked when it is personal and the reader may not see it in full."""
    text = column.text(value)
    return mask(column.personal, text) if column.personal and not unmask else text


def mask(kind: str, text: str) -> str:
    """Personal data shortened for lists and exports (domain.md C3): phone 138****5678, id 110105********002X, names 张*三."""
    if not text:
        return ""
    if "、" in text:
        return "、".join(mask(kind, part) for part in text.split("、"))
    if kind == "phone":
        return text[:3] + "****" + text[-4:] if len(text) >= 7 else "****"
    if kind == "id":
        return text[:6] + "*" * max(len(text) - 10, 4) + text[-4:]
    if kind == "name":
        return text[0] + "*" * (len(text) - 2) + (text[-1] if len(text) > 2 else "*") if len(text) > 1 else "*"
    return text[:6] + "***" if len(text) > 6 else "***"


def is_number(column: Column) -> bool:
    """Whether the column is right-aligned and can be totalled."""
    return isinstance(column, Number)


def newest(rows: Iterable[Row], name: str) -> date | None:
    """The latest date of a column among rows."""
    return max((row.cells[name] for row in rows if row.cells.get(name)), default=None)
