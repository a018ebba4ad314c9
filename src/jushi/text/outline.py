"""The outline: enumerators at line starts, fused into lines and run into sentences, checked against their sequence.

A mark counts as structure when it stands where a heading or clause may begin, or when it continues a sequence already open;
its level comes from its class and, where a class is used twice, from nesting (六、下半年计划 → 一、…).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from jushi.text.model import Heading
from jushi.text.numerals import ordinal

_HAN = "一二三四五六七八九十"
# 一、 at the head of a section and 一是, 一要 in running text: one pass, told apart by the group.
_HAN_MARK = re.compile(rf"[{_HAN}][{_HAN}]{{0,2}}(?:(、)(?![{_HAN}]{{1,3}}(?:是|产业|级|等|次|线|环节|批|阶段|两|、))|(?:是|要)(?!否))")
_PAREN = re.compile(rf"（([{_HAN}]{{1,3}}|[0-9]{{1,2}})） ?[、.]?")
_ARABIC = re.compile(r"[0-9][0-9]?(?:、|\.)(?![0-9xX×*])")
_NOT_BEFORE_ARABIC = frozenset("0123456789.-—第年月ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_CIRCLED = re.compile(r"[①-⑳]")
# Enumerators of one character, as old word processors write them: ㈠ is （一）, ⑴ is （1）, ⒈ is 1.
_ENCLOSED = re.compile("[㈠-㈩⑴-⒇⒈-⒛]")
_ENCLOSED_FROM = (("㈠", "㈩", "paren"), ("⑴", "⒇", "paren_arabic"), ("⒈", "⒛", "arabic"))
_IN_ORDER = re.compile(rf"[首其再最第](?:(?<=首)先|(?<=[其再])次|(?<=最)后|(?<=[第其])[{_HAN}]，)")
_HARD = frozenset("。；！？：\n”）》…")
_SOFT = frozenset("，、 ")
_SENTENCE_STOP, _HEADING_STOP = re.compile("[。\n；！？]"), re.compile("[。\n；！？：]")
_CLAUSE_END = re.compile("[，：《（“‘”’、]")
_LEVEL = {"top": 1, "paren": 2, "arabic": 3, "paren_arabic": 4, "circled": 4, "run": 4, "order": 4}
_LAST = 99
_ORDER = {"首先": 1, "其次": 2, "再次": 3, "最后": _LAST}
_STARTERS = re.compile(
    r"(?<=[一-鿿])(?: +(?=[^，。；\n]{1,40}，)|(?=(?:今年以来|一年来|今年|近年来|20[0-9]{2}年，|[xX×*]{2,4}年，|20[0-9xX]{2}年以来))(?<!年))"
)


@dataclass(slots=True)
class Mark:
    """A possible enumerator in folded coordinates."""

    start: int
    end: int
    kind: str
    number: int
    strong: bool
    line_start: bool
    level: int = 0
    parent: int | None = None
    heading: int = 0


def marks(text: str) -> list[Mark]:
    """All possible enumerators, in order, each with how firmly its surroundings speak for it."""
    return sorted(_scan(text), key=attrgetter("start"))


def _scan(text: str) -> Iterator[Mark]:
    for m in _HAN_MARK.finditer(text):
        yield _mark(text, m.start(), m.end(), "top" if m[1] else "run", ordinal(m[0][:-1]))
    for m in _PAREN.finditer(text):
        han = not m[1].isdigit()
        yield _mark(text, m.start(), m.end(), "paren" if han else "paren_arabic", ordinal(m[1]))
    for m in _ARABIC.finditer(text):
        if not m.start() or text[m.start() - 1] not in _NOT_BEFORE_ARABIC:
            yield _mark(text, m.start(), m.end(), "arabic", int(m[0][:-1]))
    for m in _CIRCLED.finditer(text):
        yield _mark(text, m.start(), m.end(), "circled", ord(m[0]) - 0x245F)
    for m in _ENCLOSED.finditer(text):
        first, _, kind = next(row for row in _ENCLOSED_FROM if row[0] <= m[0] <= row[1])
        yield _mark(text, m.start(), m.end(), kind, ord(m[0]) - ord(first) + 1)
    for m in _IN_ORDER.finditer(text):
        word = m[0]
        number = _ORDER.get(word) or ordinal(word.strip("第其，"))
        yield _mark(text, m.start(), m.end(), "order", number)


def _mark(text: str, start: int, end: int, kind: str, number: int) -> Mark:
    at = start
    while at and text[at - 1] == " " and start - at < 12:
        at -= 1
    before = text[at - 1] if at else "\n"
    blank = at < start
    line_start = before == "\n"
    if before in "#*":
        # Marks of Markdown before an enumerator: ## 一、, **1.**
        while at and text[at - 1] in "#* " and start - at < 12:
            at -= 1
        line_start = not at or text[at - 1] == "\n"
    return Mark(start, end, kind, number, before in _HARD or blank or line_start, line_start)


class _Sequences:
    """Open enumerations, innermost last: which number each class expects next, and at which level it hangs."""

    def __init__(self) -> None:
        self.stack: list[Mark] = []
        self.mark_end = 0
        self.title_end = -1
        self.words_end = 0
        self.last_arabic = 0

    def find(self, mark: Mark) -> int | None:
        """Index of the open enumeration of the same class that the mark continues."""
        for at in range(len(self.stack) - 1, -1, -1):
            top = self.stack[at]
            if top.kind == mark.kind != "styled" and (top.number < mark.number <= top.number + 3 or mark.number == _LAST > top.number):
                return at
        return None

    def accepts(self, mark: Mark, text: str) -> bool:
        """Whether the mark is structure here: by its place, or by continuing what is open."""
        continued = self.find(mark)
        expected = continued is not None and self.stack[continued].number + 1 == mark.number
        if mark.number < 1 or mark.start < self.mark_end:
            return False
        if mark.kind == "styled":
            return True
        if mark.start and text[mark.start - 1] == "第":
            return False
        if mark.kind == "order":
            return (mark.strong or text[mark.start - 1] == "，") and (mark.number == 1 or continued is not None)
        if mark.kind == "run":
            return self._accepts_run(mark, text, expected, continued is not None)
        if mark.kind == "circled":
            return mark.number == 1 or expected or mark.strong
        if mark.strong or mark.start == self.title_end:
            return mark.number == 1 or continued is not None or mark.line_start or self._through(mark)
        if mark.kind in ("paren", "top", "arabic", "paren_arabic"):
            return self._accepts_fused(mark, text, expected)
        return False

    def _accepts_run(self, mark: Mark, text: str, expected: bool, continued: bool) -> bool:
        before = text[mark.start - 1] if mark.start else "\n"
        if text[mark.end - 1] == "要":
            return (mark.strong or before == "，") and (expected or mark.number == 1) and "二要" in text[mark.end : mark.end + 400]
        if mark.strong or before in _SOFT or before in "“":
            return mark.number == 1 or continued or mark.line_start
        if before in "统唯同单专第万不之进说":
            return False
        return expected or (mark.number == 1 and "二是" in text[mark.end : mark.end + 800])

    def _accepts_fused(self, mark: Mark, text: str, expected: bool) -> bool:
        before, after = text[mark.start - 1], text[mark.end : mark.end + 1]
        if not "一" <= before <= "鿿" or not ("一" <= after <= "鿿" or after in "xX×“"):
            return False
        if mark.kind == "top" and before in "第周期星每于绕和及与至十百千共":
            return False
        if mark.kind == "arabic" and text[mark.end - 1] == "." and before in "第表图约近达共":
            return False
        return expected or (mark.number == 1 and self._goes_on(mark, text)) or self._through(mark)

    def _through(self, mark: Mark) -> bool:
        """Items may be numbered through the whole text, from one section to the next."""
        return mark.kind == "arabic" and mark.number == self.last_arabic + 1 > 1

    @staticmethod
    def _goes_on(mark: Mark, text: str) -> bool:
        """A fused first enumerator counts when its second follows somewhere."""
        second = {"top": "二、", "paren": "二）", "arabic": f"2{text[mark.end - 1]}", "paren_arabic": "2）"}[mark.kind]
        return text.find(second, mark.end, mark.end + 6000) >= 0

    def push(self, mark: Mark, heading_id: int) -> None:
        """Make the mark the innermost open heading, closing what it ends, and set its level and parent."""
        continued = self.find(mark)
        if continued is not None:
            before = self.stack[continued]
            mark.level, mark.parent = before.level, before.parent
            del self.stack[continued:]
        else:
            self._open(mark)
        mark.heading = heading_id
        if mark.kind == "arabic":
            self.last_arabic = mark.number
        self.stack.append(mark)
        self.mark_end = mark.end

    def _open(self, mark: Mark) -> None:
        level = _LEVEL.get(mark.kind, mark.level)
        same = [i for i, m in enumerate(self.stack) if m.kind == mark.kind]
        if same and self._empty_above(same[-1], mark):
            mark.level = self.stack[same[-1]].level + 1
            mark.parent = self.stack[same[-1]].heading
            del self.stack[same[-1] + 1 :]
            return
        if self.stack and level == 4 and self.stack[-1].level >= 4 and self.stack[-1].kind != "styled" and mark.number == 1 and not same:
            # （1） … ① …, 三是 … ①: a second class of items inside an item.
            level = self.stack[-1].level + 1
        while self.stack and self.stack[-1].level >= level:
            self.stack.pop()
        mark.level = level
        mark.parent = self.stack[-1].heading if self.stack else None

    def _empty_above(self, at: int, mark: Mark) -> bool:
        """A class that restarts right under its own heading, with no text between, is nested in it."""
        return at == len(self.stack) - 1 and mark.number == 1 and mark.kind == "top" and mark.start - self.words_end <= 6


def outline(
    text: str,
    titles: Sequence[tuple[int, int]],
    cuts: Sequence[int],
    barred: Sequence[tuple[int, int]],
    styled: Sequence[tuple[int, int, int]] = (),
) -> list[Heading]:
    """The headings of a folded text.

    ``titles`` are the spans of the document titles (level 0), ``cuts`` the starts of values (a run-in heading ends before a
    figure), ``barred`` the sorted ranges that are no text (site chrome), ``styled`` headings by style: start, end, level.
    """
    chosen = _choose(text, titles, barred, styled)
    bodies = _bodies([mark for mark, _ in chosen], len(text))
    edges = sorted(s for s, _ in barred)
    headings: list[Heading] = []
    for i, (mark, parent) in enumerate(chosen):
        start, end, level = mark.start, mark.end, mark.level
        if level == 0:
            headings.append(Heading(i, 0, "", text[start:end], start, end, parent, False, bodies[i]))
            continue
        if mark.kind == "styled":
            headings.append(Heading(i, level, "", text[start:end], start, end, parent, False, bodies[i]))
            continue
        limit = chosen[i + 1][0].start if i + 1 < len(chosen) else len(text)
        at = bisect_right(edges, end)
        stop = heading_end(text, mark, min(limit, edges[at]) if at < len(edges) else limit, cuts)
        run_in = mark.kind in ("run", "order", "circled") or (level > 3 and not mark.line_start)
        headings.append(Heading(i, level, text[start:end].strip(), text[start:stop], start, stop, parent, run_in, bodies[i]))
    return headings


def _choose(
    text: str,
    titles: Sequence[tuple[int, int]],
    barred: Sequence[tuple[int, int]],
    styled: Sequence[tuple[int, int, int]] = (),
) -> list[tuple[Mark, int | None]]:
    sequences = _Sequences()
    chosen: list[tuple[Mark, int | None]] = []
    found = marks(text)
    enumerated = {m.start for m in found}
    given = [Mark(s, e, "title", 0, True, True) for s, e in titles]
    given += [Mark(s, e, "styled", 1, True, True, level) for s, e, level in styled if s not in enumerated]
    pending = sorted([*found, *given], key=lambda m: (m.start, m.kind != "title"))
    title: int | None = None
    ranges = sorted(barred)
    begins = [s for s, _ in ranges]
    openings = {start for start, _ in titles}
    for mark in pending:
        at = bisect_right(begins, mark.start) - 1
        if mark.end in openings:
            # A viewer's page number before the title (1、县科技局工作总结).
            continue
        if mark.kind == "title":
            sequences, title = _Sequences(), len(chosen)
            sequences.mark_end = sequences.title_end = mark.end
            chosen.append((mark, None))
        elif (at < 0 or mark.start >= ranges[at][1]) and sequences.accepts(mark, text):
            sequences.push(mark, len(chosen))
            chosen.append((mark, mark.parent if mark.parent is not None else title))
            sequences.words_end = heading_end(text, mark, len(text), ()) if mark.kind == "top" else mark.end
    return chosen


def heading_end(text: str, mark: Mark, limit: int, cuts: Sequence[int]) -> int:
    """Where the words of a heading stop: sentence end, line end, next mark; for run-in ones also the first clause or figure."""
    if mark.level >= 4 or mark.kind in ("run", "order", "circled"):
        return _run_in_end(text, mark, limit, cuts)
    stop = min(limit, mark.end + 200)
    ending = _HEADING_STOP.search(text, mark.end + 1, stop)
    stop = ending.start() if ending else stop
    segment = text[mark.end : stop]
    gap = segment.find(" ", 4, 30)
    if gap > 0 and len(segment) > 30:
        segment = segment[:gap]
    elif len(segment) > 60:
        fused = _STARTERS.search(segment)
        if fused:
            segment = segment[: fused.start()]
        elif len(segment) > 60 and "，" in segment[2:]:
            segment = segment[: segment.index("，", 2)]
        elif len(segment) > 60:
            segment = segment[:60]
    return mark.end + len(segment.rstrip(" *#，、"))


def _run_in_end(text: str, mark: Mark, limit: int, cuts: Sequence[int]) -> int:
    stop = min(limit, mark.end + 120)
    ending = _SENTENCE_STOP.search(text, mark.end, stop)
    first = ending.start() if ending else stop
    sentence = text[mark.end : first]
    # A short first sentence with more text behind it is a heading of its own; otherwise the first clause names the item.
    if first - mark.start <= 26 and first < limit and text[first : first + 1] == "。" and limit - first > 12 and text[first + 1 : limit].strip():
        return first
    long, quote = _clause_length(sentence) > 40, -1
    for m in _CLAUSE_END.finditer(sentence, 1):
        char = m[0]
        if char in "“‘":
            quote = m.start()
        elif char in "”’":
            quote = -1
        # In an unfinished quotation the first comma of a list ends the words, unless the quotation is all there is.
        elif char != "、" or (m.start() > 10 if quote >= 0 else long):
            first = mark.end + m.start()
            break
    at = bisect_right(cuts, mark.end)
    if at < len(cuts) and cuts[at] < first:
        first = cuts[at]
        lead = re.search(r"(?:共计金额|共计|合计|累计|共|约|近|达到|达)+$", text[mark.end : first])
        if lead:
            first -= len(lead[0])
    while first > mark.end and text[first - 1] == " ":
        first -= 1
    return first


def _clause_length(sentence: str) -> int:
    comma = sentence.find("，")
    return len(sentence) if comma < 0 else comma


def _bodies(chosen: Sequence[Mark], length: int) -> list[int]:
    """For each heading the start of the next one at the same or a higher level."""
    ends = [length] * len(chosen)
    open_: list[int] = []
    for i, mark in enumerate(chosen):
        while open_ and chosen[open_[-1]].level >= mark.level:
            ends[open_.pop()] = mark.start
        open_.append(i)
    return ends
