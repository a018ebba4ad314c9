"""A figure of a document: its value there and now, its definition, its records, and why it moved after the signature."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from jushi.compose import FigureRef
from jushi.desk.access import DeskRequest
from jushi.desk.views.documents import CRUMB, edition_or_404, text_of
from jushi.desk.views.indicators import _where_query, besides, rows_url
from jushi.indicators import board
from jushi.indicators.evaluate import behind
from jushi.indicators.values import Behind, Value, format_number
from jushi.indicators.wording import query_words
from jushi.kernel.periods import Period, PeriodError, parse
from jushi.kernel.roles import Rights
from jushi.ledger import registry, visibility
from jushi.ledger.indicators import Indicator
from jushi.reports import editions as course
from jushi.reports import rights as allowed
from jushi.reports.causes import Cause, causes, named
from jushi.reports.models import Edition, FrozenFigure

FIRST = 20


@login_required
def figure(request: DeskRequest, pk: UUID, code: str) -> HttpResponse:
    """The card in the side pane (htmx), or the whole page with it."""
    found = edition_or_404(request, pk)
    context = {"card": card_context(request, found, code, request.GET.get("at", "")), "edition": found}
    return render(request, "desk/documents/card.html", context)


def card_context(request: DeskRequest, found: Edition, code: str, own: str) -> dict[str, Any]:
    """All that the card shows; 404 for a figure that the document does not quote."""
    composition, _ = text_of(found)
    runs = [
        run for run in (composition.runs() if composition else ())
        if isinstance(run.ref, FigureRef) and run.ref.indicator == code and run.ref.period == own
    ]  # fmt: skip
    try:
        ledger, indicator = registry.indicator(code)
        period = parse(own) if own else course.period_of(found)
    except (KeyError, PeriodError):
        raise Http404 from None
    if not runs:
        raise Http404
    inside = allowed.inside(request.rights) and found.county == request.rights.county
    bureau = request.user.bureau
    seen = inside and visibility.opens(ledger, request.rights, bureau.switched_off if bureau else ())
    frozen = FrozenFigure.objects.filter(county=found.county, edition=found, code=code, period=own).first()
    context: dict[str, Any] = {
        "found": indicator, "ledger": ledger, "at": period, "cutoff": period.end, "inside": inside, "seen": seen, "edition": found,
        "texts": list(dict.fromkeys(run.text for run in runs)), "words": query_words(ledger, indicator, period), "frozen": frozen,
    }  # fmt: skip
    if not inside:
        return context | {"value": _number(indicator, _decimal(frozen.value if frozen else ""))}
    return context | _live(request, found, indicator, period, frozen, seen)


def _live(request: DeskRequest, found: Edition, indicator: Indicator, period: Period, frozen: FrozenFigure | None, seen: bool) -> dict[str, Any]:
    """What the ledgers say now, and for a frozen edition how that differs from what was signed."""
    ledger, rights = registry.indicator(indicator.code)[0], request.rights
    one = board.lines([indicator.code], found.area, period, timezone.localdate())[0]
    moved = course.drift_of(found, frozen) if frozen is not None else None
    value = _decimal(frozen.value) if frozen is not None else one.value.value
    # of a closed ledger the document's own number is read by all its readers; comparisons and terms are not in the document
    if not seen:
        return {"value": _number(indicator, value), "drift": drift_row(rights, found, moved) if moved else None}
    result = behind(indicator.code, found.area, period)
    return {
        "one": one, "previous": one.text(one.previous), "value": _number(indicator, value),
        "drift": drift_row(rights, found, moved) if moved else None,
        "page_url": reverse("indicator", args=[indicator.code]) + _where_query(found.area, period),
        "rows_url": rows_url(ledger, indicator, found.area, period),
        "records": records(rights, result), "record_count": len(result.rows), "parts": parts(result),
        "besides": besides(request, indicator, found.area, period),
    }  # fmt: skip


def records(rights: Rights, result: Behind) -> list[dict[str, Any]]:
    """The first records; one that the account may not open has neither name nor address."""
    rows = result.rows[:FIRST]
    names = named([(row.ledger, str(row.id)) for row in rows], rights)
    found = []
    for row in rows:
        about = names[row.ledger, str(row.id)]
        place = not row.ledger  # a village or town that was counted
        found.append({
            "title": row.title if place else about.title, "date": row.date, "quantity": f"{row.quantity.normalize():f}",
            "url": reverse("record", args=[row.ledger, row.id]) if about.link else "",
        })  # fmt: skip
    return found


def parts(result: Behind) -> list[dict[str, Any]]:
    """The terms of a rate or a sum."""
    return [
        {"name": p.value.indicator.name, "value": p.value.text or "—", "unit": p.value.indicator.unit,
         "url": reverse("indicator", args=[p.value.code]) + f"?period={p.value.period.code}&area={p.value.area}"}
        for p in result.parts
    ]  # fmt: skip


def drift_row(rights: Rights, found: Edition, moved: course.Drift) -> dict[str, Any]:
    """原、现、差 of one figure and what moved it."""
    indicator = moved.now.indicator
    # the number of today is not in the document: of a closed ledger only the editor reads it, who has to put the document right
    told = allowed.edits_all(rights) or rights.sees(registry.indicator(indicator.code)[0].zone)
    why = causes(found, moved, rights)
    hidden = sum(1 for c in why if not c.seen)
    return {
        "indicator": indicator, "figure": moved.figure, "before": _number(indicator, moved.before),
        "now": _text(moved.now) if told else "不公开", "difference": f"{moved.difference:+f}" if told and moved.difference is not None else "",
        "causes": [(c, _link(c)) for c in why if c.seen], "hidden": hidden,
        "total": len(moved.came) + len(moved.gone) + len(moved.changed),
        "url": f"{reverse('edition', args=[found.pk])}?figure={moved.figure.code}&at={moved.figure.period}",
    }  # fmt: skip


def _link(cause: Cause) -> str:
    own = registry.find(cause.ledger)
    return reverse("record", args=[cause.ledger, cause.id]) if own is not None and len(cause.id) == 36 else ""


def _text(value: Value) -> str:
    return value.text or "—"


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _number(indicator: Indicator, number: Decimal | None) -> str:
    return "—" if number is None else format_number(number, indicator.places)


@login_required
def drift(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Every figure whose records have moved since the signature: 原, 现, 差, records, and who did it and why."""
    found = edition_or_404(request, pk)
    if found.step != "frozen" or not (allowed.inside(request.rights) and found.county == request.rights.county):
        raise Http404
    rows = [drift_row(request.rights, found, one) for one in course.drift(found)]
    context = {
        "title": "数据变动", "subtitle": f"{found.title} · {len(rows)} 处", "edition": found, "rows": rows, "show_period": False,
        "crumbs": [CRUMB, {"label": found.title, "url": reverse("edition", args=[pk])}, {"label": "数据变动"}],
    }  # fmt: skip
    return render(request, "desk/documents/drift.html", context)
