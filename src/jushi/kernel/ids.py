"""Ids made by the client side: UUID version 7 (RFC 9562, 2024), ordered by time, unique without asking the database."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from typing import Any

import uuid_utils
from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models.expressions import RawSQL


def new_id() -> uuid.UUID:
    """A fresh UUIDv7."""
    return uuid.UUID(int=uuid_utils.uuid7().int)


def uuid_of(text: str) -> uuid.UUID | None:
    """The id that a text writes, if it is one."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def among(rows: models.QuerySet[Any], ids: Iterable[Any]) -> models.QuerySet[Any]:
    """Of ``rows``, those with an id (UUID or 32 hexadecimal digits) in ``ids``.

    On SQLite the ids are handed over as one value: each taken through Django by itself, a hundred of them cost more than the query.
    """
    if connection.vendor != "sqlite":
        return rows.filter(pk__in=list(ids))
    return rows.filter(pk__in=RawSQL("SELECT value FROM json_each(%s)", [_text(ids)]))  # noqa: S611 - the text is a parameter


def _text(ids: Iterable[Any]) -> str:
    return json.dumps([pk.hex if isinstance(pk, uuid.UUID) else pk for pk in ids])


class Sieve:
    """Which of some ids belong to ``rows``: a question that is asked again and again, so on SQLite its SQL is made once."""

    def __init__(self, rows: models.QuerySet[Any]) -> None:
        self.rows = rows.order_by().values_list("pk", flat=True)
        self.sql, self.hole = "", _text(["hole"])
        self.params: tuple[Any, ...] = ()
        if connection.vendor == "sqlite":
            try:
                self.sql, self.params = among(self.rows, ["hole"]).query.sql_with_params()
            except EmptyResultSet:
                self.rows = self.rows.none()

    def among(self, ids: Iterable[uuid.UUID]) -> list[uuid.UUID]:
        """Of ``ids``, those that belong to the rows."""
        if not self.sql:
            return list(among(self.rows, ids))
        text = _text(ids)
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [text if value == self.hole else value for value in self.params])
            return [uuid.UUID(pk) for (pk,) in cursor.fetchall()]
