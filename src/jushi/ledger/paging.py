"""One page of a list, read by key and not by offset, and how many rows the list has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q

from jushi.kernel import search
from jushi.kernel.ids import among, uuid_of
from jushi.kernel.roles import Rights
from jushi.ledger import rows as reading
from jushi.ledger import search_order, visibility
from jushi.ledger.columns import Column
from jushi.ledger.declaration import Ledger
from jushi.ledger.listing import Found

CAP = 10_000  # rows counted at once, without being asked for more
HITS = 1_000  # rows found by a text that are counted
ROUND = 100  # what is said of more hits than are counted: so many hundred and more
LOOKS = (3, 30)  # for each row that a page wants, hits looked at first and second; after that all of them


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of one page in order, and whether others lie before and after it."""

    rows: tuple[reading.Row, ...]
    has_previous: bool
    has_next: bool


@dataclass(frozen=True, slots=True)
class Total:
    """How many rows a list has; ``capped``: at least so many, counting stopped there."""

    count: int
    capped: bool

    @property
    def words(self) -> str:
        """The count as lists show it."""
        return f"{self.count}+" if self.capped else str(self.count)


def order(ledger: Ledger, sort: str) -> tuple[str, bool]:
    """Field and whether falling, for what the address asks; newest first by default."""
    column = ledger.by_name.get(sort.lstrip("-"))
    if column is None or not column.sort:
        return ledger.at, True
    return column.name, sort.startswith("-")


def page(
    ledger: Ledger, found: Found, sort: str, columns: Sequence[Column], rights: Rights, *,
    after: str = "", before: str = "", size: int = 50,
) -> Page:  # fmt: skip
    """One page by key: the millionth row is as near as the first. Rows without the sorted value come last.

    Names of records that the account may not see are put out of sight.
    """
    name, falling = order(ledger, sort)
    backward = bool(before) and not after
    edge = _edge(ledger, name, before if backward else after)
    rows = _Walk(ledger, found, name, columns, down=falling != backward).rows(edge, size + 1, backward=backward)
    more = len(rows) > size
    kept = rows[-size:] if backward else rows[:size]
    shown = tuple(visibility.veil(ledger, columns, kept, rights))
    return Page(shown, has_previous=more, has_next=True) if backward else Page(shown, has_previous=edge is not None, has_next=more)


def _edge(ledger: Ledger, name: str, pk: str) -> tuple[Any, Any] | None:
    found = uuid_of(pk)
    return ledger.queryset().filter(pk=found).values_list(name, "pk").first() if found else None


@dataclass(slots=True)
class _Walk:
    """A walk through a list in the order of a field, upwards or ``down``. ``hits`` are all that the text finds, once that is known."""

    ledger: Ledger
    found: Found
    name: str
    columns: Sequence[Column]
    down: bool
    hits: search.Hits | None = None

    def rows(self, edge: tuple[Any, Any] | None, size: int, *, backward: bool) -> list[reading.Row]:
        # databases disagree on where NULL sorts, and OR spoils the index: rows with and without a value are walked one after the other
        nullable = self.ledger.model._meta.get_field(self.name).null
        regions = [False, True] if nullable else [False]
        if backward:
            regions.reverse()
        if edge is not None:
            regions = regions[regions.index(edge[0] is None) :]
        got: list[reading.Row] = []
        for number, empty in enumerate(regions):
            part = self.found.base.filter(**{f"{self.name}__isnull": empty}) if nullable else self.found.base
            start = edge if number == 0 else None
            if start is not None:
                part = part.filter(_beyond(self.name, start, self.down))
            got += self._region(part, empty, start, size - len(got))
            if len(got) >= size:
                break
        return got[::-1] if backward else got

    def _region(self, part: models.QuerySet[Any], empty: bool, start: tuple[Any, Any] | None, wanted: int) -> list[reading.Row]:
        """The next rows of those that have a value, or of those that are ``empty``, beyond the edge ``start``."""
        sign = "-" if self.down else ""
        part = part.order_by(*((f"{sign}id",) if empty else (f"{sign}{self.name}", f"{sign}id")))
        for many in LOOKS if self.found.text and search_order.stands_by(self.ledger, self.name) else ():
            hits = self._hits(empty, start, many * wanted)
            if hits is None:
                break
            got = reading.fetch(self.ledger, among(part, hits.ids)[:wanted], self.columns) if hits.ids else []
            # rows without a value stand in the order of their ids, the hits do not
            if hits.whole or (len(got) == wanted and not empty):
                return got
        return reading.fetch(self.ledger, self.found.narrowed(part)[:wanted], self.columns)

    def _hits(self, empty: bool, start: tuple[Any, Any] | None, limit: int) -> search.Hits | None:
        """The first hits of a region; downwards those without a value follow the others, and may be known with them."""
        if self.hits is not None:
            return self.hits
        undated, dated = search.place(None), search.place(None) + search.ROOM
        low, high = (undated, dated) if empty else (undated if self.down else dated, search.END)
        if start is not None and not empty:
            at = search.place(search_order.day_of(start[0]))
            low, high = (low, at + search.ROOM) if self.down else (at, high)
        found = self.found
        hits = search.in_order(self.ledger.model, found.text, found.county, low, high, falling=self.down, limit=limit)
        if hits is not None and hits.whole and self.down and not empty:
            self.hits = hits
        return hits


def _beyond(name: str, edge: tuple[Any, Any], down: bool) -> Q:
    value, pk = edge
    side = "lt" if down else "gt"
    if value is None:
        return Q(**{f"id__{side}": pk})
    return Q(**{f"{name}__{side}e": value}) & (Q(**{f"{name}__{side}": value}) | Q(**{f"id__{side}": pk}))


def total(ledger: Ledger, found: Found) -> Total:
    """How many rows: counted no further than :data:`CAP`, rows found by a text no further than :data:`HITS` of its hits."""
    if found.text:
        hits = search.in_order(ledger.model, found.text, found.county, 0, search.END, falling=True, limit=HITS)
        some = among(found.base, hits.ids).order_by().count() if hits is not None and not hits.whole else 0
        if some >= ROUND:
            return Total(some // ROUND * ROUND, capped=True)
    count = found.rows.order_by()[: CAP + 1].count()
    return Total(min(count, CAP), count > CAP)
