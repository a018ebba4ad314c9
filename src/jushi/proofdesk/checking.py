"""A text against the checker as the bureau has set it: reading, findings, decisions. Reading and finding are pure and remembered by content."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from functools import lru_cache
from uuid import UUID

from jushi.kernel import evidence, oplog
from jushi.kernel.models import User
from jushi.kernel.periods import PeriodError, parse
from jushi.proof import RULES, Entry, Finding, apply_dismissals, check, select
from jushi.proof import Dismissal as Dismissed
from jushi.proof.lexicon import builtin
from jushi.proof.model import Level
from jushi.proofdesk.models import CheckedText, Dismissal, OfficeWord
from jushi.text import Reading, UnreadableError, read, read_text, understand

MAX_BYTES = 10 << 20
MAX_CHARS = 200_000
OWN_KINDS = {"typos": "typo", "phrases": "fixed_phrase"}  # tables that a bureau may add to, and what a finding is then called
Words = tuple[tuple[str, Entry], ...]


class DecisionError(ValueError):
    """The decision cannot be taken; the message says why."""


def key_of(finding: Finding) -> str:
    """What a decision is kept under: rule, kind and place. Texts never change, so places hold."""
    return f"{finding.rule}:{finding.kind}:{finding.start}:{finding.end}"


def bring(data: bytes, name: str, county: str, user: User, *, period: str = "", edition: UUID | None = None) -> CheckedText:
    """Keep a text for checking. Raises :class:`UnreadableError` or RejectedFileError with the remedy."""
    if len(data) > MAX_BYTES:
        raise UnreadableError(f"“{name}”超过 {MAX_BYTES >> 20} MB：请去掉图片或拆分后再校核。")
    document = read(data, name)
    if not document.text.strip():
        raise UnreadableError(f"“{name}”里没有文字：如果是扫描件，请先用文字识别（OCR）软件转换。")
    if len(document.text) > MAX_CHARS:
        raise UnreadableError(f"“{name}”有 {len(document.text)} 字，一次最多校核 {MAX_CHARS} 字：请拆分后再校核。")
    blob = evidence.store(io.BytesIO(data))
    reading = reading_of(blob.sha256, name)
    checked = CheckedText(
        county=county, name=evidence.clean_name(name), blob=blob, format=document.format, chars=len(document.text),
        period=period or _known(reading.period.value), edition=edition, created_by=user,
    )  # fmt: skip
    with oplog.operation("校核文稿", county=county):
        checked.save()
    return checked


def name_for(pasted: str) -> str:
    """What a pasted text is called: by its title, else by its first line."""
    reading = understand(read_text(pasted[:5000]))
    first = next((line.strip() for line in pasted.splitlines() if line.strip()), "")
    title = reading.title.of(reading.document.text) if reading.title else first
    return f"{' '.join(title.split())[:40]}.txt"


def _known(period: str) -> str:
    try:
        return parse(period).code
    except PeriodError:
        return ""


@lru_cache(maxsize=16)
def reading_of(sha256: str, name: str) -> Reading:
    """What a stored text says. The bytes are known by their hash, so the memory can never be stale."""
    return understand(read(evidence.path_of(sha256).read_bytes(), name))


def source_of(checked: CheckedText) -> bytes | None:
    """The Word file itself, None for texts of other formats."""
    return evidence.path(checked.blob).read_bytes() if checked.format == "docx" else None


@dataclass(frozen=True, slots=True)
class Settings:
    """The checker as a bureau has set it: its own words, what it does not want to hear of, rules switched off."""

    words: Words = ()
    dismissals: tuple[Dismissed, ...] = ()
    off: frozenset[str] = frozenset()

    def lexicons(self) -> dict[str, list[Entry]] | None:
        """The words as the checker takes them; None when there are none."""
        tables: dict[str, list[Entry]] = {}
        for table, entry in self.words:
            tables.setdefault(table, []).append(entry)
        return tables or None


def settings_of(county: str) -> Settings:
    """The bureau's settings, within the scope in force."""
    words = tuple((w.table, _entry(w)) for w in OfficeWord.objects.filter(county=county).order_by("table", "word"))
    rows = list(Dismissal.objects.filter(county=county).select_related("by"))
    gone = tuple(Dismissed(d.rule, d.text, d.reason, str(d.by or "")) for d in rows)
    return Settings(words, gone, frozenset(d.rule for d in rows if d.text is None))


def _entry(word: OfficeWord) -> Entry:
    kind = word.kind or OWN_KINDS.get(word.table, "typo")
    level: Level = "error" if kind == "typo" else "warning"
    return Entry(word.word, tuple(word.to.split("|")) if word.to else (), kind, level, basis=word.basis or "本局词典")


def findings_in(checked: CheckedText, settings: Settings) -> list[Finding]:
    """What the checker finds in the text, without what the bureau has dismissed."""
    year = parse(checked.period).year if checked.period else None
    found = _found(checked.blob.sha256, checked.name, settings.words, settings.off, year)
    return apply_dismissals(found, settings.dismissals)


@lru_cache(maxsize=16)
def _found(sha256: str, name: str, words: Words, off: frozenset[str], year: int | None) -> tuple[Finding, ...]:
    chosen = select(RULES, off=off, year=year)
    lexicons = Settings(words).lexicons()
    return tuple(check(reading_of(sha256, name), lexicons, chosen, {"year": year} if year else None))


def decide(checked: CheckedText, decisions: dict[str, dict[str, str] | None]) -> CheckedText:
    """Write decisions (None takes one back) into the text as it is now stored; two windows do not overwrite each other."""
    with oplog.operation("处理校核问题", county=checked.county):
        stored: CheckedText = CheckedText.objects.select_for_update().get(pk=checked.pk)
        for key, decision in decisions.items():
            if decision is None:
                stored.decisions.pop(key, None)
            else:
                stored.decisions[key] = decision
        stored.save()
    return stored


def accept(finding: Finding, number: int) -> dict[str, str]:
    """The decision to write in one of the suggestions."""
    if not 0 <= number < len(finding.suggestions):
        raise DecisionError("没有这条建议，请刷新后再试")
    return {"do": "accept", "to": finding.suggestions[number]}


def accepted(checked: CheckedText, findings: list[Finding]) -> list[Finding]:
    """The findings that were accepted, each with the chosen suggestion alone."""
    found = []
    for finding in findings:
        decision = checked.decisions.get(key_of(finding), {})
        if decision.get("do") == "accept":
            found.append(replace(finding, suggestions=(decision["to"],)))
    return found


def standing(checked: CheckedText, findings: list[Finding]) -> list[Finding]:
    """The findings that nobody set aside."""
    return [f for f in findings if checked.decisions.get(key_of(f), {}).get("do") != "ignore"]


def dismiss(county: str, rule: str, text: str | None, reason: str, by: User) -> Dismissal:
    """Never again, for the whole bureau: this rule with these words, or (None) the rule at all."""
    if not reason.strip():
        raise DecisionError("请写明不再提示的原因")
    found = Dismissal.objects.filter(county=county, rule=rule, text=text).first()
    row = found or Dismissal(county=county, rule=rule, text=text)
    row.reason, row.by = reason.strip()[:200], by
    with oplog.operation("不再提示", county=county, reason=reason.strip()[:300]):
        row.save()
    return row


def add_word(county: str, word: str, to: str, way: str, basis: str, by: User) -> list[OfficeWord]:
    """Put a word into the bureau's dictionary: ``way`` typos (wrong), phrases (written otherwise) or off (right: no longer reported)."""
    word, to = word.strip(), to.strip()
    if len(word) < 2:
        raise DecisionError("请填写两个字以上的写法")
    if way == "off":
        tables = [name for name, rows in builtin().items() if any(row.word == word for row in rows)]
        if not tables:
            raise DecisionError(f"通用词表里没有“{word}”；如果它被报出来，请在问题上点“不再提示”")
    elif way in OWN_KINDS:
        if not to or to == word:
            raise DecisionError("请填写应当写作什么")
        tables = [way]
    else:
        raise DecisionError("请选择这个写法是什么情况")
    made = []
    with oplog.operation("登记本局词典", county=county):
        for table in tables:
            row = OfficeWord.objects.filter(county=county, table=table, word=word).first() or OfficeWord(county=county, table=table, word=word)
            row.to, row.kind, row.basis, row.by = to, "off" if way == "off" else OWN_KINDS[table], basis.strip()[:200], by
            row.save()
            made.append(row)
    return made


def set_period(checked: CheckedText, period: str) -> None:
    """The period that somebody says the text speaks of ('' for none)."""
    with oplog.operation("校核文稿期间", county=checked.county):
        stored: CheckedText = CheckedText.objects.select_for_update().get(pk=checked.pk)
        stored.period = period
        stored.save()


def remove(checked: CheckedText) -> None:
    """Take the entry off the list. The bytes stay in the store, where a record or a frozen document may name them too."""
    with oplog.operation("删除校核文稿", county=checked.county):
        checked.delete()
