"""Ids made by the client side: UUID version 7 (RFC 9562, 2024), ordered by time, unique without asking the database."""

from __future__ import annotations

import uuid

import uuid_utils


def new_id() -> uuid.UUID:
    """A fresh UUIDv7."""
    return uuid.UUID(int=uuid_utils.uuid7().int)
