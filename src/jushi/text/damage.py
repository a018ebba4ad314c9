"""Damage of documents from the wild, recognised and marked: site chrome, page marks, doubled titles, several documents in one.

Nothing is removed: each line of the source becomes a block with a role. The lexicon is data (data/chrome.tsv).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from jushi.text.folding import fold
from jushi.text.model import Block, BlockRole
from jushi.text.view import chunk_numbers, families, view

_LINE = re.compile(r"[^\n]+")
_PAGE = re.compile(
    r"(?:第 ?[0-9]{1,4} ?页[ ，/]{0,3}(?:共 ?[0-9]{1,4} ?页)?|[-—－] ?[0-9]{1,3} ?[-—－]|[0-9]{1,3} ?/ ?[0-9]{1,3}"
    r"|Page [0-9]{1,4}(?: of [0-9]{1,4})?)"
)
_PAGE_INLINE = re.compile(
    r"第 ?[0-9]{1,4} ?页 {0,2}共 ?[0-9]{1,4} ?页|(?:WORD ?版 ?)?【本文[^】\n]{0,60}】(?: ?第 ?[0-9]{1,4} ?页 ?)?"
    r"|编号：[0-9]{4,12}|\[标签：[^\]\n]{0,12}\]"
)
_INLINE_WORDS = re.compile(r"页|【本文|编号：|\[标签：")
_GENRE = r"(?:总结|计划|安排|报告|汇报|要点|思路|打算|方案|小结|述职|规划|意见|情况|简报|通报|纪要|讲话|材料)"
_TITLE = re.compile(
    rf"^[^。；！？]{{2,60}}?{_GENRE}(?:报告|汇报|范文|材料|精选|模板|样本|参考|集锦|汇编|[（【][^（）【】]{{1,16}}[）】]| ?[0-9]{{3,5}} ?字|"
    rf"(?:篇|之)?[0-9一二三四五六七八九]{{1,2}})?$"
)
_GENRES = re.compile(_GENRE)
_OPENING = re.compile(
    r"(?:今年以来|今年是|今年，|今年我|一年来|近年来|本学期|本学年|半年来|[省市县区]人民政府：|20[0-9]{2}年(?:度|上半年|下半年|以来)?，|20[0-9xX*×]{2}年是|[xX×*]{2,4}年，|上半年，|在[^，。]{2,30}领导下|根据|按照|为深入|为了|为贯彻|现将|[一1]、|（一）)"
)
_ENUMERATED = re.compile(r"^[ #*]*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|[㈠-㈩⒈-⒛]|[0-9]{1,2}[、.](?![0-9]))")
_PART = re.compile(
    r"^[【《 ]*(?:第?[一二三四五六七八九十0-9]{1,2}篇|篇[一二三四五六七八九十0-9]{1,2}|范文[一二三四五六七八九十0-9]{1,2})[】》 ：:、]*"
)
_LAST_PART = re.compile(r"[（(]?篇[一二三四五六七八九十0-9]{1,2}[）)]?$")
_SIGNED = re.compile(
    r"^[^，。；：]{2,24}(?:局|委|办|厅|部|协会|中心|政府|办公室)$|^[0-9〇一二三四五六七八九xX×*]{4} ?年[^，。]{1,6}月[^，。]{1,5}日$"
)


_ZONE = 40


@dataclass(slots=True)
class Line:
    """A line of the folded text without its end mark, and what it looks like."""

    start: int
    end: int
    text: str
    role: BlockRole = "body"
    copy: bool = False


@cache
def _chrome() -> dict[str, re.Pattern[str]]:
    parts: dict[str, list[str]] = {}
    for line in resources.files("jushi.text").joinpath("data/chrome.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            where, pattern = line.split("\t")
            parts.setdefault(where, []).append(pattern)
    return {where: re.compile("|".join(patterns)) for where, patterns in parts.items()}


_PER_CHARACTER = frozenset({"pinyin", "traditional", "letter_spaced", "digit_spaced"})


def mark(text: str, damaged: tuple[str, ...] = ()) -> list[Block]:
    """Blocks of a plain text, one for each line that holds anything, in order; inline page marks and fused titles are split off.

    ``damaged`` are the text's families of damage; words hidden by injected characters are recognised through a view.
    """
    hiding = tuple(family for family in damaged if family in _PER_CHARACTER)
    if not hiding:
        return _mark(fold(text))
    seen = view(text, hiding)
    blocks = []
    for block in _mark(seen.text):
        start, end = seen.span(block.start, block.end)
        blocks.append(Block(start, end, block.role, block.paragraph, block.attrs))
    return blocks


def _mark(folded: str) -> list[Block]:
    lines = [Line(m.start(), m.end(), m[0]) for m in _LINE.finditer(folded) if not m[0].isspace()]
    if not lines:
        return []
    last = len(lines) - _ZONE
    for at, line in enumerate(lines):
        # Inside the text only short lines can be chrome; before and after it may run on.
        _classify(line, 300 if at < _ZONE or at > last else 60)
    body = _first_body(lines)
    _mark_head(lines, body)
    _mark_tail(lines, body)
    _mark_later_titles(lines, body)
    numbers = dict(chunk_numbers(folded))
    blocks: list[Block] = []
    inline = _INLINE_WORDS.search(folded) is not None
    for at, line in enumerate(lines):
        if line.start in numbers:
            blocks.append(Block(line.start, numbers[line.start], "page_mark"))
            line = Line(numbers[line.start], line.end, line.text[numbers[line.start] - line.start :], line.role)
        if at == body or line.role == "title" or (inline and len(line.text) >= 30):
            blocks.extend(_blocks_of(line, at == body))
        else:
            blocks.append(Block(line.start, line.end, line.role, None, {"copy": "1"} if line.copy else {}))
    return blocks


def _classify(line: Line, limit: int) -> None:
    stripped = line.text.strip()
    if (len(stripped) <= 24 and _PAGE.fullmatch(stripped)) or (len(stripped) <= 80 and stripped[-1] in _DIGITS and _CONTENTS.match(stripped)):
        line.role = "page_mark"
    elif len(stripped) <= limit and is_chrome(stripped):
        line.role = "boilerplate"
    elif len(stripped) <= 60 and _ENUMERATED.match(stripped) and stripped[-1] not in "。；":
        line.role = "heading"


_DIGITS = frozenset("0123456789")


def is_chrome(line: str) -> bool:
    """Whether a stripped, folded line is site chrome."""
    lexicon = _chrome()
    if lexicon["full"].fullmatch(line):
        return True
    if lexicon["part"].search(line):
        return not (len(line) > 80 and line.count("，") > 3 and "工作" in line)
    # Words that a text may use too (侵权案件, 欢迎) only count in a scrap of a line.
    return len(line) <= 40 and "。" not in line and not _ENUMERATED.match(line) and lexicon["weak"].search(line) is not None


def _first_body(lines: list[Line]) -> int:
    """Index of the line with which the text proper begins: a heading, or a line long enough to hold a sentence."""
    for at, line in enumerate(lines):
        if line.role == "heading" and at + 1 < len(lines) and line.text.lstrip()[0] in "一（":
            return at
        if line.role == "body" and len(line.text) >= 40 and ("，" in line.text or "。" in line.text):
            return at
    # A short text: its first sentence, if anything stands before it.
    return next((at for at, line in enumerate(lines) if line.role == "body" and re.search("[，。；]", line.text)), 0)


def is_title(words: str) -> bool:
    """Whether a stripped line reads like the title of a summary, plan or report."""
    words = words.strip(" |#*_—-")
    return 4 <= len(words) <= 64 and _GENRES.search(words) is not None and _TITLE.match(words) is not None and not _ENUMERATED.match(words)


def _mark_head(lines: list[Line], body: int) -> None:
    titles = [i for i in range(body) if lines[i].role in ("body", "heading") and is_title(lines[i].text.strip())]
    chrome = any(lines[i].role == "boilerplate" for i in range(body))
    fused = fused_title(lines[body].text) is not None
    last = titles[-1] if titles and not fused else -1
    for i in range(body):
        line = lines[i]
        if i == last:
            line.role = "title"
        elif i in titles:
            line.role, line.copy = ("boilerplate" if chrome and fused else "title"), True
        elif chrome and line.role in ("body", "heading") and (last < 0 or i < last):
            line.role = "boilerplate"
    if (
        last > 0
        and lines[last - 1].role == "body"
        and len(lines[last - 1].text.strip()) <= 20
        and re.search(r"[局委办厅]$", lines[last - 1].text.strip())
    ):
        lines[last - 1].role = "title"


def _mark_tail(lines: list[Line], body: int) -> None:
    last = len(lines) - 1
    while last > body and not _is_prose(lines[last]):
        last -= 1
    seen = False
    for line in lines[last + 1 :]:
        if line.role == "boilerplate":
            seen = True
        elif seen and line.role in ("body", "heading"):
            line.role = "boilerplate"
        elif line.role == "body" and _SIGNED.match(line.text.strip()):
            line.role = "signature"


def _is_prose(line: Line) -> bool:
    return line.role in ("body", "heading") and (len(line.text) >= 30 or "。" in line.text or line.role == "heading")


def _mark_later_titles(lines: list[Line], body: int) -> None:
    """Several documents in one file: 篇二：…, or another full title between two texts."""
    for at in range(body + 1, len(lines) - 1):
        line = lines[at]
        words = line.text.strip()
        if line.role != "body" or not 4 <= len(words) <= 60 or not is_title(words):
            continue
        part = _PART.match(words) or _LAST_PART.search(words)
        if part or (
            re.search(r"20[0-9]{2}|年度|上半年|工作总结$", words)
            and len(words) >= 10
            and re.search("[局委办厅县市区镇乡院会]", words)
            and lines[at - 1].text.rstrip()[-1] in "。！日局"
        ):
            line.role = "title"


# A line of a table of contents: heading, leaders, page.
_CONTENTS = re.compile(r"[^。；]{2,50}?(?:\.{4,}|…{2,}|·{4,}| {6,})[.…· ]*[0-9]{1,3}$")
_LABEL = re.compile(r"(?:标题|题目|文件名)：|编号：[0-9]{4,12}")
# 标题：…, 第1篇 …: what a site writes before a title on its own line.
_TITLE_LABEL = re.compile(r"\s*(?:(?:标题|题目)：|第 ?[0-9一二三四五六七八九十]{1,2} ?篇[ ：:、]?)? *")
# A title on the line of its text, with only a blank between.
_TITLE_AND_BLANK = re.compile(r"([^ 。；，]{8,60}) +(?=[一-鿿0-9])")
_NUMBERED_START = re.compile(r"[0-9]{1,2}、")


def fused_title(line: str) -> tuple[int, int, int] | None:
    """A title fused with the text that follows it: (start of the first copy, start of the last copy, end), offsets into the line."""
    begin = len(line) - len(line.lstrip())
    number = _NUMBERED_START.match(line, begin)
    begin = number.end() if number else begin
    label = _LABEL.match(line, begin)
    begin = label.end() if label else begin
    doubled = _doubled_title(line, begin)
    if doubled:
        return doubled
    blank = _TITLE_AND_BLANK.match(line, begin)
    if blank and is_title(blank[1]) and len(line) - blank.end() > 40:
        return begin, begin + _last_copy(blank[1]), blank.end(1)
    opening = _OPENING.search(line, begin + 4, begin + 140)
    while opening:
        words = line[begin : opening.start()].rstrip()
        if re.search(rf"{_GENRE}(?:范文|报告)?$", words) and not re.search(r"[。；]", words) and len(words) >= 6:
            return begin, begin + _last_copy(words), begin + len(words)
        opening = _OPENING.search(line, opening.end(), begin + 140)
    return None


def _doubled_title(line: str, begin: int) -> tuple[int, int, int] | None:
    """The words up to 总结, 汇报 …, when their last eight or more come back soon: then the last copy is the title."""
    m = _GENRES.search(line, begin + 6, begin + 90)
    if not m:
        return None
    head = line[begin : m.end()]
    for size in range(len(head), 7, -1):
        again = line.rfind(head[-size:], m.end(), m.end() + 120)
        if again >= 0 and not re.search(r"[。；]", line[m.end() : again].replace("。】", "").replace("。 】", "")):
            end = again + size
            follow = re.match(rf"(?:及|暨|和|与)[^，。；]{{4,24}}?{_GENRE}|报告|范文|材料", line[end : end + 40])
            return begin, again, end + (follow.end() if follow else 0)
    return None


def _last_copy(words: str) -> int:
    """Where the last copy of a doubled title starts: its first five characters come back."""
    head = words[:5]
    again = words.rfind(head)
    return again if again >= 8 else 0


def _blocks_of(line: Line, first: bool) -> list[Block]:
    if line.role != "body" or len(line.text) < 30:
        start, end = line.start, line.end
        if line.role == "title":
            label = _TITLE_LABEL.match(line.text)
            start += label.end() if label else 0
            end -= len(line.text) - len(line.text.rstrip(" |"))
        return [Block(start, end, line.role, None, {"copy": "1"} if line.copy else {})]
    cuts: list[tuple[int, int, BlockRole, bool]] = []
    fused = fused_title(line.text) if first else None
    if fused:
        begin, copy, end = fused
        if copy > begin:
            cuts.append((line.start + begin, line.start + copy, "title", True))
        cuts.append((line.start + copy, line.start + end, "title", False))
    for m in _PAGE_INLINE.finditer(line.text) if _INLINE_WORDS.search(line.text) else ():
        begin = m.start() - (m.start() > 0 and line.text[m.start() - 1] == " ")
        cuts.append((line.start + begin, line.start + m.end(), "page_mark", False))
    blocks, at = [], line.start
    for start, end, role, copy in sorted(cuts):
        if start < at:
            continue
        if start > at:
            blocks.append(Block(at, start, "body"))
        blocks.append(Block(start, end, role, None, {"copy": "1"} if copy else {}))
        at = end
    if at < line.end:
        blocks.append(Block(at, line.end, "body"))
    return blocks


def notes(text: str) -> tuple[str, ...]:
    """Families of damage that concern the whole text: one_line, hard_wrapped, letter_spaced, digit_spaced, pinyin, traditional, empty."""
    return families(text)
