"""What a document says, as values: the vocabulary shared by readers, rules and composers.

Every span is a half-open range of code points into :attr:`Document.text`, the source text as read; nothing here copies or
cleans that text. Damage (site chrome, hard wraps, injected pinyin) is *marked*, never removed, so spans always hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

BlockRole = Literal["title", "heading", "body", "table", "footnote", "comment", "boilerplate", "page_mark", "signature"]
PeriodKind = Literal["year", "half", "quarter", "month", "months", "cutoff", "unknown"]
NameType = Literal["organisation", "project", "award", "document", "place", "person", "event"]
ListVerdict = Literal["ok", "ok_ge", "mismatch", "unknown"]


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range ``[start, end)`` of code points into the source text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters that the span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Block:
    """A run of the source with one role; ``paragraph`` is the ordinal in a .docx body, None elsewhere."""

    start: int
    end: int
    role: BlockRole
    paragraph: int | None = None
    attrs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Heading:
    """A node of the outline. Level 0 is the title, 1 “一、”, 2 “（一）”, 3 “1.”, 4 run-in “一是”; ``run_in`` nodes start in a paragraph."""

    id: int
    level: int
    marker: str
    text: str
    start: int
    end: int
    parent: int | None
    run_in: bool = False
    body_end: int = 0


@dataclass(frozen=True, slots=True)
class Claim:
    """A counted thing: ``start, end`` span the value alone (digits, Chinese numeral or mask).

    ``number`` is the exact value in ``unit`` where the text gives one (1.2万 → 12000), None for masks and vague words.
    ``modifiers`` holds the qualifiers as written (共, 其中, 同比, 预计, 余, 近, 以上, 每, 各, 累计 …).
    """

    start: int
    end: int
    value: str
    unit: str
    subject: str
    number: Decimal | None = None
    placeholder: bool = False
    modifiers: tuple[str, ...] = ()
    sentence: tuple[int, int] = (0, 0)
    part_of: int | None = None
    kind: Literal["count", "money", "area", "rate", "growth", "rank", "duration", "other"] = "count"


@dataclass(frozen=True, slots=True)
class CountedList:
    """An enumeration with the count stated for it; ``open`` lists end in 等."""

    start: int
    end: int
    stated: str
    unit: str
    items: tuple[str, ...]
    open: bool
    verdict: ListVerdict


@dataclass(frozen=True, slots=True)
class Name:
    """A named thing and where it stands."""

    type: NameType
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text that promises (plan) or admits (problem) something."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the text that speak for a period or another inference."""

    text: str
    start: int
    end: int
    says: str


@dataclass(frozen=True, slots=True)
class DocumentPeriod:
    """The period that the content speaks of; ``value`` as on the command line (2015, 2014H1, 2015-01..11)."""

    kind: PeriodKind
    value: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read: the source text and its blocks, in order and not overlapping. Several documents of one file follow each other."""

    text: str
    blocks: tuple[Block, ...]
    source: str = ""
    format: str = "txt"
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that the text says: the result of ``jushi read``."""

    document: Document
    title: Span | None
    period: DocumentPeriod
    outline: tuple[Heading, ...]
    claims: tuple[Claim, ...]
    lists: tuple[CountedList, ...]
    names: tuple[Name, ...]
    plans: tuple[Passage, ...]
    problems: tuple[Passage, ...]


class UnreadableError(Exception):
    """The file cannot be read; the message says in Chinese why and what to do."""
