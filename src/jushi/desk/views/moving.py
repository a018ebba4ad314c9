"""Taking records through their states and business stages, one by one or many at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from jushi.desk import cells, forms, menu
from jushi.desk.access import DeskRequest, ledger_or_404, lookup_of, record_or_404, require
from jushi.desk.views.lists import batch_fields
from jushi.desk.views.records import crumbs
from jushi.kernel import oplog
from jushi.kernel.ids import uuid_of
from jushi.kernel.oplog import StaleRecordError
from jushi.kernel.roles import Decision
from jushi.kernel.states import State, Transition, transition
from jushi.ledger import listing, store, visibility, workflow
from jushi.ledger.declaration import Ledger
from jushi.ledger.store import RefusedError

LIMIT = 2000


@login_required
@require_POST
def move(request: DeskRequest, code: str, pk: UUID) -> HttpResponse:
    """Submit, withdraw, confirm, return, lock, void or restore one record."""
    ledger = ledger_or_404(request, code)
    record = record_or_404(request, ledger, pk)
    step = _step(request.POST.get("do", ""))
    require(workflow.may_move(step, record, ledger, request.rights))
    try:
        store.move(ledger, record, step.code, reason=request.POST.get("reason", "").strip()[:300])
        messages.success(request, f"已{step.name}：{record.title}")
        if step.code in {"confirm", "return"}:  # whoever works off a queue is led on
            return redirect(f"{reverse('record', args=[code, pk])}?moved=1")
    except (RefusedError, StaleRecordError) as error:
        messages.error(request, str(error))
    return redirect("record", code, pk)


def _step(code: str) -> Transition:
    try:
        return transition(code)
    except KeyError:
        raise Http404 from None


@login_required
def stage(request: DeskRequest, code: str, pk: UUID) -> HttpResponse:
    """Take a record to its next business stage: date, and whatever the stage needs."""
    ledger = ledger_or_404(request, code)
    record = record_or_404(request, ledger, pk)
    target = ledger.stage(request.POST.get("to") or request.GET.get("to") or "")
    if target is None:
        raise Http404
    require(workflow.may_advance(target, record, ledger, request.rights))
    lookup, names = lookup_of(request, ledger), tuple(n for n in target.needs if n in ledger.by_name)
    problem, form = "", None
    if request.method == "POST":
        form = forms.form_for(ledger, lookup, request.rights, data=request.POST, only=names) if names else None
        raw = forms.posted_raw(form, request.rights) if form is not None else {}
        try:
            on = date.fromisoformat(request.POST.get("on", ""))
            store.advance(ledger, record, target.code, on=on, actor=request.user, raw=raw)
            messages.success(request, f"进展已到“{target.name}”")
            return redirect("record", code, pk)
        except ValueError:
            problem = "日期请写成 2015-03-12"
        except StaleRecordError as error:
            problem = str(error)
        except RefusedError as error:
            problem = error.problems.get("", "")
            if form is not None:
                form.refuse({k: v for k, v in error.problems.items() if k})
    elif names:
        from jushi.ledger.rows import fetch_one

        form = forms.form_for(ledger, lookup, request.rights, row=fetch_one(ledger, pk), only=names)
    context = {
        "title": f"进展：{target.name}", "ledger": ledger, "record": record, "stage": target, "form": form, "problem": problem,
        "on": request.POST.get("on") or timezone.localdate().isoformat(), "crumbs": crumbs(ledger, record, "进展"),
    }  # fmt: skip
    return render(request, "desk/record/stage.html", context, status=422 if request.method == "POST" else 200)


@login_required
@require_POST
def batch(request: DeskRequest, code: str) -> HttpResponse:
    """Do one thing with every picked record, as one operation; what may not be done is named and left alone."""
    ledger = ledger_or_404(request, code)
    todo = request.POST.get("do", "")
    records = _picked(request, ledger)
    back = f"{reverse('ledger', args=[code])}?{request.POST.get('query', '')}"
    if not records:
        messages.error(request, "请先勾选记录")
        return redirect(back)
    if todo == "print":
        return _print(request, ledger, records)
    if todo == "export":
        url = menu.address("ledger-export", code)
        ids = "&".join(f"pick={r.pk}" for r in records)
        return redirect(f"{url}?{ids}&format=xlsx" if url else back)
    if todo == "change":
        return _change_many(request, ledger, records, back)
    return _move_many(request, ledger, records, _step(todo), back)


def _picked(request: DeskRequest, ledger: Ledger) -> list[Any]:
    ids = [pk for text in request.POST.getlist("pick")[:LIMIT] if (pk := uuid_of(text))]
    return list(visibility.visible(ledger.queryset(), ledger, request.rights).filter(pk__in=ids))


def _move_many(request: DeskRequest, ledger: Ledger, records: Sequence[Any], step: Transition, back: str) -> HttpResponse:
    reason = request.POST.get("reason", "").strip()[:300]
    if step.needs_reason and not reason:
        messages.error(request, f"{step.name}须写明原因")
        return redirect(back)
    judged = [(r, workflow.may_move(step, r, ledger, request.rights)) for r in records]
    able = [r for r, decision in judged if decision]
    try:
        if able:
            with oplog.operation(f"批量{step.name}", county=able[0].county, reason=reason):
                for record in able:
                    store.move(ledger, record, step.code, reason=reason)
            messages.success(request, f"已{step.name} {len(able)} {ledger.unit}")
    except (RefusedError, StaleRecordError) as error:
        messages.error(request, f"没有{step.name}：{error}")
        return redirect(back)
    _tell_refused(request, step.name, [(r, d) for r, d in judged if not d])
    return redirect(back)


def _tell_refused(request: DeskRequest, name: str, refused: list[tuple[Any, Decision]]) -> None:
    if not refused:
        return
    reasons: dict[str, list[str]] = {}
    for record, decision in refused:
        reasons.setdefault(decision.reason, []).append(record.title)
    words = "；".join(f"{'、'.join(t[:3])}{f'等 {len(t)} 条' if len(t) > 3 else ''}：{why}" for why, t in reasons.items())
    messages.warning(request, f"没有{name}的 {len(refused)} 条：{words}")


def _change_many(request: DeskRequest, ledger: Ledger, records: Sequence[Any], back: str) -> HttpResponse:
    """Change one column of all picked records: first a page that asks which and to what, then the operation."""
    fields = batch_fields(ledger, request.rights)
    name = request.POST.get("field", "")
    lookup = lookup_of(request, ledger)
    only = (name,) if name in dict(fields) else ()
    context = {
        "title": "批量修改一项", "ledger": ledger, "records": records, "fields": fields, "field": name, "query": request.POST.get("query", ""),
        "crumbs": [*crumbs(ledger)[:-1], {"label": ledger.name, "url": back}, {"label": "批量修改"}],
        "form": forms.form_for(ledger, lookup, request.rights, only=only) if only else None,
    }  # fmt: skip
    if not only or "apply" not in request.POST:
        return render(request, "desk/ledger/change.html", context)
    judged = [(r, workflow.may("change", r, ledger, request.rights)) for r in records]
    able = [r for r, decision in judged if decision]
    try:
        if able:
            with oplog.operation("批量修改", county=able[0].county):
                for record in able:
                    store.change(ledger, record, {name: request.POST.get(name, "")})
            messages.success(request, f"已修改 {len(able)} {ledger.unit}的“{dict(fields)[name]}”")
    except (RefusedError, StaleRecordError) as error:
        form = forms.form_for(ledger, lookup, request.rights, data=request.POST, only=only)
        form.refuse(error.problems if isinstance(error, RefusedError) else {"": str(error)})
        return render(request, "desk/ledger/change.html", context | {"form": form}, status=422)
    _tell_refused(request, "修改", [(r, d) for r, d in judged if not d])
    return redirect(back)


def _print(request: DeskRequest, ledger: Ledger, records: Sequence[Any]) -> HttpResponse:
    """The picked rows alone, on a page that prints well."""
    columns = list(ledger.listed)
    rows = listing.picked(ledger, [r.pk for r in records], columns, request.rights)
    context = {
        "title": ledger.name, "subtitle": f"{len(rows)} {ledger.unit}", "ledger": ledger, "crumbs": crumbs(ledger),
        "head": cells.head(ledger, columns, "", lambda s: "", pick=False),
        "rows": cells.body(ledger, columns, rows, unmask=False, pick=False),
        "states": dict(State.choices),
    }  # fmt: skip
    return render(request, "desk/ledger/print.html", context)
