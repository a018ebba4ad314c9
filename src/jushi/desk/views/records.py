"""The page of one record: content, course, files, links, uses, history."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from jushi.desk import cells, grid, history, hooks, linked
from jushi.desk.access import DeniedError, DeskRequest, ledger_or_404, lookup_of, record_or_404, require
from jushi.indicators import evaluate, usage
from jushi.kernel import evidence, oplog
from jushi.kernel.models import Correction
from jushi.kernel.periods import of_day
from jushi.kernel.states import State
from jushi.ledger import lines as part_lines
from jushi.ledger import registry, visibility, workflow
from jushi.ledger.checking import warnings_of
from jushi.ledger.columns import Column, LongText
from jushi.ledger.declaration import Ledger
from jushi.ledger.lines_of_business import LINES
from jushi.ledger.marks import marked
from jushi.ledger.rows import Row, fetch_one
from jushi.ledger.store import RefusedError

TABS = (
    ("content", "内容"),
    ("course", "过程"),
    ("files", "佐证"),
    ("links", "关联"),
    ("uses", "引用"),
    ("history", "历史"),
)


@login_required
def record_page(request: DeskRequest, code: str, pk: UUID) -> HttpResponse:
    """One record; ``?tab=`` chooses what is read about it."""
    ledger = ledger_or_404(request, code)
    record = record_or_404(request, ledger, pk)
    tab = request.GET.get("tab", "content")
    if tab not in dict(TABS):
        raise Http404
    context = head_context(request, ledger, record, tab) | _READERS[tab](request, ledger, record)
    if "moved" in request.GET:
        context["queue"] = {"next": _next_waiting(request, ledger)}
    return render(request, f"desk/record/{tab}.html", context)


def _next_waiting(request: DeskRequest, ledger: Ledger) -> Any:
    """The newest record of the ledger that waits for this account's confirmation; None when none does."""
    rows = visibility.visible(ledger.queryset().filter(state=State.PENDING), ledger, request.rights)
    rows = rows.exclude(created_by_id=request.rights.user_id) if request.rights.user_id else rows
    return next((r for r in rows.order_by(f"-{ledger.at}", "-pk")[:20] if workflow.may("confirm", r, ledger, request.rights)), None)


def head_context(request: DeskRequest, ledger: Ledger, record: Any, tab: str = "content") -> dict[str, Any]:
    """What stands above every tab."""
    rights = request.rights
    offers = workflow.offers(record, ledger, rights)
    change = workflow.may("change", record, ledger, rights)
    confirmed = record.state in (State.CONFIRMED, State.LOCKED)
    stages = workflow.stages_after(record, ledger, rights)
    return {
        "marks": marked(ledger, [record.pk], record.county, timezone.localdate()).get(record.pk, []),
        "title": record.title, "ledger": ledger, "record": record, "badge": cells.badge(record.state, record.returned_reason),
        "crumbs": crumbs(ledger, record), "tab": tab, "stage": ledger.stage(getattr(record, "stage", "")),
        "tabs": [(k, name, "?" if k == "content" else f"?tab={k}", k == tab) for k, name in TABS],
        "next_steps": [o for o in offers if o.is_next], "other_steps": [o for o in offers if not o.is_next and o.decision],
        "refused": _refused(offers, change), "stages": [s for s, d in stages if d],
        "digests": [d for d in ledger.all_digests if d.on_record(record)],
        "may_change": bool(change), "may_correct": confirmed and bool(rights.may("change", zone=ledger.zone, entity=type(record).__name__)),
        "may_delete": bool(workflow.may("delete", record, ledger, rights)),
        "open_corrections": Correction.objects.filter(record_id=record.pk, state=Correction.OPEN).count() if confirmed else 0,
    }  # fmt: skip


def crumbs(ledger: Ledger, record: Any = None, last: str = "") -> list[dict[str, str]]:
    """The way to a record's page."""
    found = [{"label": "台账", "url": reverse("ledgers")}, {"label": LINES.get(ledger.line, "其他")},
             {"label": ledger.name, "url": reverse("ledger", args=[ledger.code])}]  # fmt: skip
    if record is not None:
        found.append({"label": record.title[:24], "url": reverse("record", args=[ledger.code, record.pk]) if last else ""})
    if last:
        found.append({"label": last})
    return found


def _refused(offers: list[workflow.Offer], change: Any) -> list[tuple[str, str]]:
    """What cannot be done now and why, so that nobody has to guess."""
    found = [(o.name, o.decision.reason) for o in offers if not o.decision]
    if not change:
        found.insert(0, ("修改", change.reason))
    return found


def _content(request: DeskRequest, ledger: Ledger, record: Any) -> dict[str, Any]:
    row = fetch_one(ledger, record.pk)
    if row is None:
        raise Http404
    row = visibility.veil(ledger, ledger.all_columns, [row], request.rights)[0]
    personal = [c for c in ledger.all_columns if c.personal and row.cells.get(c.name)]
    allowed = bool(personal) and bool(request.rights.may("unmask", zone=ledger.zone))
    unmask = allowed and request.GET.get("unmask") == "1"
    if unmask:
        oplog.event("查看完整个人信息", county=record.county, reason=f"{ledger.name}：{record.title}"[:300])
    tables = [_table(request, ledger, lines, record) for lines in ledger.lines]
    return {"groups": _groups(ledger, row, unmask), "warnings": _warnings(ledger, record, row), "tables": tables,
            "may_unmask": allowed and not unmask,
            "office": record.office, "handler": record.handler, "created_by": record.created_by}  # fmt: skip


def _warnings(ledger: Ledger, record: Any, row: Row) -> list[tuple[str, str]]:
    """What the ledger has to say of the row as it stands: label of the column, message."""
    found = warnings_of(ledger, record, row.cells) if record.state != State.VOID else {}
    return [(ledger.column(name).label_for(ledger.model) if name in ledger.by_name else "", text) for name, text in found.items()]


def _groups(ledger: Ledger, row: Row, unmask: bool) -> list[tuple[str, list[tuple[str, SafeString, bool]]]]:
    found = []
    named = {name for group in ledger.groups for name in group.columns}
    rest = [c.name for c in ledger.all_columns if c.name not in named and c.name not in {"state", "serial"}]
    groups = [(g.title, list(g.columns)) for g in ledger.groups]
    if rest:
        groups.append(("办理情况", rest))
    for title, names in groups:
        facts = [_fact(ledger, ledger.by_name[n], row, unmask) for n in names]
        filled = [f for f in facts if f[1]]
        if filled:
            found.append((title, filled))
    return found


def _fact(ledger: Ledger, column: Column, row: Row, unmask: bool) -> tuple[str, SafeString, bool]:
    value = row.cells[column.name]
    model = visibility.target_model(ledger, column)
    inner = cells.linked(value, model) if model is not None else cells.content(column, value, unmask=unmask)
    return column.label_for(ledger.model), inner, isinstance(column, LongText)


def _table(request: DeskRequest, ledger: Ledger, lines: Any, record: Any) -> dict[str, Any]:
    """A line table as it is read."""
    from django.apps import apps

    columns = part_lines.columns_of(lines)
    model = apps.get_model(lines.model)
    rows = part_lines.load(lines, [record.pk]).get(record.pk, [])
    return {
        "lines": lines, "head": [c.label_for(model) for c in columns],
        "rows": [[(c.label_for(model), cells.content(c, row.values[c.name], unmask=False)) for c in columns] for row in rows],
        "may_change": may_change_lines(request, ledger, record),
    }  # fmt: skip


def may_change_lines(request: DeskRequest, ledger: Ledger, record: Any) -> bool:
    """Lines (progress, steps) go on after the record is confirmed, as its stages do; a locked one is corrected."""
    if workflow.may("change", record, ledger, request.rights):
        return True
    office = workflow.office_code(record.county, record.office_id)
    allowed = request.rights.may("change", zone=ledger.zone, entity=type(record).__name__, office=office)
    return record.state == State.CONFIRMED and bool(allowed) and bool(ledger.stages)


@login_required
def lines(request: DeskRequest, code: str, pk: UUID, name: str) -> HttpResponse:
    """One line table of a record: read, edited in place (htmx), saved."""
    ledger = ledger_or_404(request, code)
    record = record_or_404(request, ledger, pk)
    table = part_lines.named(ledger, name)
    if table is None:
        raise Http404
    context: dict[str, Any] = {"ledger": ledger, "record": record}
    if request.method == "GET" and not request.GET.get("edit"):
        return render(request, "desk/record/lines.html", context | {"table": _table(request, ledger, table, record)})
    if not may_change_lines(request, ledger, record):
        raise DeniedError(workflow.may("change", record, ledger, request.rights))
    lookup = lookup_of(request, ledger)
    if request.method != "POST":
        rows = part_lines.load(table, [record.pk]).get(record.pk, [])
        return render(request, "desk/record/lines_edit.html", context | {"grid": grid.build(ledger, table, rows, lookup)})
    rows = grid.posted(table, request.POST.dict())
    problem = ""
    try:
        saved = part_lines.save(table, record, rows, lookup)
    except RefusedError as error:
        saved, problem = False, str(error)
    if not saved:
        found = grid.build(ledger, table, rows, lookup)
        return render(request, "desk/record/lines_edit.html", context | {"grid": found, "problem": problem}, status=422)
    response = render(request, "desk/record/lines.html", context | {"table": _table(request, ledger, table, record)})
    response["HX-Trigger"] = '{"toast": "\\u5df2\\u4fdd\\u5b58"}'
    return response


def _course(request: DeskRequest, ledger: Ledger, record: Any) -> dict[str, Any]:
    steps = history.steps_of(ledger, record, request.rights)
    path = []
    now = ledger.stage(getattr(record, "stage", ""))
    reached = {c.after for s in steps for c in s.changes if c.label == "进展"}
    for stage in _path(ledger, now, reached):
        day = getattr(record, stage.date, None) if stage.date else None
        path.append((stage.name, "now" if stage is now else "done" if day or stage.name in reached else "", day))
    return {"steps": steps, "path": path}


def _path(ledger: Ledger, now: Any, reached: set[str]) -> list[Any]:
    """The usual way through the stages, and whatever else was reached: side exits (refused, withdrawn) only when taken."""
    usual: list[Any] = []
    stage = ledger.stages[0] if ledger.stages else None
    while stage is not None and stage not in usual:
        usual.append(stage)
        stage = ledger.stage(stage.to[0]) if stage.to else None
    return [s for s in ledger.stages if s in usual or s is now or s.name in reached]


def _files(request: DeskRequest, ledger: Ledger, record: Any) -> dict[str, Any]:
    found = evidence.of_record(record)
    return {"files": [(e, e.blob.mime in evidence.INLINE, e.blob.mime.startswith("image/")) for e in found],
            "may_attach": may_attach(request, ledger, record)}  # fmt: skip


def may_attach(request: DeskRequest, ledger: Ledger, record: Any) -> bool:
    """Proof may be added to whatever the account may edit, also after confirmation (but not to what is void)."""
    office = workflow.office_code(record.county, record.office_id)
    allowed = request.rights.may("change", zone=ledger.zone, entity=type(record).__name__, office=office)
    return bool(allowed) and record.state != State.VOID


def _links(request: DeskRequest, ledger: Ledger, record: Any) -> dict[str, Any]:
    row = fetch_one(ledger, record.pk)
    if row is None:
        raise Http404
    row = visibility.veil(ledger, ledger.all_columns, [row], request.rights)[0]
    return {"forward": linked.forward(ledger, row.cells), "backward": linked.backward(record, request.rights)}


def _uses(request: DeskRequest, ledger: Ledger, record: Any) -> dict[str, Any]:
    indicators = usage.counting(record)
    day = getattr(record, ledger.at, None)
    period = of_day("year", day) if isinstance(day, date) else None
    values: dict[str, Any] = {}
    if indicators and period is not None and request.user.bureau is not None:
        values = evaluate.measure([i.code for i in indicators], request.user.bureau.area, period)
    return {"indicators": [(i, values.get(i.code)) for i in indicators], "at_period": period,
            "documents": hooks.documents_quoting(record), "counted": record.is_counted}  # fmt: skip


def _history(request: DeskRequest, ledger: Ledger, record: Any) -> dict[str, Any]:
    steps = [s for s in history.steps_of(ledger, record, request.rights) if s.changes]
    return {"steps": steps}


_READERS = {
    "content": _content, "course": _course, "files": _files, "links": _links, "uses": _uses, "history": _history,
}  # fmt: skip


@login_required
def go(request: DeskRequest, label: str, pk: UUID) -> HttpResponse:
    """The page of a record known by its entity and id, in whichever ledger it stands."""
    for ledger in registry.ledgers():
        if ledger.model._meta.label == label and request.rights.sees(ledger.zone):
            record = visibility.visible_of(ledger.model.objects.filter(pk=pk), ledger.model, request.rights).first()
            own = registry.of_record(record) if record is not None else None
            if own is None:
                raise Http404
            return redirect("record", own.code, pk)
    raise Http404


@login_required
@require_POST
def remark(request: DeskRequest, code: str, pk: UUID) -> HttpResponse:
    """Add a remark to the course of a record."""
    ledger = ledger_or_404(request, code)
    record = record_or_404(request, ledger, pk)
    text = request.POST.get("text", "").strip()
    if text:
        history.note(record, text)
        messages.success(request, "批注已记入过程")
    else:
        messages.error(request, "请写批注内容")
    return redirect(f"{reverse('record', args=[code, pk])}?tab=course")


@login_required
@require_POST
def drop(request: DeskRequest, code: str, pk: UUID) -> HttpResponse:
    """Delete a draft."""
    from jushi.ledger import store

    ledger = ledger_or_404(request, code)
    record = record_or_404(request, ledger, pk)
    require(workflow.may("delete", record, ledger, request.rights))
    try:
        store.delete(ledger, record)
    except RefusedError as error:
        messages.error(request, str(error))
        return redirect("record", code, pk)
    messages.success(request, f"已删除“{record.title}”")
    return redirect("ledger", code)


def referrer(request: HttpRequest, fallback: str) -> str:
    """Where to go back to: only ever an address of this site."""
    return request.POST.get("back", "") if request.POST.get("back", "").startswith("/l/") else fallback
