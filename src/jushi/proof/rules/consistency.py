"""One thing under two names, one figure with two values, a heading without its content, a habit against its count."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from rapidfuzz import fuzz

from jushi.proof.build import Emit, pattern, rule
from jushi.proof.lexicon import Entry
from jushi.proof.model import Finding, Level, Rule
from jushi.proof.rules.words import listed
from jushi.proof.view import View, behind
from jushi.text.model import Claim

BASIS = "机关公文：同一名称、术语、数据前后一致"
QUOTES = "GB/T 15834—2011《标点符号用法》：特定称谓用引号"
_HABIT = re.compile(r"每(周|月|季度)[^，。；\n]{0,10}?(集中学习|学习|例会|党课)")
_TIMES = re.compile(r"(?:组织|开展|召开|共)[^，。；\n]{0,8}?(集中学习|学习|例会|党课)[^，。；\n\d]{0,3}(\d{1,3})次")
_SLOGAN = re.compile(
    r"[两二三四五六七八九]([\u4e00-\u9fff]{1,3})[一两二三四五六七八九]([\u4e00-\u9fff]{1,3})(?=扎实|全面|有序|深入|稳步|工作|活动|成效|推进|落实)"
)
_SUBJECT = re.compile(r"^(?:预计|全年|今年|目前|已|共|新增|完成|实现|累计|合计|发展|种植|新发展|新|组织|开展|承担|总|各|年)+")

_VERB = re.compile(r"(?:新发展|发展|种植|养殖|建设|完成|实施|推广|引进|培育)(?=[\u4e00-\u9fff]{2})")


def _both_said(view: View, emit: Emit, abbreviations: bool) -> Iterator[Finding]:
    seen: set[str] = set()
    for start, end, entry in view.hits.get("variants", ()):
        wanted = entry.to[0]
        if entry.note.startswith("简称") != abbreviations or entry.word in seen:
            continue
        seen.add(entry.word)
        at = view.norm.find(wanted)
        if at < 0 or abbreviations and f"简称{entry.word}" in view.norm.replace("“", ""):
            continue
        message = f"用词前后不一：此处作“{entry.word}”，他处作“{wanted}”"
        if abbreviations:
            message = f"简称“{entry.word}”没有交代：首次出现用全称并括注“以下简称”"
        yield view.finding(emit.id, emit.kind, _level(entry), (start, end), message, entry.to, emit.basis, ((at, at + len(wanted)),))


def _variants(view: View, emit: Emit) -> Iterator[Finding]:
    """Both spellings in one text: the less wanted one is reported, once."""
    return _both_said(view, emit, abbreviations=False)


def _abbreviations(view: View, emit: Emit) -> Iterator[Finding]:
    """A short name beside the full one, without the bracket that introduces it."""
    return _both_said(view, emit, abbreviations=True)


def _level(entry: Entry) -> Level:
    return entry.level or "hint"


def _subject(claim: Claim) -> str:
    return _VERB.split(_SUBJECT.sub("", claim.subject.replace(" ", "")))[-1][-12:]


def _unit_drift(view: View, emit: Emit) -> Iterator[Finding]:
    """The same thing counted in 亩 here and in 万亩 there; said at both places, since either may be the wrong one."""
    groups: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    reported: set[str] = set()
    for claim in _masked_claims(view):
        subject = _subject(claim)
        tail, base = subject[-3:], claim.unit.lstrip("万亿")
        if len(subject) < 2 or not base or base in ("元", "%", "年"):
            continue
        group = groups[tail, base]
        drifted = [c for c in group if c.unit != claim.unit]
        if drifted and f"{tail}{claim.unit}" not in reported:
            reported.add(f"{tail}{claim.unit}")
            earlier = max(drifted, key=lambda c: _kinship(c.subject, claim.subject))
            for one, two in ((claim, earlier), (earlier, claim)):
                message = f"“{tail}”的单位此处作“{one.unit}”，他处作“{two.unit}”，请核对"
                yield emit(view, _unit_span(view, one), message, two.unit, related=(_unit_span(view, two),))
        if len(group) < 8:
            group.append(claim)


def _kinship(one: str, two: str) -> tuple[int, float]:
    """How much two subjects speak of the same thing: the qualifier in front counts before the likeness of the whole."""
    a, b = _SUBJECT.sub("", one), _SUBJECT.sub("", two)
    front = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return front, fuzz.ratio(a, b)


def _unit_span(view: View, claim: Claim) -> tuple[int, int]:
    """The unit behind a value; the value itself where the unit does not follow at once."""
    end = claim.end + len(claim.unit)
    return (claim.end, end) if view.norm[claim.end : end] == claim.unit else (claim.start, claim.end)


def _masked_claims(view: View) -> list[Claim]:
    return view.shared("masked claims", lambda v: [c for c in v.reading.claims if c.placeholder])


def _same_figure(view: View, emit: Emit) -> Iterator[Finding]:
    """A figure said twice with the same words and two values."""
    first: dict[str, str] = {}
    keyed = [(c.subject[-5:] + c.unit, c) for c in view.reading.claims if c.number is not None and c.unit and len(c.subject) >= 5]
    unequal = {key for key, claim in keyed if first.setdefault(key, claim.value) != claim.value}
    groups: dict[str, list[Claim]] = {key: [] for key in unequal}
    for key, claim in keyed:
        if key in unequal:
            groups[key].append(claim)
    for group in groups.values():
        yield from _rivals(view, emit, group)


def _other_time(view: View, claim: Claim) -> bool:
    """A target, a forecast or last year's figure is not this year's figure said again."""
    low, high = view.sentence(claim.start)
    return bool(_ELSEWHEN.search(view.norm, max(low, claim.start - 60), min(high, claim.end + 12)))


_ELSEWHEN = re.compile(r"力争|争取|确保|目标|计划|预计|将|明年|来年|上年|去年|年底前|到20\d\d年|力求|突破|以上|左右")


def _rivals(view: View, emit: Emit, group: list[Claim]) -> Iterator[Finding]:
    first: dict[tuple[str, bool], Claim] = {}
    for claim in group:
        if claim.kind in ("growth", "rank") or not {"每", "各", "其中"}.isdisjoint(claim.modifiers):
            continue
        if not _TOTAL.search(view.norm, max(0, claim.start - 24), claim.start) or _other_time(view, claim):
            continue
        subject = _subject(claim)
        if len(subject) < 5:
            continue
        earlier = first.setdefault((subject, claim.kind == "rate"), claim)
        if earlier.number != claim.number and earlier.sentence != claim.sentence:
            message = f"同一数据前后不一：“{subject}”前文作{earlier.value}{earlier.unit}，此处作{claim.value}{claim.unit}"
            yield emit(view, (claim.start, claim.end), message, earlier.value, related=((earlier.start, earlier.end),))


_TIMES_WORD = re.compile(r"^(?:全年|今年|一年来|年内|共|累计|全[县区市镇乡]|已|我[县区市局])+")
_LESS = re.compile(r"上半年|季度|\d月|其中|[乡镇村]|社区|城[市镇]|农村|第[一二三四]批|上级|去年|上年|目标|计划|力争|预计|另")


_NO_WORD = re.compile(r"[^\u4e00-\u9fff“”]")


def _said_before(view: View, claim: Claim) -> str:
    """The words right before a figure, without those of time and extent: 新增规上文化企业."""
    low = max(claim.sentence[0], claim.start - 16)
    words = _NO_WORD.split(view.norm[low : claim.start])[-1]
    return _TIMES_WORD.sub("", words)


def _lead_against_body(view: View, emit: Emit) -> Iterator[Finding]:
    """A figure of the lead that the body says again in the same words, a little otherwise."""
    lead = view.reading.lead
    if lead is None:
        return
    stated: dict[tuple[str, str], Claim] = {}
    units: set[str] = set()
    for claim in view.reading.claims:
        leading = claim.start < lead.end
        if not (leading or claim.unit in units) or not claim.number or claim.placeholder or claim.kind in ("growth", "rank"):
            continue
        words = _said_before(view, claim)
        if len(words) < 5:
            continue
        if leading:
            stated.setdefault((words, claim.unit), claim)
            units.add(claim.unit)
            continue
        first = stated.get((words, claim.unit))
        if first is None or first.number is None or first.number == claim.number or claim.number is None:
            continue
        near = Decimal("0.7") <= claim.number / first.number <= Decimal("1.43")
        if near and not _LESS.search(view.norm, max(claim.sentence[0], claim.start - 30), claim.start):
            message = f"总起段作“{words}{first.value}{first.unit}”，此处作{claim.value}{claim.unit}，请核对"
            yield emit(view, (claim.start, claim.end), message, related=((first.start, first.end),))


_TOTAL = re.compile(r"总|共|累计|全县|全区|全市|全年|截至|达到?$")


def _same_mask(view: View, emit: Emit) -> Iterator[Finding]:
    """The same masked figure in several places: when filled in, all must agree."""
    first: dict[tuple[str, str], Claim] = {}
    for claim in _masked_claims(view):
        subject = _subject(claim)
        if len(subject) < 4 or not claim.unit:
            continue
        earlier = first.setdefault((subject[-6:], claim.unit), claim)
        if earlier is not claim and earlier.sentence != claim.sentence:
            yield emit(
                view,
                (claim.start, claim.end),
                f"“{subject}”在前文也出现，填数时须一致",
                related=((earlier.start, earlier.end),),
            )


def _habit_against_count(view: View, emit: Emit) -> Iterator[Finding]:
    least = {"周": 30, "月": 8, "季度": 3}
    habits = list(islice(view.around(behind("每", "(?=周|月|季度)"), _HABIT, 1, 24), 40))
    counted = view.around(behind("次", r"(?<=\d次)"), _TIMES, 24, 1) if habits else ()
    counts = [m for m in counted if not view.in_chrome(m.start())]
    for habit in habits:
        for count in counts[:40]:
            if (count[1] == habit[2] or habit[2] == "学习" and "学习" in count[1]) and (
                int(count[2]) < least[habit[1]]
                and abs(count.start() - habit.start()) < 3000
                and re.search(r"坚持|严格|落实|制度", view.norm[max(0, habit.start() - 6) : habit.end() + 8])
            ):
                message = f"次数与频次矛盾：“{habit[0]}”，而共{count[1]}{count[2]}次"
                yield emit(view, habit.span(), message, related=(count.span(),))
                yield emit(view, (count.start(2), count.end()), message, related=(habit.span(),))


def _heading_without_content(view: View, emit: Emit) -> Iterator[Finding]:
    heads = [h for h in view.reading.outline if 0 < h.level <= 3 and not h.run_in]
    for index, head in enumerate(heads):
        slogan = _SLOGAN.search(head.text)
        if slogan:
            end = heads[index + 1].start if index + 1 < len(heads) else len(view.text)
            body = view.norm[head.end : end]
            if slogan[1] not in body:
                yield emit(view, (head.start, head.end), f"标题说“{slogan[0]}”，本节没有“{slogan[1]}”的内容")


CONSISTENCY: tuple[Rule, ...] = (
    rule(
        "E07",
        "term_inconsistent",
        "hint",
        "简称未交代",
        "《党政机关公文处理工作条例》（2012）：使用规范化简称",
        _abbreviations,
        ["全县高新技术企业5家。今年新增高企2家。"],
        ["全县高新技术企业（以下简称“高企”）5家。今年新增高企2家。"],
    ),
    rule(
        "K03",
        "term_inconsistent",
        "hint",
        "术语前后不一",
        BASIS,
        _variants,
        ["全社会科技研发投入增长。完成科技研发投资5万元。"],
        ["全社会科技研发投入增长。完成科技研发投入5万元。"],
    ),
    rule(
        "K04",
        "unit_inconsistent",
        "hint",
        "同类单位不一",
        BASIS,
        _unit_drift,
        ["种植猪苓×万窝。另一村发展猪苓×窝。"],
        ["种植猪苓×万窝。另一村发展猪苓×万窝。"],
    ),
    rule(
        "E05",
        "contradiction",
        "warning",
        "同一数据前后不一",
        BASIS,
        _same_figure,
        ["全县共有高新技术企业8家。\n截至目前，全县共有高新技术企业9家。\n"],
        ["全县共有高新技术企业8家。\n截至目前，全县共有高新技术企业8家。\n"],
    ),
    rule(
        "E05b",
        "contradiction",
        "hint",
        "总起段与正文数据不一",
        BASIS,
        _lead_against_body,
        ["文旅局2022年工作总结\n2022年，全年新增规上文化企业8家，成效明显。\n一、主要工作\n新增规上文化企业9家，完成年度目标。\n"],
        ["文旅局2022年工作总结\n2022年，全年新增规上文化企业8家，成效明显。\n一、主要工作\n上半年新增规上文化企业6家，全年新增规上文化企业8家。\n"],
    ),
    rule(
        "K05",
        "placeholder_inconsistent",
        "hint",
        "同一占位多处",
        BASIS,
        _same_mask,
        ["全年实施科技项目X个。\n培育企业5家。全县实施科技项目X个。\n"],
        ["全年实施科技项目X个。\n培育科技型企业X家。\n"],
    ),
    rule(
        "K06",
        "number_suspicious",
        "warning",
        "频次与次数矛盾",
        BASIS,
        _habit_against_count,
        ["坚持每周五集中学习制度，全年共组织集中学习3次。"],
        ["坚持每周五集中学习制度，全年共组织集中学习48次。"],
    ),
    rule(
        "K07",
        "title_wrong",
        "hint",
        "标题与内容不符",
        BASIS,
        _heading_without_content,
        ["总结\n1.两对接一规划扎实开展。\n编制产业发展规划，开展调研。\n2.招商引资。\n引进企业。\n"],
        ["总结\n1.两对接一规划扎实开展。\n完成上级对接，编制产业发展规划。\n2.招商引资。\n引进企业。\n"],
        scope="标题",
    ),
    pattern(
        "K09",
        "contradiction",
        "warning",
        "新建与扩建矛盾",
        BASIS,
        r"扩建项目[^。；\n]{0,14}新建项目|新建项目[^。；\n]{0,14}扩建项目",
        "同一项目既称扩建又称新建",
        group=0,
        bad=["冷库扩建项目，该项目属于新建项目。"],
        good=["冷库扩建项目，已完成投资。"],
        anchors=(
            "扩建项目",
            "新建项目",
        ),
        window=(20, 24),
    ),
    rule(
        "Q06",
        "quote_missing",
        "hint",
        "特定称谓加引号",
        QUOTES,
        listed("quoted"),
        ["实施三区人才支持计划。"],
        ["实施“三区”人才支持计划。"],
    ),
    pattern(
        "Q07",
        "quote_missing",
        "warning",
        "模式名称加引号",
        QUOTES,
        r"(?:以|按照|采用|推行|探索|实行)([\u4e00-\u9fff]{2,6}(?:\+[\u4e00-\u9fff]{2,6}){1,4})(?=的?(?:发展)?(?:模式|机制|方式))|(?:、|推进|开展)(互联网\+[\u4e00-\u9fff]{2,6})(?=、|工作|建设|，|。)",
        "模式、专项名称应加引号",
        group=0,
        anchors=("+",),
        window=(14, 40),
        bad=["该村以合作社+基地+农户的发展模式，长短结合。"],
        good=["该村以“合作社+基地+农户”的发展模式，长短结合。"],
    ),
)
