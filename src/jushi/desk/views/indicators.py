"""The indicator board and the page of one indicator: every number leads to its records."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from jushi.desk.access import DeskRequest, bureau_of
from jushi.desk.context import period_of
from jushi.desk.downloads import CSV, XLSX, download
from jushi.indicators import board, scan
from jushi.indicators.breakdown import breakdown, monthly
from jushi.indicators.evaluate import area_named, behind, measure
from jushi.indicators.values import Behind, RowBehind
from jushi.indicators.wording import query_words
from jushi.kernel.models import Area
from jushi.kernel.periods import Period, parse
from jushi.kernel.roles import Rights
from jushi.ledger import registry, visibility
from jushi.ledger.declaration import Ledger
from jushi.ledger.indicators import External, Indicator
from jushi.ledger.lines_of_business import LINES
from jushi.reports.quoting import documents_with

FIRST = 20
HEAD = ("指标", "单位", "本期", "上年同期", "同比", "累计", "目标", "完成率（%）", "口径")


def open_indicators(rights: Rights, off: Any) -> list[tuple[Ledger, Indicator]]:
    """The indicators whose ledgers the account may open."""
    return [(x, i) for x, i in registry.indicators() if visibility.opens(x, rights, off)]


def where(request: DeskRequest) -> tuple[Area, Period]:
    """The area and period that the page is about: an area inside the bureau's own, never beyond it."""
    period = parse(period_of(request))
    own = bureau_of(request).area
    wanted = request.GET.get("area") or ""
    if not wanted:
        return own, period
    try:
        area = area_named(wanted)
    except LookupError:
        raise Http404 from None
    if not area.code.startswith(own.digits):
        raise Http404
    return area, period


@login_required
def indicators(request: DeskRequest) -> HttpResponse:
    """The board: one line of business, or the main figures of all."""
    area, period = where(request)
    pairs = open_indicators(request.rights, bureau_of(request).switched_off)
    line, text = request.GET.get("line", ""), request.GET.get("q", "").strip()
    shown = [(x, i) for x, i in pairs if _wanted(x, i, line, text)]
    found = board.lines([i.code for _, i in shown], area, period, timezone.localdate())
    if request.GET.get("format") in {"xlsx", "csv"}:
        return _export(request, found, area, period)
    groups: dict[str, list[dict[str, Any]]] = {}
    for (ledger, _), one in zip(shown, found, strict=True):
        groups.setdefault(f"{ledger.line} {LINES.get(ledger.line, '其他')}", []).append(_line(ledger, one, area, period))
    context = {
        "title": "指标", "subtitle": f"{area.name} · {period.name} · {len(found)} 项", "groups": sorted(groups.items()),
        "lines": [("", "主要指标"), *((k, f"{k} {v}") for k, v in LINES.items() if any(x.line == k for x, _ in pairs))],
        "line": line, "q": text, "towns": _towns(bureau_of(request).area), "chosen_area": request.GET.get("area", ""),
        "query": urlencode({k: v for k, v in request.GET.items() if k not in {"format"}}), "crumbs": [{"label": "指标"}],
    }  # fmt: skip
    return render(request, "desk/indicators/board.html", context)


def _wanted(ledger: Ledger, found: Indicator, line: str, text: str) -> bool:
    if text:
        return text in found.name or text in found.code or any(text in word for word in found.aliases)
    return ledger.line == line if line else bool(found.catalogue)


def _line(ledger: Ledger, one: board.Line, area: Area, period: Period) -> dict[str, Any]:
    found = one.value.indicator
    return {
        "code": found.code, "name": found.name, "unit": found.unit, "basis": found.basis[0], "basis_name": found.basis,
        "url": reverse("indicator", args=[found.code]) + _where_query(area, period), "value": one.text(one.value.value),
        "rows_url": rows_url(ledger, found, area, period) if one.value.rows else "",
        "missing": one.value.value is None, "previous": one.text(one.previous), "growth": one.growth,
        "cumulative": "" if found.is_stock else one.text(one.cumulative),
        "target": "" if one.target is None else one.text(one.target),
        "completion": one.completion, "meter": min(float(one.completion or 0), 100),
        "months": [None if v is None else float(v) for v in one.months],
    }  # fmt: skip


def _where_query(area: Area, period: Period) -> str:
    return "?" + urlencode({"period": period.code, "area": area.code})


def rows_url(ledger: Ledger, found: Indicator, area: Area, period: Period) -> str:
    """The list of exactly the records behind a figure: the ledger filtered by it, or its own page when it has parts."""
    if not scan.is_leaf(found):
        return reverse("indicator", args=[found.code]) + _where_query(area, period)
    query = urlencode({"figure": found.code, "period": period.code, "area": area.code})
    return f"{reverse('ledger', args=[ledger.code])}?{query}"


def _towns(area: Area) -> list[tuple[str, str]]:
    rows = Area.objects.filter(parent=area).values_list("code", "name")
    return [(area.code, area.name), *rows]


def _export(request: DeskRequest, found: list[board.Line], area: Area, period: Period) -> HttpResponse:
    rows = [
        (x.value.indicator.name, x.value.indicator.unit, _cell(x.value.value), _cell(x.previous), x.growth, _cell(x.cumulative),
         _cell(x.target), _cell(x.completion), x.value.indicator.basis)
        for x in found
    ]  # fmt: skip
    name = f"{area.name}{period.name}指标"
    if request.GET["format"] == "csv":
        lines = "\n".join(",".join("" if c is None else str(c) for c in row) for row in (HEAD, *rows))
        return download("\ufeff" + lines, CSV, f"{name}.csv")
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("指标")
        sheet.write_row(0, 0, HEAD, book.add_format({"bold": True}))
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, row)
        sheet.set_column(0, 0, 34)
        sheet.freeze_panes(1, 1)
    return download(out.getvalue(), XLSX, f"{name}.xlsx")


def _cell(number: Decimal | None) -> float | None:
    return None if number is None else float(number)


@login_required
def indicator(request: DeskRequest, code: str) -> HttpResponse:
    """One indicator: value, definition, trend, breakdowns, records, documents that use it."""
    try:
        ledger, found = registry.indicator(code)
    except KeyError:
        raise Http404 from None
    if not visibility.opens(ledger, request.rights, bureau_of(request).switched_off):
        raise Http404
    area, period = where(request)
    one = board.lines([found.code], area, period, timezone.localdate())[0]
    context = {
        "title": found.name, "ledger": ledger, "found": found, "area": area, "at": period, "one": one,
        "value": one.text(one.value.value), "previous": one.text(one.previous), "target": one.text(one.target),
        "words": query_words(ledger, found, period), "trend": _trend(found, area, period),
        "breakdowns": [_split(ledger, found, area, period, name) for name in _splits(ledger, found, request.rights)],
        "rows_url": rows_url(ledger, found, area, period) if scan.is_leaf(found) else "",
        **_records(request, ledger, found, area, period), "documents": documents_with(found.code, request.rights.county),
        "crumbs": [{"label": "指标", "url": reverse("indicators")}, {"label": found.name}],
    }  # fmt: skip
    return render(request, "desk/indicators/one.html", context)


def _trend(found: Indicator, area: Area, period: Period) -> dict[str, Any]:
    today = timezone.localdate()
    this = monthly([found.code], area, period.year, 12 if period.year < today.year else today.month)[found.code]
    last = monthly([found.code], area, period.year - 1)[found.code]
    number = lambda v: None if v is None else float(v)  # noqa: E731
    return {
        "categories": [f"{m}月" for m in range(1, 13)], "unit": found.unit,
        "series": [
            {"name": f"{period.year}年", "values": [number(v) for v in this]},
            {"name": f"{period.year - 1}年", "values": [number(v) for v in last]},
        ],
    }  # fmt: skip


def _splits(ledger: Ledger, found: Indicator, rights: Rights) -> list[str]:
    """Columns by which the figure may be taken apart: parts that are records are named only to whoever sees all of their kind."""
    targets = {name: visibility.target_model(ledger, ledger.column(name)) for name in found.by if scan.is_leaf(found)}
    return [name for name, model in targets.items() if model is None or visibility.sees_all(model, rights)]


def _split(ledger: Ledger, found: Indicator, area: Area, period: Period, name: str) -> dict[str, Any]:
    parts = breakdown(found.code, area, period, name)
    total = sum((v for _, v in parts), Decimal(0))
    rows = [{"label": label, "value": f"{v.normalize():f}", "share": f"{v * 100 / total:.1f}" if total else ""} for label, v in parts]
    chart = {
        "categories": [label for label, _ in parts[:20]], "unit": found.unit, "horizontal": True,
        "series": [{"name": found.name, "values": [float(v) for _, v in parts[:20]]}],
    }  # fmt: skip
    return {
        "id": f"by-{name}",
        "name": name,
        "label": ledger.column(name).label_for(ledger.model).split("（")[0],
        "rows": rows,
        "chart": chart,
    }


def _records(request: DeskRequest, ledger: Ledger, found: Indicator, area: Area, period: Period) -> dict[str, Any]:
    """The first records behind the figure, or its parts; the names of restricted rows stay hidden with their ledger."""
    result = behind(found.code, area, period)
    return {
        "records": record_rows(request.rights, result, FIRST),
        "record_count": len(result.rows),
        "parts": _parts(request.rights, result, area, period),
        "besides": besides(request, found, area, period),
    }


def record_rows(rights: Rights, result: Behind, most: int) -> list[dict[str, Any]]:
    """Records as table rows with addresses; what the account may not see has neither name nor address.

    What is counted may also be a place or a mere text (themes of trips): it has no page of its own.
    """
    shown = result.rows[:most]
    seen, is_wide = _seen(rights, shown), not visibility.reach("", rights)
    rows = []
    for row in shown:
        own = registry.find(row.ledger)
        is_text = not isinstance(row.id, UUID) and (own is None or (is_wide and visibility.opens(own, rights)))
        rows.append({
            "title": row.title if row.id in seen or is_text else "（无权查看）", "date": row.date, "quantity": f"{row.quantity.normalize():f}",
            "url": reverse("record", args=[row.ledger, row.id]) if row.id in seen else "", "ledger": own.name if own else "",
        })  # fmt: skip
    return rows


def _seen(rights: Rights, rows: Sequence[RowBehind]) -> set[Any]:
    """Ids of the records among ``rows`` that the account may see: one query per ledger."""
    found: set[Any] = set()
    for code in {row.ledger for row in rows}:
        own = registry.find(code)
        ids = [row.id for row in rows if row.ledger == code and isinstance(row.id, UUID)]
        if own is not None and ids and visibility.opens(own, rights):
            records = visibility.visible_of(own.model._default_manager.filter(pk__in=ids), own.model, rights)
            found.update(records.values_list("pk", flat=True))
    return found


def _parts(rights: Rights, result: Behind, area: Area, period: Period) -> list[dict[str, Any]]:
    """Numerator and denominator, or terms: each with the list of its records, or where a number of another authority comes from."""
    return [
        {"name": p.value.indicator.name, "value": p.value.text or "—", "unit": p.value.indicator.unit,
         "url": reverse("indicator", args=[p.value.code]) + _where_query(area, period), "source": _source(rights, p),
         "count": len(p.rows), "rows_url": rows_url(p.value.ledger, p.value.indicator, area, period) if p.rows and not p.parts else ""}
        for p in result.parts
    ]  # fmt: skip


def besides(request: DeskRequest, found: Indicator, area: Area, period: Period) -> list[dict[str, Any]]:
    """The same thing on its other bases, each with its number and its page; of closed ledgers nothing."""
    bureau = request.user.bureau
    off = bureau.switched_off if bureau else ()
    codes = [code for code in found.beside if visibility.opens(registry.indicator(code)[0], request.rights, off)]
    return [
        {
            "name": v.indicator.name,
            "value": v.text or "—",
            "unit": v.indicator.unit,
            "url": reverse("indicator", args=[code]) + _where_query(area, period),
        }
        for code, v in (measure(codes, area, period).items() if codes else ())
    ]


def _source(rights: Rights, part: Behind) -> str:
    """Who published an outside number, and for when; '' for figures of the bureau's own records."""
    if not isinstance(part.value.indicator, External) or not part.rows or part.rows[0].id not in _seen(rights, part.rows):
        return ""
    row: Any = registry.get(part.rows[0].ledger).model._default_manager.get(pk=part.rows[0].id)
    words = [f"{row.period}年" if row.period.isdigit() else row.period, row.source, f"截至{row.as_of}" if row.as_of else ""]
    return "，".join(w for w in words if w)


@login_required
def card(request: DeskRequest, code: str) -> HttpResponse:
    """A figure by itself: definition, value, comparison, query in words, first records. Closed figures are unknown, as on the board."""
    try:
        ledger, found = registry.indicator(code)
    except KeyError:
        raise Http404 from None
    if not visibility.opens(ledger, request.rights, bureau_of(request).switched_off):
        raise Http404
    area, period = where(request)
    values = measure([found.code], area, period)
    one = board.lines([found.code], area, period, timezone.localdate())[0]
    context = {
        "ledger": ledger, "found": found, "at": period, "one": one, "value": one.text(values[found.code].value),
        "previous": one.text(one.previous), "words": query_words(ledger, found, period),
        "page_url": reverse("indicator", args=[found.code]) + _where_query(area, period),
        "rows_url": rows_url(ledger, found, area, period),
        **_records(request, ledger, found, area, period),
    }  # fmt: skip
    return render(request, "desk/indicators/card.html", context)
