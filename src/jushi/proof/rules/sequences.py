"""Enumerators: skipped, repeated, restarted at the wrong level."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from jushi.proof.build import Emit, pattern, rule
from jushi.proof.lexicon import searched
from jushi.proof.model import Finding, Rule
from jushi.proof.view import View
from jushi.text.numerals import ordinal as number_of

BASIS = "GB/T 9704—2012《党政机关公文格式》7.3.3：结构层次序数连续"
_CORE = re.compile(r"[一二三四五六七八九十百]+|\d+|[①-⑳㈠-㈩⑴-⒇⒈-⒛]")
# The character before the first of each row of enumerators of one character.
_ROWS = {mark: ord(row[0]) - 1 for row in ("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩") for mark in row}
_ROWS |= {chr(first + i): first - 1 for first in (0x2474, 0x2488) for i in range(20)}
_ORDINAL = re.compile(r"第([一二三四五六七八九十])[，、]")
_DIGITS = "零一二三四五六七八九"


@lru_cache(maxsize=4096)
def ordinal(marker: str) -> int | None:
    """The number in an enumerator (（三） → 3); None where it has none."""
    found = _CORE.search(marker)
    if not found:
        return None
    core = found[0]
    if core.isdigit() and core.isascii():
        return int(core)
    return ord(core) - _ROWS[core] if core in _ROWS else number_of(core)


def written(value: int, marker: str) -> str:
    """``value`` written like the enumerator ``marker`` (3, “四是” → “三是”)."""
    found = _CORE.search(marker)
    if not found:
        return str(value)
    if found[0].isdigit() and found[0].isascii():
        word = str(value)
    elif found[0] in _ROWS:
        word = chr(_ROWS[found[0]] + value)
    else:
        tens, ones = divmod(value, 10)
        word = ("" if not tens else "十" if tens == 1 else _DIGITS[tens] + "十") + (_DIGITS[ones] if ones or not tens else "")
    return marker[: found.start()] + word + marker[found.end() :]


@lru_cache(maxsize=4096)
def _shape(marker: str) -> str:
    return _CORE.sub("#" if marker[:1].isdigit() else "一", marker, count=1).rstrip("、.．， ")


_NUMERALS = "一二三四五六七八九十"
searched("一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是", "九是", "十是")
_BOUNDARY = "。；：，、\n）"


def _run_in(view: View) -> Iterator[tuple[int, str]]:
    """一是, 二是, …, 十二是 wherever they stand."""
    norm = view.norm
    for last in _NUMERALS:
        for at in view.places(last + "是"):
            start = at
            while start and norm[start - 1] in _NUMERALS and at - start < 2:
                start -= 1
            if norm[at + 2 : at + 3] not in ("一", "否", "非"):
                yield start, norm[start : at + 2]


def _series(view: View) -> list[tuple[str, int, int, str, int]]:
    """All enumerators, found once for the rules that look at them."""
    return view.shared("enumerators", _enumerators)


def _enumerators(view: View) -> list[tuple[str, int, int, str, int]]:
    """(series, start, end, marker, level) of headings and of 一是…二是… in running text, in order of place."""
    heads = [h for h in view.reading.outline if h.marker and not h.run_in]
    marks = [(f"{h.parent}/{_shape(h.marker)}", h.start, h.start + len(h.marker), h.marker, h.level) for h in heads]
    starts = [h.start for h in heads]
    norm = view.norm
    run_in = {at: marker for at, marker in _run_in(view) if norm[max(0, at - 6) : at].rstrip(" \t")[-1:] in _BOUNDARY}
    run_in |= {h.start: h.marker for h in view.reading.outline if h.run_in and h.marker.endswith("是")}
    for at, marker in run_in.items():
        marks.append((f"是{bisect_right(starts, at)}", at, at + len(marker), marker, 4))
    return sorted(marks, key=lambda mark: mark[1])


def _steps(view: View) -> list[tuple[str, int, int, str, int]]:
    """The breaks of all series, found once for the three rules that report them."""
    return view.shared("enumerator breaks", lambda v: list(_breaks(v)))


def _breaks(view: View) -> Iterator[tuple[str, int, int, str, int]]:
    """(what, start, end, marker, expected) for each enumerator that breaks its series."""
    last: dict[str, int] = {}
    through: dict[str, int] = {}
    for series, start, end, marker, level in _series(view):
        value = ordinal(marker)
        if value is None:
            continue
        shape = series.partition("/")[2]
        before = last.get(series, 0)
        if not before and value > 1 and shape:
            # Items may be numbered through the whole text, from one section to the next.
            before = through.get(shape, 0)
        last[series] = through[shape] = value
        if level == 2 and marker[0] in "一二三四五六七八九十" and value == 1:
            yield "level", start, end, marker, 1
        elif value == 1 and level == 1 and before > 1:
            yield "level", start, end, marker, before + 1
        elif value != before + 1 and value != 1:
            yield "repeat" if value == before else "skip", start, end, marker, before + 1


def _skip(view: View, emit: Emit) -> Iterator[Finding]:
    for what, start, end, marker, expected in _steps(view):
        if what == "skip":
            right = written(expected, marker)
            earlier = f"“{written(expected - 1, marker)}”之后是" if expected > 1 else "以"
            tail = "" if expected > 1 else "开头"
            yield emit(view, (start, end), f"序号不连续：{earlier}“{marker}”{tail}", right)


def _repeat(view: View, emit: Emit) -> Iterator[Finding]:
    for what, start, end, marker, expected in _steps(view):
        if what == "repeat":
            yield emit(view, (start, end), f"序号“{marker}”重复", written(expected, marker))


def _level(view: View, emit: Emit) -> Iterator[Finding]:
    steps = [step for step in _steps(view) if step[0] == "level"]
    if not steps or re.search(r"篇[二三四五]|第[二三]篇", view.norm):
        return
    for _, start, end, marker, _ in steps:
        yield emit(view, (start, end), f"“{marker}”与一级标题同级重排，应降为“（一）”", "（一）")


def _ordinals(view: View, emit: Emit) -> Iterator[Finding]:
    """第一，第二，… within one paragraph."""
    before, paragraph_end = 0, -1
    for match in _ORDINAL.finditer(view.norm):
        value = number_of(match[1]) or 0
        if view.norm[match.start() - 1 : match.start()] not in tuple("。；：，\n") and match.start():
            continue
        if match.start() > paragraph_end:
            before = 0
            paragraph_end = view.norm.find("\n", match.start())
            paragraph_end = len(view.norm) if paragraph_end < 0 else paragraph_end
        if before and value > before + 1:
            yield emit(view, match.span(), f"序号不连续：第{_DIGITS[before]}之后是第{match[1]}", f"第{_DIGITS[before + 1]}，")
        before = value


def _mixed_ends(view: View, emit: Emit) -> Iterator[Finding]:
    """一是…；二是…。三是…: the items of one series end now with a semicolon, now with a full stop."""
    series: dict[str, list[tuple[int, str]]] = {}
    for name, start, _, marker, level in _series(view):
        if level == 4 and ordinal(marker) != 1:
            at = len(view.norm[max(0, start - 4) : start].rstrip(" \t\n")) + max(0, start - 4) - 1
            series.setdefault(name, []).append((at, view.norm[at] if at >= 0 else ""))
    for ends in series.values():
        marks = Counter(mark for _, mark in ends if mark in ("。", "；"))
        if len(marks) == 2:
            rare = min(marks, key=lambda mark: marks[mark])
            at = next(place for place, mark in ends if mark == rare)
            yield emit(view, (at, at + 1), f"各项之间有的用分号、有的用句号，应统一（此处作“{rare}”）")


def _mixed_marks(view: View, emit: Emit) -> Iterator[Finding]:
    """1. 2. 3、 in one series."""
    last: dict[str, str] = {}
    for name, start, end, marker, level in _series(view):
        if level == 3 and marker[:1].isdigit():
            mark = "." if marker[-1] == "．" else marker[-1]
            before = last.setdefault(name, mark)
            if mark != before and not marker[-1].isdigit():
                last[name] = mark
                yield emit(
                    view,
                    (start, end),
                    f"同级序号的标点不一：前作“{before}”，此处作“{marker[-1]}”",
                    marker[:-1] + before,
                )


SEQUENCES: tuple[Rule, ...] = (
    rule(
        "P05b",
        "punct_wrong",
        "warning",
        "同级序号标点一致",
        "GB/T 15834—2011《标点符号用法》",
        _mixed_marks,
        ["总结\n一、存在问题\n1.创新意识不强，投入不足。\n2.人才匮乏，结构单一。\n3、服务体系不健全。\n"],
        ["总结\n一、存在问题\n1.创新意识不强，投入不足。\n2.人才匮乏，结构单一。\n3.服务体系不健全。\n"],
    ),
    rule(
        "P10b",
        "punct_wrong",
        "hint",
        "各项之间标点统一",
        "GB/T 15834—2011《标点符号用法》",
        _mixed_ends,
        ["一是抓项目；二是抓人才；三是抓服务。四是抓作风。"],
        ["一是抓项目；二是抓人才；三是抓服务；四是抓作风。"],
    ),
    rule(
        "E02",
        "enum_skip",
        "error",
        "序号断号",
        BASIS,
        _skip,
        ["办好三件实事：一是修路，二是架桥，四是改水。", "总结\n一、主要工作\n完成任务。\n三、下步打算\n继续推进。\n"],
        [
            "办好三件实事：一是修路，二是架桥，三是改水。",
            "总结\n一、主要工作\n完成任务。\n二、下步打算\n继续推进。\n",
            "要点\n一、抓普查\n1.发布数据。\n2.表彰先进。\n二、抓统计\n3.加强入库。\n4.抓好培训。\n",
        ],
    ),
    rule(
        "E02b",
        "enum_repeat",
        "error",
        "序号重复",
        BASIS,
        _repeat,
        ["一是抓项目建设，二是抓人才引进，二是抓服务。"],
        ["一是抓项目建设，二是抓人才引进，三是抓服务。"],
    ),
    rule(
        "E02c",
        "enum_level",
        "warning",
        "层次序号用错",
        BASIS,
        _level,
        ["总结\n一、主要工作\n完成任务。\n二、存在问题\n投入不足。\n三、下步计划\n一、抓项目\n推进。\n二、抓人才\n引进。\n"],
        ["总结\n一、主要工作\n完成任务。\n二、下步计划\n（一）抓项目\n推进。\n（二）抓人才\n引进。\n"],
    ),
    rule(
        "E02d",
        "enum_skip",
        "warning",
        "“第一、第二”断号",
        BASIS,
        _ordinals,
        ["主要做法：第一，抓项目。第二，抓人才。第四，抓服务。"],
        ["主要做法：第一，抓项目。第二，抓人才。第三，抓服务。"],
    ),
    pattern(
        "E02e",
        "punct_list_mix",
        "hint",
        "序号标点混用",
        BASIS,
        r"①[^①-⑳\n]{2,200}；[^①-⑳\n]{0,3}②[^①-⑳\n]{2,200}。[^①-⑳\n]{0,3}③",
        "①②③各项末尾标点混用",
        bad=["①培训五百人；②发资料三千份。③接待咨询二百人。"],
        good=["①培训五百人；②发资料三千份；③接待咨询二百人。"],
    ),
)
