"""The workbench: what is returned to me, what waits for me, what I left unfinished."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render

from jushi.desk import cells, menu
from jushi.desk.access import DeskRequest
from jushi.kernel.models import Correction
from jushi.kernel.roles import Rights
from jushi.kernel.stamps import kept
from jushi.kernel.states import State
from jushi.ledger import registry, visibility, workflow

LIMIT = 12


@dataclass(frozen=True, slots=True)
class Item:
    """A record on the workbench."""

    ledger: str
    url: str
    title: str
    badge: str
    note: str
    at: Any


@login_required
def home(request: DeskRequest) -> HttpResponse:
    """The first page after signing in."""
    rights, bureau = request.rights, request.user.bureau
    found = visibility.ledgers_of(rights, bureau.switched_off if bureau else ())
    context: dict[str, Any] = {"title": "工作台", "subtitle": bureau.name if bureau else "", "empty": not found}
    if found:
        key = ("workbench", menu.signature(rights), request.user.pk)
        context |= kept(rights.county, key, lambda: _lists(rights), seconds=10)
        waiting = kept(rights.county, ("pending", menu.signature(rights)), lambda: menu.pending(found, rights))
        context["by_ledger"] = [(x.name, x.code, waiting[x.code], x.unit) for x in found if waiting.get(x.code)]
        if "correct" in rights.actions():
            context["corrections"] = Correction.objects.filter(state=Correction.OPEN).exclude(asked_by=request.user).count()
        # the three ways to begin stand here until the bureau has its first record
        context["fresh"] = not context["recent"] and not any(waiting.values()) and "add" in rights.actions()
    return render(request, "desk/home.html", context)


def _lists(rights: Rights) -> dict[str, list[Item]]:
    """Returned, waiting, drafts and recent records: one query per entity that has ledgers."""
    groups: dict[str, list[tuple[Any, Any]]] = defaultdict(list)
    mine = Q(created_by_id=rights.user_id) | Q(handler_id=rights.user_id)
    models = list(dict.fromkeys(x.model for x in registry.ledgers() if rights.sees(x.zone)))
    for model in models:
        rows = visibility.visible_of(model.objects.all(), model, rights)
        drafts = list(rows.filter(mine, state=State.DRAFT).order_by("-updated_at")[: LIMIT * 2])
        for record in drafts:
            groups["returned" if record.returned_reason else "drafts"].append((record.updated_at, record))
        if "confirm" in rights.actions():
            waiting = rows.filter(state=State.PENDING).exclude(created_by_id=rights.user_id)
            groups["waiting"] += [(r.updated_at, r) for r in waiting.order_by("-updated_at")[: LIMIT * 2]]
        groups["recent"] += [(r.updated_at, r) for r in rows.filter(mine).order_by("-updated_at")[:LIMIT]]
    return {name: _items(groups[name], rights, name) for name in ("returned", "waiting", "drafts", "recent")}


def _items(pairs: list[tuple[Any, Any]], rights: Rights, name: str) -> list[Item]:
    found = []
    for at, record in sorted(pairs, key=lambda pair: pair[0], reverse=True):
        ledger = registry.of_record(record)
        if ledger is None or not rights.sees(ledger.zone):
            continue
        if name == "waiting" and not workflow.may("confirm", record, ledger, rights):
            continue
        badge = cells.badge(record.state, record.returned_reason)
        url = f"/l/{ledger.code}/{record.pk}/"
        found.append(Item(ledger.name, url, record.title, badge, record.returned_reason, at))
        if len(found) == LIMIT:
            break
    return found
