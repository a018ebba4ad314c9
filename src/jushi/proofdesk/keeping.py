"""Numbers of an old document, kept as past figures: registered as drafts with the sentence they stood in, for somebody to confirm (N11)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from jushi.kernel import oplog
from jushi.kernel.periods import Period
from jushi.ledger import registry, store
from jushi.ledger.declaration import Ledger
from jushi.ledger.store import Author
from jushi.proofdesk.reconcile import FORECAST, Reconciled, period_of, scaled
from jushi.text import Claim, Reading

CODE = "past_figures"
LONGEST = 60  # characters of a measure


def ledger() -> Ledger:
    """Where past figures are kept."""
    return registry.get(CODE)


def keep(author: Author, reading: Reading, found: Iterable[Reconciled], starts: Collection[int], period: Period, source: str) -> tuple[int, int]:
    """Register the claims that begin at ``starts``; returns how many are new and how many the ledger had already.

    Masked numbers cannot be kept. All or nothing: RefusedError names what the ledger does not take.
    """
    county, made, same = author.bureau.county, 0, 0
    known = set(ledger().queryset().filter(county=county).exclude(state="void").values_list("measure", "period", "basis"))
    with oplog.operation("登记往年数据", county=county):
        for one in found:
            if one.claim.start not in starts or one.claim.number is None:
                continue
            raw = _raw(reading, one, period, source)
            key = (raw["measure"], raw["period"], raw["basis"])
            if key in known:
                same += 1
                continue
            known.add(key)
            store.create(ledger(), raw | {"area": author.bureau.area_id}, author)
            made += 1
    return made, same


def _raw(reading: Reading, one: Reconciled, period: Period, source: str) -> dict[str, Any]:
    claim, span = one.claim, period_of(reading, one.claim, period)
    unit, factor = scaled(claim.unit)
    start, end = claim.sentence
    return {
        "measure": measure_of(one), "period": span.code, "value": str((claim.number or 0) * factor), "unit": unit or "个",
        "basis": "forecast" if set(claim.modifiers) & FORECAST else "verified", "as_of": span.end.isoformat(), "source": source[:200],
        "note": reading.document.text[start:end].replace("\n", "").strip()[:500],
    }  # fmt: skip


def measure_of(one: Reconciled) -> str:
    """What the number is called: the indicator it was matched to, else the words of the document."""
    if one.value is not None and one.verdict in {"相符", "不符"}:
        return one.value.indicator.name
    return _words(one.claim)[:LONGEST]


def _words(claim: Claim) -> str:
    return "".join(claim.subject.split()) or f"第{claim.start}字处的数"
