"""Markdown (CommonMark): headings by level, paragraphs, nothing of the text read as markup."""

from __future__ import annotations

import re

from jushi.compose.model import Composition, Rendered
from jushi.compose.render.layout import attachment_lines, chinese_date, lines

SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&])")
LEADING = re.compile(r"^(\s*)(\d{1,9})([.)])|^(\s*)([-+=])")


def escape(text: str) -> str:
    """The text so that CommonMark shows it as it is; a full-width text keeps its look."""
    plain = SPECIAL.sub(r"\\\1", text.replace("\n", " "))
    return LEADING.sub(lambda m: f"{m[1]}{m[2]}\\{m[3]}" if m[2] else f"{m[4]}\\{m[5]}", plain)


def text(composition: Composition) -> str:
    """The document as Markdown."""
    out = [f"# {escape(composition.title)}"]
    if composition.addressee:
        out.append(escape(composition.addressee.rstrip("：:") + "："))
    for line in lines(composition):
        body = "".join(run.text for run in line.runs)
        if line.kind == "heading" and not body:
            out.append(f"{'#' * (max(line.level, 1) + 1)} {escape(line.head)}")
        else:
            out.append(f"**{escape(line.head)}**{escape(body)}" if line.head else escape(body))
    out += [escape(name.strip("　")) for name in attachment_lines(composition.attachments)]
    out += [escape(composition.issuer)] if composition.issuer else []
    out += [chinese_date(composition.date)] if composition.date else []
    out += [escape(f"（{composition.annotation}）")] if composition.annotation else []
    return "\n\n".join(out) + "\n"


def render(composition: Composition) -> Rendered:
    """UTF-8 Markdown."""
    return Rendered(text(composition).encode(), "text/markdown; charset=utf-8", "md")
