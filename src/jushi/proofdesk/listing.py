"""The findings on a text and its reconciled numbers as a workbook."""

from __future__ import annotations

import io
from collections.abc import Sequence

from jushi.proof import Finding
from jushi.proof.render_text import LEVEL_NAMES
from jushi.proofdesk.checking import key_of
from jushi.proofdesk.kinds import name_of
from jushi.proofdesk.models import CheckedText
from jushi.proofdesk.reconcile import Reconciled
from jushi.text import Reading

HEAD = ("级别", "种类", "行", "原文", "问题", "建议", "依据", "规则", "处理", "改为或原因")
CLAIMS = ("行", "原文", "所说", "文稿数", "单位", "结论", "指标", "台账数", "记录数")
DONE = {"accept": "采纳", "ignore": "忽略"}


def workbook(checked: CheckedText, reading: Reading, findings: Sequence[Finding], claims: Sequence[Reconciled]) -> bytes:
    """Two sheets, 问题 and (when there are any claims) 对账; text is never taken for a formula."""
    import xlsxwriter  # 10 MB, needed only here

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True})
        rows = [_finding(checked, reading, f) for f in findings]
        _sheet(book.add_worksheet("问题"), bold, HEAD, rows, (6, 12, 6, 24, 50, 24, 40, 8, 8, 24))
        if claims:
            _sheet(book.add_worksheet("对账"), bold, CLAIMS, [_claim(reading, c) for c in claims], (6, 50, 20, 10, 8, 10, 28, 12, 8))
    return out.getvalue()


def _sheet(sheet: object, bold: object, head: Sequence[str], rows: Sequence[Sequence[object]], widths: Sequence[int]) -> None:
    sheet.write_row(0, 0, head, bold)  # type: ignore[attr-defined]
    for number, row in enumerate(rows, 1):
        sheet.write_row(number, 0, row)  # type: ignore[attr-defined]
    for number, width in enumerate(widths):
        sheet.set_column(number, number, width)  # type: ignore[attr-defined]
    sheet.freeze_panes(1, 0)  # type: ignore[attr-defined]


def _line(reading: Reading, at: int) -> int:
    return reading.document.text.count("\n", 0, at) + 1


def _finding(checked: CheckedText, reading: Reading, finding: Finding) -> list[object]:
    decision = checked.decisions.get(key_of(finding), {})
    return [
        LEVEL_NAMES[finding.level], name_of(finding.kind), _line(reading, finding.start), finding.text[:500], finding.message,
        " / ".join(s or "（删去）" for s in finding.suggestions), finding.basis, finding.rule, DONE.get(decision.get("do", ""), ""),
        decision.get("to", decision.get("reason", "")),
    ]  # fmt: skip


def _claim(reading: Reading, one: Reconciled) -> list[object]:
    claim, value = one.claim, one.value
    sentence = reading.document.text[claim.sentence[0] : claim.sentence[1]].replace("\n", "")[:300]
    return [
        _line(reading, claim.start), sentence, claim.subject, claim.value, claim.unit, one.verdict,
        value.indicator.name if value else "", value.text if value else "", value.rows if value else 0,
    ]  # fmt: skip
