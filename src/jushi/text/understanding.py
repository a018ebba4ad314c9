"""From a document to what it says: runs the analyses over one view of the text and gives their spans in the source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from jushi.text.bulk import in_bulk
from jushi.text.claims import claims as find_claims
from jushi.text.claims import sentences
from jushi.text.lists import lists as find_lists
from jushi.text.model import Claim, CountedList, Document, DocumentPeriod, Heading, Later, Name, Passage, Reading, Span
from jushi.text.names import names as find_names
from jushi.text.outline import outline as find_outline
from jushi.text.passages import passages as find_passages
from jushi.text.period import period as find_period
from jushi.text.quantities import protected, quantities
from jushi.text.view import View, view
from jushi.text.works import works as find_works


@dataclass(frozen=True, slots=True)
class _Found:
    """The results in positions of the view."""

    headings: list[Heading]
    claims: list[Claim]
    lists: list[CountedList]
    names: Callable[[], list[Name]]
    passages: Callable[[], tuple[list[Passage], list[Passage]]]
    period: DocumentPeriod


@in_bulk
def understand(document: Document) -> Reading:
    """What the document says: outline, claims, lists, names, period, plans and problems, all as spans of its text."""
    seen = view(document.text, document.notes)
    titles = [(b.start, b.end) for b in document.blocks if b.role == "title" and "copy" not in b.attrs]
    marked = [(b.start, b.end) for b in document.blocks if b.role in ("boilerplate", "page_mark", "title")]
    chrome = [(b.start, b.end) for b in document.blocks if b.role in ("boilerplate", "page_mark")]
    body = next((b.start for b in document.blocks if b.role in ("body", "heading")), 0)
    styled = [
        (*_in_view(seen, b.start, b.end), int(b.attrs["style_level"]))
        for b in document.blocks
        if b.role == "heading" and b.attrs.get("style_level", "0") not in ("", "0")
    ]
    found = _analyse(seen, document.text, titles, marked, chrome, body, styled)
    if seen.positions:
        found = _located(found, seen, document.text)
    headings = [_heading_as_written(h, document.text) for h in found.headings]
    return Reading(
        document,
        Span(*titles[0]) if titles else None,
        _period_as_written(found.period, document.text),
        tuple(headings),
        tuple(found.claims),
        tuple(found.lists),
        Later(found.names),
        Later(lambda: _as_said(found.passages()[0], document.text)),
        Later(lambda: _as_said(found.passages()[1], document.text)),
        _lead(document, found.headings),
    )


def _as_said(found: Sequence[Passage], source: str) -> list[Passage]:
    return [replace(p, text=source[p.start : p.end]) for p in found]


def _lead(document: Document, headings: Sequence[Heading]) -> Span | None:
    """The opening between the title and the first heading; in a text without headings its first paragraph."""
    title = next((b.end for b in document.blocks if b.role == "title" and "copy" not in b.attrs), 0)
    opening = next((b for b in document.blocks if b.role == "body" and b.start >= title), None)
    if opening is None:
        return None
    first = next((h.start for h in headings if h.level and h.start >= title), None)
    end = opening.end if first is None else first
    if end <= opening.start:
        return None
    words = document.text[opening.start : end].rstrip()
    return Span(opening.start, opening.start + len(words)) if len(words) >= 10 else None


_Ranges = Sequence[tuple[int, int]]


def _in_view(seen: View, start: int, end: int) -> tuple[int, int]:
    return seen.position(start), seen.position(end)


def _analyse(
    seen: View,
    source: str,
    titles: _Ranges,
    marked: _Ranges,
    chrome: _Ranges,
    body: int,
    styled: Sequence[tuple[int, int, int]],
) -> _Found:
    text = seen.text
    if seen.positions:
        titles, marked, chrome = ([(seen.position(start), seen.position(end)) for start, end in ranges] for ranges in (titles, marked, chrome))
        body = seen.position(body)
    quoted = protected(text)
    found = list(quantities(text, sorted([*marked, *quoted])))
    headings = find_outline(text, titles, [q.start for q in found], marked, styled)
    claims = find_claims(text, found, sentences(text))
    if "(" in source:
        claims = [_bracketed_as_written(c, seen, source) for c in claims]
    if any(mask in source for mask in "＿＊Ｘｘ╳✕"):
        claims = [_mask_as_written(c, seen, source) for c in claims]
    lists = find_lists(text, found, claims, headings)
    as_written = source if not seen.positions else text
    return _Found(
        headings,
        claims,
        [_as_written(x, text, as_written) for x in lists],
        lambda: _names(text, as_written, chrome, headings, claims, lists),
        cache(lambda: find_passages(text, headings, chrome)),
        find_period(text, titles[0] if titles else None, body, marked),
    )


def _names(
    text: str,
    as_written: str,
    chrome: _Ranges,
    headings: Sequence[Heading],
    claims: Sequence[Claim],
    lists: Sequence[CountedList],
) -> list[Name]:
    names = {(n.type, n.start, n.end): n for n in find_names(text, as_written, chrome)}
    for name in find_works(text, as_written, headings, claims, lists):
        names.setdefault((name.type, name.start, name.end), name)
    return sorted(names.values(), key=lambda n: (n.start, -n.end))


def _located(found: _Found, seen: View, source: str) -> _Found:
    """The results with their spans given in the source."""

    def heading(h: Heading) -> Heading:
        start, end = seen.span(h.start, h.end)
        return replace(h, start=start, end=end, body_end=min(len(source), seen.source(h.body_end)))

    def claim(c: Claim) -> Claim:
        start, end = seen.span(c.start, c.end)
        return replace(c, start=start, end=end, sentence=seen.span(*c.sentence))

    def counted(x: CountedList) -> CountedList:
        start, end = seen.span(x.start, x.end)
        return replace(x, start=start, end=end)

    def name(n: Name) -> Name:
        start, end = seen.span(n.start, n.end)
        return replace(n, start=start, end=end)

    def passage(p: Passage) -> Passage:
        start, end = seen.span(p.start, p.end)
        return replace(p, start=start, end=end)

    evidence = tuple(replace(e, start=start, end=end) for e in found.period.evidence for start, end in [seen.span(e.start, e.end)])
    return _Found(
        [heading(h) for h in found.headings],
        [claim(c) for c in found.claims],
        [counted(x) for x in found.lists],
        lambda: [name(n) for n in found.names()],
        cache(lambda: tuple([passage(p) for p in part] for part in found.passages())),  # type: ignore[arg-type]
        replace(found.period, evidence=evidence),
    )


def _period_as_written(period: DocumentPeriod, source: str) -> DocumentPeriod:
    return replace(period, evidence=tuple(replace(e, text=source[e.start : e.end]) for e in period.evidence))


def _mask_as_written(claim: Claim, seen: View, source: str) -> Claim:
    """A mask keeps its own glyph: which one was used matters to a proofreader."""
    start, end = seen.span(claim.start, claim.end)
    return replace(claim, value=source[start:end]) if claim.placeholder else claim


def _heading_as_written(h: Heading, source: str) -> Heading:
    """The heading with its words and enumerator as the source has them, unless injected characters stand between."""
    words = source[h.start : h.end]
    if words == h.text or len(words) != len(h.text):
        return h
    return replace(h, text=words, marker=words[: len(h.marker)].strip() if h.marker else "")


def _bracketed_as_written(claim: Claim, seen: View, source: str) -> Claim:
    """The claim with the brackets of its unit as the source has them: 人(次)."""
    if "（" not in claim.unit:
        return claim
    end = seen.source(claim.end - 1) + 1
    written = claim.unit.replace("（", "(").replace("）", ")")
    return replace(claim, unit=written) if "(" in source[end : end + 12] else claim


def _as_written(made: CountedList, folded: str, source: str) -> CountedList:
    """The list with its items as the source has them (the analyses saw folded punctuation)."""
    if folded == source:
        return made
    items, low, high = [], max(0, made.start - 1500), made.end + 1500
    for item in made.items:
        at = folded.find(item, low, high)
        items.append(source[at : at + len(item)] if at >= 0 else item)
    return replace(made, items=tuple(items))
