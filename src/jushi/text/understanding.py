"""From a document to what it says: runs the analyses over one folded view of the text."""

from __future__ import annotations

from dataclasses import replace

from jushi.text.claims import claims as find_claims
from jushi.text.claims import sentences
from jushi.text.folding import fold
from jushi.text.lists import lists as find_lists
from jushi.text.model import CountedList, Document, Reading, Span
from jushi.text.names import names as find_names
from jushi.text.outline import outline as find_outline
from jushi.text.passages import passages as find_passages
from jushi.text.period import period as find_period
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
    lists = [_as_written(x, text, document.text) for x in find_lists(text, found, claims, headings)]
    chrome = [(b.start, b.end) for b in document.blocks if b.role in ("boilerplate", "page_mark")]
    plans, problems = find_passages(text, headings, chrome)
    body = next((b.start for b in document.blocks if b.role in ("body", "heading")), 0)
    spoken = find_period(text, titles[0] if titles else None, body)
    return Reading(
        document,
        Span(*titles[0]) if titles else None,
        spoken,
        tuple(headings),
        tuple(claims),
        tuple(lists),
        tuple(find_names(text, document.text, chrome)),
        tuple(plans),
        tuple(problems),
    )


def _as_written(made: CountedList, folded: str, source: str) -> CountedList:
    """The list with its items as the source has them (the analyses saw folded punctuation)."""
    if folded == source:
        return made
    items, low, high = [], max(0, made.start - 1500), made.end + 1500
    for item in made.items:
        at = folded.find(item, low, high)
        items.append(source[at : at + len(item)] if at >= 0 else item)
    return replace(made, items=tuple(items))
