"""WordprocessingML (.docx, .docm): paragraphs with their automatic numbers, tables, notes, text boxes, changes and comments.

ISO/IEC 29500-1. The text is laid out as a reader sees the accepted document: insertions stand, deletions do not; a table cell is
a line; foot- and endnotes, then comments follow the body. Fields show their result.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from jushi.text.model import BlockRole, UnreadableError
from jushi.text.readers.containers import member, open_zip
from jushi.text.readers.numbering import Numbering
from jushi.text.readers.xml import parse

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIP = {
    W + "del",
    W + "moveFrom",
    W + "rPr",
    W + "pPr",
    W + "instrText",
    W + "delText",
    MC + "Fallback",
    W + "sectPr",
    W + "tblPr",
    W + "tcPr",
    W + "trPr",
}
_BOX = W + "txbxContent"
_P, _TBL, _T, _TAB, _BR, _CR = W + "p", W + "tbl", W + "t", W + "tab", W + "br", W + "cr"
_NOTE_MARKS = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}


@dataclass(slots=True)
class Piece:
    """A paragraph as text with its role; ``paragraph`` counts the body's own paragraphs (those of python-docx) from 0."""

    text: str
    role: BlockRole
    paragraph: int | None = None
    attrs: dict[str, str] = field(default_factory=dict)


def read_docx(data: bytes, name: str) -> list[Piece]:
    """The pieces of a .docx in reading order.

    :raises UnreadableError: no Word document, damaged, or beyond the bounds.
    """
    archive = open_zip(data, name)
    main = _main_part(archive, name)
    content = member(archive, main, name)
    if content is None:
        raise UnreadableError(f"“{name}”不是 Word 文档：缺少正文。请另存为 .docx 后再读。")
    folder = main.rpartition("/")[0]

    def part(path: str) -> etree._Element | None:
        data = member(archive, f"{folder}/{path}" if folder else path, name)
        return parse(_transitional(data), name) if data else None

    body = parse(_transitional(content), name).find(W + "body")
    if body is None:
        return []
    styles = part("styles.xml")
    walker = _Walker(Numbering(part("numbering.xml"), styles), _heading_styles(styles))
    pieces = list(walker.body(body))
    for path, kind in (("footnotes.xml", "footnote"), ("endnotes.xml", "endnote")):
        notes = part(path)
        if notes is not None:
            pieces.extend(walker.notes(notes, kind))
    comments = part("comments.xml")
    if comments is not None:
        pieces.extend(walker.comments(comments))
    return pieces


def _transitional(data: bytes) -> bytes:
    """Strict documents differ by namespace only."""
    return data.replace(STRICT, W[1:-1].encode()) if STRICT in data[:4096] else data


def _main_part(archive: zipfile.ZipFile, name: str) -> str:
    rels = member(archive, "_rels/.rels", name)
    if rels:
        for rel in parse(rels, name):
            if str(rel.get("Type", "")).endswith("/officeDocument"):
                return str(rel.get("Target", "")).lstrip("/")
    return "word/document.xml"


def _heading_styles(styles: etree._Element | None) -> dict[str, int]:
    """Style ids that are headings or titles, with their outline level (0 = title)."""
    levels: dict[str, int] = {}
    for style in styles.iter(W + "style") if styles is not None else ():
        label = style.find(W + "name")
        words = (label.get(W + "val", "") if label is not None else "").lower()
        outline = style.find(f"{W}pPr/{W}outlineLvl")
        if words == "title":
            levels[style.get(W + "styleId", "")] = 0
        elif words.startswith("heading ") and words[8:].isdigit():
            levels[style.get(W + "styleId", "")] = int(words[8:])
        elif outline is not None and outline.get(W + "val", "9").isdigit() and int(outline.get(W + "val", "9")) < 9:
            levels[style.get(W + "styleId", "")] = int(outline.get(W + "val", "9")) + 1
    return levels


class _Walker:
    """Walks the body once, keeping numbering state and the ordinal of body paragraphs."""

    def __init__(self, numbering: Numbering, headings: dict[str, int]) -> None:
        self.numbering = numbering
        self.headings = headings
        self.ordinal = -1

    def body(self, body: etree._Element) -> Iterator[Piece]:
        yield from self._children(body, top=True)

    def _children(self, parent: etree._Element, top: bool, role: BlockRole = "body") -> Iterator[Piece]:
        stack = [iter(parent)]
        while stack:
            child = next(stack[-1], None)
            if child is None:
                stack.pop()
            elif child.tag == _P:
                # Only direct children of the body are paragraphs to python-docx; those in content controls are not.
                counted = top and len(stack) == 1
                self.ordinal += counted
                yield from self._paragraph(child, role, self.ordinal if counted else None)
            elif child.tag == _TBL:
                yield from self._table(child)
            elif child.tag not in _SKIP and isinstance(child.tag, str):
                stack.append(iter(child))

    def _table(self, table: etree._Element) -> Iterator[Piece]:
        for row_at, row in enumerate(_wrapped(table, W + "tr")):
            for cell_at, cell in enumerate(_wrapped(row, W + "tc")):
                for piece in self._children(cell, top=False, role="table"):
                    piece.attrs.update(row=str(row_at), cell=str(cell_at))
                    yield piece

    def _paragraph(self, p: etree._Element, role: BlockRole, ordinal: int | None) -> Iterator[Piece]:
        style, number = self.numbering.of(p)
        words, boxes, attrs = _content(p)
        level = self.headings.get(style)
        if level is not None and role == "body" and words.strip():
            attrs["style_level"] = str(level)
        if number and words.strip():
            attrs["numbered"] = number
        if words.strip() or number:
            yield Piece((number if words.strip() else "") + words, role, ordinal, attrs)
        for box in boxes:
            for piece in self._children(box, top=False, role=role):
                piece.attrs["box"] = "1"
                yield piece

    def notes(self, notes: etree._Element, kind: str) -> Iterator[Piece]:
        for note in notes:
            if note.get(W + "type") in ("separator", "continuationSeparator", "continuationNotice"):
                continue
            for piece in self._children(note, top=False, role="footnote"):
                piece.attrs.update(note=kind, id=note.get(W + "id", ""))
                yield piece

    def comments(self, comments: etree._Element) -> Iterator[Piece]:
        for comment in comments:
            for piece in self._children(comment, top=False, role="comment"):
                piece.attrs.update(author=comment.get(W + "author", ""), id=comment.get(W + "id", ""))
                yield piece


def _wrapped(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Children of one tag, also those inside content controls; not those of nested tables."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "customXml", W + "ins"):
            yield from _wrapped(child, tag)


def _content(p: etree._Element) -> tuple[str, list[etree._Element], dict[str, str]]:
    """Text of a paragraph as accepted, the text boxes anchored in it, and what changes and comments it carries."""
    parts: list[str] = []
    boxes: list[etree._Element] = []
    attrs: dict[str, str] = {}
    stack: list[Iterator[etree._Element]] = [iter(p)]
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
            continue
        tag = node.tag
        if tag == _T:
            parts.append(node.text or "")
        elif tag == _TAB:
            parts.append("\t")
        elif tag in (_BR, _CR):
            parts.append("\n" if node.get(W + "type") not in ("page", "column") else "")
        elif tag == W + "noBreakHyphen":
            parts.append("-")
        elif tag == W + "sym":
            parts.append(_symbol(node))
        elif tag == _BOX:
            boxes.append(node)
        elif tag in (W + "del", W + "moveFrom"):
            attrs["deleted"] = attrs.get("deleted", "") + "".join(node.itertext(W + "delText", W + "t"))
        elif tag == W + "commentReference":
            attrs["comments"] = f"{attrs.get('comments', '')} {node.get(W + 'id', '')}".strip()
        elif tag not in _SKIP and isinstance(tag, str):
            if tag in (W + "ins", W + "moveTo"):
                attrs["inserted"] = "1"
            stack.append(iter(node))
    return "".join(parts), boxes, attrs


def _symbol(node: etree._Element) -> str:
    try:
        code = int(node.get(W + "char", "0"), 16)
    except ValueError:
        return ""
    # Symbol fonts live in the private area; the reader sees a glyph, the text keeps a neutral mark.
    return "•" if 0xF000 <= code <= 0xF0FF or not code else chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
