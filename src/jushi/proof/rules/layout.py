"""Layout: site chrome, titles said twice, lost paragraph breaks, stray blanks, texts that break off, sections promised and absent."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from jushi.proof.build import Check, Emit, pattern, rule
from jushi.proof.model import Finding, Rule
from jushi.proof.view import View

FORMAT = "GB/T 9704—2012《党政机关公文格式》"
_ENUMERATOR = re.compile(
    r"[ \t]*(?:[一二三四五六七八九十]{1,3}[、是]|"
    r"（[一二三四五六七八九十\d]{1,3}）|[㈠-㈩⑴-⒇⒈-⒛]|\d{1,2}[.、．](?!\d)|[①-⑳]|——|第[一二三四五六七八九十]+[，、章条部]|[●•■◆])"
)
_GAP = re.compile(r"[ \t]+(?=[\u4e00-\u9fff])| (?=\d{1,3}(?:\.\d{1,3})?[\u4e00-\u9fff% ])")


def _line_start(view: View, at: int) -> bool:
    before = view.norm[max(0, at - 20) : at].rstrip(" \t")
    return not before or before[-1] in "\n\r"


def _heading_fused(view: View, emit: Emit) -> Iterator[Finding]:
    title = view.title_span
    follows = title and view.text[title.end : title.end + 1].strip(" \u3000") not in ("", "\n", "\r")
    headed = title and any(h.level and h.start == title.end for h in view.reading.outline[:3])
    if title and (follows and not headed or _fused_by_blank(view)):
        at = title.end
        yield emit(view, (at, at + 1), "标题与正文之间没有分行")
    spaced, lists = 0, _InlineLists(view.norm)
    for head in view.reading.outline:
        if not head.level or _line_start(view, head.start) or view.in_chrome(head.start):
            continue
        before = view.norm[head.start - 1]
        if before == " ":
            spaced += not head.run_in
        elif (head.level <= 2 or before not in "。；！？：，”）、") and not (view.norm[head.start] == "（" and lists.holds(head.start)):
            yield emit(view, (head.start, head.start + max(1, len(head.marker))), "标题前没有分行")
    if spaced >= 3:
        first = next(h for h in view.reading.outline if h.level and not h.run_in and view.norm[h.start - 1 : h.start] == " ")
        yield emit(view, (first.start - 1, first.start), f"全文段落分行变成了空格（{spaced}处标题前）", level="hint")


class _InlineLists:
    """Paragraphs that begin with （一） and go on with （二）: short items in one run, nothing is fused. Each is looked at once, in order."""

    def __init__(self, text: str) -> None:
        self._text, self._end, self._listed = text, -1, False

    def holds(self, at: int) -> bool:
        """Whether the paragraph around an offset is such a list; offsets must not go back."""
        if at > self._end:
            low = self._text.rfind("\n", max(0, self._end), at) + 1 or max(0, self._end)
            high = self._text.find("\n", at)
            self._end = high if high >= 0 else len(self._text)
            line = self._text[low : self._end]
            short = re.match(r"[ \t]*（一）", line[:8]) and len(line) <= 60 * (1 + line.count("）"))
            self._listed = bool(short) and not re.search(r"[一二三四五六七八九十]、", line)
        return self._listed


def _fused_by_blank(view: View) -> bool:
    """The title is followed on its own line by a blank and then by the body."""
    title = view.title_span
    if not title or view.norm[title.end : title.end + 1] != " ":
        return False
    line_end = view.text.find("\n", title.end)
    rest = view.text[title.end : line_end if line_end >= 0 else len(view.text)]
    return len(rest.strip()) > 30


_HEADING_THEN_PROSE = re.compile(r"[一二三四五六七八九十]{1,3}、[^，。；： ]{2,20}( )[^，。 ]{2,30}，")


def _heading_open(view: View, emit: Emit) -> Iterator[Finding]:
    """A heading that runs into its body with nothing but a blank between."""
    for head in view.reading.outline:
        if head.run_in or not 0 < head.level <= 3:
            continue
        inside = _HEADING_THEN_PROSE.match(view.norm, head.start, head.end)
        if inside:
            yield emit(view, inside.span(1), "标题与正文之间只有空格，没有分行")
        if view.norm[head.end : head.end + 1] != " ":
            continue
        body = view.norm[head.end : head.end + 40].lstrip(" ")
        if body and "\n" not in body[:8] and not _ENUMERATOR.match(body):
            yield emit(view, (head.end, head.end + 1), "标题与正文之间只有空格，没有分行")


def _blanks(view: View, emit: Emit) -> Iterator[Finding]:
    if " " not in view.norm and "\t" not in view.norm:
        return
    ends = {h.end for h in view.reading.outline} | {h.start - 1 for h in view.reading.outline}
    tables = [(b.start, b.end) for b in view.reading.document.blocks if b.role in ("table", "signature", "title")]
    quiet_until = -1
    spaced_out = "digit_spaced" in view.reading.document.notes
    for match in _GAP.finditer(view.norm):
        at = match.start()
        before = view.norm[at - 1] if at else "\n"
        if not ("\u4e00" <= before <= "\u9fff" and not view.norm[match.end()].isdigit() or before.isdigit() and view.norm[match.end()].isdigit()):
            continue
        if spaced_out and _NUMERAL_END.search(view.norm, max(0, at - 12), at):
            # 3000万元 的: numerals are set apart throughout.
            continue
        if at in ends or at < quiet_until and not before.isdigit() or _inside(tables, at) or _quoted(view, at):
            continue
        spaced = re.compile(r"(?:[ \t]+[\u4e00-\u9fff\d.])+").match(view.norm, at)
        quiet_until = spaced.end() if spaced else match.end()
        short = _short_line(view, at)
        yield emit(view, (at, match.end()), "词语中间有多余空格", "", level="hint" if short else None)


_NUMERAL_END = re.compile(r"\d[\d.]*[万亿]?[\u4e00-\u9fff]{1,2}(?<![万亿])$")


def _inside(spans: list[tuple[int, int]], at: int) -> bool:
    """True where one of the ordered spans holds the offset."""
    index = bisect_right(spans, (at, at)) - 1
    return any(start <= at < end for start, end in spans[max(0, index) : index + 2])


def _short_line(view: View, at: int) -> bool:
    """A line without punctuation, as of a signature or a title set wide, where blanks may be meant."""
    low, high = max(0, at - 40), min(len(view.norm), at + 40)
    start, end = view.norm.rfind("\n", low, at) + 1, view.norm.find("\n", at, high)
    line = view.norm[max(start, low) : end if end >= 0 else high].strip()
    return len(line) <= 26 and not re.search(r"[，。；：、]", line)


def _quoted(view: View, at: int) -> bool:
    """Inside quotes or a title the blank parts the halves of a slogan."""
    low, high = max(0, at - 30), at + 30
    before, after = view.norm[low:at], view.norm[at:high]
    return any(before.rfind(left) > before.rfind(right) and 0 <= after.find(right) < 30 for left, right in ("“”", "《》", "‘’"))


def _wrapped(view: View, emit: Emit) -> Iterator[Finding]:
    """Hard wraps: line after line of like length ends in the middle of a sentence."""
    lines = view.paragraphs
    broken = [
        (s, e)
        for (s, e), (following, _) in zip(lines, lines[1:], strict=False)
        if 16 <= e - s <= 60
        and "\u4e00" <= view.norm[e - 1] <= "\u9fff"
        and "\u4e00" <= view.norm[following] <= "\u9fff"
        and not _ENUMERATOR.match(view.norm, following)
    ]
    wrapped = "hard_wrapped" in view.reading.document.notes
    if broken and (wrapped or len(broken) >= 5 and len(broken) * 2 > len(lines)):
        at = broken[0][1]
        yield emit(view, (at - 1, at + 1), f"句子中间硬换行（全文{len(broken)}处），应接回")


def _goes_on(view: View, line: tuple[int, int], following: tuple[int, int]) -> bool:
    """A long line without a mark that the next one ends: a sentence broken in two; or a mere tail of a sentence."""
    size, rest = line[1] - line[0], following[1] - following[0]
    if view.norm[following[1] - 1] not in "。；":
        return False
    return size > 44 and rest > 12 and "，" in view.norm[slice(*line)] or size >= 10 and rest <= 8


def _no_stop(view: View, emit: Emit) -> Iterator[Finding]:
    """A paragraph of prose that ends without a mark: before an enumerator the mark is lost, before other words the line is broken."""
    lines, norm = view.paragraphs, view.norm
    headings = {h.start for h in view.reading.outline if not h.run_in}
    wrapped = "hard_wrapped" in view.reading.document.notes
    for (start, end), (following, stop) in zip(lines, lines[1:], strict=False):
        last = norm[end - 1]
        if not "\u4e00" <= last <= "\u9fff" or start in headings or view.in_chrome(start) or view.title_span and start < view.title_span.end:
            continue
        run_in = re.match(r"[ \t]*[一二三四五六七八九十]{1,3}是", norm[start : start + 8])
        prose = end - start > 44 and "，" in norm[start:end]
        enumerated = bool(_ENUMERATOR.match(norm, following))
        if enumerated and (run_in or prose and "。" in norm[start:end]):
            yield emit(view, (end - 1, end), "段末缺句号（分号）", norm[end - 1] + "。")
        elif not wrapped and not enumerated and "\u4e00" <= norm[following] <= "\u9fff" and _goes_on(view, (start, end), (following, stop)):
            yield emit(view, (end - 1, min(following + 1, end + 3)), "句子中间换行，应接回", kind="space")


def heading_mark(regex: str, message: str) -> Check:
    """A mark behind headings. Where a text does so throughout, it is said once aloud; the other places are hints."""
    compiled = re.compile(regex)

    def check(view: View, emit: Emit) -> Iterator[Finding]:
        found = [m.span(1) for m in compiled.finditer(view.norm)]
        often = f"（全文{len(found)}处）" if len(found) > 2 else ""
        for i, span in enumerate(found):
            yield emit(view, span, message + often, "", level="hint" if i and often else None)

    return check


def _after_prose(view: View, match: re.Match[str]) -> bool:
    """At the end of a paragraph of some length that is no item of a list."""
    low = view.norm.rfind("\n", 0, match.start()) + 1
    return match.start() - low >= 30 and not re.match(r"[ \t]*[一二三四五六七八九十]{1,3}[、是]", view.norm[low : low + 30])


LAYOUT: tuple[Rule, ...] = (
    rule(
        "L04",
        "layout_fused",
        "warning",
        "标题未分行",
        FORMAT,
        _heading_fused,
        ["县科技局2021年工作总结\n为经济发展提供支撑。一、主要工作完成情况（一）科技创新不断推进\n全年新增企业5家。\n"],
        [
            "县科技局2021年工作总结\n为经济发展提供支撑。\n一、主要工作完成情况\n（一）科技创新不断推进。全年新增企业5家。\n",
            "县科技局2021年工作总结\n一、存在的问题\n（一）项目储备不足，质量不高。（二）专业人才短缺，结构不优。\n二、下步打算\n继续推进。\n",
        ],
    ),
    rule(
        "L05",
        "layout_fused",
        "warning",
        "标题与正文以空格相接",
        FORMAT,
        _heading_open,
        ["科技局工作总结\n一、存在的主要问题 一年来，我局工作虽有成效，但仍有差距。\n二、下步打算\n继续努力，推进各项工作。\n"],
        ["科技局工作总结\n一、存在的主要问题\n一年来，我局工作虽有成效，但仍有差距。\n"],
    ),
    rule(
        "L06",
        "space",
        "warning",
        "多余空格",
        FORMAT,
        _blanks,
        ["新增高 新技术企业5家。", "培育高 企 10家。"],
        ["新增高新技术企业5家。\n    取得成效。", "以“科技惠民 创新强县”为主题。", "推广R&D 5项。"],
    ),
    pattern(
        "L09",
        "punct_wrong",
        "warning",
        "分号后断段",
        "GB/T 15834—2011《标点符号用法》",
        r"；(?=[ \t]*\r?\n\s*[^\s一二三四五六七八九十（(\d①-⑳—•●■◆第●])",
        "分号后另起一段：宜用句号，或与下段接排",
        guard=lambda view, match: "hard_wrapped" not in view.reading.document.notes,
        fix="。",
        bad=["标志着产业发展取得进展；\n在展销会上，产品获奖。"],
        good=["一是抓项目；\n二是抓人才。", "取得进展；在展销会上获奖。"],
    ),
    pattern(
        "L09b",
        "punct_wrong",
        "warning",
        "段末用分号",
        "GB/T 15834—2011《标点符号用法》",
        "；",
        "段落结束、另起一级标题，段末用句号",
        guard=_after_prose,
        anchors=("；",),
        window=(0, 1),
        test=r"(?=[ \t]*\r?\n\s*[一二三四五六七八九十]{1,3}、)",
        fix="。",
        bad=["总结\n一、党建\n全乡有党支部十六个，党员五百余名，新发展党员十八名，为群众办实事三十二件；\n二、问题\n投入不足。\n"],
        good=["总结\n一、抓好学习，提高认识，增强做好工作的责任感和紧迫感，形成良好的学习氛围；\n二、抓好作风。\n"],
    ),
    rule(
        "L10",
        "space",
        "warning",
        "硬换行",
        FORMAT,
        _wrapped,
        ["\n".join(["全县科技工作紧紧围绕年度目标任务立足争先进位主动作"] * 8)],
        ["全县科技工作紧紧围绕年度目标任务，立足争先进位。\n主动作为。\n"],
    ),
    pattern(
        "L16",
        "space",
        "hint",
        "序号后空格",
        FORMAT,
        r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)([ \t]+)(?=[\u4e00-\u9fff])",
        "序号与文字之间不空格",
        group=1,
        fix="",
        anchors=("、 ", "） "),
        window=(4, 6),
        bad=["一、 主要工作"],
        good=["一、主要工作"],
    ),
    rule(
        "L17",
        "punct_missing",
        "warning",
        "段末缺标点",
        "GB/T 15834—2011《标点符号用法》",
        _no_stop,
        ["总结\n下一步重点抓好以下工作：\n一是加大企业培育力度，扩大总量。\n二是深入开展“办实事”实践活动\n三是做好安全生产工作。\n"],
        ["总结\n下一步重点抓好以下工作：\n一是加大企业培育力度，扩大总量。\n二是深入开展“办实事”实践活动。\n"],
    ),
    pattern(
        "L18",
        "punct_missing",
        "warning",
        "“如下”后缺冒号",
        "GB/T 15834—2011《标点符号用法》",
        r"(?:总结|汇报|报告|说明|安排|通知)如下(?=[ \t]*\r?\n)",
        "“如下”后缺冒号",
        fix=r"\g<0>：",
        bad=["现将工作总结如下\n一、主要工作\n"],
        good=["现将工作总结如下：\n一、主要工作\n"],
        anchors=("如下",),
        window=(3, 12),
    ),
    rule(
        "P07",
        "punct_wrong",
        "warning",
        "标题末不用句号",
        FORMAT,
        heading_mark(r"\n[一二三四五六七八九十]{1,3}、[^。，；：\n]{2,30}(。)(?=[ \t]*\n)", "独立成行的标题末尾不用句号"),
        bad=["总结\n一、主要成效。\n全年完成。"],
        good=["总结\n一、主要成效\n全年完成。"],
    ),
)
