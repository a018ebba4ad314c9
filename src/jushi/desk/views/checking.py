"""校核: bring a text, see what is wrong in it, decide, compare its numbers with the records."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from jushi.compose import ComposeError
from jushi.compose import render as composed
from jushi.desk.access import DeskRequest, bureau_of, own_county
from jushi.desk.views.checking_claims import may_compare, stands_of
from jushi.desk.views.documents import edition_or_404, text_of
from jushi.kernel.evidence import RejectedFileError
from jushi.kernel.periods import PeriodError, parse
from jushi.proof import Finding
from jushi.proof.model import LEVELS
from jushi.proof.render_docx import certain
from jushi.proof.render_text import LEVEL_NAMES
from jushi.proofdesk import checking, kinds
from jushi.proofdesk.marking import marked
from jushi.proofdesk.models import CheckedText
from jushi.reports import rights as allowed
from jushi.text import Reading, UnreadableError, read

RECENT = 12
LISTED = 400  # findings on one page; a text with more is a text to be sent back
CRUMB = {"label": "校核", "url": "/check/"}
REASONS = ("原文如此", "专有名称", "引用原文", "情况属实", "误报")
SETTERS = {"report", "compile", "sign"}
PICKED = 12  # editions offered beside the two fields


def require_bureau(request: DeskRequest) -> str:
    """The county of the account, 404 for those who read no drafts of a bureau."""
    bureau = bureau_of(request)
    if bureau.county and "view" not in request.rights.actions():
        raise Http404
    return own_county(request, "校核").county


def checked_or_404(request: DeskRequest, pk: UUID) -> CheckedText:
    """The text, when this account brought it: nobody else's draft exists for him."""
    require_bureau(request)
    found = CheckedText.objects.filter(pk=pk, created_by=request.user).select_related("blob").first()
    if found is None:
        raise Http404
    return found


@login_required
def start(request: DeskRequest) -> HttpResponse:
    """Paste, drop a file, or pick an edition; what was checked before."""
    county = require_bureau(request)
    problem = ""
    if request.GET.get("edition") or request.POST.get("edition"):
        return _edition(request, county)
    if request.method == "POST":
        try:
            return redirect("check-text", _brought(request, county).pk)
        except (UnreadableError, RejectedFileError) as error:
            problem = str(error)
    recent = CheckedText.objects.filter(created_by=request.user).order_by("-created_at")[:RECENT]
    editions = allowed.readable(request.rights).order_by("-period", "-created_at")[:PICKED]
    context = {
        "title": "校核", "problem": problem, "recent": recent, "editions": editions, "pasted": request.POST.get("pasted", ""),
        "crumbs": [{"label": "校核"}], "show_period": False, "limit": checking.MAX_CHARS // 10_000, "megabytes": checking.MAX_BYTES >> 20,
    }  # fmt: skip
    return render(request, "desk/check/start.html", context, status=422 if problem else 200)


def _brought(request: DeskRequest, county: str) -> CheckedText:
    if getattr(request, "upload_refused", ""):
        raise UnreadableError(request.upload_refused)  # type: ignore[attr-defined]
    upload, pasted = request.FILES.get("file"), request.POST.get("pasted", "")
    if upload is not None:
        return checking.bring(upload.read(), upload.name or "文件", county, request.user)
    if not pasted.strip():
        raise UnreadableError("请粘贴文字，或选择一个文件")
    pasted = pasted.replace("\r\n", "\n")
    return checking.bring(pasted.encode(), checking.name_for(pasted), county, request.user)


def _edition(request: DeskRequest, county: str) -> HttpResponse:
    """An edition as it now reads; the same text is not brought twice."""
    try:
        pk = UUID(request.GET.get("edition") or request.POST.get("edition") or "")
    except ValueError:
        raise Http404 from None
    found = edition_or_404(request, pk)
    composition, problem = text_of(found)
    try:
        if composition is None:
            raise ComposeError(problem)
        data = composed(composition, "docx").content
    except ComposeError as error:
        messages.error(request, str(error))
        return redirect("edition", pk)
    name = f"{found.title}.docx"
    last = CheckedText.objects.filter(created_by=request.user, edition=pk).select_related("blob").order_by("-created_at").first()
    if last is not None and checking.reading_of(last.blob.sha256, last.name).document.text == read(data, name).text:
        return redirect("check-text", last.pk)
    return redirect("check-text", checking.bring(data, name, county, request.user, period=found.period, edition=pk).pk)


def item(checked: CheckedText, finding: Finding, number: int) -> dict[str, Any]:
    """A finding as the list shows it, with what was decided."""
    key = checking.key_of(finding)
    decision = checked.decisions.get(key, {})
    return {
        "n": number, "key": key, "f": finding, "kind": kinds.name_of(finding.kind), "level": LEVEL_NAMES[finding.level],
        "state": decision.get("do", ""), "to": decision.get("to", ""), "reason": decision.get("reason", ""),
        "choices": list(enumerate(finding.suggestions)),
    }  # fmt: skip


@login_required
def text(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The text with its findings; the tabs 对账 and 雷同 beside."""
    checked = checked_or_404(request, pk)
    settings = checking.settings_of(checked.county)
    findings = checking.findings_in(checked, settings)
    tab = request.GET.get("tab", "")
    reading = checking.reading_of(checked.blob.sha256, checked.name)
    context: dict[str, Any] = {
        "title": checked.name, "crumbs": [CRUMB, {"label": checked.name}], "checked": checked, "tab": tab, "show_period": False,
        "counts": [(level, LEVEL_NAMES[level], sum(f.level == level for f in findings)) for level in LEVELS],
        "read": reading.period, "said": _said(reading.period.value), "now": _said(checked.period), "reasons": REASONS,
        "may_compare": may_compare(request.rights), "may_set": bool(SETTERS & request.rights.actions()), "notes": reading.document.notes,
    }  # fmt: skip
    if tab == "claims" and context["may_compare"]:
        context |= stands_of(request, checked, reading)
    else:
        context |= _listed(checked, reading, findings)
    return render(request, "desk/check/claims.html" if "claims" in context else "desk/check/text.html", context)


def _listed(checked: CheckedText, reading: Reading, findings: list[Finding]) -> dict[str, Any]:
    """The marked text and the list: of very many findings those still open come first, the gravest of them."""
    items = [item(checked, f, n) for n, f in enumerate(findings)]
    shown = sorted(items, key=lambda i: (bool(i["state"]), LEVELS.index(i["f"].level), i["f"].start))[:LISTED]
    order = sorted(shown, key=lambda i: (LEVELS.index(i["f"].level), i["kind"], i["f"].start))
    numbers = dict(enumerate(shown))
    lines = marked(reading.document, [i["f"] for i in shown])
    return {
        "groups": [(key, list(rows)) for key, rows in groupby(order, key=lambda i: (i["f"].level, i["level"], i["kind"]))],
        "lines": [(line, [_marked(p, numbers) for p in line.pieces]) for line in lines], "kinds": sorted({i["kind"] for i in shown}),
        "sure": sum(1 for f in certain(findings) if checking.key_of(f) not in checked.decisions),
        "open": sum(1 for i in items if not i["state"]), "more": len(items) - len(shown),
    }  # fmt: skip


def _marked(piece: Any, items: dict[int, dict[str, Any]]) -> dict[str, Any]:
    over = [items[n] for n in piece.findings]
    done = bool(over) and all(i["state"] for i in over)
    return {
        "text": piece.text, "ids": " ".join(str(i["n"]) for i in over), "level": piece.level, "done": done,
        "title": "；".join(i["f"].message for i in over)[:300],
    }  # fmt: skip


def _said(period: str) -> str:
    try:
        return parse(period).name
    except PeriodError:
        return ""


@login_required
@require_POST
def period(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Say which period the text speaks of."""
    checked = checked_or_404(request, pk)
    try:
        wanted = request.POST.get("of", "").strip()
        checking.set_period(checked, parse(wanted).code if wanted else "")
    except PeriodError as error:
        messages.error(request, str(error))
    tab = "?tab=claims" if request.POST.get("tab") == "claims" else ""
    return redirect(reverse("check-text", args=[pk]) + tab)


@login_required
@require_POST
def decide(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Accept, ignore with a reason, take back, or never again; answers with the finding as it now stands."""
    checked = checked_or_404(request, pk)
    findings = checking.findings_in(checked, checking.settings_of(checked.county))
    action = request.POST.get("do", "")
    try:
        if action == "sure":
            sure = [f for f in certain(findings) if checking.key_of(f) not in checked.decisions]
            checking.decide(checked, {checking.key_of(f): checking.accept(f, 0) for f in sure})
            messages.success(request, f"已采纳 {len(sure)} 处确定的改法")
            return redirect("check-text", pk)
        number, finding = _named(request, findings)
        if action in {"never", "off"}:
            return _never(request, checked, finding, whole=action == "off")
        decision = _decision(action, finding, request.POST.get("reason", ""))
    except checking.DecisionError as error:
        return render(request, "desk/check/problem.html", {"problem": str(error)}, status=422)
    checked = checking.decide(checked, {checking.key_of(finding): decision})
    if not request.headers.get("HX-Request"):
        return redirect(reverse("check-text", args=[pk]) + f"#f-{number}")
    context = {"i": item(checked, finding, number), "checked": checked, "reasons": REASONS, "current": True,
               "may_set": bool(SETTERS & request.rights.actions())}  # fmt: skip
    return render(request, "desk/check/finding.html", context)


def _named(request: DeskRequest, findings: list[Finding]) -> tuple[int, Finding]:
    key = request.POST.get("key", "")
    for number, finding in enumerate(findings):
        if checking.key_of(finding) == key:
            return number, finding
    raise checking.DecisionError("这处问题已不在列表里，请刷新页面")


def _decision(action: str, finding: Finding, reason: str) -> dict[str, str] | None:
    if action == "undo":
        return None
    if action == "ignore":
        if not reason.strip():
            raise checking.DecisionError("请写明忽略的原因")
        return {"do": "ignore", "reason": reason.strip()[:200]}
    kind, _, number = action.partition(":")
    if kind != "accept" or not number.isdigit():
        raise checking.DecisionError("不认识的操作，请刷新页面")
    return checking.accept(finding, int(number))


def _never(request: DeskRequest, checked: CheckedText, finding: Finding, *, whole: bool) -> HttpResponse:
    if not SETTERS & request.rights.actions():
        raise checking.DecisionError("“不再提示”对全局生效，请由撰稿、统稿或签发人员设置")
    bureau_of(request)
    checking.dismiss(checked.county, finding.rule, None if whole else finding.text[:200], request.POST.get("reason", ""), request.user)
    what = f"规则 {finding.rule}" if whole else f"“{finding.text[:20]}”"
    messages.success(request, f"{what}今后不再提示，可在“词典与规则”里恢复")
    url = reverse("check-text", args=[checked.pk])
    if not request.headers.get("HX-Request"):
        return redirect(url)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = url
    return response


@login_required
@require_POST
def drop(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Take a text off one's list."""
    checked = checked_or_404(request, pk)
    checking.remove(checked)
    messages.success(request, f"已删除“{checked.name}”的校核记录")
    return redirect("check")
