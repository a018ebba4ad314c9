"""Years and dates: the title against the events, campaigns and plans that the text itself speaks of (E01, E17, E22, D6)."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from jushi.proof.build import Emit, pattern, rule
from jushi.proof.lexicon import searched
from jushi.proof.model import Finding, Rule
from jushi.proof.view import View
from jushi.text.model import Heading
from jushi.text.numerals import ordinal as number_of

BASIS = "机关公文：标题、正文与事件的年份应一致"
_FIVE_YEARS = {"十": 2001, "十一": 2006, "十二": 2011, "十三": 2016, "十四": 2021, "十五": 2026, "十六": 2031}
searched("之年", "周年")
_FIVE = re.compile(r"“?(十[一二三四五六]?)五”?(?:规划)?(?:的|实施的?)?(收官|开局|起步|谋划|决胜|关键|承上启下)之年")
_EDITION = re.compile(
    r"第([一二三四五六七八九十百零〇\d]{1,5})(?:届|个|次)(?:“|全国|中国|国家|国际|世界|省|市|自治区|[xX×*]{1,3}省?|[\u4e00-\u9fff]{2,3}(?:省|市|自治区))*$"
)
_LOCAL = re.compile(r"[县区]|全市|我市|本市|校|镇|乡村|首届")
_LOCAL_BEFORE = re.compile(r"(?:[县市区局校院镇]|[县市区]级|我[县市区局])$")
_ANNIVERSARY = re.compile(r"(中国共产党成立|建党|新中国成立|中华人民共和国成立|改革开放)([一二三四五六七八九十百零\d]{1,4})周年")
_BIRTH = {"中国共产党成立": 1921, "建党": 1921, "新中国成立": 1949, "中华人民共和国成立": 1949, "改革开放": 1978}
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_PLAN_HEAD = re.compile(r"工作(?:计划|安排|打算|思路|方案|要点|谋划)|(?:计划|安排|打算|思路)$")


@dataclass(frozen=True, slots=True)
class Sign:
    """Words that speak for a year or an interval of years: ``low == high`` is a point."""

    low: int
    high: int
    start: int
    end: int
    why: str

    @property
    def point(self) -> bool:
        """True where the words fix one year."""
        return self.low == self.high


def _value(word: str) -> int | None:
    return int(word) if word.isdigit() else number_of(word)


def _point_signs(view: View) -> Iterator[Sign]:
    for match in view.around("之年", _FIVE, 20, 3):
        first = _FIVE_YEARS.get(match[1])
        if first and match[2] in ("收官", "开局", "起步"):
            year = first + 4 if match[2] == "收官" else first
            yield Sign(year, year, *match.span(), f"“{match[1]}五”{match[2]}之年是{year}年")
    for match in view.around("周年", _ANNIVERSARY, 16, 3):
        count = _value(match[2])
        if count:
            year = _BIRTH[match[1]] + count
            yield Sign(year, year, *match.span(), f"{match[1]}{match[2]}周年是{year}年")
    for start, end, entry in view.hits.get("events", ()):
        edition = _EDITION.search(view.norm, max(0, start - 24), start)
        count = _value(edition[1]) if edition else None
        if (
            edition
            and count
            and not (
                _LOCAL.search(view.norm, edition.start(), start) or _LOCAL_BEFORE.search(view.norm, max(0, edition.start() - 4), edition.start())
            )
        ):
            year = int(entry.since) + count - 1
            yield Sign(year, year, edition.start(), end, f"第{edition[1]}届（个）{entry.word}在{year}年")


def _elsewhen(view: View, sign: Sign, stated: int) -> bool:
    """True where the sentence itself places the event in another year (明年, 去年, 2016年)."""
    low, high = view.sentence(sign.start)
    sentence = view.norm[low:high]
    if abs(sign.low - stated) > 8 or sign.low == stated + 1 and _in_plan(view, sign.start):
        return True
    if re.search(r"明年|来年|下一年|去年|上年|前年|以来|曾", sentence):
        return True
    return any(int(m[1]) == sign.low for m in _YEAR.finditer(sentence))


def _in_plan(view: View, at: int) -> bool:
    """True where the nearest heading above speaks of what is to come."""
    heads = view.shared("upper headings", lambda v: [(h.start, h.text) for h in v.reading.outline if 0 < h.level <= 2])
    above = bisect_right(heads, (at, "\uffff"))
    return any(_PLAN_HEAD.search(text) or "下一步" in text or "下步" in text for _, text in heads[max(0, above - 2) : above])


def _term_signs(view: View) -> Iterator[Sign]:
    for start, end, entry in view.hits.get("terms", ()):
        if entry.level != "hint" and not entry.to:
            low, high = int(entry.since or 1949), int(entry.until or 2100)
            yield Sign(low, high, start, end, f"“{entry.word}”用于{entry.since or ''}—{entry.until or '今'}年")


# 2014年建档立卡贫困人口, 2013年底: a year that dates a thing, not the report.
_OF_SOMETHING = re.compile(r"建档|底|初|前|间|起|开始|至|到|[—\-–~、]|和|的|\d{1,2}月\d|成立|设立|撤")


def stated_year(view: View) -> tuple[int, int, int] | None:
    """(year, start, end) that the title, else the lead, says the report is of; None where neither does."""
    if view.title_span:
        title = view.title_span
        for match in _YEAR.finditer(view.norm, title.start, title.end):
            if not re.match(r"度?(?:工作)?(?:安排|计划|打算|思路|要点)", view.norm[match.end() : match.end() + 6]):
                return int(match[1]), match.start(), match.end()
    body = view.body_start
    lead = next((m for m in _YEAR.finditer(view.norm, body, body + 60) if not _OF_SOMETHING.match(view.norm, m.end())), None)
    return (int(lead[1]), lead.start(), lead.end()) if lead else None


def implied_year(view: View) -> tuple[int | None, list[Sign]]:
    """The year that the events and campaigns agree on, with the signs that speak for it."""
    stated = stated_year(view)
    points = [s for s in _point_signs(view) if not view.in_chrome(s.start)]
    if stated:
        points = [s for s in points if not _elsewhen(view, s, stated[0]) or s.low == stated[0]]
    terms = list(_term_signs(view))
    if points:
        year = Counter(s.low for s in points).most_common(1)[0][0]
        return year, [s for s in points if s.low == year] + [s for s in terms if s.low <= year <= s.high and s.high < 2100]
    return None, []


def _year_against_period(view: View, emit: Emit, stated: tuple[int, int, int]) -> Iterator[Finding]:
    """The year that the title states against the period that the content as a whole speaks of."""
    period = view.reading.period
    if not period.value[:4].isdigit() or int(period.value[:4]) == stated[0]:
        return
    year = int(period.value[:4])
    witnesses = [
        e for e in period.evidence if not e.says.startswith("文中自述") and not _elsewhen(view, Sign(year, year, e.start, e.end, e.says), stated[0])
    ]
    if not witnesses:
        return
    if any(e.says.startswith("文中自述") and str(stated[0]) in e.says for e in period.evidence):
        return
    why = "；".join(f"“{e.text}”{e.says}" for e in witnesses[:3])
    related = tuple((e.start, e.end) for e in witnesses[:6])
    message = f"标题作{stated[0]}年，正文说的似是{period.value[:4]}年：{why}"
    yield emit(view, stated[1:], message, f"{period.value[:4]}年", level="warning", related=related)


def _year_against_events(view: View, emit: Emit) -> Iterator[Finding]:
    stated = stated_year(view)
    if not stated:
        return
    year, start, end = stated
    points = [s for s in _point_signs(view) if s.low != year and not view.in_chrome(s.start) and not _elsewhen(view, s, year)]
    if not points:
        yield from _year_against_period(view, emit, stated)
        return
    agreed = Counter(s.low for s in points).most_common(1)[0][0]
    supported = any(s.low == year for s in _point_signs(view))
    witnesses = [s for s in points if s.low == agreed]
    narrow = [s for s in _term_signs(view) if not s.low <= year <= s.high and s.low <= agreed <= s.high]
    why = "；".join(dict.fromkeys(s.why for s in (*witnesses, *narrow)))
    related = tuple((s.start, s.end) for s in (*witnesses, *narrow))[:6]
    in_title = bool(view.title_span and start < view.title_span.end)
    if supported:
        level = "hint"
    else:
        level = "error"
        if not in_title:
            yield emit(view, (start, end), f"年份与事件不符：{why}", f"{agreed}年", related=related)
    for sign in witnesses:
        quiet = level == "hint" or not in_title and len(witnesses) + len(narrow) > 0
        yield emit(
            view,
            (sign.start, sign.end),
            f"年份与事件不符：文中作{year}年，而{sign.why}",
            level="hint" if quiet else "error",
            related=((start, end),),
        )


def _plan_year(view: View, emit: Emit) -> Iterator[Finding]:
    stated = stated_year(view)
    if not stated or not re.search(r"总结|报告|汇报", view.title or view.norm[:40]):
        return
    implied, _ = implied_year(view)
    year = implied if implied and implied < stated[0] else stated[0]
    for head in view.reading.outline:
        if head.level == 0 or head.run_in or not _PLAN_HEAD.search(head.text):
            continue
        match = _YEAR.search(view.norm, head.start, head.end)
        if match and re.search(r"下半年|三季度|四季度|[2-4]季度|下一阶段|后\d个月", head.text):
            # The rest of the same year is planned.
            continue
        if match and int(match[1]) <= stated[0]:
            yield emit(view, match.span(), f"计划年度{match[1]}不晚于总结年度{stated[0]}", f"{year + 1}年")
        elif match and head.level == 1:
            yield from _items_of_plan(view, emit, head, int(match[1]))


_start = attrgetter("start")


def _items_of_plan(view: View, emit: Emit, plan: Heading, year: int) -> Iterator[Finding]:
    """An item of next year's plan that begins with an earlier year."""
    outline = view.reading.outline
    for index in range(bisect_right(outline, plan.start, key=_start), len(outline)):
        head = outline[index]
        if head.level <= plan.level:
            return
        match = _YEAR.match(view.norm, head.start + len(head.marker), head.end)
        if match and int(match[1]) < year:
            yield emit(view, match.span(), f"本节是{year}年的计划，此处作{match[1]}年", f"{year}年")


def _title_years(view: View, emit: Emit) -> Iterator[Finding]:
    title = view.title_span
    if not title:
        return
    for match in re.finditer(
        r"(20\d\d)年[^\n]{0,12}(?:总结|报告)[^\n\d]{0,6}((20\d\d)年)[^\n]{0,8}(?:计划|安排|打算|思路|要点)",
        view.norm[title.start : title.end],
    ):
        if int(match[3]) <= int(match[1]):
            yield emit(
                view,
                (title.start + match.start(2), title.start + match.end(2)),
                "标题里计划年度不晚于总结年度",
                f"{int(match[1]) + 1}年",
            )


_UPLOADED = re.compile(r"(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_UPTO = re.compile(r"1[—\-～至]{1,2}(\d{1,2})月|截至(?:(20\d\d)年)?(\d{1,2})月")


def _dates_against_text(view: View, emit: Emit) -> Iterator[Finding]:
    stated = stated_year(view)
    if not stated:
        return
    months = [int(m[1] or m[3]) for a in ("月",) for m in view.around(a, _UPTO, 14, 1) if not m[2] or int(m[2]) == stated[0]]
    latest = max((m for m in months if m <= 12), default=0)
    blocks = [b for b in view.reading.document.blocks if b.role in ("boilerplate", "signature")]
    for block in blocks:
        for match in _UPLOADED.finditer(view.norm, block.start, block.end):
            year, month = int(match[1]), int(match[2])
            if (year, month) < (stated[0], latest) and year >= stated[0] - 1:
                yield emit(
                    view,
                    match.span(),
                    f"日期早于文中数据（{stated[0]}年，数据至{latest or '年'}月）：成文日期应不早于数据截止",
                )


_CALENDAR = re.compile(r"(?:((?:19|20)\d{2})年)?(\d{1,2})月(\d{1,2})日(?:（(?:星期|周)([一二三四五六日天])）)?")


def _impossible_dates(view: View, emit: Emit) -> Iterator[Finding]:
    for match in view.around("日", _CALENDAR, 14, 8):
        year, month, day = int(match[1] or 2000), int(match[2]), int(match[3])
        try:
            date = datetime.date(year, month, day)
        except ValueError:
            yield emit(view, match.span(), f"没有“{match[0]}”这一天")
            continue
        if match[1] and match[4] and date.weekday() != "一二三四五六日天".replace("天", "日").index(match[4].replace("天", "日")):
            yield emit(view, match.span(), f"{date:%Y-%m-%d}是星期{'一二三四五六日'[date.weekday()]}")


def _future_documents(view: View, emit: Emit) -> Iterator[Finding]:
    stated = stated_year(view)
    for match in re.finditer(r"〔(20\d\d)〕", view.norm):
        if stated and int(match[1]) > stated[0] + 1:
            yield emit(view, match.span(), f"所引文件为{match[1]}年，晚于报告年度{stated[0]}年")


_HEAD = "县科技局{}年工作总结\n"
FACTS: tuple[Rule, ...] = (
    rule(
        "E01",
        "stale_year",
        "error",
        "年份与事件不符",
        BASIS,
        _year_against_events,
        [
            _HEAD.format(2021) + "今年是“十三五”规划收官之年，我局认真工作。\n",
            "科技局工作总结\n2023年，我局组织参加第30届青少年科技创新大赛，获奖8项。\n",
        ],
        [
            _HEAD.format(2020) + "今年是“十三五”规划收官之年，我局认真工作。\n",
            _HEAD.format(2020) + "明年是“十四五”开局之年，我局将继续努力。\n",
        ],
    ),
    rule(
        "E01b",
        "stale_year",
        "error",
        "计划年度与总结年度相同",
        BASIS,
        _plan_year,
        ["科技局工作总结\n2023年，我局完成任务。\n一、主要工作\n推进项目建设。\n二、2023年工作计划\n继续推进。\n"],
        [
            "科技局工作总结\n2023年，我局完成任务。\n一、主要工作\n推进项目建设。\n二、2024年工作计划\n继续推进。\n",
            "科技局工作总结\n2023年上半年，我局完成任务。\n一、主要工作\n推进项目。\n二、2023年下半年工作计划\n继续推进。\n",
        ],
        scope="标题",
    ),
    rule(
        "E01c",
        "stale_year",
        "error",
        "标题年份",
        BASIS,
        _title_years,
        ["县科技局2020年工作总结和2020年工作计划\n一年来，我局认真工作，完成任务。\n"],
        ["县科技局2020年工作总结和2021年工作计划\n一年来，我局认真工作，完成任务。\n"],
        scope="标题",
    ),
    pattern(
        "E01h",
        "stale_year",
        "error",
        "前后两个年份相同",
        BASIS,
        r"由(20\d\d)年的?[^，。；\n]{1,14}(?:提高|增加|增长|上升|提升|下降|减少|降低|扩大)(?:到|至)(\1年)",
        "比较的两个年份相同，其一有误",
        group=2,
        bad=["农民人均纯收入由2020年的14646元提高到2020年的16403元。"],
        good=["农民人均纯收入由2019年的14646元提高到2020年的16403元。"],
        anchors=("由20",),
        window=(0, 50),
    ),
    rule(
        "E01d",
        "date_conflict",
        "warning",
        "日期早于数据",
        BASIS,
        _dates_against_text,
        ["下载文档\n时间:2023-04-16\n科技局2023年工作总结\n1—11月份，全县完成专利申请195件。\n"],
        ["下载文档\n时间:2024-01-16\n科技局2023年工作总结\n1—11月份，全县完成专利申请195件。\n"],
        scope="全文",
    ),
    rule(
        "E01e",
        "date_conflict",
        "error",
        "不存在的日期",
        "公历",
        _impossible_dates,
        ["2月30日召开会议。", "2025年12月8日（星期二）召开会议。"],
        ["2月28日召开会议。", "2025年12月8日（星期一）召开会议。"],
    ),
    rule(
        "E22",
        "date_conflict",
        "warning",
        "引用了未来的文件",
        BASIS,
        _future_documents,
        [_HEAD.format(2020) + "按照科字〔2025〕1号文件要求，推进工作。\n"],
        [_HEAD.format(2020) + "按照科字〔2020〕1号文件要求，推进工作。\n"],
    ),
    pattern(
        "E01g",
        "stale_date",
        "hint",
        "无参照的时限",
        BASIS,
        r"(?:确保|力争|将于|争取)(?:本)?(?:月底|月末|下周|近日)前?[^。；，\n]{2,14}",
        "年度文稿里的“月底前”没有参照，应写明年月",
        bad=["正在整改，确保月底前整改到位。"],
        good=["正在整改，确保2021年1月底前整改到位。"],
        anchors=(
            "月底",
            "月末",
            "下周",
            "近日",
        ),
        window=(6, 20),
    ),
)
