"""Numerals, GB/T 15835—2011 (N01–N05, N11–N16, N30–N35): how numbers are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jushi.proof.build import Emit, pattern, rule
from jushi.proof.model import Finding, Rule
from jushi.proof.view import View
from jushi.text.numerals import parse

STANDARD = "GB/T 15835—2011《出版物上数字用法》"
CHINESE_DIGITS = "一二三四五六七八九"
_COUNTED = "人次|人|户|亩|家|项|份|册|本|元|万元|件|场|名|个|公里|根|株|头|只|座|处|台|条(?!例|款)|块|张|吨|所|间|支|床"


def whole(word: str) -> int | None:
    """The whole number that a numeral says; None where it says none."""
    value = parse(word)
    return None if value is None else int(value)


def _arabic(match: re.Match[str]) -> str | None:
    value = whole(match[1])
    return None if value is None else match[0].replace(match[1], str(value), 1)


def _expand(match: re.Match[str]) -> str:
    return match[1] + {"千": "000", "百": "00", "十": "0"}[match[2]]


def _neighbours(view: View, match: re.Match[str]) -> bool:
    return int(match[2]) == int(match[1]) + 1 and view.norm[match.start() - 1 : match.start()] not in tuple("0123456789.第图表、")


def short_year(view: View, match: re.Match[str]) -> bool:
    """Two digits that stand for a year, not for a number of years."""
    before = view.norm[max(0, match.start() - 4) : match.start()]
    if match[1] is None:
        return 10 <= int(match[2]) <= 40
    return 10 <= int(match[1]) <= 40 and not re.search(r"[\d.〇]$|[第近用经过满共达约续历超隔到至去前后]$|[历连]时$|连续$", before)


def _grouping(view: View, emit: Emit) -> Iterator[Finding]:
    grouped = re.search(r"\d{1,3}(?:,\d{3})+", view.norm) if "," in view.norm else None
    plain = re.search(r"(?<![\d.,年])[1-9]\d{4,}(?![\d,年号])", view.norm) if grouped else None
    if grouped and plain:
        yield emit(
            view,
            grouped.span(),
            f"分节方式不一致：“{grouped[0]}”分节而“{plain[0]}”不分节",
            grouped[0].replace(",", ""),
            related=(plain.span(),),
        )


_PLACES = re.compile(r"\d+(\.\d+)?%")


def _decimals(view: View, emit: Emit) -> Iterator[Finding]:
    for match in re.finditer(r"分别(?:增长|提高|下降|为|达到?)(\d+(?:\.\d+)?%(?:[、和]\d+(?:\.\d+)?%)+)", view.norm):
        places = {len((m[1] or ".")[1:]) for m in _PLACES.finditer(match[1])}
        if len(places) > 1:
            yield emit(view, match.span(1), "并列百分数的小数位数不一")


def _repeat_percent(match: re.Match[str]) -> str:
    return f"{match[1]}{match[4]}{match[2]}{match[3]}{match[4]}"


def _rising(view: View, match: re.Match[str]) -> bool:
    return float(match[1]) < float(match[3])


_WORDED = re.compile(rf"(?<![\d{CHINESE_DIGITS}十百千万数几])([{CHINESE_DIGITS}两][千百])(?=余?(?:{_COUNTED}))")
_DIGITED = re.compile(rf"\d{{1,3}}[千百](?=余?(?:{_COUNTED}))")


def _mixed_styles(view: View, emit: Emit) -> Iterator[Finding]:
    """两千余人 here and 3千余人 there."""
    worded = next((m for a in ("千", "百") for m in view.around(a, _WORDED, 2, 5)), None)
    digited = next((m for a in ("千", "百") for m in view.around(a, _DIGITED, 4, 5)), None)
    if worded and digited:
        message = f"体例不一：“{worded[0]}”用汉字，“{digited[0]}”用数字"
        yield emit(view, worded.span(), message, str(whole(worded[1])), related=(digited.span(),))


NUMERALS: tuple[Rule, ...] = (
    pattern(
        "N01b",
        "numeral_style",
        "hint",
        "统计数用阿拉伯数字",
        STANDARD,
        r"(?<![\u4e00-\u9fff])[一二三四五六七八九]万[余多]?元|(?<=[达为入金资])[一二三四五六七八九]万[余多]元",
        "计量、统计数字用阿拉伯数字",
        anchors=("万余元", "万多元", "万元"),
        window=(2, 4),
        test="(?<=[一二三四五六七八九]万元)|(?<=[一二三四五六七八九]万[余多]元)",
        bad=["共投入三万多元修复水渠。"],
        good=["共投入3万多元修复水渠。", "投入几万元。"],
    ),
    rule(
        "N02",
        "numeral_style",
        "warning",
        "局部体例一致",
        STANDARD,
        _mixed_styles,
        ["培训两千余人，走访3千余户。"],
        ["培训2000余人，走访3000余户。"],
    ),
    pattern(
        "N01",
        "numeral_style",
        "warning",
        "统计数用阿拉伯数字",
        STANDARD,
        rf"(?<![{CHINESE_DIGITS}十百千万几数第\d])([{CHINESE_DIGITS}][百千万](?:零?[{CHINESE_DIGITS}][千百十]?){{1,4}})(?:余|多)?(?:{_COUNTED})",
        "计量、统计数字用阿拉伯数字",
        fix=_arabic,
        anchors=("百", "千", "万"),
        window=(4, 10),
        test=rf"(?<=[{CHINESE_DIGITS}].)",
        bad=["培训六百五十人次。", "参与群众二万六千人次，走访一千二百户。"],
        good=["培训650人次。", "知识问答一百一十题。", "数百名群众参加。", "第一百二十条。"],
    ),
    pattern(
        "N01c",
        "numeral_style",
        "hint",
        "统计数用阿拉伯数字",
        STANDARD,
        rf"(?<![{CHINESE_DIGITS}十百千万几数第“\d])([{CHINESE_DIGITS}]十[{CHINESE_DIGITS}])(?:{_COUNTED})(?=[，。；、])",
        "计量、统计数字用阿拉伯数字",
        fix=_arabic,
        anchors=("十",),
        window=(2, 5),
        bad=["新增规上企业三十五家。"],
        good=["新增规上企业35家。", "第二十三届运动会。"],
    ),
    pattern(
        "N01d",
        "numeral_style",
        "warning",
        "“二个”作“两个”",
        "《现代汉语词典》第7版：一般量词前用“两”",
        r"(?<![一三四五六七八九十百千万零〇\d第星期初老之周礼“第])(二)(?=[个家项件户台座场所])(?!个月|个?百|项式)",
        "量词前用“两”，统计数用“2”",
        group=1,
        fix="两",
        anchors=("二个", "二家", "二项", "二件", "二户", "二台", "二座", "二场", "二所"),
        window=(1, 3),
        bad=["新增市级重点专科二个，建成二家示范园。"],
        good=["新增市级重点专科两个，第二个项目开工。", "一二个月内完成。"],
    ),
    pattern(
        "N03",
        "numeral_style",
        "warning",
        "数字不与“千百十”连写",
        STANDARD,
        r"(?<![\d.])(\d{1,3})(千|百|十)(?=余|多|[人户亩元册份家项名个件株棵盆头只羽](?!瓦))",
        "阿拉伯数字不与“千、百、十”连写",
        fix=_expand,
        anchors=("千", "百", "十"),
        window=(4, 3),
        bad=["发放资料3千余份，种植5百亩。"],
        good=["发放资料3000余份，输送电力3千瓦时。"],
    ),
    pattern(
        "N04",
        "numeral_style",
        "warning",
        "邻数概数用汉字",
        STANDARD,
        r"([1-8])、([2-9])(?=[个家项天年次名人户场件倍](?!月底|度|级))",
        "相邻两数表示概数用汉字，中间不加顿号",
        guard=_neighbours,
        fix=lambda m: CHINESE_DIGITS[int(m[1]) - 1] + CHINESE_DIGITS[int(m[2]) - 1],
        bad=["用3、4个月完成。"],
        good=["用三四个月完成。", "第1、2项任务完成。"],
        anchors=(
            "1、",
            "2、",
            "3、",
            "4、",
            "5、",
            "6、",
            "7、",
            "8、",
        ),
        window=(0, 8),
    ),
    pattern(
        "N05",
        "numeral_style",
        "warning",
        "“几”不与数字连写",
        STANDARD,
        r"\d+几(?=[个家名项人次户天年场件])|几\d+(?=[个家名项])",
        "带“几”的概数用汉字",
        fix=lambda m: {"10几": "十几", "20几": "二十几", "30几": "三十几"}.get(m[0]),
        anchors=("几",),
        window=(3, 4),
        bad=["走访10几家企业。"],
        good=["走访十几家企业。"],
    ),
    pattern(
        "N11",
        "numeral_style",
        "warning",
        "不用“百万、千万”作单位",
        STANDARD,
        r"(?<![\d.])(\d+(?:\.\d+)?)(十万|百万|千万|百亿|千亿)(?=元|人|亩|株|吨)",
        "数字与“百万、千万”不连写，以万、亿为单位",
        anchors=("十万", "百万", "千万", "百亿", "千亿"),
        window=(8, 4),
        fix=lambda m: _scaled(m[1], m[2]),
        bad=["投入300百万元。"],
        good=["投入3亿元。", "投入数百万元。"],
    ),
    pattern(
        "N11b",
        "numeral_style",
        "hint",
        "多零大数改用万、亿",
        STANDARD,
        r"(?<![\d.,])[1-9]\d*0000(?=元|人|亩|株|份)",
        "五位以上尾数多零，宜用“万”“亿”作单位",
        anchors=("0000",),
        window=(9, 6),
        fix=lambda m: m[0][:-4] + "万",
        bad=["投入50000000元。"],
        good=["投入5000万元。"],
    ),
    pattern(
        "N12",
        "numeral_style",
        "warning",
        "范围的前一数不省“万、亿、%”",
        STANDARD,
        r"(?<![\d.—～])(\d+(?:\.\d+)?)([～~])(\d+(?:\.\d+)?)([%％万亿])",
        "范围的前一数不能省略“万、亿、%”",
        guard=_rising,
        fix=_repeat_percent,
        anchors=("～", "~"),
        window=(8, 9),
        bad=["增长15～30%。"],
        good=["增长15%～30%。", "3～5年"],
    ),
    rule(
        "N13",
        "numeral_style",
        "hint",
        "分节方式一致",
        STANDARD,
        _grouping,
        ["产量12,345吨，销售23456吨。"],
        ["产量12345吨，销售23456吨。"],
    ),
    pattern(
        "N14",
        "numeral_style",
        "warning",
        "纯小数写前导零",
        STANDARD,
        r"[.．](?<=[\u4e00-\u9fff].)\d+(?=%|[万亿个倍])",
        "纯小数须写小数点前的0",
        anchors=(".", "．"),
        window=(0, 16),
        test=r"(?<=[\u4e00-\u9fff].)(?=\d)",
        fix=r"0\g<0>",
        bad=["增长.5%。"],
        good=["增长0.5%。"],
    ),
    rule(
        "N15",
        "numeral_style",
        "hint",
        "并列百分数小数位一致",
        STANDARD,
        _decimals,
        ["分别增长3.2%、4.15%。"],
        ["分别增长3.20%、4.15%。"],
    ),
    pattern(
        "N16",
        "numeral_style",
        "hint",
        "百分比用%",
        STANDARD,
        rf"百分之([{CHINESE_DIGITS}十\d.]+)(?![{CHINESE_DIGITS}十百])",
        "百分比用“%”",
        fix=lambda m: f"{m[1] if m[1][0].isdigit() else whole(m[1])}%",
        bad=["增长百分之五。"],
        good=["增长5%。", "百分之百完成。"],
    ),
    pattern(
        "N30",
        "numeral_style",
        "warning",
        "万、亿不跨级混写",
        STANDARD,
        r"\d+(?:\.\d+)?亿\d+(?:\.\d+)?万(?=元|[人亩吨])",
        "亿与万不混写",
        fix=lambda m: _merged(m[0]),
        anchors=("亿",),
        window=(8, 10),
        test=r"(?<=\d亿)(?=\d)",
        bad=["投资3.5亿5600万元。"],
        good=["投资4.06亿元。"],
    ),
    pattern(
        "N34",
        "numeral_style",
        "hint",
        "比例用比号",
        STANDARD,
        r"(?<!\d)\d{1,4}：\d{1,6}(?![\d：])",
        "比例用比号“∶”",
        fix=lambda m: m[0].replace("：", "∶"),
        anchors=("：",),
        window=(4, 7),
        test=r"(?<=\d：)(?=\d)",
        guard=lambda view, m: view.text[m.start() : m.end()] == m[0] and not re.fullmatch(r"\d{1,2}：\d{2}", m[0]),
        bad=["绘制1：500地形图。"],
        good=["绘制1∶500地形图。", "9:30开会。"],
    ),
    pattern(
        "N35",
        "numeral_style",
        "warning",
        "零下不再加负号",
        STANDARD,
        r"零下[-－−]\d+",
        "“零下”与负号重复",
        fix=lambda m: "零下" + m[0][3:],
        bad=["最低零下-5℃。"],
        good=["最低-5℃。"],
    ),
)


def _scaled(number: str, unit: str) -> str | None:
    factor = {"十万": 10**5, "百万": 10**6, "千万": 10**7, "百亿": 10**10, "千亿": 10**11}[unit]
    value = float(number) * factor
    return f"{value / 1e8:g}亿" if value >= 1e8 else f"{value / 1e4:g}万"


def _merged(text: str) -> str:
    above, below = re.findall(r"\d+(?:\.\d+)?", text)
    return f"{float(above) + float(below) / 10_000:g}亿"
