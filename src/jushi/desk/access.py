"""Finding what an address names, within what the account may see. What it may not see is answered like what does not exist."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone

from jushi.kernel.models import Bureau, User
from jushi.kernel.roles import Decision, Rights
from jushi.ledger import registry, visibility
from jushi.ledger.columns import Lookup
from jushi.ledger.declaration import Ledger


class DeskRequest(HttpRequest):
    """A request of a signed-in account, as the middleware hands it on."""

    user: User
    rights: Rights


class DeniedError(Exception):
    """The account may see the thing but not do this with it; shown as a page saying why."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(decision.reason)
        self.reason = decision.reason


def bureau_of(request: DeskRequest) -> Bureau:
    """The bureau of the account; 404 for accounts without one."""
    if request.user.bureau is None:
        raise Http404
    return request.user.bureau


def own_county(request: DeskRequest, what: str) -> Bureau:
    """The bureau of the account when it is a county's; a higher office is told what ``what`` is and what it may read instead."""
    bureau = bureau_of(request)
    if not bureau.county:
        raise DeniedError(Decision(False, f"{what}由县（区）局自己办理。上级部门可以查看所辖县（区）的台账、指标和已签发的文稿"))
    return bureau


def ledger_or_404(request: DeskRequest, code: str) -> Ledger:
    """The ledger, when it exists for the account."""
    ledger = registry.find(code)
    bureau = request.user.bureau
    if ledger is None or not visibility.opens(ledger, request.rights, bureau.switched_off if bureau else ()):
        raise Http404
    return ledger


def record_or_404(request: DeskRequest, ledger: Ledger, pk: UUID) -> Any:
    """The record, when the account may see it."""
    record = visibility.visible(ledger.queryset(), ledger, request.rights).filter(pk=pk).first()
    if record is None:
        raise Http404
    return record


def lookup_of(request: DeskRequest, ledger: Ledger) -> Lookup:
    """A fresh conversion context for the account's county."""
    return ledger.lookup(request.rights.county, timezone.localdate())


def require(decision: Decision) -> None:
    """Go on only when allowed."""
    if not decision:
        raise DeniedError(decision)
