"""Dated lexicons: literal words with what they should be, their basis and the years in which they hold."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from importlib import resources
from typing import Literal

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

from jushi.proof.model import Level

_PIECE = 50_000
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Literals:
    """Many words that are found in one pass over a text.

    The pass runs over UTF-16, where a character is two bytes: places in bytes are places in the text, and half a character that stands
    by itself does no harm. Words with characters that take four bytes are found by searching for each.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)
        self._overlap = max(map(len, self.words), default=1) - 1
        self._astral = [(index, word) for index, word in enumerate(self.words) if _ASTRAL.search(word)]
        # Not the quickest to search, but a quarter of the time to build: most texts are short.
        self._automaton = BytesAhoCorasick(map(_coded, self.words), MatchKind.Standard, Implementation.ContiguousNFA)

    def find(self, text: str) -> Iterator[tuple[int, int, int]]:
        """(word by number, start, end) of every occurrence, by and large in order; a long text is searched in pieces that overlap."""
        for low, past, matches in self.pieces(text):
            yield from [(index, low + (start >> 1), low + (end >> 1)) for index, start, end in matches if end > past and not start & 1]
        for index, word in self._astral:
            yield from ((index, m.start(), m.end()) for m in re.finditer(re.escape(word), text))

    def pieces(self, text: str) -> Iterator[tuple[int, int, list[tuple[int, int, int]]]]:
        """(offset of a piece, end of its overlap in bytes, matches in bytes) for those to whom every microsecond counts.

        A match at an odd byte is none; one that ends in the overlap was there before. Words of four-byte characters are not among them.
        """
        for at in range(0, len(text), _PIECE):
            low = max(0, at - self._overlap)
            piece = text[low : at + _PIECE]
            coded = _coded(piece)
            if len(coded) > 2 * len(piece):
                coded = _coded(_ASTRAL.sub("\ufffd", piece))
            past = 2 * (at - low)
            yield low, past, self._automaton.find_matches_as_indexes(coded, overlapping=True)


def _coded(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


_SEARCHED: set[str] = set()


def searched(*literals: str) -> tuple[str, ...]:
    """Literals of two characters or more that rules look around: found in the same pass as the words of the lexicons."""
    _SEARCHED.update(word for word in literals if len(word) > 1)
    return literals


@dataclass(frozen=True, slots=True)
class Scan:
    """What one pass over a text finds: hits by lexicon name, and where each searched literal begins."""

    hits: dict[str, list[tuple[int, int, Entry]]]
    places: dict[str, list[int]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a lexicon. ``before``/``after`` are alternatives parted by “|” that must (or, with “!”, must not) stand next to the word."""

    word: str
    to: tuple[str, ...] = ()
    kind: str = ""
    level: Level | Literal[""] = ""
    before: str = ""
    after: str = ""
    since: str = ""
    until: str = ""
    basis: str = ""
    note: str = ""

    def fits(self, text: str, start: int, end: int) -> bool:
        """True where the neighbours of ``text[start:end]`` are as the entry demands."""
        return _side(self.before, text[max(0, start - 12) : start], str.endswith) and _side(self.after, text[end : end + 12], str.startswith)


def _side(demand: str, context: str, test: object) -> bool:
    if not demand:
        return True
    refuse = demand.startswith("!")
    found = test(context, tuple(demand.lstrip("!").split("|")))  # type: ignore[operator]
    return not found if refuse else bool(found)


@dataclass(frozen=True)
class Lexicon(Mapping[str, tuple[Entry, ...]]):
    """Lexicons by name, with the automaton over all their words built once."""

    tables: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> tuple[Entry, ...]:
        return self.tables.get(name, ())

    def __iter__(self) -> Iterator[str]:
        return iter(self.tables)

    def __len__(self) -> int:
        return len(self.tables)

    def merge(self, extra: Mapping[str, Iterable[Entry]]) -> Lexicon:
        """This lexicon extended by an office's own; a row with the same word replaces ours, ``kind="off"`` removes it."""
        tables = dict(self.tables)
        for name, rows in extra.items():
            new = tuple(rows)
            words = {row.word for row in new}
            kept = tuple(row for row in tables.get(name, ()) if row.word not in words)
            tables[name] = kept + tuple(row for row in new if row.kind != "off")
        return Lexicon(tables)

    @cached_property
    def _words(self) -> dict[str, list[tuple[str, Entry]]]:
        """What is searched: each word with the tables and rows in which it stands."""
        words: dict[str, list[tuple[str, Entry]]] = {word: [] for word in _SEARCHED}
        for name, rows in self.tables.items():
            for row in rows if name not in NOT_SCANNED else ():
                words.setdefault(row.word, []).append((name, row))
        return words

    @cached_property
    def _literals(self) -> Literals:
        return Literals(self._words)

    def scan(self, text: str) -> Scan:
        """Every occurrence of every word whose neighbours fit, and of every searched literal."""
        found: dict[str, list[tuple[int, int, Entry]]] = {name: [] for name in self.tables}
        places: dict[str, list[int]] = {word: [] for word in _SEARCHED}
        if not self._words:
            return Scan(found, places)
        words = [(places.get(word), entries) for word, entries in self._words.items()]
        for index, start, end in self._literals.find(text):
            literal, entries = words[index]
            if literal is not None:
                literal.append(start)
            for name, entry in entries:
                if not (entry.before or entry.after) or entry.fits(text, start, end):
                    found[name].append((start, end, entry))
        return Scan(found, places)


def read_table(name: str) -> tuple[Entry, ...]:
    """The rows of ``data/NAME.tsv``; “|” in the ``to`` column parts candidates. Raises FileNotFoundError for an unknown name."""
    text = resources.files("jushi.proof").joinpath("data", f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(_entry({key: value or "" for key, value in row.items() if key}) for row in rows)


def parse_table(text: str) -> dict[str, list[Entry]]:
    """An office's dictionary: like our tables, with a column ``table``. Raises ValueError where a column is missing or a table unknown."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    tables: dict[str, list[Entry]] = {}
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        table, word = row.get("table"), row.get("word")
        if not word or table not in TABLES:
            raise ValueError(f"table={table!r} word={word!r}")
        tables.setdefault(table, []).append(_entry({key: value or "" for key, value in row.items() if key}))
    return tables


def _entry(row: Mapping[str, str]) -> Entry:
    known = {key: row[key].strip() for key in row if key in Entry.__dataclass_fields__ and key != "to"}
    entry = Entry(**known)  # type: ignore[arg-type]
    return replace(entry, to=tuple(part for part in row.get("to", "").split("|") if part))


# Tables that rules look up by themselves: their conditions are patterns, or their words are not as the text writes them.
NOT_SCANNED = frozenset({"wash_context", "themes"})
TABLES = (
    "typos",
    "wash",
    "wash_evidence",
    "wash_context",
    "terms",
    "phrases",
    "collocations",
    "provinces",
    "colloquial",
    "events",
    "themes",
    "variants",
    "quoted",
)


@lru_cache(maxsize=1)
def builtin() -> Lexicon:
    """The lexicons that are shipped with the package."""
    return Lexicon({name: read_table(name) for name in TABLES})
