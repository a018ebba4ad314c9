"""Many rows at once: cheap copies of a prototype, and inserts whose unchanging columns are prepared once.

Django's own bulk_create costs eight times sqlite3.executemany; most of it goes into making instances and preparing columns that are
the same in every row. Rows are therefore prepared by columns, and a column that is the very same object in all rows only once.
"""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from itertools import groupby, islice, repeat
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.models.base import ModelState
from django.utils import timezone

from jushi.kernel import ids

_slow = DjangoJSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
_text: Callable[[str], str] = json.encoder.encode_basestring
PLAIN = re.compile(r"[A-Za-z0-9_:. -]*")  # values that need no quoting in any SQL


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
    """No garbage collection meanwhile: many thousand rows are alive on purpose, and looking through them again and again costs a fifth.

    Afterwards they count as old, so that the next object made does not have all of them looked through at once.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def insert(rows: Sequence[Any], names: Sequence[str]) -> list[str]:
    """Insert new rows of one model; returns, row by row, the canonical JSON of what they hold (empty values left out).

    Prepared column by column: what all rows share is prepared once, and what is NULL in all of them is left out of the statement.
    ``names`` are the rows' ids in writing.
    """
    contents = [row.__dict__ for row in rows]
    _stamp(rows[0], contents)
    columns = sorted(rows[0]._meta.local_concrete_fields, key=lambda f: f.attname)
    statement = Statement(rows[0]._meta.db_table)
    words: list[str | Sequence[str]] = []
    for column, values in zip(columns, zip(*map(itemgetter(*(c.attname for c in columns)), contents), strict=True), strict=True):
        if column.primary_key:
            statement.vary(column.column, keys(names) or values)
            words.append([f',"{column.attname}":"{name}"' for name in names])
        elif not _same(values):
            kinds = set(map(type, values))
            statement.vary(column.column, _prepared(column, values, kinds))
            words.append(_words(column.attname, values, kinds))
        elif values[0] is not None:
            kinds = {type(values[0])}
            statement.share(column.column, _prepared(column, values[:1], kinds)[0])
            words.append(_words(column.attname, values[:1], kinds)[0])
    statement.execute(len(rows))
    for row in rows:
        row._state.adding = False
    return [f"{{{own[1:]}}}" for own in _joined(words, len(rows))]


def keys(names: Sequence[str]) -> list[str]:
    """Ids in writing as the database keeps them; empty where it has a type of its own for them."""
    return [] if connection.features.has_native_uuid_field else [name.replace("-", "") for name in names]


def _stamp(first: Any, contents: Sequence[dict[str, Any]]) -> None:
    """Fill in the times that a save would."""
    now = timezone.now()
    for column in first._meta.local_concrete_fields:
        if getattr(column, "auto_now", False) or getattr(column, "auto_now_add", False):
            for own in contents:
                own[column.attname] = now


def _same(values: Sequence[Any]) -> bool:
    """Whether all values are one; equal ones only count where equal means written alike (1 and True, 1.0 and 1.00 do not)."""
    first = values[0]
    if values.count(first) != len(values):
        return False
    if len(set(map(type, values))) == 1 and (isinstance(first, (str, int, UUID)) or type(first) is date or first == {}):
        return True
    return len(set(map(id, values))) == 1


class Statement:
    """An INSERT of many rows into one table: values that all rows share stand in the statement where they are plain, and are bound once a
    row where they are not."""

    def __init__(self, table: str) -> None:
        self._table = table
        self._names: list[str] = []
        self._marks: list[str] = []
        self._values: list[Iterable[Any]] = []

    def vary(self, name: str, values: Iterable[Any]) -> None:
        """A column with a value for each row."""
        self._add(name, "%s", values)

    def share(self, name: str, value: Any) -> None:
        """A column with the same value in all rows."""
        if type(value) is str and PLAIN.fullmatch(value):
            self._add(name, f"'{value}'", None)
        elif type(value) is int:
            self._add(name, str(value), None)
        else:
            self._add(name, "%s", repeat(value))

    def _add(self, name: str, mark: str, values: Iterable[Any] | None) -> None:
        self._names.append(connection.ops.quote_name(name))
        self._marks.append(mark)
        if values is not None:
            self._values.append(values)

    def execute(self, count: int) -> None:
        """Insert ``count`` rows."""
        sql = f"INSERT INTO {connection.ops.quote_name(self._table)} ({', '.join(self._names)}) VALUES ({', '.join(self._marks)})"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.executemany(sql, list(islice(zip(*self._values, strict=False), count)))


def _prepared(column: Any, values: Sequence[Any], kinds: set[type]) -> Sequence[Any]:
    """The values of a column as the database driver takes them."""
    if kinds == {str} and not isinstance(column, models.JSONField):
        return values
    if not connection.features.has_native_uuid_field:
        if kinds == {UUID}:
            return [value.hex for value in values]
        if kinds <= {date, type(None)}:
            return _each(values, lambda value: value and value.isoformat())
    if not kinds <= {Decimal, int, type(None)}:
        return [_bare(column.get_db_prep_save(value, connection)) for value in values]
    return _each(values, lambda value: column.get_db_prep_save(value, connection))


def _each(values: Sequence[Any], read: Callable[[Any], Any]) -> list[Any]:
    """What becomes of values of which many are equal, and worth the same where they are."""
    known = {value: read(value) for value in set(values)}
    return [known[value] for value in values]


def _bare(value: Any) -> Any:
    """Members of enumerations as plain text, on SQLite also truth values as numbers: its driver takes both by a slow detour, row by row."""
    if isinstance(value, str):
        return str(value)
    return int(value) if isinstance(value, bool) and connection.vendor == "sqlite" else value


def _words(name: str, values: Sequence[Any], kinds: set[type]) -> list[str]:
    """The values of a column as members of a JSON object, each led by a comma, empty ones as an empty string."""
    lead = f',"{name}":'
    if kinds == {str}:
        if "" not in values:
            return [lead + text for text in map(_text, values)]
        return [lead + _text(value) if value else "" for value in values]
    if kinds <= {date, type(None)}:
        return _each(values, lambda value: "" if value is None else f'{lead}"{value.isoformat()}"')
    return ["" if value is None or value == "" or value == {} else lead + encode(value) for value in values]


def _joined(words: Sequence[str | Sequence[str]], count: int) -> Iterable[str]:
    """The members of each row in a run; neighbours that are the same in every row are joined before."""
    found: list[Iterable[str]] = []
    for shared, run in groupby(words, key=lambda column: isinstance(column, str)):
        if shared:
            found.append(repeat("".join(map(str, run))))
        else:
            found.extend(run)
    return map("".join, islice(zip(*found, strict=False), count))


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
