"""Templates: the shipped outlines, and a bureau's own copies whose sentences it edits."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from jushi.desk import line_forms
from jushi.desk.access import DeskRequest, bureau_of, require
from jushi.desk.views.documents import CRUMB, PERIOD_KINDS, known_templates
from jushi.kernel import oplog
from jushi.reports import rights as allowed
from jushi.reports.compiling import office_names
from jushi.reports.models import Template
from jushi.reports.outline import Line, sections_of
from jushi.reports.sentences import check, until_problem

CRUMBS = [CRUMB, {"label": "模板", "url": "/documents/templates/"}]


def template_or_404(request: DeskRequest, code: str) -> Template:
    """The template as the bureau uses it: its own copy before the shipped one."""
    if not allowed.inside(request.rights):
        raise Http404
    found = next((t for t in known_templates(request.rights.county) if t.code == code), None)
    if found is None:
        raise Http404
    return found


@login_required
def templates(request: DeskRequest) -> HttpResponse:
    """All templates that the bureau uses."""
    if not allowed.inside(request.rights):
        raise Http404
    rows = [
        {"row": t, "kind": PERIOD_KINDS.get(t.period_kind, t.period_kind), "sections": len(t.outline),
         "lines": sum(len(s.get("lines", [])) for s in t.outline)}
        for t in known_templates(request.rights.county)
    ]  # fmt: skip
    context = {"title": "模板", "rows": rows, "crumbs": [CRUMB, {"label": "模板"}], "show_period": False}
    return render(request, "desk/documents/templates.html", context)


@login_required
def template(request: DeskRequest, code: str) -> HttpResponse:
    """The outline with its sentences, each judged."""
    found = template_or_404(request, code)
    offices = office_names(request.rights.county)
    sections = [
        {"one": s, "office": offices.get(s.office, s.office), "lines": line_forms.fields(s.key, row.get("lines", []), spare=0)}
        for s, row in zip(sections_of(found), found.outline, strict=True)
    ]  # fmt: skip
    may = bool(allowed.may_create(request.rights))
    context = {
        "title": found.name, "found": found, "sections": sections, "crumbs": [*CRUMBS, {"label": found.name}], "show_period": False,
        "kind": PERIOD_KINDS.get(found.period_kind, ""), "may_copy": may and not found.county, "may_edit": may and bool(found.county),
    }  # fmt: skip
    return render(request, "desk/documents/template.html", context)


@login_required
@require_POST
def copy(request: DeskRequest, code: str) -> HttpResponse:
    """Make the bureau's own copy of a shipped template, or drop it again."""
    require(allowed.may_create(request.rights))
    found, county = template_or_404(request, code), bureau_of(request).county
    if "drop" in request.POST and found.county:
        with oplog.operation("删除本局模板", county=county):
            oplog.event("删除本局模板", county=county, reason=found.name)
            found.delete()
        messages.success(request, f"已改回通用的《{found.name}》")
        return redirect("template", code)
    if not found.county:
        with transaction.atomic():
            oplog.event("复制模板", county=county, reason=found.name)
            Template.objects.create(
                code=found.code, county=county, name=found.name, period_kind=found.period_kind, title=found.title,
                outline=found.outline,
            )  # fmt: skip
        messages.success(request, "已建立本局副本，可以修改句子；以后建稿用本局副本")
    return redirect("template-edit", code)


@login_required
def edit(request: DeskRequest, code: str) -> HttpResponse:
    """Edit the bureau's own copy: title, headings and sentences."""
    found = template_or_404(request, code)
    require(allowed.may_create(request.rights))
    if not found.county:
        return redirect("template", code)
    outline, title, problems = found.outline, found.title, []
    version = str(found.version)
    if request.method == "POST":
        data = request.POST.dict()
        outline, title, version = _posted(found, data), data.get("title", "").strip()[:120], data.get("version", "")
        problems = _problems(outline, title)
        if not problems and not _save(found, outline, title, version):
            problems = ["模板刚被他人修改。您填的内容还在，下面是您的稿；请在另一窗口核对他人的改动后再保存"]
            version = str(Template.objects.get(pk=found.pk).version)
        elif not problems:
            messages.success(request, "模板已保存，以后建的文稿用新句子；已建的文稿不变")
            return redirect("template", code)
    offices = office_names(request.rights.county)
    sections = [
        {"number": n, "row": row, "office": offices.get(row.get("office", ""), ""), "fields": line_forms.fields(f"s{n}", row.get("lines", []))}
        for n, row in enumerate(outline)
    ]  # fmt: skip
    context = {
        "title": f"修改模板：{found.name}", "found": found, "template_title": title, "sections": sections, "problems": problems,
        "version": version, "crumbs": [*CRUMBS, {"label": found.name, "url": f"/documents/templates/{code}/"}, {"label": "修改"}],
        "show_period": False,
    }  # fmt: skip
    return render(request, "desk/documents/template_edit.html", context, status=422 if problems else 200)


def _posted(found: Template, data: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {**row, "title": data.get(f"s{n}-title", row.get("title", "")).strip()[:120], "lines": line_forms.posted(data, f"s{n}")}
        for n, row in enumerate(found.outline)
    ]  # fmt: skip


def _problems(outline: list[dict[str, Any]], title: str) -> list[str]:
    found = [f"文稿标题：{p}" for p in line_forms.problems([title])] if title else ["请填写文稿标题"]
    for row in outline:
        name = row.get("title") or "总起"
        found += [f"“{name}”标题：{p}" for p in line_forms.problems([name])] if "{" in name else []
        found += [f"“{name}”{p}" for p in line_forms.problems(row["lines"])]
    return found


def _save(found: Template, outline: list[dict[str, Any]], title: str, version: str) -> bool:
    """Write the copy unless somebody else did meanwhile."""
    with transaction.atomic():
        rows = Template.objects.filter(pk=found.pk, version=int(version) if version.isdigit() else -1)
        saved = rows.update(outline=outline, title=title, version=found.version + 1)
        if saved:
            oplog.event("修改模板", county=found.county, reason=found.name)
    return bool(saved)


@login_required
@require_POST
def sentence(request: DeskRequest) -> HttpResponse:
    """Judge one sentence while it is typed (htmx): what it asks for, or what is wrong and where."""
    if not allowed.inside(request.rights):
        raise Http404
    given = {k: v for k, v in request.POST.dict().items() if k != "csrfmiddlewaretoken"}
    name = next(iter(given), "")
    text = " ".join(given.get(name, "").split())
    problem = until_problem(text) if name.endswith("-until") else ""
    checked = None if problem or name.endswith("-until") else check(Line(text))
    context = {
        "problem": problem or (checked.problem if checked else ""),
        "needs": checked.needs if checked else None,
        "text": text,
    }
    return render(request, "desk/documents/checked.html", context)
