"""Semantic HTML: a fragment ``<article>`` for pages, or a page of its own; every figure is a link carrying its ref."""

from __future__ import annotations

import json
from html import escape

from jushi.compose.model import Composition, FigureRef, Missing, Rendered, Run, Typed
from jushi.compose.render.json import ref_data
from jushi.compose.render.layout import attachment_lines, chinese_date, lines

STYLE = """
body{margin:0;background:#fff;color:#000}
article.document{max-width:28em;margin:2em auto;padding:0 1em;text-align:justify;
 font:1.333rem/1.8125 FangSong_GB2312,FangSong,STFangsong,serif}
.document h1{font:1.375em/1.5 FZXiaoBiaoSong-B05S,SimSun,serif;text-align:center}
.document h2{font:1em/1.8125 SimHei,Heiti SC,sans-serif;text-indent:2em;margin:0}
.document h3{font:1em/1.8125 KaiTi_GB2312,KaiTi,serif;text-indent:2em;margin:0}
.document h4,.document h5{font:inherit;text-indent:2em;margin:0}
.document h4{font-weight:bold}
.document p{margin:0;text-indent:2em}
.document p.flush,.document p.plain{text-indent:0}
.document footer{text-align:right;margin-top:1.8125em;padding-right:2em}
.document a[data-ref]{color:inherit;text-decoration:underline dotted}
.document mark.missing{background:#ffd8d8}.document span.typed{border-bottom:1px dashed #b58900}
"""


def run_html(run: Run) -> str:
    """One run: figures as <a data-ref>, gaps as <mark>, typed numbers as <span>, plain words as text."""
    text = escape(run.text)
    if run.ref is None:
        return text
    ref = escape(json.dumps(ref_data(run.ref), ensure_ascii=False))
    match run.ref:
        case FigureRef(indicator=code, period=period):
            own = f' data-period="{escape(period)}"' if period else ""
            return f'<a href="#{escape(code)}" data-indicator="{escape(code)}"{own} data-ref="{ref}">{text}</a>'
        case Missing(reason=reason):
            return f'<mark class="missing" title="{escape(reason)}" data-ref="{ref}">{text}</mark>'
        case Typed(reason=reason):
            title = escape(reason or "手工填写，未注明依据")
            return f'<span class="typed" title="{title}" data-ref="{ref}">{text}</span>'
    return f'<span class="note" data-ref="{ref}">{text}</span>'


def article(composition: Composition) -> str:
    """The document as one <article class="document">."""
    title = "<br>".join(escape(line) for line in composition.title.splitlines())
    out = [f"<h1>{title}</h1>"]
    if composition.addressee:
        out.append(f'<p class="flush">{escape(composition.addressee.rstrip("：:"))}：</p>')
    for line in lines(composition):
        body = "".join(run_html(run) for run in line.runs)
        if line.kind == "heading" and not line.runs:
            tag = f"h{max(line.level, 1) + 1}"
            out.append(f"<{tag}>{escape(line.head)}</{tag}>")
        else:
            head = f"<strong>{escape(line.head)}</strong>" if line.head else ""
            opening = "<p>" if line.indent else '<p class="plain">'
            out.append(f"{opening}{head}{body}</p>")
    out += [f"<p>{escape(name.strip('　'))}</p>" for name in attachment_lines(composition.attachments)]
    out += _footer(composition)
    return '<article class="document" lang="zh-CN">\n' + "\n".join(out) + "\n</article>\n"


def _footer(composition: Composition) -> list[str]:
    parts = [escape(composition.issuer)] if composition.issuer else []
    if composition.date:
        parts.append(f'<time datetime="{composition.date.isoformat()}">{chinese_date(composition.date)}</time>')
    note = [f"<p>（{escape(composition.annotation)}）</p>"] if composition.annotation else []
    return ([f"<footer>{'<br>'.join(parts)}</footer>"] if parts else []) + note


def render(composition: Composition) -> Rendered:
    """A complete page, UTF-8."""
    title = escape(composition.title.replace("\n", ""))
    page = (
        f'<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head>\n'
        f"<body>\n{article(composition)}</body></html>\n"
    )
    return Rendered(page.encode(), "text/html; charset=utf-8", "html")
