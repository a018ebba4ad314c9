"""What a record is linked with, in both directions, within what the account may see."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from jushi.kernel.models import Part, Record
from jushi.kernel.roles import Rights
from jushi.kernel.states import State
from jushi.ledger import registry, visibility
from jushi.ledger.columns import Link, Parties
from jushi.ledger.declaration import Ledger

LIMIT = 200  # records read per relation; more than that are named by a count with “+”
SHOWN = 5


@dataclass(slots=True)
class Group:
    """Records of one ledger that refer to the record by one relation."""

    ledger: Ledger
    label: str
    column: str = ""
    count: int = 0
    more: bool = False
    records: list[tuple[Any, str, str]] = field(default_factory=list)


def backward(record: Any, rights: Rights) -> list[Group]:
    """Records that refer to this one: one query per relation, grouped by ledger."""
    groups: list[Group] = []
    for relation in record._meta.related_objects:
        model = relation.related_model
        if relation.field.name in {"handler", "created_by", "office", "area"}:
            continue
        if issubclass(model, Record):
            groups += _records(record, model, relation.field, rights)
        elif issubclass(model, Part) and model.owner_field and model.owner_field != relation.field.name:
            groups += _parts(record, model, relation.field, rights)
    return sorted(groups, key=lambda g: -g.count)


def _records(record: Any, model: type[Record], link: Any, rights: Rights) -> list[Group]:
    rows = model.objects.filter(**{f"{link.name}_id": record.pk}).exclude(state=State.VOID)
    found = list(visibility.visible_of(rows, model, rights).order_by("-id").values_list("pk", "title", "kind", "state")[: LIMIT + 1])
    return _grouped(found, model, str(link.verbose_name), link.name)


def _parts(record: Any, model: Any, link: Any, rights: Rights) -> list[Group]:
    owner = model._meta.get_field(model.owner_field).related_model
    if not (isinstance(owner, type) and issubclass(owner, Record)):
        return []
    ids = model.objects.filter(**{f"{link.name}_id": record.pk}).values(f"{model.owner_field}_id")
    rows = owner.objects.filter(pk__in=ids).exclude(state=State.VOID)
    found = list(visibility.visible_of(rows, owner, rights).order_by("-id").values_list("pk", "title", "kind", "state")[: LIMIT + 1])
    return _grouped(found, owner, str(model._meta.verbose_name), "")


def _grouped(found: list[tuple[Any, str, str, str]], model: type[Record], label: str, name: str) -> list[Group]:
    by_ledger: dict[str, Group] = {}
    more = len(found) > LIMIT
    kinds: dict[str, Ledger | None] = {}
    tally: dict[str, int] = defaultdict(int)
    for pk, title, kind, state in found[:LIMIT]:
        if kind not in kinds:
            kinds[kind] = registry.of_model(model._meta.label, kind)
        ledger = kinds[kind]
        if ledger is None:
            continue
        group = by_ledger.setdefault(ledger.code, Group(ledger, label, _filterable(ledger, name), more=more))
        tally[ledger.code] += 1
        group.count = tally[ledger.code]
        if len(group.records) < SHOWN:
            group.records.append((pk, title, state))
    return list(by_ledger.values())


def _filterable(ledger: Ledger, name: str) -> str:
    """The column by which the ledger's list can show exactly these records."""
    column = ledger.by_name.get(name)
    return name if isinstance(column, (Link, Parties)) else ""


def forward(ledger: Ledger, cells: Any) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """What the record refers to: (label, model label, [(id, name)])."""
    found = []
    for column in ledger.all_columns:
        model = visibility.target_model(ledger, column)
        if model is None:
            continue
        value = cells.get(column.name)
        targets = value if isinstance(value, list) else [value] if value else []
        names = [(str(t.pk) if t.pk else "", t.name) for t in targets]
        if names:
            found.append((column.label_for(ledger.model), model._meta.label, names))
    return found
