"""The list of a ledger, its exact totals, saved views."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from jushi.desk import cells, filters, menu
from jushi.desk.access import DeskRequest, bureau_of, ledger_or_404, lookup_of
from jushi.desk.context import period_of
from jushi.indicators import evaluate, scan
from jushi.indicators.values import Behind
from jushi.kernel import oplog
from jushi.kernel.periods import PeriodError, parse
from jushi.kernel.stamps import kept
from jushi.kernel.states import TRANSITIONS
from jushi.ledger import listing, marks, paging, registry, rows, visibility, workflow
from jushi.ledger.columns import Choice, Column, Day, Flag, Lookup, Number, Output, Text
from jushi.ledger.declaration import Ledger
from jushi.ledger.lines_of_business import LINES
from jushi.ledger.models import SavedView

PAGING = ("after", "before")
FIXED = ("figure",)


@login_required
def ledgers(request: DeskRequest) -> HttpResponse:
    """All ledgers that the account may open, by line of business."""
    bureau = request.user.bureau
    found = visibility.ledgers_of(request.rights, bureau.switched_off if bureau else ())
    waiting = menu.waiting(request.rights, bureau.switched_off if bureau else ())
    groups = [
        {"name": f"{code} {LINES.get(code, '其他')}",
         "ledgers": [{"ledger": x, "waiting": waiting.get(x.code, 0)} for x in found if x.line == code]}
        for code in sorted({x.line for x in found})
    ]  # fmt: skip
    return render(request, "desk/ledger/all.html", {"title": "台账", "groups": groups, "subtitle": f"{len(found)} 本"})


def figure_ids(request: DeskRequest, params: dict[str, str]) -> tuple[Any, str]:
    """Ids behind the figure that an address names, and the figure in words; (None, '') when it names none."""
    code = params.get("figure", "")
    if not code:
        return None, ""
    try:
        ledger, found = registry.indicator(code)
        period = parse(params.get("period") or period_of(request))
        area = evaluate.area_named(params["area"]) if params.get("area") else bureau_of(request).area
        words = f"{area.name} {period.name} {found.name}"
        if scan.is_leaf(found):
            return evaluate.record_ids(code, area, period), words
        return _rows_below(evaluate.behind(code, area, period), ledger.code), words
    except (KeyError, PeriodError, LookupError):
        return [], f"{code}（没有这个指标，或期间、地区看不懂）"


def _rows_below(behind: Behind, code: str) -> list[Any]:
    """Ids of the ledger's records under a computed figure: those of its numerator, denominator or terms."""
    own = [row.id for row in behind.rows if row.ledger == code]
    return own + [pk for part in behind.parts for pk in _rows_below(part, code)]


@login_required
def ledger_list(request: DeskRequest, code: str) -> HttpResponse:
    """One page of a ledger under the conditions of the address."""
    ledger = ledger_or_404(request, code)
    params = filters.plain_params(request.GET)
    lookup = lookup_of(request, ledger)
    ids, figure = figure_ids(request, params)
    found = listing.find(ledger, params, request.rights, lookup, ids=ids)
    size = int(params["n"]) if params.get("n", "") in {str(n) for n in listing.SIZES} else 50
    sort = params.get("sort", "")
    columns = cells.shown_columns(ledger, params.get("cols", "").split(","))
    edges = {"after": params.get("after", ""), "before": params.get("before", "")}
    page = paging.page(ledger, found, sort, columns, request.rights, size=size, **edges)
    unmask = _unmask(request, ledger, columns, params)
    total, sums = _totals(ledger, found, params, request, figure)
    pick = "view" in request.rights.actions()
    context = {
        "title": ledger.name, "ledger": ledger, "crumbs": _crumbs(ledger), "figure": figure,
        "subtitle": f"{total.words} {ledger.unit}", "capped": total.capped, "total": total.count,
        "head": cells.head(ledger, columns, sort, lambda s: address(params, sort=s), pick=pick),
        "rows": cells.body(ledger, columns, page.rows, unmask=unmask, pick=pick, marked=_marked(request, ledger, page.rows)),
        "row_count": len(page.rows),
        "foot": cells.foot(columns, sums, pick=pick), "has_totals": any(c.total for c in columns),
        "totals_url": f"{menu.address('ledger-totals', code)}?{urlencode(params)}",
        **_filter_context(request, ledger, params, found, lookup), **_paging(params, page, size),
        **_tools(request, ledger, params, columns, unmask),
    }  # fmt: skip
    return render(request, "desk/ledger/list.html", context)


def _marked(request: DeskRequest, ledger: Ledger, found: Sequence[rows.Row]) -> dict[Any, list[marks.Mark]]:
    """The marks of a page's rows: one query per mark that the ledger declares."""
    return marks.marked(ledger, [row.id for row in found], request.rights.county, timezone.localdate())


def _crumbs(ledger: Ledger) -> list[dict[str, str]]:
    return [
        {"label": "台账", "url": menu.address("ledgers")},
        {"label": LINES.get(ledger.line, "其他")},
        {"label": ledger.name},
    ]


def address(params: dict[str, str], **changes: str) -> str:
    """The list's own address with some parameters changed and the page position dropped."""
    kept_params = {k: v for k, v in {**params, **changes}.items() if v and k not in PAGING and k != "unmask"}
    kept_params |= {k: v for k, v in changes.items() if v and k in PAGING}
    return f"?{urlencode(kept_params)}" if kept_params else "?"


def _totals(ledger: Ledger, found: listing.Found, params: dict[str, str], request: DeskRequest, figure: str) -> tuple[paging.Total, dict[str, Any]]:
    """Count (up to the cap) and, below it, the sums: kept for seconds, since every page of the list asks again."""
    conditions = tuple(sorted((k, v) for k, v in params.items() if k not in {*PAGING, "sort", "cols", "n", "unmask"}))
    key = ("totals", ledger.code, conditions, figure, menu.signature(request.rights), request.user.bureau_id)

    def load() -> tuple[paging.Total, dict[str, Any]]:
        total = paging.total(ledger, found)
        if total.capped or not any(c.total for c in ledger.all_columns):
            return total, {}
        sums = rows.totals(ledger, found.rows)
        return total, {k: v for k, v in sums.items() if k}

    return kept(request.rights.county, key, load, seconds=10)


def _unmask(request: DeskRequest, ledger: Ledger, columns: list[Column], params: dict[str, str]) -> bool:
    """Whether personal columns are shown in full: only when asked for, only with the right, and then it is on record."""
    if params.get("unmask") != "1" or not any(c.personal for c in columns):
        return False
    if not request.rights.may("unmask", zone=ledger.zone):
        return False
    oplog.event("查看完整个人信息", county=request.rights.county, reason=f"{ledger.name}列表")
    return True


def _filter_context(request: DeskRequest, ledger: Ledger, params: dict[str, str], found: listing.Found, lookup: Lookup) -> dict[str, Any]:
    boxes = filters.boxes(ledger, params, found.problems, lookup)
    active = sum(1 for b in boxes if b.value or b.low or b.high)
    kept_names = {k: v for k, v in params.items() if k in {"sort", "cols", "n", "view"}}
    return {
        "boxes": filters.markup(ledger, boxes[: filters.FIRST]), "more_boxes": filters.markup(ledger, boxes[filters.FIRST :]),
        "hidden_params": kept_names,
        "filtered": bool(found.applied or params.get("q") or found.period or params.get("figure")), "active_count": active,
        "q": params.get("q", ""), "chosen_period": params.get("period", ""),
        "period_options": filters.period_options(params.get("period", ""), period_of(request)),
        "problems": found.problems,
    }  # fmt: skip


def _paging(params: dict[str, str], page: paging.Page, size: int) -> dict[str, Any]:
    first, last = (str(page.rows[0].id), str(page.rows[-1].id)) if page.rows else ("", "")
    return {
        "next_url": address(params, after=last) if page.has_next else "",
        "previous_url": address(params, before=first) if page.has_previous and first else "",
        "first_url": address(params) if page.has_previous else "",
        "sizes": [(n, address(params, n=str(n)), n == size) for n in listing.SIZES],
    }


def _tools(request: DeskRequest, ledger: Ledger, params: dict[str, str], columns: list[Column], unmask: bool) -> dict[str, Any]:
    rights = request.rights
    personal = any(c.personal for c in columns) and not unmask
    exported = bool(rights.may("export", zone=ledger.zone))
    clean = {k: v for k, v in params.items() if k not in PAGING and k != "unmask"}
    return {
        "example": "，".join(f"{c.label_for(ledger.model)} {c.example}" for c in ledger.columns if c.example),
        "may_add": bool(workflow.may_add(ledger, rights)), "steps": _steps(ledger, rights), "fields": batch_fields(ledger, rights),
        "chooser": cells.chooser(ledger, columns),
        "views": _views(request, ledger, params), "query": urlencode(clean),
        "unmask_url": address(params) + "&unmask=1" if personal and rights.may("unmask", zone=ledger.zone) else "",
        "import_url": menu.address("ledger-import", ledger.code) if rights.may("import", zone=ledger.zone, entity=ledger.model.__name__)
        and not ledger.read_only else "",
        "export_url": menu.address("ledger-export", ledger.code) if exported else "",
        "template_url": menu.address("ledger-template", ledger.code) if not ledger.read_only else "",
        "closing_url": menu.address("ledger-closing", ledger.code) if ledger.at != "year" else "",
    }  # fmt: skip


def _steps(ledger: Ledger, rights: Any) -> list[tuple[str, str, bool]]:
    """Transitions that the account may take with some row of the ledger; the row itself decides in the end."""
    named = {"zone": ledger.zone, "entity": ledger.model.__name__}
    allowed = {a for a in ("change", "confirm", "lock") if rights.may(a, **named)}
    either = {"void": {"change", "confirm"}}
    return [(s.code, s.name, s.needs_reason) for s in TRANSITIONS if either.get(s.code, {s.permission}) & allowed and s.code != "restore"]


def batch_fields(ledger: Ledger, rights: Any) -> list[tuple[str, str]]:
    """Columns that may be changed for many rows at once: plain values that do not identify the row."""
    if not rights.may("change", zone=ledger.zone, entity=ledger.model.__name__) or ledger.read_only:
        return []
    plain = (Choice, Day, Flag, Number, Text)
    return [
        (c.name, c.label_for(ledger.model)) for c in ledger.editable
        if (isinstance(c, plain) or c.name in {"area", "handler"}) and not isinstance(c, Output)
        and c.name not in {*ledger.key, "title"} and not c.personal
    ]  # fmt: skip


def _views(request: DeskRequest, ledger: Ledger, params: dict[str, str]) -> list[dict[str, Any]]:
    load = lambda: list(SavedView.objects.filter(ledger=ledger.code))  # noqa: E731 - a query, asked again after any write
    found = kept(request.rights.county, ("views", ledger.code), load, seconds=5)
    mine = [v for v in found if v.shared or v.owner_id == request.user.pk]
    now = urlencode(sorted((k, v) for k, v in params.items() if k not in PAGING))
    plain = {"name": "全部", "url": "?", "active": not now}
    return [plain, *({"name": v.name, "url": f"?{v.query}", "active": v.query == now, "id": v.pk,
                      "mine": v.owner_id == request.user.pk} for v in mine)]  # fmt: skip


@login_required
def ledger_totals(request: DeskRequest, code: str) -> HttpResponse:
    """Exact count and sums of the filtered rows, asked for by htmx where the list showed 10,000+."""
    ledger = ledger_or_404(request, code)
    params = filters.plain_params(request.GET)
    ids, _ = figure_ids(request, params)
    found = listing.find(ledger, params, request.rights, lookup_of(request, ledger), ids=ids)
    sums = rows.totals(ledger, found.rows)
    parts = [format_html("共 {} {}", int(sums.pop("")), ledger.unit)]
    parts += [format_html("{} {}", ledger.column(n).label_for(ledger.model), ledger.column(n).text(v)) for n, v in sums.items()]
    return HttpResponse(SafeString(" · ".join(parts)))


@login_required
@require_POST
def save_view(request: DeskRequest, code: str) -> HttpResponse:
    """Keep the list's present conditions under a name, or drop a kept one."""
    ledger = ledger_or_404(request, code)
    county = bureau_of(request).county
    if gone := request.POST.get("drop"):
        view = SavedView.objects.filter(pk=gone, ledger=code, owner=request.user).first()
        if view is not None:
            with oplog.operation("删除视图", county=county):
                view.delete()
        return redirect("ledger", code)
    name = request.POST.get("name", "").strip()[:40]
    params = dict(part.split("=", 1) for part in request.POST.get("query", "").split("&") if "=" in part)
    query = "&".join(f"{k}={v}" for k, v in sorted(params.items()) if k not in PAGING)[:1000]
    if not name:
        messages.error(request, "请给视图起个名称")
        return redirect(f"{reverse('ledger', args=[code])}?{query}")
    shared = request.POST.get("shared") == "1"
    with oplog.operation("保存视图", county=county):
        view = SavedView.objects.filter(ledger=code, owner=request.user, name=name).first()
        view = view or SavedView(county=county, ledger=ledger.code, owner=request.user, name=name)
        view.query, view.shared = query, shared
        view.save()
    messages.success(request, f"已保存视图“{name}”")
    return redirect(f"{reverse('ledger', args=[code])}?{query}")
