"""校核 as files: corrected and commented Word documents, the list as a workbook; and which paragraphs say what earlier texts said."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jushi.compose import ComposeError
from jushi.compose import render as composed
from jushi.desk.access import DeskRequest, bureau_of
from jushi.desk.downloads import XLSX, download
from jushi.desk.views.checking import checked_or_404
from jushi.desk.views.checking_claims import differing, may_compare, reconciled
from jushi.desk.views.documents import text_of
from jushi.kernel import oplog
from jushi.ledger import visibility
from jushi.proof import Finding, commented, corrected, similar
from jushi.proofdesk import checking
from jushi.proofdesk.listing import workbook
from jushi.proofdesk.models import CheckedText
from jushi.reports import rights as allowed
from jushi.text import Reading, UnreadableError, read_text, understand

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EARLIER_TEXTS, EARLIER_EDITIONS, SHOWN = 10, 6, 60


@login_required
def export(request: DeskRequest, pk: UUID, kind: str) -> HttpResponse:
    """``corrected`` (accepted suggestions written in), ``commented`` (open findings as comments), ``list``."""
    checked = checked_or_404(request, pk)
    reading = checking.reading_of(checked.blob.sha256, checked.name)
    findings = checking.findings_in(checked, checking.settings_of(checked.county))
    against = _against(request, checked, reading)
    stem = checked.name.rpartition(".")[0] or checked.name
    if kind == "corrected":
        data = corrected(reading.document, checking.accepted(checked, [*findings, *against]), checking.source_of(checked))
        name, media = f"{stem}-改后.docx", DOCX
    elif kind == "commented":
        data = commented(reading.document, checking.standing(checked, [*findings, *against]), checking.source_of(checked))
        name, media = f"{stem}-批注.docx", DOCX
    elif kind == "list":
        seen = _seen(request, checked, reading)
        data, name, media = workbook(checked, reading, findings, seen), f"{stem}-校核清单.xlsx", XLSX
    else:
        raise Http404
    oplog.event("导出校核结果", county=checked.county, reason=name[:300])
    return download(data, media, name)


def _against(request: DeskRequest, checked: CheckedText, reading: Reading) -> list[Finding]:
    if not may_compare(request.rights):
        return []
    bureau = bureau_of(request)
    return differing(checked, reading, request.rights, bureau.area, bureau.switched_off)


def _seen(request: DeskRequest, checked: CheckedText, reading: Reading) -> list[Any]:
    """The reconciled claims whose records the account may see."""
    if not may_compare(request.rights):
        return []
    bureau = bureau_of(request)
    found = reconciled(checked, reading, bureau.area)
    return [r for r in found if r.value is None or visibility.opens(r.value.ledger, request.rights, bureau.switched_off)]


@login_required
def alike(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Paragraphs that repeat what the account's earlier texts or the editions it may read say."""
    checked = checked_or_404(request, pk)
    reading = checking.reading_of(checked.blob.sha256, checked.name)
    others = _earlier(request, checked, reading.document.text)
    found = similar(reading, [r for _, _, r in others])
    pieces = sum(1 for b in reading.document.blocks if b.role == "body")
    rows = [
        {
            "text": reading.document.text[s.start : s.end], "start": s.start, "ratio": s.ratio, "name": others[s.other][0], "url": others[s.other][1],
            "other": others[s.other][2].document.text[s.other_start : s.other_end],
        }
        for s in sorted(found, key=lambda s: (-s.ratio, s.start))
    ]  # fmt: skip
    context = {"rows": rows[:SHOWN], "total": len(rows), "pieces": pieces, "compared": len(others), "checked": checked}
    return render(request, "desk/check/alike.html", context)


def _earlier(request: DeskRequest, checked: CheckedText, own: str) -> list[tuple[str, str, Reading]]:
    found: list[tuple[str, str, Reading]] = []
    rows = CheckedText.objects.filter(created_by=request.user).exclude(pk=checked.pk).exclude(blob=checked.blob_id)
    for row in rows.select_related("blob").order_by("-created_at")[:EARLIER_TEXTS]:
        try:
            reading = checking.reading_of(row.blob.sha256, row.name)
        except (UnreadableError, OSError):
            continue
        if reading.document.text != own:
            found.append((row.name, reverse("check-text", args=[row.pk]), reading))
    editions = allowed.readable(request.rights).exclude(pk=checked.edition) if checked.edition else allowed.readable(request.rights)
    for edition in editions.order_by("-period")[:EARLIER_EDITIONS]:
        composition, _ = text_of(edition)
        try:
            if composition is not None:
                text = composed(composition, "txt").content.decode()
                found.append((edition.title, reverse("edition", args=[edition.pk]), understand(read_text(text))))
        except ComposeError:
            continue
    return found
