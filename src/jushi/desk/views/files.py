"""Evidence files of a record: upload, show, download, remove."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import UUID

from csp.decorators import csp_replace
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from jushi.desk.access import DeniedError, DeskRequest, ledger_or_404, record_or_404
from jushi.desk.views.records import may_attach
from jushi.kernel import evidence, oplog
from jushi.kernel.models import Evidence
from jushi.kernel.roles import Decision


def _allow(request: DeskRequest, code: str, pk: UUID) -> tuple[Any, Any]:
    ledger = ledger_or_404(request, code)
    record = record_or_404(request, ledger, pk)
    if not may_attach(request, ledger, record):
        raise DeniedError(Decision(False, "您的角色不能增减这条记录的佐证"))
    return ledger, record


@login_required
@require_POST
def upload(request: DeskRequest, code: str, pk: UUID) -> HttpResponse:
    """Attach several files at once; each is judged by itself, the good ones stay."""
    _, record = _allow(request, code, pk)
    done, uploads = 0, request.FILES.getlist("files")  # reading the files is what may refuse them
    refused = getattr(request, "upload_refused", "")
    for item in uploads:
        try:
            evidence.attach(
                record,
                item,
                item.name or "",
                request.user.full_name or request.user.username,
                request.POST.get("caption", ""),
            )
            done += 1
        except evidence.RejectedFileError as error:
            messages.error(request, f"“{evidence.clean_name(item.name or '')}”没有收下：{error}")
    if refused:
        messages.error(request, refused)
    elif done:
        messages.success(request, f"已上传 {done} 个文件")
    elif not uploads:
        messages.error(request, "请选择文件")
    return redirect(f"{reverse('record', args=[code, pk])}?tab=files")


@login_required
@require_POST
def remove(request: DeskRequest, code: str, pk: UUID, item: UUID) -> HttpResponse:
    """Take a file off its record; the content is kept, because documents may name it."""
    _, record = _allow(request, code, pk)
    row = Evidence.objects.filter(pk=item, record_id=record.pk).first()
    if row is None:
        raise Http404
    evidence.detach(row)
    messages.success(request, f"已移除“{row.name}”")
    return redirect(f"{reverse('record', args=[code, pk])}?tab=files")


@login_required
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": ["'self'"]})  # type: ignore[arg-type]  # knows plain requests only
def content(request: DeskRequest, code: str, pk: UUID, item: UUID) -> HttpResponseBase:
    """The file: shown in the page when its kind is harmless, else downloaded. Downloads are on record."""
    ledger = ledger_or_404(request, code)
    record = record_or_404(request, ledger, pk)
    row = Evidence.objects.select_related("blob").filter(pk=item, record_id=record.pk).first()
    if row is None or not evidence.path(row.blob).exists():
        raise Http404
    inline = row.blob.mime in evidence.INLINE and "download" not in request.GET
    if not inline:
        oplog.event("下载佐证", county=record.county, reason=f"{record.title}：{row.name}"[:300])
    kind = "text/plain; charset=utf-8" if row.blob.mime == "text/plain" else row.blob.mime
    response = FileResponse(evidence.path(row.blob).open("rb"), content_type=kind)
    response["Content-Disposition"] = f"{'inline' if inline else 'attachment'}; filename*=UTF-8''{quote(row.name)}"
    response["X-Content-Type-Options"] = "nosniff"
    return response
