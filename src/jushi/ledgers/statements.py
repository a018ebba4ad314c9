"""Claims in words that records can contradict: projects said to be closed (C21, C31), techniques named and counted (E09)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q

from jushi.entities.models import AgriTech, Project
from jushi.kernel.models.record import LEVELS
from jushi.kernel.states import State
from jushi.ledger.statements import Contradiction, is_claim, named

# how drafts say the levels; 本级 and 区级 are the county's own
LEVEL_WORDS = {"国家级": "nation", "国家": "nation", "部级": "nation", "省级": "province", "省": "province", "市级": "city", "市": "city",
               "县级": "county", "区级": "county", "本级": "county"}  # fmt: skip
LEVEL_NAMES = dict(LEVELS)
_CLOSED = r"(?:结题|完成验收|通过(?:了)?(?:结题)?验收|验收)"
_ALL = re.compile(
    r"(?P<level>国家级|国家|部级|省级|省|市级|市|县级|区级|本级|所有|全部)(?:的)?(?:科技)?(?:计划)?(?:项目|工程)"
    rf"[^，。；！？\n]{{0,16}}?(?:全面|全部|均|都|悉数)[^，。；！？\n]{{0,10}}?{_CLOSED}"
)
_ACCEPTED = re.compile(r"(?:，(?=于|已|并|顺利|现))?[^，。；！？\n]{0,24}?(?:通过(?:了)?(?:结题)?验收|完成(?:了)?(?:结题)?验收|顺利结题)")
_LIST = re.compile(r"(?P<items>(?:[^，。；：、！？\n]{2,20}、){2,30}[^，。；：、！？\n]{2,24}?)(?P<count>\d{1,3})(?P<unit>[项个])(?![\d.])")
AT_LEAST = 3  # names known from the records before a list is taken for one of them


def _running(county: str, on: date) -> Any:
    rows = Project.objects.filter(county=county, kind="plan_project", state__in=State.counted(), started_on__lte=on)
    return rows.filter(Q(ended_on=None) | Q(ended_on__gt=on))


def all_closed(text: str, county: str, on: date) -> Iterator[Contradiction]:
    """“市级项目全面结题” while a project of that level is still open at the end of the period: it is named."""
    for match in _ALL.finditer(text):
        if not is_claim(text, match.end()):
            continue
        level = LEVEL_WORDS.get(match["level"], "")
        rows = _running(county, on).filter(level=level) if level else _running(county, on)
        still = list(rows.order_by("due_on", "title").values_list("pk", "title"))
        if still:
            which = LEVEL_NAMES.get(level, "")
            message = f"截至{on}台账中还有{len(still)}项{which}项目没有结题：{named(t for _, t in still)}"
            yield Contradiction(match.start(), match.end(), message, "projects", tuple(still))


def accepted_by_name(text: str, county: str, on: date) -> Iterator[Contradiction]:
    """A project said by its name to have passed acceptance that by the records had not by then, or only finished building."""
    rows = _running(county, on).filter(Q(accepted_on=None) | Q(accepted_on__gt=on))
    for pk, title, built_on in rows.values_list("pk", "title", "built_on"):
        at = text.find(title) if len(title) >= 6 else -1
        while at >= 0:
            match = _ACCEPTED.match(text, at + len(title))
            if match and is_claim(text, match.end()) and not re.search(r"未|待|准备|申请", match[0]):
                fact = f"{built_on}完成建设任务，还没有验收" if built_on and built_on <= on else "还在实施，没有验收"
                message = f"台账中“{title}”{fact}"
                yield Contradiction(at, match.end(), message, "projects", ((pk, title),))
            at = text.find(title, at + len(title))


def listed_in_full(text: str, county: str, on: date) -> Iterator[Contradiction]:
    """Techniques named without 等 and a number that is not theirs: either the list or the number is incomplete (五项列名写6项)."""
    titles: dict[str, tuple[Any, str]] | None = None
    for match in _LIST.finditer(text):
        items, stated = match["items"].split("、"), int(match["count"])
        if stated == len(items) or "等" in items[-1] or re.search(r"\d", match["items"]):
            continue
        if titles is None:
            known = AgriTech.objects.filter(county=county, kind__in=("technique", "variety"), state__in=State.counted())
            titles = {title: (pk, field) for pk, title, field in known.values_list("pk", "title", "field")}
        found = [next((t for t in titles if len(t) >= 2 and t in item), "") for item in items]
        if sum(map(bool, found)) < max(AT_LEAST, len(items) - 1):
            continue
        fields = {titles[t][1] for t in found if t}
        others = [t for t, (_, field) in titles.items() if field in fields and t not in found and fields != {""}]
        more = f"；台账中同类还有{named(others)}" if stated > len(items) and others else ""
        message = f"写明{stated}{match['unit']}，点名的是{len(items)}{match['unit']}{more}。没有列全请在最后一个名称后加“等”，列全了请改数字"
        yield Contradiction(match.start("count"), match.end("count"), message, "techniques", suggestions=(str(len(items)),))
