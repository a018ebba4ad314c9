"""``POST /api/l/CODE/``: what devices send to a ledger that is filled from outside, one object or a list, under the device's own key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, JsonResponse

from jushi.api.routes import api
from jushi.kernel import scope
from jushi.kernel.models import Bureau
from jushi.ledger import registry
from jushi.ledger.declaration import Ledger
from jushi.ledger.intake import hash_of, read_key
from jushi.ledger.store import RefusedError

MOST = 500  # items in one request
ACTOR = "监测设备"
NO_KEY = "密钥无效：请在请求头写 Authorization: Bearer 密钥；密钥在温室页“监测接入”生成，重新生成后旧密钥作废"


@api.post("/l/{code}/", auth=None)
def take(request: HttpRequest, code: str) -> JsonResponse:
    """Keep what a device sends. 401 without a valid key, 400 for what is no JSON, 422 when an item was refused (the others are kept;
    sending again what is known changes nothing)."""
    ledger = registry.find(code)
    if ledger is None or ledger.intake is None:
        raise Http404
    key = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    named = read_key(key)
    if named is None:
        return _answer({"error": NO_KEY}, 401)
    county, pk = named
    with scope.use(scope.of_counties([county], ACTOR)):
        bureau = Bureau.objects.filter(county=county).first()
        sender = ledger.intake.sender(pk, hash_of(key)) if bureau is not None and code not in bureau.switched_off else None
        if sender is None:
            return _answer({"error": NO_KEY}, 401)
        try:
            items = _items(request.body)
        except ValueError as error:
            return _answer({"error": str(error)}, 400)
        return _kept(ledger, sender, items)


def _items(body: bytes) -> list[Mapping[str, Any]]:
    try:
        # numbers stay texts: 6.5 is not to become 6.5000000000000003
        found = json.loads(body, parse_float=str, parse_int=str)
    except (ValueError, RecursionError):
        raise ValueError('请求正文不是 JSON，例如 {"metric": "temperature", "value": 6.5}') from None
    items = found if isinstance(found, list) else [found]
    if not items or len(items) > MOST or not all(isinstance(item, Mapping) for item in items):
        raise ValueError(f"请发送一个对象，或 1~{MOST} 个对象的列表")
    return items


def _kept(ledger: Ledger, sender: Any, items: list[Mapping[str, Any]]) -> JsonResponse:
    assert ledger.intake is not None  # noqa: S101 - asked for above
    results: list[Mapping[str, Any]] = []
    refused = 0
    for item in items:
        try:
            results.append(ledger.intake.take(sender, item))
        except RefusedError as error:
            refused += 1
            results.append({"problems": dict(error.problems)})
    return _answer({"taken": len(items) - refused, "refused": refused, "results": results}, 422 if refused else 200)


def _answer(content: Mapping[str, Any], status: int) -> JsonResponse:
    return JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})
