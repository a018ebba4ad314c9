"""Sentences and outlines become official documents whose every number knows where it came from. Pure: no Django.

tree = parse("专利授权{ip.granted}{?，其中发明{ip.inventions}?}。")
needs = codes(tree)                              # evaluate needs.figures in one go
runs = bind(tree, figures, notes, variables)     # list[Run]
sections = number([Section(1, "主要工作", (Paragraph(tuple(runs)),))], drop_empty=True)
render(Composition("…工作总结", "990102", "2015", sections), "docx").content
"""

from jushi.compose.bind import bind, paragraph, split
from jushi.compose.grammar import VERBS, Needs, Sentence, SentenceError, codes, parse
from jushi.compose.model import (
    ComposeError,
    Composition,
    Figure,
    FigureRef,
    Missing,
    Note,
    NoteRef,
    Paragraph,
    Rendered,
    Run,
    Section,
    Typed,
)
from jushi.compose.numbering import number, run_in
from jushi.compose.render import FORMATS, render
from jushi.compose.typed import mark_typed

__all__ = [
    "FORMATS",
    "VERBS",
    "ComposeError",
    "Composition",
    "Figure",
    "FigureRef",
    "Missing",
    "Needs",
    "Note",
    "NoteRef",
    "Paragraph",
    "Rendered",
    "Run",
    "Section",
    "Sentence",
    "SentenceError",
    "Typed",
    "bind",
    "codes",
    "mark_typed",
    "number",
    "paragraph",
    "parse",
    "render",
    "run_in",
    "split",
]
