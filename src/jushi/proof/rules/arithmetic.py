"""Arithmetic of the text: sums, shares, growth, multiples, target–actual–gap, digit strings replaced throughout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from jushi.proof.build import Emit, rule
from jushi.proof.lexicon import searched
from jushi.proof.model import Finding, Rule
from jushi.proof.rules.facts import stated_year
from jushi.proof.view import View, behind

BASIS = "统计数据质量要求：总数与分项、比率与基数相符"
NUMBER = r"(\d+(?:\.\d+)?)"
UNIT = (
    r"([万亿]?(?:元|家次|户次|批次|台次|家|项|个|件|户|人次|人|名|亩|公顷|平方米|吨|篇|场次|场|期|次|份|册|本|套|块|幅|台|只|株|座|处|"
    r"公里|所|起|条|宗|例|栋|幢|间|辆|支|头|羽|笔|门|节|课时|类|种|枚|具|盏|床|张|卷))"
)
# “截至11月底，”, “1—11月” between a target and what was done
AS_OF = r"(?:(?:截至|截止|到)[^，。；\n]{1,10}，?|\d{1,2}[—-]\d{1,2}月，?|我[县局区市])?"
_PART = re.compile(rf"{NUMBER}{UNIT}(?![\u4e00-\u9fff]{{0,2}}以上)")
_BRACKET = re.compile(rf"(?<![\d.])(?<!\d ){NUMBER}{UNIT}（(?!含|包括|不含|占|比|同比|增长|约|每|人均|其中\d*%)([^（）\n]{{4,160}})）")
_COLON = re.compile(rf"(?<![\d.])(?<!\d ){NUMBER}{UNIT}[，：](其中|分别(?:为|是)|包括)[：，]?([^。；\n（）]{{4,160}})")
_BEFORE = re.compile(
    rf"((?:[^，。；、：\n\d]{{1,24}}\d+(?:\.\d+)?{UNIT[1:-1]}[，、和及]?){{2,12}})(?:，)?(?:合计|共计|总计|累计|一共|共)[^，。；：\n\d]{{0,12}}{NUMBER}{UNIT}"
)
_MASKED_PART = re.compile(
    r"[xX×*＊○□_]+(?:\.[xX×]+)?[余多]?[万亿]?(?:元|[家项个件户人名亩篇场期次份所起条节])|(?<=[\u4e00-\u9fff]) +(?:[万亿]?元|[家项个件名])"
)
_EQUATION = re.compile(r"(?<![\d.+])\d+(?:\.\d+)?(?:\+\d+(?:\.\d+)?)+=\d+(?:\.\d+)?")
_GAP = re.compile(
    rf"(?:目标|任务|计划|要求|应)[^，。；\n\d]{{0,8}}{NUMBER}{UNIT}，{AS_OF}(?:实际|已|目前)?(?:完成|实现|达到?|建成|认定|选派)(?:了)?{NUMBER}{UNIT}，(?:尚|还)?(差|缺|超额(?:完成)?|超出?){NUMBER}{UNIT}"
)
searched("其中", "分别", "包括", "，合计", "，共", "，总计", "，累计", "，一共", "其余")
searched("，其余", "，正在", "，尚有", "，仍有", "，剩余", "，还有", "，尚余", "，未")
SCALE = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}


def dec(text: str) -> Decimal:
    """The number; zero where the text is none."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal(0)


def _split_unit(unit: str) -> tuple[Decimal, str]:
    return (SCALE[unit[0]], unit[1:]) if unit and unit[0] in "万亿" else (Decimal(1), unit)


def measure(number: str, unit: str) -> tuple[Decimal, str]:
    """(value in the base unit, base unit): 3, 万元 → 30000, 元."""
    scale, base = _split_unit(unit)
    return dec(number) * scale, base


def _masked(text: str) -> bool:
    """Some of the parts are masked: what is left of them need not be the whole."""
    return _MASKED_PART.search(text) is not None


def _parts(text: str, base: str) -> list[Decimal]:
    return [value for value, unit in (measure(m[1], m[2]) for m in _PART.finditer(text)) if unit == base]


def plain(value: Decimal) -> str:
    """The number without exponent or trailing zeros."""
    return f"{value.normalize():f}"


_STAGE = re.compile(r"(?:目前|现)?(?:已|获批|通过|立项|完成|验收|下达|结题|尚|还有|正在)")


def _leading(text: str, base: str) -> str:
    """The items at the head of a list that carry an amount in the unit asked for; what follows is another clause."""
    end = 0
    for piece in re.finditer(r"[^，、]+[，、]?", text):
        if not any(measure(m[1], m[2])[1] == base for m in _PART.finditer(piece[0])):
            break
        if end and _STAGE.match(piece[0]):
            # 国家级3项，省级6项，已下达7项: what became of them, not another part.
            break
        if "、" in text[:end] and text[end - 1] == "，" and "等奖" not in piece[0]:
            # One list has one separator: 国家级2个、省级5个，已立项9个 goes on to something else.
            break
        end = piece.end()
    return text[:end]


def _nested(text: str) -> bool:
    """A list of parts that has its own “其中” or rates counts some things twice."""
    return bool(
        re.search(
            r"其中|双重|重复|比上年|同比|新增|占|每|各|以上|余|(?<!较)多|(?<![签预节合履])约|(?<![附最靠])近|超过|突破|最高|最低|平均|不足|低于|高于|累计",
            text,
        )
    )


_FILLED = behind("（", r"(?<=[家项个件户次人名亩元吨篇场期份册本套块幅台只株座处里所起条宗例栋幢间辆支头羽笔顷米]（)(?=[^（）\n]{4,160}）)")
_TOTAL_BEFORE = re.compile(rf"(?<![\d.]){NUMBER}{UNIT}（\Z")


def _totals_before_brackets(view: View) -> Iterator[re.Match[str]]:
    """9项（…）: only brackets that follow a unit are looked at."""
    for opened in _FILLED.finditer(view.norm):
        total = _TOTAL_BEFORE.search(view.norm, max(0, opened.start() - 12), opened.end())
        match = _BRACKET.match(view.norm, total.start(), opened.end() + 170) if total else None
        if match:
            yield match


def _sums(view: View, emit: Emit) -> Iterator[Finding]:
    for match in _totals_before_brackets(view):
        total, base = measure(match[1], match[2])
        inner = match[3]
        partial = inner.startswith("其中") or _masked(inner)
        parts = _parts(inner.removeprefix("其中"), base)
        if len(parts) >= 2 and not _nested(inner.removeprefix("其中")):
            yield from _compare(view, emit, match.span(), total, parts, partial)
    for match, total, listed, parts in view.shared("divided totals", _divided):
        complete = (match[3].startswith("分别") or _graded(listed)) and not _masked(match[4])
        span = _said(match, listed)
        yield from _compare(view, emit, span, total, parts, not complete)
        yield from _pair_before(view, emit, span, listed, len(parts), not complete)


def _divided(view: View) -> list[tuple[re.Match[str], Decimal, str, list[Decimal]]]:
    """30项，其中甲类12项、乙类11项: (match, total, the list, its parts), two parts or more; rough totals are left out."""
    found = []
    for anchor in _DIVIDED:
        for match in view.around(anchor, _COLON, 16, 170):
            total, base = measure(match[1], match[2])
            listed = _leading(match[4], base)
            parts = _parts(listed, base)
            rough = _ROUGH.search(view.norm, max(0, match.start() - 4), match.start())
            if len(parts) >= 2 and not rough and not _nested(listed):
                found.append((match, total, listed, parts))
    return found


def _said(match: re.Match[str], listed: str) -> tuple[int, int]:
    """The span of a total with its list."""
    return match.start(1), match.start(4) + len(listed.rstrip("，、"))


_DIVIDED = tuple(behind(word, f"(?<=[，：]{word})") for word in ("其中", "分别", "包括"))
_OTHER_TOTAL = re.compile(rf"(?<![\d.]){NUMBER}{UNIT}$")


def _pair_before(view: View, emit: Emit, span: tuple[int, int], listed: str, count: int, partial: bool) -> Iterator[Finding]:
    """4216户6873人，其中…: the total written before this one has parts of its own."""
    other = _OTHER_TOTAL.search(view.norm, max(0, span[0] - 14), span[0])
    if other:
        total, base = measure(other[1], other[2])
        parts = _parts(listed, base)
        if len(parts) == count:
            yield from _compare(view, emit, (other.start(), span[1]), total, parts, partial)


_ROUGH = re.compile(r"(?:超过|超|突破|(?<![附最靠])近|(?<![签预节合履])约|不少于|不低于|每|各|均)[有为达补给奖]?$")


def _graded(text: str) -> bool:
    """一等奖, 二等奖, 三等奖 together exhaust the prizes, unless there are others."""
    return "一等奖" in text and "三等奖" in text and not re.search(r"特等奖|优秀奖|等奖项|等奖励", text)


def _compare(view: View, emit: Emit, span: tuple[int, int], total: Decimal, parts: list[Decimal], partial: bool) -> Iterator[Finding]:
    """A total against its parts. Which of the numbers is wrong nobody can tell: the span is the whole, nothing is suggested."""
    summed = sum(parts, Decimal(0))
    if summed == total or partial and summed < total:
        return
    if view.in_chrome(span[0]) or abs(summed - total) < Decimal("0.05") * len(parts) and total != total.to_integral():
        return
    verb = "大于" if summed > total else "小于"
    yield emit(view, span, f"分项合计{plain(summed)}{verb}总数{plain(total)}")


def _nearly(view: View, emit: Emit) -> Iterator[Finding]:
    """Parts that fall short of their total by a little: 其中 need not name all parts, so this is only asked."""
    for match, total, listed, parts in view.shared("divided totals", _divided):
        short = total - sum(parts, Decimal(0))
        if 0 < short <= total / 10 and match[3] == "其中" and not _graded(listed):
            yield emit(
                view, _said(match, listed), f"所列分项合计{plain(sum(parts, Decimal(0)))}，比总数{plain(total)}少{plain(short)}：若已列全，应核对"
            )


_LAST = _BEFORE.groups
_SUMMED = tuple(behind(word, r"(?=[^，。；：\n\d]{0,12}\d)") for word in ("，合计", "，共", "，总计", "，累计", "，一共"))


def _sum_after(view: View, emit: Emit) -> Iterator[Finding]:
    for anchor in _SUMMED:
        for match in view.around(anchor, _BEFORE, 180, 30, "。；：\n"):
            number, unit = match[_LAST - 1], match[_LAST]
            total, base = measure(number, unit)
            listed = _PART.findall(match[1])
            parts = _parts(match[1], base)
            apart = "分别" in match[0][len(match[1]) :] or _masked(view.norm[max(0, match.start() - 24) : match.end()])
            if len(parts) >= 2 and len(listed) == len(parts) and not apart and not _nested(match[1]) and not _has_year(view, match[1]):
                if any(sum(parts[i:], Decimal(0)) == total for i in range(len(parts) - 1)):
                    continue
                yield from _compare(view, emit, match.span(), total, parts, False)


def _has_year(view: View, listed: str) -> bool:
    """A part that is the year of the report was pasted in (R01); its sum says nothing."""
    year = stated_year(view)
    return year is not None and re.search(rf"(?<!\d){year[0]}(?!\d)", listed) is not None


_SETTLED = r"整改|办结|完成|化解|办理|解决|销号|答复|处置|处理|验收|竣工|消除|落实|签约|拨付|结案|回复|兑付|修复|清退|发放|成功|见底|调处"
_DONE = re.compile(
    r"(?<![\d.])(\d+)([条项个件家户名起处宗例座所栋笔])[\u4e00-\u9fff]{0,8}，(?:其中)?(?:已[^，。；\d]{1,8}|(?:现已|目前已?|累计|全部)?"
    rf"(?:{_SETTLED})(?:销号|到位|完毕)?(?:了)?)(\d+)\2，(?:正在|其余|尚有|仍有|剩余|还有|尚余|未)[^，。；\d]{{0,8}}(\d+)\2(?![^。；\d]{{0,10}}\d+\2)"
)


def _done_and_doing(view: View, emit: Emit) -> Iterator[Finding]:
    """15条，已整改12条，正在整改4条; 隐患27处，整改26处，尚有2处."""
    for anchor in ("，正在", "，尚有", "，仍有", "，剩余", "，还有", "，尚余", "，未"):
        for match in view.around(anchor, _DONE, 40, 20):
            yield from _compare(view, emit, match.span(), dec(match[1]), [dec(match[3]), dec(match[4])], False)


def _rest(view: View, emit: Emit) -> Iterator[Finding]:
    """n of them done, 其余 m: together they are the total said before."""
    for match in view.around("其余", _REST, 50, 14):
        low = max(0, match.start() - 260)
        totals = [m for m in _TOTAL.finditer(view.norm, low, match.start()) if m[2] == match[2]]
        if match[1].isdigit() and match[3].isdigit() and totals and totals[-1][1].isdigit():
            parts = [dec(match[1]), dec(match[3])]
            yield from _compare(view, emit, (totals[-1].start(), match.end()), dec(totals[-1][1]), parts, False)
        elif totals:
            yield emit(
                view,
                match.span(),
                f"填数时，两部分之和须等于前文“共{totals[-1][0][1:].lstrip('计')}”",
                level="hint",
                related=(totals[-1].span(),),
            )


_REST_OF = re.compile(r"(?<![\d.])(\d+)([项个件家户名条起])，[^，。；\n\d]{0,8}(\d+)\2，其余(?:的)?(\d+)\2")


def _rest_of(view: View, emit: Emit) -> Iterator[Finding]:
    """23条，整改20条，其余3条: within one sentence, without 共."""
    for match in view.around("，其余", _REST_OF, 40, 12):
        yield from _compare(view, emit, match.span(), dec(match[1]), [dec(match[3]), dec(match[4])], False)


_REST = re.compile(r"([xX×\d]+)([项个件家户名])[^。；\n]{2,40}，其余([xX×\d]+)\2")
_TOTAL = re.compile(r"共(?:计|有)?([xX×\d]+)([项个件家户名])")


def _equations(view: View, emit: Emit) -> Iterator[Finding]:
    for match in view.around("=", _EQUATION, 40, 12):
        left, right = match[0].split("=")
        summed = sum((dec(p) for p in left.split("+")), Decimal(0))
        if summed != dec(right):
            yield emit(view, match.span(), f"等式不成立：左边合计{plain(summed)}", f"{left}={plain(summed)}")


def _gap(view: View, emit: Emit) -> Iterator[Finding]:
    for anchor in ("差", "缺", "超"):
        for match in view.around(anchor, _GAP, 70, 16):
            (goal, a), (done, b), (gap, c) = (measure(match[i], match[i + 1]) for i in (1, 3, 6))
            if a == b == c:
                true = done - goal if match[5].startswith("超") else goal - done
                if true != gap:
                    yield emit(
                        view,
                        match.span(6),
                        f"按目标{plain(goal)}、实际{plain(done)}计算应为{plain(true)}",
                        plain(true),
                    )


ARITHMETIC: tuple[Rule, ...] = (
    rule(
        "E04d",
        "sum_mismatch",
        "error",
        "已办与在办之和",
        BASIS,
        _done_and_doing,
        ["查摆问题15条，已整改12条，正在整改4条。", "全县52座水库，已除险加固37座，尚有17座带病运行。", "排查隐患27处，整改26处，尚有2处正在整改。"],
        ["查摆问题15条，已整改12条，正在整改3条。", "新建水渠10处，维修水渠3处，尚有2处在建。"],
    ),
    rule(
        "E04",
        "sum_mismatch",
        "error",
        "总数与分项之和",
        BASIS,
        _sums,
        [
            "全年立项10项（省级5项、市级4项）。",
            "获奖9项，其中一等奖2项、二等奖3项、三等奖5项。",
            "新增企业5家，其中工业3家、农业4家。",
            "现有各类学校186所，其中小学58所、初中132所。",
            "现有低保对象4216户6873人，其中城市1102户1854人、农村3214户5019人。",
        ],
        [
            "全年立项9项（省级5项、市级4项）。",
            "获奖20项，其中一等奖2项、二等奖3项。",
            "上报15个，其中省级7个、市级8个，已立项9个。",
            "申报18项，其中国家级3项，省级6项，市级9项，已下达7项。",
            "培训15期（省级2期、市级13期），800人次。",
        ],
    ),
    rule(
        "E04f",
        "sum_mismatch",
        "hint",
        "分项之和略少于总数",
        BASIS,
        _nearly,
        ["投入3600万元，其中市级1200万元、区级1500万元、街道800万元。"],
        ["投入3600万元，其中市级1200万元、区级1500万元、街道900万元。", "获奖20项，其中一等奖2项、二等奖3项。"],
    ),
    rule(
        "E04b",
        "sum_mismatch",
        "error",
        "分项在前的合计",
        BASIS,
        _sum_after,
        ["组织申报省级项目5项，市级项目4项，共申报10项。"],
        [
            "组织申报省级项目5项，市级项目4项，共申报9项。",
            "新增合作社8家、农场6家，累计分别达120家和97家。",
            "发放资料300份，展板50块，共投入5万元。",
        ],
    ),
    rule(
        "E04c",
        "sum_mismatch",
        "error",
        "“其余”与总数",
        BASIS,
        _rest,
        [
            "自查问题共计15项。班子的9项问题已整改销号，其余5项正在整改。",
            "问题共计×项。班子的×项问题已整改，其余×项正在整改。",
        ],
        ["自查问题共计15项。班子的9项问题已整改销号，其余6项正在整改。"],
    ),
    rule(
        "E04e",
        "sum_mismatch",
        "error",
        "“其余”与前数",
        BASIS,
        _rest_of,
        ["征求意见23条，已整改20条，其余4条正在整改。"],
        ["征求意见23条，已整改20条，其余3条正在整改。"],
    ),
    rule(
        "N36",
        "sum_mismatch",
        "error",
        "等式",
        BASIS,
        _equations,
        ["3+4+5=13"],
        ["3+4+5=12"],
    ),
    rule(
        "A02",
        "sum_mismatch",
        "error",
        "目标、实际与差额",
        BASIS,
        _gap,
        ["任务30件，已完成26件，尚差5件。", "目标任务20家，截至11月底已完成16家，尚差5家。"],
        ["任务30件，已完成26件，尚差4件。"],
    ),
)
