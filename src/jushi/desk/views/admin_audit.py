"""审计: the change log and its chain, failed sign-ins. Read only.

Whoever audits sees who did what to which row and which fields changed. The values themselves stand on the record's history page, for those
who may open the record: an auditor without business rights reads no business content (mission.md §5).
"""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import islice
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from axes.models import AccessAttempt
from django.apps import apps
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils import timezone

from jushi.desk.access import DeskRequest
from jushi.desk.downloads import XLSX, download
from jushi.desk.views.administration import need, show
from jushi.kernel import integrity, oplog
from jushi.kernel.models import ChainHead, ChangeLine, Operation, Record, User
from jushi.kernel.roles import Rights
from jushi.ledger import visibility

PAGE, LINES, EXPORTED, PROBLEMS = 50, 200, 20_000, 50
ACTIONS = {"create": "新增", "update": "修改", "delete": "删除", "event": "事件"}
HEAD = ("序号", "时间", "操作人", "来源地址", "操作", "原因", "行数", "散列")
FAILED = "登录失败"


@login_required
def log(request: DeskRequest) -> HttpResponse:
    """The operations of the county, newest first, filtered; the chain is checked when asked."""
    bureau = need(request, "audit")
    given = {name: request.GET.get(name, "").strip() for name in ("actor", "name", "from", "to", "object", "q")}
    rows = _filtered(bureau.county, given)
    if request.GET.get("format") == "xlsx":
        return _export(bureau.county, rows)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page": page, "given": given, "query": urlencode({k: v for k, v in given.items() if v}), "checked": None,
        "head": ChainHead.objects.filter(county=bureau.county).first(), "names": _names(bureau.county),
    }  # fmt: skip
    if request.method == "POST":
        problems = list(islice(integrity.verify_chain(bureau.county), PROBLEMS))
        oplog.event("核查日志", county=bureau.county, reason=f"发现 {len(problems)} 处问题" if problems else "日志完整")
        context |= {"checked": True, "problems": problems}
    return show(request, "log", "admin-log", context)


def _names(county: str) -> list[str]:
    return list(Operation.objects.filter(county=county).order_by("name").values_list("name", flat=True).distinct())


def _filtered(county: str, given: dict[str, str]) -> QuerySet[Operation]:
    rows = Operation.objects.filter(county=county).order_by("-sequence")
    if given["actor"]:
        rows = rows.filter(actor__contains=given["actor"])
    if given["name"]:
        rows = rows.filter(name=given["name"])
    if given["q"]:
        rows = rows.filter(reason__contains=given["q"])
    for key, lookup, hour in (("from", "at__gte", time.min), ("to", "at__lte", time.max)):
        day = _day(given[key])
        if day is not None:
            rows = rows.filter(**{lookup: timezone.make_aware(datetime.combine(day, hour))})
    if given["object"]:
        try:
            pk = UUID(given["object"])
        except ValueError:
            return rows.none()
        touched = ChangeLine.objects.filter(county=county)
        own, parts = touched.filter(object_id=pk), touched.filter(owner_id=pk)
        rows = rows.filter(pk__in=[*own.values_list("operation_id", flat=True), *parts.values_list("operation_id", flat=True)])
    return rows


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _export(county: str, rows: QuerySet[Operation]) -> HttpResponse:
    import xlsxwriter  # 10 MB, needed only here

    out = io.BytesIO()
    options = {"in_memory": True, "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet("操作日志")
        sheet.write_row(0, 0, HEAD, book.add_format({"bold": True}))
        for number, x in enumerate(rows[:EXPORTED].iterator(chunk_size=2000), 1):
            at = timezone.localtime(x.at).strftime("%Y-%m-%d %H:%M:%S")
            sheet.write_row(number, 0, (x.sequence, at, x.actor, x.address, x.name, x.reason, x.lines, x.hash))
    oplog.event("导出操作日志", county=county, reason=f"{min(rows.count(), EXPORTED)} 条")
    return download(out.getvalue(), XLSX, f"操作日志-{timezone.localdate():%Y%m%d}.xlsx")


@login_required
def operation(request: DeskRequest, sequence: int) -> HttpResponse:
    """One operation: rows touched and fields changed, without their values."""
    bureau = need(request, "audit")
    found = Operation.objects.filter(county=bureau.county, sequence=sequence).first()
    if found is None:
        raise Http404
    lines = list(ChangeLine.objects.filter(county=bureau.county, operation_id=found.pk).order_by("position")[:LINES])
    rows = [_line(line) for line in lines]
    _link(rows, request.rights)
    return show(request, "operation", "admin-log", {"found": found, "rows": rows, "more": found.lines - len(rows)})


def _line(line: ChangeLine) -> dict[str, Any]:
    model = _model(line.model)
    fields = set(oplog.load(line.before)) | set(oplog.load(line.after))
    labels = {} if model is None else {f.attname: str(f.verbose_name) for f in model._meta.concrete_fields}
    shown = sorted(labels.get(name, name) for name in fields) if line.action == "update" else []
    return {
        "table": str(model._meta.verbose_name) if model else line.model, "action": ACTIONS.get(line.action, line.action), "fields": "、".join(shown),
        "pk": line.object_id, "owner": line.owner_id, "model": model, "event": line.action == "event", "url": "",
    }  # fmt: skip


@cache
def _model(label: str) -> Any:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def _link(rows: list[dict[str, Any]], rights: Rights) -> None:
    """Records that the account may open lead to their history, values and all: one query per table."""
    if "view" not in rights.actions():
        return
    for model in {r["model"] for r in rows if r["model"] is not None and issubclass(r["model"], Record)}:
        wanted = [r["pk"] for r in rows if r["model"] is model]
        seen = set(visibility.visible_of(model.objects.filter(pk__in=wanted), model, rights).values_list("pk", flat=True))
        for row in rows:
            if row["model"] is model and row["pk"] in seen:
                row["url"] = f"/go/{model._meta.label}/{row['pk']}"


@login_required
def sign_ins(request: DeskRequest) -> HttpResponse:
    """Failed sign-ins on record, and accounts of the bureau that are being tried or are locked now."""
    bureau = need(request, "audit")
    accounts = dict(User.objects.filter(bureau=bureau).values_list("username", "full_name"))
    since = timezone.now() - timedelta(hours=settings.AXES_COOLOFF_TIME)
    attempts = [
        {"a": a, "name": accounts[a.username], "locked": a.failures_since_start >= settings.AXES_FAILURE_LIMIT and a.attempt_time >= since}
        for a in AccessAttempt.objects.filter(username__in=list(accounts)).order_by("-attempt_time")[:PAGE]
    ]  # fmt: skip
    rows = Paginator(Operation.objects.filter(county=bureau.county, name=FAILED).order_by("-sequence"), PAGE)
    return show(request, "signins", "admin-signins", {"attempts": attempts, "page": rows.get_page(request.GET.get("page"))})
