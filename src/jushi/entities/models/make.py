"""Makers of fields and indexes that the entity models share: they keep a model readable as a list of what it stores.

Every optional date, amount and link may be empty: missing is not zero. Foreign keys carry no index of their own;
:func:`record_indexes` names the ones that are searched, each led by the county, so that tables can be distributed by
county (architecture.md §7). Names stay within 30 bytes for domestic databases (domain.md C4).
"""

from __future__ import annotations

import datetime
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models

from jushi.kernel.fields import ExactField, MoneyField
from jushi.kernel.states import State

BASES = [("actual", "实际"), ("forecast", "预计"), ("flash", "快报"), ("verified", "核定")]
DIRECTIONS = [("in", "收入"), ("out", "支出")]


def day(label: str) -> models.DateField[str | datetime.date | None, datetime.date | None]:
    """An optional date."""
    return models.DateField(label, null=True, blank=True)


def moment(label: str) -> models.DateTimeField[str | datetime.datetime | None, datetime.datetime | None]:
    """An optional point in time."""
    return models.DateTimeField(label, null=True, blank=True)


def text(label: str, length: int = 60) -> models.CharField[str, str]:
    """A short text or a code; empty when not given."""
    return models.CharField(label, max_length=length, blank=True)


def words(label: str) -> models.TextField[str, str]:
    """A long text: never sorted, grouped or indexed."""
    return models.TextField(label, blank=True)


def natural(label: str, length: int = 60) -> models.CharField[str | None, str | None]:
    """A number that identifies its row once given.

    NULL, not an empty string, before: a plain UNIQUE then holds on every database.
    """
    return models.CharField(label, max_length=length, null=True, blank=True, default=None)


def stage() -> models.CharField[str, str]:
    """Where the row stands in the business lifecycle of its kind; the ledger declares codes and labels."""
    return models.CharField("办理阶段", max_length=20, blank=True)


NOT_NEGATIVE = MinValueValidator(0, "不能是负数；多记、错记请改原记录，退回请填退回日期")


def number(label: str, places: int = 3, *, signed: bool = False) -> ExactField:
    """An optional exact quantity, not below zero unless ``signed`` (temperatures, growth rates)."""
    return ExactField(label, places=places, null=True, blank=True, validators=[] if signed else [NOT_NEGATIVE])


def money(label: str) -> MoneyField:
    """An optional amount in 元, not below zero: its direction stands in a field of its own."""
    return MoneyField(label, null=True, blank=True, validators=[NOT_NEGATIVE])


def count(label: str) -> models.PositiveIntegerField[int | None, int | None]:
    """An optional whole number of things or people."""
    return models.PositiveIntegerField(label, null=True, blank=True)


def calendar_year(label: str) -> models.PositiveSmallIntegerField[int | None, int | None]:
    """An optional year that differs from the business year (plan year, benefit year, award year)."""
    return models.PositiveSmallIntegerField(label, null=True, blank=True)


def flag(label: str) -> models.BooleanField[bool, bool]:
    """Yes or no, no by default."""
    return models.BooleanField(label, default=False)


def ref(to: str, label: str, name: str = "+") -> models.ForeignKey[Any, Any]:
    """An optional link to a record of the same county; the target cannot be deleted while linked.

    ``name`` opens the way back.
    """
    return models.ForeignKey(to, models.PROTECT, verbose_name=label, related_name=name, null=True, blank=True, db_index=False)


def owner(to: str, label: str, name: str) -> models.ForeignKey[Any, Any]:
    """The link of a part to the record that it lives and dies with."""
    return models.ForeignKey(to, models.CASCADE, verbose_name=label, related_name=name, db_index=False)


def record_indexes(
    prefix: str, days: tuple[str | tuple[str, ...], ...] = (), refs: tuple[str, ...] = (), *,
    staged: bool = True, listed: tuple[str, ...] = (),
) -> list[models.Index]:  # fmt: skip
    """Indexes of a record, each led by the county.

    By business year, by title (natural keys, sorted lists), by stage where there is one, by each date that figures
    scan or lists sort (county, kind, date), by each link followed backwards (most rows leave most links empty: these stand in no
    index, and an import need not write them there). A date may be followed by the fields that its figures ask for, so that they are
    counted from the index alone.

    ``listed`` are the dates (or the year) that ledgers stand in order of: there the id follows at once, so that a page is read in
    its order however many rows share a day. The rows that wait to be confirmed, few among many, are counted by an index of their own.
    """
    dated = [(run,) if isinstance(run, str) else run for run in days]
    runs = [("year", "state"), ("title",), *([("stage",)] if staged else []), *dated]
    runs = [(run[0], "id", *(name for name in run[1:] if name != "id")) if run[0] in listed else run for run in runs]
    made = [models.Index(fields=["county", "kind", *run], name=f"e_{prefix}_{run[0]}") for run in runs]
    made += [models.Index(fields=["county", name], name=f"e_{prefix}_r_{name}", condition=models.Q((f"{name}__isnull", False))) for name in refs]
    waiting = models.Q(state=State.PENDING.value)
    return [*made, models.Index(fields=["county", "state", "kind"], name=f"e_{prefix}_pending", condition=waiting)]


def part_indexes(prefix: str, owner_field: str, *more: tuple[str, ...], counted: tuple[str, ...] = ()) -> list[models.Index]:
    """Indexes of a part: by its record, and by each further run of fields (county is put first).

    ``counted`` are the fields that figures ask for: with them in the index of the record, they are summed from the index alone.
    """
    made = [models.Index(fields=["county", owner_field, *counted], name=f"e_{prefix}_{owner_field}")]
    made += [models.Index(fields=["county", *fields], name=f"e_{prefix}_x_{fields[0]}") for fields in more]
    return made


def unique(prefix: str, *fields: str, message: str) -> models.UniqueConstraint:
    """A natural key of a part within the county; rows with NULL in it are free."""
    return models.UniqueConstraint(fields=["county", *fields], name=f"e_{prefix}_u_{fields[-1]}", violation_error_message=message)


def natural_key(prefix: str, *fields: str, message: str) -> models.UniqueConstraint:
    """A natural key of a record within the county: void rows give it up, so that the right row can be registered in their place."""
    return models.UniqueConstraint(
        fields=["county", *fields], name=f"e_{prefix}_u_{fields[-1]}", violation_error_message=message, condition=~models.Q(state="void")
    )


def key_index(prefix: str, *fields: str) -> models.Index:
    """The index that finds a row by its natural key; the key's own one, being partial, does not serve every query."""
    return models.Index(fields=["county", *fields], name=f"e_{prefix}_k_{fields[-1]}")
