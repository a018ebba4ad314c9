"""The county's own dictionary values and rules beside the shipped ones: dated, with their basis. Nothing is deleted; it ends."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from jushi.desk.access import DeskRequest
from jushi.desk.views.administration import RefusedInputError, logged, need, show
from jushi.kernel.ids import new_id
from jushi.kernel.models import Bureau, Rule, Term
from jushi.ledger import registry
from jushi.ledger.lines import columns_of


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise RefusedInputError(f"看不懂日期“{text}”，请写成 2015-03-01") from error


def _dates(given: Any) -> tuple[date | None, date | None]:
    start, end = _day(given.get("valid_from", "")), _day(given.get("valid_to", ""))
    if start and end and end < start:
        raise RefusedInputError("停用日期不能早于启用日期")
    return start, end


def _pk(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 12 else 0


@cache
def dictionary_names() -> dict[str, str]:
    """What the dictionaries are called: by the columns that use them, with a ledger where these stand."""
    found: dict[str, list[str]] = {}
    for ledger in registry.ledgers():
        lines = [c for table in ledger.lines for c in columns_of(table)]
        for column in (*ledger.all_columns, *lines):
            if name := getattr(column, "dictionary", ""):
                found.setdefault(name, []).append(f"{column.label or column.label_for(ledger.model)}（{ledger.name}）")
    return {name: labels[0] + (f" 等 {len(labels)} 处" if len(labels) > 1 else "") for name, labels in found.items()}


@login_required
def terms(request: DeskRequest) -> HttpResponse:
    """One dictionary: shipped values, and the county's own, which may be added, renamed and ended."""
    bureau = need(request, "admin")
    names = sorted(set(Term.objects.values_list("dictionary", flat=True)))
    chosen = request.POST.get("dictionary") or request.GET.get("dictionary") or "campaign"
    if chosen not in names:
        raise Http404
    problem = ""
    if request.method == "POST":
        try:
            _term(request, bureau, chosen)
            return redirect(f"{reverse('admin-terms')}?dictionary={chosen}")
        except RefusedInputError as error:
            problem = str(error)
    rows = Term.objects.filter(Q(county="") | Q(county=bureau.county), dictionary=chosen).order_by("county", "position", "code")
    edited = rows.filter(county=bureau.county, pk=_pk(request.GET.get("edit", ""))).first()
    listed = sorted(((n, dictionary_names().get(n, n)) for n in names), key=lambda pair: pair[1])
    context = {"names": listed, "chosen": chosen, "rows": rows, "problem": problem, "edited": edited, "given": request.POST if problem else edited}
    return show(request, "terms", "admin-terms", context, 422 if problem else 200)


def _term(request: DeskRequest, bureau: Bureau, dictionary: str) -> None:
    given = request.POST
    name = given.get("name", "").strip()
    if not name or len(name) > 80:
        raise RefusedInputError("请填写名称，不超过 80 字")
    start, end = _dates(given)
    row = Term.objects.filter(county=bureau.county, dictionary=dictionary, pk=_pk(given.get("pk", ""))).first()
    if row is None:
        own = Term.objects.filter(Q(county="") | Q(county=bureau.county), dictionary=dictionary, name=name)
        if own.filter(Q(valid_to=None) | Q(valid_to__gte=timezone.localdate())).exists():
            raise RefusedInputError(f"“{name}”已经在字典里了")
        row = Term(county=bureau.county, dictionary=dictionary, code=f"own_{new_id().hex[-12:]}", position=900)
    before = f"{row.name}（{row.valid_from or '始'}—{row.valid_to or '今'}）" if row.pk else "新增"
    row.name, row.valid_from, row.valid_to, row.basis = name, start, end, given.get("basis", "").strip()[:200]
    with logged(bureau, "修改字典", f"{dictionary}：{before} → {name}（{start or '始'}—{end or '今'}）"):
        row.save()
    messages.success(request, f"“{name}”已保存")


@login_required
def rules(request: DeskRequest) -> HttpResponse:
    """Deadlines, limits and frequencies: the shipped ones, and what the county has put in their place."""
    bureau = need(request, "admin")
    problem = ""
    if request.method == "POST":
        try:
            _rule(request, bureau)
            return redirect("admin-rules")
        except RefusedInputError as error:
            problem = str(error)
    found = Rule.objects.filter(Q(county="") | Q(county=bureau.county)).order_by("name", "county", "-valid_from")
    rows: list[dict[str, Any]] = [{"rule": r, "value": _written(r.value), "own": bool(r.county)} for r in found]
    wanted = request.POST.get("name") or request.GET.get("rule", "")
    base = next((r for r in reversed(rows) if r["rule"].name == wanted), None)
    given: Any = request.POST if problem else {}
    if base is not None and not problem:
        given = {
            "name": wanted,
            "value": base["value"],
            "basis": base["rule"].basis if base["own"] else "",
            "valid_from": timezone.localdate().isoformat(),
        }
    return show(request, "rules", "admin-rules", {"rows": rows, "base": base, "given": given, "problem": problem}, 422 if problem else 200)


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _rule(request: DeskRequest, bureau: Bureau) -> None:
    given = request.POST
    if given.get("do") == "end":
        _end(request, bureau)
        return
    name = given.get("name", "")
    shipped = Rule.objects.filter(name=name, county="").first()
    if shipped is None:
        raise Http404
    try:
        value = json.loads(given.get("value", ""))
    except ValueError as error:
        raise RefusedInputError("内容的格式不对：数字直接写，文字加英文双引号，其他照原样改数") from error
    if not _alike(value, shipped.value):
        raise RefusedInputError(f"内容要与通用规则同样的形式，例如 {_written(shipped.value)[:120]}")
    start, end = _dates(given)
    basis = given.get("basis", "").strip()
    if not basis or start is None:
        raise RefusedInputError("请写明依据（文号、条款或会议）和启用日期")
    row = Rule.objects.filter(name=name, county=bureau.county, valid_from=start).first() or Rule(name=name, county=bureau.county)
    row.value, row.basis, row.verified, row.valid_from, row.valid_to = value, basis[:200], given.get("verified") == "1", start, end
    try:
        with logged(bureau, "修改规则", f"{name}：{_written(shipped.value)[:80]} → {_written(value)[:80]}，{start}起，{basis}"), transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise RefusedInputError("同一天已有这条规则，请换启用日期") from error
    messages.success(request, f"本局规则 {name} 已保存，{start} 起执行")


def _alike(value: Any, model: Any) -> bool:
    """Whether a value has the shape of the shipped one: same kind, same keys; whole and broken numbers are one kind."""
    if isinstance(model, bool) or isinstance(value, bool):
        return isinstance(model, bool) and isinstance(value, bool)
    if isinstance(model, (int, float)):
        return isinstance(value, (int, float))
    if isinstance(model, dict):
        return isinstance(value, dict) and set(value) == set(model) and all(_alike(value[k], model[k]) for k in model)
    if isinstance(model, list):
        return isinstance(value, list) and all(not model or _alike(v, model[0]) for v in value)
    return type(value) is type(model)


def _end(request: DeskRequest, bureau: Bureau) -> None:
    """The county's own rule ends yesterday; the shipped one holds again."""
    row = Rule.objects.filter(county=bureau.county, pk=_pk(request.POST.get("pk", ""))).first()
    if row is None:
        raise Http404
    last = timezone.localdate() - timedelta(days=1)
    with logged(bureau, "停用本局规则", f"{row.name}：{_written(row.value)[:100]}"):
        if row.valid_from and row.valid_from > last:
            row.delete()
        else:
            row.valid_to = last
            row.save(update_fields=["valid_to"])
    messages.success(request, f"本局规则 {row.name} 已停用，恢复通用规则")
