"""Plain text: one paragraph a line, first lines indented by two ideographic spaces."""

from __future__ import annotations

from jushi.compose.model import Composition, Rendered
from jushi.compose.render.layout import attachment_lines, chinese_date, lines


def text(composition: Composition) -> str:
    """The document as text, ending with a line break."""
    out = [composition.title.replace("\n", ""), ""]
    if composition.addressee:
        out.append(composition.addressee.rstrip("：:") + "：")
    for line in lines(composition):
        out.append("　" * line.indent + line.head + "".join(run.text for run in line.runs))
    out += ["", *("　　" + name for name in attachment_lines(composition.attachments))] if composition.attachments else []
    if composition.issuer or composition.date:
        out.append("")
    out += [composition.issuer] if composition.issuer else []
    out += [chinese_date(composition.date)] if composition.date else []
    out += [f"　　（{composition.annotation}）"] if composition.annotation else []
    return "\n".join(out) + "\n"


def render(composition: Composition) -> Rendered:
    """UTF-8 text."""
    return Rendered(text(composition).encode(), "text/plain; charset=utf-8", "txt")
