"""Many rows at once: cheap copies of a prototype, and inserts whose unchanging columns are prepared once.

Django's own bulk_create costs eight times sqlite3.executemany; most of it goes into making instances and preparing columns that are
the same in every row. Rows are therefore prepared by columns, and a column that is the very same object in all rows only once.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from itertools import groupby, islice, repeat
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.models.base import ModelState
from django.utils import timezone

from jushi.kernel import ids

_slow = DjangoJSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
_text: Callable[[str], str] = json.encoder.encode_basestring


def copy_of(prototype: Any) -> Any:
    """A new, unsaved instance with the prototype's values and an id of its own."""
    row = object.__new__(type(prototype))
    row.__dict__ = dict(prototype.__dict__)
    state = ModelState()
    state.adding, state.db = True, prototype._state.db
    state.fields_cache = dict(prototype._state.fields_cache)
    row.__dict__["_state"] = state
    row.__dict__["id"] = ids.new_id()
    if isinstance(row.__dict__.get("details"), dict):
        row.__dict__["details"] = dict(row.__dict__["details"])
    return row


@contextmanager
def quiet() -> Iterator[None]:
    """No garbage collection meanwhile: many thousand rows are alive on purpose, and looking through them again and again costs a fifth."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def insert(rows: Sequence[Any]) -> list[str]:
    """Insert new rows of one model; returns, row by row, the canonical JSON of what they hold (empty values left out).

    Prepared column by column: what all rows share is prepared once, and what is NULL in all of them is left out of the statement.
    """
    now = timezone.now()
    contents = [row.__dict__ for row in rows]
    names: list[str] = []
    stored: list[Iterable[Any]] = []
    words: list[Iterable[str]] = []
    for column in sorted(rows[0]._meta.local_concrete_fields, key=lambda f: f.attname):
        name = column.attname
        if getattr(column, "auto_now", False) or getattr(column, "auto_now_add", False):
            for own in contents:
                own[name] = now
        values = [own[name] for own in contents]
        first = values[0]
        if not _same(values):
            names.append(column.column)
            stored.append(_prepared(column, values))
            words.append(_words(name, values))
        elif first is not None:
            names.append(column.column)
            stored.append(repeat(_prepared(column, [first])[0]))
            words.append(repeat(_words(name, [first])[0]))
    _execute(rows[0]._meta.db_table, names, list(islice(zip(*stored, strict=False), len(rows))))
    for row in rows:
        row._state.adding = False
    return ["{" + ",".join(filter(None, own)) + "}" for own in islice(zip(*_joined(words), strict=False), len(rows))]


def _same(values: Sequence[Any]) -> bool:
    """Whether all values are one; equal ones only count where equal means written alike (1 and True, 1.0 and 1.00 do not)."""
    first, kinds = values[0], set(map(type, values))
    if len(kinds) == 1 and (isinstance(first, (str, int, UUID)) or type(first) is date or first == {}):
        return values.count(first) == len(values)
    return all(value is first for value in values)


def _execute(table: str, names: Sequence[str], values: Sequence[tuple[Any, ...]]) -> None:
    quote = connection.ops.quote_name
    columns, marks = ", ".join(map(quote, names)), ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(table)} ({columns}) VALUES ({marks})", values)  # noqa: S608


def _prepared(column: Any, values: list[Any]) -> list[Any]:
    """The values of a column as the database driver takes them."""
    kinds = set(map(type, values))
    if kinds == {str} and not isinstance(column, models.JSONField):
        return values
    if not connection.features.has_native_uuid_field:
        if kinds == {UUID}:
            return [value.hex for value in values]
        if kinds <= {date, type(None)}:
            return [None if value is None else value.isoformat() for value in values]
    if not kinds <= {Decimal, int, type(None)}:
        return [_bare(column.get_db_prep_save(value, connection)) for value in values]
    known: dict[Any, Any] = {}
    for value in values:
        if value not in known:
            known[value] = column.get_db_prep_save(value, connection)
    return [known[value] for value in values]


def _bare(value: Any) -> Any:
    """Members of enumerations as plain text, on SQLite also truth values as numbers: its driver takes both by a slow detour, row by row."""
    if isinstance(value, str):
        return str(value)
    return int(value) if isinstance(value, bool) and connection.vendor == "sqlite" else value


def _words(name: str, values: list[Any]) -> list[str]:
    """The values of a column as members of a JSON object, empty ones as an empty string."""
    lead = f'"{name}":'
    if set(map(type, values)) == {str}:
        return [lead + _text(value) if value else "" for value in values]
    return ["" if value is None or value == "" or value == {} else lead + encode(value) for value in values]


def _joined(words: Sequence[Iterable[str]]) -> list[Iterable[str]]:
    """Neighbours that are the same in every row as one."""
    found: list[Iterable[str]] = []
    for same, run in groupby(words, key=lambda column: isinstance(column, repeat)):
        if same:
            found.append(repeat(",".join(filter(None, (next(iter(column)) for column in run)))))
        else:
            found.extend(run)
    return found


def encode(value: Any) -> str:
    """A value as the change log writes it: JSON, dates and numbers as Django's encoder puts them."""
    kind = type(value)
    if kind is str:
        return _text(value)
    if kind is bool:
        return "true" if value else "false"
    if kind is int:
        return str(value)
    if kind is date:
        return f'"{value.isoformat()}"'
    if kind is UUID or kind is Decimal:
        return f'"{value}"'
    return _slow.encode(value)
