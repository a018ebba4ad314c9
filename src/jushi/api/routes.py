"""Addresses of the API: the ledgers, a ledger's rows under the list's own conditions, one record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import NinjaAPI
from ninja.security import django_auth

from jushi.indicators import evaluate
from jushi.kernel import oplog
from jushi.kernel.periods import PeriodError, parse
from jushi.kernel.roles import Rights
from jushi.ledger import listing, paging, registry, visibility
from jushi.ledger.declaration import Ledger
from jushi.ledger.rows import Row, fetch_one, mask

api = NinjaAPI(title="据实", version="1", docs_url=None, openapi_url=None, auth=django_auth, urls_namespace="api")


def _rights(request: HttpRequest) -> Rights:
    return request.rights  # type: ignore[attr-defined]


def _off(request: HttpRequest) -> list[str]:
    bureau = getattr(request.user, "bureau", None)
    return list(bureau.switched_off) if bureau is not None else []


def _ledger(request: HttpRequest, code: str) -> Ledger:
    ledger = registry.find(code)
    if ledger is None or not visibility.opens(ledger, _rights(request), _off(request)):
        raise Http404
    return ledger


@api.get("/ledgers")
def ledgers(request: HttpRequest) -> dict[str, Any]:
    """The ledgers that the account may open, with their columns."""
    return {"ledgers": [_described(x) for x in visibility.ledgers_of(_rights(request), _off(request))]}


def _described(ledger: Ledger) -> dict[str, Any]:
    columns = [
        {"name": c.name, "label": c.label_for(ledger.model), "type": type(c).__name__, "filter": c.filter, "sort": c.sort,
         "total": c.total, "required": c.required}
        for c in ledger.all_columns
    ]  # fmt: skip
    return {
        "code": ledger.code,
        "name": ledger.name,
        "line": ledger.line,
        "unit": ledger.unit,
        "key": list(ledger.key),
        "columns": columns,
    }


@api.get("/l/{code}/")
def rows(request: HttpRequest, code: str) -> dict[str, Any]:
    """One page of rows: the conditions of the list page (column names, period, q, figure, sort, after, n). ``count`` may stop
    early: then ``capped``."""
    ledger, rights = _ledger(request, code), _rights(request)
    params = {k: v for k, v in request.GET.items() if isinstance(v, str) and v}
    lookup = ledger.lookup(rights.county, timezone.localdate())
    found = listing.find(ledger, params, rights, lookup, ids=_figure(request, params))
    size = min(int(params["n"]), 200) if params.get("n", "").isdigit() and int(params["n"]) else 50
    page = paging.page(ledger, found, params.get("sort", ""), ledger.all_columns, rights, after=params.get("after", ""), size=size)
    total = paging.total(ledger, found)
    return {
        "ledger": ledger.code, "count": total.count, "capped": total.capped, "problems": dict(found.problems),
        "rows": [_plain(ledger, row, unmask=False) for row in page.rows], "next": str(page.rows[-1].id) if page.has_next else None,
    }  # fmt: skip


def _figure(request: HttpRequest, params: dict[str, str]) -> Any:
    """Ids behind the figure asked for; none at all when it is unknown, so that nothing is shown in its name."""
    if not params.get("figure"):
        return None
    bureau = getattr(request.user, "bureau", None)
    try:
        period = parse(params.get("period") or str(timezone.localdate().year))
        area = evaluate.area_named(params["area"]) if params.get("area") or bureau is None else bureau.area
        return evaluate.record_ids(params["figure"], area, period)
    except (KeyError, LookupError, PeriodError):
        return []


def _plain(ledger: Ledger, row: Row, *, unmask: bool) -> dict[str, Any]:
    values: dict[str, Any] = {"id": str(row.id), "state": row.meta["state"], "version": row.meta["version"]}
    for column in ledger.all_columns:
        value = row.cells.get(column.name)
        if column.personal and not unmask:
            values[column.name] = mask(column.personal, column.text(value)) or None
        else:
            values[column.name] = column.plain(value)
    values["state"] = row.meta["state"]
    return values


@api.get("/l/{code}/{pk}")
def record(request: HttpRequest, code: str, pk: UUID, unmask: bool = False) -> dict[str, Any]:
    """One record with all its columns; ``unmask`` shows personal values to whoever holds that right, and is on record."""
    ledger, rights = _ledger(request, code), _rights(request)
    if not visibility.visible(ledger.queryset(), ledger, rights).filter(pk=pk).exists():
        raise Http404
    row = fetch_one(ledger, pk)
    if row is None:
        raise Http404
    row = visibility.veil(ledger, ledger.all_columns, [row], rights)[0]
    full = unmask and bool(rights.may("unmask", zone=ledger.zone))
    if full:
        oplog.event("查看完整个人信息", county=row.meta["county"], reason=f"{ledger.name}（接口）"[:300])
    return {"ledger": ledger.code, "row": _plain(ledger, row, unmask=full)}
