"""Arithmetic of the text: sums, shares, growth, multiples, target–actual–gap, digit strings replaced throughout."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation

from jushi.proof.build import Emit, rule
from jushi.proof.model import Finding, Rule
from jushi.proof.view import View

BASIS = "统计数据质量要求：总数与分项、比率与基数相符"
_N = r"(\d+(?:\.\d+)?)"
_U = r"([万亿]?(?:元|家|项|个|件|户|人次|人|名|亩|吨|篇|场次|场|期|次|份|册|本|套|块|幅|台|只|株|座|处|公里))"
_PART = re.compile(rf"{_N}{_U}(?![\u4e00-\u9fff]{{0,2}}以上)")
_BRACKET = re.compile(rf"(?<![\d.]){_N}{_U}（(?!含|包括|不含|占|比|同比|增长|约|每|人均|其中\d*%)([^（）\n]{{4,160}})）")
_COLON = re.compile(rf"(?<![\d.]){_N}{_U}[，：](其中|分别(?:为|是)|包括)[：，]?([^。；\n（）]{{4,160}})")
_BEFORE = re.compile(rf"((?:[^，。；、：\n\d]{{1,24}}\d+(?:\.\d+)?{_U[1:-1]}[，、和及]?){{2,12}})(?:，)?(?:合计|共计|总计|累计|一共|共)[^，。；：\n\d]{{0,12}}{_N}{_U}")
_EQUATION = re.compile(r"(?<![\d.+])\d+(?:\.\d+)?(?:\+\d+(?:\.\d+)?)+=\d+(?:\.\d+)?")
_GROWN = re.compile(rf"由{_N}([万亿]?[\u4e00-\u9fff]{{1,2}})?(?:增长|增加|提高|上升|扩大|减少|下降|降低)?(?:到|至|为){_N}([万亿]?[\u4e00-\u9fff]{{1,2}})?，(?:同比|净)?(增长|提高|上升|增加|下降|减少|降低)(?:了)?{_N}(%|倍)")
_GROWN_TO = re.compile(rf"从{_N}([万亿]?[\u4e00-\u9fff]{{1,2}})?(?:增长|增加|提高|上升|增|减少|下降|降低|减)(?:到|至|为){_N}([万亿]?[\u4e00-\u9fff]{{1,2}})?，(?:同比|净)?(增长|提高|上升|增加|下降|减少|降低)(?:了)?{_N}(%|倍)")
_DOUBLED = re.compile(rf"[由从]{_N}(?:[万亿]?[\u4e00-\u9fff]{{1,2}})?(?:增长|增加|提高|增)?(?:到|至|为){_N}(?:[万亿]?[\u4e00-\u9fff]{{1,2}})?，[^，。]{{0,6}}翻了?(一|两|二|三)番")
_VERSUS = re.compile(rf"{_N}{_U}，(?:比|较)(?:上年|去年)(?:同期)?的?{_N}{_U}(增长|提高|增加|下降|减少)(?:了)?{_N}%")
_RATE = re.compile(rf"(?:目标|任务|计划)(?:数|为|任务)?{_N}{_U}，(?:实际|已|累计|全年)?(?:完成|实现|达到?){_N}{_U}，(?:完成率|完成(?:目标|任务|年度任务|全年任务|计划)?的?|占(?:目标|任务|计划)的?)(?:为|达)?{_N}%")
_RATE_OF = re.compile(rf"完成[^，。；\n\d]{{0,14}}{_N}{_U}，(?:占|为|完成)(?:全年|年度)?(?:目标|任务|计划)(?:任务)?数?{_N}{_U}的{_N}%")
_QUOTIENT = re.compile(rf"(?<![\d.]){_N}[/／]{_N}[^。；\n]{{0,12}}?(?:完成率|=|＝|占比){_N}%")
_GAP = re.compile(rf"(?:目标|任务|计划|要求)[^，。；\n\d]{{0,6}}{_N}{_U}，(?:实际|已|目前)?(?:完成|实现|达到?)(?:了)?{_N}{_U}，(?:尚|还)?(差|缺|超额(?:完成)?|超出?){_N}{_U}")
_SHARES = re.compile(r"(?:占比|比重)?分别(?:占|为|达)(?:到)?((?:\d+(?:\.\d+)?%[、和，]){1,9}\d+(?:\.\d+)?%)")
_MU = re.compile(r"(\d+(?:\.\d+)?)(万?)亩（(?:合|约|折合|约合)?(\d+(?:\.\d+)?)(万?)(平方米|平米|平方公里|公顷)）")
_OVER = re.compile(r"(?:覆盖率|合格率|满意率|到位率|普及率|入户率|参与率|占比)(?:达到?|为|达)?(\d{3,}(?:\.\d+)?)%")
_SCALE = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}


def _dec(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal(0)


def _split_unit(unit: str) -> tuple[Decimal, str]:
    return (_SCALE[unit[0]], unit[1:]) if unit and unit[0] in "万亿" else (Decimal(1), unit)


def _measure(number: str, unit: str) -> tuple[Decimal, str]:
    scale, base = _split_unit(unit)
    return _dec(number) * scale, base


def _parts(text: str, base: str) -> list[Decimal]:
    return [value for value, unit in (_measure(m[1], m[2]) for m in _PART.finditer(text)) if unit == base]


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _nested(text: str) -> bool:
    """A list of parts that has its own “其中” or rates counts some things twice."""
    return bool(re.search(r"其中|比上年|同比|新增|占|每|各|以上|余|多|约|近", text))


def _sums(view: View, emit: Emit) -> Iterator[Finding]:
    for match in view.around("（", _BRACKET, 12, 170):
        total, base = _measure(match[1], match[2])
        inner = match[3]
        partial = inner.startswith("其中")
        parts = _parts(inner.removeprefix("其中"), base)
        if len(parts) >= 2 and not _nested(inner.removeprefix("其中")):
            yield from _compare(view, emit, match.span(1), total, parts, partial)
    for anchor in ("其中", "分别", "包括"):
        for match in view.around(anchor, _COLON, 16, 170):
            total, base = _measure(match[1], match[2])
            parts = _parts(match[4], base)
            complete = match[3].startswith("分别") or _graded(match[4])
            if len(parts) >= 2 and not _nested(match[4]):
                yield from _compare(view, emit, match.span(1), total, parts, not complete)


def _graded(text: str) -> bool:
    """一等奖, 二等奖, 三等奖 together exhaust the prizes, unless there are others."""
    return "一等奖" in text and "三等奖" in text and not re.search(r"特等奖|优秀奖|等奖项|等奖励", text)


def _compare(view: View, emit: Emit, span: tuple[int, int], total: Decimal, parts: list[Decimal], partial: bool) -> Iterator[Finding]:
    summed = sum(parts, Decimal(0))
    if summed == total or partial and summed < total:
        return
    if view.in_chrome(span[0]) or abs(summed - total) < Decimal("0.05") * len(parts) and total != total.to_integral():
        return
    verb = "大于" if summed > total else "小于"
    yield emit(view, span, f"分项合计{_plain(summed)}{verb}总数{_plain(total)}", _plain(summed))


def _sum_after(view: View, emit: Emit) -> Iterator[Finding]:
    for anchor in ("，合计", "，共", "，总计", "，累计", "，一共"):
        for match in view.around(anchor, _BEFORE, 180, 30):
            number, unit = match[match.lastindex - 1], match[match.lastindex]  # type: ignore[operator]
            total, base = _measure(number, unit)
            listed = _PART.findall(match[1])
            parts = _parts(match[1], base)
            if len(parts) >= 2 and len(listed) == len(parts) and not _nested(match[1]):
                at = match.start(match.lastindex - 1)  # type: ignore[operator]
                if any(sum(parts[i:], Decimal(0)) == total for i in range(len(parts) - 1)):
                    continue
                yield from _compare(view, emit, (at, at + len(number)), total, parts, False)


def _rest(view: View, emit: Emit) -> Iterator[Finding]:
    """n of them done, 其余 m: together they are the total said before."""
    for match in view.around("其余", _REST, 50, 14):
        low = max(0, match.start() - 260)
        totals = [m for m in _TOTAL.finditer(view.norm, low, match.start()) if m[2] == match[2]]
        if match[1].isdigit() and match[3].isdigit() and totals and totals[-1][1].isdigit():
            parts = [_dec(match[1]), _dec(match[3])]
            yield from _compare(view, emit, totals[-1].span(1), _dec(totals[-1][1]), parts, False)
        elif totals:
            yield emit(view, match.span(), f"填数时，两部分之和须等于前文“共{totals[-1][0][1:].lstrip('计')}”", level="hint", related=(totals[-1].span(),))


_REST = re.compile(r"([xX×\d]+)([项个件家户名])[^。；\n]{2,40}，其余([xX×\d]+)\2")
_TOTAL = re.compile(r"共(?:计|有)?([xX×\d]+)([项个件家户名])")


def _equations(view: View, emit: Emit) -> Iterator[Finding]:
    for match in view.around("=", _EQUATION, 40, 12):
        left, right = match[0].split("=")
        summed = sum((_dec(p) for p in left.split("+")), Decimal(0))
        if summed != _dec(right):
            yield emit(view, match.span(), f"等式不成立：左边合计{_plain(summed)}", f"{left}={_plain(summed)}")


def _off(stated: Decimal, true: Decimal) -> bool:
    places = -int(stated.as_tuple().exponent) if isinstance(stated.as_tuple().exponent, int) else 0
    return abs(stated - true) > Decimal(1).scaleb(-places) * Decimal("0.6")


def _round_like(value: Decimal, stated: Decimal) -> str:
    return _plain(value.quantize(Decimal(1).scaleb(stated.as_tuple().exponent))) if stated.as_tuple().exponent else str(round(value))  # type: ignore[arg-type]


def _growth(view: View, emit: Emit) -> Iterator[Finding]:
    for anchor, regex in (("由", _GROWN), ("从", _GROWN_TO)):
        for match in view.around(anchor, regex, 1, 60):
            old, new = _measure(match[1], _scale_of(match[2], match[4])), _measure(match[3], _scale_of(match[4], match[4]))
            stated = _dec(match[6])
            if old[0] == 0:
                yield emit(view, match.span(6), "基期为0，不计算增速", f"新增{match[3]}{match[4] or ''}")
                continue
            change = abs(new[0] - old[0]) / old[0]
            true = change if match[7] == "倍" else change * 100
            if "%" not in (match[2] or "") and _off(stated, true):
                yield emit(view, (match.start(6), match.end(7)), f"按{match[1]}、{match[3]}计算应为{_round_like(true, stated)}{match[7]}", _round_like(true, stated) + match[7])
    for match in (m for anchor in ("上年", "去年") for m in view.around(anchor, _VERSUS, 18, 32)):
        (new, unit), (old, other) = _measure(match[1], match[2]), _measure(match[3], match[4])
        if unit == other and old:
            stated, true = _dec(match[6]), abs(new - old) / old * 100
            if _off(stated, true):
                yield emit(view, match.span(6), f"按{match[1]}、{match[3]}计算应为{_round_like(true, stated)}%", _round_like(true, stated) + "%")


_ADDED = re.compile(rf"{_N}{_U}，(?:比|较)(?:上年|去年)(?:同期|底|末)?(?:净增|增加|新增|增|多)(?:了)?{_N}{_U}，(?:同比)?增长{_N}%")


def _added(view: View, emit: Emit) -> Iterator[Finding]:
    """38家，比上年净增10家，增长35.7%: the base is what is left when the increase is taken away."""
    for match in (m for anchor in ("上年", "去年") for m in view.around(anchor, _ADDED, 18, 32)):
        (total, unit), (gain, other) = _measure(match[1], match[2]), _measure(match[3], match[4])
        if unit == other and total > gain:
            stated, true = _dec(match[5]), gain / (total - gain) * 100
            if _off(stated, true):
                right = _round_like(true, stated) + "%"
                yield emit(view, (match.start(5), match.end(5) + 1), f"总数{_plain(total)}、增加{_plain(gain)}，增速应为{right}", right)


def _scale_of(unit: str | None, other: str | None) -> str:
    return unit or other or ""


def _doubling(view: View, emit: Emit) -> Iterator[Finding]:
    for match in view.around("番", _DOUBLED, 44, 1):
        times = {"一": 2, "两": 4, "二": 4, "三": 8}[match[3]]
        old, new = _dec(match[1]), _dec(match[2])
        if old and not Decimal("0.9") <= new / old / times <= Decimal("1.1"):
            yield emit(view, match.span(3), f"由{match[1]}到{match[2]}是{_plain((new / old).quantize(Decimal('0.1')))}倍，“翻{match[3]}番”是{times}倍")


def _completion(view: View, emit: Emit) -> Iterator[Finding]:
    for regex, target, actual, rate in ((_RATE, 1, 3, 5), (_RATE_OF, 3, 1, 5)):
        for match in view.around("%", regex, 90, 1):
            (goal, unit), (done, other) = _measure(match[target], match[target + 1]), _measure(match[actual], match[actual + 1])
            if unit == other and goal:
                yield from _rated(view, emit, match, rate, done, goal)
    for anchor in ("/", "／"):
        for match in view.around(anchor, _QUOTIENT, 10, 40):
            if _dec(match[2]):
                yield from _rated(view, emit, match, 3, _dec(match[1]), _dec(match[2]))


def _rated(view: View, emit: Emit, match: re.Match[str], group: int, done: Decimal, goal: Decimal) -> Iterator[Finding]:
    stated, true = _dec(match[group]), done / goal * 100
    if _off(stated, true):
        right = _round_like(true, stated) + "%"
        span = (match.start(group), match.end(group) + 1)
        yield emit(view, span, f"按所写两数计算应为{right}", right)


def _gap(view: View, emit: Emit) -> Iterator[Finding]:
    for anchor in ("差", "缺", "超"):
        for match in view.around(anchor, _GAP, 70, 16):
            (goal, a), (done, b), (gap, c) = (_measure(match[i], match[i + 1]) for i in (1, 3, 6))
            if a == b == c:
                true = done - goal if match[5].startswith("超") else goal - done
                if true != gap:
                    yield emit(view, match.span(6), f"按目标{_plain(goal)}、实际{_plain(done)}计算应为{_plain(true)}", _plain(true))


def _shares(view: View, emit: Emit) -> Iterator[Finding]:
    for match in view.around("分别", _SHARES, 4, 80):
        total = sum((_dec(p) for p in re.findall(r"\d+(?:\.\d+)?", match[1])), Decimal(0))
        if "占" in match[0] and total > Decimal("100.5"):
            yield emit(view, match.span(1), f"占比合计{_plain(total)}%，超过100%")


def _areas(view: View, emit: Emit) -> Iterator[Finding]:
    per = {"平方米": Decimal("666.667"), "平米": Decimal("666.667"), "公顷": Decimal("0.0666667"), "平方公里": Decimal("0.000666667")}
    for match in view.around("亩（", _MU, 12, 24):
        area = _dec(match[1]) * _SCALE[match[2]] * per[match[5]] / _SCALE[match[4]]
        stated = _dec(match[3])
        if area and abs(stated - area) / area > Decimal("0.02"):
            right = _plain(area.quantize(Decimal("0.01")))
            yield emit(view, match.span(3), f"{match[1]}{match[2]}亩合{right}{match[4]}{match[5]}", right)


def _impossible_rate(view: View, emit: Emit) -> Iterator[Finding]:
    for match in view.around("率", _OVER, 4, 12):
        if _dec(match[1]) > 100:
            yield emit(view, match.span(1), "比率超过100%")


_DOUBLE_UNITS: tuple[tuple[re.Pattern[str], str, Callable[[Decimal, Decimal], bool], str], ...] = (
    (re.compile(r"(\d+)户[、，]?(\d+)人(?!次)"), "户", lambda a, b: b < a, "人数少于户数"),
    (re.compile(r"(\d+)[期场][、，]?(\d+)人次"), "人次", lambda a, b: b < a, "人次少于期（场）数"),
    (re.compile(r"(\d+)个乡镇[、，]?(\d+)个(?:行政)?村"), "乡镇", lambda a, b: b < a, "村数少于乡镇数"),
    (re.compile(r"申报[^，。；\n\d]{0,12}(\d+)项，(?:获批)?立项(\d+)项"), "立项", lambda a, b: b > a, "立项数多于申报数"),
)


def _pairs(view: View, emit: Emit) -> Iterator[Finding]:
    for regex, anchor, wrong, why in _DOUBLE_UNITS:
        for match in view.around(anchor, regex, 26, 16):
            if wrong(_dec(match[1]), _dec(match[2])):
                yield emit(view, match.span(2), why)


ARITHMETIC: tuple[Rule, ...] = (
    rule("E04", "sum_mismatch", "error", "总数与分项之和", BASIS, _sums, ["全年立项10项（省级5项、市级4项）。", "获奖9项，其中一等奖2项、二等奖3项、三等奖5项。", "新增企业5家，其中工业3家、农业4家。"], ["全年立项9项（省级5项、市级4项）。", "获奖20项，其中一等奖2项、二等奖3项。", "培训15期（省级2期、市级13期），800人次。"]),
    rule("E04b", "sum_mismatch", "error", "分项在前的合计", BASIS, _sum_after, ["组织申报省级项目5项，市级项目4项，共申报10项。"], ["组织申报省级项目5项，市级项目4项，共申报9项。", "发放资料300份，展板50块，共投入5万元。"]),
    rule("E04c", "sum_mismatch", "error", "“其余”与总数", BASIS, _rest, ["自查问题共计15项。班子的9项问题已整改销号，其余5项正在整改。", "问题共计×项。班子的×项问题已整改，其余×项正在整改。"], ["自查问题共计15项。班子的9项问题已整改销号，其余6项正在整改。"]),
    rule("N36", "sum_mismatch", "error", "等式", BASIS, _equations, ["3+4+5=13"], ["3+4+5=12"]),
    rule("N18", "rate_mismatch", "error", "增速与基数不符", BASIS, _growth, ["产值由2亿元增加到4亿元，增长2倍。", "由20家增加到25家，增长30%。", "由0家增加到3家，增长300%。", "实现126.4万元，比上年112.0万元增长15.2%。"], ["产值由2亿元增加到4亿元，增长1倍。", "由20家增加到25家，增长25%。", "实现126.4万元，比上年112.0万元增长12.9%。"]),
    rule("A06", "rate_mismatch", "error", "增量与增速不符", BASIS, _added, ["企业达到38家，比上年净增10家，增长36.7%。"], ["企业达到38家，比上年净增10家，增长35.7%。"]),
    rule("N20", "rate_mismatch", "error", "“翻番”与倍数不符", "翻一番为2倍，翻两番为4倍", _doubling, ["产量由2万吨增加到8万吨，翻了一番。"], ["产量由2万吨增加到8万吨，翻了两番。"]),
    rule("A01", "rate_mismatch", "error", "完成率与数不符", BASIS, _completion, ["目标53项，完成51项，完成率98.6%。", "完成投资8亿元，占年度任务10亿元的85%。", "101.16/102.4，完成率98.7%。"], ["目标50项，完成45项，完成率90%。", "完成投资8亿元，占年度任务10亿元的80%。"]),
    rule("A02", "sum_mismatch", "error", "目标、实际与差额", BASIS, _gap, ["任务30件，已完成26件，尚差5件。"], ["任务30件，已完成26件，尚差4件。"]),
    rule("A03", "sum_mismatch", "error", "占比合计超过100%", BASIS, _shares, ["三次产业分别占30%、45%、35%。"], ["三次产业分别占20%、45%、35%。"]),
    rule("N27", "rate_mismatch", "error", "亩的换算", "1亩＝666.67平方米", _areas, ["种植100亩（约67公顷）。"], ["种植100亩（约6.67公顷）。"]),
    rule("A04", "number_suspicious", "warning", "比率超过100%", BASIS, _impossible_rate, ["服务覆盖率达120%。"], ["服务覆盖率达100%。", "完成率达120%。"]),
    rule("A05", "number_suspicious", "warning", "成对数字不合常理", BASIS, _pairs, ["带动500户300人增收。", "申报项目12项，立项15项。"], ["带动300户900人增收。", "申报项目15项，立项12项。"]),
)
