"""Why a frozen figure reads otherwise now: the records that came, went or changed, and the operations behind — who, when, why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from jushi.indicators import scan
from jushi.kernel.models import ChangeLine
from jushi.kernel.roles import Rights
from jushi.kernel.states import State
from jushi.ledger import registry, visibility
from jushi.ledger.declaration import Ledger
from jushi.ledger.rows import mask
from jushi.reports.editions import Drift
from jushi.reports.models import Edition

LIMIT = 50  # records told of one figure
VEILED = "（无权查看）"


@dataclass(frozen=True, slots=True)
class Step:
    """One operation on a record after the signature."""

    at: datetime
    actor: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Cause:
    """A record that moved a figure. ``way`` is 新增, 减少 or 变更; without the right to see it title and steps stay empty."""

    way: str
    ledger: str
    id: str
    title: str
    state: str
    then: str
    now: str
    steps: tuple[Step, ...] = ()

    @property
    def seen(self) -> bool:
        """Whether the account may open the record."""
        return self.title != VEILED


@dataclass(frozen=True, slots=True)
class Named:
    """What is told of a record: title and state; ``link`` whether it has a page."""

    title: str
    state: str = ""
    serial: str = ""
    link: bool = False


def causes(edition: Edition, moved: Drift, rights: Rights) -> list[Cause]:
    """What moved one figure, newest operations first within each record; what the account may not open is only counted."""
    old = {(ledger, pk): quantity for ledger, pk, quantity in moved.figure.record_ids}
    keys = [("新增", r.ledger, str(r.id), "", f"{r.quantity.normalize():f}") for r in moved.came]
    keys += [("减少", ledger, pk, quantity, "") for ledger, pk, quantity in moved.gone]
    keys += [("变更", r.ledger, str(r.id), old[r.ledger, str(r.id)], f"{r.quantity.normalize():f}") for r in moved.changed]
    keys = keys[:LIMIT]
    names = named([(ledger, pk) for _, ledger, pk, _, _ in keys], rights)
    steps = _steps(edition, moved, [(ledger, pk) for _, ledger, pk, _, _ in keys])
    found = []
    for way, ledger, pk, then, now in keys:
        about = names[ledger, pk]
        told = () if about.title == VEILED else tuple(steps.get(pk, ()))
        found.append(Cause(way, ledger, pk, about.title, about.state, then, now, told))
    return found


def named(keys: Iterable[tuple[str, str]], rights: Rights) -> dict[tuple[str, str], Named]:
    """(ledger, id) → title and state, one query per ledger; things that are no records (a place, a text) are their own names."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for ledger, pk in keys:
        wanted[ledger].add(pk)
    found: dict[tuple[str, str], Named] = {}
    for code, ids in wanted.items():
        ledger_found = registry.find(code)
        found |= {(code, pk): _plain(pk, ledger_found, rights) for pk in ids}
        if ledger_found is None or not visibility.opens(ledger_found, rights):
            continue
        rows = visibility.visible(ledger_found.queryset(), ledger_found, rights)
        personal = "" if rights.may("unmask", zone=ledger_found.zone) else ledger_found.main.personal
        uuids = sorted(pk for pk in ids if _is_uuid(pk))
        for start in range(0, len(uuids), 500):
            for row in rows.filter(pk__in=uuids[start : start + 500]).only("id", "title", "state", "serial", "county"):
                title = mask(personal, row.title) if personal else row.title
                found[code, str(row.pk)] = Named(title, State(row.state).label, row.serial, True)
    return found


def _plain(pk: str, ledger: Ledger | None, rights: Rights) -> Named:
    """A counted thing without record of its own; an id that cannot be looked up stays veiled."""
    if _is_uuid(pk) or (ledger is not None and not visibility.opens(ledger, rights)):
        return Named(VEILED)
    return Named(pk)


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _steps(edition: Edition, moved: Drift, keys: list[tuple[str, str]]) -> dict[str, list[Step]]:
    """Counted thing → operations after the signature on the records that name it, newest first."""
    things = _records_behind(moved, [pk for _, pk in keys])
    ids = {record for records in things.values() for record in records}
    lines = (
        ChangeLine.objects.filter(county=edition.county, operation__at__gt=edition.frozen_at)
        .filter(Q(object_id__in=ids) | Q(owner_id__in=ids))
        .exclude(action="note").select_related("operation").order_by("-operation_id")
    )  # fmt: skip
    by_record: dict[str, dict[int, Step]] = defaultdict(dict)
    for line in lines:
        done = line.operation
        step = Step(done.at, done.actor, done.name, done.reason)
        for pk in {str(line.object_id), str(line.owner_id)}:
            by_record[pk].setdefault(done.pk, step)
    return {thing: list({n: s for record in records for n, s in by_record.get(record, {}).items()}.values()) for thing, records in things.items()}


def _records_behind(moved: Drift, things: list[str]) -> dict[str, set[str]]:
    """Counted thing → records whose change can have moved it: itself, and for a distinct count the rows that name it, in any state."""
    found = {pk: {pk} for pk in things if _is_uuid(pk)}
    for ledger, indicator in _leaves(moved):
        source = scan.source_of(ledger, indicator)
        if source.operation != "distinct":
            continue
        rows = source.table._default_manager.filter(**{f"{source.expression}__in": [_value(source, t) for t in things]})
        for thing, record in rows.values_list(source.expression, f"{source.prefix}pk"):
            found.setdefault(str(thing), set()).add(str(record))
    return found


def _value(source: scan.Source, text: str) -> Any:
    return UUID(text) if _is_uuid(text) else text


def _leaves(moved: Drift) -> list[scan.Leaf]:
    """The counted figures that the moved one is made of."""
    codes, leaves = [moved.figure.code], []
    while codes:
        ledger, indicator = registry.indicator(codes.pop())
        codes += registry._needs(indicator)
        if scan.is_leaf(indicator):
            leaves.append((ledger, indicator))
    return leaves
