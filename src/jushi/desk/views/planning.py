"""计划: the tree of targets and plan items of a period, gaps, carrying over, and the matrix of routines. Editing is done in the ledgers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from jushi.desk.access import DeskRequest, bureau_of, own_county, require
from jushi.desk.context import period_of
from jushi.entities.models import PlanItem
from jushi.kernel.models import Bureau
from jushi.kernel.periods import Period, of_day, parse
from jushi.kernel.roles import Decision, Rights
from jushi.kernel.states import State
from jushi.ledger import registry, visibility
from jushi.ledger.store import RefusedError
from jushi.planning import carrying, gaps, routines
from jushi.planning.targets import Progress, progress, time_gone
from jushi.reports import rights as allowed

LIMIT = 400
LEDGERS = {"target": "targets", "plan_item": "plan_items"}


@dataclass(slots=True)
class Node:
    """A target or plan item on the tree, with how far value and time have come."""

    item: Any
    url: str
    depth: int
    progress: Progress | None
    elapsed: Decimal
    late: bool
    children: list[Node] = field(default_factory=list)


def _bureau(request: DeskRequest) -> Bureau:
    """The bureau, for those who work in it; a plan shows figures of the whole county."""
    bureau = bureau_of(request)
    if bureau.county and not allowed.inside(request.rights):
        raise Http404
    return own_county(request, "计划")


def _today(span: Period) -> date:
    """The date as at which a period is looked at: its end once it is over."""
    return min(max(timezone.localdate(), span.start), span.end)


@login_required
def plan(request: DeskRequest) -> HttpResponse:
    """What the period should bring and how far it is."""
    bureau = _bureau(request)
    span = parse(period_of(request))
    on = _today(span)
    rows = _items(bureau.county, span, request.rights)
    nodes = _flat(_tree(rows, on))
    codes, following = _periods(bureau.county, span), _following(span)
    context = {
        "title": "计划", "subtitle": f"{span.name} · {len(rows)} 项 · 截至 {on:%Y-%m-%d}", "crumbs": [{"label": "计划"}],
        "nodes": nodes, "elapsed": time_gone(span, on), "late": sum(n.late for n in nodes), "codes": codes, "span": span,
        "behind": sum(1 for n in nodes if n.progress and n.progress.colour == "red"), "gaps": _gaps(request.rights, bureau.county, span, codes),
        "may_carry": bool(_may_carry(request) and following), "next": following.code if following else "",
        "limit": LIMIT if len(rows) == LIMIT else 0,
        "open": len(carrying.open_items(bureau.county, on)) if _may_carry(request) else 0,
    }  # fmt: skip
    return render(request, "desk/plan/plan.html", context)


def _inside(code: str, span: Period) -> bool:
    """Whether a plan's own period is, holds or lies in the one looked at."""
    try:
        own = parse(code)
    except ValueError:
        return False
    return own.start <= span.end and own.end >= span.start


def _periods(county: str, span: Period) -> list[str]:
    rows = PlanItem.objects.filter(county=county, kind__in=LEDGERS).exclude(state=State.VOID)
    return [c for c in rows.order_by("period").values_list("period", flat=True).distinct() if _inside(c, span)]


def _items(county: str, span: Period, rights: Rights) -> list[Any]:
    rows = PlanItem.objects.filter(county=county, kind__in=LEDGERS, period__in=_periods(county, span), state__in=State.counted())
    seen = visibility.visible_of(rows, PlanItem, rights).select_related("office", "owner_user", "organisation", "carried_from", "area")
    return list(seen.order_by("kind", "due_on", "title")[:LIMIT])


def _tree(rows: list[Any], on: date) -> list[Node]:
    nodes = {row.pk: _node(row, on) for row in rows}
    roots: list[Node] = []
    for row in rows:
        above = nodes.get(row.parent_id)
        (above.children if above is not None and above.item.pk != row.pk else roots).append(nodes[row.pk])
    return sorted(roots, key=lambda n: (n.item.kind != "target", n.item.due_on or date.max, n.item.title))


def _node(row: Any, on: date) -> Node:
    measured = progress(row, on) if row.kind == "target" or row.indicator and row.target is not None else None
    ledger = LEDGERS[row.kind]
    late = bool(row.due_on and row.due_on < on and row.done_on is None and row.cancelled_on is None)
    return Node(row, reverse("record", args=[ledger, row.pk]), 0, measured, time_gone(parse(row.period), on), late)


def _flat(roots: list[Node]) -> list[Node]:
    """The tree from top to bottom; a circle of parents, should there be one, is cut where it closes."""
    found: list[Node] = []
    seen: set[Any] = set()
    stack = [(node, 0) for node in reversed(roots)]
    while stack:
        node, depth = stack.pop()
        if node.item.pk in seen:
            continue
        seen.add(node.item.pk)
        node.depth = min(depth, 4)
        found.append(node)
        stack += [(child, depth + 1) for child in reversed(node.children)]
    return found


def _gaps(rights: Rights, county: str, span: Period, codes: list[str]) -> list[tuple[str, str, list[Any]]]:
    """Problems of the year before that nothing answers, and items that no record fulfils."""
    problems = [p for year in sorted({span.year - 1, span.year}) for p in gaps.unanswered_problems(county, year)]
    items = [i for code in codes for i in gaps.unfulfilled_items(county, code)]
    found = []
    for label, ledger, rows in (("没有对应计划的问题", "problems", problems), ("还没有落实记录的计划", "plan_items", items)):
        own = registry.find(ledger)
        if own is None or not rights.sees(own.zone):
            continue
        seen = set(visibility.visible(own.queryset().filter(pk__in=[r.pk for r in rows]), own, rights).values_list("pk", flat=True))
        found.append((label, ledger, [r for r in rows if r.pk in seen]))
    return found


def _following(span: Period) -> Period | None:
    """The period that a plan is carried into; none after January to November, which is no plan of its own."""
    return span.after() if span.kind in {"year", "half", "quarter", "month"} else None


def _may_carry(request: DeskRequest) -> Decision:
    allowed_to = any({"plan", "compile"} & h.role.actions and h.role.scope == "county" for h in request.rights.holdings)
    return Decision(True) if allowed_to else Decision(False, "结转由统稿人或局领导办理")


@login_required
@require_POST
def carry(request: DeskRequest) -> HttpResponse:
    """Take what is not done into the next period."""
    bureau = _bureau(request)
    require(_may_carry(request))
    span = parse(period_of(request))
    following = _following(span)
    if following is None or request.POST.get("into") != following.code:
        messages.error(request, "期间已切换，请核对后再结转")
        return redirect("plan")
    try:
        made = carrying.carry_over(bureau, following.code, _today(span))
        messages.success(request, f"已结转 {len(made)} 项到{following.name}" if made else "没有需要结转的计划")
    except RefusedError as error:
        messages.error(request, str(error))
    return redirect("plan")


@login_required
def matrix(request: DeskRequest) -> HttpResponse:
    """Routines × months of the year: what was done, and in red what is lacking."""
    bureau = _bureau(request)
    year = of_day("year", parse(period_of(request)).end)
    rows = [
        _matrix_row(row) for row in routines.matrix(bureau.county, year, timezone.localdate())
        if (ledger := registry.find(row.routine.activity_ledger)) is None or visibility.opens(ledger, request.rights, bureau.switched_off)
    ]  # fmt: skip
    context = {
        "title": "例行制度", "subtitle": f"{year.name} · {len(rows)} 项", "crumbs": [{"label": "计划", "url": "/plan/"}, {"label": "例行制度"}],
        "rows": rows, "months": range(1, 13), "missing": sum(r["missing"] for r in rows),
    }  # fmt: skip
    return render(request, "desk/plan/routines.html", context)


def _matrix_row(row: routines.Row) -> dict[str, Any]:
    """One routine: for every month the slots that end in it, put together; the worst decides the colour."""
    worst = ("missing", "due", "running", "coming", "done")
    months: dict[int, list[Any]] = defaultdict(list)
    for cell in row.compliance.cells:
        months[cell.slot.end.month].append(cell)
    cells = []
    for number in range(1, 13):
        own = months.get(number, [])
        state = min((c.state for c in own), key=worst.index, default="")
        lacking = "、".join(f"{c.slot.label}缺{c.wanted - c.done}次" for c in own if c.state in {"missing", "due"})
        cells.append({"state": state, "done": sum(c.done for c in own), "wanted": sum(c.wanted for c in own), "title": lacking})
    ledger = registry.find(row.routine.activity_ledger)
    own_ledger = registry.of_record(row.routine)
    return {
        "routine": row.routine, "cells": cells, "expected": row.compliance.expected, "done": row.compliance.done, "ledger": ledger,
        "url": reverse("record", args=[own_ledger.code, row.routine.pk]) if own_ledger else "", "missing": len(row.compliance.missing),
    }  # fmt: skip
