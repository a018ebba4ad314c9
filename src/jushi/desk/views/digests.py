"""专表: the one page of every digest — questions, tables whose numbers lead to records, acts on ticked rows, print, xlsx, files."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from jushi.desk.access import DeskRequest, bureau_of, ledger_or_404, record_or_404, require
from jushi.desk.context import period_of
from jushi.desk.downloads import XLSX, download
from jushi.desk.views.records import crumbs
from jushi.kernel import oplog, periods
from jushi.kernel.models import Bureau
from jushi.kernel.roles import Decision
from jushi.ledger import registry, visibility, workflow
from jushi.ledger.declaration import Ledger
from jushi.ledger.digests import Act, Ask, Cell, Digest, Inquiry, Table, read_answers
from jushi.ledger.store import RefusedError

TONES = {"": "", "ok": "status status-ok", "wait": "status status-wait", "bad": "status status-late"}
SHARE = re.compile(r"[+-]?\d+(\.\d+)?%")
FORM = "form"  # stands for the entity where a cell leads to an empty form
MOST = 500  # rows that one act takes


@login_required
def digest(request: DeskRequest, code: str, name: str, pk: UUID | None = None) -> HttpResponse:
    """A digest of a ledger, or of one of its records: shown, exported (``?format=xlsx``), downloaded, acted on (POST)."""
    ledger = ledger_or_404(request, code)
    found, record = ledger.digest(name), record_or_404(request, ledger, pk) if pk else None
    if found is None or found.of_record != (record is not None) or (record is not None and not found.on_record(record)):
        raise Http404
    bureau, today = bureau_of(request), timezone.localdate()
    answers, problems = read_answers(found.asks, request.GET.dict(), bureau, _proposing(request, today))
    inquiry = Inquiry(bureau, request.user, request.rights, today, answers, record)
    if request.method == "POST":
        return _act(request, ledger, found, inquiry)
    asked = bool(request.GET) or not any(a.required and a.default is None for a in found.asks)
    tables: tuple[Table, ...] = ()
    if asked and not problems:
        try:
            tables = found.build(inquiry)
        except RefusedError as error:
            problems = dict(error.problems)
    if request.GET.get("format") == "xlsx" and tables:
        return _export(inquiry, ledger, found, tables)
    if (wanted := request.GET.get("file")) and not problems:
        return _file(ledger, found, inquiry, wanted)
    return _page(request, ledger, found, inquiry, tables, problems if asked else {})


def _proposing(request: DeskRequest, today: date) -> date:
    """The day from which answers are proposed: today, or the end of the period that the page stands in, once it is over."""
    return min(today, periods.parse(period_of(request)).end)


def _page(
    request: DeskRequest, ledger: Ledger, found: Digest, inquiry: Inquiry, tables: tuple[Table, ...], problems: Mapping[str, str],
    status: int = 0, posted: Mapping[str, str] | None = None,
) -> HttpResponse:  # fmt: skip
    seen = _seen(inquiry, tables)
    acts: list[dict[str, Any]] = [
        {"act": a, "asks": _boxes(a.asks, posted if posted is not None else {}, inquiry.bureau, inquiry.on, f"{a.code}-")}
        for a in found.acts if _may(ledger, a, inquiry)
    ]  # fmt: skip
    shown = [
        {"table": t, "head": _head(t), "total": _row(t, t.total, seen),
         "lines": [(x.key, _row(t, x.cells, seen)) for x in t.lines],
         "picks": any(x.key for x in t.lines) and any(a["act"].picks for a in acts)}
        for t in tables
    ]  # fmt: skip
    query = urlencode({k: v for k, v in request.GET.items() if k not in {"format", "file"}})
    context = {
        "title": found.name, "subtitle": inquiry.record.title if inquiry.record is not None else ledger.name, "ledger": ledger, "found": found,
        "crumbs": crumbs(ledger, inquiry.record, last=found.name), "tables": shown,
        "boxes": _boxes(found.asks, request.GET.dict(), inquiry.bureau, _proposing(request, inquiry.on)),
        "problems": problems, "acts": acts, "query": query, "may_export": bool(request.rights.may("export", zone=ledger.zone)),
        "picks": any(t["picks"] for t in shown),
    }  # fmt: skip
    return render(request, "desk/ledger/digest.html", context, status=status or (422 if problems else 200))


def _row(table: Table, cells: tuple[Cell, ...], seen: set[tuple[str, Any]]) -> list[dict[str, Any]]:
    """Cells as the page shows them, each with its heading: on a phone a row is a card, and a number alone says nothing."""
    heads = (*table.head, *("" for _ in cells))
    return [_shown(c, seen) | {"label": heads[n] if n else ""} for n, c in enumerate(cells)]


def _head(table: Table) -> list[tuple[str, bool]]:
    """Headings, and whether numbers stand below them."""
    columns = [[line.cells[n].value for line in table.lines if n < len(line.cells)] for n in range(len(table.head))]
    return [(h, any(_is_figure(v) for v in column)) for h, column in zip(table.head, columns, strict=True)]


def _boxes(asks: tuple[Ask, ...], given: Mapping[str, str], bureau: Bureau, on: date, prefix: str = "") -> list[dict[str, Any]]:
    found = []
    for ask in asks:
        value = given.get(prefix + ask.name, ask.default(on) if ask.default else "")
        options = ask.options(bureau) if ask.options else {}
        found.append({"ask": ask, "name": prefix + ask.name, "value": value, "options": options.items()})
    return found


def _may(ledger: Ledger, act: Act, inquiry: Inquiry) -> Decision:
    target = registry.get(act.ledger) if act.ledger else ledger
    if not visibility.opens(target, inquiry.rights, inquiry.bureau.switched_off):
        return Decision(False, "您的角色没有这项权限")
    return inquiry.rights.may(act.permission, zone=target.zone, entity=target.model.__name__)


def _act(request: DeskRequest, ledger: Ledger, found: Digest, inquiry: Inquiry) -> HttpResponse:
    act = next((a for a in found.acts if a.code == request.POST.get("do")), None)
    if act is None:
        raise Http404
    require(_may(ledger, act, inquiry))
    prefix = f"{act.code}-"
    given = {k[len(prefix) :]: str(v) for k, v in request.POST.items() if k.startswith(prefix)}
    values, problems = read_answers(act.asks, given, inquiry.bureau, inquiry.on)
    keys = tuple(dict.fromkeys(request.POST.getlist("pick")))[:MOST]
    if act.picks and not keys:
        problems[""] = f"请先勾选要“{act.name}”的行"
    asked = replace(inquiry, answers={**inquiry.answers, **values})
    if not problems:
        try:
            with transaction.atomic(), oplog.operation(act.name, county=inquiry.county):
                messages.success(request, act.apply(asked, keys))
            return redirect(f"{request.path}?{request.GET.urlencode()}" if request.GET else request.path)
        except RefusedError as error:
            problems = dict(error.problems)
    tables: tuple[Table, ...] = ()
    try:
        tables = found.build(inquiry)
    except RefusedError as error:
        problems |= error.problems
    return _page(request, ledger, found, inquiry, tables, problems, 422, request.POST.dict())


def _seen(inquiry: Inquiry, tables: tuple[Table, ...]) -> set[tuple[str, Any]]:
    """Records named in the tables that the account may open (one query per entity), and ledgers in which it may register."""
    named: dict[str, set[Any]] = {}
    found: set[tuple[str, Any]] = set()
    for table in tables:
        for cell in (*table.total, *(c for line in table.lines for c in line.cells)):
            if cell.record is not None:
                named.setdefault(cell.record[0], set()).add(cell.record[1])
            if cell.form is not None:
                found.add((FORM, cell.form[0]))
    found = {key for key in found if (target := registry.find(key[1])) is not None and _may_add(target, inquiry)}
    for ledger in registry.ledgers():
        ids = named.pop(ledger.model._meta.label, None)
        if ids:
            rows = visibility.visible_of(ledger.model.objects.filter(pk__in=ids), ledger.model, inquiry.rights)
            found.update((ledger.model._meta.label, pk) for pk in rows.values_list("pk", flat=True))
    return found


def _may_add(target: Ledger, inquiry: Inquiry) -> bool:
    return visibility.opens(target, inquiry.rights, inquiry.bureau.switched_off) and bool(workflow.may_add(target, inquiry.rights))


def _shown(cell: Cell, seen: set[tuple[str, Any]]) -> dict[str, Any]:
    url, text = "", _text(cell.value)
    if cell.record is not None:
        if cell.record in seen:
            url = reverse("go", args=cell.record)
        else:
            text = "（受限）"
    elif cell.form is not None and (FORM, cell.form[0]) in seen:
        url = f"{reverse('record-new', args=[cell.form[0]])}?{urlencode(cell.form[1])}"
    elif cell.rows is not None:
        code, params = cell.rows
        url = f"{reverse('ledger', args=[code])}?{urlencode(params)}"
    return {"text": text, "url": url, "tone": TONES[cell.tone], "figure": cell.rows is not None, "num": _is_figure(cell.value),
            "is_code": cell.is_code and bool(url)}  # fmt: skip


def _is_figure(value: Any) -> bool:
    """Numbers and shares stand on the right, under each other."""
    return isinstance(value, int | Decimal) or (isinstance(value, str) and bool(SHARE.fullmatch(value)))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _export(inquiry: Inquiry, ledger: Ledger, found: Digest, tables: tuple[Table, ...]) -> HttpResponse:
    """The tables one below the other on one sheet; texts stay texts, also those that look like formulas."""
    require(inquiry.rights.may("export", zone=ledger.zone))
    import xlsxwriter

    oplog.event("导出", county=inquiry.rights.county, reason=f"{ledger.name}：{found.name}")
    seen, out, at = _seen(inquiry, tables), io.BytesIO(), 0
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, bold = book.add_worksheet(found.name[:31]), book.add_format({"bold": True})
        for table in tables:
            if table.caption:
                sheet.write(at, 0, table.caption, bold)
                at += 1
            sheet.write_row(at, 0, table.head, bold)
            for line in (*(x.cells for x in table.lines), *((table.total,) if table.total else ())):
                at += 1
                for column, cell in enumerate(line):
                    _write(sheet, at, column, cell, seen)
            for note in (*table.notes, *(f"{s}：" for s in table.signatures)):
                at += 1
                sheet.write(at, 0, note)
            at += 2
        sheet.set_column(0, 0, 30)
    return download(out.getvalue(), XLSX, f"{found.name}-{inquiry.on:%Y%m%d}.xlsx")


def _write(sheet: Any, row: int, column: int, cell: Cell, seen: set[tuple[str, Any]]) -> None:
    shown = _shown(cell, seen)
    if isinstance(cell.value, int | Decimal) and cell.record is None:
        sheet.write_number(row, column, float(cell.value))
    else:
        sheet.write_string(row, column, shown["text"])


def _file(ledger: Ledger, found: Digest, inquiry: Inquiry, wanted: str) -> HttpResponse:
    require(inquiry.rights.may("export", zone=ledger.zone))
    if not wanted.isdigit() or int(wanted) >= len(found.downloads):
        raise Http404
    chosen = found.downloads[int(wanted)]
    oplog.event("导出", county=inquiry.county, reason=f"{ledger.name}：{chosen.name}")
    with tempfile.TemporaryFile() as target:
        name = chosen.write(inquiry, target)
        target.seek(0)
        return download(target.read(), chosen.mime, name)
