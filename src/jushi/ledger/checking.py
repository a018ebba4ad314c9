"""What speaks against a row, and what is only said of it: model rules, the ledger's own checks, closed months, warnings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models

from jushi.kernel.models import Closing
from jushi.kernel.states import State
from jushi.ledger.declaration import Ledger


def check(ledger: Ledger, record: Any, values: Mapping[str, Any], *, unique: bool = True) -> dict[str, str]:
    """Problems of a record as a whole: model rules, the ledger's own checks, closed months.

    ``unique`` False leaves out what costs a query per row (uniqueness, foreign keys already resolved): for rows in bulk.
    """
    problems = _model_problems(record) if unique else too_long(record, values) | record.invariant_errors()
    for rule in ledger.checks:
        problems |= rule(record, values)
    if record.state in State.editable() and is_closed(ledger, record):
        problems.setdefault(ledger.at, "这个月份已经锁账，新增或改动请走“更正”，或请分管领导开放该月")
    return problems


def too_long(record: Any, values: Mapping[str, Any]) -> dict[str, str]:
    """Texts longer than their column takes: PostgreSQL would refuse them, SQLite would not."""
    problems = {}
    model: type[models.Model] = type(record)
    for name, value in values.items():
        if isinstance(value, str) and len(value) > 9:
            most = _most(model, name)
            if most is not None and len(value) > most:
                problems[name] = f"不能超过 {most} 字，现在是 {len(value)} 字"
    return problems


@cache
def _most(model: type[models.Model], name: str) -> int | None:
    try:
        return getattr(model._meta.get_field(name), "max_length", None)
    except FieldDoesNotExist:
        return None


def _model_problems(record: Any) -> dict[str, str]:
    try:
        record.full_clean(exclude=_relations(record), validate_constraints=False)
        record.validate_constraints()  # not narrowed: a rule that names a relation would otherwise be passed over
    except ValidationError as error:
        return {"" if name == "__all__" else name.removesuffix("_id"): "；".join(messages) for name, messages in error.message_dict.items()}
    return {}


def _relations(record: Any) -> list[str]:
    """Foreign keys were resolved within the county already; checking them again would cost a query each."""
    return [f.name for f in record._meta.concrete_fields if f.is_relation]


def is_closed(ledger: Ledger, record: Any) -> bool:
    """Whether the month of the record's date is locked for its ledger."""
    day = getattr(record, ledger.at, None)
    if not isinstance(day, date):
        return False
    return f"{day:%Y-%m}" in closed_months(ledger, record.county)


def closed_months(ledger: Ledger, county: str) -> set[str]:
    """The months (2015-03) that are locked for a ledger."""
    rows = Closing.objects.filter(county=county, ledger__in=(ledger.code, "*"))
    return set(rows.values_list("period", flat=True))


def key_taken(record: Any, target: str) -> str:
    """Why a record may not take the state ``target``: a void row gave up its number, and another has taken it since; '' if none has."""
    was, record.state = record.state, target
    try:
        record.validate_constraints()
    except ValidationError as error:
        return "；".join(error.messages)
    finally:
        record.state = was
    return ""


def warnings_of(ledger: Ledger, record: Any, values: Mapping[str, Any]) -> dict[str, str]:
    """What the ledger has to say of a row without refusing it: near a limit, more than agreed …, by column name."""
    found: dict[str, str] = {}
    for rule in ledger.warnings:
        found |= rule(record, values)
    return found
