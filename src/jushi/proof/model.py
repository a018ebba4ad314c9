"""Findings and rules as values (cli.md: ``jushi check --format json``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from jushi.text.model import Reading

if TYPE_CHECKING:
    from jushi.proof.lexicon import Lexicon
    from jushi.proof.view import View

Level = Literal["error", "warning", "hint"]
LEVELS: tuple[Level, ...] = ("error", "warning", "hint")

# The kinds of the command line's table; a rule of another kind is refused by the tests.
_KINDS = """
approx_double blank_value boilerplate bracket_unmatched collocation contradiction count_mismatch
date_conflict differs enum_level enum_repeat enum_skip extra_char fixed_phrase garbled halfwidth_punct
layout_fused leak_name missing_char missing_section name_inconsistent number_suspicious numeral_style
numrep placeholder placeholder_glyph_mix placeholder_inconsistent punct_list_mix punct_missing
punct_wrong quote_glyph quote_missing quote_nesting rate_mismatch redundancy repeat space stale_date
stale_term stale_year sum_mismatch template_marker term_inconsistent term_wrong title_bracket title_dup
title_wrong truncated typo unit_inconsistent unit_missing unit_wrong unsupported untraced wash
"""
KINDS = frozenset(_KINDS.split())


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong, or to be asked about, at ``[start, end)`` code points of the source text."""

    rule: str
    kind: str
    level: Level
    start: int
    end: int
    text: str
    message: str
    suggestions: tuple[str, ...] = ()
    basis: str = ""
    related: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may look at: the reading, the dated lexicons, and facts from records when there are any. No clock, no database."""

    reading: Reading
    lexicons: Lexicon
    facts: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One defect a machine can decide. ``bad`` examples must fire and ``good`` ones must not; a test proves each.

    A ``raw`` rule looks at the source as it is written (layout, glyphs, residue); the others at the text as it should have been
    read, without injected pinyin, line breaks inside sentences and viewers' numbers.
    """

    id: str
    kind: str
    level: Level
    name: str
    basis: str
    check: Callable[[View], Iterable[Finding]]
    bad: tuple[str, ...]
    good: tuple[str, ...]
    since: int | None = None
    until: int | None = None
    enabled: bool = True
    scope: str = "正文"
    raw: bool = False


@dataclass(frozen=True, slots=True)
class Dismissal:
    """A decision not to hear of a finding: by rule and text (None = any text of that rule), with the reason and who said so."""

    rule: str
    text: str | None
    reason: str
    by: str = ""
