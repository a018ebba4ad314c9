"""What every renderer shares: the lines of a document in order, and the words of date and title (GB/T 9704—2012)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from jushi.compose.model import Composition, Missing, Run, Section

ROW, TITLE_WIDTH = 28, 20  # characters of 3号 (16 pt) and of 2号 (22 pt) in 156 mm
BREAK_AFTER = "的和及与"
BREAK_BEFORE = ("关于", "年度", "工作", "情况", "总结", "计划", "报告", "暨", "及", "和")
UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LineKind = Literal["heading", "paragraph"]
BlockKind = Literal["title", "blank", "heading", "body"]
FontRole = Literal["title", "hei", "kai", "fang"]
HEADING_FONTS: tuple[FontRole, ...] = ("fang", "hei", "kai", "fang", "fang")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph to set: ``head`` is the heading (or its run-in part), ``indent`` in characters."""

    kind: LineKind
    level: int
    head: str
    runs: tuple[Run, ...]
    indent: int = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """Text in one font; ``gap`` marks a missing figure."""

    text: str
    font: FontRole = "fang"
    bold: bool = False
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the printed page. ``first`` and ``left`` indents count characters of 3号."""

    kind: BlockKind
    pieces: tuple[Piece, ...] = ()
    level: int = 0
    first: float = 0
    left: float = 0


def blocks(composition: Composition) -> list[Block]:
    """The document as paragraphs of the printed page, in order (GB/T 9704—2012, 7.3; domain D1)."""
    out = [Block("title", (Piece(clean(line), "title"),)) for line in title_lines(composition.title)]
    out.append(Block("blank"))
    if composition.addressee:
        out.append(Block("body", (Piece(clean(composition.addressee.rstrip("：:")) + "："),)))
    out += [_block(line) for line in lines(composition)]
    if composition.attachments:
        out.append(Block("blank"))
        out += [Block("body", (Piece(clean(name)),), first=2) for name in attachment_lines(composition.attachments)]
    signed = signature(composition.issuer, composition.date, composition.sealed)
    out += [Block("blank")] if signed else []
    out += [Block("body", (Piece(clean(text)),), left=left) for left, text in signed]
    if composition.annotation:
        out.append(Block("body", (Piece(f"（{clean(composition.annotation)}）"),), first=2))
    return out


def _block(line: Line) -> Block:
    head = (Piece(clean(line.head), HEADING_FONTS[line.level], bold=line.level == 3),) if line.head else ()
    body = tuple(Piece(clean(run.text), gap=isinstance(run.ref, Missing)) for run in line.runs)
    kind: BlockKind = "heading" if line.kind == "heading" and not body else "body"
    return Block(kind, head + body, line.level, first=line.indent)


def clean(text: str) -> str:
    """Without the characters that neither XML nor a printer knows; a line break inside a paragraph becomes a blank."""
    return UNPRINTABLE.sub("", text).replace("\r", "").replace("\n", " ").replace("\t", " ")


def width(text: str) -> float:
    """Characters of a line that the text takes: ASCII is half a character."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def signature(issuer: str, date: datetime.date | None, sealed: bool) -> list[tuple[float, str]]:
    """(left indent in characters, text) of 署名 and 成文日期 (GB/T 9704—2012, 7.3.5).

    With a seal the date stands four characters from the right and the signature is centred on it; without, the signature stands two
    from the right and the date begins two characters after it — or the date stands two from the right when it is the longer.
    """
    day = chinese_date(date) if date else ""
    long, short = width(day), width(issuer)
    if not issuer or not day:
        text, right = (issuer or day), (4 if sealed and day else 2)
        return [(max(0.0, ROW - right - width(text)), text)] if text else []
    if sealed:
        start = ROW - 4 - long
        name = min(start + (long - short) / 2, ROW - short)
    elif long > short:
        start = ROW - 2 - long
        name = start - 2
    else:
        name = ROW - 2 - short
        start = name + 2
    return [(max(0.0, name), issuer), (max(0.0, start), day)]


def lines(composition: Composition) -> Iterator[Line]:
    """Headings and paragraphs of the body in order; a run-in heading shares the line of the first paragraph."""
    for section in composition.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[Line]:
    paragraphs = list(section.paragraphs)
    head = section.marker + section.title
    if head:
        if section.run_in and paragraphs:
            first = paragraphs.pop(0)
            yield Line("heading", section.level, head.rstrip("。") + "。", first.runs)
        else:
            yield Line("heading", section.level, head, ())
    for paragraph in paragraphs:
        yield Line("paragraph", section.level, "", paragraph.runs, 0 if paragraph.style == "plain" else 2)


def chinese_date(date: datetime.date) -> str:
    """2025年12月8日: Arabic numerals, no leading zeros (GB/T 9704—2012, 7.3.5.4)."""
    return f"{date.year}年{date.month}月{date.day}日"


def attachment_lines(attachments: Sequence[str]) -> list[str]:
    """附件：名称 / 附件：1. 名称 …; no punctuation after the names."""
    if len(attachments) == 1:
        return [f"附件：{attachments[0]}"]
    return [f"{'附件：' if index == 1 else '　　　'}{index}.{name}" for index, name in enumerate(attachments, start=1)]


def title_lines(title: str, width: int = TITLE_WIDTH) -> list[str]:
    """The title in lines of about equal length broken where a word ends; breaks typed by a person are kept."""
    given = [line.strip() for line in title.splitlines() if line.strip()]
    return given if len(given) > 1 else [piece for line in given for piece in _broken(line, width)]


def _broken(line: str, width: int) -> list[str]:
    if len(line) <= width:
        return [line]
    count = -(-len(line) // width)
    target = len(line) / count
    cuts = [at for at in range(2, len(line) - 1) if _may_break(line, at)] or list(range(2, len(line) - 1))
    near = [at for at in cuts if at <= width] or [width]
    cut = min(near, key=lambda at: abs(at - target))
    return [line[:cut], *_broken(line[cut:], width)]


def _may_break(line: str, at: int) -> bool:
    """Between words as far as a few signs tell: after 的, before 关于 and 年度."""
    return line[at - 1] in BREAK_AFTER or line.startswith(BREAK_BEFORE, at)
