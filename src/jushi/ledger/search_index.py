"""Keeps the search entries of ledger rows in step with the rows, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any
from uuid import UUID

from jushi.kernel import oplog, search
from jushi.kernel.models import Record
from jushi.ledger import registry, search_order
from jushi.ledger.columns import Text
from jushi.ledger.declaration import Ledger


def searchable(records: Sequence[Record]) -> list[str]:
    """The texts by which records are found: title, number and their ledger's search columns."""
    ways: dict[tuple[type[Record], str], list[Callable[[Record], Any]]] = {}
    found = []
    for record in records:
        key = (type(record), record.kind)
        if key not in ways:
            ways[key] = _ways(registry.of_record(record))
        words = dict.fromkeys((record.title, record.serial))
        for read in ways[key]:
            words[str(read(record) or "")] = None
        found.append(" ".join(filter(None, words)))
    return found


def _ways(ledger: Ledger | None) -> list[Callable[[Record], Any]]:
    """How the values of a ledger's search columns are taken out of a record."""
    columns = [c for c in ledger.columns if c.search and isinstance(c, Text)] if ledger else []
    return [_detail(c.name) if c.detail else attrgetter(c.name) for c in columns]


def _detail(name: str) -> Callable[[Record], Any]:
    return lambda record: (record.details or {}).get(name)


@oplog.on_finish
def refresh(operation: oplog.OpenOperation) -> None:
    """Write the entries of every record that the operation touched."""
    stale: set[UUID] = set()
    kept: dict[UUID, Record] = {}
    for action, row in operation.touched:
        if not isinstance(row, Record):
            continue
        if action != "create":
            stale.add(row.id)
        if action == "delete":
            kept.pop(row.id, None)
        else:
            kept[row.id] = row
    search.drop(stale)
    records = list(kept.values())
    labels = {type(row): row._meta.label for row in records}
    items = [(row.county, labels[type(row)], row.id, text) for row, text in zip(records, searchable(records), strict=True)]
    search.put(items, search_order.days(records))
