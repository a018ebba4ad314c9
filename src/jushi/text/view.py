"""The text as it should have been read: what damage put between characters is left out of the view, and every position maps back.

Injected pinyin, line breaks inside sentences, viewer chunk numbers and blanks between characters hide words from any pattern. The
analyses run over the view; spans are then given in the source.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import resources

from jushi.text.folding import fold

# The lookbehinds stand behind the first character: a pattern that begins with a character is found faster.
_PINYIN = re.compile(r"（(?<=[一-鿿]（)[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňḿ]{1,7}）")
_CHUNK = re.compile(r"\n{1,3} ?([0-9]{1,3})、(?=[一-鿿0-9xX.，。、；])")
_BLANK = re.compile(r"[ ](?<=[一-鿿] )(?=[一-鿿])")
_BREAK = re.compile(
    r"(?<=[^。；：！？\n ”）》…])\n{1,2} {0,4}(?=[^\s一二三四五六七八九十（0-9①-⑳【])"
    r"|(?<=[一-鿿，、])\n(?=[0-9]{1,6}(?:[一-鿿%]|\.[0-9]))|(?<=[0-9.])\n(?=[0-9.%])"
)
_GAP = re.compile(r"[ ](?:(?<=[一-鿿“（《] )(?=[0-9xX%×])(?!(?:19|20)[0-9]{2}(?: ?年|、))|(?<=[0-9xX%×] )(?=[一-鿿）》”]))")
_EMPHASIS = re.compile(r"\*\*(?=[^*\n]{1,200}\*\*)|(?<=[^*\n])\*\*(?!\*)|`")
_LINE = re.compile(r"[^\n]+")
_SAMPLE = 60_000


@dataclass(frozen=True, slots=True)
class View:
    """Folded text without the removed ranges; ``cuts`` are (position in the view, characters removed up to there)."""

    text: str
    positions: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()

    def source(self, position: int) -> int:
        """The source offset of the character at a view position (for a span's end use ``source(end - 1) + 1``)."""
        at = bisect_right(self.positions, position)
        return position + (self.removed[at - 1] if at else 0)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A view span as a source span; no longer at its ends than the characters it covers."""
        if not self.positions:
            return start, end
        return self.source(start), (self.source(end - 1) + 1 if end > start else self.source(start))

    def position(self, source: int) -> int:
        """The view position of a source offset; a removed character maps to the place where it stood."""
        if not self.positions:
            return source
        low, high = 0, len(self.positions)
        while low < high:
            middle = (low + high) // 2
            if self.positions[middle] + self.removed[middle] <= source:
                low = middle + 1
            else:
                high = middle
        base = source - (self.removed[low - 1] if low else 0)
        return min(base, self.positions[low]) if low < len(self.positions) else base


@cache
def _traditional() -> tuple[frozenset[str], dict[int, int]]:
    lines = resources.files("jushi.text").joinpath("data/traditional.txt").read_text("utf-8").splitlines()
    old, new = lines[1], lines[2]
    return frozenset(old), str.maketrans(old, new)


def families(text: str) -> tuple[str, ...]:
    """The families of damage of a whole text, by name."""
    sample = fold(text[:_SAMPLE])
    if not sample.strip():
        return ("empty",)
    found = []
    lines = [line for line in _LINE.findall(sample) if not line.isspace()]
    if len(lines) <= 2 and len(sample) > 800:
        found.append("one_line")
    if _is_wrapped(lines):
        found.append("hard_wrapped")
    if len(_PINYIN.findall(sample)) >= 4:
        found.append("pinyin")
    if len(_BLANK.findall(sample)) > 0.15 * len(sample):
        found.append("letter_spaced")
    if len(_GAP.findall(sample)) > max(6, len(sample) // 300):
        found.append("digit_spaced")
    if _is_traditional(sample):
        found.append("traditional")
    return tuple(found)


def _is_traditional(sample: str) -> bool:
    head, old = sample[:6000], _traditional()[0]
    if old.isdisjoint(head):
        return False
    han = sum("一" <= c <= "鿿" for c in head)
    return han > 20 and sum(c in old for c in head) > 0.08 * han


def _is_wrapped(lines: list[str]) -> bool:
    """Most lines stop without an end mark, at about the same length."""
    long = [line for line in lines if len(line.strip()) >= 12]
    if len(long) < 8:
        return False
    broken = [len(line.strip()) for line in long if line.rstrip()[-1] not in "。；：！？”）》…"]
    if _fills_pages(long):
        return True
    if len(broken) < 0.6 * len(long):
        return False
    broken.sort()
    typical = broken[len(broken) // 2]
    # Where lines are broken at the page's width there are no long ones.
    overlong = sum(len(line.strip()) > 1.6 * typical for line in long)
    even = sum(abs(n - typical) <= max(3, typical // 6) for n in broken)
    return typical <= 60 and overlong <= 0.05 * len(long) and even >= 0.6 * len(broken)


def _fills_pages(long: list[str]) -> bool:
    """Many lines reach one width and hardly any goes beyond; nearly all of those stop without an end mark."""
    sizes = Counter(len(line.rstrip()) for line in long)
    width = max(sizes, key=lambda size: (sizes[size] + sizes[size - 1] + sizes[size - 2], size))
    full = [line for line in long if width - 2 <= len(line.rstrip()) <= width]
    beyond = sum(len(line.rstrip()) > width + 2 for line in long)
    open_ = sum(line.rstrip()[-1] not in "。；：！？" for line in full)
    return 18 <= width <= 60 and len(full) >= max(6, 0.3 * len(long)) and open_ >= 0.8 * len(full) and beyond <= 0.08 * len(long)


def view(text: str, damaged: tuple[str, ...]) -> View:
    """The view of a source text, given its families of damage."""
    folded = fold(text)
    if "traditional" in damaged:
        folded = folded.translate(_traditional()[1])
    patterns = []
    if "pinyin" in damaged:
        patterns.append(_PINYIN)
    if "letter_spaced" in damaged:
        patterns.append(_BLANK)
    if "digit_spaced" in damaged:
        patterns.append(_GAP)
    cuts = [m.span() for pattern in patterns for m in pattern.finditer(folded)]
    if "markdown" in damaged:
        cuts.extend(m.span() for m in _EMPHASIS.finditer(folded))
    if "hard_wrapped" in damaged:
        cuts.extend(_breaks(folded))
    cuts.extend(_chunks(folded))
    return _without(folded, sorted(cuts)) if cuts else View(folded)


def _breaks(folded: str) -> list[tuple[int, int]]:
    """Line breaks inside sentences: after a line about as long as the page is wide, not after a short heading."""
    lengths = sorted(len(line) for line in _LINE.findall(folded[:_SAMPLE]))
    width = lengths[len(lengths) * 3 // 4] if lengths else 0
    found = []
    for m in _BREAK.finditer(folded):
        before = m.start() - folded.rfind("\n", 0, m.start()) - 1
        if before >= 0.8 * width:
            found.append(m.span())
    return found


def chunk_numbers(folded: str) -> list[tuple[int, int]]:
    """Spans of the numbers (“2、”) that a page viewer put at its page ends: they count 2, 3, 4 … and each splits a sentence."""
    return [(start + len(folded[start:end]) - len(folded[start:end].lstrip("\n ")), end) for start, end in _chunks(folded)]


def _chunks(folded: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    expected = 2
    if "\n2、" not in folded and "\n 2、" not in folded:
        return found
    for m in _CHUNK.finditer(folded):
        line = folded.rfind("\n", 0, m.start()) + 1
        before = folded[m.start() - 1]
        inside = "一" <= before <= "鿿" or before in "，、xX_*×" or before.isdigit()
        if inside and int(m[1]) == expected and m.start() - line > 40:
            found.append(m.span())
            expected += 1
    return found


def _without(folded: str, cuts: list[tuple[int, int]]) -> View:
    parts, positions, removed = [], [], []
    at = gone = 0
    for start, end in cuts:
        if start < at:
            continue
        parts.append(folded[at:start])
        gone += end - start
        positions.append(start - (gone - (end - start)))
        removed.append(gone)
        at = end
    parts.append(folded[at:])
    return View("".join(parts), tuple(positions), tuple(removed))
