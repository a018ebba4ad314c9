"""Changing what is closed: corrections of confirmed and locked rows, carried out by somebody else's approval, and closing a month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from jushi.kernel import oplog
from jushi.kernel.models import Closing, Correction, User
from jushi.kernel.states import State
from jushi.ledger.declaration import Ledger
from jushi.ledger.rows import fetch_one
from jushi.ledger.store import RefusedError, change, parse_values


def ask_correction(ledger: Ledger, record: Any, raw: Mapping[str, Any], *, reason: str, user: User | None, action: str = "change") -> Correction:
    """Ask to change (or void) a locked record: what would change is stored, nothing moves until somebody else approves."""
    if record.state not in (State.CONFIRMED, State.LOCKED):
        raise RefusedError({"": "草稿和待核的记录可直接修改，不必更正"})
    if not reason.strip():
        raise RefusedError({"reason": "请写明更正原因"})
    lookup = ledger.lookup(record.county, timezone.localdate())
    values, problems = parse_values(ledger, raw, lookup)
    if problems:
        raise RefusedError(problems)
    row = fetch_one(ledger, record.pk)
    assert row is not None
    before = {n: ledger.column(n).plain(row.cells[n]) for n in values if row.cells[n] != values[n]}
    after = {n: ledger.column(n).plain(values[n]) for n in before}
    if action == "change" and not after:
        raise RefusedError({"": "没有改动任何内容"})
    wish = Correction(
        county=record.county, ledger=ledger.code, record_id=record.pk, record_title=record.title, action=action,
        before=before, after={n: raw[n] if not isinstance(raw[n], (date,)) else str(raw[n]) for n in after}, reason=reason,
        asked_by=user,
    )  # fmt: skip
    with oplog.operation("申请更正", county=record.county, reason=reason):
        wish.save()
    return wish


def decide_correction(ledger: Ledger, wish: Correction, *, approve: bool, user: User | None, remark: str = "") -> Correction:
    """Approve (and carry out) or refuse a correction; never by whoever asked for it."""
    if wish.state != Correction.OPEN:
        raise RefusedError({"": "这份更正已经办结"})
    if user is not None and wish.asked_by_id == user.pk:
        raise RefusedError({"": "不能批准自己申请的更正"})
    with oplog.operation("更正" if approve else "更正未批准", county=wish.county, reason=wish.reason):
        if approve:
            carry_out(ledger, wish)
        wish.state = Correction.APPROVED if approve else Correction.REFUSED
        wish.decided_by, wish.decided_at, wish.remark = user, timezone.now(), remark
        wish.save()
    return wish


def carry_out(ledger: Ledger, wish: Correction) -> None:
    """Do what a correction asks for, within the operation under way."""
    record = ledger.model.objects.get(pk=wish.record_id)
    if wish.action == "void":
        record.state = State.VOID
        record.save()
        return
    change(ledger, record, wish.after, operation="更正", reason=wish.reason)


def close_month(ledger_code: str, county: str, month: str, *, user: User | None, ledgers: list[Ledger]) -> int:
    """Lock a month (``2015-03``) of one ledger or ``*``: its confirmed rows become locked. Returns how many rows."""
    year, number = (int(x) for x in month.split("-"))
    locked = 0
    with oplog.operation("锁账", county=county, reason=month):
        Closing(county=county, ledger=ledger_code, period=month, closed_by=user).save()
        for ledger in ledgers:
            if ledger.at == "year" or ledger.read_only:
                continue
            rows = ledger.queryset().filter(county=county, state=State.CONFIRMED, **{f"{ledger.at}__year": year, f"{ledger.at}__month": number})
            for record in rows:
                record.state = State.LOCKED
                record.save()
                locked += 1
    return locked
