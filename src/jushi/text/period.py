"""The period a document speaks of: from its own words, checked against dated events when title or replaced years lie."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from jushi.text.model import DocumentPeriod, Evidence
from jushi.text.numerals import ordinal

# The lookbehind stands after the first digits: a pattern that begins with a character is found faster.
_YEAR = re.compile(r"((?:19|20)(?<![0-9.\-〔\[（]..)[0-9]{2}) ?年(?!度?工作(?:计划|安排|打算|思路|方案))")
_PLAN_YEAR = re.compile(r"总结[^，。；]{0,6}((?:19|20)[0-9]{2}) ?年度?[^，。；]{0,6}(?:计划|安排|打算|思路|方案|要点)")
_STATED = re.compile(
    r"((?:19|20)[0-9]{2}) ?年(?!度?(?:工作|科技工作)?(?:计划|安排|打算|思路|方案|要点)) ?"
    r"(上半年|下半年|第?[一二三四]季度|1[-—~－至][0-9]{1,2}月|[0-9]{1,2}月)?"
)
_FIRST, _LAST = 1998, 2035
_SCOPE = 200_000


@dataclass(frozen=True, slots=True)
class Epoch:
    """A wording that belongs to certain months: ``first, last`` as year + month/12."""

    pattern: re.Pattern[str]
    first: float
    last: float
    basis: str
    anchors: tuple[str, ...]


def _rows(name: str) -> list[list[str]]:
    lines = resources.files("jushi.text").joinpath(f"data/{name}").read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def _month(word: str, default: float) -> float:
    return int(word[:4]) + (int(word[5:7]) - 1) / 12 if word else default


_LOOSE = re.compile(r"\([^()]*\)[?*]?|\[[^\]]*\][?*]?|\.\{[^}]*\}|.\?|\\.")


def _anchors(pattern: str) -> tuple[str, ...]:
    """For each alternative of a pattern a literal that it must hold: a plain search for it spares the pattern."""
    alternatives = re.split(r"\|(?![^(]*\))", pattern)
    return tuple(max(_LOOSE.sub("\n", a).split("\n"), key=len) for a in alternatives)


@cache
def _epochs() -> tuple[Epoch, ...]:
    return tuple(Epoch(re.compile(p), _month(a, 0), _month(b, 9999), basis, _anchors(p)) for p, a, b, basis in _rows("epochs.tsv"))


@cache
def _editions() -> tuple[tuple[re.Pattern[str], int, str, tuple[str, ...]], ...]:
    return tuple((re.compile(pattern), int(base), basis, _anchors(pattern)) for pattern, base, basis in _rows("editions.tsv"))


@dataclass(frozen=True, slots=True)
class Hint:
    """Years between ``first`` and ``last`` that a wording allows, and how much it weighs."""

    first: int
    last: int
    weight: int
    evidence: Evidence


def hints(text: str) -> list[Hint]:
    """What dated wordings and editions of events say about the year, in the order of the text."""
    scope = text[:_SCOPE]
    found = []
    for epoch in _epochs():
        m = epoch.pattern.search(scope) if any(a in scope for a in epoch.anchors) else None
        if m:
            first, last = int(epoch.first + 0.01), int(epoch.last + 0.01)
            says = f"{first}—{last}年" if last < 9999 else f"{first}年以后"
            weight = 3 if last - first <= 1 else 2 if last - first <= 3 else 1
            found.append(Hint(first, last, weight, Evidence(m[0], m.start(), m.end(), f"{says}：{epoch.basis}")))
    for pattern, base, basis, anchors in _editions():
        m = pattern.search(scope) if any(a in scope for a in anchors) else None
        number = ordinal(m[1]) if m else 0
        if m and _FIRST <= base + number <= _LAST:
            year = base + number
            found.append(Hint(year, year, 4, Evidence(m[0], m.start(), m.end(), f"{year}年：{basis}")))
    return sorted(found, key=lambda h: h.evidence.start)


def period(text: str, title: tuple[int, int] | None, body: int, barred: Sequence[tuple[int, int]] = ()) -> DocumentPeriod:
    """The period of the folded text; ``title`` its span, ``body`` where the text proper begins, ``barred`` titles and site chrome.

    The stated year (lead paragraph, title, body) holds unless dated wordings exclude it; then the year that most of them allow.
    """
    lead = _STATED.search(text, body, body + 300)
    heading = _STATED.search(text, *title) if title else None
    known = hints(text)
    spoken = _spoken_years(text, barred)
    stated = _stated_years(spoken, lead, heading)
    # A year that stands in the title alone, over a text whose years are masked, is the poster's and weighs little.
    firm = lead is not None or heading is None or bool(spoken)
    year, evidence = _decide(stated, known, lead or heading, 4 if firm else 2)
    if not year and title and (planned := _PLAN_YEAR.search(text, *title)):
        year = int(planned[1]) - 1
        evidence = (Evidence(planned[0], planned.start(), planned.end(), f"标题把{planned[1]}年作为来年"),)
    if not year:
        return DocumentPeriod("unknown", "", tuple(h.evidence for h in known))
    part = next((m for m in (lead, heading) if m and m[2]), None)
    return _with_part(year, part, heading, text, title, evidence)


def _spoken_years(text: str, barred: Sequence[tuple[int, int]]) -> Counter[int]:
    """How often the text proper names each year."""
    years: Counter[int] = Counter()
    ranges = sorted(barred)
    for m in _YEAR.finditer(text[:_SCOPE]):
        at = bisect_right(ranges, (m.start(), len(text))) - 1
        if at < 0 or m.start() >= ranges[at][1]:
            years[int(m[1])] += 1
    return years


def _stated_years(years: Counter[int], lead: re.Match[str] | None, heading: re.Match[str] | None) -> Counter[int]:
    votes: Counter[int] = Counter()
    for year, count in years.items():
        votes[year] += min(count, 4) if count >= 2 else 1
    for m, weight in ((lead, 4), (heading, 3)):
        if m:
            votes[int(m[1])] += weight
    return votes


def _decide(stated: Counter[int], known: Sequence[Hint], where: re.Match[str] | None, doubt: int) -> tuple[int, tuple[Evidence, ...]]:
    def against(year: int) -> int:
        return sum(h.weight for h in known if not h.first <= year <= h.last)

    said = tuple([Evidence(where[0], where.start(), where.end(), f"文中自述{where[1]}年")] if where else ())
    if stated:
        best = max(stated, key=lambda y: (stated[y] - 2 * against(y), stated[y]))
        # One stale wording is a slip of the pen; a year is overruled only by several, or by an edition or a short campaign.
        if against(best) < doubt:
            agreeing = tuple(h.evidence for h in known if h.first <= best <= h.last and h.weight > 1)
            return best, said + agreeing
    if not any(h.weight > 1 for h in known):
        return (max(stated, key=lambda y: stated[y]) if stated else 0), said
    years = range(_FIRST, _LAST)
    best = min(years, key=lambda y: (against(y), -stated[y], y))
    return best, tuple(h.evidence for h in known if h.first <= best <= h.last)


def _with_part(
    year: int,
    part: re.Match[str] | None,
    heading: re.Match[str] | None,
    text: str,
    title: tuple[int, int] | None,
    evidence: tuple[Evidence, ...],
) -> DocumentPeriod:
    word = part[2] if part else ""
    named = text[title[0] : title[1]] if title else ""
    if not word and "上半年" in named and "年度" not in named:
        word = "上半年"
    if word.endswith("半年"):
        return DocumentPeriod("half", f"{year}H{1 if word[0] == '上' else 2}", evidence)
    if word.endswith("季度"):
        return DocumentPeriod("quarter", f"{year}Q{ordinal(word.strip('第季度'))}", evidence)
    months = re.match(r"1[-—~－至]([0-9]{1,2})月", word)
    if months and 1 < int(months[1]) < 12 and not re.search("年度|全年", named):
        return DocumentPeriod("months", f"{year}-01..{int(months[1]):02d}", evidence)
    return DocumentPeriod("year", str(year), evidence)
