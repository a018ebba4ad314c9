"""The workbench: what is due from me, what is returned to me, what waits for me, what I left unfinished."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jushi.desk import cells, menu, todo
from jushi.desk.access import DeskRequest
from jushi.desk.views.administration import doors
from jushi.kernel.models import ChangeLine, Correction, Operation, Record, SearchEntry
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
    if not found:
        signed = [("文稿", reverse("editions"), "查看已签发的文稿和其中的数字")] if "signed" in rights.actions() else []
        context["doors"] = [*signed, *doors(rights)]
    else:
        key = ("workbench", menu.signature(rights), request.user.pk)
        context |= kept(rights.county, key, lambda: _lists(rights), seconds=10)
        waiting = menu.waiting(rights, bureau.switched_off if bureau else ())
        context["by_ledger"] = [(x.name, x.code, waiting[x.code], x.unit) for x in found if waiting.get(x.code)]
        if "correct" in rights.actions():
            context["corrections"] = Correction.objects.filter(state=Correction.OPEN).exclude(asked_by=request.user).count()
        # the three ways to begin stand here until the bureau has its first record
        started = context["recent"] or kept(rights.county, "started", lambda: SearchEntry.objects.filter(county=rights.county).exists())
        context["dues"] = bool(rights.county) and any(action in rights.actions() for action in todo.DOING)
        context["fresh"] = not started and "add" in rights.actions()
    return render(request, "desk/home.html", context)


def _lists(rights: Rights) -> dict[str, list[Item]]:
    """Returned, drafts and waiting: one query per entity that has ledgers. Recent: out of the change log."""
    groups: dict[str, list[tuple[Any, Any]]] = defaultdict(list)
    mine = Q(created_by_id=rights.user_id) | Q(handler_id=rights.user_id)
    wanted = Q(mine, state=State.DRAFT)
    if "confirm" in rights.actions():
        wanted |= Q(state=State.PENDING) & (Q(created_by_id=None) | ~Q(created_by_id=rights.user_id))
    for model in dict.fromkeys(x.model for x in registry.ledgers() if rights.sees(x.zone)):
        rows = visibility.visible_of(model.objects.filter(wanted), model, rights)
        for record in rows.order_by("-updated_at")[: LIMIT * 4]:
            name = "waiting" if record.state == State.PENDING else "returned" if record.returned_reason else "drafts"
            groups[name].append((record.updated_at, record))
    groups["recent"] = _recent(rights)
    return {name: _items(groups[name], rights, name) for name in ("returned", "waiting", "drafts", "recent")}


def _recent(rights: Rights) -> list[tuple[Any, Any]]:
    """Records that the account wrote to last: one query for operations, one for their lines, one per entity among them."""
    done = list(Operation.objects.filter(actor_id=rights.user_id, lines__lt=500).order_by("-at").values_list("pk", "at")[:60])
    at = dict(done)
    lines = ChangeLine.objects.filter(operation_id__in=list(at)).exclude(action="event").order_by("-operation_id")[:400]
    latest: dict[str, dict[Any, Any]] = defaultdict(dict)
    for label, pk, owner, operation in lines.values_list("model", "object_id", "owner_id", "operation_id"):
        if owner is None:
            latest[label].setdefault(pk, at[operation])
    found = []
    for label, when in latest.items():
        model: Any = apps.get_model(label)
        if issubclass(model, Record):
            rows = visibility.visible_of(model.objects.filter(pk__in=list(when)), model, rights)
            found += [(when[r.pk], r) for r in rows]
    return found


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
