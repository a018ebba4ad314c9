"""Measure words and units: missing, not lawful, not fitting the thing counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

from jushi.proof.build import Emit, pattern, rule
from jushi.proof.model import Finding, Rule
from jushi.proof.view import View

MEASURES = "《现代汉语词典》第7版、法定计量单位"


_NOUNS = "贫困人口|贫困户|群众|农民|村民|居民|党员|干部|职工|农户|学生|师生|企业|专家|科技人员|技术人员"


# 赠送学生200册, 服务企业20次: what is counted is not the one who gets it.
_RECEIVED = re.compile(r"(?:赠送?|捐赠?|送|发放?|发给|给|为|向|帮助?|慰问|奖励|补贴|补助|服务|资助|支持|配备|涉及|用于)(?:[^，。；、]{0,4})$")


@lru_cache(maxsize=1)
def _measures() -> dict[str, tuple[frozenset[str], str]]:
    """Noun → (measure words that it never takes, the one it takes), from data/measures.tsv."""
    text = resources.files("jushi.proof").joinpath("data", "measures.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith(("#", "word"))]
    return {word: (frozenset(wrong.split()), right) for word, wrong, right in rows}


def _mismeasured(view: View, emit: Emit) -> Iterator[Finding]:
    """展板64家: a noun right before the number, and a measure word right after it that the noun never takes."""
    table, norm = _measures(), view.norm
    lasts, sizes = {noun[-1] for noun in table}, sorted({len(noun) for noun in table}, reverse=True)
    for claim in view.reading.claims:
        start, end = claim.start, claim.end
        if norm[start - 1 : start] not in lasts:
            continue
        for size in sizes:
            noun = norm[max(0, start - size) : start]
            if noun in table:
                break
        else:
            continue
        wrong, right = table[noun]
        stop = view.norm.find(claim.base_unit, end, end + 6) + len(claim.base_unit)
        if claim.base_unit not in wrong or view.norm[stop : stop + 1] not in tuple("，。；、）\n"):
            continue
        if not _RECEIVED.search(view.norm, max(0, start - len(noun) - 8), start - len(noun)):
            at = stop - len(claim.base_unit)
            yield emit(view, (at, stop), f"“{noun}”的量词宜用“{right}”", right)


UNITS: tuple[Rule, ...] = (
    rule(
        "N31c",
        "unit_wrong",
        "warning",
        "名词与量词不搭配",
        MEASURES,
        _mismeasured,
        ["展出展板64家。", "建成足球特色学校8件，处置不合格党员2件。"],
        ["展出展板64块。", "建成足球特色学校8所，捐赠学校200册，慰问党员12户。"],
    ),
    pattern(
        "N26",
        "unit_missing",
        "error",
        "缺量词或单位",
        MEASURES,
        rf"[\dxX×]+(?:余|多)(?=(?:{_NOUNS}))",
        "数字与名词之间缺量词",
        fix=r"\g<0>名",
        anchors=("余", "多"),
        window=(8, 6),
        bad=["带动20户60余贫困人口增收。"],
        good=["带动20户60余名贫困人口增收。", "服务60多家企业。"],
    ),
    pattern(
        "N26d",
        "unit_missing",
        "warning",
        "缺量词",
        MEASURES,
        r"(?<![\dxX×.年])(?:有|共|名|使|带动|培训|惠及|达|组织)(\d{2,7})(?=(?:农民|群众(?!热线)|村民|居民|学生|师生|贫困户|贫困人口|党员|老年人|儿童|农户))",
        "数字与名词之间缺量词",
        group=1,
        fix=lambda m: f"{m[1]}名",
        bad=["全市有211741农民参加合作医疗。"],
        good=["全市有211741名农民参加合作医疗。", "拨打12345群众热线。"],
        anchors=("农民", "群众", "村民", "居民", "学生", "师生", "贫困", "党员", "老年人", "儿童", "农户"),
        window=(12, 5),
    ),
    pattern(
        "N26b",
        "unit_missing",
        "error",
        "金额缺单位",
        MEASURES,
        r"(?:资金|投资|收入|产值|经费|交易额|销售额|增收)(?:达到?|为|共|约)?(\d{2,}(?:\.\d+)?万?)(?=[，。；、])",
        "金额缺单位",
        group=1,
        fix=lambda m: (m[1] + "元") if m[1].endswith("万") else (m[1] + "万元", m[1] + "元"),
        anchors=("资金", "投资", "收入", "产值", "经费", "额", "增收"),
        window=(3, 18),
        bad=["到位资金252023。", "人均增收136。", "到位资金675万；"],
        good=["到位资金2520万元。"],
    ),
    pattern(
        "N26c",
        "unit_missing",
        "warning",
        "数量缺单位",
        MEASURES,
        r"(?:专利(?:授权|申请|拥有)量|发明专利拥有量)(?:达到?|为|共)?(\d+(?:\.\d+)?)(?=[，。；、])"
        r"|(?:产量|面积|总产)(?:达到?|为|共|稳定在)?(\d+(?:\.\d+)?[万亿])(?=[，。；、]|以上|左右)",
        "数量缺单位",
        anchors=("拥有量", "授权量", "申请量", "产量", "面积", "总产"),
        window=(6, 20),
        bad=["每万人口发明专利拥有量5.8。", "粮食产量24.5万以上。"],
        good=["每万人口发明专利拥有量5.8件。", "粮食产量24.5万吨以上。"],
    ),
    pattern(
        "N28",
        "unit_wrong",
        "warning",
        "非法定单位",
        MEASURES,
        r"平米(?![业粉线])|公分(?![子])|(?<=[\d万xX×])斤",
        "公文用法定计量单位",
        fix=lambda m: {"平米": "平方米", "公分": "厘米", "斤": "千克"}[m[0]],
        anchors=("平米", "公分", "斤"),
        window=(2, 3),
        bad=["新建大棚500平米。"],
        good=["新建大棚500平方米。"],
    ),
    pattern(
        "N29",
        "unit_wrong",
        "warning",
        "单位符号大小写",
        MEASURES,
        r"(?<=\d)\s?(?:KM|Km|KG|Kg|CM|MM|M2|Kw|KW|kw|KWH|Kwh)(?![A-Za-z0-9])",
        "单位符号大小写有误",
        fix=lambda m: {"km": "km", "kg": "kg", "cm": "cm", "mm": "mm", "m2": "m²", "kw": "kW", "kwh": "kWh"}[m[0].strip().lower()],
        anchors=("KM", "Km", "KG", "Kg", "CM", "MM", "M2", "Kw", "KW", "kw"),
        window=(2, 5),
        bad=["修路12KM。"],
        good=["修路12km。"],
    ),
    pattern(
        "N31",
        "unit_wrong",
        "warning",
        "量词与名词不搭配",
        MEASURES,
        r"(?:发明专利|实用新型专利|外观设计专利|专利(?:申请|授权)?|实用新型|外观设计)(?:共|达|约)?[\dxX×]+(家|个|篇|名)",
        "专利的量词用“件”",
        group=1,
        fix="件",
        anchors=("专利", "实用新型", "外观设计"),
        window=(5, 14),
        bad=["申请专利5家。", "实用新型12个。", "外观设计6家。"],
        good=["申请专利5件。"],
    ),
    pattern(
        "N31b",
        "unit_wrong",
        "warning",
        "量词与名词不搭配",
        MEASURES,
        r"[\dxX×]+(项|件|次)(?=高新技术企业|科技型中小企业|规上企业|合作社)|(?:展板)[\dxX×]+(份|本|册)|(?:论文)[\dxX×]+(项|个)|(?:培训班|研讨会|座谈会|讲座|对接会|现场会)[\dxX×]+(位|家|名|个|件|项)(?=[，。；、\n])|[\dxX×]+(家|件)(?=科技特派员|专家|技术人员)",
        "量词与名词不搭配",
        anchors=(
            "高新技术企业",
            "科技型中小",
            "规上",
            "合作社",
            "展板",
            "论文",
            "培训班",
            "研讨会",
            "座谈会",
            "讲座",
            "对接会",
            "现场会",
            "科技特派员",
            "专家",
            "技术人员",
        ),
        window=(8, 10),
        bad=["培育5项高新技术企业。", "展出展板50份。", "举办培训班5位。"],
        good=["培育5家高新技术企业。", "展出展板50块。"],
    ),
    pattern(
        "N32",
        "unit_wrong",
        "hint",
        "“人”与“人次”",
        MEASURES,
        r"[\dxX×]+(?:余|多)?[人场]（次）",
        "“人（次）”应定为“人”或“人次”",
        fix=lambda m: (m[0][:-3] + "次", m[0][:-3]),
        anchors=("（次）",),
        window=(8, 4),
        bad=["培训750人（次）。"],
        good=["培训750人次。"],
    ),
)
