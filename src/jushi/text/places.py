"""Places: the national table of names at county level and above, with years, found in one pass (Aho–Corasick)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

import ahocorasick

_SUFFIXES = ("特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "自治州", "地区", "省", "市", "盟")
_MAY_PRECEDE = frozenset("省市州盟区县在于到和与及赴由从对向我全的、，。；：“《（ ")


@dataclass(frozen=True, slots=True)
class Place:
    """An area of the table: six-digit code, name, first and last year in force (None where the source has no bound)."""

    code: str
    name: str
    since: int | None
    until: int | None


@cache
def table() -> dict[str, tuple[Place, ...]]:
    """Places by full name; one name may have been borne by several areas."""
    rows: dict[str, list[Place]] = {}
    for line in resources.files("jushi.text").joinpath("data/places.tsv").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        code, name, since, until = line.split("\t")
        place = Place(code, name, int(since) if since else None, int(until) if until else None)
        rows.setdefault(name, []).append(place)
    return {name: tuple(places) for name, places in rows.items()}


def lookup(name: str, year: int | None = None) -> tuple[Place, ...]:
    """The areas that bear a full name, in ``year`` when one is given."""
    found = table().get(name, ())
    if year is None:
        return found
    return tuple(p for p in found if (p.since is None or p.since <= year) and (p.until is None or year < p.until))


@cache
def _automaton(ambiguous: frozenset[str]) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for name, places in table().items():
        if name in ambiguous:
            continue
        automaton.add_word(name, name)
        # Short forms of provinces and prefectures only: those of counties are too often common words.
        if any(p.code.endswith("00") for p in places):
            short = _short(name)
            if len(short) >= 2 and short not in ambiguous and short not in automaton:
                automaton.add_word(short, short)
    automaton.make_automaton()
    return automaton


def _short(name: str) -> str:
    for suffix in _SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) >= 2:
            return name.removesuffix(suffix)
    return ""


def find(text: str, ambiguous: frozenset[str] = frozenset()) -> Iterator[tuple[int, int]]:
    """Spans of place names in the folded text, longest first where they overlap, in order."""
    for end, name in _automaton(ambiguous).iter_long(text):
        start = end - len(name) + 1
        # 示范县 holds 范县: a name of two characters needs a boundary before it.
        if len(name) == 2 and start and "一" <= text[start - 1] <= "鿿" and text[start - 1] not in _MAY_PRECEDE:
            continue
        yield start, end + 1
