"""Quotes, brackets, book-title marks and document numbers (GB/T 15834—2011, GB/T 9704—2012)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from jushi.proof.build import Check, Emit, pattern, rule
from jushi.proof.model import Finding, Rule
from jushi.proof.view import View

STANDARD = "GB/T 15834—2011《标点符号用法》"
FORMAT = "GB/T 9704—2012《党政机关公文格式》"
_QUOTES = re.compile(r"[“”\n]")
_BRACKETS = re.compile(r"[（）\n]")
_TITLES = re.compile(r"[《》\n]")


def _balanced(view: View, pair: str) -> bool:
    """True where every line pairs the marks without nesting: most texts, told without walking them."""
    return view.norm.count(pair[0]) == view.norm.count(pair[1]) and not _UNCLOSED[pair].search(view.norm)


# An opening mark whose line does not go on to its closing mark. Where there is none, as many closing marks as opening ones are paired.
_UNCLOSED = {pair: re.compile(f"{pair[0]}(?![^{pair}\n]*+{pair[1]})") for pair in ("“”", "（）", "《》")}


def _walk(view: View, marks: re.Pattern[str], pair: str) -> Iterator[tuple[str, int, int]]:
    """Unpaired and nested marks within each paragraph: (what, position, position of the open mark)."""
    if _balanced(view, pair):
        return
    opened: list[int] = []
    for match in marks.finditer(view.norm):
        mark, at = match[0], match.start()
        if mark == pair[0]:
            if opened:
                yield "nested", at, opened[-1]
            opened.append(at)
        elif mark == pair[1]:
            if opened:
                opened.pop()
            else:
                yield "unopened", at, at
        else:
            yield from (("unclosed", start, start) for start in opened)
            opened = []
    yield from (("unclosed", start, start) for start in opened)


def _is_enumerator(view: View, at: int) -> bool:
    """“1）” and “a）” are enumerators, not half a pair of brackets."""
    return view.norm[max(0, at - 1) : at].isalnum() and view.norm[max(0, at - 3) : at - 1].strip("0123456789 ")[-1:] in ("", "\n", "。", "；")


def _wrong_close(view: View, at: int) -> bool:
    """A “ that stands where a quotation ends: after a character, before a word that goes on with the sentence."""
    return view.norm[at + 1 : at + 2] in tuple("的为等、，。；）及和与贯") and view.norm[at - 1 : at] not in tuple("，。；：、\n")


def _after_word(view: View, at: int) -> bool:
    return view.norm[at - 1 : at] not in tuple("，。；：、（\n“")


def _turned(view: View, unopened: list[int], unclosed: list[int]) -> set[int]:
    """”走进实验室“: closing mark first, then the opening one, close by on one line."""
    both: set[int] = set()
    for at in unopened:
        after = next((other for other in unclosed if other > at), None)
        if after is not None and after - at <= 32 and "\n" not in view.norm[at:after] and not both & {at, after}:
            both |= {at, after}
    return both


def _quotes(view: View, emit: Emit) -> Iterator[Finding]:
    found = [item for item in _walk(view, _QUOTES, "“”") if item[0] != "nested"]
    lost = [at for what, at, _ in found if what == "unclosed"]
    turned = _turned(view, [at for what, at, _ in found if what == "unopened"], lost)
    paired = [two for one, two in zip(lost[::2], lost[1::2], strict=False) if two - one <= 20]
    wrong = sorted({at for at in lost if _wrong_close(view, at)} | {at for at in paired if _after_word(view, at)})
    closers = set(wrong)
    yield from (emit(view, (at, at + 1), "此处应为后引号“””", "”", kind="quote_glyph") for at in wrong if at not in turned)
    for at in sorted(turned):
        right = "“" if view.norm[at] == "”" else "”"
        yield emit(view, (at, at + 1), f"引号前后颠倒，应为“{right}”", right, kind="quote_glyph")
    for what, at, _ in found:
        later = bisect_right(wrong, at)
        if at in closers or at in turned or later < len(wrong) and wrong[later] - at < 60:
            continue
        if what == "unopened":
            yield emit(view, (at, at + 1), "有后引号而无前引号")
        else:
            yield emit(view, (at, at + 1), "有前引号而无后引号")


def _nested_quotes(view: View, emit: Emit) -> Iterator[Finding]:
    lost = {at for what, at, _ in _walk(view, _QUOTES, "“”") if what == "unclosed"}
    for what, at, outer in _walk(view, _QUOTES, "“”"):
        if what == "nested" and outer not in lost and at not in lost:
            yield emit(view, (at, at + 1), "引号里再用引号，外双内单", "‘")


def _unpaired(marks: re.Pattern[str], pair: str, name: str) -> Check:
    def check(view: View, emit: Emit) -> Iterator[Finding]:
        for what, at, _ in _walk(view, marks, pair):
            if what == "nested" or (what == "unopened" and _is_enumerator(view, at)):
                continue
            yield emit(view, (at, at + 1), f"{name}不成对：缺{'前' if what == 'unopened' else '后'}半个")

    return check


def _glyph(view: View, emit: Emit) -> Iterator[Finding]:
    if not any(mark in view.text for mark in '〞〝″＂"'):
        return
    for match in re.finditer(r"[〞〝″＂]|(?<=[\u4e00-\u9fff])\"|\"(?=[\u4e00-\u9fff])", view.text):
        right = "“" if match[0] == "〝" else "”"
        if match[0] == '"':
            before = view.text[max(0, match.start() - 80) : match.start()].rsplit("\n", 1)[-1]
            right = "”" if before.count('"') % 2 or before.count("“") > before.count("”") else "“"
        yield emit(view, match.span(), f"引号字形有误，应为“{right}”", right)


RULES: tuple[Rule, ...] = (
    rule(
        "Q01",
        "quote_missing",
        "error",
        "引号不成对",
        STANDARD,
        _quotes,
        ["获得“先进县的称号。", "五大创新”贯穿始终。", "以“科技惠民“为主题开展宣传。", "举办”走进实验室“活动。"],
        ["获得“先进县”的称号。", "“甲‘乙’丙”"],
    ),
    rule(
        "P18",
        "quote_nesting",
        "warning",
        "引号嵌套外双内单",
        STANDARD,
        _nested_quotes,
        ["他说“要做到“四个到位”不放松”。"],
        ["他说“要做到‘四个到位’不放松”。"],
    ),
    rule(
        "Q02",
        "quote_glyph",
        "error",
        "引号字形错误",
        STANDARD,
        _glyph,
        ["发扬“钉钉子〞精神。", '落实"双减"政策。'],
        ["发扬“钉钉子”精神。"],
    ),
    rule(
        "Q03",
        "bracket_unmatched",
        "error",
        "括号不成对",
        STANDARD,
        _unpaired(_BRACKETS, "（）", "括号"),
        ["共5项（其中省级3项，市级2项。", "推进项目）建设。"],
        ["共5项（其中省级3项，市级2项）。", "1）推进项目。"],
    ),
    rule(
        "Q04",
        "title_bracket",
        "error",
        "书名号不成对",
        STANDARD,
        _unpaired(_TITLES, "《》", "书名号"),
        ["学习《条例精神。"],
        ["学习《条例》精神。"],
    ),
    pattern(
        "P19",
        "title_bracket",
        "warning",
        "书名号嵌套外双内单",
        STANDARD,
        r"《[^《》\n]{0,60}(《)[^《》\n]{0,60}》[^《》\n]{0,30}》",
        "书名号里再用书名号，外双内单",
        group=1,
        fix="〈",
        bad=["《关于印发《管理办法》的通知》"],
        good=["《关于印发〈管理办法〉的通知》", "《甲》《乙》"],
    ),
    pattern(
        "P20",
        "title_bracket",
        "warning",
        "奖项活动单位不用书名号",
        STANDARD,
        r"《[^《》\n]{1,20}(?:奖|奖状|奖章|活动周|科普日|活动日|活动月|健身日|称号|公司|示范基地|示范区|证书)》|《[^《》\n]{2,14}(?:单位|集体|个人|模范|标兵)》(?=称号|荣誉)",
        "奖项、活动、牌匾、单位名称不用书名号",
        fix=lambda m: m[0].strip("《》"),
        bad=["荣获《神农奖》。", "开展《科技活动周》活动。", "获评《文明单位》称号。"],
        good=["荣获神农奖。", "印发《科技活动周实施方案》。"],
    ),
    pattern(
        "P21",
        "title_bracket",
        "warning",
        "行动项目不用书名号",
        STANDARD,
        r"《([^《》\n]{2,30})》(?=(?:专项|攻坚|系列)?行动|工程(?!实施)|项目(?:获|列入|通过|被|成功|立项|已经?|完成|顺利))|项目《([^《》\n]{4,40})》",
        "行动、工程、项目名称用引号，不用书名号",
        fix=lambda m: f"“{m[1]}”" if m[1] else f"项目“{m[2]}”",
        bad=["实施《科技兴农》行动。", "项目《高产栽培关键技术研究》获得立项。"],
        good=["实施“科技兴农”行动。", "印发《科技兴农行动方案》。"],
        anchors=(
            "》行动",
            "》专项",
            "》攻坚",
            "》系列",
            "》工程",
            "》项目",
            "项目《",
        ),
        window=(34, 48),
    ),
    pattern(
        "Q05",
        "title_bracket",
        "hint",
        "印发类标题的内层文件名",
        FORMAT,
        r"《关于(?:印发|转发)([^〈〉《》“”\n]{4,60}(?:方案|办法|意见|规定|细则|制度|规划|要点))的通知》",
        "所印发的文件名宜加单书名号〈〉",
        group=1,
        fix=r"〈\1〉",
        bad=["按照《关于印发环境整治工作方案的通知》要求。"],
        good=["按照《关于印发〈环境整治工作方案〉的通知》要求。"],
    ),
    pattern(
        "P31",
        "bracket_unmatched",
        "warning",
        "发文年份用六角括号",
        FORMAT,
        r"(?<=[发办函字科政协党委局规组通联厅])[\[［（【](\d{4})[\]］）】](?=\s?第?\d+\s?号)",
        "发文字号的年份用六角括号〔〕",
        fix=r"〔\1〕",
        anchors=("[", "［", "（", "【"),
        window=(2, 14),
        test=r"(?=\d{4}[\]］）】])",
        bad=["按照X科字[2025]1号文件要求。", "依据政办发（2024）60号。"],
        good=["按照科字〔2025〕1号文件要求。"],
    ),
    pattern(
        "P31b",
        "bracket_unmatched",
        "warning",
        "发文字号缺括号",
        FORMAT,
        r"[\u4e00-\u9fff]{2,6}[发办函字科政协党委联]((?:19|20)\d{2})(\d{1,3})(?=号)",
        "发文字号缺六角括号",
        group=1,
        fix=r"〔\1〕\2",
        anchors=("号",),
        window=(18, 1),
        bad=["依据省科协200723号文件。"],
        good=["依据科协〔2007〕23号文件。"],
    ),
    pattern(
        "P32",
        "numeral_style",
        "warning",
        "发文字号不加“第”不补零",
        FORMAT,
        r"〔\d{4}〕(第0*|0+)(?=\d+号)",
        "发文字号的序号不加“第”、不补零",
        group=1,
        fix="",
        bad=["科字〔2025〕第01号"],
        good=["科字〔2025〕1号"],
    ),
    pattern(
        "P40",
        "punct_wrong",
        "warning",
        "附件名称的标点",
        FORMAT,
        r"附件：\s*\d{1,2}、|附件：[^\n。；]{2,40}[。；](?=\n|\Z)",
        "附件序号后用下脚点，附件名称后不加标点",
        bad=["附件：1、先进名单"],
        good=["附件：1.先进名单"],
    ),
    pattern(
        "P36",
        "punct_wrong",
        "warning",
        "起止号占一字",
        STANDARD,
        r"(?<=\d)年?(-{2,4}|——|－－|——)(?=\d{2,4}年?)|(?<=[\u4e00-\u9fff])(?P<word>-{2,4})(?=[\u4e00-\u9fff])",
        "起止之间用一字线“—”",
        fix=lambda m: m[0][: m.start(m.lastindex or 0) - m.start()] + "—",
        anchors=("--", "——", "－－"),
        window=(2, 6),
        bad=["2024--2026年", "实施2019---2020年项目，新修京--沪线路。"],
        good=["2024—2026年"],
    ),
    pattern(
        "P08",
        "punct_wrong",
        "warning",
        "时间起止用一字线",
        STANDARD,
        r"(?<![\dxX×])(?:[\dxX×]{4}年?|[\dxX×]{1,2}[月日]?)(?P<mark>[-－~～–])(?=[\dxX×]{4}年|[\dxX×]{1,2}[月日])",
        "时间的起止用一字线“—”",
        group="mark",
        fix="—",
        anchors=("-", "－", "~", "～", "–"),
        window=(6, 6),
        bad=["2023-2025年", "1-11月完成投资。", "7月1日-9月30日开展排查。"],
        good=["2023—2025年", "1—11月完成投资。", "印发日期：2023-04-16"],
    ),
    pattern(
        "P09",
        "punct_wrong",
        "warning",
        "数值范围用浪纹线",
        STANDARD,
        r"(?<![\d.\-a-zA-Z])(\d{1,3}(?:\.\d+)?)([-－–])(\d{1,5}(?:\.\d+)?)(?=年(?!\d)|平方|[个家名项人次户天件场万亿%％亩公吨门种套米座条份元])",
        "数值范围用浪纹线“～”",
        group=2,
        fix="～",
        anchors=("-", "－", "–"),
        window=(6, 8),
        bad=["用3-5年时间建成。"],
        good=["用3～5年时间建成。", "2023—2025年"],
    ),
)
BRACKETS = RULES
