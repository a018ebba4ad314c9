"""Running rules over a reading: no database, no clock, no globals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jushi.proof.lexicon import Entry, Lexicon, builtin
from jushi.proof.mending import mended
from jushi.proof.model import LEVELS, Dismissal, Finding, Level, Rule
from jushi.proof.rules import RULES
from jushi.proof.view import View
from jushi.text import understand
from jushi.text.bulk import in_bulk
from jushi.text.model import Document, Reading

_EVERYWHERE = frozenset({"boilerplate", "date_conflict", "halfwidth_punct", "template_marker", "title_dup", "placeholder", "truncated"})


@in_bulk
def check(
    reading_or_document: Reading | Document,
    lexicons: Mapping[str, Iterable[Entry]] | None = None,
    rules: Iterable[Rule] | None = None,
    facts: Mapping[str, object] | None = None,
) -> list[Finding]:
    """Everything that the rules find, in order of place; spans are code points of the source text.

    ``lexicons`` extends the shipped ones (same word replaces, ``kind="off"`` removes). ``rules`` defaults to all that are enabled.
    ``facts`` are known values from records: ``{"year": 2015, "names": [...]}``.
    """
    reading = understand(reading_or_document) if isinstance(reading_or_document, Document) else reading_or_document
    lexicon = builtin() if not lexicons else builtin().merge(lexicons)
    view = View(reading, lexicon, facts)
    if not view.text or view.text.isspace():
        return []
    chosen = tuple(rule for rule in (RULES if rules is None else rules) if rule.enabled)
    seen = mended(reading)
    if seen is None:
        return _settle(view, [finding for rule in chosen for finding in rule.check(view)])
    whole = View(seen.reading, lexicon, facts)
    found = [finding for rule in chosen if rule.raw for finding in rule.check(view)]
    found += [seen.located(finding) for rule in chosen if not rule.raw for finding in rule.check(whole)]
    return _settle(view, found)


def _settle(view: View, found: list[Finding]) -> list[Finding]:
    kept: dict[tuple[int, int, str], Finding] = {}
    for finding in found:
        if finding.kind not in _EVERYWHERE and view.in_chrome(finding.start):
            continue
        key = (finding.start, finding.end, finding.kind)
        rival = kept.get(key)
        if rival is None or LEVELS.index(finding.level) < LEVELS.index(rival.level):
            kept[key] = finding
    return sorted(kept.values(), key=lambda f: (f.start, f.end, LEVELS.index(f.level), f.rule))


def select(
    rules: Iterable[Rule] = RULES,
    off: Iterable[str] = (),
    year: int | None = None,
    only: Iterable[str] | None = None,
) -> tuple[Rule, ...]:
    """The rules without those switched ``off`` (ids or kinds), limited to ``only``, and to those valid in ``year``."""
    dropped, wanted = set(off), None if only is None else set(only)
    return tuple(
        rule
        for rule in rules
        if not ({rule.id, rule.kind} & dropped)
        and (wanted is None or {rule.id, rule.kind} & wanted)
        and (year is None or ((rule.since or year) <= year <= (rule.until or year)))
    )


def apply_dismissals(findings: Iterable[Finding], dismissals: Iterable[Dismissal]) -> list[Finding]:
    """The findings that nobody has dismissed, by rule and text or by rule alone."""
    gone = {(d.rule, d.text) for d in dismissals}
    return [f for f in findings if (f.rule, f.text) not in gone and (f.rule, None) not in gone]


def worst(findings: Iterable[Finding]) -> Level | None:
    """The gravest level among the findings, None where there are none."""
    present = {finding.level for finding in findings}
    return next((level for level in LEVELS if level in present), None)


__all__ = ["Lexicon", "apply_dismissals", "check", "select", "worst"]
