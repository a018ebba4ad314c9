"""A list as its address says it: conditions, period, text, figure, order, page. Pages, exports and API read the same address.

Conditions are named by their columns; a range is ``name=low~high`` or ``name.from`` and ``name.to``. ``period``, ``q`` (free text),
``sort`` (``-`` for falling), ``after``/``before`` (id of the row at the edge of a page), ``n`` (rows a page) and ``marked`` (rows that
bear a mark: its code, or ``any``) are fixed names; a column that is called like one of them is asked for with an underscore behind
(``period_``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone

from jushi.kernel import periods, search
from jushi.kernel.ids import uuid_of
from jushi.kernel.periods import Period, PeriodError
from jushi.kernel.roles import Rights
from jushi.kernel.states import State
from jushi.ledger import rows as reading
from jushi.ledger import visibility
from jushi.ledger.columns import Column, Link, Lookup, Parties
from jushi.ledger.columns.links import AreaLink, OfficeLink, UserLink
from jushi.ledger.declaration import Ledger
from jushi.ledger.marks import bearing_any

FIXED = frozenset({"period", "q", "sort", "after", "before", "n", "figure", "cols", "view", "unmask", "marked"})
SIZES = (20, 50, 100, 200)


@dataclass(frozen=True, slots=True)
class Found:
    """The rows that an address asks for; ``problems`` names the conditions that made no sense and were left out.

    ``base`` are the rows under all conditions but the ``text`` that they must contain.
    """

    base: models.QuerySet[Any]
    text: str = ""
    county: str = ""
    period: Period | None = None
    applied: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> models.QuerySet[Any]:
        """All the rows, unordered."""
        return self.narrowed(self.base)

    def narrowed(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Of rows of the list, those that contain the text."""
        return search.narrow(rows, rows.model, self.text, self.county) if self.text else rows


def find(ledger: Ledger, params: Mapping[str, str], rights: Rights, lookup: Lookup, *, ids: Any = None) -> Found:
    """The visible rows under the conditions of an address. ``ids`` are those behind a figure: then period and area are the figure's."""
    applied = conditions(ledger, params)
    problems: dict[str, str] = {}
    period = None
    if ids is None:
        period = _period(params.get("period", ""), problems)
    else:
        applied.pop("area", None)
    named = {n: raw for n, raw in applied.items() if _by_name(ledger.by_name[n])}
    plain = {n: raw for n, raw in applied.items() if n not in named}
    ask = reading.Ask(plain, period=period, ids=ids)
    try:
        rows = reading.select(ledger, ask, lookup)
    except reading.BadFilterError as error:
        problems |= {parameter(ledger.by_name[name]): text for name, text in error.problems.items()}
        rest = {n: raw for n, raw in plain.items() if n not in error.problems}
        rows = reading.select(ledger, reading.Ask(rest, period=period, ids=ids), lookup)
    for name, raw in named.items():
        rows = rows.filter(_named(ledger, ledger.by_name[name], raw, rights))
    if "state" not in plain:
        rows = rows.exclude(state=State.VOID)
    if params.get("marked") and ledger.marks:
        rows = rows.filter(bearing_any(ledger, params["marked"], lookup.county, timezone.localdate()))
        applied["marked"] = params["marked"]
    return Found(visibility.visible(rows, ledger, rights), params.get("q", "").strip(), lookup.county, period, applied, problems)


def parameter(column: Column) -> str:
    """The name of a column's condition in an address: its own, with an underscore where the list itself uses that name."""
    return f"{column.name}_" if column.name in FIXED else column.name


def conditions(ledger: Ledger, params: Mapping[str, str]) -> dict[str, str]:
    """Column name → raw condition, of the columns that may be filtered or linked to."""
    found = {}
    for column in ledger.all_columns:
        if not (column.filter or _by_name(column)):
            continue
        name = parameter(column)
        raw = params.get(name, "").strip()
        low, high = params.get(f"{name}.from", "").strip(), params.get(f"{name}.to", "").strip()
        if low or high:
            raw = f"{low}~{high}"
        if raw:
            found[column.name] = raw
    return found


def _period(text: str, problems: dict[str, str]) -> Period | None:
    if not text or text == "all":
        return None
    try:
        return periods.parse(text)
    except PeriodError as error:
        problems["period"] = str(error)
        return None


def _by_name(column: Column) -> bool:
    if isinstance(column, Parties):
        return column.to != "area"
    return isinstance(column, Link) and not isinstance(column, (AreaLink, OfficeLink, UserLink))


def _named(ledger: Ledger, column: Column, raw: str, rights: Rights) -> Q:
    """Records linked to one with this id, or to any whose name contains the text; what is hidden finds nothing."""
    target = visibility.target_model(ledger, column)
    pk = uuid_of(raw)
    if isinstance(column, Parties):
        parts = column.part_model(ledger.model).objects.filter(column.part_filter())
        wanted = {"text__icontains": raw} if target is None else {f"{column.id_path}__in": _seen(target, pk, raw, rights)}
        parts = parts.filter(**wanted)
        return Q(pk__in=parts.values(f"{column.link}_id"))
    assert target is not None
    return Q(**{f"{column.name}_id__in": _seen(target, pk, raw, rights)})


def _seen(target: type[models.Model], pk: UUID | None, raw: str, rights: Rights) -> Any:
    rows = target._default_manager.filter(Q(pk=pk) if pk else Q(title__icontains=raw))
    return visibility.visible_of(rows, target, rights).values("pk")


def picked(ledger: Ledger, ids: Sequence[Any], columns: Sequence[Column], rights: Rights) -> list[reading.Row]:
    """Chosen rows in the order of their ids."""
    if not ids:
        return []
    rows = visibility.visible(ledger.queryset().filter(pk__in=list(ids)), ledger, rights)
    by_id = {row.id: row for row in reading.fetch(ledger, rows, columns)}
    return visibility.veil(ledger, columns, [by_id[pk] for pk in ids if pk in by_id], rights)
