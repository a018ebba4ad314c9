"""Writing in an edition: narrative fragments by the offices, sentences by the editor. What somebody typed is never lost to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from jushi.desk import line_forms
from jushi.desk.access import DeskRequest, require
from jushi.desk.views.documents import edition_or_404, page_context
from jushi.kernel.models import ChangeLine
from jushi.kernel.oplog import StaleRecordError
from jushi.kernel.roles import Decision
from jushi.ledger.store import RefusedError
from jushi.reports import editions as course
from jushi.reports import rights as allowed
from jushi.reports.models import Edition, EditionSection
from jushi.reports.sentences import notes_of

LONGEST = 20_000  # characters of one fragment


@dataclass(slots=True)
class NoteField:
    """A fragment as it is edited: what was typed, what it was typed over, and what another saved meanwhile."""

    number: int
    name: str
    text: str
    was: str
    reason: str
    theirs: str = ""
    conflict: bool = False

    @property
    def rows(self) -> int:
        """Height of the text area."""
        return max(3, min(14, len(self.text) // 26 + self.text.count("\n") + 2))


def section_or_404(request: DeskRequest, pk: UUID, key: str) -> tuple[Edition, EditionSection]:
    """The edition that the account may read, and one section of it."""
    found = edition_or_404(request, pk)
    own = EditionSection.objects.filter(county=found.county, edition=found, key=key).select_related("office").first()
    if own is None:
        raise Http404
    own.edition = found
    return found, own


@login_required
def section(request: DeskRequest, pk: UUID, key: str) -> HttpResponse:
    """A section as it is read (after giving up an edit)."""
    found, own = section_or_404(request, pk, key)
    return _part(request, found, own, "desk/documents/part.html")


def _part(request: DeskRequest, found: Edition, own: EditionSection, template: str) -> HttpResponse:
    context = page_context(request, found)
    part = next(p for p in context["parts"] if p["own"].key == own.key)
    return render(request, template, context | {"part": part})


@login_required
def notes(request: DeskRequest, pk: UUID, key: str) -> HttpResponse:
    """The fragments of a section in place of it: a text area each; saving merges what others wrote elsewhere in the section."""
    found, own = section_or_404(request, pk, key)
    require(allowed.may_write(request.rights, found, own))
    if request.method != "POST":
        return _notes_form(request, own, _stored_fields(own))
    typed = _typed_fields(request, own)
    for _ in range(3):
        clashing = _clashes(own, typed)
        if clashing:
            return _notes_form(request, own, typed, status=422, other=_last_writer(own))
        try:
            course.write_section(own, version=own.version, notes=_merged(own, typed))
        except StaleRecordError:
            found, own = section_or_404(request, pk, key)
            continue
        except RefusedError as error:
            return _notes_form(request, own, typed, status=422, problem=str(error))
        return _saved(request, found, own)
    return _notes_form(request, own, typed, status=422, problem="多人正在同时保存本节，请稍候再保存一次")


def _stored_text(own: EditionSection, name: str) -> tuple[str, str]:
    row = own.notes.get(name, "")
    return (row.get("text", ""), row.get("reason", "")) if isinstance(row, dict) else (str(row), "")


def _stored_fields(own: EditionSection) -> list[NoteField]:
    found = []
    for number, name in enumerate(notes_of(own.lines)):
        text, reason = _stored_text(own, name)
        found.append(NoteField(number, name, text, text, reason))
    return found


def _typed_fields(request: DeskRequest, own: EditionSection) -> list[NoteField]:
    found = []
    for number in range(line_forms.MOST):
        name = request.POST.get(f"name-{number}")
        if name is None:
            break
        text, was = (_clean(request.POST.get(f"{part}-{number}", "")) for part in ("note", "was"))
        found.append(NoteField(number, name[:40], text, was, request.POST.get(f"reason-{number}", "").strip()[:200]))
    return found


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").strip()[:LONGEST]


def _clashes(own: EditionSection, typed: list[NoteField]) -> bool:
    """Mark the fragments that both this account and another changed since the form was opened; the next save is then knowing."""
    for field in typed:
        stored = _stored_text(own, field.name)[0]
        field.conflict = field.text not in (field.was, stored) and _clean(stored) != field.was
        if field.conflict:
            field.theirs, field.was = stored, _clean(stored)
    return any(field.conflict for field in typed)


def _merged(own: EditionSection, typed: list[NoteField]) -> dict[str, Any]:
    """The stored fragments with what was really typed here: a field left alone keeps what another wrote."""
    merged = dict(own.notes)
    for field in typed:
        stored, reason = _stored_text(own, field.name)
        text = _clean(stored) if field.text == field.was else field.text
        row = {"text": text, "reason": field.reason or reason} if field.reason or reason else {"text": text}
        if text:
            merged[field.name] = row
        else:
            merged.pop(field.name, None)
    return merged


def _last_writer(own: EditionSection) -> Any:
    line = ChangeLine.objects.filter(county=own.county, object_id=own.pk).select_related("operation").order_by("-operation_id").first()
    return line.operation if line else None


def _notes_form(
    request: DeskRequest,
    own: EditionSection,
    fields: list[NoteField],
    *,
    status: int = 200,
    other: Any = None,
    problem: str = "",
) -> HttpResponse:
    context = {"own": own, "edition": own.edition, "fields": fields, "other": other, "problem": problem,
               "office": own.office.name if own.office else "", "clash": any(f.conflict for f in fields)}  # fmt: skip
    return render(request, "desk/documents/notes.html", context, status=status)


def _saved(request: DeskRequest, found: Edition, own: EditionSection) -> HttpResponse:
    response = _part(request, found, own, "desk/documents/saved.html")
    response["HX-Trigger"] = '{"toast": "\\u5df2\\u4fdd\\u5b58"}'
    return response


@login_required
def sentences(request: DeskRequest, pk: UUID, key: str) -> HttpResponse:
    """The sentences of a section in place of it, judged while they are typed."""
    found, own = section_or_404(request, pk, key)
    require(allowed.may_edit(request.rights, found))
    if request.method != "POST":
        return _sentences_form(request, own, own.lines, own.title)
    lines, title = line_forms.posted(request.POST.dict(), "line"), request.POST.get("title", "").strip()[:120]
    version = request.POST.get("version", "")
    try:
        if title and "{" in title and (wrong := line_forms.problems([title])):
            raise RefusedError({"title": f"标题：{wrong[0]}"})
        course.write_section(own, version=int(version) if version.isdigit() else -1, lines=lines, title=title)
    except StaleRecordError:
        own = section_or_404(request, pk, key)[1]
        return _sentences_form(request, own, lines, title, status=422, other=_last_writer(own), theirs=own.lines)
    except RefusedError as error:
        own = section_or_404(request, pk, key)[1]
        return _sentences_form(request, own, lines, title, status=422, problem=str(error), version=version)
    return _saved(request, found, own)


def _sentences_form(
    request: DeskRequest, own: EditionSection, lines: list[Any], title: str, *, status: int = 200, other: Any = None,
    theirs: Any = None, problem: str = "", version: str = "",
) -> HttpResponse:  # fmt: skip
    context = {
        "own": own, "edition": own.edition, "fields": line_forms.fields("line", lines), "section_title": title, "other": other,
        "problem": problem, "theirs": line_forms.fields("theirs", theirs, spare=0) if theirs is not None else None,
        "version": version or own.version,
    }  # fmt: skip
    return render(request, "desk/documents/sentences.html", context, status=status)


@login_required
@require_POST
def hand_in(request: DeskRequest, pk: UUID, key: str) -> HttpResponse:
    """An office hands its section in, or the editor returns it."""
    found, own = section_or_404(request, pk, key)
    to = request.POST.get("to", "")
    if to not in ("done", "open", "returned"):
        raise Http404
    if to == "returned":
        require(Decision(allowed.edits_all(request.rights), "退回章节由办公室统稿人办理"))
    require(allowed.may_write(request.rights, found, own))
    try:
        course.write_section(own, version=own.version, state=to)
        words = {"done": "已交稿", "open": "已收回，可以继续写", "returned": "已退回股室补充"}
        messages.success(request, f"“{own.title or '总起'}”{words[to]}")
    except (RefusedError, StaleRecordError) as error:
        messages.error(request, str(error))
    return redirect(reverse("edition", args=[pk]) + f"#s-{key}")
