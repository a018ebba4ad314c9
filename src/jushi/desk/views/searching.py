"""Search over everything that the account may see, the palette, and suggestions while typing."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.apps import apps
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from jushi.desk import cells
from jushi.desk.access import DeskRequest, ledger_or_404, lookup_of
from jushi.kernel import scope, search
from jushi.kernel.models import Area, User
from jushi.ledger import lines as part_lines
from jushi.ledger import registry, visibility
from jushi.ledger.columns import AreaLink, Column, FigureName, Link, Parties, Tags, UserLink
from jushi.ledger.columns.links import numbered
from jushi.ledger.columns.parts import SEPARATORS
from jushi.ledger.declaration import Ledger
from jushi.reports import rights as allowed

SHOWN = 8
SUGGESTIONS = 20


@dataclass(slots=True)
class Hits:
    """What was found in one ledger."""

    ledger: Ledger
    url: str = ""
    count: int = 0
    records: list[tuple[UUID, str, str, Any]] = field(default_factory=list)


def records_like(request: DeskRequest, text: str, limit: int = 400) -> list[Hits]:
    """Visible records whose text contains ``text``, by ledger in menu order: one query, and one per entity found."""
    by_model: dict[str, list[UUID]] = defaultdict(list)
    for label, pk in search.find(text, scope.current().counties or (), limit):
        by_model[label].append(pk)
    bureau = request.user.bureau
    off = set(bureau.switched_off if bureau else ())
    hits: dict[str, Hits] = {}
    for label, ids in by_model.items():
        model: Any = apps.get_model(label)
        rows = visibility.visible_of(model.objects.filter(pk__in=ids), model, request.rights)
        found_rows = rows.order_by().values_list("year", "pk", "title", "kind", "state")
        # sorted here: asked to sort a few hundred ids, SQLite walks the whole county in that order instead
        for year, pk, title, kind, state in sorted(found_rows, key=lambda row: row[:2], reverse=True):
            ledger = registry.of_model(label, kind)
            if ledger is None or not visibility.opens(ledger, request.rights, off):
                continue
            found = hits.get(ledger.code)
            if found is None:
                url = f"{reverse('ledger', args=[ledger.code])}?{urlencode({'q': text})}"
                found = hits[ledger.code] = Hits(ledger, url)
            found.count += 1
            if len(found.records) < SHOWN:
                found.records.append((pk, title, cells.badge(state), year))
    order = {ledger.code: n for n, ledger in enumerate(registry.ledgers())}
    return sorted(hits.values(), key=lambda h: order[h.ledger.code])


def _indicators(request: DeskRequest, text: str) -> list[Any]:
    return [
        (found, ledger) for ledger, found in registry.indicators()
        if request.rights.sees(ledger.zone) and (text in found.name or any(text in a for a in found.aliases))
    ]  # fmt: skip


def _editions(request: DeskRequest, text: str) -> list[Any]:
    """Documents with the words in their title: drafts of the own bureau, and what was signed."""
    return list(allowed.readable(request.rights).filter(title__contains=text).order_by("-created_at")[:SHOWN])


@login_required
def search_page(request: DeskRequest) -> HttpResponse:
    """Everything that contains the words."""
    text = request.GET.get("q", "").strip()[:60]
    hits = records_like(request, text) if text else []
    ledgers = [x for x in visibility.ledgers_of(request.rights) if text and text in x.name]
    count = sum(h.count for h in hits)
    context = {
        "title": "搜索", "q": text, "hits": hits, "ledgers": ledgers, "indicators": _indicators(request, text)[:20] if text else [],
        "subtitle": f"“{text}”：{count}{'+' if count >= 400 else ''} 条记录" if text else "", "crumbs": [{"label": "搜索"}],
        "editions": _editions(request, text) if text else [],
    }  # fmt: skip
    return render(request, "desk/search.html", context)


@login_required
def palette(request: DeskRequest) -> JsonResponse:
    """What Ctrl+K finds beyond the menu: records, figures."""
    text = request.GET.get("q", "").strip()[:60]
    results: list[dict[str, str]] = []
    if text:
        for found, _ in _indicators(request, text)[:5]:
            results.append({"label": f"{found.name}（{found.unit}）", "url": reverse("indicator", args=[found.code]), "hint": "指标"})
        results += [{"label": e.title, "url": reverse("edition", args=[e.pk]), "hint": "文稿"} for e in _editions(request, text)[:4]]
        for hits in records_like(request, text, limit=60):
            results += [
                {"label": title, "url": reverse("record", args=[hits.ledger.code, pk]), "hint": hits.ledger.name}
                for pk, title, _, _ in hits.records[:3]
            ]
        every = {"label": f"搜索“{text}”", "url": f"{reverse('search')}?{urlencode({'q': text})}", "hint": "全部结果"}
        results = [*results[:19], every]
    return JsonResponse({"results": results})


@login_required
def suggest(request: DeskRequest) -> JsonResponse:
    """Names that a link, parties, place or tag column could take: ``?ledger=&column=&q=`` (``lines=`` for a line table)."""
    ledger = ledger_or_404(request, request.GET.get("ledger", ""))
    column, owner = _column(ledger, request.GET.get("lines", ""), request.GET.get("column", ""))
    typed = request.GET.get("q", "")
    for mark in SEPARATORS:
        typed = typed.split(mark)[-1]
    return JsonResponse({"results": _names(request, ledger, column, owner, typed.strip()[:60])})


def _column(ledger: Ledger, lines: str, name: str) -> tuple[Column, Any]:
    if lines:
        table = part_lines.named(ledger, lines)
        columns = part_lines.columns_of(table) if table is not None else ()
        found = next((c for c in columns if c.name == name), None)
        model: Any = apps.get_model(table.model) if table is not None else None
    else:
        found, model = ledger.by_name.get(name), ledger.model
    if found is None:
        raise Http404
    return found, model


def _names(request: DeskRequest, ledger: Ledger, column: Column, owner: Any, text: str) -> list[dict[str, str]]:
    county = request.rights.county
    if isinstance(column, AreaLink) or (isinstance(column, Parties) and column.to == "area"):
        rows: Any = Area.objects.filter(code__gte=county.ljust(12, "0"), code__lte=county.ljust(12, "9"), name__contains=text)
        return [{"value": n, "hint": p or ""} for n, p in rows.values_list("name", "parent__name")[:SUGGESTIONS]]
    if isinstance(column, UserLink):
        rows = User.objects.filter(bureau__county=county, full_name__contains=text, is_active=True)
        return [{"value": name, "hint": ""} for name in rows.values_list("full_name", flat=True)[:SUGGESTIONS]]
    if isinstance(column, FigureName):
        return [{"value": column.text(found.code), "hint": found.unit} for found, _ in _indicators(request, text)[:SUGGESTIONS]]
    if isinstance(column, Tags):
        return [{"value": n, "hint": ""} for _, n in column.choices(lookup_of(request, ledger)) if text in n]
    target = _target(ledger, column, owner)
    if target is None:
        return []
    rows = target.objects.filter(title__contains=text)
    kinds = getattr(column, "kinds", ())
    if kinds:
        rows = rows.filter(kind__in=kinds)
    seen = visibility.visible_of(rows, target, request.rights).exclude(state="void")
    found = list(seen.order_by("title", "-year").values_list("title", "serial", "year", "area__name")[:SUGGESTIONS])
    often = Counter(title for title, *_ in found)
    return [
        {"value": title, "hint": area or ""} if often[title] == 1 else {"value": numbered(title, serial), "hint": f"{year} 年"}
        for title, serial, year, area in found
    ]  # fmt: skip


def _target(ledger: Ledger, column: Column, owner: Any) -> Any:
    if owner is ledger.model:
        return visibility.target_model(ledger, column)
    from jushi.kernel.models import Record

    if not isinstance(column, Link):
        return None
    found = column.target(owner)
    return found if issubclass(found, Record) else None
