"""Documents as files: Word, PDF, HTML, Markdown, JSON, and the evidence pack."""

from __future__ import annotations

import tempfile
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from jushi.compose import FORMATS, ComposeError, render
from jushi.desk.access import DeskRequest, require
from jushi.desk.downloads import download
from jushi.desk.views.documents import edition_or_404, may_export, text_of
from jushi.kernel import oplog
from jushi.kernel.roles import Decision
from jushi.reports import rights as allowed
from jushi.reports.pack import file_name, write_pack

SPOOL = 32 << 20  # bytes of a pack held in memory before it goes to disk
NO_EXPORT = "您的角色没有导出权限，请与统稿人联系"


@login_required
def export(request: DeskRequest, pk: UUID, kind: str) -> HttpResponse:
    """The document in one format."""
    found = edition_or_404(request, pk)
    if kind not in FORMATS:
        raise Http404
    require(Decision(may_export(request.rights), NO_EXPORT))
    composition, problem = text_of(found)
    try:
        if composition is None:
            raise ComposeError(problem)
        made = render(composition, kind)
    except ComposeError as error:
        messages.error(request, str(error))
        return redirect("edition", pk)
    oplog.event("导出文稿", county=found.county, reason=f"{found.title}（{kind}）"[:300])
    return download(made.content, made.media_type, file_name(found, made.extension, timezone.localdate()))


@login_required
def pack(request: DeskRequest, pk: UUID) -> HttpResponseBase:
    """The evidence pack: document, workbook of figures and records, evidence files."""
    found = edition_or_404(request, pk)
    inside = allowed.inside(request.rights) and found.county == request.rights.county
    require(Decision(inside and "export" in request.rights.actions(), NO_EXPORT))
    target: Any = tempfile.SpooledTemporaryFile(max_size=SPOOL)  # noqa: SIM115 - closed by the response
    try:
        write_pack(found, request.rights, target)
    except ComposeError as error:
        target.close()
        messages.error(request, str(error))
        return redirect("edition", pk)
    oplog.event("导出佐证包", county=found.county, reason=found.title[:300])
    target.seek(0)
    name = file_name(found, "zip", timezone.localdate())
    return FileResponse(target, as_attachment=True, filename=name, content_type="application/zip")
