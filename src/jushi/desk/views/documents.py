"""Documents: the list, a new one, the page with outline, sheet and side pane, and its way through the steps."""

from __future__ import annotations

from collections.abc import Mapping
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

from jushi.compose import ComposeError, Composition
from jushi.desk import paper
from jushi.desk.access import DeskRequest, bureau_of, require
from jushi.desk.context import period_of
from jushi.desk.menu import address
from jushi.kernel.models import Bureau, Rule
from jushi.kernel.oplog import StaleRecordError
from jushi.kernel.periods import Period, PeriodError, of_day, parse
from jushi.kernel.roles import Rights
from jushi.kernel.stamps import kept
from jushi.ledger.store import RefusedError
from jushi.reports import editions as course
from jushi.reports import rights as allowed
from jushi.reports.models import STEPS, Edition, EditionSection, Template
from jushi.reports.outline import UnknownTemplateError

LIMIT = 100
CRUMB = {"label": "文稿", "url": "/documents/"}
STATES = {"open": "", "done": "ok", "returned": "back"}
PERIOD_KINDS = {"year": "年", "half": "半年", "quarter": "季度", "month": "月"}


def edition_or_404(request: DeskRequest, pk: UUID) -> Edition:
    """The edition, when the account may read it."""
    found = allowed.readable(request.rights).select_related("area", "created_by", "signed_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def text_of(edition: Edition) -> tuple[Composition | None, str]:
    """The composition, or why it cannot be compiled: a broken sentence must never make its own page unreachable."""
    try:
        return course.shown(edition), ""
    except (ComposeError, KeyError, UnknownTemplateError) as error:
        return None, f"文稿暂时编不出来：{error}。请统稿人改正句子后再看。"


@login_required
def editions(request: DeskRequest) -> HttpResponse:
    """The documents that the account may read, newest period first."""
    if not {"view", "signed"} & request.rights.actions():
        raise Http404
    rows = list(allowed.readable(request.rights).select_related("area", "created_by").order_by("-period", "-created_at")[:LIMIT])
    inside = allowed.inside(request.rights)
    context = {
        "title": "文稿", "subtitle": f"{len(rows)} 份", "crumbs": [{"label": "文稿"}], "several": len({r.county for r in rows}) > 1,
        "rows": [_listed(request.rights, row, inside) for row in rows], "show_period": False,
        "may_create": bool(allowed.may_create(request.rights)), "inside": inside,
    }  # fmt: skip
    return render(request, "desk/documents/list.html", context)


def _listed(rights: Rights, row: Edition, inside: bool) -> dict[str, Any]:
    own = inside and row.county == rights.county
    frozen = row.step == "frozen"
    key = ("edition", row.pk, row.version)
    gaps = kept(row.county, (*key, "gaps"), lambda: _gaps(row), seconds=60) if own and not frozen else 0
    moved = len(moved_codes(row)) if own and frozen else 0
    return {
        "row": row, "period": parse(row.period).name, "step": row.get_step_display(), "next": allowed.HOLDERS[row.step], "gaps": gaps,
        "moved": moved, "frozen": frozen, "mine": allowed.acts(rights, row.step) and row.county == rights.county,
    }  # fmt: skip


def moved_codes(row: Edition) -> list[str]:
    """code@period of the figures that drifted, remembered until the county is written to: only a mark, the cards look again."""
    return kept(row.county, ("drift", row.pk), lambda: [f"{d.figure.code}@{d.figure.period}" for d in course.drift(row)], seconds=60)


def _gaps(row: Edition) -> int:
    composition, _ = text_of(row)
    return -1 if composition is None else len(course.blocking(composition))


@login_required
def new(request: DeskRequest) -> HttpResponse:
    """Begin an edition: template, period, cut-off."""
    require(allowed.may_create(request.rights))
    bureau = bureau_of(request)
    given = request.POST if request.method == "POST" else {"period": period_of(request)}
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            made = _create(request, bureau, given)
            messages.success(request, f"已建稿《{made.title}》，各股室可以补充叙述段了")
            return redirect("edition", made.pk)
        except RefusedError as error:
            problems = dict(error.problems)
    context = {
        "title": "新建文稿", "crumbs": [CRUMB, {"label": "新建"}], "templates": known_templates(bureau.county), "given": given,
        "problems": problems, "kinds": PERIOD_KINDS, "show_period": False, "periods": _period_choices(given.get("period", "")),
    }  # fmt: skip
    return render(request, "desk/documents/new.html", context, status=422 if problems else 200)


def _period_choices(chosen: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Periods of three years to choose from, (year, [(code, name)]); the chosen one among them whatever it is."""
    try:
        now = parse(chosen)
    except PeriodError:
        now = of_day("year", timezone.localdate())
    found = []
    for year in (now.year, now.year - 1, now.year + 1):
        codes = [str(year), *(f"{year}H{n}" for n in (1, 2)), *(f"{year}Q{n}" for n in range(1, 5)),
                 *(f"{year}-01..{n:02}" for n in range(2, 12)), *(f"{year}-{n:02}" for n in range(1, 13))]  # fmt: skip
        found.append((f"{year}年", [(code, parse(code).name) for code in codes]))
    if all(now.code != code for _, group in found for code, _ in group):
        found.insert(0, ("已选", [(now.code, now.name)]))
    return found


def known_templates(county: str) -> list[Template]:
    """Templates that a bureau uses: its own copies stand in for the shipped ones."""
    rows = {t.code: t for t in Template.objects.filter(county="")}
    rows |= {t.code: t for t in Template.objects.filter(county=county)} if county else {}
    return sorted(rows.values(), key=lambda t: (t.period_kind != "year", t.period_kind, t.code))


def _create(request: DeskRequest, bureau: Bureau, given: Mapping[str, str]) -> Edition:
    period = _period(given.get("period", ""))
    cutoff = _day(given.get("cutoff", ""), period)
    try:
        return course.create(bureau, bureau.area, period, template=given.get("template", ""), user=request.user, cutoff=cutoff)
    except UnknownTemplateError as error:
        raise RefusedError({"template": str(error)}) from error


def _period(text: str) -> Period:
    try:
        return parse(text.strip())
    except PeriodError as error:
        raise RefusedError({"period": str(error)}) from error


def _day(text: str, period: Period) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
        period.until(day)
    except PeriodError as error:
        raise RefusedError({"cutoff": str(error)}) from error
    except ValueError as error:
        raise RefusedError({"cutoff": "日期须写成 2015-11-30 这样"}) from error
    return day


@login_required
def edition(request: DeskRequest, pk: UUID) -> HttpResponse:
    """One edition. ``?figure=`` opens a figure's card without script."""
    found = edition_or_404(request, pk)
    context = page_context(request, found)
    if code := request.GET.get("figure"):
        from jushi.desk.views.documents_figures import card_context

        context |= {"card": card_context(request, found, code, request.GET.get("at", ""))}
    return render(request, "desk/documents/edition.html", context)


def page_context(request: DeskRequest, found: Edition) -> dict[str, Any]:
    """What the page and its parts show."""
    rights = request.rights
    inside = allowed.inside(rights) and found.county == rights.county
    composition, problem = text_of(found)
    sections = list(found.sections.select_related("office").order_by("position"))
    moved = moved_codes(found) if inside and found.step == "frozen" else []
    sheet = None
    if composition is not None:
        sheet = paper.sheet_of(found, composition, sections, moved)
    limit = length_limit(found)
    words = sheet.words if sheet else 0
    return {
        "title": found.title, "edition": found, "period_name": parse(found.period).name, "crumbs": [CRUMB, {"label": found.title}],
        "sheet": sheet, "problem": problem, "moved": moved, "inside": inside, "show_period": False,
        "parts": [part_context(rights, found, s, sheet.blocks[s.key] if sheet else None) for s in sections],
        "words": words, "limit": limit, "filled": round(words * 100 / limit) if limit else 0, "gaps": sheet.gaps if sheet else 0,
        **step_context(rights, found), "check_url": address("check") if inside else "",
        "may_export": may_export(rights), "may_pack": inside and "export" in rights.actions(),
        "formats": [("docx", "Word 文档（.docx）"), ("pdf", "PDF"), ("html", "网页（.html）"), ("md", "纯文本（.md）"), ("json", "数据（.json）")],
    }  # fmt: skip


def part_context(rights: Rights, found: Edition, own: EditionSection, block: paper.Block | None) -> dict[str, Any]:
    """One section on the outline and on the sheet."""
    return {
        "own": own, "block": block, "edition": found, "office": own.office.name if own.office else "", "state": STATES[own.state],
        "gone": paper.gone_mark(block.gone) if block else "", "heading": (block.head if block else "") or own.title or "（总起）",
        "may_write": bool(own.lines) and bool(allowed.may_write(rights, found, own)),
        "may_edit": bool(allowed.may_edit(rights, found)), "has_notes": "{#" in str(own.lines),
    }  # fmt: skip


def step_context(rights: Rights, found: Edition) -> dict[str, Any]:
    """Where the edition stands and what the account may do about it."""
    at = allowed.ORDER.index(found.step)
    decision = allowed.may_pass(rights, found)
    return {
        "steps": [(name, "done" if n < at or found.step == "frozen" else "now" if n == at else "") for n, (_, name) in enumerate(STEPS)],
        "holder": allowed.HOLDERS[found.step], "may_pass": decision,
        "next_step": STEPS[at + 1] if decision and at + 1 < len(STEPS) else None,
        "earlier": [STEPS[n] for n in range(1, at)][::-1] if decision else [],
    }  # fmt: skip


def may_export(rights: Rights) -> bool:
    """Whoever may export at all, and those who read signed documents."""
    return bool({"export", "signed"} & rights.actions())


def length_limit(found: Edition) -> int:
    """How long a general document may be, as the rule in force says (domain C6.7); 0 when no rule is set."""
    try:
        return int(Rule.current("document_length", found.county, timezone.localdate())["general"])
    except KeyError:
        return 0


@login_required
@require_POST
def step(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Take the edition on, sign and freeze it, or return it with a reason."""
    found = edition_or_404(request, pk)
    require(allowed.may_pass(request.rights, found))
    to = request.POST.get("to", "")
    if to not in allowed.ORDER or to == found.step:
        raise Http404
    back = redirect(reverse("edition", args=[pk]))
    if request.POST.get("at") != found.step:
        messages.error(request, f"文稿已由他人办到“{found.get_step_display()}”，请核对后再办")
        return back
    try:
        course.advance(found, to, user=request.user, reason=request.POST.get("reason", "").strip()[:300])
        words = {"frozen": "已签发并冻结归档，以后数据变动会在此提示"}
        messages.success(request, words.get(to, f"已到“{dict(STEPS)[to]}”环节，由{allowed.HOLDERS[to]}办理"))
    except RefusedError as error:
        messages.error(request, str(error))
    except StaleRecordError:
        messages.error(request, "文稿刚被他人办理，请核对后再办")
    return back
