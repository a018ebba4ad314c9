"""Rates of the text: growth, multiples, completion, shares, conversions, pairs of counts that cannot both be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from jushi.proof.build import Emit, rule
from jushi.proof.lexicon import searched
from jushi.proof.model import Finding, Rule
from jushi.proof.rules.arithmetic import AS_OF, BASIS, NUMBER, SCALE, UNIT, dec, measure, plain
from jushi.proof.view import View, behind

searched("%（", "分别", "亩（")
_LAST_YEAR = tuple(behind(word, f"(?<=，[比较]{word})") for word in ("上年", "去年"))
_GROWN = re.compile(
    rf"由(?:[每人均月年天亩户]{{1,4}})?{NUMBER}([万亿]?[\u4e00-\u9fff]{{1,2}})?(?:增长|增加|提高|上升|扩大|减少|下降|降低)?(?:到|至|为){NUMBER}([万亿]?[\u4e00-\u9fff]{{1,2}})?，(?:同比|净)?(增长|提高|上升|增加|下降|减少|降低)(?:了)?{NUMBER}(%|倍)"
)


_GROWN_TO = re.compile(
    rf"从{NUMBER}([万亿]?[\u4e00-\u9fff]{{1,2}})?(?:增长|增加|提高|上升|增|减少|下降|降低|减)(?:到|至|为){NUMBER}([万亿]?[\u4e00-\u9fff]{{1,2}})?，(?:同比|净)?(增长|提高|上升|增加|下降|减少|降低)(?:了)?{NUMBER}(%|倍)"
)


_DOUBLED = re.compile(
    rf"[由从]{NUMBER}(?:[万亿]?[\u4e00-\u9fff]{{1,2}})?(?:增长|增加|提高|增)?(?:到|至|为){NUMBER}(?:[万亿]?[\u4e00-\u9fff]{{1,2}})?，[^，。]{{0,6}}翻了?(一|两|二|三)番"
)


_VERSUS = re.compile(rf"{NUMBER}{UNIT}，(?:比|较)(?:上年|去年)(?:同期)?的?{NUMBER}{UNIT}(增长|提高|增加|下降|减少)(?:了)?{NUMBER}%")


_RATE = re.compile(
    rf"(?:目标|任务|计划)(?:数|为|任务)?{NUMBER}{UNIT}，{AS_OF}(?:实际|已|累计|全年)?(?:完成|实现|达到?|选派|建成|认定){NUMBER}{UNIT}，(?:完成率|完成(?:目标|任务|年度任务|全年任务|计划)?的?|占(?:目标|任务|计划)的?)(?:为|达)?{NUMBER}%"
)


_RATE_OF = re.compile(rf"(?<![\d.]){NUMBER}{UNIT}，(?:占|为|完成)(?:全年|年度)?(?:目标|任务|计划)(?:任务)?数?{NUMBER}{UNIT}的{NUMBER}%")


# 完成74家，完成目标的123%（目标60家）
_WITH_GOAL = re.compile(
    rf"(?<![\d.]){NUMBER}{UNIT}，[^，。；\n\d]{{0,8}}(?:目标|任务|计划)的?{NUMBER}%（(?:年度|全年)?(?:目标|任务|计划)(?:任务)?(?:为|数)?{NUMBER}{UNIT}）"
)


_QUOTIENT = re.compile(rf"(?<![\d.]){NUMBER}[/／]{NUMBER}[^。；\n]{{0,12}}?(?:完成率|=|＝|占比){NUMBER}%")


_SHARES = re.compile(r"(?:占比|比重)?分别(?:占|为|达)(?:到)?((?:\d+(?:\.\d+)?%[、和，]){1,9}\d+(?:\.\d+)?%)")


_MU = re.compile(r"(\d+(?:\.\d+)?)(万?)亩（(?:合|约|折合|约合)?(\d+(?:\.\d+)?)(万?)(平方米|平米|平方公里|公顷)）")


_OVER = re.compile(r"(?:覆盖率|合格率|满意率|到位率|普及率|入户率|参与率|占比)(?:达到?|为|达)?(\d{3,}(?:\.\d+)?)%")


def _places(stated: Decimal) -> Decimal:
    """The unit of the last place that a number is written to (12.9 → 0.1)."""
    exponent = stated.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _off(stated: Decimal, true: Decimal) -> bool:
    return abs(stated - true) > _places(stated) * Decimal("0.6")


def _round_like(value: Decimal, stated: Decimal) -> str:
    return f"{value.quantize(_places(stated)):f}"


_GROWTHS = ((behind("由", r"(?=[每人均月年天亩户]{0,4}\d)"), _GROWN), (behind("从", r"(?=\d)"), _GROWN_TO))


def _growth(view: View, emit: Emit) -> Iterator[Finding]:
    for anchor, regex in _GROWTHS:
        for match in view.around(anchor, regex, 1, 60):
            old, new = (
                measure(match[1], _scale_of(match[2], match[4])),
                measure(match[3], _scale_of(match[4], match[4])),
            )
            stated = dec(match[6])
            if old[0] == 0:
                continue
            change = abs(new[0] - old[0]) / old[0]
            true = change if match[7] == "倍" else change * 100
            if "%" not in (match[2] or "") and _off(stated, true):
                yield emit(
                    view,
                    (match.start(6), match.end(7)),
                    f"按{match[1]}、{match[3]}计算应为{_round_like(true, stated)}{match[7]}",
                    _round_like(true, stated) + match[7],
                )
    for match in (m for anchor in _LAST_YEAR for m in view.around(anchor, _VERSUS, 18, 32)):
        (now, unit), (base, other) = measure(match[1], match[2]), measure(match[3], match[4])
        if unit == other and base:
            stated, true = dec(match[6]), abs(now - base) / base * 100
            if _off(stated, true):
                yield emit(
                    view,
                    match.span(6),
                    f"按{match[1]}、{match[3]}计算应为{_round_like(true, stated)}%",
                    _round_like(true, stated) + "%",
                )


def _from_nothing(view: View, emit: Emit) -> Iterator[Finding]:
    """A growth rate on a base of zero."""
    for anchor, regex in _GROWTHS:
        for match in view.around(anchor, regex, 1, 60):
            if dec(match[1]) == 0:
                yield emit(view, (match.start(5), match.end(7)), "基期为0，不计算增速", f"新增{match[3]}{match[4] or ''}")


_ADDED = re.compile(rf"{NUMBER}{UNIT}，(?:比|较)(?:上年|去年)(?:同期|底|末)?(?:净增|增加|新增|增|多)(?:了)?{NUMBER}{UNIT}，(?:同比)?增长{NUMBER}%")


def _added(view: View, emit: Emit) -> Iterator[Finding]:
    """38家，比上年净增10家，增长35.7%: the base is what is left when the increase is taken away."""
    for match in (m for anchor in _LAST_YEAR for m in view.around(anchor, _ADDED, 18, 32)):
        (total, unit), (gain, other) = measure(match[1], match[2]), measure(match[3], match[4])
        if unit == other and total > gain:
            stated, true = dec(match[5]), gain / (total - gain) * 100
            if _off(stated, true):
                right = _round_like(true, stated) + "%"
                yield emit(
                    view,
                    (match.start(5), match.end(5) + 1),
                    f"总数{plain(total)}、增加{plain(gain)}，增速应为{right}",
                    right,
                )


def _scale_of(unit: str | None, other: str | None) -> str:
    return unit or other or ""


def _doubling(view: View, emit: Emit) -> Iterator[Finding]:
    for match in view.around("番", _DOUBLED, 44, 1):
        times = {"一": 2, "两": 4, "二": 4, "三": 8}[match[3]]
        old, new = dec(match[1]), dec(match[2])
        if old and not Decimal("0.9") <= new / old / times <= Decimal("1.1"):
            yield emit(
                view,
                match.span(3),
                f"由{match[1]}到{match[2]}是{plain((new / old).quantize(Decimal('0.1')))}倍，“翻{match[3]}番”是{times}倍",
            )


_PASSED = re.compile(
    rf"申报[^，。；\n\d]{{0,16}}{NUMBER}{UNIT}，(?:通过|立项|获批|获认定|获得?立项|认定)[^，。；\n\d]{{0,8}}{NUMBER}{UNIT}，(?:通过|立项|获批|认定)率(?:为|达到?)?{NUMBER}%"
)
_AGAINST = re.compile(rf"{NUMBER}{UNIT}，(?:比|较)(?:去年|上年)(?:同期)?的?{NUMBER}{UNIT}(增加|增长|净增|减少|下降)(?:了)?{NUMBER}{UNIT}")


def _difference(view: View, emit: Emit) -> Iterator[Finding]:
    """102家，较去年的85家增加15家."""
    for match in (m for anchor in _LAST_YEAR for m in view.around(anchor, _AGAINST, 18, 32)):
        (now, a), (base, b), (gap, c) = (measure(match[i], match[i + 1]) for i in (1, 3, 6))
        if a == b == c and abs(now - base) != gap:
            right = plain(abs(now - base))
            yield emit(view, match.span(6), f"{match[1]}与{match[3]}相差{right}", right)


# Where a rate of completion can stand: anchor, characters before it, pattern, groups of the target, of what was done and of the rate.
_COMPLETED = (
    *((behind(word, rf"(?=[数为任务]{{0,2}}{NUMBER}{UNIT}，)"), 0, _RATE, 1, 3, 5) for word in ("目标", "任务", "计划")),
    *((behind(word, rf"(?=(?:任务)?数?{NUMBER}{UNIT}的\d)"), 90, _RATE_OF, 3, 1, 5) for word in ("目标", "任务", "计划")),
    (behind("申报", rf"(?=[^，。；\n\d]{{0,16}}{NUMBER}{UNIT}，[通立获])"), 0, _PASSED, 1, 3, 5),
)
_OF = (behind("/", r"(?<=\d/)(?=\d)"), behind("／", r"(?<=\d／)(?=\d)"))


def _completion(view: View, emit: Emit) -> Iterator[Finding]:
    for anchor, before, regex, target, actual, rate in _COMPLETED:
        for match in view.around(anchor, regex, before, 90):
            (goal, unit), (done, other) = (
                measure(match[target], match[target + 1]),
                measure(match[actual], match[actual + 1]),
            )
            if unit == other and goal:
                yield from _rated(view, emit, match, rate, done, goal)
    for match in view.around("%（", _WITH_GOAL, 60, 24):
        (done, unit), (goal, other) = measure(match[1], match[2]), measure(match[4], match[5])
        if unit == other and goal:
            yield from _rated(view, emit, match, 3, done, goal)
    for anchor in _OF:
        for match in view.around(anchor, _QUOTIENT, 10, 40):
            if dec(match[2]):
                yield from _rated(view, emit, match, 3, dec(match[1]), dec(match[2]))


def _rated(view: View, emit: Emit, match: re.Match[str], group: int, done: Decimal, goal: Decimal) -> Iterator[Finding]:
    stated, true = dec(match[group]), done / goal * 100
    if _off(stated, true):
        right = _round_like(true, stated) + "%"
        span = (match.start(group), match.end(group) + 1)
        yield emit(view, span, f"按所写两数计算应为{right}", right)


def _shares(view: View, emit: Emit) -> Iterator[Finding]:
    for match in view.around("分别", _SHARES, 4, 80):
        total = sum((dec(p) for p in re.findall(r"\d+(?:\.\d+)?", match[1])), Decimal(0))
        if "占" in match[0] and total > Decimal("100.5"):
            yield emit(view, match.span(1), f"占比合计{plain(total)}%，超过100%")


def _areas(view: View, emit: Emit) -> Iterator[Finding]:
    per = {
        "平方米": Decimal("666.667"),
        "平米": Decimal("666.667"),
        "公顷": Decimal("0.0666667"),
        "平方公里": Decimal("0.000666667"),
    }
    for match in view.around("亩（", _MU, 12, 24):
        area = dec(match[1]) * SCALE[match[2]] * per[match[5]] / SCALE[match[4]]
        stated = dec(match[3])
        if area and abs(stated - area) / area > Decimal("0.02"):
            right = plain(area.quantize(Decimal("0.01")))
            yield emit(view, match.span(3), f"{match[1]}{match[2]}亩合{right}{match[4]}{match[5]}", right)


def _impossible_rate(view: View, emit: Emit) -> Iterator[Finding]:
    for match in view.around("率", _OVER, 4, 12):
        if dec(match[1]) > 100:
            yield emit(view, match.span(1), "比率超过100%")


_VISITS = re.compile(r"(\d+)[期场][、，]?(\d+)人次")
_DOUBLE_UNITS: tuple[tuple[re.Pattern[str], re.Pattern[str], Callable[[Decimal, Decimal], bool], str], ...] = (
    (re.compile(r"(\d+)户[、，]?(\d+)人(?!次)"), behind("户", r"(?<=\d户)(?=[、，]?\d+人(?!次))"), lambda a, b: b < a, "人数少于户数"),
    *((_VISITS, behind(word, rf"(?<=\d{word})(?=[、，]?\d+人次)"), lambda a, b: b < a, "人次少于期（场）数") for word in "期场"),
    (
        re.compile(r"(\d+)个乡镇[、，]?(\d+)个(?:行政)?村"),
        behind("乡镇", r"(?<=\d个乡镇)(?=[、，]?\d)"),
        lambda a, b: b < a,
        "村数少于乡镇数",
    ),
    (
        re.compile(r"申报[^，。；\n\d]{0,12}(\d+)项，(?:获批)?立项(\d+)项"),
        behind("立项", r"(?=\d+项)"),
        lambda a, b: b > a,
        "立项数多于申报数",
    ),
)


def _pairs(view: View, emit: Emit) -> Iterator[Finding]:
    for regex, anchor, wrong, why in _DOUBLE_UNITS:
        for match in view.around(anchor, regex, 26, 26):
            if wrong(dec(match[1]), dec(match[2])):
                yield emit(view, match.span(2), why)


RATES: tuple[Rule, ...] = (
    rule(
        "A07",
        "rate_mismatch",
        "error",
        "与上年之差",
        BASIS,
        _difference,
        ["入库102家，较去年的85家增加15家。"],
        ["入库102家，较去年的85家增加17家。"],
    ),
    rule(
        "N22",
        "rate_mismatch",
        "error",
        "基期为零不算增速",
        BASIS,
        _from_nothing,
        ["由0家增加到3家，增长300%。"],
        ["由2家增加到3家，增长50%。"],
    ),
    rule(
        "N18",
        "rate_mismatch",
        "error",
        "增速与基数不符",
        BASIS,
        _growth,
        [
            "产值由2亿元增加到4亿元，增长2倍。",
            "由20家增加到25家，增长30%。",
            "标准由每人每月720元提高到760元，增长6.5%。",
            "实现126.4万元，比上年112.0万元增长15.2%。",
        ],
        [
            "产值由2亿元增加到4亿元，增长1倍。",
            "由20家增加到25家，增长25%。",
            "实现126.4万元，比上年112.0万元增长12.9%。",
        ],
    ),
    rule(
        "A06",
        "rate_mismatch",
        "error",
        "增量与增速不符",
        BASIS,
        _added,
        ["企业达到38家，比上年净增10家，增长36.7%。"],
        ["企业达到38家，比上年净增10家，增长35.7%。"],
    ),
    rule(
        "N20",
        "rate_mismatch",
        "error",
        "“翻番”与倍数不符",
        "翻一番为2倍，翻两番为4倍",
        _doubling,
        ["产量由2万吨增加到8万吨，翻了一番。"],
        ["产量由2万吨增加到8万吨，翻了两番。"],
    ),
    rule(
        "A01",
        "rate_mismatch",
        "error",
        "完成率与数不符",
        BASIS,
        _completion,
        [
            "目标53项，完成51项，完成率98.6%。",
            "完成投资8亿元，占年度任务10亿元的85%。",
            "101.16/102.4，完成率98.7%。",
            "到位资金238.5亿元，为年度任务220亿元的118.4%。",
            "培育74家，完成目标的103.3%（目标60家）。",
        ],
        ["目标50项，完成45项，完成率90%。", "完成投资8亿元，占年度任务10亿元的80%。", "培育74家，完成目标的123.3%（目标60家）。"],
    ),
    rule(
        "A03",
        "sum_mismatch",
        "error",
        "占比合计超过100%",
        BASIS,
        _shares,
        ["三次产业分别占30%、45%、35%。"],
        ["三次产业分别占20%、45%、35%。"],
    ),
    rule(
        "N27",
        "rate_mismatch",
        "error",
        "亩的换算",
        "1亩＝666.67平方米",
        _areas,
        ["种植100亩（约67公顷）。"],
        ["种植100亩（约6.67公顷）。"],
    ),
    rule(
        "A04",
        "number_suspicious",
        "warning",
        "比率超过100%",
        BASIS,
        _impossible_rate,
        ["服务覆盖率达120%。"],
        ["服务覆盖率达100%。", "完成率达120%。"],
    ),
    rule(
        "A05",
        "number_suspicious",
        "warning",
        "成对数字不合常理",
        BASIS,
        _pairs,
        ["带动500户300人增收。", "申报项目12项，立项15项。"],
        ["带动300户900人增收。", "申报项目15项，立项12项。"],
    ),
)
