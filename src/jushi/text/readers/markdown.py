"""Markdown: the source itself is the text; its marks (#, **) stay, so that spans hold."""

from __future__ import annotations

import re

from jushi.text.model import Block

_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+", re.M)


def with_headings(text: str, blocks: list[Block]) -> list[Block]:
    """The blocks of a Markdown source, lines that begin with # as headings; the first of level 1 is the title."""
    levels = {m.start(): len(m[1]) for m in _HEADING.finditer(text)}
    result, titled = [], any(b.role == "title" for b in blocks)
    for block in blocks:
        level = levels.get(block.start)
        if level == 1 and not titled:
            mark = _HEADING.match(text, block.start)
            begin = mark.end() if mark else block.start
            result.append(Block(begin, block.end, "title", block.paragraph, block.attrs))
            titled = True
        elif level and block.role in ("body", "heading"):
            result.append(Block(block.start, block.end, "heading", block.paragraph, {**block.attrs, "style_level": str(level)}))
        else:
            result.append(block)
    return result
