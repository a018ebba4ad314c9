"""What a document says, as values: the vocabulary shared by readers, rules and composers.

Every span is a half-open range of code points into :attr:`Document.text`, the source text as read; nothing here copies or
cleans that text. Damage (site chrome, hard wraps, injected pinyin) is *marked*, never removed, so spans always hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, TypeVar, overload

from jushi.text.bulk import quickly_made

T = TypeVar("T")

BlockRole = Literal["title", "heading", "body", "table", "footnote", "comment", "boilerplate", "page_mark", "signature"]
PeriodKind = Literal["year", "half", "quarter", "month", "months", "cutoff", "unknown"]
NameType = Literal["organisation", "project", "award", "document", "place", "person", "event"]
ListVerdict = Literal["ok", "ok_ge", "mismatch", "unknown"]
SCALES: Mapping[str, int] = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range ``[start, end)`` of code points into the source text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters that the span covers."""
        return text[self.start : self.end]


@quickly_made
@dataclass(frozen=True, slots=True)
class Block:
    """A run of the source with one role; ``paragraph`` is the ordinal in a .docx body, None elsewhere."""

    start: int
    end: int
    role: BlockRole
    paragraph: int | None = None
    attrs: Mapping[str, str] = field(default_factory=dict)


@quickly_made
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


@quickly_made
@dataclass(frozen=True, slots=True)
class Claim:
    """A counted thing: ``start, end`` span the value alone (digits, Chinese numeral or mask).

    ``unit`` carries its scale (695万元 → value 695, unit 万元; 1.2万人次 → 1.2, 万人次; 数百万元 → 数百, 万元); it is empty where the
    text left it out. ``number`` is the value in ``unit``, None for masks and vague words; :attr:`amount` is the same in the unit
    without scale (1.2 万人次 → 12000 人次). ``modifiers`` holds the qualifiers as written (共, 其中, 同比, 预计, 余, 近, 以上, 每, 各 …).
    ``part_of`` is the index of the claim of which this is a part (其中 …), ``funnel_of`` of the earlier stage (申报36项，立项13项).
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
    funnel_of: int | None = None

    @property
    def base_unit(self) -> str:
        """The unit without its scale word (万元 → 元)."""
        return self.unit.lstrip("十百千万亿") if len(self.unit) > 1 else self.unit

    @property
    def amount(self) -> Decimal | None:
        """The value in :attr:`base_unit`, None where the text gives no exact number."""
        if self.number is None:
            return None
        scale = 1
        for word in self.unit[: len(self.unit) - len(self.base_unit)]:
            scale *= SCALES[word]
        return self.number * scale


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


class Later(Sequence[T]):
    """A sequence that is made when it is first looked at: names and passages take time that a proofreader need not spend."""

    def __init__(self, make: Callable[[], Sequence[T]]) -> None:
        self._make: Callable[[], Sequence[T]] | None = make
        self._made: tuple[T, ...] = ()

    def _all(self) -> tuple[T, ...]:
        if self._make is not None:
            self._made = tuple(self._make())
            self._make = None
        return self._made

    @overload
    def __getitem__(self, at: int) -> T: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[T, ...]: ...

    def __getitem__(self, at: int | slice) -> T | tuple[T, ...]:
        return self._all()[at]

    def __iter__(self) -> Iterator[T]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __eq__(self, other: object) -> bool:
        return self._all() == (other._all() if isinstance(other, Later) else other)

    def __hash__(self) -> int:
        return hash(self._all())

    def __repr__(self) -> str:
        return repr(self._all())

    def __reduce__(self) -> tuple[type[tuple[T, ...]], tuple[tuple[T, ...]]]:
        return tuple, (self._all(),)


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that the text says: the result of ``jushi read``. ``lead`` is the unnumbered opening before the first heading.

    ``names``, ``plans`` and ``problems`` may be made when first looked at.
    """

    document: Document
    title: Span | None
    period: DocumentPeriod
    outline: tuple[Heading, ...]
    claims: tuple[Claim, ...]
    lists: tuple[CountedList, ...]
    names: Sequence[Name]
    plans: Sequence[Passage]
    problems: Sequence[Passage]
    lead: Span | None = None


class UnreadableError(Exception):
    """The file cannot be read; the message says in Chinese why and what to do."""
