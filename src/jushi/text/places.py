"""Places: the national table of names at county level and above, with years.

Names are found by their last character (省, 市, 县, 区 …), short forms of provinces and prefectures by their first two: on Chinese
text both sets are rare, and this is some twenty times as fast as an Aho–Corasick automaton over the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

_SUFFIXES = ("特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "自治州", "地区", "省", "市", "盟")
# Offices that once stood in for an area (…办事处, …委员会) are in the table and are no place names.
_LAST = frozenset("省市县区州盟旗岛")
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


@dataclass(frozen=True, slots=True)
class _Index:
    """What :func:`find` looks for: last characters of full names, beginnings of short forms, and the names themselves."""

    ends: re.Pattern[str]
    beginnings: re.Pattern[str]
    full: frozenset[str]
    short: frozenset[str]
    lengths: dict[str, tuple[int, ...]]


@cache
def _index(ambiguous: frozenset[str]) -> _Index:
    full = frozenset(name for name in table() if name[-1] in _LAST) - ambiguous
    # Short forms of provinces and prefectures only: those of counties are too often common words.
    short = {_short(name) for name, rows in table().items() if any(p.code.endswith("00") for p in rows)} - ambiguous - {""}
    first, second = "".join({name[0] for name in short}), "".join({name[1] for name in short})
    ends = "".join({name[-1] for name in full})
    lengths: dict[str, set[int]] = {}
    for name in full:
        lengths.setdefault(name[-2:], set()).add(len(name))
    return _Index(
        re.compile(f"[{re.escape(ends)}]"),
        re.compile(f"[{re.escape(first)}][{re.escape(second)}]"),
        full,
        frozenset(short),
        {pair: tuple(sorted(sizes, reverse=True)) for pair, sizes in lengths.items()},
    )


def _short(name: str) -> str:
    for suffix in _SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) >= 2:
            return name.removesuffix(suffix)
    return ""


def find(text: str, ambiguous: frozenset[str] = frozenset()) -> Iterator[tuple[int, int]]:
    """Spans of place names in the folded text: full names, the longest that ends there, then short forms not part of one."""
    index = _index(ambiguous)
    taken: set[int] = set()
    for m in index.ends.finditer(text):
        end = m.end()
        for size in index.lengths.get(text[max(0, end - 2) : end], ()):
            start = end - size
            if start >= 0 and text[start:end] in index.full:
                if size > 2 or _stands_alone(text, start):
                    taken.update(range(start, end))
                    yield start, end
                break
    for m in index.beginnings.finditer(text):
        start = m.start()
        for size in (4, 3, 2):
            if text[start : start + size] in index.short and start not in taken:
                yield start, start + size
                break


def _stands_alone(text: str, start: int) -> bool:
    """示范县 holds 范县: a name of two characters needs a boundary before it."""
    return not start or not "一" <= text[start - 1] <= "鿿" or text[start - 1] in _MAY_PRECEDE
