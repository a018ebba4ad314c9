"""Enumerations and their counts; separators in lists; measure words after counted things."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from jushi.proof.build import Emit, pattern, rule
from jushi.proof.lexicon import searched
from jushi.proof.model import Finding, Rule
from jushi.proof.rules.facts import stated_year
from jushi.proof.view import View, behind
from jushi.text.model import CountedList
from jushi.text.numerals import ordinal as number_of

BASIS = "统计数据质量要求：数字与列举相符"
MARKS = "GB/T 15834—2011《标点符号用法》"
searched("分别", "依次", "：一是")
_NOMINAL = re.compile(r"(?:化|推广|建设|开发|转化|示范|应用|研究|集成|提升|培育|改造|种植|养殖|加工)$")
_UNITS = "家|项|个|件|户|人次|人|名|亩|吨|篇|场|期|次|份|册|余本|余册|余份|本|套|块|幅|台|只|株|座|处|万元|亿元|元|余"
_TOKEN = re.compile(rf"(?<![\d.〔第（(-])(\d{{4,12}})(?={_UNITS})")
_WHOLE_OR_DECIMAL = re.compile(r"\d+(?:\.\d+)?")
_AMOUNT = re.compile(rf"[\dxX×*＊＿_]+(?:{_UNITS})")
_LISTED = re.compile(r"、([\u4e00-\u9fff]{2,4})(?=、|等)")
_MIXED = re.compile(r"[、，]([\u4e00-\u9fff]{2,4})(?=(，)[\u4e00-\u9fff]{2})")


def _listed_mismatch(view: View, emit: Emit) -> Iterator[Finding]:
    year = stated_year(view)
    for item in view.reading.lists:
        count = len(item.items)
        if view.in_chrome(item.start) or count < 2:
            continue
        summed = sum(bool(_AMOUNT.search(part)) for part in item.items) >= 2
        if item.verdict == "mismatch" and not summed and not (year and str(year[0]) in item.stated):
            yield _miscounted(emit, view, item, count)
        elif item.verdict == "unknown" and not item.open and not view.text[item.start : item.end].strip("xX×*＊＿_"):
            span = (item.start, item.end)
            if summed:
                message = f"填数时，总数须等于所列{count}个分项之和"
                yield emit(view, span, message, level="hint", kind="sum_mismatch")
            else:
                yield emit(view, span, f"占位处应填{count}：文中列举{count}{item.unit}", str(count), level="hint")


def _miscounted(emit: Emit, view: View, item: CountedList, count: int) -> Finding:
    """A number that is not the number of the things named; far more than are named may be a total over classes: ask."""
    stated = number_of(item.stated)
    classes = count <= 3 and stated >= count + 3
    relation = "多于" if count > stated else "少于"
    message = f"写明{item.stated}{item.unit}，实际列举{count}{item.unit}（列举数{relation}所写数）"
    return emit(view, (item.start, item.end), message, str(count), level="hint" if classes else None)


_AFTER_OPEN = re.compile(r"等[^，。；：、的\n\d二三四五六七八九十]{0,12}+(?:\d{1,3}|[二三四五六七八九十])[家个项名种件户]")
_OPEN = re.compile(
    r"((?:[^，。；：、\n“”（）]{1,24}、){1,12}[^，。；：、\n“”（）]{1,24}?)等[^，。；：、的\n]{0,12}?"
    r"(\d{1,3}|[二三四五六七八九十])([家个项名种件户])"
)


def _each(text: str, literal: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Matches of a pattern that begins with a literal, found from the literal: ten times as quick for rare literals."""
    at = text.find(literal)
    while at >= 0:
        match = pattern.match(text, at)
        if match:
            yield match
        at = text.find(literal, at + 1)


_SAID = (behind("分别", "(?<=[（，：]分别)[为是]"), behind("即", "(?<=[（，：]即)"), behind("依次", "(?<=[（，：]依次)[为是]"))


def _open_list(view: View, emit: Emit) -> Iterator[Finding]:
    """甲、乙、丙等2家: an open list may name fewer than its number, never more."""
    for after in _each(view.norm, "等", _AFTER_OPEN):
        # The list cannot begin before its clause; an earlier 等 (一等奖2项) is not the one.
        low = max(view.norm.rfind(mark, max(0, after.start() - 160), after.start()) for mark in "，。；：（）\n")
        match = _OPEN.search(view.norm, max(low + 1, after.start() - 160), after.end())
        if not match or match.end() != after.end():
            continue
        items = re.split("、|和|及", match[1])
        stated = int(match[2]) if match[2].isdigit() else number_of(match[2])
        if 0 < stated < len(items) and all(2 <= len(i) <= 24 for i in items[1:]):
            message = f"列举了{len(items)}{match[3]}，“等”后却写{match[2]}{match[3]}"
            yield emit(view, match.span(2), message, str(len(items)))


_NAMED = re.compile(
    r"(?<![\d.])(\d{1,2}|[两二三四五六七八九十])([家个项名种件])[^，。；：（）\n]{0,16}[（，：](?:分别(?:为|是)|即|依次(?:为|是))：?([^（）。；：\n]{4,240})"
)


def _named_list(view: View, emit: Emit) -> Iterator[Finding]:
    """3家（分别为甲、乙、丙、丁）: names said to be all of them."""
    for anchor in _SAID:
        for match in view.around(anchor, _NAMED, 24, 250):
            names = [n for n in re.split("、|和|及|以及", re.split("，", match[3])[0]) if n.strip()]
            stated = int(match[1]) if match[1].isdigit() else number_of(match[1])
            plain = all(2 <= len(n) <= 24 and not re.search(r"\d", n) for n in names)
            if view.norm[match.end() : match.end() + 1] == "（":
                # Names with notes in brackets: the list goes on behind them.
                continue
            if plain and len(names) >= 2 and "、" in match[3] and len(names) != stated and not match[3].rstrip("，").endswith("等"):
                if len(re.split("、", re.split("，", match[3])[0])) == stated:
                    continue
                yield emit(view, match.span(1), f"写明{match[1]}{match[2]}，实际列举{len(names)}{match[2]}", str(len(names)))


def _replaced_digits(view: View, emit: Emit) -> Iterator[Finding]:
    """A year string pasted into quantities by a global replacement, usually of “10”."""
    year = stated_year(view)
    if not year:
        return
    text = str(year[0])
    tokens = {m.start(1): m[1] for m in view.around(text, _TOKEN, 8, 10) if text in m[1]} | {
        claim.start: claim.value for claim in view.reading.claims if text in claim.value and _WHOLE_OR_DECIMAL.fullmatch(claim.value)
    }
    inside = [value for value in tokens.values() if value != text]
    stated = {i.start: len(i.items) for i in view.reading.lists if i.verdict == "mismatch"} | _sums_of_parts(view)
    alone = not inside and len(tokens) < 2
    for start, value in sorted(tokens.items()):
        if alone and start not in stated:
            message = f"数字恰是报告年份“{text}”，请核对是否误替换"
            yield emit(view, (start, start + len(value)), message, level="hint")
            continue
        listed = stated.get(start)
        guess = value.replace(text, "10", 1) if listed is None else str(listed)
        why = f"列举或分项合计{listed}" if listed else f"全文把“10”替换成了“{text}”"
        yield emit(view, (start, start + len(value)), f"数字里夹着报告年份“{text}”，疑被批量替换（{why}），原数可能是{guess}", guess)


def _sums_of_parts(view: View) -> dict[int, int]:
    """For each whole number that is divided (其中 …) into two or more other whole numbers: where it stands, and their sum."""
    parts: dict[int, list[Decimal]] = {}
    for claim in view.reading.claims:
        if claim.part_of is not None and claim.amount is not None:
            parts.setdefault(claim.part_of, []).append(claim.amount)
    claims = view.reading.claims
    return {claims[i].start: int(sum(found)) for i, found in parts.items() if len(found) > 1 and sum(found) != claims[i].amount}


def _short_list_mix(view: View, emit: Emit) -> Iterator[Finding]:
    """油茶、板栗，毛竹，香榧: words that the text elsewhere lists with 、 are parted by ，."""
    norm, known = view.norm, set(_LISTED.findall(view.norm))
    for match in _MIXED.finditer(norm) if known else ():
        if match[1] in known and not known.isdisjoint(norm[match.end() + 1 : match.end() + 1 + size] for size in (2, 3, 4)):
            yield emit(view, match.span(2), "并列词语之间应用顿号", "、")


def _long_list_mix(view: View, emit: Emit) -> Iterator[Finding]:
    norm, at = view.norm, view.norm.find("等")
    while at >= 0:
        start = max(0, at - 300)
        if norm.rfind("、", start, at) >= 0:
            for mark in "。；：\n":
                start = max(start, norm.rfind(mark, start, at) + 1)
            if norm.count("，", start, at) >= 2 and norm.count("、", start, at):
                yield from _mixed_marks(view, emit, start, at)
        at = norm.find("等", at + 1)


def _mixed_marks(view: View, emit: Emit, start: int, end: int) -> Iterator[Finding]:
    """The first mark of each kind, where four or more noun phrases in a row are parted by both kinds."""
    pieces, at = [], start
    for piece in re.split(r"([，、])", view.norm[start:end]):
        pieces.append((piece, at))
        at += len(piece)
    nominal = [len(p) >= 6 and bool(_NOMINAL.search(p)) for p, _ in pieces[::2]]
    marks = [pieces[i] for i in range(1, len(pieces), 2) if nominal[i // 2] and nominal[i // 2 + 1]]
    if sum(nominal) < 4 or {mark for mark, _ in marks} != {"，", "、"}:
        return
    for mark in "，、":
        place = next(s for m, s in marks if m == mark)
        yield emit(view, (place, place + 1), "同一并列列举里逗号、顿号混用，应统一")


_ASPECTS = re.compile(r"([两二三四五六七八九十])个?(?:方面|环节|重点|关口|关键)[^，。；：\n]{0,10}：(?=一是)")


def _aspects(view: View, emit: Emit) -> Iterator[Finding]:
    """抓好四方面工作：一是…三是…: what is announced against the items of the same sentence."""
    for match in view.around("：一是", _ASPECTS, 24, 4):
        end = view.norm.find("。", match.end())
        line = view.norm.find("\n", match.end())
        stop = min((e for e in (end, line) if e > 0), default=len(view.norm))
        count = 0
        while f"{_NUMERALS[count]}是" in view.norm[match.end() : stop] and count < 9:
            count += 1
        # Items that run on in sentences of their own are not counted here.
        if count > 1 and count != number_of(match[1]) and not re.match(r"[\s]*[一二三四五六七八九十]是", view.norm[stop + 1 : stop + 8]):
            yield emit(view, match.span(1), f"写明{match[1]}个方面，实际列举{count}项", _NUMERALS[count - 1])


_NUMERALS = "一二三四五六七八九十"


LISTS: tuple[Rule, ...] = (
    pattern(
        "P29h",
        "punct_list_mix",
        "hint",
        "并列处所用顿号",
        MARKS,
        r"(?:深入|走访)[\u4e00-\u9fff]{2,6}(，)[\u4e00-\u9fff]{2,8}(?:部门|单位|农户|企业|一线)(?:调研|考察|开展|走访)",
        "并列的处所之间用顿号",
        group=1,
        fix="、",
        bad=["通过深入企业，涉农部门调研，挖掘项目。"],
        good=["通过深入企业、涉农部门调研，挖掘项目。"],
        anchors=(
            "深入",
            "走访",
        ),
        window=(0, 30),
    ),
    rule(
        "E03",
        "count_mismatch",
        "error",
        "数字与列举不符",
        BASIS,
        _listed_mismatch,
        ["培育甲公司、乙公司、丙公司、丁公司3家企业。", "办好四件实事：一是修路，二是架桥，三是改水。"],
        ["引进丹参、黄芩、知母、荆芥药材新品种4个。", "引进丹参、黄芩、知母等药材新品种5个。"],
    ),
    rule(
        "E03c",
        "count_mismatch",
        "error",
        "“几方面”与列举数",
        BASIS,
        _aspects,
        ["重点抓好四方面工作：一是抓消费；二是抓外贸；三是抓招商。"],
        ["重点抓好三方面工作：一是抓消费；二是抓外贸；三是抓招商。", "抓好三个环节：一是抓宣传。二是抓培训。三是抓督查。"],
    ),
    rule(
        "E03b",
        "count_mismatch",
        "error",
        "“分别为”列举数",
        BASIS,
        _named_list,
        ["新建研究中心3家（分别为甲公司、乙公司、丙公司、丁公司）。"],
        ["新建研究中心3家（分别为甲公司、乙公司、丙公司）。", "获奖3项，分别为一等奖1项、二等奖2项。"],
    ),
    rule(
        "P25",
        "count_mismatch",
        "error",
        "“等n家”少于列举数",
        MARKS,
        _open_list,
        [
            "推荐甲公司、乙公司、丙公司等2家企业。",
            "获二等奖1项、三等奖2项。蔬菜、林果、中药材等2个产业联盟成立。",
            "引进丹参、黄芩、知母、荆芥等药材新品种3个。",
        ],
        ["推荐甲公司、乙公司等2家企业。", "推荐甲公司、乙公司等5家企业。", "为农业、工业、教育等领域的3家企业服务。"],
    ),
    rule(
        "R01",
        "numrep",
        "error",
        "数字被批量替换",
        "全文替换痕迹：数值含报告年份且超出同类量级",
        _replaced_digits,
        [
            "科技局2023年工作总结\n发放资料202300余份，到位资金252023万元，获奖2023项。\n",
            "教育局2023年工作总结\n完成年度计划的20233.2%，改造校舍202300平方米。\n",
        ],
        ["科技局2023年工作总结\n发放资料2300余份，2023年到位资金2520万元。\n"],
    ),
    rule(
        "P29",
        "punct_list_mix",
        "warning",
        "并列词语逗号顿号混用",
        MARKS,
        _short_list_mix,
        ["发展油茶、板栗、毛竹、香榧等林产，形成油茶、板栗，毛竹，香榧加工链。"],
        [
            "发展油茶、板栗、毛竹、香榧等林产，形成油茶、板栗、毛竹、香榧加工链。",
            "加强领导、协调，推进落实，取得成效。",
        ],
    ),
    rule(
        "P29b",
        "punct_list_mix",
        "warning",
        "长并列逗号顿号混用",
        MARKS,
        _long_list_mix,
        [
            "重点开展优质水稻新品种引种示范，杂交玉米高产栽培技术推广，茶叶深加工产品研究开发，油茶低产林改造、柑橘保鲜技术集成应用、食用菌菌种提纯复壮研究等项目。"
        ],
        ["重点开展优质水稻新品种引种示范、杂交玉米高产栽培技术推广、茶叶深加工产品研究开发、油茶低产林改造等项目。"],
    ),
    pattern(
        "P29c",
        "punct_list_mix",
        "hint",
        "并列数量逗号顿号混用",
        MARKS,
        r"\d*[xX×]?个(，)(?!其中|包括|分别|含)[\u4e00-\u9fff]{2,10}[\dxX×]+个、[\u4e00-\u9fff]{2,10}[\dxX×]+个",
        "并列的数量之间标点不一",
        group=1,
        fix="、",
        anchors=("个，",),
        window=(4, 40),
        test=r"(?=[\u4e00-\u9fff]{2,10}[\dxX×]+个、)",
        bad=["新建养殖场3个，加工项目2个、医院1个，形成集群。"],
        good=["新建养殖场3个、加工项目2个、医院1个，形成集群。"],
    ),
    pattern(
        "P29d",
        "punct_list_mix",
        "warning",
        "定语中并列用顿号",
        MARKS,
        r"克服[^，。、；\n]{2,8}(，)[^，。、；\n]{2,12}的(?:困难|影响|不利因素|问题)",
        "并列作定语，中间用顿号",
        group=1,
        fix="、",
        bad=["克服人员少，经费不足的困难。"],
        good=["克服人员少、经费不足的困难。"],
    ),
    pattern(
        "P29e",
        "punct_list_mix",
        "hint",
        "并列引语逗号顿号混用",
        MARKS,
        r"”(，)[^，。；、“”\n]{1,4}“[^”\n]{2,10}”(?=及|和|以及|、)",
        "并列的规定、名称之间用顿号",
        group=1,
        fix="、",
        anchors=("”，",),
        window=(1, 24),
        bad=["落实中央“八项规定”，省委“双十条”及市委有关规定。"],
        good=["落实中央“八项规定”、省委“双十条”及市委有关规定。"],
    ),
    pattern(
        "P29f",
        "punct_list_mix",
        "hint",
        "书名后并列逗号顿号混用",
        MARKS,
        r"》(?:第[一二三四五]卷)?(，)[^，。；、“”《》\n]{5,18}、[^，。；、\n]{4,20}、",
        "并列宾语之间用顿号",
        group=1,
        fix="、",
        bad=["学习了《条例》，先进典型事迹、应知应会知识要点、保密法等。"],
        good=["学习了《条例》、先进典型事迹、应知应会知识要点、保密法等。"],
    ),
    pattern(
        "P29g",
        "punct_wrong",
        "error",
        "括号前多标点",
        MARKS,
        r"([，、；])（(?![一二三四五六七八九十\d]{1,3}）)",
        "括注前不加标点",
        group=1,
        fix="",
        bad=["获二等奖3项，（由甲公司完成）。"],
        good=["获二等奖3项（由甲公司完成）。"],
        anchors=(
            "，（",
            "、（",
            "；（",
        ),
        window=(0, 8),
    ),
)
