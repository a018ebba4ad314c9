"""From a document to what it says: runs the analyses over one folded view of the text."""

from __future__ import annotations

from jushi.text.claims import claims as find_claims
from jushi.text.claims import sentences
from jushi.text.folding import fold
from jushi.text.model import Document, DocumentPeriod, Reading, Span
from jushi.text.outline import outline as find_outline
from jushi.text.quantities import protected, quantities


def understand(document: Document) -> Reading:
    """What the document says: outline, claims, lists, names, period, plans and problems, all as spans of its text."""
    text = fold(document.text)
    titles = [(b.start, b.end) for b in document.blocks if b.role == "title" and "copy" not in b.attrs]
    skipped = [(b.start, b.end) for b in document.blocks if b.role in ("boilerplate", "page_mark", "title")]
    barred = sorted([*skipped, *protected(text)])
    found = list(quantities(text, barred))
    headings = find_outline(text, titles, [q.start for q in found], skipped)
    claims = find_claims(text, found, sentences(text))
    title = Span(*titles[0]) if titles else None
    return Reading(document, title, DocumentPeriod("unknown", ""), tuple(headings), tuple(claims), (), (), (), ())
