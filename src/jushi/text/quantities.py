"""Quantities: every numeral or mask that stands before a measure word, with the words that qualify it.

One compiled pattern finds candidates in a single pass; what Chinese itself rules out (ordinals, slogans, indefinite 一, names in
quotation marks) is then rejected. Positions are those of the folded text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter

from jushi.text.units import UnitKind, unit_pattern, units

_ARABIC = r"[0-9xX×*_□○●][0-9xX×*_□○●]*+(?:\.[0-9xX×*_□○●]++)*+(?:[-—–~～至][0-9xX×*_□○●]++(?:\.[0-9xX×*_□○●]++)?+)?+"
_HAN = "一二三四五六七八九十百千两零〇"
# A candidate always takes its whole numeral, whether or not a unit follows: so none is tried again from its middle, and the
# patterns can begin with a plain set of characters, which the regex engine scans fastest.
_TAIL = (
    r"(?P<gap>[ \n]{0,2})(?P<m>余|多|来|几)?(?P<s>(?:[十百千]?[万亿]+|[百千](?![瓦米克卡]))(?=[ 余多来几]|\D))? ?(?P<n>余|多|来)?"
    rf"[ \n]?(?:(?P<u>{unit_pattern()})|(?P<bare>(?<=[余多万亿])(?=[，。；：、）\n]|[一-鿿])))?"
)
_ARABIC_CANDIDATE = re.compile(rf"(?P<a>{_ARABIC}){_TAIL}")
_CHINESE_CANDIDATE = re.compile(
    rf"(?P<c>[数几上{_HAN}](?:(?<=[数几])[{_HAN}]++|(?<=上)[百千][{_HAN}]*+|(?<=[{_HAN}])[{_HAN}]*+(?:(?<=十)几)?+|(?<=[数几上])(?=[万亿]))(?:点[{_HAN}]++)?+"
    rf"(?:[万亿][{_HAN}0-9]++)*+){_TAIL}"
)
# Groups by number: a lookup by name costs more than the comparison it serves.
_UNIT, _NONE = _ARABIC_CANDIDATE.groupindex["u"], _ARABIC_CANDIDATE.groupindex["bare"]
_DIGIT_AFTER_BLANK = re.compile(" (?=[0-9])")
_THOUSANDS = re.compile(r"((?:[0-9]{1,3},)(?:[0-9]{3},)*)([0-9]{3})(?![0-9])")
_HUNDRED_MILLIONS = re.compile(r"([0-9]{1,6}亿)([0-9]{1,4})(?=万)")
# Cheap tests, from a rare literal on, whether the slow patterns can match at all.
_COMMA_IN_DIGITS, _YI_IN_DIGITS = re.compile(",(?=[0-9]{3})"), re.compile("亿(?=[0-9]{1,4}万)")
_PERCENT = re.compile(rf"百分之([{_HAN}]+(?:点[{_HAN}]+)?|[0-9.]+)")
_BLANK = re.compile(r"[ ] {0,3}(?=(?:[万亿]{0,2}元|万?亩|%|个百分点|人次|[家项件名户])[，。；、）])")
_EMPTY = re.compile(r"[（\[] {0,8}[）\]](?=[万亿]{0,2}元|万?亩|%|个百分点|人次|[家项件名户])")
_BLANK_UNIT = re.compile(r"[万亿]{0,2}(?:元|亩|%|个百分点|人次|[家项件名户])")
_KNOWN = units()
_RANK = re.compile(r"第(?:([0-9xX×*_]{1,3})|([一二三四五六七八九十]{1,3}))(?:位|名)?(?![0-9届批期次个章节条款季卷号年页任])")
_RANKING = re.compile(
    r"(?:全国|全省|全市|全区|全县|全州|全盟)$|(?:排名|排在|位居|名列|位列|跃居|居|列|进入|跻身)(?:[^，。；：\n第]{0,12}|[^。；：\n]{0,24}[，、][^，。；：\n第]{0,6})$"
)
_VERB_ONCE = re.compile(r"(?:每|进行|开展|举办|召开|举行|组织|讲授|上)[^，。；：\n]{0,14}$")
_LENGTH_OF_TIME = re.compile(r"(?:连续|历时|为期|用时|仅用|不超过|不少于|工期|累计|达)[^，。；：\n0-9]{0,4}$")
_NEIGHBOURS = frozenset(["一两", "一二", "两三", "二三", "三四", "三五", "四五", "五六", "六七", "七八", "八九"])
_SLOGAN_HEADS = re.compile(
    r"[一二两三]|坚持|着力|到位|确保|强化|注重|结合|突出|不|必须|意识|自信|维护|全面|代表|确立|统筹|务必|转变|狠抓|查|善于|带头|聚焦|紧盯|服从|面向|围绕|抓手|更加|最|"
    r"方面|环节|层面|阶段|领域|覆盖|层次|维度|形式|季度|体系|中心|为什么|什么|严格|努力|提升|专题|老大难"
)
_SET_UP = re.compile("[建设立增]|获批|认定")  # 新建研发中心、2个中心
_FIXED = re.compile(
    r"(?:八项规定|六项纪律|三项机制|三项制度|两个百年|五大理念|三大攻坚|两学一做|三会一课|三农|三方面|三项(?:费|经费)|三公|[一两二三四五六七八九十]大(?!专|棚|桶|块|箱|袋|片)|[三四五]位一体|[一二三四五六七八九十]方面)"
)
_BUILT = frozenset("司园区目程房路厂库站段")
_NOT_ARTICLE = frozenset("成为在是有了这那每某同统合归第唯又再任于万专如单均同唯不进每任何另之从和与或及")
_POST_NOMINAL = re.compile(r"[，。；：、）\n及和]|$")
_LATIN = frozenset("abcdefghijklmnopqrstuvwyzABCDEFGHIJKLMNOPQRSTUVWYZ")
_JOINED = _LATIN | frozenset("-./")
_MASK_ONLY = re.compile(r"[xX×*_□○●.]+")
_PROTECTED = re.compile(
    r"《[^《》\n]{1,120}(?:《[^《》\n]{0,80}》[^《》\n]{0,40})?》|“[^“”。\n]{1,40}”|‘[^‘’。\n]{1,30}’|「[^「」\n]{1,40}」|【[^【】\n]{1,40}】"
    r'|"[^"。\n]{1,40}"|https?：[^\s一-鿿]{1,200}|www\.[^\s一-鿿]{1,200}'
)
_THRESHOLD = re.compile(
    r"(?:及)?以[上下](?:（含）)?(?:的(?!速度|成绩|增|水平)|(?=[一-鿿])(?!用于|同比|增长|支持|实施|带动|完成|投入|，|左右|目标|建设|和|及|或|地震))"
)
_ROUND_THE_CLOCK = re.compile(r"值班|值守|在岗|服务|不间断|热线|畅通|内|运行|巡")
_OF_THINGS = frozenset(("篇", "台", "套", "件", "项", "人次", "台套"))
_ABBREVIATION = re.compile(r"(?<![A-Za-z0-9-])[A-Z]{2,5}$")
_CLASS = re.compile(r"[一-鿿]{0,4}及?以[上下]的")


@dataclass(slots=True)
class Quantity:
    """A numeral with its measure word, in folded coordinates: ``start, end`` the value, ``stop`` the end of the unit."""

    start: int
    end: int
    stop: int
    value: str
    unit: str
    kind: UnitKind | str
    after: str = ""


def protected(text: str) -> list[tuple[int, int]]:
    """Ranges in which numerals belong to a name: titles, short quotations, labels, addresses."""
    return [m.span() for m in _PROTECTED.finditer(text)]


def quantities(text: str, barred: Sequence[tuple[int, int]]) -> Iterator[Quantity]:
    """All quantities of the folded text outside the ``barred`` ranges (sorted, may overlap), in order."""
    found = _found(text)
    reach, ranges = 0, iter(barred)
    never = (len(text) + 1, 0)
    begin, end = next(ranges, never)
    for quantity in found:
        start = quantity.start
        while begin <= start:
            reach = max(reach, end)
            begin, end = next(ranges, never)
        if start >= reach:
            yield quantity


def _found(text: str) -> list[Quantity]:
    result: list[Quantity] = []
    for pattern, accept in ((_ARABIC_CANDIDATE, _accept_arabic), (_CHINESE_CANDIDATE, _accept_chinese)):
        for m in pattern.finditer(text):
            word = m[_UNIT]
            if word is None and m[_NONE] is None:
                continue
            start = m.start()
            before = text[start - 1] if start else "\n"
            if before in "第－" or (before == "\n" and "\n" in m["gap"]):
                continue
            quantity = accept(text, m, before, word or "")
            if quantity is not None:
                result.append(quantity)
    result.sort(key=_start)
    extra = [*_ranks(text), *_fractions(text), *_blanks(text), *_empty_brackets(text), *_spaced(text), *_grouped(text)]
    return sorted([*_outside(result, extra), *extra], key=_start) if extra else result


_start = attrgetter("start")


def _outside(found: list[Quantity], others: list[Quantity]) -> list[Quantity]:
    """Those of ``found`` that do not begin in one of the ``others``, of which there are few."""
    starts = [q.start for q in found]
    spans = sorted((q.start, q.stop) for q in others)
    kept, at = [], 0
    for (start, stop), (following, _) in zip(spans, [*spans[1:], (1 << 60, 0)], strict=True):
        kept += found[at : bisect_left(starts, start, at)]
        at = bisect_left(starts, min(stop, following), at)
    return kept + found[at:]


def _accept_arabic(text: str, m: re.Match[str], before: str, word: str) -> Quantity | None:
    value = m[1]
    start, stop = m.span()
    end = start + len(value)
    unit = _KNOWN[word] if word else None
    if value.count(".") > 1 or (before in _JOINED and not _stands_alone(text, start, before, word)):
        return None
    if unit is None:
        return _bare(text, m, value)
    if unit.condition == "arabic" and "\n" in text[end:stop]:
        return None
    if word == "年" and len(value) == 4 and value[:2] in ("19", "20"):
        return None
    if before == "-" and start > 1 and "一" <= text[start - 2] <= "鿿":
        # 增速-4.7%: the sign belongs to the value.
        start, value = start - 1, "-" + value
    masked = not value.lstrip("-")[0].isdigit() and _MASK_ONLY.fullmatch(value) is not None
    if unit.condition:
        if unit.condition == "arabic" and (masked or not value.isdigit() or len(value) > 3):
            return None
        if unit.condition == "duration" and not _LENGTH_OF_TIME.search(text, max(0, start - 12), start):
            return None
        if unit.condition == "arabic" and text[stop : stop + 1] in ("级", "委"):
            return None
    if word == "个" and len(value) == 1 and not masked and _SLOGAN_HEADS.match(text, stop):
        built = text.startswith("中心", stop) and _SET_UP.search(text, max(0, start - 14), start)
        if not built:
            return None
    if value == "24" and word == "小时" and _ROUND_THE_CLOCK.match(text, stop):
        return None
    if before == "前" and word in ("名", "位", "强"):
        return _quantity(m, start, end, value, "rank") if _RANKING.search(text, max(0, start - 30), start - 1) else None
    if "以" in text[stop : stop + 6] and (
        (unit.kind in ("money", "area") and _THRESHOLD.match(text, stop)) or (word != "%" and _CLASS.match(text, stop))
    ):
        return None
    return _quantity(m, start, end, value, unit.kind)


def _stands_alone(text: str, start: int, before: str, word: str) -> bool:
    """Whether digits behind a letter, a hyphen, a point or a stroke are a number of their own and not part of a code."""
    if before in _LATIN:
        return word in ("%", "个百分点") or _behind_abbreviation(text, start, word)
    if before == "-":
        return word == "%"
    return start < 2 or not text[start - 2].isdigit()


def _behind_abbreviation(text: str, start: int, word: str) -> bool:
    """SCI论文 is often cut to SCI2篇, CT机 to CT3台: capitals for a thing, and then how many of it."""
    return word in _OF_THINGS and _ABBREVIATION.search(text, max(0, start - 8), start) is not None


def _bare(text: str, m: re.Match[str], value: str) -> Quantity | None:
    """A number with 余/多 or a scale word but without a measure word: 带动300余群众, 到位资金675万;"""
    follow = text[m.end() : m.end() + 1]
    if m["m"] or m["n"]:
        if follow in "，。；：、）\n" or follow in "年月日号时点岁届元":
            return None
        return _quantity(m, m.start(), m.start() + len(value), value, "count")
    if (
        m["s"]
        and value.replace(".", "").isdigit()
        and (follow in "，。；、）\n" or text.startswith(("以上", "以下", "左右"), m.end()))
        and not value.isdigit()
        or (m["s"] and m["s"][-1] in "万亿" and follow in "，。；、）\n（")
    ):
        return _quantity(m, m.start(), m.start() + len(value), value, "other")
    return None


def _accept_chinese(text: str, m: re.Match[str], before: str, word: str) -> Quantity | None:
    value, start = m["c"], m.start()
    end = start + len(value)
    if before.isdigit() or before == "之":
        return None
    unit = units()[word] if word else None
    if unit is None or unit.condition == "arabic" or m["gap"]:
        return None
    if len(value) > 1 and value not in _NEIGHBOURS and all(c in "一二两三四五六七八九" for c in value):
        # 二三个月 says “two or three”; other rows of digits (唯一一个, 一二三产业) count nothing.
        return None
    if unit.condition == "duration" and not _LENGTH_OF_TIME.search(text, max(0, start - 12), start):
        return None
    if unit.kind == "duration" and value in ("一", "几", "数"):
        return None
    if word == "期" and before in _BUILT and len(value) == 1:
        # 产业园二期, 项目一期: a stage, not a count.
        return None
    if before in "届前" and word in ("次", "名", "位"):
        return None
    if _FIXED.match(text, start) or (word == "个" and _SLOGAN_HEADS.match(text, m.end())):
        return None
    vague = value in ("百", "千", "上", "数", "几", "零", "百千", "千百", "十百") and not (m["m"] or m["n"])
    if vague and not (value in ("数", "几", "上") and m["s"]) and before not in "近约超达逾":
        return None
    if value in ("一", "零") and not _counts_one(text, m, before, word):
        return None
    return _quantity(m, start, end, value, unit.kind)


def _counts_one(text: str, m: re.Match[str], before: str, word: str) -> bool:
    """一 is a number after 各, behind its noun (生产线一条，) and for acts (开展一次…); elsewhere it is an article."""
    if m["s"] or m["m"] or m["n"]:
        return before not in _NOT_ARTICLE
    if before == "各":
        return True
    if before in _NOT_ARTICLE or not "一" <= before <= "鿿" or word in ("公里", "米", "公分", "里"):
        return False
    if word == "次":
        return text[m.end() : m.end() + 1] not in ("性", "次") and bool(_VERB_ONCE.search(text, max(0, m.start() - 18), m.start()))
    if word in ("家", "户", "方", "门", "面", "把", "片", "批", "体", "天", "场", "双", "对", "人", "位"):
        return False
    return bool(_POST_NOMINAL.match(text, m.end())) and before not in "个建设立定出到开取作做要新好大小多少"


def _quantity(m: re.Match[str], start: int, end: int, value: str, kind: str) -> Quantity:
    more, scale, or_more, word = m.group(3, 4, 5, 6)
    unit = word or "" if scale is None else scale + (word or "")
    return Quantity(start, end, m.end(), value, unit, kind, (more or "") + (or_more or "") if more or or_more else "")


def _ranks(text: str) -> Iterator[Quantity]:
    for m in _RANK.finditer(text):
        if _RANKING.search(text, max(0, m.start() - 40), m.start()):
            group = 1 if m[1] else 2
            yield Quantity(m.start(group), m.end(group), m.end(), m[group], text[m.end(group) : m.end()], "rank")


def _fractions(text: str) -> Iterator[Quantity]:
    """百分之五: the value is the numeral, the unit a percent sign's; 三分之二 is a value without unit."""
    for m in _PERCENT.finditer(text):
        yield Quantity(m.start(1), m.end(1), m.end(), m[1], "%", "rate")


def _grouped(text: str) -> Iterator[Quantity]:
    """Numerals in two parts: 3,215件 (folding leaves a comma only inside thousands) and 1亿2000万元."""
    for pattern, mark in ((_THOUSANDS, _COMMA_IN_DIGITS), (_HUNDRED_MILLIONS, _YI_IN_DIGITS)):
        for m in pattern.finditer(text) if mark.search(text) else ():
            last = _ARABIC_CANDIDATE.match(text, m.end(1))
            if last and last["u"] and last["a"] == m[2]:
                unit = units()[last["u"]]
                yield Quantity(m.start(), m.end(), last.end(), m[0], (last["s"] or "") + unit.word, unit.kind)


def _blanks(text: str) -> Iterator[Quantity]:
    for m in _BLANK.finditer(text):
        before = text[m.start() - 1 : m.start()]
        # 823.57亿 元: a stray blank inside the unit, no value is missing.
        if not "一" <= before <= "鿿" or (before in "万亿" and text[m.start() - 2 : m.start() - 1].isdigit()):
            continue
        unit = _BLANK_UNIT.match(text, m.end())
        # A text that is letter-spaced throughout has blanks everywhere: there a blank says nothing.
        around = text[max(0, m.start() - 20) : m.start()]
        if unit and around.count(" ") < 3:
            word = unit[0]
            kind = units()[word.lstrip("万亿")].kind
            yield Quantity(m.start(), m.end(), unit.end(), m[0], word, kind)


def _empty_brackets(text: str) -> Iterator[Quantity]:
    """投入（ ）万元: a form whose figure was never filled in."""
    for m in _EMPTY.finditer(text):
        unit = _BLANK_UNIT.match(text, m.end())
        if unit:
            yield Quantity(m.start(), m.end(), unit.end(), m[0], unit[0], units()[unit[0].lstrip("万亿")].kind)


@cache
def _spaced_digits() -> re.Pattern[str]:
    """Made when first needed: few texts are spaced so, and the pattern takes its time to compile."""
    return re.compile(
        r"[0-9]{1,3}(?:(?:\.[0-9]{1,2})?(?: [0-9]{1,3}){1,3}|(?: [0-9]{1,3}){1,3}\.[0-9]{1,3})(?= ?[余多]?(?:[十百千]?[万亿]{0,2}余?(?:"
        + unit_pattern()
        + ")))"
    )


def _spaced(text: str) -> Iterator[Quantity]:
    if not any(m.start() and text[m.start() - 1].isdigit() for m in _DIGIT_AFTER_BLANK.finditer(text)):
        return
    for m in _spaced_digits().finditer(text):
        if m.start() and text[m.start() - 1] in "0123456789.":
            continue
        unit = _ARABIC_CANDIDATE.match(text, m.start() + m[0].rfind(" ") + 1)
        if unit and unit["u"]:
            info = units()[unit["u"]]
            if info.condition:
                continue
            yield Quantity(m.start(), m.end(), unit.end(), m[0], (unit["s"] or "") + unit["u"], info.kind)
