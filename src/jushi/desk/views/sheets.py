"""Ledgers as spreadsheets: template, export, and import in four steps — file, mapping, result, confirmation."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from jushi.desk import filters
from jushi.desk.access import DeskRequest, bureau_of, ledger_or_404, lookup_of, require
from jushi.desk.downloads import CSV, XLSX, download, named
from jushi.desk.views.lists import figure_ids
from jushi.desk.views.records import crumbs
from jushi.kernel import oplog, scope
from jushi.kernel.ids import uuid_of
from jushi.kernel.states import State
from jushi.ledger import jobs, listing, workflow
from jushi.ledger.declaration import Ledger
from jushi.ledger.models import ImportBatch
from jushi.ledger.rows import ordered
from jushi.ledger.sheets import batches
from jushi.ledger.sheets.exporting import to_csv, to_xlsx
from jushi.ledger.sheets.plan import DROPPED, Plan, PlannedRow
from jushi.ledger.sheets.reading import UnreadableSheetError
from jushi.ledger.sheets.template import template as make_template
from jushi.ledger.store import Author, RefusedError

SHOWN = 200  # wrong or changed rows on one page


def _under(asked: scope.Scope, lines: Iterator[str]) -> Iterator[str]:
    """Lines made under the scope of the request, though they are sent after it has ended."""
    while True:
        with scope.use(asked):
            line = next(lines, None)
        if line is None:
            return
        yield line


@login_required
def template(request: DeskRequest, code: str) -> HttpResponse:
    """The Excel template of a ledger."""
    ledger = ledger_or_404(request, code)
    return download(make_template(ledger, lookup_of(request, ledger)), XLSX, f"{ledger.name}模板.xlsx")


@login_required
def export(request: DeskRequest, code: str) -> HttpResponse | StreamingHttpResponse:
    """The rows of a list as it is filtered, as xlsx or csv; logged, personal data masked unless the account may see it."""
    ledger = ledger_or_404(request, code)
    require(request.rights.may("export", zone=ledger.zone))
    params, lookup = filters.plain_params(request.GET), lookup_of(request, ledger)
    ids, _ = figure_ids(request, params)
    picked = [word for word in request.GET.getlist("pick") if uuid_of(word)]
    found = listing.find(ledger, params, request.rights, lookup, ids=picked or ids)
    rows = ordered(ledger, found.rows, params.get("sort", ""))
    unmask = request.GET.get("unmask") == "1" and bool(request.rights.may("unmask", zone=ledger.zone))
    columns = [c for c in ledger.all_columns if c.name != "stage" or ledger.stages]
    oplog.event("导出" + ("（含个人信息原文）" if unmask else ""), county=request.rights.county, reason=ledger.name)
    name = f"{ledger.name}-{timezone.localdate():%Y%m%d}"
    if request.GET.get("format") == "csv":
        lines = _under(scope.current(), to_csv(ledger, rows, columns, unmask=unmask, rights=request.rights))
        return named(StreamingHttpResponse(lines, content_type=CSV), f"{name}.csv")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.xlsx"
        to_xlsx(ledger, rows, columns, path, unmask=unmask, rights=request.rights)
        return download(path.read_bytes(), XLSX, name + ".xlsx")


@login_required
def begin(request: DeskRequest, code: str) -> HttpResponse:
    """① Choose a file or paste cells."""
    ledger = ledger_or_404(request, code)
    require(request.rights.may("import", zone=ledger.zone, entity=ledger.model.__name__))
    problem = ""
    if request.method == "POST":
        try:
            batch = _begin(request, ledger)
            return redirect("import-batch", ledger.code, batch.pk)
        except UnreadableSheetError as error:
            problem = str(error)
    recent = ImportBatch.objects.filter(county=request.rights.county, ledger=ledger.code).order_by("-created_at")[:10]
    context = {
        "title": f"导入{ledger.name}", "ledger": ledger, "problem": problem, "recent": recent, "step": 1,
        "crumbs": [*crumbs(ledger), {"label": "导入"}],
    }  # fmt: skip
    return render(request, "desk/import/begin.html", context, status=422 if problem else 200)


def _begin(request: DeskRequest, ledger: Ledger) -> ImportBatch:
    upload = request.FILES.get("file")
    if getattr(request, "upload_refused", ""):
        raise UnreadableSheetError(request.upload_refused)  # type: ignore[attr-defined]
    pasted = request.POST.get("pasted", "").strip("\n")
    if upload is None and not pasted.strip():
        raise UnreadableSheetError("请选择一个文件，或把 Excel 中的单元格（连同表头）粘贴进来")
    data = upload.read() if upload is not None else pasted.encode()
    name = (upload.name or "文件") if upload is not None else "粘贴内容"
    return batches.begin(ledger, data, name, request.rights.county, request.user)


def _batch_or_404(request: DeskRequest, ledger: Ledger, pk: UUID) -> ImportBatch:
    found = ImportBatch.objects.filter(pk=pk, county=request.rights.county, ledger=ledger.code).first()
    if found is None:
        raise Http404
    return found


@login_required
def batch(request: DeskRequest, code: str, pk: UUID) -> HttpResponse:
    """② mapping ③ result with wrong cells in place ④ confirmation, progress, summary, undo."""
    ledger = ledger_or_404(request, code)
    require(request.rights.may("import", zone=ledger.zone, entity=ledger.model.__name__))
    found = _batch_or_404(request, ledger, pk)
    author = workflow.author_of(ledger, bureau_of(request), request.user, request.rights)
    try:
        if request.method == "POST":
            return _act(request, ledger, found, author)
        if found.state == "running":
            return _running(request, ledger, found)
        if found.state in {"done", "undone"}:
            return _finished(request, ledger, found)
        return _preview(request, ledger, found, author)
    except UnreadableSheetError as error:
        messages.error(request, str(error))
        return redirect("ledger-import", ledger.code)


def _act(request: DeskRequest, ledger: Ledger, found: ImportBatch, author: Author) -> HttpResponse:
    action = request.POST.get("action", "")
    if action == "map":
        mapping = {k.removeprefix("map."): v for k, v in request.POST.items() if k.startswith("map.") and v in ledger.by_name}
        once = {position: name for position, name in mapping.items() if list(mapping.values()).count(name) == 1}
        if len(once) < len(mapping):
            messages.error(request, "同一列只能对应一次，重复的对应已去掉，请核对")
        batches.revise(found, mapping=once, sheet=request.POST.get("sheet", found.sheet), header_row=_header(request, found))
    elif action == "fix":
        batches.revise(found, edits=batches.edited(found, _typed(request)))
    elif action == "confirm":
        return _confirm(request, ledger, found, author)
    elif action == "undo":
        try:
            messages.success(request, f"已撤销，删去 {batches.undo(found)} 条记录")
        except RefusedError as error:
            messages.error(request, str(error))
    return redirect("import-batch", ledger.code, found.pk)


def _header(request: DeskRequest, found: ImportBatch) -> int:
    text = request.POST.get("header_row", "")
    return int(text) if text.isdigit() and 1 <= int(text) <= 50 else int(found.header_row)


def _typed(request: DeskRequest) -> dict[str, dict[str, Any]]:
    """Cells corrected in the grid: ``cell.LINE.COLUMN``; ``drop.LINE`` leaves the row out."""
    cells: dict[str, dict[str, Any]] = {}
    for key, value in request.POST.items():
        kind, _, rest = key.partition(".")
        line, _, name = rest.partition(".")
        if kind == "cell" and line.isdigit() and value != request.POST.get(f"was.{line}.{name}"):
            cells.setdefault(line, {})[name] = value
        elif kind == "drop" and line.isdigit():
            cells.setdefault(line, {})[DROPPED] = True
    return cells


def _confirm(request: DeskRequest, ledger: Ledger, found: ImportBatch, author: Author) -> HttpResponse:
    state = request.POST.get("state", State.PENDING)
    state = state if state in (State.DRAFT, State.PENDING) else State.PENDING
    planned = batches.plan_of(found, author)
    try:
        if planned.count("new") + planned.count("change") > jobs.MANY and not planned.count("wrong"):
            batches.revise(found, state="running")
            batches.tell(found, 0, planned.count("new") + planned.count("change"))
            jobs.import_batch.enqueue(str(found.pk), found.county, request.user.pk, str(author.office.pk), state)
        else:
            batches.confirm(found, author, state=state)
    except RefusedError as error:
        messages.error(request, str(error))
    return redirect("import-batch", ledger.code, found.pk)


def _preview(request: DeskRequest, ledger: Ledger, found: ImportBatch, author: Author) -> HttpResponse:
    planned = batches.plan_of(found, author)
    options = [(c.name, c.label_for(ledger.model)) for c in ledger.editable]
    sample = planned.rows[0].raw if planned.rows else []
    heads = [
        {
            "position": n,
            "heading": h or f"第{n + 1}列",
            "name": found.mapping.get(str(n), ""),
            "sample": str(sample[n]) if n < len(sample) else "",
        }
        for n, h in enumerate(planned.headings)
    ]
    context = {
        "title": f"导入{ledger.name}", "ledger": ledger, "batch": found, "heads": heads, "options": options, "step": 3 if found.mapping else 2,
        "counts": {key: planned.count(key) for key in ("new", "change", "same", "wrong")}, "total": len(planned.rows),
        "columns": _columns(planned), "wrong": [_grid_row(planned, row, found) for row in planned.of("wrong")[:SHOWN]],
        "changes": [_change(planned, row) for row in planned.of("change")[:SHOWN]],
        "warned": _warned(planned), "fresh": [_plain(planned, row) for row in planned.of("new")[:20]], "shown": SHOWN,
        "dropped": sum(1 for own in found.edits.values() if DROPPED in own), "sheets": batches.sheet_of(found).names,
        "error": found.summary.get("error", ""), "crumbs": [*crumbs(ledger), {"label": "导入"}],
    }  # fmt: skip
    return render(request, "desk/import/preview.html", context)


def _columns(planned: Plan) -> list[dict[str, str]]:
    ledger = planned.ledger
    names = list(dict.fromkeys([*planned.mapping.values(), *(n for row in planned.of("wrong") for n in row.problems if n)]))
    return [{"name": n, "label": ledger.column(n).label_for(ledger.model)} for n in names if n in ledger.by_name]


def _grid_row(planned: Plan, row: PlannedRow, found: ImportBatch) -> dict[str, Any]:
    positions = {name: position for position, name in planned.mapping.items()}
    own = found.edits.get(str(row.line), {})
    cells = []
    for column in _columns(planned):
        name = column["name"]
        position = positions.get(name)
        raw = row.raw[position] if position is not None and position < len(row.raw) else ""
        cells.append(
            {
                "name": name,
                "label": column["label"],
                "value": _typed_form(own.get(name, raw)),
                "problem": row.problems.get(name, ""),
            }
        )
    return {"line": row.line, "cells": cells, "whole": row.problems.get("", "")}


def _typed_form(raw: Any) -> str:
    if hasattr(raw, "strftime"):
        return str(raw.strftime("%Y-%m-%d"))
    return str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw)


def _change(planned: Plan, row: PlannedRow) -> dict[str, Any]:
    ledger = planned.ledger
    cells = [
        {
            "label": ledger.column(n).label_for(ledger.model),
            "before": ledger.column(n).text(a),
            "after": ledger.column(n).text(b),
        }
        for n, (a, b) in row.differences.items()
    ]
    return {
        "line": row.line,
        "id": row.record_id,
        "title": row.differences.get("title", (row.record.title if row.record is not None else "",))[0],
        "cells": cells,
    }


def _plain(planned: Plan, row: PlannedRow) -> dict[str, Any]:
    ledger = planned.ledger
    return {
        "line": row.line,
        "cells": [ledger.column(c["name"]).text(row.values.get(c["name"])) for c in _columns(planned)],
    }


def _warned(planned: Plan) -> list[dict[str, Any]]:
    """What the ledger has to say of rows that will be written all the same."""
    label = {c["name"]: c["label"] for c in _columns(planned)}
    rows = [row for row in planned.rows if row.warnings and row.action in {"new", "change"}]
    return [{"line": row.line, "words": [(label.get(n, ""), text) for n, text in row.warnings.items()]} for row in rows]


def _running(request: DeskRequest, ledger: Ledger, found: ImportBatch) -> HttpResponse:
    done, total = batches.progress(found)
    context = {
        "title": f"导入{ledger.name}", "ledger": ledger, "batch": found, "done": done, "total": total, "step": 4,
        "percent": done * 100 // total if total else 0, "crumbs": [*crumbs(ledger), {"label": "导入"}],
    }  # fmt: skip
    return render(request, "desk/import/running.html", context)


def _finished(request: DeskRequest, ledger: Ledger, found: ImportBatch) -> HttpResponse:
    context = {
        "title": f"导入{ledger.name}", "ledger": ledger, "batch": found, "summary": found.summary, "step": 4,
        "crumbs": [*crumbs(ledger), {"label": "导入"}],
    }  # fmt: skip
    return render(request, "desk/import/finished.html", context)


@login_required
def wrong_rows(request: DeskRequest, code: str, pk: UUID) -> HttpResponse:
    """The wrong rows as a workbook, each with its remedies, to be mended in Excel and imported again."""
    ledger = ledger_or_404(request, code)
    found = _batch_or_404(request, ledger, pk)
    author = workflow.author_of(ledger, bureau_of(request), request.user, request.rights)
    planned = batches.plan_of(found, author)
    from io import BytesIO

    import xlsxwriter

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("有误的行")
        sheet.write_row(0, 0, [*planned.headings, "原行号", "问题"], book.add_format({"bold": True}))
        for number, row in enumerate(planned.of("wrong"), 1):
            labels = {n: ledger.column(n).label_for(ledger.model) if n in ledger.by_name else "整行" for n in row.problems}
            remedy = "；".join(f"{labels[n]}：{text}" for n, text in row.problems.items())
            cells = [_typed_form(c) for c in row.raw[: len(planned.headings)]]
            sheet.write_row(number, 0, [*cells, *[""] * (len(planned.headings) - len(cells)), row.line, remedy])
    return download(out.getvalue(), XLSX, f"{ledger.name}-有误的行.xlsx")
