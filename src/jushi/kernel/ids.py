"""Ids made by the client side: UUID version 7 (RFC 9562, 2024), ordered by time, unique without asking the database."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from typing import Any

import uuid_utils
from django.db import connection, models
from django.db.models.expressions import RawSQL


def new_id() -> uuid.UUID:
    """A fresh UUIDv7."""
    return uuid.UUID(int=uuid_utils.uuid7().int)


def among(rows: models.QuerySet[Any], ids: Iterable[Any]) -> models.QuerySet[Any]:
    """Of ``rows``, those with an id (UUID or 32 hexadecimal digits) in ``ids``.

    On SQLite the ids are handed over as one value: each taken through Django by itself, a hundred of them cost more than the query.
    """
    wanted = list(ids)
    if connection.vendor != "sqlite":
        return rows.filter(pk__in=wanted)
    text = json.dumps([pk.hex if isinstance(pk, uuid.UUID) else pk for pk in wanted])
    return rows.filter(pk__in=RawSQL("SELECT value FROM json_each(%s)", [text]))  # noqa: S611 - the text is a parameter
