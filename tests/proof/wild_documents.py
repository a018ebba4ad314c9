"""Annotated documents of wild/*.toml: marks are taken out of the text, and the layouts of the wild are put on it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "wild"
_MARK = re.compile(r"⟦([a-z_]+)⟧|⟦⟧|«(\??)|\|([^|»]*)(?:\|([^»]*))?»")


@dataclass(frozen=True)
class Annotated:
    """A document with what a careful reader sees in it; spans are code points of ``text``."""

    name: str
    text: str
    claims: list[tuple[int, int, str, bool]] = field(default_factory=list)
    """start, end of the value, unit, optional"""
    defects: list[tuple[int, int, str]] = field(default_factory=list)
    heads: list[tuple[int, int]] = field(default_factory=list)
    """level, start"""


def load(path: Path) -> tuple[Annotated, list[str]]:
    """The document and the layouts in which it is to be read too."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    made = _unmarked(path.stem, data["text"].strip("\n"))
    at = 0
    for line in data["outline"]:
        level, _, words = line.partition("|")
        at = made.text.index(words, at)
        made.heads.append((int(level), at))
        at += len(words)
    return made, data.get("variants", [])


def _unmarked(name: str, marked: str) -> Annotated:
    parts: list[str] = []
    made = Annotated(name, "")
    at, size = 0, 0
    defect: list[tuple[int, str]] = []
    value = (0, False)
    for m in _MARK.finditer(marked):
        parts.append(marked[at : m.start()])
        size += m.start() - at
        at = m.end()
        if m[1]:
            defect.append((size, m[1]))
        elif m[0] == "⟦⟧":
            start, kind = defect.pop()
            made.defects.append((start, size, kind))
        elif m[0].startswith("«"):
            value = (size, bool(m[2]))
        else:
            made.claims.append((value[0], size, m[4] or m[3], value[1]))
            parts.append(m[3])
            size += len(m[3])
    return Annotated(name, "".join([*parts, marked[at:]]), made.claims, made.defects)


def _laid_out(made: Annotated, edits: list[tuple[int, int, str]], name: str) -> Annotated:
    """The document with ranges replaced; annotations move along."""
    parts, at, moves = [], 0, []
    for start, end, words in edits:
        parts += [made.text[at:start], words]
        moves.append((start, end, len(words)))
        at = end
    text = "".join([*parts, made.text[at:]])

    def to(place: int, close: bool = False) -> int:
        shift = 0
        for start, end, new in moves:
            if end > place or (close and end == place and start == end):
                break
            shift += new - (end - start)
        return place + shift

    def end(place: int) -> int:
        return to(place - 1) + 1

    return Annotated(
        f"{made.name}:{name}",
        text,
        [(to(a), end(b), unit, optional) for a, b, unit, optional in made.claims],
        [(to(a), end(b), kind) for a, b, kind in made.defects],
        [(level, to(a)) for level, a in made.heads],
    )


def wrapped(made: Annotated) -> Annotated:
    """Broken at 30 characters, as pages copied from a viewer."""
    edits, column = [], 0
    for i, c in enumerate(made.text):
        if c == "\n":
            column = 0
        elif column >= 30 and c not in "，。；：、）”":
            edits.append((i, i, "\n"))
            column = 1
        else:
            column += 1
    return _laid_out(made, edits, "wrapped")


def fused(made: Annotated) -> Annotated:
    """Without any line break."""
    return _laid_out(made, [(m.start(), m.end(), "") for m in re.finditer(r"\n+", made.text)], "fused")


_SOUNDS = {"国": "guó", "县": "xiàn", "创": "chuàng", "项": "xiàng", "业": "yè", "务": "wù", "术": "shù", "专": "zhuān"}


def pinyin(made: Annotated) -> Annotated:
    """With pinyin behind common characters, as sites do against copying."""
    edits = [(i + 1, i + 1, f"({_SOUNDS[c]})") for i, c in enumerate(made.text) if c in _SOUNDS]
    return _laid_out(made, edits, "pinyin")


def spaced(made: Annotated) -> Annotated:
    """With blanks between Chinese characters and digits, as from PDF."""
    gaps = re.finditer(r"(?<=[一-鿿])(?=[0-9])|(?<=[0-9])(?=[一-鿿])", made.text)
    return _laid_out(made, [(m.start(), m.start(), " ") for m in gaps], "spaced")


LAYOUTS: dict[str, Callable[[Annotated], Annotated]] = {"wrapped": wrapped, "fused": fused, "pinyin": pinyin, "spaced": spaced}


def documents() -> list[Annotated]:
    """Every document, in its own layout and in each that is asked for."""
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        made, layouts = load(path)
        found += [made, *(LAYOUTS[name](made) for name in layouts)]
    return found


LAID_OUT = frozenset({"L04", "L06", "L10", "L12"})
"""Rules that rightly speak of a layout put on a document."""


def touches(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Whether two spans share a place; an empty one is touched at its ends."""
    return a[0] < b[1] and b[0] < a[1] if a[0] < a[1] and b[0] < b[1] else a[0] <= b[1] and b[0] <= a[1]
