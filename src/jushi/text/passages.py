"""Plans and problems: what the sections of that name promise and admit, item by item."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice, takewhile

from jushi.text.model import Heading, Passage

_PROBLEM = re.compile(r"问题|不足|困难|短板|差距|缺乏$|薄弱|制约")
_PLAN = re.compile(
    r"计划|打算|思路|安排|下一步|下步|明年|来年|今后|下半年|展望|重点任务|努力方向|工作方案|年工作要点|(?:20[0-9]{2}|[xX×*]{2,4})年.{0,4}(?:主要|重点)?工作$|方案$"
)
_DONE = re.compile(r"完成情况|工作情况|成效|落实情况|总结|整改")
_SENTENCE = re.compile(r"[^。；！？\n]+")
_NOT_ITEM = re.compile(r"^[ ]*(?:一年来|虽然取得|尽管|回顾|当前|目前|主要(?:问题|表现|有)|具体|现将|总的来看)")


def passages(text: str, headings: Sequence[Heading], barred: Sequence[tuple[int, int]]) -> tuple[list[Passage], list[Passage]]:
    """(plans, problems) of the folded text, in order."""
    plans: list[Passage] = []
    problems: list[Passage] = []
    covered = 0
    for at, heading in enumerate(headings):
        if heading.level == 0 or heading.start < covered:
            continue
        words = heading.text[len(heading.marker) :]
        wanted = problems if _PROBLEM.search(words) and not _PLAN.search(words) and heading.level < 4 else None
        if wanted is None and _PLAN.search(words) and not _DONE.search(words) and (heading.level == 1 or "下" in words[:2]):
            wanted = plans
        if wanted is None or not _is_section(words):
            continue
        wanted.extend(_items(text, headings, at, barred))
        covered = heading.body_end
    return plans, problems


def _is_section(words: str) -> bool:
    """A heading that names a section (存在问题) rather than an act (着力解决突出问题, 落实规划)."""
    return len(words) <= 30 and not re.search(r"^(?:着力|努力|切实|积极|认真|扎实|狠抓|大力|深入|加强|强化|做好|抓好|全面|围绕|解决|坚持)", words)


def _items(text: str, headings: Sequence[Heading], at: int, barred: Sequence[tuple[int, int]]) -> list[Passage]:
    section = headings[at]
    below = list(takewhile(lambda h: h.start < section.body_end, islice(headings, at + 1, None)))
    after = bisect_left(barred, (section.end,))
    end = min(section.body_end, barred[after][0]) if after < len(barred) else section.body_end
    level = min((h.level for h in below), default=0)
    # Chrome may begin right after the heading: then nothing of the section is left to list.
    items = [h for h in below if h.level == level and h.start < end]
    if items:
        ends = [*(h.start for h in items[1:]), end]
        return [p for h, stop in zip(items, ends, strict=True) for p in [_first_sentence(text, h, stop)] if p]
    result = []
    for m in _SENTENCE.finditer(text, section.end, end):
        passage = _trimmed(text, m.start(), m.end())
        if passage and len(passage.text) >= 6 and not _NOT_ITEM.match(passage.text):
            result.append(passage)
    return result


def _first_sentence(text: str, heading: Heading, stop: int) -> Passage | None:
    begin = heading.start + len(heading.marker)
    m = _SENTENCE.search(text, begin, max(begin, stop))
    return _trimmed(text, m.start(), m.end()) if m else None


def _trimmed(text: str, start: int, end: int) -> Passage | None:
    while start < end and text[start] in " ，、：":
        start += 1
    while end > start and text[end - 1] in " ，、：":
        end -= 1
    return Passage(text[start:end], start, end) if start < end else None
