"""Which paragraphs repeat last year's text or another bureau's."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from jushi.text.model import Reading

SHINGLE = 6
SHORTEST = 24
COMMONPLACE = 40
_NOISE = re.compile(r"[\s\d，。；：、！？,;:.!?（）()“”《》xX×%]+")


@dataclass(frozen=True, slots=True)
class Similar:
    """``[start, end)`` of the reading says what ``[other_start, other_end)`` of ``earlier[other]`` says; ``ratio`` is 0–100."""

    start: int
    end: int
    other: int
    other_start: int
    other_end: int
    ratio: float


def similar(reading: Reading, earlier: Sequence[Reading], threshold: float = 80.0) -> list[Similar]:
    """For each paragraph the earlier paragraph most like it, where at least ``threshold`` alike.

    Figures, marks and masks do not count: last year's sentence with this year's number is still last year's sentence.
    Work is linear in the texts: candidates come from shared runs of six characters, and runs that everyone uses are ignored.
    """
    pieces = [(index, start, end, _core(text)) for index, other in enumerate(earlier) for start, end, text in _pieces(other)]
    index: dict[str, list[int]] = defaultdict(list)
    for at, (_, _, _, core) in enumerate(pieces):
        for shingle in _shingles(core):
            if len(index[shingle]) < COMMONPLACE:
                index[shingle].append(at)
    found = []
    for start, end, text in _pieces(reading):
        core = _core(text)
        votes = Counter(at for shingle in _shingles(core) for at in index.get(shingle, ()))
        scored = [(fuzz.ratio(core, pieces[at][3]), at) for at, _ in votes.most_common(5)]
        ratio, at = max(scored, default=(0.0, -1))
        if ratio >= threshold:
            other, other_start, other_end, _ = pieces[at]
            found.append(Similar(start, end, other, other_start, other_end, round(ratio, 1)))
    return found


def _pieces(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """Paragraphs without chrome; long fused ones by sentence."""
    text = reading.document.text
    for block in reading.document.blocks:
        if block.role in ("boilerplate", "page_mark", "title"):
            continue
        for match in re.finditer(r"[^\n]+", text[block.start : block.end]):
            start, line = block.start + match.start(), match[0]
            if len(line) <= 400:
                yield start, start + len(line), line
                continue
            for sentence in re.finditer(r"[^。]+。?", line):
                yield start + sentence.start(), start + sentence.end(), sentence[0]


def _core(text: str) -> str:
    return _NOISE.sub("", text)


def _shingles(core: str) -> set[str]:
    return {core[i : i + SHINGLE] for i in range(len(core) - SHINGLE + 1)} if len(core) >= SHORTEST else set()
