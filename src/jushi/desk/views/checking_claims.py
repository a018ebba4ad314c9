"""对账: what a draft claims beside what the records say, as far as the account may see them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from jushi.desk.access import DeskRequest
from jushi.desk.views.indicators import rows_url
from jushi.kernel.models import Area
from jushi.kernel.periods import Period, parse
from jushi.kernel.roles import Decision, Rights
from jushi.kernel.stamps import kept
from jushi.ledger import registry, visibility, workflow
from jushi.proof import Finding
from jushi.proofdesk import keeping
from jushi.proofdesk.checking import key_of
from jushi.proofdesk.models import CheckedText
from jushi.proofdesk.reconcile import Reconciled, contradicted, findings_of, reconcile
from jushi.reports import rights as allowed
from jushi.text import Reading

BADGES = {"相符": "ok", "不符": "late", "口径不同": "back", "无依据": "", "未填": "wait"}
AROUND = 14
AT_MOST = 50  # records named beside one statement


def may_compare(rights: Rights) -> bool:
    """Whether the account sees the figures of its whole bureau."""
    return allowed.inside(rights) and bool(rights.county)


def may_keep(request: DeskRequest) -> Decision:
    """Whether the account may register numbers of the text as past figures."""
    ledger, bureau = keeping.ledger(), request.user.bureau
    if bureau is None or not visibility.opens(ledger, request.rights, bureau.switched_off):
        return Decision(False, "往年文稿数据台账未启用")
    return workflow.may_add(ledger, request.rights)


def reconciled(checked: CheckedText, reading: Reading, area: Area) -> list[Reconciled]:
    """Every claim with its verdict, for the period that the text is said to speak of; nothing without a period."""
    if not checked.period:
        return []
    period = parse(checked.period)
    key = ("reconciled", checked.blob_id, checked.name, area.pk, period.code)
    return kept(checked.county, key, lambda: reconcile(reading, area, period), seconds=60)


def differing(checked: CheckedText, reading: Reading, rights: Rights, area: Area, off: Any) -> list[Finding]:
    """Numbers that the records contradict, as findings that may be accepted."""
    found = reconciled(checked, reading, area)
    seen = [r for r in found if r.verdict == "不符" and r.value is not None and visibility.opens(r.value.ledger, rights, off)]
    return [f for f in findings_of(reading, seen) if f.suggestions]


def stands_of(request: DeskRequest, checked: CheckedText, reading: Reading) -> dict[str, Any]:
    """What the tab shows: claims in order, counts by verdict, one verdict when asked for."""
    bureau = request.user.bureau
    assert bureau is not None  # noqa: S101 - a county in the rights comes from the bureau
    found = reconciled(checked, reading, bureau.area)
    wanted = request.GET.get("verdict", "")
    period = parse(checked.period) if checked.period else None
    rows = [
        _row(request.rights, bureau.switched_off, checked, reading, r, period, bureau.area)
        for r in found
        if not wanted or r.verdict == wanted
    ] if period is not None else []  # fmt: skip
    counts = Counter(str(r.verdict) for r in found)
    return {
        "claims": rows, "verdict": wanted, "total": len(found),
        "words": _words(request, checked, reading) if period is not None else [],
        "verdicts": [(name, counts[name], badge) for name, badge in BADGES.items()], "area": bureau.area,
        "may_keep": period is not None and bool(may_keep(request)),
    }  # fmt: skip


def _words(request: DeskRequest, checked: CheckedText, reading: Reading) -> list[dict[str, Any]]:
    """Claims in words that the records contradict, of ledgers that the account opens; each record leads to its page when it may be seen."""
    bureau, rights, text = request.user.bureau, request.rights, reading.document.text
    assert bureau is not None  # noqa: S101 - as in stands_of
    found = []
    for one in contradicted(reading, bureau.area, parse(checked.period)):
        ledger = registry.get(one.ledger)
        if not visibility.opens(ledger, rights, bureau.switched_off):
            continue
        wanted = [pk for pk, _ in one.records[:AT_MOST]]
        seen = set(visibility.visible(ledger.queryset().filter(pk__in=wanted), ledger, rights).values_list("pk", flat=True))
        records = [(pk, title) for pk, title in one.records[:AT_MOST] if pk in seen]
        low, high = max(0, one.start - AROUND, text.rfind("\n", 0, one.start) + 1), one.end + AROUND
        before, after = text[low : one.start], text[one.end : high].split("\n")[0]
        found.append(
            {
                "text": text[one.start : one.end].replace("\n", ""),
                "before": before,
                "after": after,
                "message": one.message,
                "ledger": ledger,
                "records": records,
                "sure": bool(one.records),
            }
        )
    return found


def _row(
    rights: Rights, off: Any, checked: CheckedText, reading: Reading, one: Reconciled, period: Period, area: Area
) -> dict[str, Any]:  # fmt: skip
    claim, value, text = one.claim, one.value, reading.document.text
    open_to = value is not None and visibility.opens(value.ledger, rights, off)
    finding = next(iter(findings_of(reading, [one])), None) if one.verdict == "不符" and open_to else None
    key = key_of(finding) if finding and finding.suggestions else ""
    low, high = max(claim.sentence[0], claim.start - AROUND), min(claim.sentence[1], claim.end + AROUND)
    return {
        "before": text[low : claim.start].replace("\n", ""), "stated": text[claim.start : claim.end], "unit": claim.unit,
        "after": text[claim.end : high].replace("\n", ""), "start": claim.start, "masked": claim.number is None,
        "verdict": one.verdict, "badge": BADGES[one.verdict],
        "value": value if open_to else None, "hidden": value is not None and not open_to, "period": period,
        "url": rows_url(value.ledger, value.indicator, area, value.period) if value is not None and open_to else "",
        "key": key, "to": finding.suggestions[0] if key and finding else "", "done": checked.decisions.get(key, {}).get("do") == "accept",
    }  # fmt: skip
