"""Half-width marks, and enumerators written with the wrong mark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from jushi.proof.build import Emit, pattern, rule
from jushi.proof.lexicon import searched
from jushi.proof.model import Finding, Rule
from jushi.proof.rules.punctuation import STANDARD
from jushi.proof.view import HALF_TO_FULL, View


def _half_width(view: View, emit: Emit) -> Iterator[Finding]:
    marks = view.half_marks
    if view.scraped:
        message = f"全文半角标点{len(marks)}处，系网页抓取所致：整篇转为全角即可（查错时已先折合）"
        yield emit(view, (0, len(view.text)), message, "全文转全角", level="warning", kind="halfwidth_punct")
        return
    counts = Counter(view.text[at] for at in marks)
    said: set[str] = set()
    for at in marks:
        mark = view.text[at]
        if view.in_chrome(at) or mark in said:
            continue
        often = f"（全文{counts[mark]}处）" if counts[mark] >= 3 else ""
        if often:
            said.add(mark)
        others = tuple((other, other + 1) for other in marks if often and other != at and view.text[other] == mark and not view.in_chrome(other))
        message = f"中文里的标点应为全角：“{mark}”改为“{HALF_TO_FULL[mark]}”{often}"
        yield emit(view, (at, at + 1), message, HALF_TO_FULL[mark], related=others)


def _full_stop(view: View, match: re.Match[str]) -> bool:
    return not view.scraped or match.end() >= len(view.norm) or view.norm[match.end()] == "\n" or "\u4e00" <= view.norm[match.end()] <= "\u9fff"


def _numbered_comma(view: View, emit: Emit) -> Iterator[Finding]:
    norm = view.norm
    hits = [
        m
        for m in sorted((m for mark in _DIGIT_COMMA for m in view.around(mark, _ARABIC_COMMA, 1, 3)), key=lambda m: m.start())
        if norm[max(0, m.start() - 8) : m.start()].rstrip(" \t")[-1:] in ("", "\n", "。", "；") and not view.in_chrome(m.start())
    ]
    if hits:
        message = f"阿拉伯数字序号后用下脚点，不用顿号（全文{len(hits)}处）"
        yield emit(view, hits[0].span(1), message, hits[0][1].rstrip("、") + ".")


_DIGIT_COMMA = searched(*(f"{digit}、" for digit in range(10)))
_ARABIC_COMMA = re.compile(r"(\d{1,2}、)(?=[\u4e00-\u9fff])")


SCRAPED: tuple[Rule, ...] = (
    rule(
        "P05",
        "punct_wrong",
        "hint",
        "阿拉伯数字序号用下脚点",
        STANDARD,
        _numbered_comma,
        ["1、加快项目申报\n2、强化服务"],
        ["1.加快项目申报\n2.强化服务"],
    ),
    rule(
        "P30",
        "halfwidth_punct",
        "warning",
        "中文里点号用全角",
        STANDARD,
        _half_width,
        ["完成目标,强化服务。"],
        ["完成目标，强化服务。", "增长3.5%，共12,345人，9:30开始。"],
    ),
    pattern(
        "P30b",
        "punct_wrong",
        "warning",
        "句末用句号不用下脚点",
        STANDARD,
        r"[\u4e00-\u9fff]([.．])(?=\s|\Z|[\u4e00-\u9fff])",
        "句末应用句号",
        group=1,
        guard=_full_stop,
        fix="。",
        bad=["完成目标，强化服务.\n"],
        good=["完成目标，强化服务。\n", "增长3.5%。"],
        anchors=(".", "．"),
        window=(1, 2),
        test=r"(?<=[\u4e00-\u9fff].)(?=\s|\Z|[\u4e00-\u9fff])",
    ),
)
