"""PDF by Typst on the exact grid of GB/T 9704—2012: 22 lines a page, 28 characters a line, fonts embedded."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

import typst

from jushi.compose.model import ComposeError, Composition, Rendered
from jushi.compose.render.fonts import choose
from jushi.compose.render.layout import blocks, clean

TEMPLATE = Path(__file__).with_name("official.typ")


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """The fonts of this machine; finding them costs more than setting a document."""
    return typst.Fonts()


def render(composition: Composition) -> Rendered:
    """The document as PDF. Words reach Typst as JSON data, so none of them can be read as markup.

    ``fallbacks`` says which faces of the standard are not installed and what was used. Raises :class:`ComposeError` when the
    typesetter fails.
    """
    families, replaced = choose(_fonts().families())
    data = {
        "title": clean(composition.title),
        "author": clean(composition.issuer),
        "fonts": {role: names or ["Libertinus Serif"] for role, names in families.items()},
        "blocks": [asdict(block) for block in blocks(composition)],
    }
    compiler = typst.Compiler(TEMPLATE, font_paths=_fonts(), sys_inputs={"doc": json.dumps(data, ensure_ascii=False)})
    try:
        content = compiler.compile(format="pdf", timestamp=0)
    except typst.TypstError as error:
        raise ComposeError(f"排版失败（{error.message}），请改用docx格式导出，并把这条提示告诉管理员。") from error
    if not isinstance(content, bytes):
        raise ComposeError("排版没有产生文件，请改用docx格式导出。")
    return Rendered(content, "application/pdf", "pdf", replaced)
