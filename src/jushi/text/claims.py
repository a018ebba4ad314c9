"""From quantities to claims: what is counted, how it is qualified, and of what it is a part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from jushi.text.model import Claim
from jushi.text.numerals import is_masked, parse
from jushi.text.quantities import Quantity

_SENTENCE_END = re.compile(r"[。；！？\n][。；！？\n]*[”’）》」]*[ \n]*")
_MODIFIER = re.compile(
    r"其中|其余|同比|环比|同口径|比上年|比去年|较上年|较去年|预计|预期|计划(?!项目|内|类|单列|任务|申报|专项)|力争|争取|确保|目标(?!任务)|累计|合计|共计|总计|总共|共有|共|"
    r"全年|上半年|下半年|今年以来|今年|截至目前|截止目前|截至今年|截至|截止|目前|现已|已经|已|达到|到达|可达|达|超过|超额|超|突破|接近|近(?<![就附最邻亲]近)(?!年|几年|[一二三四五]年)|大约|约占|约(?<![签节合制公]约)|"
    r"不少于|不低于|不超过|至少|至多|新增|净增|人均|亩均|户均|平均|分别|各(?!类|级|种|地|项|界|方|个|乡|县|镇|单位|部门|成员|自)|"
    r"每(?:季度|万人口?|万名|年|月|周|天|日|人|户|亩|村|家|名|个|次|场|期)|占|全县|全市|全区|全省|全局|价值|仅|首批|年均|日均"
)
# What a sentence says of its time at its head holds for all its figures.
_SCOPE = re.compile(r"今年以来|今年|全年|上半年|截至目前|截止目前|截至[^，。]{1,8}底|目前|预计|[0-9xX×*]{1,4}年度?|1[-—~～至][0-9]{1,2}月份?")
_DURING = re.compile(rf"{_SCOPE.pattern}|[^，。；]{{2,8}}期间(?=，)")
_HEAD = 36  # characters of a sentence that can be its head
_TIME = re.compile("[年月目预截期]")  # one of these is in whatever says something of the time
_SCALES = frozenset("万亿")
_NOTHING = frozenset("，。；、：\n")  # before these a figure stands alone
_PRESENT = re.compile(r"已|目前|现有|完成了")
_AFTER = re.compile(r"及?以上|以下|以内|左右|不等|（预计）|多|余")
_CLAUSE = re.compile(r"[，；：（）。！？\n]")
_LEADS = (
    "其中|其余|并且|并|同时|还|又|也|今年以来|今年|去年|全年|上半年|下半年|本年度|年内|截至目前|截止目前|截至|截止|目前|现已"
    "|现有|已经|已|先后|共计|合计|累计|总计|总共|共有|共|"
    "预计|力争|争取|确保|分别是|分别为|分别|我局|我县|我市|我区|全县|全市|全区|全省|全局|各|约|近|有|一是|二是|三是|四是|五是|六是|七是|八是|九是"
)
_LEAD = re.compile(rf"(?:[ 、]|{_LEADS}|[0-9xX×*]{{1,4}}年度?|1[—\-][0-9]{{1,2}}月份?)+")
# With what a lead can begin: few clauses do, and a look at one character is cheaper than a match.
_LEAD_STARTS = frozenset(word[0] for word in _LEADS.split("|")) | frozenset(" 、0123456789xX×*")
_TRAILS = (
    r"共有|共计|合计|累计|总计|共|达到了|达到|达|到达|可达|已达|约为|约|近|超过|超|突破|增长到|增加到|提高到|增至|降至|提高|增长|下降|减少|增加|分别|为|是|有|各|仅|了|的|约占|不少于|不低于|至少|已|人数达|接近|"
    r"价值|从|由|金额|预计|均"
)
# Written twice, once before the repetition: the engine then skips to characters with which a word can begin.
_TRAIL = re.compile(f"(?:{_TRAILS})(?:{_TRAILS})*$")
_TRAIL_ENDS = frozenset("有计共达了到为约近过超破至降高长少加别是各仅的占于低已值从由额均")
_NOUN_AFTER = re.compile(r"(?:及?以上|以下|以内|左右)?(?:的)?([一-鿿xX×“”]{1,24})")
_GROWTH = re.compile(r"(?:(?:增长|增加(?!值)|下降|减少|提高|降低|上升|递增|回落|提升|增)(?![至到])|增幅|增速|翻)[^，。；至到]{0,8}$")
_MONEY = re.compile(r"资金|投资|收入|产值|经费|金额|交易额|销售额|成交额|贷款|税收|利润|成本|奖励|补助|补贴|支出|投入|支持|税|额$|到位")
_GRADE = re.compile(r"[一二三特优][等秀]?奖")
_VERB_AFTER = re.compile(
    r"提高|提升|增长|增至|增加|降至|下降|压缩|减少|入选|成功|通过|提供|实施|用于|高于|低于|占|为|是|比|较|超|达|同比|落实|到位|位居|居|列|稳居|带动|实现|参加|获|被|年以|在|对|进行|开展|并|已|的"
)
_GROWN = "同比|环比|同口径|比上年|比去年|较上年|较去年|增速|增幅|增长|下降|提高|年均"
_BARE_GROWTH = re.compile(f"(?:{_GROWN})[^，]{{0,12}}$")
_GROWN_STARTS = frozenset(word[0] for word in _GROWN.split("|"))
_APPLY = re.compile(r"申报|推荐|申请|上报|组织申报|报送|征集")
_GAIN = re.compile(r"立项|获批|批准|获得|授权|通过|认定|入选|列入|备案|下达|评审通过|获奖")


def sentences(text: str) -> tuple[list[int], list[int]]:
    """Starts and ends (exclusive, delimiter included) of the sentences of the folded text; together they cover it."""
    ends = [m.end() for m in _SENTENCE_END.finditer(text)]
    return [0, *ends], [*ends, len(text)]


def claims(text: str, found: Sequence[Quantity], bounds: tuple[list[int], list[int]]) -> list[Claim]:
    """Claims for the quantities of one text, in order, with subjects, qualifiers and relations."""
    starts, ends = bounds
    result: list[Claim] = []
    at, last, before = 0, len(starts) - 1, -1
    sentence = _Sentence(text, 0, ends[0])
    for quantity in found:
        while at < last and starts[at + 1] <= quantity.start:
            at += 1
        if starts[at] != sentence.start:
            sentence = _Sentence(text, starts[at], ends[at])
        result.append(_claim(text, quantity, sentence, before, result))
        before = quantity.stop
    return _related(text, result)


class _Sentence:
    """A sentence and what it says of its time at its head; looked for once, since most sentences say nothing there."""

    __slots__ = ("_pattern", "end", "said", "span", "start")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.start, self.end = self.span = start, end
        stop = start + _HEAD
        self._pattern = _SCOPE if text.find("期间，", start, stop) < 0 else _DURING
        self.said: list[str] = self._pattern.findall(text, start, stop) if _TIME.search(text, start, stop) else []

    def scope(self, text: str, start: int, clause: str) -> list[str]:
        """Words of time and forecast before a figure; a forecast does not reach what is already done."""
        found = self.said
        if start < self.start + _HEAD:
            # Words that are not there in the whole head are not in a part of it.
            pattern = self._pattern if text.find("期间，", self.start, start) >= 0 else _SCOPE
            found = pattern.findall(text, self.start, start)
        if "预计" in found and "预计" not in clause and _PRESENT.search(clause):
            return [word for word in found if word != "预计"]
        return list(found)


def _claim(text: str, q: Quantity, sentence: _Sentence, before: int, done: list[Claim]) -> Claim:
    """The claim of a quantity; ``before`` is where the quantity before it ends."""
    start, value, unit, begin = q.start, q.value, q.unit, sentence.start
    floor = max(begin, start - 90, before)
    cut = max(text.rfind("，", floor, start), text.rfind("：", floor, start))
    opened = text.rfind("（", floor, start)
    if opened > cut and text.find("）", opened, start) < 0:
        cut = opened
    clause = text[max(floor, cut + 1) : start]
    if clause.startswith("）"):
        # 目标任务（3000人次）的8%: what stands before the bracket is meant.
        bracket = text.rfind("（", begin, start)
        outer = text[max(begin, bracket - 40) : bracket] if bracket > 0 else ""
        clause = outer[outer.rfind("，") + 1 :] + clause[1:]
    modifiers: list[str] = _MODIFIER.findall(clause)
    if sentence.said:
        modifiers = sentence.scope(text, start, clause) + modifiers
    if q.after:
        modifiers.append(q.after)
    tail = ""
    if text[q.stop : q.stop + 1] not in _NOTHING:
        tail = text[q.stop : min(sentence.end, q.stop + 26)]
        follow = _AFTER.match(tail)
        if follow:
            modifiers.append(follow[0].strip("（）"))
    masked = not value.isdigit() and (not value.strip("（）[] ") or is_masked(value))
    kind = "growth" if q.kind == "rate" and _GROWTH.search(clause) else q.kind
    if unit in _SCALES and _MONEY.search(text, max(begin, start - 60), start):
        kind = "money"
    return Claim(
        start, q.end, value, unit, _subject(text, clause, tail, (begin, floor, start, before), done), None if masked else _number(value, unit),
        masked, tuple(dict.fromkeys(modifiers)) if modifiers else (), sentence.span, None, kind,  # type: ignore[arg-type]
    )  # fmt: skip


def _number(value: str, unit: str) -> Decimal | None:
    if unit.startswith("万") and "亿" in value:
        # 1亿2000 | 万元: the scale of the unit belongs to the last digits only.
        whole = parse(value + "万")
        return None if whole is None else whole / 10_000
    return parse(value)


def _stripped(words: str) -> str:
    """A clause without the adverbs before its subject and the verbs between subject and figure."""
    if words[:1] in _LEAD_STARTS:
        lead = _LEAD.match(words)
        words = words[lead.end() :] if lead else words
    # The search is anchored at the end: a short tail keeps it from starting anew at every character.
    trail = _TRAIL.search(words[-14:]) if words[-1:] in _TRAIL_ENDS else None
    return words[: len(words) - len(trail[0])] if trail else words


def _subject(text: str, clause: str, tail: str, place: tuple[int, int, int, int], done: list[Claim]) -> str:
    """What is counted; ``place``: where the sentence begins, where the words before the figure begin and end, the end of the figure before."""
    head = clause.lstrip()
    if head[:1] in _GROWN_STARTS and done and _BARE_GROWTH.match(clause.strip()):
        return (done[-1].subject + clause.strip())[-40:]
    head = _stripped(head)
    if "等" in head and "、" in head[: head.rfind("等")]:
        rest = head[head.rfind("等") + 1 :]
        head = rest or head
    elif len(head) > 30 and "、" in head:
        head = head[head.rfind("、") + 1 :]
    if tail and len(head) < 24:
        noun = _NOUN_AFTER.match(tail)
        if noun and not _VERB_AFTER.match(noun[1]):
            head += noun[1][: 24 - len(head)] if not head or len(noun[1]) <= 12 else noun[1][:12]
    if head:
        return head
    begin, floor, start, stop = place
    before = text[floor : max(floor, start - len(clause))].rstrip("，：（ ")
    earlier = _stripped(before[max(before.rfind("，"), before.rfind("（")) + 1 :])
    if earlier:
        return earlier
    return done[-1].subject if done and stop >= begin else ""


def _related(text: str, found: list[Claim]) -> list[Claim]:
    """Fill in ``part_of`` (其中, brackets, 其余) and ``funnel_of`` (申报…，立项…) within each full sentence."""
    whole: int | None = None
    for i in range(1, len(found)):
        before, claim = found[i - 1], found[i]
        between = text[before.end : min(claim.start, before.end + 400)]
        if whole is None and "其" not in between and "（" not in between:
            # Nothing is divided here; what was applied for and what was granted stand in one sentence.
            if len(between) < 400 and "。" not in between and "\n" not in between and _granted(before, claim, between):
                found[i] = _with(claim, funnel_of=i - 1)
            continue
        if "其余" in between and _same_unit(before, claim):
            _remainder(found, i)
            continue
        if len(between) == 400 or (("。" in between or "\n" in between) and "。其中" not in between):
            whole = None
            continue
        if "其中" in between:
            whole = _nearest(found, i, claim)
        elif "（" in between and between.count("（") > between.count("）"):
            whole = i - 1 if whole is None and _bracket_of_parts(text, found, i) else whole
        elif whole is not None and (
            "共" in between
            or "上述" in between
            or between.count("）") > between.count("（")
            or ("；" in between and not _goes_on(found, whole, claim))
        ):
            whole = None
        if whole is not None and _same_unit(found[whole], claim):
            found[i] = _with(claim, part_of=whole)
        elif _granted(before, claim, between):
            found[i] = _with(claim, funnel_of=i - 1)
    return found


def _granted(before: Claim, claim: Claim, between: str) -> bool:
    """申报36项，立项13项: the second figure counts what became of the first."""
    return bool(_APPLY.search(before.subject) and _GAIN.search(between) and _same_unit(before, claim))


def _bracket_of_parts(text: str, found: list[Claim], i: int) -> bool:
    """（甲3项、乙4项） divides the total before it; a lone figure in brackets (目标25%) is only set beside it."""
    close = text.find("）", found[i].end, found[i].end + 200)
    return close > 0 and i + 1 < len(found) and found[i + 1].start < close and _same_unit(found[i], found[i + 1])


def _goes_on(found: list[Claim], whole: int, claim: Claim) -> bool:
    """After a semicolon the parts go on when the noun does: 重点项目4个；一般项目2个, 一等奖…；二等奖…."""
    first = found[whole + 1] if whole + 1 < len(found) else claim
    return _GRADE.search(claim.subject) is not None or claim.subject[-2:] == first.subject[-2:]


def _nearest(found: list[Claim], i: int, claim: Claim) -> int | None:
    """The claim that 其中 divides: the nearest one before it in the same unit."""
    for j in range(i - 1, max(-1, i - 5), -1):
        if _same_unit(found[j], claim):
            return j
    return None


def _remainder(found: list[Claim], i: int) -> None:
    """a项已…，其余b项…: both are parts of the total named before."""
    for j in range(i - 2, max(-1, i - 6), -1):
        if _same_unit(found[j], found[i]) and found[i].start - found[j].end < 200:
            found[i - 1] = _with(found[i - 1], part_of=j)
            found[i] = _with(found[i], part_of=j)
            return


def _same_unit(one: Claim, other: Claim) -> bool:
    return one.unit == other.unit or one.base_unit == other.base_unit or {one.base_unit, other.base_unit} <= {"人", "名", "位"}


def _with(claim: Claim, part_of: int | None = None, funnel_of: int | None = None) -> Claim:
    modifiers = claim.modifiers
    if part_of is not None and "其中" not in modifiers and "其余" not in modifiers:
        # 其中 is written once and holds for every part that follows.
        modifiers = ("其中", *modifiers)
    return Claim(
        claim.start, claim.end, claim.value, claim.unit, claim.subject, claim.number, claim.placeholder, modifiers,
        claim.sentence, part_of, claim.kind, funnel_of,
    )  # fmt: skip
