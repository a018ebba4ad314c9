"""待办: what the ledgers, routines and plans remind of, as far as it is this account's to do."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from jushi.desk.menu import signature
from jushi.kernel.models import Bureau, Office
from jushi.kernel.roles import Rights
from jushi.kernel.stamps import kept
from jushi.ledger import registry, reminders, visibility
from jushi.ledger.reminders import Reminder

SECONDS = 60.0
DOING = ("change", "confirm", "plan")  # whoever may do none of these with a ledger has nothing to do there


@dataclass(frozen=True, slots=True)
class Todo:
    """Something to do: ``when`` is ``late``, ``today``, ``week``, ``later`` or '' (no day set); ``mine`` when it names this account."""

    message: str
    ledger: str
    url: str
    due_on: date | None
    when: str
    office: str
    mine: bool


def todos(rights: Rights, bureau: Bureau, on: date) -> list[Todo]:
    """What is due from the account on a day: what names it first, then by last day. Kept for a minute, or until something is written."""
    key = ("todo", on, signature(rights), rights.user_id)
    return kept(rights.county, key, lambda: _find(rights, bureau, on), seconds=SECONDS)


def _find(rights: Rights, bureau: Bureau, on: date) -> list[Todo]:
    everything = kept(rights.county, ("reminders", on), lambda: reminders.due(rights.county, on), seconds=SECONDS)
    own = [item for item in everything if _concerns(item, rights, bureau)]
    seen = _seen(own, rights)
    names = dict(Office.objects.filter(bureau=bureau).values_list("code", "name"))
    found = [_todo(item, rights, on, names) for item in own if item.record_id is None or (item.ledger, item.record_id) in seen]
    return sorted(found, key=lambda t: (not t.mine, t.due_on is None, t.due_on or on))


def _concerns(item: Reminder, rights: Rights, bureau: Bureau) -> bool:
    ledger = registry.find(item.ledger)
    if ledger is None or not visibility.opens(ledger, rights, bureau.switched_off):
        return False
    if item.user_id is not None and item.user_id == rights.user_id:
        return True
    if item.record_id is None and not any(h.role.scope in {"county", "office"} for h in rights.holdings):
        return False
    entity = ledger.model.__name__
    return any(rights.may(action, zone=ledger.zone, entity=entity, office=item.office) for action in DOING)


def _seen(items: list[Reminder], rights: Rights) -> set[tuple[str, Any]]:
    """Records that the account may open: one query per ledger."""
    named: dict[str, set[Any]] = defaultdict(set)
    for item in items:
        if item.record_id is not None:
            named[item.ledger].add(item.record_id)
    found: set[tuple[str, Any]] = set()
    for code, ids in named.items():
        ledger = registry.get(code)
        rows = visibility.visible(ledger.queryset().filter(pk__in=ids), ledger, rights)
        found |= {(code, pk) for pk in rows.values_list("pk", flat=True)}
    return found


def _todo(item: Reminder, rights: Rights, on: date, offices: dict[str, str]) -> Todo:
    ledger = registry.get(item.ledger)
    if item.record_id is not None:
        url = reverse("record", args=[ledger.code, item.record_id])
    else:
        may_add = rights.may("add", zone=ledger.zone, entity=ledger.model.__name__) and not ledger.read_only
        url = reverse("record-new", args=[ledger.code]) if may_add else reverse("ledger", args=[ledger.code])
    office = offices.get(item.office, "")
    return Todo(item.message, ledger.name, url, item.due_on, _when(item.due_on, on), office, item.user_id == rights.user_id)


def _when(due_on: date | None, on: date) -> str:
    if due_on is None:
        return ""
    if due_on <= on:
        return "late" if due_on < on else "today"
    return "week" if due_on <= on + timedelta(days=6 - on.weekday()) else "later"
