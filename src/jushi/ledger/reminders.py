"""What is due: each ledger names functions that look at its records and say what somebody should do (待办、提醒)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something to do. ``ledger`` and ``record_id`` open the place where it is done (None: register a new row); ``office`` does it,
    or the account ``user_id`` in it.

    ``due_on`` before the day asked for means overdue.
    """

    ledger: str
    message: str
    office: str
    due_on: date | None = None
    record_id: Any = None
    user_id: int | None = None

    def is_overdue(self, on: date) -> bool:
        """Whether the last day has gone by at ``on``."""
        return self.due_on is not None and self.due_on < on


Source = Callable[[str, date], Iterable[Reminder]]
_sources: list[Source] = []


def source(ask: Source) -> Source:
    """Register what a layer above the ledgers has to remind of (routines, plans); modules do it when their app starts."""
    if ask not in _sources:
        _sources.append(ask)
    return ask


def due(county: str, on: date) -> list[Reminder]:
    """Everything due in a county at a date, the oldest first; what has no date comes last."""
    from jushi.ledger import registry

    found = [item for ledger in registry.ledgers() for ask in ledger.reminders for item in ask(county, on)]
    found += [item for ask in _sources for item in ask(county, on)]
    return sorted(found, key=lambda item: (item.due_on is None, item.due_on or on))
