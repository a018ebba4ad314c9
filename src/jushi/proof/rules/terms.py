"""Wordings and themes outside their years (E17, E01f)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jushi.proof.build import Emit, rule
from jushi.proof.lexicon import Entry
from jushi.proof.model import Finding, Level, Rule
from jushi.proof.rules.facts import implied_year, stated_year
from jushi.proof.view import View

_HEAD = "县科技局{}年工作总结\n"

EXPIRY = "公文表述有效期（domain D6），以最新权威发布为准"


def _stale_terms(view: View, emit: Emit) -> Iterator[Finding]:
    fact = (view.facts or {}).get("year")
    stated = stated_year(view)
    implied, _ = implied_year(view)
    year = int(str(fact)) if fact else implied or (stated[0] if stated else None)
    if year is None:
        return
    seen: set[str] = set()
    for start, end, entry in view.hits.get("terms", ()):
        if bool(entry.to) != (emit.id == "E08"):
            continue
        late, early = bool(entry.until) and year > int(entry.until), bool(entry.since) and year < int(entry.since)
        if (late or early) and entry.word not in seen and not _historic(view, start, end):
            seen.add(entry.word)
            yield view.finding(
                emit.id,
                emit.kind,
                _expiry_level(entry, year),
                (start, end),
                _expiry(entry, year, late),
                entry.to,
                emit.basis,
            )


def _expiry_level(entry: Entry, year: int) -> Level:
    near = (entry.until and year == int(entry.until) + 1) or (entry.since and year == int(entry.since) - 1)
    return "hint" if near or not entry.level else entry.level


def _expiry(entry: Entry, year: int, late: bool) -> str:
    bound = f"用于{entry.until}年以前" if late else f"始于{entry.since}年"
    return f"表述越期：“{entry.word}”{bound}，本文为{year}年" + (f"（{entry.note}）" if entry.note else "")


def _historic(view: View, start: int, end: int) -> bool:
    """The passage looks back, or the word is part of a longer one that is still in use."""
    low, high = view.sentence(start)
    if view.norm[end : end + 2] in ("成果", "战略", "质量") or view.norm[max(0, start - 6) : start].endswith(("巩固拓展", "巩固", "原", "脱")):
        return True
    return bool(re.search(r"以来|回顾|历时|曾|原[为是]|时期|历史|总结主题教育|成果", view.norm[low:high]))


def _theme_year(view: View, emit: Emit) -> Iterator[Finding]:
    stated = stated_year(view)
    themes = {entry.word: int(entry.since) for entry in view.lexicon["themes"]}
    for match in re.finditer(r"“([^”\n]{6,24})”为(?:活动)?主题", view.norm):
        year = themes.get(re.sub(r"[ ，。、·！]", "", match[1]))
        if stated and year and year != stated[0]:
            low, high = view.sentence(match.start())
            if re.search(r"活动周|科普日", view.norm[low:high]):
                yield emit(view, match.span(1), f"该主题为{year}年全国科技活动周主题，本文为{stated[0]}年")


TERMS: tuple[Rule, ...] = (
    rule(
        "E08",
        "stale_term",
        "warning",
        "机构旧称",
        "2018年、2023年机构改革方案",
        _stale_terms,
        [_HEAD.format(2024) + "我局会同扶贫办、环保局开展检查。\n"],
        [_HEAD.format(2024) + "我局会同农业农村局、生态环境局开展检查。\n"],
        scope="全文",
    ),
    rule(
        "E17",
        "stale_term",
        "warning",
        "表述越期",
        EXPIRY,
        _stale_terms,
        [
            _HEAD.format(2025) + "我局开展决战脱贫攻坚工作，成效明显。\n",
            _HEAD.format(2016) + "深刻领悟“两个确立”的决定性意义。\n",
        ],
        [
            _HEAD.format(2019) + "我局开展决战脱贫攻坚工作，成效明显。\n",
            _HEAD.format(2022) + "巩固拓展脱贫攻坚成果。\n",
        ],
        scope="全文",
    ),
    rule(
        "E01f",
        "stale_year",
        "warning",
        "活动主题年份",
        "全国科技活动周历年主题",
        _theme_year,
        [_HEAD.format(2021) + "以“科技战疫 创新强国”为主题开展科技活动周宣传。\n"],
        [_HEAD.format(2020) + "以“科技战疫 创新强国”为主题开展科技活动周宣传。\n"],
    ),
)
