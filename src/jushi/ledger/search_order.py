"""By which day a row stands in its list: search entries are numbered by it, so that hits come in the order of the list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.utils import timezone

from jushi.kernel import scope, search
from jushi.kernel.models import Record
from jushi.ledger import registry
from jushi.ledger.declaration import Ledger


def days(records: Sequence[Record]) -> list[date | None]:
    """The day of each record; None for one without."""
    axes: dict[tuple[type[Record], str], models.Field[Any, Any] | None] = {}
    found = []
    for record in records:
        key = (type(record), record.kind)
        if key not in axes:
            ledger = registry.of_record(record)
            axes[key] = ledger.at_field if ledger is not None else None
        axis = axes[key]
        value = getattr(record, axis.attname) if axis is not None else None
        # to_python: an unsaved record may still hold a date as it was written
        found.append(value if value is None or type(value) is date else day_of(axis.to_python(value)))  # type: ignore[union-attr]
    return found


def day_of(value: Any) -> date | None:
    """The day of a value of the field that a ledger stands in order of: a date, a moment (by UTC: it only has to keep the order), a year."""
    if isinstance(value, datetime):
        return (value if timezone.is_aware(value) else timezone.make_aware(value)).astimezone(UTC).date()
    if isinstance(value, int):
        return date(value, 1, 1) if 1 <= value <= date.max.year else None
    return value if isinstance(value, date) else None


def stands_by(ledger: Ledger, name: str) -> bool:
    """Whether hits in a ledger come in the order of the field ``name``: whoever claims its kinds must stand in that order."""
    mine = set(ledger.kinds)
    return bool(mine) and all(
        x.at == name for x in registry.ledgers() if x.model is ledger.model and (not x.kinds or mine & set(x.kinds))
    )  # fmt: skip


def renumber() -> int:
    """Number the entries that were written before entries were numbered by days (an older database); how many there were."""
    with scope.use(scope.of_system("整理检索")):
        return search.renumber(_days_of)


def _days_of(pairs: Sequence[tuple[str, UUID]]) -> list[date | None]:
    by_model: dict[str, list[UUID]] = defaultdict(list)
    for label, pk in pairs:
        by_model[label].append(pk)
    found: dict[UUID, date | None] = {}
    for label, ids in by_model.items():
        rows = [row for at in range(0, len(ids), 500) for row in apps.get_model(label)._default_manager.filter(pk__in=ids[at : at + 500])]
        found |= {row.pk: day for row, day in zip(rows, days(rows), strict=True)}
    return [found.get(pk) for _, pk in pairs]
