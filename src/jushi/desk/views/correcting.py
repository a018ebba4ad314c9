"""Corrections of confirmed and locked records, and closing months."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from jushi.desk import forms
from jushi.desk.access import DeskRequest, bureau_of, ledger_or_404, lookup_of, record_or_404, require
from jushi.desk.context import period_of
from jushi.desk.views.records import crumbs
from jushi.indicators import evaluate, usage
from jushi.kernel import oplog
from jushi.kernel.models import Closing, Correction
from jushi.kernel.oplog import StaleRecordError
from jushi.kernel.periods import of_day, parse
from jushi.kernel.roles import Decision
from jushi.kernel.states import State
from jushi.ledger import correcting, registry, visibility, workflow
from jushi.ledger.declaration import Ledger
from jushi.ledger.rows import fetch_one, mask
from jushi.ledger.store import RefusedError

LIMIT = 200


@login_required
def ask(request: DeskRequest, code: str, pk: UUID) -> HttpResponse:
    """Ask for a correction: every field with its present value; what differs becomes the wish."""
    ledger = ledger_or_404(request, code)
    record = record_or_404(request, ledger, pk)
    office = workflow.office_code(record.county, record.office_id)
    require(request.rights.may("change", zone=ledger.zone, entity=type(record).__name__, office=office))
    if record.state not in (State.CONFIRMED, State.LOCKED):
        return redirect("record-edit", code, pk)
    lookup, row = lookup_of(request, ledger), fetch_one(ledger, pk)
    data = request.POST if request.method == "POST" else None
    form = forms.form_for(ledger, lookup, request.rights, data=data, row=row)
    if data is not None and row is not None:
        unmask = bool(request.rights.may("unmask", zone=ledger.zone))
        was = forms.raw_of(ledger, form.columns, row, unmask)
        raw = forms.posted_raw(form, request.rights, row)
        changed = {n: v for n, v in raw.items() if forms._same(v) != forms._same(was[n])}
        action = "void" if "void" in data else "change"
        try:
            correcting.ask_correction(
                ledger, record, changed if action == "change" else {}, reason=data.get("reason", "").strip()[:300], user=request.user,
                action=action,
            )  # fmt: skip
            messages.success(request, "更正申请已提交，批准后生效")
            return redirect("record", code, pk)
        except RefusedError as error:
            form.refuse({("" if k == "reason" else k): v for k, v in error.problems.items()})
    context = {
        "title": f"更正：{record.title}", "ledger": ledger, "record": record, "form": form,
        "reason": data.get("reason", "") if data is not None else "",
        "crumbs": crumbs(ledger, record, "更正"), "errors": form.error_list() if form.is_bound else [],
        "old": {n: ledger.by_name[n].text(v) for n, v in row.cells.items()} if row is not None else {},
    }  # fmt: skip
    return render(request, "desk/record/correct.html", context, status=422 if data is not None else 200)


@login_required
def corrections(request: DeskRequest) -> HttpResponse:
    """Corrections asked for: open ones first."""
    rows = Correction.objects.select_related("asked_by", "decided_by").order_by("-asked_at")
    seen = [w for w in rows[:LIMIT] if _visible(request, w)]
    groups = [
        ("待批", [w for w in seen if w.state == Correction.OPEN]),
        ("已办", [w for w in seen if w.state != Correction.OPEN]),
    ]
    return render(request, "desk/corrections.html", {"title": "更正", "groups": groups, "crumbs": [{"label": "更正"}]})


def _visible(request: DeskRequest, wish: Correction) -> bool:
    ledger = registry.find(wish.ledger)
    if ledger is None or not request.rights.sees(ledger.zone):
        return False
    if not visibility.reach(ledger.zone, request.rights):
        return True
    return visibility.visible(ledger.queryset(), ledger, request.rights).filter(pk=wish.record_id).exists()


@login_required
def correction(request: DeskRequest, pk: UUID) -> HttpResponse:
    """One correction: before and after, the figures that it moves; approve or refuse."""
    wish = get_object_or_404(Correction.objects.select_related("asked_by", "decided_by"), pk=pk)
    ledger = registry.find(wish.ledger)
    if ledger is None or not _visible(request, wish):
        raise Http404
    decision = may_decide(request, ledger, wish)
    if request.method == "POST":
        require(decision)
        return _decide(request, ledger, wish)
    moves, problem = ([], "") if wish.state != Correction.OPEN else effect(request, ledger, wish)
    context = {
        "title": f"更正：{wish.record_title}", "wish": wish, "ledger": ledger, "decision": decision, "moves": moves, "problem": problem,
        "changes": _changes(request, ledger, wish), "open": wish.state == Correction.OPEN,
        "crumbs": [{"label": "更正", "url": "/corrections"}, {"label": wish.record_title[:24]}],
    }  # fmt: skip
    return render(request, "desk/correction.html", context)


def may_decide(request: DeskRequest, ledger: Ledger, wish: Correction) -> Decision:
    """Approving needs the right to correct, and somebody else than the one who asked."""
    allowed = request.rights.may("correct", zone=ledger.zone, entity=ledger.model.__name__)
    if allowed and wish.asked_by_id == request.user.pk:
        return Decision(False, "不能批准自己申请的更正")
    return allowed


def _decide(request: DeskRequest, ledger: Ledger, wish: Correction) -> HttpResponse:
    approve = request.POST.get("do") == "approve"
    remark = request.POST.get("remark", "").strip()[:300]
    if not approve and not remark:
        messages.error(request, "不批准须写明理由")
        return redirect("correction", wish.pk)
    try:
        correcting.decide_correction(ledger, wish, approve=approve, user=request.user, remark=remark)
        messages.success(request, "已批准并更正" if approve else "已退回申请，记录未变")
    except (RefusedError, StaleRecordError) as error:
        messages.error(request, str(error))
    return redirect("correction", wish.pk)


def _changes(request: DeskRequest, ledger: Ledger, wish: Correction) -> list[tuple[str, str, str]]:
    unmask = bool(request.rights.may("unmask", zone=ledger.zone))
    found = []
    for name in wish.after:
        column = ledger.by_name.get(name)
        if column is None:
            continue
        old, new = words(wish.before.get(name)), words(wish.after.get(name))
        if column.personal and not unmask:
            old, new = mask(column.personal, old), mask(column.personal, new)
        if column.choices is not None and hasattr(column, "all_names"):
            new = column.all_names().get(new, new)
        found.append((column.label_for(ledger.model), old, new))
    return found


def words(value: Any) -> str:
    """A stored JSON value as people read it."""
    if isinstance(value, list):
        return "、".join(words(v) for v in value)
    if isinstance(value, dict):
        return str(value.get("name", ""))
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)


class _Rehearsed(Exception):  # noqa: N818 - never leaves this module
    """Ends a rehearsal: everything written in it is rolled back."""


def effect(request: DeskRequest, ledger: Ledger, wish: Correction) -> tuple[list[tuple[Any, Any, Any]], str]:
    """(indicator, value now, value after) of every figure that the correction moves, found by carrying it out and taking it back."""
    record = ledger.model.objects.filter(pk=wish.record_id).first()
    area = bureau_of(request).area
    if record is None:
        return [], "原记录已不存在"
    day = getattr(record, ledger.at, None)
    period = of_day("year", day if isinstance(day, date) else date(record.year, 1, 1))
    codes = [i.code for i in usage.counting(record)]
    before = evaluate.measure(codes, area, period) if codes else {}
    after: dict[str, Any] = {}
    try:
        with transaction.atomic():
            with oplog.operation("试算更正", county=record.county):
                correcting.carry_out(ledger, wish)
            changed = ledger.model.objects.get(pk=wish.record_id)
            codes = list(dict.fromkeys([*codes, *(i.code for i in usage.counting(changed))]))
            after = evaluate.measure(codes, area, period) if codes else {}
            raise _Rehearsed
    except _Rehearsed:
        pass
    except RefusedError as error:
        return [], f"照此更正会通不过检查：{error}"
    before |= evaluate.measure([c for c in codes if c not in before], area, period) if set(codes) - set(before) else {}
    return [(after[c].indicator, before[c], after[c]) for c in codes if before[c].value != after[c].value], ""


@login_required
def closing(request: DeskRequest, code: str) -> HttpResponse:
    """Months of a ledger: how much is in each, which are closed; closing and reopening."""
    ledger = ledger_or_404(request, code)
    if ledger.at == "year":
        raise Http404
    may_lock = request.rights.may("lock", zone=ledger.zone, entity=ledger.model.__name__)
    may_open = request.rights.may("correct", zone=ledger.zone, entity=ledger.model.__name__)
    county = bureau_of(request).county
    if request.method == "POST":
        return _close(request, ledger, county, may_lock, may_open)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and 1900 < int(asked) < 2200 else parse(period_of(request)).year
    context = {
        "title": f"{ledger.name}：月度锁账", "ledger": ledger, "year": year, "months": _months(ledger, year),
        "may_lock": bool(may_lock), "may_open": bool(may_open), "why": may_lock.reason, "crumbs": [*crumbs(ledger), {"label": "月度锁账"}],
    }  # fmt: skip
    return render(request, "desk/ledger/closing.html", context)


def _months(ledger: Ledger, year: int) -> list[dict[str, Any]]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = ledger.queryset().filter(**{f"{ledger.at}__gte": first, f"{ledger.at}__lte": last}).order_by()
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for month, state, number in rows.annotate(m=TruncMonth(ledger.at)).values("m", "state").annotate(n=Count("pk")).values_list("m", "state", "n"):
        counts[month.month][state] = number
    closed = {c.period: c for c in Closing.objects.filter(ledger__in=(ledger.code, "*"), period__startswith=f"{year}-").select_related("closed_by")}
    return [
        {"code": f"{year}-{m:02d}", "number": m, "counts": counts[m], "closed": closed.get(f"{year}-{m:02d}"),
         "open_rows": counts[m].get("draft", 0) + counts[m].get("pending", 0), "to_come": date(year, m, 1) > timezone.localdate()}
        for m in range(1, 13)
    ]  # fmt: skip


def _close(request: DeskRequest, ledger: Ledger, county: str, may_lock: Decision, may_open: Decision) -> HttpResponse:
    month = request.POST.get("month", "")
    try:
        date.fromisoformat(f"{month}-01")
    except ValueError:
        raise Http404 from None
    closed = Closing.objects.filter(county=county, ledger=ledger.code, period=month).first()
    if "open" in request.POST:
        require(may_open)
        reason = request.POST.get("reason", "").strip()[:300]
        if closed is None or not reason:
            messages.error(request, "开放已锁月份须写明原因" if closed else "这个月份没有锁账")
        else:
            with oplog.operation("开放月份", county=county, reason=f"{ledger.name} {month}：{reason}"[:300]):
                closed.delete()
            messages.success(request, f"{month} 已开放")
    else:
        require(may_lock)
        if closed is not None:
            messages.error(request, "这个月份已经锁账")
        else:
            locked = correcting.close_month(ledger.code, county, month, user=request.user, ledgers=[ledger])
            messages.success(request, f"{month} 已锁账，锁定 {locked} {ledger.unit}")
    return redirect(f"{request.path}?year={month[:4]}")
