"""Damaged texts are proofread as they should have been read: a reading moved into the mended text, and findings moved back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from jushi.proof.model import Finding
from jushi.text.model import Document, Later, Reading, Span
from jushi.text.view import View as Mended
from jushi.text.view import view


@dataclass(frozen=True, slots=True)
class Mending:
    """A reading whose spans hold in the mended text, with the way back to the source."""

    reading: Reading
    seen: Mended
    source: str

    def located(self, finding: Finding) -> Finding:
        """The finding with its spans and words in the source."""
        start, end = self.seen.span(finding.start, finding.end)
        related = tuple(self.seen.span(a, b) for a, b in finding.related)
        return replace(finding, start=start, end=end, text=self.source[start:end], related=related)


def mended(reading: Reading) -> Mending | None:
    """The reading over the mended text; None where nothing had to be taken out or converted."""
    document = reading.document
    seen = view(document.text, document.notes)
    if not seen.positions and "traditional" not in document.notes:
        return None
    return Mending(_moved(reading, seen), seen, document.text)


def _moved(reading: Reading, seen: Mended) -> Reading:
    def span(start: int, end: int) -> tuple[int, int]:
        return seen.position(start), (seen.position(end - 1) + 1 if end > start else seen.position(start))

    def both(start: int, end: int) -> dict[str, Any]:
        a, b = span(start, end)
        return {"start": a, "end": max(a, min(b, len(seen.text)))}

    def words(start: int, end: int) -> str:
        return seen.text[slice(*span(start, end))]

    document = reading.document
    blocks = tuple(replace(b, **both(b.start, b.end)) for b in document.blocks)
    title, lead = (None if s is None else Span(*span(s.start, s.end)) for s in (reading.title, reading.lead))
    return replace(
        reading,
        document=Document(seen.text, blocks, document.source, document.format, document.notes),
        title=title,
        lead=lead,
        outline=tuple(replace(h, **both(h.start, h.end), body_end=seen.position(h.body_end), text=words(h.start, h.end)) for h in reading.outline),
        claims=tuple(replace(c, **both(c.start, c.end), sentence=span(*c.sentence)) for c in reading.claims),
        lists=tuple(replace(x, **both(x.start, x.end)) for x in reading.lists),
        names=Later(lambda: [replace(n, **both(n.start, n.end), text=words(n.start, n.end)) for n in reading.names]),
        plans=Later(lambda: [replace(p, **both(p.start, p.end), text=words(p.start, p.end)) for p in reading.plans]),
        problems=Later(lambda: [replace(p, **both(p.start, p.end), text=words(p.start, p.end)) for p in reading.problems]),
        period=replace(reading.period, evidence=tuple(replace(e, **both(e.start, e.end)) for e in reading.period.evidence)),
    )
