"""What the rules share: one folding of the text, its paragraphs, its literal hits and its years, each computed once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, TypeVar

from jushi.proof.lexicon import Entry, Lexicon, Scan
from jushi.proof.model import Context, Finding, Level
from jushi.text.model import Span

T = TypeVar("T")
HALF_TO_FULL = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "!": "！", "?": "？"}
HAN = "\u4e00-\u9fff〇"
_NUMERIC_GAP = re.compile(r"[，：](?<=\d.)(?=\d)")  # a set of characters first: the engine skips to them
_HALF_IN_HAN = re.compile(rf"[,;:()!?](?:(?=[{HAN}“”‘’《》、。\dxX×])|(?<=[{HAN}”’》）、。%％].))")
_TITLE = re.compile(r"(?:总结|报告|汇报|计划|安排|打算|思路|要点|方案|汇编|材料|情况)(?:（[^（）]{1,12}）)?$")
_TIMES_NAMES = ("要素", "智能")  # “数据要素×”“人工智能×”三年行动：× is part of the name
_GLYPHS = "xX×*＊＿_◇○某"
_MASK = re.compile(r"[xX×*＊＿_◇○某](?:(?<=某)(?=[县市区乡镇村省州旗])|(?<!某)[xX×*＊＿_◇○]{0,7}(?:\.[xX×*＊]{1,4})?)")


def half_marks(text: str) -> tuple[int, ...]:
    """Offsets of ASCII punctuation that stands among Chinese characters, not between digits."""
    return tuple(
        at for at in (m.start() for m in _HALF_IN_HAN.finditer(text)) if not (text[max(0, at - 1) : at].isdigit() and text[at + 1 : at + 2].isdigit())
    )


@cache
def behind(literal: str, test: str) -> re.Pattern[str]:
    """A pattern for a literal where ``test`` holds behind it (or, by a lookbehind, before it); the engine skips to the literal."""
    return re.compile(f"{re.escape(literal)}(?:{test})")


def _occurrences(text: str, literal: str) -> Iterator[int]:
    at = text.find(literal)
    while at >= 0:
        yield at
        at = text.find(literal, at + 1)


@dataclass(frozen=True)
class View(Context):
    """The reading with everything derived from it that more than one rule needs. All spans hold in ``text`` and in ``norm``."""

    @property
    def lexicon(self) -> Lexicon:
        """The merged lexicons of this run."""
        return self.lexicons

    @cached_property
    def text(self) -> str:
        """The source text."""
        return self.reading.document.text

    @cached_property
    def norm(self) -> str:
        """The text with ASCII punctuation and damaged quotes folded to the Chinese marks; same length, same offsets."""
        source = self.text
        text = source.replace("\r\n", " \n")
        for half, full in HALF_TO_FULL.items():
            text = text.replace(half, full)
        text = text.replace("〞", "”").replace("〝", "“").replace("﹑", "、").replace("\u00a0", " ").replace("\u3000", " ")
        return _NUMERIC_GAP.sub(lambda m: source[m.start()], text)

    @cached_property
    def half_marks(self) -> tuple[int, ...]:
        """Offsets of ASCII punctuation that stands among Chinese characters."""
        return half_marks(self.text)

    @cached_property
    def scraped(self) -> bool:
        """True where ASCII punctuation is systematic: folded by a scraper, not typed by the author."""
        full = sum(self.text.count(mark) for mark in HALF_TO_FULL.values())
        return len(self.half_marks) >= 8 and len(self.half_marks) > 3 * full

    @cached_property
    def title_span(self) -> Span | None:
        """Where the title stands: as read, else a short first line that names a kind of document."""
        if self.reading.title:
            return self.reading.title
        for start, end in self.paragraphs[:3]:
            if not self.in_chrome(start):
                line = self.norm[start:end].rstrip()
                return Span(start, start + len(line)) if len(line) <= 50 and _TITLE.search(line) else None
        return None

    @property
    def title(self) -> str:
        """The title's text, empty where there is none."""
        return self.title_span.of(self.text) if self.title_span else ""

    @cached_property
    def paragraphs(self) -> tuple[tuple[int, int], ...]:
        """Spans of the non-empty lines."""
        spans, at = [], 0
        for line in self.text.split("\n"):
            if line and not line.isspace():
                spans.append((at, at + len(line.rstrip("\r"))))
            at += len(line) + 1
        return tuple(spans)

    @cached_property
    def hits(self) -> Mapping[str, list[tuple[int, int, Entry]]]:
        """Literal lexicon hits by lexicon name, from one Aho–Corasick pass."""
        return self._scan.hits

    @cached_property
    def _scan(self) -> Scan:
        return self.lexicon.scan(self.norm)

    def places(self, literal: str) -> Iterable[int]:
        """Where a literal begins, in order: from the one pass when it was registered (``searched``), else by searching now."""
        known = self._scan.places.get(literal)
        return _occurrences(self.norm, literal) if known is None else known

    @cached_property
    def masks(self) -> tuple[re.Match[str], ...]:
        """Runs of mask glyphs that stand in Chinese context (model numbers such as KN95 and R&D are not masks)."""
        text = self.text
        if not any(glyph in text for glyph in _GLYPHS):
            return ()
        return tuple(m for m in _MASK.finditer(text) if self._is_mask(m))

    def _is_mask(self, match: re.Match[str]) -> bool:
        before = self.text[match.start() - 1] if match.start() else ""
        after = self.text[match.end() : match.end() + 1]
        if match[0][0] in "xX":
            foreign = before.isascii() and (before.isalpha() or before == "&")
            rays = len(match[0]) == 1 and self.text.startswith(("光", "射线", "线机", "线检", "轴"), match.end())
            return not foreign and not rays and not (after.isascii() and after.isalpha())
        if match[0] == "×" and self.text[match.start() - 2 : match.start()] in _TIMES_NAMES:
            return False
        if match[0][0] in "_＿" and (after.isascii() and after.isalnum() or before.isascii() and before.isalpha()):
            # A file name: 工作总结_3.docx
            return False
        if match[0] in ("_", "＿"):
            return any(mark in self._line(match.start()) for mark in "，。,;；")
        if match[0][0] in "×*":
            return not (before.isdigit() and after.isdigit()) and not (before.isascii() and before.isalpha() and after == "")
        return match[0][0] not in "○◇" or len(match[0]) > 1

    def _line(self, at: int) -> str:
        """The line around an offset: an underscore in a file name or a heading joins words, it masks none."""
        low, high = max(0, at - 200), min(len(self.text), at + 200)
        end = self.text.find("\n", at, high)
        return self.text[max(low, self.text.rfind("\n", low, at) + 1) : end if end >= 0 else high]

    @cached_property
    def masked(self) -> bool:
        """True where masking is the habit of the document, so that a real name is a leak."""
        return len(self.masks) >= 2

    @cached_property
    def _chrome(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        spans = [(b.start, b.end) for b in self.reading.document.blocks if b.role in ("boilerplate", "page_mark")]
        return tuple(s for s, _ in spans), tuple(e for _, e in spans)

    def in_chrome(self, at: int) -> bool:
        """True where the offset lies in site chrome."""
        starts, ends = self._chrome
        i = bisect_right(starts, at) - 1
        return i >= 0 and at < ends[i]

    @cached_property
    def body_start(self) -> int:
        """Where the text proper begins: after the title, or after leading chrome."""
        if self.title_span:
            return self.title_span.end
        _, ends = self._chrome
        return ends[0] if ends and not self._chrome[0][0] else 0

    def sentence(self, at: int, marks: str = "。！？；\n") -> tuple[int, int]:
        """The span of the sentence around an offset (at most 400 characters either way, so that nothing is quadratic)."""
        low, high = max(0, at - 400), min(len(self.norm), at + 400)
        start = max((self.norm.rfind(mark, low, at) for mark in marks), default=-1) + 1
        ends = [e for e in (self.norm.find(mark, at, high) for mark in marks) if e >= 0]
        return max(start, low), min(ends, default=high)

    def around(self, anchor: str | re.Pattern[str], pattern: re.Pattern[str], before: int, after: int, never: str = "") -> Iterator[re.Match[str]]:
        """Matches of a slow pattern in windows around each occurrence of a literal: the pattern must contain the literal.

        The anchor may be a pattern (:func:`behind`) that also looks at what follows the literal, where most occurrences can be
        told to be of no interest; it begins with the literal and takes nothing more, so that no occurrence hides another.
        ``never`` are characters that no match holds: the window does not begin before the last of them.
        """
        norm, last = self.norm, -1
        for at in self.places(anchor) if isinstance(anchor, str) else (m.start() for m in anchor.finditer(norm)):
            if at < last:
                continue
            low, high = max(0, at - before, last), at + after
            for mark in never:
                low = max(low, norm.rfind(mark, low, at) + 1)
            match = pattern.search(norm, low, high)
            while match and match.end() < at:
                # What stands wholly before the literal is another's.
                match = pattern.search(norm, max(match.end(), match.start() + 1), high)
            if match:
                yield match
                last = match.end()

    @cached_property
    def _memo(self) -> dict[str, Any]:
        return {}

    def shared(self, key: str, make: Callable[[View], T]) -> T:
        """What ``make`` gives for this view, made once however many rules ask."""
        if key not in self._memo:
            self._memo[key] = make(self)
        return self._memo[key]

    def finding(
        self,
        rule: str,
        kind: str,
        level: Level,
        span: tuple[int, int],
        message: str,
        suggestions: tuple[str, ...] = (),
        basis: str = "",
        related: tuple[tuple[int, int], ...] = (),
    ) -> Finding:
        """A finding on ``span`` whose text is cut from the source."""
        return Finding(rule, kind, level, *span, self.text[slice(*span)], message, suggestions, basis, related)
