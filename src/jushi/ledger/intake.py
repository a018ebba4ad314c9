"""Rows that devices send: how a ledger knows the sender by its key and keeps what it sends.

A key belongs to one record (a greenhouse), names its county so that nothing of another county is looked at, and is kept as a hash only.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

_KEY = re.compile(r"js-(?P<county>\d{6})-(?P<record>[0-9a-f]{32})-(?P<secret>[A-Za-z0-9_-]{32,64})")


@dataclass(frozen=True, slots=True)
class Intake:
    """``sender(record id, hash)`` finds the record whose key has this hash, None when there is none; ``take(sender, item)`` keeps one
    item and returns what to answer; it raises RefusedError. Both run under the county's scope."""

    sender: Callable[[UUID, str], Any]
    take: Callable[[Any, Mapping[str, Any]], Mapping[str, Any]]


def new_key(county: str, record: UUID) -> tuple[str, str]:
    """A fresh key and the hash to be kept of it."""
    key = f"js-{county}-{record.hex}-{secrets.token_urlsafe(32)}"
    return key, hash_of(key)


def hash_of(key: str) -> str:
    """What is kept of a key: random enough that a plain hash cannot be turned back."""
    return hashlib.sha256(key.encode()).hexdigest()


def read_key(key: str) -> tuple[str, UUID] | None:
    """County and record that a key names; None for what is no key."""
    match = _KEY.fullmatch(key)
    return (match["county"], UUID(match["record"])) if match else None


def same(kept: str, given: str) -> bool:
    """Whether two hashes are the same, in a time that tells nothing."""
    return bool(kept) and hmac.compare_digest(kept, given)
