"""Masks: placeholders left in, glyphs mixed, values deleted, real names that a masked text still shows."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from jushi.proof.build import Emit, pattern, rule
from jushi.proof.lexicon import read_table, searched
from jushi.proof.model import Finding, Level, Rule
from jushi.proof.view import View
from jushi.text.places import lookup

searched("人员", "考察", "投资", "调研", "务工", "公司")
BASIS = "《党政机关公文处理工作条例》（2012）第十九条：内容真实、准确"
PRIVACY = "《中华人民共和国个人信息保护法》（2021）"
_GLYPH = {
    "X": "Ｘ大写",
    "x": "x小写",
    "×": "×",
    "*": "*",
    "＊": "*",
    "＿": "＿",
    "_": "＿",
    "◇": "◇",
    "○": "○",
    "某": "某",
}
_PLACE = re.compile(
    r"(?:在|到|赴|深入|帮扶的|承担|配合|所辖|包扶的|联合|支持|依托|参与|与|和|、|对|的|至|驻|于|向|由|区|县|乡|镇)"
    r"((?!各|全|本|我|该|多|两|几|乡|驻|进|到|农|山|贫|示|美|每|个|行|联|包|某|村|城|街|小|社|居|中|下|上|新农|新型|老旧|重点|特色|传统|古|自然|帮扶|一|三|千|和谐|智慧|平安|文明|所在|所|有|在|是)"
    r"[\u4e00-\u9fff]{1,3}(?:村|镇(?!村)|乡(?!村)|街道办?|社区|小区)|[\u4e00-\u9fff]{3,5}(?:小区|花苑|家属楼)(?=、|居民|\d|[xX×]))"
)
_NOT_PLACE = re.compile(
    r"乡镇|村镇|城镇|农村|进村|入村|驻村|帮村|集镇|建制镇|城乡|下乡|返乡|回乡|家乡|故乡|异乡|进社区|入社区|各社区|贫困村|示范村|行政村|自然村|中心村|空心村|脱贫村|联系村|帮扶村|重点村|美丽乡|振兴乡|服务乡|促进乡|推进乡|推动乡|村社区|实施乡|挂点|挂包|挂钩|定点村|结对|园社区|学社区|机关社区|企业社区|市社区"
)


def _placeholder(view: View, emit: Emit) -> Iterator[Finding]:
    for mask in view.masks:
        yield emit(view, mask.span(), f"占位符“{mask[0]}”未替换")


def _glyph_mix(view: View, emit: Emit) -> Iterator[Finding]:
    masks = [m for m in view.masks if m[0][0] in _GLYPH and not view.in_chrome(m.start())]
    used = Counter(m[0][0] for m in masks)
    if len(used) < 2:
        return
    first = masks[0][0][0]
    second = next(m for m in masks if m[0][0] != first)
    if second[0][0].lower() == first.lower():
        level: Level | None = "hint"
    else:
        level = None
    yield emit(view, second.span(), f"占位符混用：前文用“{first}”，此处起用“{second[0][0]}”", first, level=level)
    for _, group in groupby((m for m in masks if m[0][0] != first), key=lambda m: bisect_right(view.paragraphs, (m.start(), len(view.text)))):
        others = list(group)
        if others[0].start() > second.start():
            span = (others[0].start(), others[-1].end())
            yield emit(view, span, f"占位符混用：全文先用“{first}”，本段用“{others[0][0][0]}”", level="hint")


def _year_mix(view: View, emit: Emit) -> Iterator[Finding]:
    """A masked year where the same year is printed elsewhere in the title or the lead."""
    printed = re.search(r"(?:19|20)\d{2}年", view.norm[: view.body_start + 300])
    if not printed:
        return
    for mask in view.masks:
        if view.norm.startswith("年", mask.end()) and not view.norm.startswith(("年度", "年底"), mask.end()):
            span = (mask.start(), mask.end() + 1)
            if mask.start() > printed.start():
                yield emit(view, span, f"年份在前文已写明“{printed[0]}”，此处却脱敏", printed[0], related=(printed.span(),))
                return


def _leak_place(view: View, emit: Emit) -> Iterator[Finding]:
    if not any(re.match(r"[县区市省州乡镇村旗]|行政村", view.text[m.end() : m.end() + 3]) for m in view.masks):
        return
    seen: set[str] = set()
    for match in _PLACE.finditer(view.norm):
        name = match[1]
        if name not in seen and not _NOT_PLACE.search(match[0]) and not re.search("政府|党委|[和及与]", name):
            seen.add(name)
            yield emit(view, match.span(1), f"文稿已脱敏，此处仍出现地名“{name}”")


def _leak_area(view: View, emit: Emit) -> Iterator[Finding]:
    """Areas of the national table in a text that masks its own: by full name, or short right behind a mask (xx县东山创业园)."""
    masks = [m for m in view.masks if view.text[m.end() : m.end() + 1] in ("县", "市", "区", "州", "旗")]
    if len(masks) < 2:
        return
    seen: set[str] = set()
    spans = [(n.start, n.end) for n in view.reading.names if n.type == "place"]
    spans += [(m.end() + 1, m.end() + 3) for m in masks if _is_area(view.text[m.end() + 1 : m.end() + 3])]
    for start, end in sorted(spans):
        name = view.text[start:end]
        if name not in seen and not re.search(r"[xX×*某]", name):
            seen.add(name)
            yield emit(view, (start, end), f"文稿已把本地地名脱敏，此处仍出现地名“{name}”，请核对是否漏改")


def _is_area(short: str) -> bool:
    return len(short) == 2 and any(lookup(short + last) for last in "县市区")


_ORDINARY = frozenset("乡县市区省村镇京华我岗校城国家访信电院此到了过往程回点队厂企局园港沪外境内本该各贵现原农民工及等新来")
_ABBREVIATED = re.compile(r"[返来赴]([\u4e00-\u9fff])(?=人员|考察|投资|调研|务工)")


def _leak_short_name(view: View, emit: Emit) -> Iterator[Finding]:
    """The one-character short name of a masked county: 返某人员, 来某考察."""
    if not view.masked:
        return
    short = {m[1] for a in ("人员", "考察", "投资", "调研", "务工") for m in view.around(a, _ABBREVIATED, 3, 3)} - _ORDINARY
    for char in sorted(short):
        for match in re.finditer(rf"{char}(?:(?<=[返来赴].)(?=人员|考察|投资|调研|务工)|(?<=[\u4e00-\u9fff].)(?=两地))", view.norm):
            yield emit(view, match.span(), f"文稿已脱敏，此处仍用本地简称“{char}”")


def _provinces(view: View) -> list[tuple[int, int, str]]:
    """Provinces named in the text, in order."""
    return view.shared("provinces", lambda v: sorted((s, e, entry.word) for s, e, entry in v.hits.get("provinces", ())))


def _leak_province(view: View, emit: Emit) -> Iterator[Finding]:
    """A province named in the very sentence that masks its province."""
    masked = [m.end() for m in view.masks if view.text[m.end() : m.end() + 1] == "省"]
    for start, end, name in _provinces(view) if masked else ():
        low, high = view.sentence(start)
        near = bisect_right(masked, low - 1)
        if near < len(masked) and masked[near] <= high:
            yield emit(view, (start, end), f"同句已把省名脱敏，此处仍出现“{name}”", level="error")


def _one_mask_in_sentence(view: View, emit: Emit) -> Iterator[Finding]:
    """A province is masked although the same sentence names it."""
    named = _provinces(view)
    for mask in view.masks if named else ():
        if view.text[mask.end() : mask.end() + 1] != "省":
            continue
        low, high = view.sentence(mask.start())
        at = bisect_right(named, (low - 1, len(view.text), ""))
        if at < len(named) and named[at][0] < high:
            name = named[at][2]
            yield emit(view, (mask.start(), mask.end() + 1), f"省名在此脱敏，同句又写明“{name}”", name + "省")


def _identity(view: View, emit: Emit) -> Iterator[Finding]:
    for match in re.finditer(r"[1-9]\d{16}[\dXx]", view.text):
        digits = [10 if c in "Xx" else int(c) for c in match[0]]
        said = re.search(r"身份证|身份号码", view.text[max(0, match.start() - 12) : match.start()])
        if said or sum(d * w for d, w in zip(digits, _WEIGHTS, strict=True)) % 11 == 1:
            yield emit(view, match.span(), "出现公民身份号码，应脱敏", match[0][:6] + "********" + match[0][-4:])


_WEIGHTS = tuple(2 ** (17 - i) % 11 for i in range(18))


_MASKED_FIRM = re.compile(r"[xX×*]{1,4}(?:[\u4e00-\u9fff]{0,4})?公司")


def _masked_firms(view: View, emit: Emit) -> Iterator[Finding]:
    """A list of recommended firms without their names; said once."""
    for match in view.around("公司", _MASKED_FIRM, 12, 2):
        if re.search(r"推荐|申报|认定|获|入库", view.norm[max(0, match.start() - 60) : match.start()]):
            yield emit(view, match.span(), "推荐、申报、认定的单位应写公章全称")
            return


_PROVINCE = read_table("provinces")[0].word  # for the examples: no real place is named in code

_WORD_BEFORE = re.compile(r"[\u4e00-\u9fff](?<!\d[万亿])$")  # in 823.57亿 元 the value is there

MASKS: tuple[Rule, ...] = (
    rule(
        "E21",
        "placeholder",
        "hint",
        "单位写全称",
        BASIS,
        _masked_firms,
        ["推荐xx有限公司申报高新技术企业。"],
        ["推荐青禾农业有限公司申报高新技术企业。"],
    ),
    rule(
        "E18",
        "placeholder",
        "error",
        "占位符未替换",
        BASIS,
        _placeholder,
        ["新增企业xx家。", "争取资金×万元。", "X县科技局", "开展活动**次。"],
        ["新增KN95口罩生产线1条。", "R&D经费增长。", "引进XRD设备。", "面积3×5米。"],
    ),
    rule(
        "M02",
        "placeholder_glyph_mix",
        "warning",
        "占位符混用",
        BASIS,
        _glyph_mix,
        ["新增企业X家，投入×万元。"],
        ["新增企业X家，投入X万元。"],
    ),
    rule(
        "M03",
        "placeholder_inconsistent",
        "warning",
        "年份一处写明一处脱敏",
        BASIS,
        _year_mix,
        ["2020年工作总结\n2020年，我局积极工作。X年实施项目5个。"],
        ["2020年工作总结\n2020年，我局积极工作。全年实施项目5个。"],
    ),
    rule(
        "M04",
        "placeholder_inconsistent",
        "warning",
        "省名一处脱敏一处写明",
        BASIS,
        _one_mask_in_sentence,
        [f"参加第3届XX省机器人大赛（{_PROVINCE}赛区）。"],
        ["参加第3届XX省机器人大赛。"],
    ),
    rule(
        "M05",
        "leak_name",
        "hint",
        "脱敏文稿漏改地名",
        BASIS,
        _leak_place,
        ["xx县科技局总结。我局帮扶的柳树沟村实施项目xx个。"],
        ["我局帮扶的柳树沟村实施项目5个。"],
    ),
    pattern(
        "M05d",
        "leak_name",
        "hint",
        "脱敏文稿漏改园区名",
        BASIS,
        r"(?<=[xX×*])(?![省市县区镇乡村州旗个家项]|高新|经济|科技|现代|农业|工业|产业|省级|国家|市级|县级|区级|中心|实验|第[一二三]|循环|特色)([\u4e00-\u9fff]{2,3})(?:(?:工业|产业|科技|创业)园|开发区|水库|风景区|街道)",
        "文稿已脱敏，此处仍出现地名“{0}”",
        group=1,
        anchors=("园", "开发区", "水库", "风景区", "街道"),
        window=(8, 5),
        guard=lambda view, m: view.masked,
        bad=["推动xx市产业平台建设，建成xx东岭工业园研发基地。"],
        good=["建成xx高新开发区，完成xx市现代产业园规划。"],
    ),
    rule(
        "M05c",
        "leak_name",
        "hint",
        "脱敏文稿漏改行政区",
        PRIVACY,
        _leak_area,
        [f"xx县科技局总结。xx县组团赴{_PROVINCE}考察。"],
        ["xx县科技局总结。xx县组团赴外省考察。"],
    ),
    rule(
        "M05b",
        "leak_name",
        "hint",
        "脱敏文稿漏改简称",
        BASIS,
        _leak_short_name,
        ["xx县科技局对返岚人员逐户排查，xx家企业复工。"],
        ["xx县科技局对返乡人员逐户排查，xx家企业复工。"],
    ),
    rule(
        "M06",
        "leak_name",
        "error",
        "脱敏文稿漏改省名",
        BASIS,
        _leak_province,
        [f"参加第3届XX省机器人大赛（{_PROVINCE}赛区）。"],
        ["参加第3届XX省机器人大赛。", f"参加{_PROVINCE}省机器人大赛。"],
    ),
    rule(
        "E19",
        "leak_name",
        "error",
        "身份号码泄露",
        PRIVACY,
        _identity,
        ["户主身份证号11010519491231002X。"],
        ["合同编号110105194912310021。"],
    ),
    pattern(
        "E19b",
        "leak_name",
        "warning",
        "手机号码泄露",
        PRIVACY,
        r"(?<!\d)1[3-9]\d{9}(?!\d)",
        "出现手机号码，公开前应脱敏",
        fix=lambda m: m[0][:3] + "****" + m[0][-4:],
        anchors=("电话", "手机", "联系"),
        window=(0, 24),
        bad=["户主张三，联系电话13912345678。"],
        good=["热线电话12396。"],
    ),
    pattern(
        "M07",
        "blank_value",
        "error",
        "单位前缺数",
        BASIS,
        r" {1,4}(?=(?:万元|亿元|元|万亩|家|项|户|人次|名|亩|篇)[，。；、])|(?:资金|收入|产值|投资|经费)(?:约|共|达)?(?=(?:万元|亿元)[，。；、])",
        "单位前缺数值",
        guard=lambda view, m: m[0][0] != " " or bool(_WORD_BEFORE.search(view.norm, max(0, m.start() - 2), m.start())),
        anchors=(" ", "资金", "收入", "产值", "投资", "经费"),
        window=(1, 10),
        bad=["为该村解决路灯 元，捐赠图书。", "争取资金万元，完成建设。"],
        good=["为该村解决路灯5000元，捐赠图书。"],
    ),
    pattern(
        "M07b",
        "unsupported",
        "hint",
        "指标无数",
        "统计数据质量要求：完成情况应有数",
        r"(?:[一两二三四五六七八九十\d]+项)?[\u4e00-\u9fff]{0,6}指标(?:均|都|全部|可|能|已)?(?:可|能|已)?(?:超额)?完成[^，。；\d]{0,16}任务(?=[。；，])",
        "只说指标完成，没有数",
        anchors=("指标",),
        window=(12, 30),
        bad=["两项经济社会发展指标可完成市上下达的任务。"],
        good=["专利申请指标完成195件，占任务的98%。"],
    ),
    pattern(
        "M08",
        "garbled",
        "error",
        "脱敏误伤普通词",
        BASIS,
        r"(?:人民共|示|高)(?:[xX×*]{1,3})(?:县区?|国|技术企业)|(?:(?<![\u4e00-\u9fff])|(?<=[评为的家新])|(?<=认定)|(?<=培育))[xX×]{1,2}技术企业",
        "脱敏替换误伤了普通词",
        anchors=tuple(head + mask for head in "共示高" for mask in "xX×*") + ("x技术企业", "X技术企业", "×技术企业"),
        window=(4, 10),
        bad=["中华人民共XX国", "创建示xx县。", "获评x技术企业3家。", "入驻高XX县区。"],
        good=["中华人民共和国", "创建示范县。", "新增高新技术企业x家。"],
    ),
    pattern(
        "M09",
        "placeholder",
        "error",
        "年份脱敏残缺",
        BASIS,
        r"(?:19|20)\d?[xX*×]{1,2}年|-20[xX]{2}年|202[xX]年|201\*年",
        "年份未写全",
        anchors=("X年", "x年", "*年", "×年"),
        window=(6, 2),
        bad=["20xx年工作总结", "201*年"],
        good=["2015年工作总结"],
    ),
    pattern(
        "M10",
        "garbled",
        "error",
        "删除脱敏后的残句",
        BASIS,
        r"(?:按照|围绕|坚持)[.．]+(?=总要求)|以主席新时代|(?:(?<=[，。；])|^|\n)并?对年(?=全|我|各|度)|(?<=[\u4e00-\u9fff])项目?入选备选",
        "疑为脱敏删除后的残句",
        bad=["按照.总要求抓落实。"],
        good=["按照总要求抓落实。"],
        anchors=("总要求", "主席新时代", "对年", "入选备选"),
        window=(6, 6),
    ),
)
