"""The text as it was read, cut into pieces by the findings on it: overlapping findings share a piece, the gravest gives its colour."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from jushi.proof import Finding
from jushi.proof.model import LEVELS
from jushi.text import Document

LONGEST = 200  # a finding over more characters than these is about the text as a whole: only where it begins is marked
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of one line under the same findings (their numbers in the list given); ``text`` may be empty: something is lacking here."""

    text: str
    findings: tuple[int, ...] = ()
    level: str = ""


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line of the text with the role of its block."""

    role: str
    start: int
    pieces: list[Piece] = field(default_factory=list)


def marked(document: Document, findings: Sequence[Finding]) -> Iterator[MarkedLine]:
    """Every line that holds anything, in order. Work is linear in the text and in the findings' pieces."""
    findings = [replace(f, end=f.start + SHOWN) if f.end - f.start > LONGEST else f for f in findings]
    starts, ends = [b.start for b in document.blocks], [b.end for b in document.blocks]
    order = sorted(range(len(findings)), key=lambda n: findings[n].start)
    begins = [findings[n].start for n in order]
    running: list[int] = []
    at = 0
    for line in document.text.split("\n"):
        low, high = at, at + len(line)
        at = high + 1
        fresh = order[bisect_left(begins, low) : bisect_right(begins, high)]
        running = [n for n in running if findings[n].end > low]
        here = sorted({*running, *fresh})
        running = here
        if line.strip():
            block = bisect_right(starts, low) - 1
            role = document.blocks[block].role if block >= 0 and low < ends[block] else "body"
            yield MarkedLine(role, low, list(_pieces(line, low, [(n, findings[n]) for n in here])))


def _pieces(line: str, low: int, here: list[tuple[int, Finding]]) -> Iterator[Piece]:
    high = low + len(line)
    cuts = sorted({low, high, *(min(max(p, low), high) for _, f in here for p in (f.start, f.end))})
    for cut, after in zip_longest(cuts, cuts[1:]):
        points = [(n, f) for n, f in here if f.start == f.end == cut]
        if points:
            yield Piece("", *_over(points))
        if after is None:
            break
        over = [(n, f) for n, f in here if f.start <= cut and f.end >= after and f.end > f.start]
        yield Piece(line[cut - low : after - low], *_over(over))


def _over(over: list[tuple[int, Finding]]) -> tuple[tuple[int, ...], str]:
    level = min((f.level for _, f in over), key=LEVELS.index, default="")
    return tuple(n for n, _ in over), str(level)
