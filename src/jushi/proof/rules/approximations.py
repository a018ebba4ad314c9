"""Approximation, growth and direction words (P13–P14, N17–N21, N25, N33, N37–N39)."""

from __future__ import annotations

import re
from decimal import Decimal

from jushi.proof.build import pattern
from jushi.proof.model import Rule
from jushi.proof.view import View

PUNCT = "GB/T 15834—2011、GB/T 15835—2011：概数词不叠用"
USAGE = "统计用语：国家统计局《统计用语规范》口径"
_NUM = r"(?:\d[\d.,]*|[xX×*]+|[一二三四五六七八九十百千万两]+)"
_UNIT = r"(?:万|亿|千|百)?(?:[人户家项亩元吨件个名场次册份斤只套台株公里平方米%％个百分点]){0,4}"
_ROUGH = r"(?:大约|约|近|将近|接近|超过|超|逾)"
_RISE, _FALL = "增长|提高|上升|增加|增至", "下降|减少|降低|回落|缩减"


def _same_direction(match: re.Match[str]) -> str:
    word = match[1]
    opposite = "下降" if word in _RISE.split("|") else "增长"
    return f"{opposite}{match[2]}"


def _too_exact(view: View, match: re.Match[str]) -> bool:
    digits = match[1].replace(".", "").replace(",", "")
    return len(digits.rstrip("0")) >= (4 if view.norm[match.start()] in "余近" else 5)


def _points(match: re.Match[str]) -> str:
    gap = abs(Decimal(match["to"]) - Decimal(match["of"]))
    return f"{match['verb']}{gap.normalize():f}个百分点"


APPROXIMATIONS: tuple[Rule, ...] = (
    pattern(
        "P13",
        "approx_double",
        "warning",
        "概数词不叠用",
        PUNCT,
        rf"{_ROUGH}\s?{_NUM}{_UNIT}(?:左右|上下|余|多(?!次|年|种|名|项|个))|{_ROUGH}(?:约|近)\s?{_NUM}",
        "概数词重复：“约、近、超”与“余、多、左右”只用一个",
        anchors=("约", "近", "超", "逾"),
        window=(2, 20),
        bad=["投入约500万元左右。", "收购药材约×余万元。", "发放近3000余份。"],
        good=["投入约500万元。", "收购药材×余万元。", "超额完成任务，惠及10余户。"],
        guard=lambda view, m: not re.search(r"[超近]额|附近|最近|靠近|临近", view.norm[max(0, m.start() - 1) : m.start() + 2]),
    ),
    pattern(
        "P14",
        "approx_double",
        "warning",
        "“至少”与“以上”不并用",
        PUNCT,
        rf"(?:至少|最少|不少于|不低于|超过|超|突破|大于)\s?{_NUM}{_UNIT}以上|(?:至多|最多|不超过|不高于|不多于|少于)\s?{_NUM}{_UNIT}(?:以下|以内)",
        "“至少、超过”与“以上”，“至多、不超过”与“以内”只用一个",
        anchors=("以上", "以下", "以内"),
        window=(20, 2),
        bad=["至少10万元以上。", "产值超5亿元以上。", "不超过3人以内。"],
        good=["至少10万元。", "产值5亿元以上。", "不超过3人。"],
    ),
    pattern(
        "P14b",
        "approx_double",
        "warning",
        "“左右”与“以上”不并用",
        PUNCT,
        r"左右以[上内下]|以[上内下]左右|[余多](?:人次|[个家名项人户份册亩吨场条]|万?元)(?:左右|以上|以下)",
        "概数词重复",
        anchors=("左右", "以上", "以下"),
        window=(6, 6),
        bad=["成交额达到6亿元左右以上。"],
        good=["成交额达到6亿元以上。"],
    ),
    pattern(
        "N17",
        "unit_wrong",
        "warning",
        "率的差用“百分点”",
        USAGE,
        r"由(?:上年|去年|年初|上年同期|去年同期)?的?(?P<of>\d+(?:\.\d+)?)%(?:提高|提升|上升|增加|下降|降低|增长|降|升|增)?[到至为]?(?P<to>\d+(?:\.\d+)?)%，(?P<verb>增长|提高|提升|上升|下降|增加|降低)(?:了)?\d+(?:\.\d+)?%",
        "百分率之差用“百分点”",
        fix=_points,
        bad=["占比由20%提高到25%，增长5%。", "优良率由48.3%提升至52.7%，提高4.4%。", "占比由去年的20%上升到25%，增长5%。"],
        good=["占比由20%提高到25%，提高5个百分点。"],
    ),
    pattern(
        "N17b",
        "unit_wrong",
        "warning",
        "占比变动用“百分点”",
        USAGE,
        r"(?:占比|比重|覆盖率|普及率|转化率|强度|完成率|合格率)[^，。；]{0,8}(?:\d+(?:\.\d+)?%)，(?:比|较)(?:上年|去年|上年同期|去年同期)(?:增长|提高|上升|下降|降低)(?:了)?(\d+(?:\.\d+)?)%",
        "率、占比的变动用“百分点”",
        group=1,
        anchors=("，比", "，较"),
        window=(24, 22),
        fix=r"\1个百分点",
        bad=["R&D占比2.1%，比上年提高0.3%。"],
        good=["R&D占比2.1%，比上年提高0.3个百分点。", "投资完成率95%，比上年提高5个百分点。"],
    ),
    pattern(
        "N19",
        "rate_mismatch",
        "warning",
        "减少不用“倍”",
        "GB/T 15835—2011",
        rf"(?:{_FALL}|缩短|压缩)(?:了|至|到)?\d+(?:\.\d+)?倍",
        "降低、减少不能用“倍”",
        bad=["成本降低2倍。"],
        good=["成本降低50%。", "产量增长2倍。"],
        anchors=("倍",),
        window=(18, 1),
    ),
    pattern(
        "N21",
        "contradiction",
        "error",
        "增降词与正负号",
        USAGE,
        rf"({_RISE}|{_FALL})(?:了|约)?\s?[-－−](\d+(?:\.\d+)?(?:%|个百分点)?)",
        "方向词与负号重复或相反",
        fix=_same_direction,
        bad=["销售收入增长-3.5%。", "同比下降-2%。"],
        good=["销售收入下降3.5%。", "同比增长2%。"],
        anchors=(
            "-",
            "－",
            "−",
        ),
        window=(6, 16),
    ),
    pattern(
        "N21b",
        "contradiction",
        "error",
        "增减相反",
        USAGE,
        r"(?:比|较)(?:上年|去年|上年同期|去年同期)(?:减少|下降|少)(?:了)?\d[\d.]*[万亿]?[\u4e00-\u9fff]{1,2}，(?:同比)?(?:增长|上升|提高)(?:了)?\d[\d.]*%",
        "同一数据既写减少又写增长",
        anchors=("减少", "下降", "年少"),
        window=(8, 24),
        bad=["登记成果41项，比上年减少5项，增长13.9%。"],
        good=["登记成果41项，比上年增加5项，增长13.9%。", "事故比上年减少5起，下降10%。"],
    ),
    pattern(
        "N25",
        "approx_double",
        "warning",
        "“预计”不重复",
        USAGE,
        r"预计[^，。；\n]{1,30}（预计）",
        "“预计”重复",
        bad=["预计实现产值3亿元（预计）。"],
        good=["预计实现产值3亿元。"],
    ),
    pattern(
        "N25b",
        "contradiction",
        "warning",
        "预计与已完成不并用",
        USAGE,
        r"(?:预计[^，。；\n]{0,8}(?:已完成|已实现|已达到?|完成了)|已(?:经)?预计)",
        "预计数不能写成已完成",
        bad=["全年预计已完成10亿元。"],
        good=["全年预计完成10亿元。"],
        anchors=("预计",),
        window=(3, 16),
    ),
    pattern(
        "N33",
        "unsupported",
        "hint",
        "不以笼统词代替统计数",
        USAGE,
        r"一大批|若干(?=[项个家名技])",
        "笼统数量，应有统计数",
        bad=["推广若干项技术。"],
        good=["推广技术7项。"],
        anchors=(
            "一大批",
            "若干",
        ),
        window=(0, 5),
    ),
    pattern(
        "E25",
        "unsupported",
        "hint",
        "无据的数不写",
        USAGE,
        r"(?:数|上)(?:百|千|十)(?:万元|人|家|户)",
        "笼统数额，应有统计数和依据",
        anchors=("数百", "数千", "数十", "上百", "上千"),
        window=(0, 5),
        bad=["企业参与消费数百万元。"],
        good=["企业参与消费320万元。"],
    ),
    pattern(
        "N37",
        "collocation",
        "warning",
        "超过100%写“超额”",
        USAGE,
        r"完成率(?:达|达到|为)?(1\d[1-9]|1[1-9]\d|[2-9]\d\d)(?:\.\d+)?%，(?!超额)(?:全面|圆满)?完成(?:了)?(?:目标|任务|年度)",
        "完成率超过100%，应写“超额完成”",
        bad=["完成率130%，完成任务。"],
        good=["超额完成任务，完成率130%。"],
    ),
    pattern(
        "N38",
        "approx_double",
        "warning",
        "概数词不与精确数连用",
        PUNCT,
        r"(?:余|近|将近|约)(\d[\d,]*(?:\.\d+)?)(?![\d%％年月日—～])",
        "精确数前后不用概数词",
        guard=_too_exact,
        anchors=("余", "近", "约"),
        window=(1, 12),
        fix=r"\1",
        bad=["余3247.6万元。", "救治近2851只。"],
        good=["共3247.6万元。", "救治2851只。", "近1.2万人次参加。"],
    ),
    pattern(
        "N39",
        "redundancy",
        "warning",
        "位次不重复",
        USAGE,
        r"第[1一](?:位|名)?，?(?:位居|居|列|名列)?(?:榜首|第一|首位|第1)",
        "位次重复表述",
        fix="第一",
        bad=["位居全市第1位第一。"],
        good=["位居全市第一。"],
    ),
)
