"""Layout: site chrome, titles said twice, lost paragraph breaks, stray blanks, texts that break off, sections promised and absent."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jushi.proof.build import Emit, pattern, rule
from jushi.proof.model import Finding, Rule
from jushi.proof.view import View

FORMAT = "GB/T 9704—2012《党政机关公文格式》"
CLEAN = "公文内容应完整、准确，不夹带网页和模板痕迹"
_ENUMERATOR = re.compile(r"[ \t]*(?:[一二三四五六七八九十]{1,3}[、是]|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.、．]|[①-⑳]|——|第[一二三四五六七八九十]+[，、章条部]|[●•■◆])")
_ENDS = "。！？…：；”）》】"
_PLAN_WORD = re.compile(r"(?:工作)?(?:安排|计划|打算|思路|谋划|要点)")
_PLAN_HEAD = re.compile(r"(?:计划|安排|打算|思路|方案|谋划|要点|目标任务?)(?:和|及|与|$)|下一步|下步|下阶段|下半年|明年|来年|今后|展望|20\d\d年.{0,6}(?:重点|工作)")
_GAP = re.compile(r"[ \t]+(?=[\u4e00-\u9fff])| (?=\d{1,3}[\u4e00-\u9fff ])")
_SIGNED = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日\s*$|[〇一二三四五六七八九]{4}年.{2,3}月.{1,3}日\s*$|(?:局|委|办|厅|院|所|协会|中心)\s*$")


def _chrome(view: View, emit: Emit) -> Iterator[Finding]:
    blocks = [b for b in view.reading.document.blocks if b.role in ("boilerplate", "page_mark")]
    start = end = -1
    for block in blocks:
        if end >= 0 and not view.text[end : block.start].strip():
            end = block.end
            continue
        if end >= 0:
            yield emit(view, (start, end), "网页或文库留下的文字，应删去")
        start, end = block.start, block.end
    if end >= 0:
        yield emit(view, (start, end), "网页或文库留下的文字，应删去")


def _title_twice(view: View, emit: Emit) -> Iterator[Finding]:
    for block in view.reading.document.blocks:
        if block.role == "title" and block.attrs.get("copy"):
            yield emit(view, (block.start, block.end), "标题重复，删去一个", "")
            return
    lines = [(s, e) for s, e in view.paragraphs[:6] if not view.in_chrome(s)]
    for (start, end), (again, stop) in zip(lines, lines[1:], strict=False):
        if 8 <= end - start <= 60 and view.norm[start:end].strip() == view.norm[again:stop].strip():
            yield emit(view, (start, end), "标题重复，删去一个", "")
            return


def _line_start(view: View, at: int) -> bool:
    before = view.norm[max(0, at - 20) : at].rstrip(" \t")
    return not before or before[-1] in "\n\r"


def _heading_fused(view: View, emit: Emit) -> Iterator[Finding]:
    title = view.title_span
    if title and view.text[title.end : title.end + 1].strip(" \u3000") not in ("", "\n", "\r") or _fused_by_blank(view):
        at = title.end if title else 0
        yield emit(view, (at, at + 1), "标题与正文之间没有分行")
    spaced = 0
    for head in view.reading.outline:
        if not head.level or _line_start(view, head.start) or view.in_chrome(head.start):
            continue
        before = view.norm[head.start - 1]
        if before == " ":
            spaced += not head.run_in
        elif head.level <= 2 or before not in "。；！？：，”）、":
            yield emit(view, (head.start, head.start + max(1, len(head.marker))), "标题前没有分行")
    if spaced >= 3:
        first = next(h for h in view.reading.outline if h.level and not h.run_in and view.norm[h.start - 1 : h.start] == " ")
        yield emit(view, (first.start - 1, first.start), f"全文段落分行变成了空格（{spaced}处标题前）", level="hint")


def _fused_by_blank(view: View) -> bool:
    """The title is followed on its own line by a blank and then by the body."""
    title = view.title_span
    if not title or view.norm[title.end : title.end + 1] != " ":
        return False
    line_end = view.text.find("\n", title.end)
    rest = view.text[title.end : line_end if line_end >= 0 else len(view.text)]
    return len(rest.strip()) > 30


def _heading_open(view: View, emit: Emit) -> Iterator[Finding]:
    """A heading that runs into its body with nothing but a blank between."""
    for head in view.reading.outline:
        if head.run_in or not 0 < head.level <= 3 or view.norm[head.end : head.end + 1] != " ":
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
    for match in _GAP.finditer(view.norm):
        at = match.start()
        before = view.norm[at - 1] if at else "\n"
        if not ("\u4e00" <= before <= "\u9fff" and not view.norm[match.end()].isdigit() or before.isdigit() and view.norm[match.end()].isdigit()):
            continue
        if at in ends or at < quiet_until or any(s <= at < e for s, e in tables) or _quoted(view, at):
            continue
        spaced = re.compile(r"(?:[ \t]+[\u4e00-\u9fff\d.])+").match(view.norm, at)
        quiet_until = spaced.end() if spaced else match.end()
        yield emit(view, (at, match.end()), "词语中间有多余空格", "")


def _quoted(view: View, at: int) -> bool:
    """Inside quotes or a title the blank parts the halves of a slogan."""
    low, high = max(0, at - 30), at + 30
    before, after = view.norm[low:at], view.norm[at:high]
    for left, right in ("“”", "《》", "‘’"):
        if before.rfind(left) > before.rfind(right) and 0 <= after.find(right) < 30:
            return True
    return False


def _broken_off(view: View, emit: Emit) -> Iterator[Finding]:
    bodies = [b for b in view.reading.document.blocks if b.role in ("body", "heading", "signature", "table", "footnote")]
    if not bodies or bodies[-1].role not in ("body",):
        return
    last = view.norm[bodies[-1].start : bodies[-1].end].rstrip()
    end = bodies[-1].start + len(last)
    prose = max((b.end - b.start for b in bodies), default=0)
    if len(last) < 12 or prose < 60 or last[-1] in _ENDS or _SIGNED.search(last) or len(last) < 40 and "。" not in last:
        return
    yield emit(view, (max(0, end - 2), end), "文末断句，疑被截断")


def _promised(view: View, emit: Emit) -> Iterator[Finding]:
    title, size = view.title_span, len(view.text)
    if not title or size < 600 or not re.search(r"总结|报告|汇报", view.title):
        return
    promise = _PLAN_WORD.search(view.title, view.title.find("总结") + 1)
    heads = [h.text for h in view.reading.outline if h.level in (1, 2, 3)]
    planned = any(_PLAN_HEAD.search(text) for text in heads) or re.search(r"\n[^\n]{0,12}(?:下一步|明年|来年|下半年)[^\n]{0,30}", view.norm[size // 2 :])
    if promise and not planned:
        at = title.start + promise.start()
        yield emit(view, (at, title.start + promise.end()), "标题写有计划（安排），正文没有这一部分")


def _wrapped(view: View, emit: Emit) -> Iterator[Finding]:
    """Hard wraps: line after line of like length ends in the middle of a sentence."""
    lines = view.paragraphs
    broken = [
        (s, e)
        for (s, e), (following, _) in zip(lines, lines[1:], strict=False)
        if 16 <= e - s <= 60 and "\u4e00" <= view.norm[e - 1] <= "\u9fff" and "\u4e00" <= view.norm[following] <= "\u9fff" and not _ENUMERATOR.match(view.norm, following)
    ]
    if len(broken) >= 5 and len(broken) * 2 > len(lines):
        at = broken[0][1]
        yield emit(view, (at - 1, at + 1), f"句子中间硬换行（全文{len(broken)}处），应接回")


LAYOUT: tuple[Rule, ...] = (
    rule("L01", "boilerplate", "warning", "网页文字", CLEAN, _chrome, ["下面是小编为大家整理的科技局工作总结,供大家参考。\n科技局工作总结\n一年来，我局积极工作，取得成效。\n"], ["科技局工作总结\n一年来，我局积极工作，取得成效。\n"], scope="全文"),
    pattern("L02", "template_marker", "error", "范文模板痕迹", CLEAN, r"范文(?=及|\n|大全|精选|模板|参考|[一二三四五六七八九\d]|（)|\[标签[：:][^\]\n]{0,20}\]|【(?:篇|范文)[^】\n]{1,12}】|（?(?:通用|精选|最新|优秀)\d+篇）?|(?:^|\n)[^\n]{0,20}篇[一二三四五六七八九]\b|总结(?:模板|范本)", "范文或模板留下的标记", anchors=("范文", "标签", "【", "篇", "模板", "范本"), window=(24, 24),
            bad=["科技局2021年度工作总结范文及2022年工作安排", "[标签:介绍]科技局总结"], good=["科技局2021年度工作总结", "发表论文5篇。"], scope="全文"),
    rule("L03", "title_dup", "error", "标题重复", FORMAT, _title_twice, ["县科技局2021年度工作总结\n县科技局2021年度工作总结\n一年来，我局认真落实各项任务，取得较好成效。\n"], ["县科技局2021年度工作总结\n一年来，我局认真落实各项任务，取得较好成效。\n"], scope="标题"),
    rule("L04", "layout_fused", "warning", "标题未分行", FORMAT, _heading_fused, ["县科技局2021年工作总结\n为经济发展提供支撑。一、主要工作完成情况（一）科技创新不断推进\n全年新增企业5家。\n"], ["县科技局2021年工作总结\n为经济发展提供支撑。\n一、主要工作完成情况\n（一）科技创新不断推进。全年新增企业5家。\n"]),
    rule("L05", "layout_fused", "warning", "标题与正文以空格相接", FORMAT, _heading_open, ["科技局工作总结\n一、存在的主要问题 一年来，我局工作虽有成效，但仍有差距。\n二、下步打算\n继续努力，推进各项工作。\n"], ["科技局工作总结\n一、存在的主要问题\n一年来，我局工作虽有成效，但仍有差距。\n"]),
    rule("L06", "space", "warning", "多余空格", FORMAT, _blanks, ["新增高 新技术企业5家。", "培育高 企 10家。"], ["新增高新技术企业5家。\n    取得成效。", "以“科技惠民 创新强县”为主题。", "推广R&D 5项。"]),
    rule("L07", "truncated", "error", "文本截断", CLEAN, _broken_off, ["科技局工作总结\n一年来，我局认真落实各项任务，组织开展了形式多样的活动，培训农民三千人次，发放资料五千份，取得了较好的成效。全体党员认真学习，对全体党员进"], ["科技局工作总结\n一年来，我局认真落实各项任务，组织开展了形式多样的活动，培训农民三千人次，发放资料五千份，取得了较好的成效。\n"]),
    pattern("L07b", "truncated", "error", "付费截断标记", CLEAN, r"(?:开头|以下|中间)?部分已省略\d*字?|未完，全文共\d+字|剩余\d+%未读|此处省略\d*字|\.{3}（?试读结束", "文本被站点截断", bad=["……（开头部分已省略573字）"], good=["全文完。"], anchors=("省略", "未完", "未读", "试读"), window=(8, 20), scope="全文"),
    rule("L08", "missing_section", "warning", "承诺部分缺失", FORMAT, _promised, ["县科技局2021年工作总结及2022年工作安排\n" + "一、主要工作\n" + "我局落实各项任务，推进项目建设，完成年度目标，服务企业发展，取得良好成效。\n" * 20], ["县科技局2021年工作总结及2022年工作安排\n" + "一、主要工作\n" + "我局落实各项任务，推进项目建设，完成年度目标，服务企业发展，取得良好成效。\n" * 20 + "二、2022年工作安排\n继续推进。\n"], scope="标题"),
    pattern("L09", "punct_wrong", "warning", "分号后断段", "GB/T 15834—2011《标点符号用法》", r"；(?=[ \t]*\r?\n\s*[^\s一二三四五六七八九十（(\d①-⑳—•●■◆第●])", "分号后另起一段：宜用句号，或与下段接排", fix="。",
            bad=["标志着产业发展取得进展；\n在展销会上，产品获奖。"], good=["一是抓项目；\n二是抓人才。", "取得进展；在展销会上获奖。"]),
    rule("L10", "space", "warning", "硬换行", FORMAT, _wrapped, ["\n".join(["全县科技工作紧紧围绕年度目标任务立足争先进位主动作"] * 8)], ["全县科技工作紧紧围绕年度目标任务，立足争先进位。\n主动作为。\n"]),
    pattern("L15", "truncated", "error", "段末断句", CLEAN, r"[，、](?=[ \t]*\r?\n\s*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.、．]))", "段落以逗号（顿号）结束，下文另起标题：疑有缺文", bad=["（一）改进作风。严格落实中央八项规定精神，\n（二）推进项目建设。"], good=["（一）改进作风，\n抓好落实。"]),
    pattern("L16", "space", "hint", "序号后空格", FORMAT, r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)([ \t]+)(?=[\u4e00-\u9fff])", "序号与文字之间不空格", group=1, fix="", anchors=("、 ", "） "), window=(4, 6), bad=["一、 主要工作"], good=["一、主要工作"]),
    pattern("L11", "garbled", "error", "网页代码残留", CLEAN, r"&(?:nbsp|amp|quot|lt|gt|ldquo|rdquo|middot|mdash);?|</?(?:p|br|div|span|strong|font)\b[^>\n]{0,40}>|``", "网页代码残留", anchors=("&", "<", "``"), window=(1, 50), bad=["推进&nbsp;项目建设。", "R&amp;D经费。"], good=["R&D经费增长。"]),
    pattern("L12", "garbled", "error", "注入拼音", CLEAN, r"[\u4e00-\u9fff]（[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}）", "字后夹带拼音（防复制），应删去", anchors=("（",), window=(1, 9), fix=lambda m: m[0][0], bad=["工作計(jì)劃"], good=["工作计划（草案）"]),
    pattern("L13", "garbled", "error", "年份残句", CLEAN, r"(?:19|20)\d\d(?=今年|去年|本年)", "年份与“今年”重叠", bad=["2023今年以来，我局推进改革。"], good=["2023年以来，我局推进改革。"], anchors=("今年", "去年", "本年"), window=(4, 3)),
    pattern("L14", "title_wrong", "warning", "标题时段不合", FORMAT, r"上半年[^\n，。]{0,10}总结[^\n，。]{0,6}(?:下年|明年|来年)|乡镇年度科技局|市区科技局|(?:上年|下年)(?:工作)?总结", "标题的时段或主体不合", bad=["上半年工作总结与下年工作思路"], good=["上半年工作总结与下半年工作思路"], anchors=("总结", "科技局"), window=(16, 16), scope="标题"),
    pattern("P07", "punct_wrong", "warning", "标题末不用句号", FORMAT, r"\n[一二三四五六七八九十]{1,3}、[^。，；：\n]{2,30}(。)(?=[ \t]*\n)", "独立成行的标题末尾不用句号", group=1, fix="", bad=["总结\n一、主要成效。\n全年完成。"], good=["总结\n一、主要成效\n全年完成。"]),
)
