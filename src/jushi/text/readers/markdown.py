"""Markdown: the source itself is the text; its marks (#, **) stay, so that spans hold."""

from __future__ import annotations

import re

from jushi.text.model import Block

_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+", re.M)


def with_headings(text: str, blocks: list[Block]) -> list[Block]:
    """The blocks of a Markdown source, lines that begin with # as headings; the first of level 1 is the title."""
    levels = {m.start(): len(m[1]) for m in _HEADING.finditer(text)}
    result: list[Block] = []
    titled = any(b.role == "title" and levels.get(b.start) != 1 for b in blocks)
    for block in blocks:
        level = levels.get(block.start)
        mark = _HEADING.match(text, block.start)
        if level == 1 and mark and not titled:
            result.append(Block(mark.end(), block.end, "title", block.paragraph, block.attrs))
            titled = True
        elif level and block.role in ("body", "heading", "title"):
            # Under a title of level 1 the sections begin with ##.
            attrs = {**block.attrs, "style_level": str(max(1, level - 1))}
            begin = mark.end() if mark else block.start
            result.append(Block(begin, block.end, "heading", block.paragraph, attrs))
        else:
            result.append(block)
    return result
