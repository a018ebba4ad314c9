"""Making records out of parsed values: one, or many alike with the work per column done once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils import timezone

from jushi.kernel import bulk
from jushi.ledger.columns import Column
from jushi.ledger.declaration import Ledger


def write_values(ledger: Ledger, record: Any, values: Mapping[str, Any]) -> None:
    """Put parsed values into the record, and derive title, area and business year where they were left empty."""
    for name, value in values.items():
        column = ledger.column(name)
        if name == "area" and value is None:
            continue
        column.write(record, value)
    complete(ledger, record, values)


def complete(ledger: Ledger, record: Any, values: Mapping[str, Any]) -> None:
    """Fill in what follows from the contents: derived columns, title and business year."""
    for fill in ledger.derive:
        fill(record, values)
    if not record.title:
        record.title = ledger.main.text(values.get(ledger.main.name))[:200] or ledger.name
    day = getattr(record, ledger.at, None)
    if isinstance(day, date):
        record.year = day.year
    elif record.year is None:
        record.year = timezone.localdate().year


class Builder:
    """Makes records of one ledger like a prototype, of values for the same columns (``names``).

    Most columns only set an attribute; which ones is found out once, not for each row.
    """

    def __init__(self, ledger: Ledger, like: Any, names: Iterable[str]) -> None:
        self._ledger, self._like = ledger, like
        columns = [ledger.column(name) for name in names]
        self._plain = [(c.name, c.blank_of(ledger.model)) for c in columns if _is_plain(c, ledger.model)]
        plain = {name for name, _ in self._plain}
        self._others = [c for c in columns if c.name not in plain]

    def build(self, values: Mapping[str, Any]) -> Any:
        """A new, unsaved record; a column without a value keeps what the prototype has."""
        record = bulk.copy_of(self._like)
        own = record.__dict__
        for name, blank in self._plain:
            if name in values:
                value = values[name]
                own[name] = blank if value is None else value
        for column in self._others:
            if column.name in values and not (column.name == "area" and values["area"] is None):
                column.write(record, values[column.name])
        complete(self._ledger, record, values)
        return record


def _is_plain(column: Column, model: type[models.Model]) -> bool:
    """Whether writing the column does no more than set an attribute that is nothing but a stored value."""
    if column.is_part or column.detail or not column.writes_plainly:
        return False
    return type(getattr(model, column.name, None)) is DeferredAttribute
