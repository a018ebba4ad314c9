"""Word documents on the line grid of GB/T 9704—2012 that Word and WPS open and edit.

The grid is of type *lines*: ``linesAndChars`` makes LibreOffice set 14 characters a line. 28 characters fit 156 mm because every
character is set 0.25 pt closer. Fonts are named as offices have them; the office's own machine replaces what it lacks.
"""

from __future__ import annotations

import datetime
import io
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from jushi.compose.model import Composition, Rendered
from jushi.compose.render.fonts import FACES
from jushi.compose.render.layout import Block, Piece, blocks, clean

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SIZE, TITLE_SIZE, NUMBER_SIZE = 16, 22, 14  # 3号, 2号, 4号 in points
PITCH = 29  # points a line: 22 lines in 225 mm
CLOSER = -5  # twentieths of a point between characters: 28 × 15.75 pt < 156 mm
CHARACTER = 316  # twentieths of a point that a character takes

# Word reads the properties of a run in the order of the schema (ISO/IEC 29500-1, 17.3.2).
AFTER_SPACING = (
    "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:effect", "w:bdr", "w:shd", "w:fitText",
    "w:vertAlign", "w:rtl", "w:cs", "w:em", "w:lang", "w:eastAsianLayout", "w:specVanish", "w:oMath",
)  # fmt: skip
AFTER_AUTOSPACE = (
    "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents", "w:jc",
    "w:textDirection", "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr",
)  # fmt: skip


def render(composition: Composition) -> Rendered:
    """The document as .docx; the same composition always gives the same bytes but for the zip's own dates."""
    document = docx.Document()
    _page(document)
    _defaults(document)
    _properties(document, composition)
    for block in blocks(composition):
        _block(document, block)
    _footers(document)
    out = io.BytesIO()
    document.save(out)
    return Rendered(out.getvalue(), MEDIA_TYPE, "docx")


def _page(document: Document) -> None:
    """A4 with 版心 156 mm × 225 mm and a grid of lines (GB/T 9704—2012, 5.2)."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(34.9)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(23)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(PITCH * 20))
    grid.attrib.pop(qn("w:charSpace"), None)


def _defaults(document: Document) -> None:
    """3号仿宋, exact lines, no widow control: a page always holds its 22 lines."""
    style = document.styles["Normal"]
    _font(style.element.get_or_add_rPr(), FACES["fang"][0])
    style.font.size = Pt(SIZE)
    format = style.paragraph_format
    format.line_spacing_rule, format.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(PITCH)
    format.space_before = format.space_after = Pt(0)
    format.widow_control = False
    for name in (
        "w:autoSpaceDE",
        "w:autoSpaceDN",
    ):  # no extra room between Chinese and figures: it would break the grid
        switch = OxmlElement(name)
        switch.set(qn("w:val"), "0")
        style.element.get_or_add_pPr().insert_element_before(switch, *AFTER_AUTOSPACE)
    properties = style.element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    properties.insert_element_before(language, "w:eastAsianLayout", "w:specVanish", "w:oMath")


def _properties(document: Document, composition: Composition) -> None:
    core = document.core_properties
    core.title, core.author, core.language = clean(composition.title)[:255], clean(composition.issuer)[:255], "zh-CN"
    core.created = core.modified = (
        datetime.datetime(2000, 1, 1) if composition.date is None else datetime.datetime.combine(composition.date, datetime.time())
    )
    core.comments = ""


def _block(document: Document, block: Block) -> None:
    paragraph = document.add_paragraph()
    if block.kind == "blank":
        return
    for piece in block.pieces:
        _piece(paragraph, piece, TITLE_SIZE if block.kind == "title" else SIZE)
    if block.kind == "title":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        return
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    if block.kind == "heading":
        paragraph.paragraph_format.keep_with_next = True
    _indent(paragraph, block)


def _indent(paragraph: Any, block: Block) -> None:
    """Indents in characters, as Word counts them, with the width in twips for programs that do not."""
    if not block.first and not block.left:
        return
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    if block.first:
        indent.set(qn("w:firstLineChars"), str(round(block.first * 100)))
        indent.set(qn("w:firstLine"), str(round(block.first * CHARACTER)))
    if block.left:
        indent.set(qn("w:leftChars"), str(round(block.left * 100)))
        indent.set(qn("w:left"), str(round(block.left * CHARACTER)))


def _piece(paragraph: Any, piece: Piece, size: int) -> None:
    run = paragraph.add_run(piece.text)
    run.font.size = Pt(size)
    run.bold = piece.bold or None
    properties = run._r.get_or_add_rPr()
    _font(properties, FACES[piece.font][0])
    if size == SIZE:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(CLOSER))
        properties.insert_element_before(spacing, *AFTER_SPACING)
    if piece.gap:
        run.font.color.rgb = RGBColor(0xC0, 0, 0)


def _font(properties: Any, name: str) -> None:
    """The same face for Chinese, Latin and everything else: numbers in the text follow its face."""
    fonts = properties.get_or_add_rFonts()
    for attribute in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(attribute), name)
    fonts.set(qn("w:hint"), "eastAsia")


def _footers(document: Document) -> None:
    """— 1 — in 4号宋体 outside: odd pages right, even pages left, one character in (GB/T 9704—2012, 7.5)."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = document.styles["Normal"]
        paragraph.alignment = side
        indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
        indent.set(qn("w:right" if side == WD_ALIGN_PARAGRAPH.RIGHT else "w:left"), str(CHARACTER))
        _number(paragraph)


def _number(paragraph: Any) -> None:
    for kind, text in (("text", "— "), ("begin", ""), ("code", "PAGE"), ("end", ""), ("text", " —")):
        run = paragraph.add_run()
        run.font.size = Pt(NUMBER_SIZE)
        _font(run._r.get_or_add_rPr(), FACES["song"][0])
        if kind == "text":
            run.text = text
        elif kind == "code":
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = text
            run._r.append(code)
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
