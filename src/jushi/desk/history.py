"""The history of a record, field by field: who changed what, when, from what to what — parts included."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q

from jushi.kernel import oplog
from jushi.kernel.models import Area, ChangeLine, Office, Record, User
from jushi.kernel.roles import Rights
from jushi.kernel.states import State
from jushi.ledger import visibility
from jushi.ledger.columns import Choice, Number, Tags
from jushi.ledger.columns.choices import terms_named
from jushi.ledger.declaration import Ledger
from jushi.ledger.rows import mask

QUIET = {
    "id",
    "county",
    "version",
    "created_at",
    "updated_at",
    "position",
    "serial",
    "created_by_id",
    "details",
    "kind",
}
LIMIT = 400


@dataclass(frozen=True, slots=True)
class Change:
    """One value before and after, as people read it."""

    label: str
    before: str
    after: str


@dataclass(slots=True)
class Step:
    """One operation on the record."""

    name: str
    actor: str
    at: datetime
    reason: str
    changes: list[Change] = field(default_factory=list)
    is_note: bool = False


def steps_of(ledger: Ledger, record: Any, rights: Rights) -> list[Step]:
    """The operations on a record, newest first: one query for the lines and one for each kind of thing that they name."""
    lines = list(
        ChangeLine.objects.filter(Q(object_id=record.pk) | Q(owner_id=record.pk))
        .select_related("operation").order_by("-operation_id", "position")[:LIMIT]
    )  # fmt: skip
    told = [(line, oplog.load(line.before), oplog.load(line.after)) for line in lines]
    names = _names(told, rights)
    steps: dict[int, Step] = {}
    for line, before, after in told:
        done = line.operation
        step = steps.setdefault(done.pk, Step(done.name, done.actor, done.at, done.reason))
        step.is_note = step.is_note or line.action == "note"
        step.changes += _changes(ledger, record, line, before, after, names, rights)
    return list(steps.values())


def _changes(
    ledger: Ledger,
    record: Any,
    line: ChangeLine,
    before: dict[str, Any],
    after: dict[str, Any],
    names: dict[Any, str],
    rights: Rights,
) -> list[Change]:
    if line.action == "note":
        return []
    if line.object_id == record.pk and line.model == record._meta.label:
        return _fields(ledger, record, before, after, names, rights)
    model = apps.get_model(line.model)
    old, new = _summary(model, before, names), _summary(model, after, names)
    return [Change(str(model._meta.verbose_name), old, new)] if old != new else []


def _fields(ledger: Ledger, record: Any, before: dict[str, Any], after: dict[str, Any], names: dict[Any, str], rights: Rights) -> list[Change]:
    found = []
    unmask = bool(rights.may("unmask", zone=ledger.zone))
    for name in after or before:
        if name in QUIET:
            continue
        model_field = record._meta.get_field(name.removesuffix("_id") if name.endswith("_id") else name)
        column = ledger.by_name.get(model_field.name)
        label = column.label_for(ledger.model) if column is not None else str(model_field.verbose_name)
        old = _value(column, model_field, before.get(name), names)
        new = _value(column, model_field, after.get(name), names)
        if column is not None and column.personal and not unmask:
            old, new = mask(column.personal, old), mask(column.personal, new)
        if old != new:
            found.append(Change(label, old, new))
    return found + _details(ledger, before.get("details") or {}, after.get("details") or {}, unmask)


def _details(ledger: Ledger, before: dict[str, Any], after: dict[str, Any], unmask: bool) -> list[Change]:
    found = []
    for name in sorted({*before, *after}):
        column = ledger.by_name.get(name)
        if column is None or before.get(name) == after.get(name):
            continue
        old, new = (column.text(column.load_detail(side[name])) if side.get(name) is not None else "" for side in (before, after))
        if column.personal and not unmask:
            old, new = mask(column.personal, old), mask(column.personal, new)
        found.append(Change(column.label_for(ledger.model), old, new))
    return found


def _value(column: Any, model_field: Any, value: Any, names: dict[Any, str]) -> str:
    if value is None or value == "":
        return ""
    if model_field.is_relation:
        return names.get((model_field.related_model, str(value)), "（受限或已删除）")
    if model_field.name == "state":
        return str(dict(State.choices).get(value, value))
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(column, Choice) or (column is not None and isinstance(model_field, models.JSONField)):
        return str(column.text(value))
    if isinstance(column, Number):
        return column.text(model_field.to_python(value))
    if model_field.choices:
        return str(dict(model_field.flatchoices).get(value, value))
    return str(value)


def _summary(model: type[models.Model], values: dict[str, Any], names: dict[Any, str]) -> str:
    """A part row on one line: its filled values, names for ids."""
    words = []
    for model_field in model._meta.concrete_fields:
        name = model_field.attname
        if name in QUIET or name not in values or model_field.name == getattr(model, "owner_field", ""):
            continue
        value = values[name]
        if model._meta.object_name == "ActivityTag" and name == "tag":
            value = terms_named(Tags.dictionary).get(value, value)
        text = _value(None, model_field, value, names)
        if text and not isinstance(value, bool):
            words.append(text)
    return " ".join(words)


def _names(told: Iterable[tuple[ChangeLine, dict[str, Any], dict[str, Any]]], rights: Rights) -> dict[Any, str]:
    """(model, id text) → name of everything that the lines refer to; what the account may not see has no name."""
    wanted: dict[Any, set[str]] = defaultdict(set)
    for line, before, after in told:
        if line.action in {"event", "note"}:
            continue
        for model_field in apps.get_model(line.model)._meta.concrete_fields:
            if model_field.is_relation:
                ids = {str(side[model_field.attname]) for side in (before, after) if side.get(model_field.attname)}
                if ids:
                    wanted[model_field.related_model] |= ids
    found: dict[Any, str] = {}
    for model, ids in wanted.items():
        found |= {(model, str(pk)): name for pk, name in _named(model, ids, rights)}
    return found


def _named(model: Any, ids: set[str], rights: Rights) -> Iterable[tuple[Any, str]]:
    if model is User:
        rows = User.objects.filter(pk__in=ids).values_list("pk", "full_name")
    elif model in (Area, Office):
        rows = model.objects.filter(pk__in=ids).values_list("pk", "name")
    elif issubclass(model, Record):
        uuids = [UUID(x) for x in ids]
        rows = visibility.visible_of(model.objects.filter(pk__in=uuids), model, rights).values_list("pk", "title")
    else:
        return [(row.pk, str(row)) for row in model._default_manager.filter(pk__in=ids)]
    return list(rows)


def note(record: Any, text: str) -> None:
    """Leave a remark in the record's course; it changes nothing and can never be removed."""
    with oplog.operation("批注", county=record.county, reason=text[:300]) as opened:
        opened.lines.append(oplog.Line(record._meta.label, record.pk, None, "note", "{}", "{}"))


def newest(steps: list[Step]) -> date | None:
    """The day of the last operation."""
    return steps[0].at.date() if steps else None
