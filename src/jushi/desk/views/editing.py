"""New and changed records: forms that lose nothing, also when two people edit the same record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jushi.desk import forms, grid
from jushi.desk.access import DeskRequest, bureau_of, ledger_or_404, lookup_of, record_or_404, require
from jushi.desk.views.records import crumbs
from jushi.kernel import evidence, oplog
from jushi.kernel.models import Area
from jushi.kernel.oplog import StaleRecordError
from jushi.ledger import lines as part_lines
from jushi.ledger import store, visibility, workflow
from jushi.ledger.columns import Lookup
from jushi.ledger.declaration import Ledger
from jushi.ledger.lines import LineRow
from jushi.ledger.rows import Row, fetch_one
from jushi.ledger.store import RefusedError, UnheardError

Posted = dict[str, list[LineRow]]


@login_required
def new(request: DeskRequest, code: str) -> HttpResponse:
    """The form of a new record; saving it may attach files and submit it in the same step."""
    ledger = ledger_or_404(request, code)
    require(workflow.may_add(ledger, request.rights))
    lookup = lookup_of(request, ledger)
    if request.method != "POST":
        proposed = ledger.prefill(lookup.county, lookup.on) if ledger.prefill else {}
        prefill = {k: str(v) for k, v in proposed.items()} | {k: str(v) for k, v in request.GET.items() if k in ledger.by_name}
        prefill = _own_area(request) | prefill
        form = forms.form_for(ledger, lookup, request.rights, prefill=prefill)
        return _page(request, ledger, form, lookup, {})
    form = forms.form_for(ledger, lookup, request.rights, data=request.POST)
    posted = _posted_lines(ledger, request)
    record = _try_create(request, ledger, form, posted, lookup)
    if record is None:
        return _page(request, ledger, form, lookup, posted, status=422)
    return _after(request, ledger, record, "已登记")


def _own_area(request: DeskRequest) -> dict[str, str]:
    """The place of somebody who works for one township or village only."""
    held = [h for h in request.rights.holdings if "add" in h.role.actions]
    if len(held) != 1 or held[0].role.scope != "area" or not held[0].area:
        return {}
    area = Area.objects.filter(pk=held[0].area.ljust(12, "0")).first()
    return {"area": area.name} if area is not None else {}


def _try_create(request: DeskRequest, ledger: Ledger, form: forms.RecordForm, posted: Posted, lookup: Lookup) -> Any:
    """The saved record, or None with the form saying why not. Record, lines and files are one operation."""
    bureau = bureau_of(request)
    raw = forms.posted_raw(form, request.rights)
    fine = _parsed(ledger, posted, lookup)
    try:
        author = workflow.author_of(ledger, bureau, request.user, request.rights)
        with oplog.operation("新建", county=bureau.county):
            record = store.create(ledger, raw, author, heard=_heard(request))
            _write_rest(request, ledger, record, posted, fine)
            if "submit" in request.POST:
                store.move(ledger, record, "submit")
    except UnheardError as error:
        form.warnings = error.problems
        return None
    except (RefusedError, evidence.RejectedFileError) as error:
        form.refuse(_problems(error))
        return None
    return record


def _heard(request: DeskRequest) -> list[str]:
    """The warnings that stood on the form when it was sent: they are not said twice."""
    return request.POST.getlist("heard")


def _parsed(ledger: Ledger, posted: Posted, lookup: Lookup) -> bool:
    """Parse every line table, also after one was found wrong: all errors are shown at once."""
    judged = [part_lines.parse(table, posted[table.name], lookup) for table in ledger.lines]
    return all(judged)


def _write_rest(request: DeskRequest, ledger: Ledger, record: Any, posted: Posted, fine: bool) -> None:
    """Lines and files of a saved record; refuses when a line could not be understood, or the record lies outside the account's reach."""
    if not visibility.within_reach(record, ledger, request.rights):
        raise RefusedError({"area": "只能登记您负责的乡镇、村的记录，请填写所在的乡镇或村"})
    if not fine:
        raise RefusedError({"": "下面的表格里有填错的格，已在原处标出"})
    for table in ledger.lines:
        part_lines.write(table, record, posted[table.name])
    uploads = request.FILES.getlist("files")
    if getattr(request, "upload_refused", ""):
        raise evidence.RejectedFileError(request.upload_refused)  # type: ignore[attr-defined]
    for upload in uploads:
        evidence.attach(record, upload, upload.name or "", request.user.full_name or request.user.username)


def _problems(error: Exception) -> dict[str, str]:
    if isinstance(error, RefusedError):
        return {name or "": message for name, message in error.problems.items()}
    return {"": f"文件没有收下，请重新选择：{error}"}


def _posted_lines(ledger: Ledger, request: DeskRequest) -> Posted:
    data = request.POST.dict()
    return {table.name: grid.posted(table, data) for table in ledger.lines}


def _after(request: DeskRequest, ledger: Ledger, record: Any, words: str) -> HttpResponse:
    submitted = "并提交审核" if "submit" in request.POST else ""
    messages.success(request, f"{words}{submitted}：{record.title}（{record.serial}）")
    if "another" in request.POST:
        return redirect("record-new", ledger.code)
    return redirect("record", ledger.code, record.pk)


def _page(
    request: DeskRequest, ledger: Ledger, form: forms.RecordForm, lookup: Lookup, posted: Posted, *, record: Any = None,
    row: Row | None = None, status: int = 200, **more: Any,
) -> HttpResponse:  # fmt: skip
    if record is not None and not posted:
        posted = {t.name: part_lines.load(t, [record.pk]).get(record.pk, []) for t in ledger.lines}
    grids = [grid.build(ledger, t, posted.get(t.name, []), lookup) for t in ledger.lines]
    title = f"修改：{record.title}" if record is not None else f"新建{ledger.name.removesuffix('台账')}"
    was = ""
    if row is not None:
        unmask = bool(request.rights.may("unmask", zone=ledger.zone))
        was = forms.pack(forms.raw_of(ledger, form.columns, row, unmask))
    context = {
        "title": title, "ledger": ledger, "record": record, "form": form, "grids": grids, "was": was,
        "crumbs": crumbs(ledger, record, "修改") if record is not None else [*crumbs(ledger), {"label": "新建"}],
        "draft": f"{ledger.code}.{record.pk if record is not None else 'new'}", "errors": form.error_list() if form.is_bound else [],
        "cancel_url": reverse("record", args=[ledger.code, record.pk]) if record is not None else reverse("ledger", args=[ledger.code]),
        "may_submit": record is None or record.state == "draft", "warnings": form.warning_list(),
        "heard": dict.fromkeys([*_heard(request), *form.warnings.values()]), **more,
    }  # fmt: skip
    return render(request, "desk/record/form.html", context, status=status)


@login_required
def edit(request: DeskRequest, code: str, pk: UUID) -> HttpResponse:
    """Change a record that is not confirmed yet."""
    ledger = ledger_or_404(request, code)
    record = record_or_404(request, ledger, pk)
    require(workflow.may("change", record, ledger, request.rights))
    lookup = lookup_of(request, ledger)
    row = _row(request, ledger, record)
    if request.method != "POST":
        form = forms.form_for(ledger, lookup, request.rights, row=row)
        return _page(request, ledger, form, lookup, {}, record=record, row=row)
    return _save(request, ledger, record, row, lookup)


def _row(request: DeskRequest, ledger: Ledger, record: Any) -> Row:
    row = fetch_one(ledger, record.pk)
    assert row is not None
    return visibility.veil(ledger, ledger.all_columns, [row], request.rights)[0]


def _save(request: DeskRequest, ledger: Ledger, record: Any, row: Row, lookup: Lookup) -> HttpResponse:
    form = forms.form_for(ledger, lookup, request.rights, data=request.POST, row=row)
    posted = _posted_lines(ledger, request)
    was, now = forms.unpack(request.POST.get("was", "")), _now(request, ledger, form, row)
    raw = forms.posted_raw(form, request.rights, row)
    if request.POST.get("version", "") != str(record.version):
        found = forms.conflicts(ledger, was, now, raw)
        if not was or any(c.both for c in found):
            return _conflict_page(request, ledger, record, row, lookup, posted, found, now)
    chosen = {n for n in raw if request.POST.get(f"take.{n}") == "theirs"}
    changed = {n: v for n, v in raw.items() if n not in chosen and (n not in was or forms._same(v) != forms._same(was[n]))}
    try:
        _write(request, ledger, record, changed, posted, lookup)
    except StaleRecordError:
        fresh = record_or_404(request, ledger, record.pk)
        row = _row(request, ledger, fresh)
        now = _now(request, ledger, form, row)
        return _conflict_page(request, ledger, fresh, row, lookup, posted, forms.conflicts(ledger, was, now, raw), now)
    except (RefusedError, evidence.RejectedFileError) as error:
        if isinstance(error, UnheardError):
            form.warnings = error.problems
        else:
            form.refuse(_problems(error))
        record = record_or_404(request, ledger, record.pk)
        return _page(request, ledger, form, lookup, posted, record=record, row=row, status=422)
    return _after(request, ledger, record, "已保存")


def _now(request: DeskRequest, ledger: Ledger, form: forms.RecordForm, row: Row) -> dict[str, Any]:
    unmask = bool(request.rights.may("unmask", zone=ledger.zone))
    return forms.raw_of(ledger, form.columns, row, unmask)


def _write(request: DeskRequest, ledger: Ledger, record: Any, changed: dict[str, str], posted: Posted, lookup: Lookup) -> None:
    fine = _parsed(ledger, posted, lookup)
    with oplog.operation("修改", county=record.county):
        if changed:
            store.change(ledger, record, changed, heard=_heard(request))
        _write_rest(request, ledger, record, posted, fine)
        if "submit" in request.POST and record.state == "draft":
            store.move(ledger, record, "submit")


def _conflict_page(
    request: DeskRequest, ledger: Ledger, record: Any, row: Row, lookup: Lookup, posted: Posted,
    found: list[forms.Conflict], now: dict[str, Any],
) -> HttpResponse:  # fmt: skip
    """The form again with everything typed, the other's changes beside it, and a choice where the two disagree."""
    data = request.POST.copy()
    for conflict in found:
        if not conflict.both:
            data[conflict.name] = str(now[conflict.name])
    form = forms.form_for(ledger, lookup, request.rights, data=data, row=row)
    return _page(request, ledger, form, lookup, posted, record=record, row=row, status=409, conflicts=found)
