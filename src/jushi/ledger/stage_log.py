"""The log of a record's stages: who took it where, on which day — also for stages that have no date column of their own."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.apps import apps

from jushi.kernel.models import User
from jushi.ledger.declaration import Ledger, Stage


def enter(ledger: Ledger, record: Any, stage: Stage, on: date, actor: User | None) -> None:
    """Enter a step in the record's log, within the operation under way; one that was entered by hand already stays alone."""
    for table in ledger.lines:
        if not table.logs:
            continue
        model: Any = apps.get_model(table.model)
        steps = model.objects.filter(**{f"{table.link}_id": record.pk})
        if steps.filter(action=stage.name, done_on=on).exists():
            continue
        model(
            county=record.county, **{f"{table.link}_id": record.pk}, action=stage.name, done_on=on, actor=actor, stage_after=stage.name,
            position=steps.count(),
        ).save()  # fmt: skip
