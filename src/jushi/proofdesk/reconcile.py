"""Reconcile a draft with the records: each claim is matched to an indicator and gets a verdict.

Matched by name and aliases, unit, qualifiers and period; verdicts are 相符, 不符, 口径不同, 无依据, 未填 (architecture.md §6).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

from rapidfuzz import fuzz

from jushi.indicators.evaluate import measure
from jushi.indicators.values import Value
from jushi.kernel.models import Area
from jushi.kernel.periods import Period, PeriodError, parse
from jushi.ledger import registry
from jushi.ledger.indicators import Forecast, Indicator
from jushi.ledger.statements import Contradiction, contradictions
from jushi.proof import Finding
from jushi.text import Claim, Reading

Verdict = Literal["相符", "不符", "口径不同", "无依据", "未填"]

SURE, POSSIBLE, FAINT = (
    62.0,
    44.0,
    30.0,
)  # likeness of names: enough by itself; with equal values; with equal large values
LARGE = 20  # two different things seldom share a number from here on
UNITS = {"人(次)": "人次", "人（次）": "人次", "场(次)": "场次", "场（次）": "场次", "人次": "人次"}
ALIKE = (
    {"场次", "场", "次", "期"},
    {"名", "人", "个"},
    {"本", "册"},
    {"项", "个", "件"},
    {"家", "个", "户"},
    {"件", "项"},
)
MONTHS = re.compile(r"(?<!\d)1(?:月)?[—\-–~～至](\d{1,2})月")
SCALES = (("万亿", Decimal(10**12)), ("亿", Decimal(10**8)), ("万", Decimal(10**4)))
YEAR = re.compile(r"(?=(20[0-3]\d))")
FORECAST = {"预计", "预测"}


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A claim of the draft beside what the records say."""

    claim: Claim
    verdict: Verdict
    value: Value | None = None

    def as_json(self) -> dict[str, Any]:
        """As ``jushi check --format json`` prints it."""
        value = self.value
        return {
            "start": self.claim.start, "end": self.claim.end, "indicator": value.code if value else None,
            "name": value.indicator.name if value else None, "stated": self.claim.value, "unit": self.claim.unit,
            "recorded": value.text if value and value.value is not None else None, "verdict": self.verdict,
            "rows": value.rows if value else 0, "subject": self.claim.subject,
        }  # fmt: skip


def reconcile(reading: Reading, area: Area, period: Period) -> list[Reconciled]:
    """Every claim that counts something, in order, with its verdict. A claim cut off earlier (1—11月) is compared with that cut-off."""
    claims = [c for c in reading.claims if c.kind not in {"growth", "rank", "duration", "other"}]
    matches = {claim: _candidates(reading, claim) for claim in claims}
    spans = {claim: period_of(reading, claim, period) for claim in claims}
    values: dict[Period, Mapping[str, Value]] = {}
    for span in set(spans.values()):
        codes = sorted({code for c in claims if spans[c] == span for code, _ in matches[c]})
        values[span] = measure(codes, area, span) if codes else {}
    return [_judge(claim, matches[claim], values[spans[claim]]) for claim in claims]


def period_of(reading: Reading, claim: Claim, period: Period) -> Period:
    """The span that a claim speaks of: cut off earlier than the document's where its sentence says so (1—11月)."""
    start, end = claim.sentence
    found = MONTHS.search(reading.document.text[start:end])
    if found is None or period.kind != "year" or _says(claim, FORECAST):
        return period
    try:
        return parse(f"{period.year}-01..{int(found[1]):02d}")
    except PeriodError:
        return period


def _candidates(reading: Reading, claim: Claim) -> list[tuple[str, float]]:
    """Indicators whose name and unit may be what the claim speaks of, best first, at most a dozen."""
    subject = _bare(claim.subject)
    text = reading.document.text
    after = re.split(r"[，。；,;]", text[claim.end : min(claim.sentence[1], claim.end + 12)])[0]
    before = _bare(text[max(claim.sentence[0], claim.start - 30) : claim.start] + after)
    if len(subject) < 2 and len(before) < 2:
        return []
    forecast = _says(claim, FORECAST)
    scored = []
    for found, names in _catalogue():
        if not _units_agree(claim.unit, found.unit) or isinstance(found, Forecast) != forecast:
            continue
        likeness = max(max(_likeness(subject, name), 0.75 * fuzz.partial_ratio(before, name)) for name in names)
        if likeness >= FAINT:
            scored.append((found.code, likeness))
    return sorted(scored, key=lambda pair: -pair[1])[:12]


def _says(claim: Claim, words: set[str]) -> bool:
    return any(word in modifier for modifier in claim.modifiers for word in words)


@lru_cache(maxsize=1)
def _catalogue() -> list[tuple[Indicator, tuple[str, ...]]]:
    return [(i, tuple({_bare(i.name), *(_bare(a) for a in i.aliases)} - {""})) for _, i in registry.indicators()]


def _bare(text: str) -> str:
    """A name without brackets, quotes and the words that every name has."""
    text = re.sub(r"[（(][^）)]*[）)]|[“”\"、，\s]", "", text)
    return re.sub(r"(数|量|人数|户数|合计|全区|全县|全市|我局|我县|我区|新|共)$|^(全区|全县|我局|我县|共|累计)", "", text)


def _likeness(subject: str, name: str) -> float:
    """Between 0 and 100: characters in order, and the shorter inside the longer."""
    return 0.55 * fuzz.ratio(subject, name) + 0.45 * fuzz.partial_ratio(subject, name)


def scaled(unit: str) -> tuple[str, Decimal]:
    """A unit without its 万 or 亿, and by how much that was: 万份 → (份, 10000)."""
    for mark, factor in SCALES:
        if unit.startswith(mark) and len(unit) > len(mark):
            return unit[len(mark) :], factor
    return unit, Decimal(1)


def _units_agree(stated: str, own: str) -> bool:
    stated, own = scaled(stated)[0], scaled(own)[0]
    stated, own = UNITS.get(stated, stated), UNITS.get(own, own).split("/")[0]
    return stated == own or any({stated, own} <= group for group in ALIKE)


def _judge(claim: Claim, candidates: list[tuple[str, float]], values: Mapping[str, Value]) -> Reconciled:
    if claim.placeholder:
        best = values.get(candidates[0][0]) if candidates and candidates[0][1] >= SURE else None
        return Reconciled(claim, "未填", best)
    for code, likeness in candidates:
        enough = POSSIBLE if (claim.number or 0) * scaled(claim.unit)[1] < LARGE else FAINT
        if likeness >= enough and agrees(claim, values[code]):
            return Reconciled(claim, "相符", values[code])
    sure = [(code, likeness) for code, likeness in candidates if likeness >= SURE]
    if not sure:
        return Reconciled(claim, "无依据")
    best = values[sure[0][0]]
    close = [code for code, likeness in sure if sure[0][1] - likeness < 3]
    return Reconciled(claim, "口径不同" if len(close) > 1 and best.value is None else "不符", best)


def agrees(claim: Claim, value: Value) -> bool:
    """Whether the records bear the claim out: exactly, or as far as 余, 近, 以上, 约 allow (domain.md A0.2); 万 and 元 are converted."""
    if value.value is None or claim.number is None:
        return False
    words = set(claim.modifiers)
    stated, recorded = claim.number * scaled(claim.unit)[1], value.value * scaled(value.indicator.unit)[1]
    if recorded == stated:
        return True
    if words & {"余", "多", "超", "超过", "以上", "不少于", "至少"}:
        return stated <= recorded < stated * Decimal("1.1")
    if words & {"近", "将近"}:
        return stated * Decimal("0.95") <= recorded < stated
    if words & {"约", "左右"}:
        return abs(recorded - stated) <= stated * Decimal("0.05")
    return False


def contradicted(reading: Reading, area: Area, period: Period) -> list[Contradiction]:
    """Claims in words that the county's records do not bear out at the end of the period; none above a county."""
    if not area.county:
        return []
    return sorted(contradictions(reading.document.text, area.county, period.end), key=lambda c: c.start)


def words_against(reading: Reading, found: Iterable[Contradiction]) -> list[Finding]:
    """Contradicted words as findings."""
    text = reading.document.text
    basis = "以锁定台账为准并列出差异（E24）"
    return [
        Finding("R03", "differs", "error" if c.records else "warning", c.start, c.end, text[c.start : c.end], c.message, c.suggestions, basis)
        for c in found
    ]


def slip(stated: Decimal, recorded: Decimal | None) -> str:
    """How a number may have come about that the records contradict: a year typed into it, a unit or a point out of place; '' if unknown.

    Both are in the indicator's unit.
    """
    if not recorded or not stated:
        return ""
    said, true = f"{stated.normalize():f}", f"{recorded.normalize():f}"
    return _misplaced(stated, recorded) + ("" if YEAR.match(true) and len(true) == 4 else _year_within(said, true))


def _misplaced(stated: Decimal, recorded: Decimal) -> str:
    for times in (10, 100, 1000, 10_000):
        for share, word in ((stated / recorded, "倍"), (recorded / stated, "分之一")):
            if abs(share / times - 1) <= Decimal("0.02"):
                return f"；约为台账的{times}{word}，请核对单位和小数点"
    return ""


def _year_within(said: str, true: str) -> str:
    """Whether the number is the right one with a year put in place of some of its digits."""
    for found in YEAR.finditer(said):
        year, before, after = found[1], said[: found.start()], said[found.end(1) :]
        if len(true) >= len(before) + len(after) and true.startswith(before) and true.endswith(after) and year not in true:
            return f"；“{year}”像是误入的年份"
    return ""


def findings_of(reading: Reading, reconciled: Iterable[Reconciled]) -> list[Finding]:
    """What of the reconciliation must be looked at: a number that the records contradict, or that no record stands behind."""
    found = []
    text = reading.document.text
    for item in reconciled:
        claim, value = item.claim, item.value
        place = (claim.start, claim.end, text[claim.start : claim.end])
        if item.verdict == "不符" and value is not None:
            recorded = value.text or "无数据"
            message = f"文稿写{claim.value}{claim.unit}，台账“{value.indicator.name}”为{recorded}{value.indicator.unit}（{value.rows}条记录）"
            message += slip(claim.number * scaled(claim.unit)[1] / scaled(value.indicator.unit)[1], value.value) if claim.number else ""
            suggestions = (value.text,) if value.text else ()
            found.append(Finding("R01", "differs", "error", *place, message, suggestions, "以锁定台账为准并列出差异（E24）"))
        elif item.verdict == "无依据":
            message = f"台账中没有与“{claim.subject or claim.value}”相应的指标，请补佐证，或注明来源"
            found.append(Finding("R02", "unsupported", "hint", *place, message, (), "没有来源的数不写（E25）"))
    return found
