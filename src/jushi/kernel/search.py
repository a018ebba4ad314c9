"""Free-text search over titles: bigrams, because two-character words are the rule in Chinese (architecture.md §7, Search).

The text of a row is kept in ``SearchEntry`` with its bigrams; SQLite finds them by FTS5, PostgreSQL by a GIN index. A phrase of bigrams
is a substring. Entries are written in batches within the transaction that changed the rows.
"""

# ruff: noqa: S608, S611 — names of tables are the program's own, every value is a parameter
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from operator import add
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models.expressions import RawSQL

from jushi.kernel import scope

WORD = re.compile(r"[\w]+")
LIMIT = 2000  # characters of a row that are searchable


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


def put(items: Sequence[tuple[str, str, UUID, str]]) -> None:
    """Write entries (county, model label, row id, text); earlier ones of the same rows must have been dropped."""
    from jushi.kernel.models.searching import SearchEntry

    if not items:
        return
    native = connection.features.has_native_uuid_field
    rows = [(c, m, i if native else i.hex, t[:LIMIT], grams(t)) for c, m, i, t in items]
    table = connection.ops.quote_name(SearchEntry._meta.db_table)
    with connection.cursor() as cursor:
        first = _last_id(cursor, table)
        cursor.executemany(
            f"INSERT INTO {table} (county, model, object_id, text, grams) VALUES (%s, %s, %s, %s, %s)",
            rows,  # noqa: S608
        )
        if connection.vendor == "sqlite":
            cursor.execute(
                f"INSERT INTO kernel_searchfts (rowid, grams) SELECT id, grams FROM {table} WHERE id > %s",
                [first],  # noqa: S608
            )


def _last_id(cursor: Any, table: str) -> int:
    if connection.vendor != "sqlite":
        return 0
    cursor.execute(f"SELECT coalesce(max(id), 0) FROM {table}")  # noqa: S608
    return int(cursor.fetchone()[0])


def drop(ids: Iterable[UUID]) -> None:
    """Remove the entries of rows."""
    from jushi.kernel.models.searching import SearchEntry

    wanted = list(ids)
    for start in range(0, len(wanted), 500):
        found = SearchEntry.objects.filter(object_id__in=wanted[start : start + 500])
        if connection.vendor == "sqlite":
            old = list(found.values_list("pk", "grams"))
            if not old:
                continue
            with connection.cursor() as cursor:
                cursor.executemany("INSERT INTO kernel_searchfts (kernel_searchfts, rowid, grams) VALUES ('delete', %s, %s)", old)
        found.delete()


def find(text: str, counties: Iterable[str], limit: int = 400) -> list[tuple[str, UUID]]:
    """(model label, row id) of entries of any model that contain ``text`` in some counties, latest written first.

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
