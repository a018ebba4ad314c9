"""Keeps the search entries of ledger rows in step with the rows, in the same transaction."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from jushi.kernel import oplog, search
from jushi.kernel.models import Record
from jushi.ledger import registry
from jushi.ledger.columns import Text
from jushi.ledger.columns.base import Column


def searchable(record: Record) -> str:
    """The text by which a record is found: title, number and its ledger's search columns."""
    ledger = registry.of_record(record)
    columns: list[Column] = [c for c in ledger.columns if c.search and isinstance(c, Text)] if ledger else []
    words = [record.title, record.serial]
    for column in columns:
        value: Any = (record.details or {}).get(column.name) if column.detail else getattr(record, column.name, "")
        if value and value not in words:
            words.append(str(value))
    return " ".join(word for word in words if word)


@oplog.on_finish
def refresh(operation: oplog.OpenOperation) -> None:
    """Write the entries of every record that the operation touched."""
    stale: set[UUID] = set()
    kept: dict[UUID, Record] = {}
    for action, row in operation.touched:
        if not isinstance(row, Record):
            continue
        if action != "create":
            stale.add(row.pk)
        if action == "delete":
            kept.pop(row.pk, None)
        else:
            kept[row.pk] = row
    search.drop(stale)
    search.put([(row.county, row._meta.label, row.pk, searchable(row)) for row in kept.values()])
