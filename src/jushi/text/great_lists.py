"""Lists behind great numbers and slogans: 胸痛、卒中、创伤三大中心, “七个一”活动（即…）."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jushi.text.list_items import split, trim_first
from jushi.text.model import CountedList, ListVerdict
from jushi.text.numerals import ordinal

_GREAT = re.compile(r"大(领域|产业|行业|板块|工程|行动|任务|体系|重点|特色|中心|平台|基地|园区|片区|景区|项目)")
_FEW = re.compile(r"[二两三四五六七八九十]{1,2}$")


def great(text: str) -> Iterator[CountedList]:
    """A、B、C三大领域: a great number counts its row exactly, or it is a set phrase."""
    for m in _GREAT.finditer(text):
        stated = _FEW.search(text, max(0, m.start() - 2), m.start())
        if not stated:
            continue
        begin = max(text.rfind(c, max(0, stated.start() - 200), stated.start()) for c in "，。；：\n")
        items = split(text[max(begin + 1, stated.start() - 200, 0) : stated.start()])
        classed = len(items) >= 3 and all(item.endswith(m[1]) for item in items[:-1])
        if classed and len(items) != ordinal(stated[0]):
            # 胸痛中心、卒中中心、创伤中心五大中心: each names its class, so each is one of them.
            yield CountedList(stated.start(), stated.end(), stated[0], m[1], tuple(trim_first(items)), False, "mismatch")
        elif len(items) >= 2 and len(items) == ordinal(stated[0]):
            yield CountedList(stated.start(), stated.end(), stated[0], m[1], tuple(trim_first(items)), False, "ok")


def ones(text: str) -> Iterator[CountedList]:
    """“七个一”活动（即…）: the slogan's number against the acts in its brackets."""
    at = text.find("个一")
    while at >= 0:
        stated = _FEW.search(text, max(0, at - 2), at)
        opened = text.find("（", at, at + 14) if stated else -1
        close = text.find("）", opened, opened + 400) if opened > 0 else -1
        if stated and close > 0:
            inside = text[opened + 1 : close].removeprefix("即")
            rows = [split(inside, "，；"), split(inside, "，；、")]
            parts = next((row for row in rows if len(row) == ordinal(stated[0])), rows[0])
            items = tuple(re.sub(r"^.{0,8}?一[次场个]", "", part) for part in parts)
            fits = len(items) == ordinal(stated[0])
            verdict: ListVerdict = "ok" if fits else "unknown" if "、" in inside else "mismatch"
            yield CountedList(stated.start(), stated.end(), stated[0], "个一", items, False, verdict)
        at = text.find("个一", at + 2)
