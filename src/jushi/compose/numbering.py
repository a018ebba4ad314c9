"""Markers of headings and of counted paragraphs, generated so that none is skipped (一、（一）1.（1）)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from jushi.compose.model import ComposeError, Paragraph, Run, Section
from jushi.compose.words import chinese

DEEPEST = 4


def marker(level: int, index: int) -> str:
    """The marker of the ``index``-th heading (from 1) of a level 0 … 4."""
    match level:
        case 0:
            return ""
        case 1:
            return f"{chinese(index)}、"
        case 2:
            return f"（{chinese(index)}）"
        case 3:
            return f"{index}."
        case 4:
            return f"（{index}）"
    raise ComposeError(f"标题层次最多{DEEPEST}层，“第{level}层”放不下，请合并层次或改写成“一是……二是……”。")


def number(sections: Iterable[Section], drop_empty: bool = False) -> tuple[Section, ...]:
    """The sections with markers, and 一是、二是 before their run-in paragraphs. Idempotent.

    ``drop_empty`` removes sections that have neither a paragraph nor a deeper section that has one;
    numbering stays continuous.
    """
    kept = _with_content(list(sections)) if drop_empty else list(sections)
    counters = [0] * (DEEPEST + 1)
    numbered = []
    for section in kept:
        if not 0 <= section.level <= DEEPEST:
            marker(section.level, 1)
        counters[section.level] += 1
        counters[section.level + 1 :] = [0] * (DEEPEST - section.level)
        sign = marker(section.level, counters[section.level])
        numbered.append(replace(section, marker=sign, paragraphs=count_run_in(section.paragraphs)))
    return tuple(numbered)


def _with_content(sections: Sequence[Section]) -> list[Section]:
    """Without the sections that have no words of their own and none below them."""

    def filled(at: int) -> bool:
        for below in sections[at:]:
            if below is not sections[at] and below.level <= sections[at].level:
                return False
            if any(paragraph.text.strip() for paragraph in below.paragraphs):
                return True
        return False

    return [section for at, section in enumerate(sections) if filled(at)]


def count_run_in(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """Consecutive ``run_in`` paragraphs get 一是、二是 …; the count starts anew after any other paragraph."""
    result, index = [], 0
    for paragraph in paragraphs:
        index = index + 1 if paragraph.style == "run_in" else 0
        result.append(_lead(paragraph, f"{chinese(index)}是") if index else paragraph)
    return tuple(result)


def _lead(paragraph: Paragraph, words: str) -> Paragraph:
    runs = list(paragraph.runs)
    if runs and runs[0].ref is None and runs[0].text.endswith("是") and _is_lead(runs[0].text):
        runs = runs[1:]
    return replace(paragraph, runs=(Run(words), *runs))


def _is_lead(text: str) -> bool:
    return len(text) <= 4 and all(char in "一二三四五六七八九十百" for char in text[:-1])


def run_in(items: Sequence[Sequence[Run]]) -> list[Run]:
    """One paragraph 一是…；二是…。 from the runs of each item; the punctuation between them is generated."""
    runs: list[Run] = []
    for index, item in enumerate(items, start=1):
        body = [run for run in item if run.text]
        if body:
            body[-1] = replace(body[-1], text=body[-1].text.rstrip("。；，"))
        end = "。" if index == len(items) else "；"
        runs += [Run(f"{chinese(index)}是"), *body, Run(end)]
    return runs
