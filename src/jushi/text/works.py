"""Projects and gatherings that are named without quotation marks: in rows that are counted, in headings, by their ending."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from jushi.text.model import Claim, CountedList, Heading, Name
from jushi.text.names import words

_RESEARCH = re.compile(r"研究|技术|开发|示范|推广|应用|选育|产业化|建设|转化|集成|栽培|种植|培育|试验|加工")
_PROJECT_CLASS = re.compile(r"项目|工程|课题")
_GRADED = re.compile(r"[家省市县]级[^，。；：\n]{4,30}?(?:工程|项目)(?=于|，|顺利|通过|完成|已)")
_PROJECT_END = re.compile(r"[^，。；]{4,30}(?:建设|加工|扩建|改造|示范|生产|开发|研究|推广|基地)(?:项目|工程)$")
_HAN_BEFORE = re.compile(r"[一-鿿×xX]{2,24}$")


def works(text: str, source: str, headings: Sequence[Heading], claims: Sequence[Claim], lists: Sequence[CountedList]) -> list[Name]:
    """Projects and gatherings in the folded text, as written in ``source``, in order."""
    spans = dict.fromkeys((*_listed(text, claims, lists), *_headed(headings), *_graded(text)), "project")
    spans.update(dict.fromkeys(_gatherings(text), "event"))
    spans.update(dict.fromkeys(_laws(text), "document"))
    return [Name(kind, source[a:b], a, b) for (a, b), kind in sorted(spans.items())]  # type: ignore[arg-type]


def _listed(text: str, claims: Sequence[Claim], lists: Sequence[CountedList]) -> Iterator[tuple[int, int]]:
    """A、B、C等科技项目3项: the items are projects when that is what is counted and they read like research."""
    counted = {c.start: c for c in claims}
    for found in lists:
        claim = counted.get(found.start)
        if claim is None or found.unit not in ("项", "个") or not _PROJECT_CLASS.search(claim.subject + text[found.end : found.end + 8]):
            continue
        items = [item for item in found.items if len(item) >= 6]
        if len(items) < 2 or sum(_RESEARCH.search(item) is not None for item in items) * 2 < len(items):
            continue
        for item in items:
            at = text.rfind(item, max(0, found.start - 700), found.start)
            at = at if at >= 0 else text.find(item, found.end, found.end + 1500)
            if at >= 0 and not re.search(r"[0-9xX×]+[项个]$", item):
                yield at, at + len(item)


def _headed(headings: Sequence[Heading]) -> Iterator[tuple[int, int]]:
    """一是某某建设项目，…: a run-in heading that is a project's name."""
    for h in headings:
        words_ = h.text[len(h.marker) :]
        if h.level >= 4 and _PROJECT_END.fullmatch(words_):
            yield h.start + len(h.marker), h.start + len(h.text)


def _graded(text: str) -> Iterator[tuple[int, int]]:
    """省级某某示范工程，…: a sentence that opens with a project of a grade."""
    for m in _GRADED.finditer(text):
        start = m.start() - (text[m.start()] == "家")
        if not start or text[start - 1] in "，。；\n":
            yield start, m.end()


@cache
def _gathering_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    ends = "|".join(map(re.escape, words("gatherings")))
    leads = "|".join(map(re.escape, words("gatheringleads")))
    return re.compile(f"(?:{ends})(?![一-鿿]?(?:精神|上))"), re.compile(f".*(?:{leads})(?=.{{6,}}$)")


def _gatherings(text: str) -> Iterator[tuple[int, int]]:
    ends, leads = _gathering_patterns()
    for m in ends.finditer(text):
        before = _HAN_BEFORE.search(text, max(0, m.start() - 24), m.start())
        if not before:
            continue
        name = text[before.start() : m.end()]
        lead = leads.match(name)
        start = before.start() + (lead.end() if lead else 0)
        if m.end() - start >= 8 and text[start - 1 : start] != "届" and "届" not in text[max(0, start - 6) : m.end()]:
            yield start, m.end()


@cache
def _law_pattern() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words("laws"))))


def _laws(text: str) -> Iterator[tuple[int, int]]:
    for m in _law_pattern().finditer(text) if "法" in text else ():
        if text[m.start() - 1 : m.start()] not in ("《", "国"):
            yield m.span()
