"""What a digest may speak of: the rows of a ledger that stand (not void) and that whoever asks may see."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from jushi.kernel import oplog
from jushi.kernel.states import State
from jushi.ledger import registry, visibility
from jushi.ledger.digests import Ask, Inquiry
from jushi.ledger.store import RefusedError


def standing(code: str, inquiry: Inquiry) -> QuerySet[Any]:
    """Rows of the ledger ``code`` in the inquiry's county, void ones aside, within the account's zones and reach."""
    ledger = registry.get(code)
    rows = ledger.queryset().filter(county=inquiry.county).exclude(state=State.VOID)
    return visibility.visible(rows, ledger, inquiry.rights)


def counted(code: str, inquiry: Inquiry) -> QuerySet[Any]:
    """Of :func:`standing`, the rows that figures count."""
    return standing(code, inquiry).filter(state__in=State.counted())


def personal(name: str, label: str) -> Ask:
    """The question whether personal data are shown in full; answer it with :func:`in_full`."""
    options = {"masked": "隐去一部分", "full": "完整（须有查看权限，记入日志）"}
    return Ask(name, label, "choice", True, lambda _: "masked", lambda _: options)


def in_full(inquiry: Inquiry, name: str, what: str, zone: str = "") -> bool:
    """Whether the question ``name`` was answered for full data: only with the right (RefusedError), and then it is on record."""
    if inquiry.answers[name] != "full":
        return False
    if not inquiry.rights.may("unmask", zone=zone):
        raise RefusedError({name: "您没有查看完整个人信息的权限，请选“隐去一部分”，或请有权限的人员导出"})
    oplog.event("查看完整个人信息", county=inquiry.county, reason=what)
    return True


def names_of(code: str, column: str) -> dict[str, str]:
    """Code → name of a choice column's values, those of former times included."""
    return dict(registry.get(code).column(column).all_names())  # type: ignore[attr-defined]
