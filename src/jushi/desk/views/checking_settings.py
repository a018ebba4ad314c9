"""The checker as the bureau has set it: its own dictionary, what it does not want to hear of, rules switched off."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from jushi.desk.access import DeskRequest, bureau_of, require
from jushi.desk.views.checking import CRUMB, SETTERS, checked_or_404, require_bureau
from jushi.desk.views.checking_claims import differing, may_compare, may_keep, reconciled
from jushi.kernel import oplog
from jushi.kernel.periods import parse
from jushi.kernel.roles import Decision
from jushi.ledger import workflow
from jushi.ledger.store import RefusedError
from jushi.proof import RULES
from jushi.proof.render_text import LEVEL_NAMES
from jushi.proofdesk import checking, keeping, kinds
from jushi.proofdesk.models import Dismissal, OfficeWord

MODELS: dict[str, Any] = {"word-drop": OfficeWord, "dismissal": Dismissal}
WAYS = {"typos": "写错了", "phrases": "应按固定写法", "off": "没有问题，不要报"}
NOT_ALLOWED = "本局词典和规则由撰稿、统稿或签发人员设置"


@login_required
def settings(request: DeskRequest) -> HttpResponse:
    """Words, dismissals and rules; those who write or sign documents may change them."""
    county = require_bureau(request)
    may_set = bool(SETTERS & request.rights.actions())
    problem = ""
    if request.method == "POST":
        require(Decision(may_set, NOT_ALLOWED))
        try:
            return _set(request, county)
        except checking.DecisionError as error:
            problem = str(error)
    off = set(Dismissal.objects.filter(county=county, text=None).values_list("rule", flat=True))
    rules = [
        {"rule": rule, "level": LEVEL_NAMES[rule.level], "kind": kinds.name_of(rule.kind), "off": rule.id in off}
        for rule in sorted(RULES, key=lambda r: r.id)
    ]  # fmt: skip
    context = {
        "title": "词典与规则", "crumbs": [CRUMB, {"label": "词典与规则"}], "show_period": False, "may_set": may_set, "problem": problem,
        "words": [(w, WAYS["off"] if w.kind == "off" else WAYS.get(w.table, w.table)) for w in _rows(OfficeWord, county)],
        "dismissals": [d for d in _rows(Dismissal, county) if d.text is not None], "rules": rules, "off": len(off),
        "reasons": {d.rule: d for d in _rows(Dismissal, county) if d.text is None}, "ways": WAYS, "given": request.POST,
    }  # fmt: skip
    return render(request, "desk/check/settings.html", context, status=422 if problem else 200)


def _rows(model: Any, county: str) -> Any:
    return model.objects.filter(county=county).select_related("by").order_by("-created_at")


def _set(request: DeskRequest, county: str) -> HttpResponse:
    given = request.POST
    action = given.get("do", "")
    if action == "word":
        made = checking.add_word(county, given.get("word", ""), given.get("to", ""), given.get("way", ""), given.get("basis", ""), request.user)
        messages.success(request, f"“{made[0].word}”已记入本局词典")
    elif action == "off":
        rule = given.get("rule", "")
        if rule not in {r.id for r in RULES}:
            raise Http404
        checking.dismiss(county, rule, None, given.get("reason", ""), request.user)
        messages.success(request, f"规则 {rule} 已停用")
    elif action == "on":
        for row in Dismissal.objects.filter(county=county, rule=given.get("rule", ""), text=None):
            _drop(county, row)
        messages.success(request, "规则已恢复")
    else:
        model = MODELS.get(action)
        row = model.objects.filter(county=county, pk=_uuid(given.get("pk", ""))).first() if model else None
        if row is None:
            raise Http404
        _drop(county, row)
        messages.success(request, "已删去，今后照常提示" if action == "dismissal" else "已从本局词典删去")
    return redirect("check-settings")


def _drop(county: str, row: Any) -> None:
    with oplog.operation("恢复校核提示", county=county):
        row.delete()


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


@login_required
@require_POST
def claim(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Take the recorded number into the corrected text, or take that back."""
    checked = checked_or_404(request, pk)
    if not may_compare(request.rights):
        raise Http404
    bureau = bureau_of(request)
    reading = checking.reading_of(checked.blob.sha256, checked.name)
    found = {checking.key_of(f): f for f in differing(checked, reading, request.rights, bureau.area, bureau.switched_off)}
    key = request.POST.get("key", "")
    if key not in found:
        messages.error(request, "这个数字已不在列表里，或台账已经变动，请重新对照")
    else:
        checking.decide(checked, {key: None if request.POST.get("do") == "undo" else checking.accept(found[key], 0)})
    return redirect(reverse("check-text", args=[pk]) + "?tab=claims")


@login_required
@require_POST
def keep(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Register ticked numbers of an old document as past figures, drafts for somebody to confirm."""
    checked = checked_or_404(request, pk)
    if not may_compare(request.rights) or not checked.period:
        raise Http404
    require(may_keep(request))
    bureau, ledger = bureau_of(request), keeping.ledger()
    reading = checking.reading_of(checked.blob.sha256, checked.name)
    starts = {int(word) for word in request.POST.getlist("pick") if word.isdigit() and len(word) < 9}
    back = redirect(reverse("check-text", args=[pk]) + "?tab=claims")
    if not starts:
        messages.error(request, "请先勾选要登记的数")
        return back
    try:
        author = workflow.author_of(ledger, bureau, request.user, request.rights)
        found = reconciled(checked, reading, bureau.area)
        with transaction.atomic():
            made, same = keeping.keep(author, reading, found, starts, parse(checked.period), checked.name)
    except RefusedError as error:
        messages.error(request, f"没有登记：{error}")
        return back
    messages.success(request, f"已登记 {made} 项为草稿" + (f"，{same} 项台账里已有" if same else "") + f"，见台账“{ledger.name}”")
    return back
