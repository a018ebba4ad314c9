"""Free-text search over titles: bigrams, because two-character words are the rule in Chinese (architecture.md §7, Search).

The text of a row is kept in ``SearchEntry`` with its bigrams; SQLite finds them by FTS5, PostgreSQL by a GIN index. A phrase of bigrams
is a substring. Entries are written in batches within the transaction that changed the rows.

On SQLite an entry's number begins with the day by which its row stands in its list, so the index yields hits in the order of the list: of
ten thousand hits the first page looks at a few hundred (:func:`in_order`). PostgreSQL numbers entries as they come and sorts all hits.
"""

# ruff: noqa: S608, S611 — names of tables are the program's own, every value is a parameter
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import add
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.db.models.expressions import RawSQL

from jushi.kernel import bulk, scope

WORD = re.compile(r"[\w]+")
LIMIT = 2000  # characters of a row that are searchable
ROOM = 1 << 40  # entries that share a day; numbers below it were given before entries were numbered by days
UNDATED = 1
END = (1 << 63) - 1  # beyond every number


def grams(text: str) -> str:
    """Overlapping pairs of characters of each word, lower case: 知识产权 → 知识 识产 产权. A lone character stands for itself."""
    pairs: list[str] = []
    for word in WORD.findall(text[:LIMIT].lower().replace("_", " ")):
        pairs.extend(map(add, word, word[1:]) if len(word) > 1 else (word,))
    return " ".join(pairs)


def narrow(rows: models.QuerySet[Any], model: type[models.Model], text: str, county: str) -> models.QuerySet[Any]:
    """The rows whose text contains ``text``; a single character is looked up by scanning the entries."""
    entries = connection.ops.quote_name("kernel_searchentry")
    words = [w for w in WORD.findall(text.lower().replace("_", " ")) if w]
    if not words:
        return rows.none()
    label = model._meta.label
    where, places = _within(county)
    single = [w for w in words if len(w) == 1]
    if single:
        clause = " AND ".join(["text LIKE %s"] * len(words))
        sql = f"SELECT object_id FROM {entries} WHERE {where} AND model = %s AND {clause}"  # noqa: S608
        return rows.filter(pk__in=RawSQL(sql, [*places, label, *[f"%{w}%" for w in words]]))
    if connection.vendor == "postgresql":
        query = " & ".join("(" + " <-> ".join(f"'{g}'" for g in grams(w).split()) + ")" for w in words)
        sql = (  # noqa: S608
            f"SELECT object_id FROM {entries} WHERE {where} AND model = %s AND to_tsvector('simple'::regconfig, grams) @@ to_tsquery('simple', %s)"
        )
        return rows.filter(pk__in=RawSQL(sql, [*places, label, query]))
    query = " AND ".join('"' + grams(w) + '"' for w in words)
    sql = (  # noqa: S608
        f"SELECT e.object_id FROM kernel_searchfts f CROSS JOIN {entries} e ON e.id = f.rowid WHERE f.grams MATCH %s AND e.{where} AND e.model = %s"
    )
    return rows.filter(pk__in=RawSQL(sql, [query, *places, label]))


def _within(county: str) -> tuple[str, list[str]]:
    """The SQL condition on ``county`` and its values: one county, or for a higher office all of its scope."""
    if county:
        return "county = %s", [county]
    places = sorted(scope.current().counties or ())
    return (f"county IN ({', '.join(['%s'] * len(places))})", list(places)) if places else ("county = %s", [""])


@dataclass(frozen=True, slots=True)
class Hits:
    """Ids of rows that contain a text, first come first, days complete; ``whole`` when there are no others."""

    ids: Sequence[str]
    whole: bool


def place(day: date | None) -> int:
    """The number below which no entry of a row of ``day`` stands; rows without a day come before all others."""
    return (UNDATED if day is None else day.toordinal() + UNDATED) * ROOM


def in_order(model: type[models.Model], text: str, county: str, low: int, high: int, *, falling: bool, limit: int) -> Hits | None:
    """The first of the rows that contain ``text``, by their days from ``low`` up to below ``high`` (:func:`place`); None where entries
    are not numbered by days. At most ``limit`` are looked at; a day that would be cut in two is left out.
    """
    words = [w for w in WORD.findall(text.lower().replace("_", " ")) if w]
    if connection.vendor != "sqlite" or not words:
        return None
    where, places = _within(county)
    entries = connection.ops.quote_name("kernel_searchentry")
    if any(len(w) == 1 for w in words):
        source, found = f"{entries} e", " AND ".join(["e.text LIKE %s"] * len(words))
        number, sought = "e.id", [f"%{w}%" for w in words]
    else:
        source, found = f"kernel_searchfts f CROSS JOIN {entries} e ON e.id = f.rowid", "f.grams MATCH %s"
        number, sought = "f.rowid", [" AND ".join('"' + grams(w) + '"' for w in words)]
    sql = (  # noqa: S608
        f"SELECT {number}, e.object_id FROM {source} WHERE {found} AND {number} >= %s AND {number} < %s AND e.{where} AND e.model = %s"
        f" ORDER BY {number} {'DESC' if falling else 'ASC'} LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*sought, low, high, *places, model._meta.label, limit + 1])
        rows = cursor.fetchall()
    if len(rows) <= limit:
        return Hits([pk for _, pk in rows], whole=True)
    cut = rows[-1][0] // ROOM
    return Hits([pk for found_at, pk in rows if found_at // ROOM != cut], whole=False)


def put(items: Sequence[tuple[str, str, UUID, str]], days: Sequence[date | None] | None = None) -> None:
    """Write entries (county, model label, row id, text), each with the day of its row; earlier ones of the same rows must have been dropped."""
    from jushi.kernel.models.searching import SearchEntry

    if not items:
        return
    native = connection.features.has_native_uuid_field
    counties, labels, ids, texts = zip(*items, strict=True)
    columns: dict[str, Sequence[Any]] = {
        "county": counties, "model": labels, "object_id": ids if native else [pk.hex for pk in ids],
        "text": [text[:LIMIT] for text in texts], "grams": [grams(text) for text in texts],
    }  # fmt: skip
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            columns["id"] = list(_numbers(cursor, days if days is not None else [None] * len(items)))
            # in rising order: the full-text index writes out what it has gathered whenever a number falls
            order = sorted(range(len(items)), key=columns["id"].__getitem__)
            columns = {name: [values[place] for place in order] for name, values in columns.items()}
        statement = bulk.Statement(SearchEntry._meta.db_table)
        for name, values in columns.items():
            if name in {"county", "model"} and len(set(values)) == 1:
                statement.share(name, values[0])
            else:
                statement.vary(name, values)
        statement.execute(len(items))
        if connection.vendor == "sqlite":
            numbered = list(zip(columns["id"], columns["grams"], strict=True))
            cursor.executemany("INSERT INTO kernel_searchfts (rowid, grams) VALUES (%s, %s)", numbered)


def _numbers(cursor: Any, days: Sequence[date | None]) -> Iterator[int]:
    """A free number for each entry, within its day. Only one writes at a time (transaction_mode IMMEDIATE)."""
    last: dict[date | None, int] = {}
    for day in days:
        if day not in last:
            low = place(day)
            cursor.execute("SELECT coalesce(max(id), %s) FROM kernel_searchentry WHERE id >= %s AND id < %s", [low - 1, low, low + ROOM])
            last[day] = int(cursor.fetchone()[0])
        last[day] += 1
        yield last[day]


def renumber(days: Any, chunk: int = 2000) -> int:
    """Number entries by days that were written before entries were; ``days`` gives the days of (model label, row id) pairs in turn.

    Returns how many. Costs one look when there are none.
    """
    if connection.vendor != "sqlite":
        return 0
    done = 0
    with transaction.atomic(), connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT id, model, object_id FROM kernel_searchentry WHERE id < %s ORDER BY id LIMIT %s", [ROOM, chunk])
            rows = cursor.fetchall()
            if not rows:
                break
            numbers = list(_numbers(cursor, days([(model, UUID(str(pk))) for _, model, pk in rows])))
            cursor.executemany("UPDATE kernel_searchentry SET id = %s WHERE id = %s", [(n, row[0]) for n, row in zip(numbers, rows, strict=True)])
            done += len(rows)
        if done:
            cursor.execute("INSERT INTO kernel_searchfts (kernel_searchfts) VALUES ('rebuild')")
    return done


def drop(ids: Iterable[UUID]) -> None:
    """Remove the entries of rows."""
    from jushi.kernel.models.searching import SearchEntry

    wanted = list(ids)
    for start in range(0, len(wanted), 500):
        found = SearchEntry.objects.filter(object_id__in=wanted[start : start + 500])
        if connection.vendor == "sqlite":
            old = list(found.order_by("pk").values_list("pk", "grams"))
            if not old:
                continue
            with connection.cursor() as cursor:
                cursor.executemany("INSERT INTO kernel_searchfts (kernel_searchfts, rowid, grams) VALUES ('delete', %s, %s)", old)
        found.delete()


def find(text: str, counties: Iterable[str], limit: int = 400) -> list[tuple[str, UUID]]:
    """(model label, row id) of entries of any model that contain ``text`` in some counties: the latest first, by
    the days of their rows on SQLite, as written on PostgreSQL.

    Nothing here knows who asks: the caller must narrow the ids to what the account may see before showing anything.
    """
    from jushi.kernel.models.searching import SearchEntry

    places = sorted(counties)
    words = [w for w in WORD.findall(text.lower().replace("_", " ")) if w]
    if not words or not places:
        return []
    entries = connection.ops.quote_name(SearchEntry._meta.db_table)
    if any(len(w) == 1 for w in words):
        rows = SearchEntry.objects.filter(county__in=places)
        for word in words:
            rows = rows.filter(text__icontains=word)
        return list(rows.order_by("-pk").values_list("model", "object_id")[:limit])
    if connection.vendor == "postgresql":
        query = " & ".join("(" + " <-> ".join(f"'{g}'" for g in grams(w).split()) + ")" for w in words)
        match = RawSQL("to_tsvector('simple'::regconfig, grams) @@ to_tsquery('simple', %s)", [query], models.BooleanField())
        rows = SearchEntry.objects.filter(county__in=places).filter(match)
        return list(rows.order_by("-pk").values_list("model", "object_id")[:limit])
    query = " AND ".join('"' + grams(w) + '"' for w in words)
    sql = (  # noqa: S608
        f"SELECT e.model, e.object_id FROM kernel_searchfts f CROSS JOIN {entries} e ON e.id = f.rowid"
        f" WHERE f.grams MATCH %s AND e.county IN ({', '.join(['%s'] * len(places))}) ORDER BY f.rowid DESC LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [query, *places, limit])
        return [(model, UUID(str(pk))) for model, pk in cursor.fetchall()]
