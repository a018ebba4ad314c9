"""What every renderer shares: the lines of a document in order, and the words of date and title (GB/T 9704—2012)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from jushi.compose.model import Composition, Run, Section

TITLE_WIDTH = 20  # characters of 2号 (22 pt) in 156 mm
BREAK_AFTER = "的和及与"
BREAK_BEFORE = ("关于", "年度", "工作", "情况", "总结", "计划", "报告", "暨", "及", "和")
LineKind = Literal["heading", "paragraph", "gap"]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph to set: ``head`` is the heading (or its run-in part), ``indent`` in characters."""

    kind: LineKind
    level: int
    head: str
    runs: tuple[Run, ...]
    indent: int = 2


def lines(composition: Composition) -> Iterator[Line]:
    """Headings and paragraphs of the body in order; a run-in heading shares the line of the first paragraph."""
    for section in composition.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[Line]:
    paragraphs = list(section.paragraphs)
    head = section.marker + section.title
    if head:
        if section.run_in and paragraphs:
            first = paragraphs.pop(0)
            yield Line("heading", section.level, head.rstrip("。") + "。", first.runs)
        else:
            yield Line("heading", section.level, head, ())
    for paragraph in paragraphs:
        yield Line("paragraph", section.level, "", paragraph.runs, 0 if paragraph.style == "plain" else 2)


def chinese_date(date: datetime.date) -> str:
    """2025年12月8日: Arabic numerals, no leading zeros (GB/T 9704—2012, 7.3.5.4)."""
    return f"{date.year}年{date.month}月{date.day}日"


def attachment_lines(attachments: Sequence[str]) -> list[str]:
    """附件：名称 / 附件：1. 名称 …; no punctuation after the names."""
    if len(attachments) == 1:
        return [f"附件：{attachments[0]}"]
    return [f"{'附件：' if index == 1 else '　　　'}{index}.{name}" for index, name in enumerate(attachments, start=1)]


def title_lines(title: str, width: int = TITLE_WIDTH) -> list[str]:
    """The title in lines of about equal length broken where a word ends; breaks typed by a person are kept."""
    given = [line.strip() for line in title.splitlines() if line.strip()]
    return given if len(given) > 1 else [piece for line in given for piece in _broken(line, width)]


def _broken(line: str, width: int) -> list[str]:
    if len(line) <= width:
        return [line]
    count = -(-len(line) // width)
    target = len(line) / count
    cuts = [at for at in range(2, len(line) - 1) if _may_break(line, at)] or list(range(2, len(line) - 1))
    near = [at for at in cuts if at <= width] or [width]
    cut = min(near, key=lambda at: abs(at - target))
    return [line[:cut], *_broken(line[cut:], width)]


def _may_break(line: str, at: int) -> bool:
    """Between words as far as a few signs tell: after 的, before 关于 and 年度."""
    return line[at - 1] in BREAK_AFTER or line.startswith(BREAK_BEFORE, at)
