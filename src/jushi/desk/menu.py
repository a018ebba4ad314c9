"""The left menu: what the account may open, with counts of what waits. Built once per account and kept for seconds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.models import Count
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe

from jushi.kernel.models import Bureau, Correction
from jushi.kernel.roles import Rights
from jushi.kernel.stamps import kept
from jushi.kernel.states import State
from jushi.ledger import visibility
from jushi.ledger.declaration import Ledger
from jushi.ledger.lines_of_business import LINES
from jushi.reports.rights import inside

# (label, icon, address name, actions of which one is needed, whose business it is: everybody's, a county's own, its bureau's)
SECTIONS = (
    ("指标", "chart-bar", "indicators", "view", ""),
    ("文稿", "file-text", "editions", "view signed", ""),
    ("校核", "checklist", "check", "view", "county"),
    ("计划", "target", "plan", "view", "bureau"),
    ("资料", "books", "library", "view", ""),
)
ADMIN = ("admin", "grant", "audit")
SECONDS = 20.0


@lru_cache(maxsize=4096)
def address(name: str, *args: str) -> str:
    """The address called ``name``, or '' while no part of the program answers it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def signature(rights: Rights) -> tuple[Any, ...]:
    """What of the rights decides what a menu shows."""
    held = tuple((h.role.code, h.office, h.area) for h in rights.holdings)
    narrow = any(h.role.scope in {"own", "area"} for h in rights.holdings)
    return (held, rights.user_id if narrow else None)


def entries(rights: Rights, bureau: Bureau | None) -> list[dict[str, Any]]:
    """The menu as the frame's templates want it, no entry active."""
    off = bureau.switched_off if bureau else []
    nav: list[dict[str, Any]] = [{"label": "工作台", "icon": "home", "url": "/"}]
    ledgers = visibility.ledgers_of(rights, off)
    if ledgers:
        nav.append(_ledgers(ledgers, rights, off))
    actions = rights.actions()
    for label, icon, name, needed, whose in SECTIONS:
        if (whose and not rights.county) or (whose == "bureau" and not inside(rights)):
            continue
        if set(needed.split()) & actions and (url := address(name)):
            nav.append({"label": label, "icon": icon, "url": url})
    if ledgers and rights.county and {"correct", "change"} & actions:
        nav.append({"label": "更正", "icon": "rubber-stamp", "url": reverse("corrections"), "count": _corrections()})
    if rights.county and set(ADMIN) & actions and (url := address("admin-home")):
        nav.append({"label": "管理", "icon": "settings", "url": url})
    return nav


def _ledgers(ledgers: list[Ledger], rights: Rights, off: Iterable[str]) -> dict[str, Any]:
    counts = waiting(rights, off)
    lines: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for ledger in ledgers:
        leaf = {"label": ledger.name, "url": reverse("ledger", args=[ledger.code]), "count": counts.get(ledger.code, 0)}
        lines[ledger.line].append(leaf)
    items = [
        {"label": f"{code} {LINES.get(code, '其他')}", "items": leaves, "count": sum(x["count"] for x in leaves)}
        for code, leaves in sorted(lines.items())
    ]
    return {"label": "台账", "icon": "books", "url": reverse("ledgers"), "items": items}


def waiting(rights: Rights, off: Iterable[str]) -> dict[str, int]:
    """:func:`pending` of everything that the account may open, kept for seconds."""
    off = tuple(off)
    key = ("pending", signature(rights), off)
    return kept(rights.county, key, lambda: pending(visibility.ledgers_of(rights, off), rights), seconds=SECONDS)


def pending(ledgers: list[Ledger], rights: Rights) -> dict[str, int]:
    """Ledger code → rows waiting for confirmation: one query per entity."""
    by_model: dict[Any, list[Ledger]] = defaultdict(list)
    for ledger in ledgers:
        by_model[ledger.model].append(ledger)
    found: dict[str, int] = {}
    for model, members in by_model.items():
        rows = visibility.visible_of(model.objects.filter(state=State.PENDING), model, rights)
        counts = rows.order_by().aggregate(**{f"n{i}": _count(ledger) for i, ledger in enumerate(members)})
        found |= {ledger.code: int(counts[f"n{i}"] or 0) for i, ledger in enumerate(members)}
    return found


def _count(ledger: Ledger) -> Count:
    condition = ledger.condition()  # counted by the county, which no row lacks: it stands in the index of waiting rows, the id does not
    return Count("county", filter=condition) if condition else Count("county")


def _corrections() -> int:
    return Correction.objects.filter(state=Correction.OPEN).count()


def html(rights: Rights, bureau: Bureau | None, path: str) -> SafeString:
    """The menu's markup for a page at ``path``."""
    county = rights.county
    key = ("menu", signature(rights), bureau.pk if bureau else None)
    nav = kept(county, key, lambda: entries(rights, bureau), seconds=SECONDS)
    active = _active(nav, path)

    def render() -> SafeString:
        return mark_safe(  # noqa: S308 - a rendered template
            render_to_string("desk/frame/side.html", {"nav": _marked(nav, active), "bureau": bureau.name if bureau else ""})
        )

    return kept(county, (*key, active), render, seconds=SECONDS)


def _leaves(nav: list[dict[str, Any]]) -> list[str]:
    found = []
    for entry in nav:
        if entry.get("items"):
            found += _leaves(entry["items"])
        if entry.get("url"):
            found.append(entry["url"])
    return found


def _active(nav: list[dict[str, Any]], path: str) -> str:
    """The longest address of the menu that ``path`` lies under."""
    hits = [url for url in _leaves(nav) if path == url or (url != "/" and path.startswith(url.rstrip("/") + "/"))]
    return max(hits, key=len, default="")


def _marked(nav: list[dict[str, Any]], active: str) -> list[dict[str, Any]]:
    marked = []
    for entry in nav:
        copy = dict(entry)
        if copy.get("items"):
            copy["items"] = _marked(copy["items"], active)
        copy["active"] = bool(active) and (copy.get("url") == active or any(x["active"] for x in copy.get("items", [])))
        marked.append(copy)
    return marked
