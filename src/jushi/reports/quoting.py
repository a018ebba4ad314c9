"""Where a figure is quoted: editions whose sentences name it, and frozen ones that were signed with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jushi.compose import SentenceError, codes, parse
from jushi.ledger import registry
from jushi.reports.models import Edition, EditionSection, FrozenFigure
from jushi.reports.outline import line_of


@dataclass(frozen=True, slots=True)
class Quote:
    """An edition that quotes a figure; ``value`` is what it was signed with, '' while it is still being written."""

    edition: Any
    value: str


def documents_with(code: str, county: str) -> list[Quote]:
    """Editions of a county that quote ``code``, newest first."""
    names = names_of(code)
    signed = {f.edition_id: f.value for f in FrozenFigure.objects.filter(county=county, code__in=names)}
    found = [Quote(e, signed[e.pk]) for e in Edition.objects.filter(county=county, pk__in=list(signed))]
    sections = EditionSection.objects.filter(county=county).exclude(edition__step="frozen").select_related("edition")
    drafts = {s.edition_id: s.edition for s in sections if names & codes_of(s.lines)}
    found += [Quote(edition, "") for edition in drafts.values()]
    return sorted(found, key=lambda q: (q.edition.period, q.edition.created_at), reverse=True)


def names_of(code: str) -> set[str]:
    """The code of a figure and its id in the catalogue: a sentence may use either."""
    try:
        found = registry.indicator(code)[1]
    except KeyError:
        return {code}
    return {name for name in (found.code, found.catalogue) if name}


def codes_of(lines: list[Any]) -> set[str]:
    """Codes of the figures that stored lines name; broken sentences name none."""
    found: set[str] = set()
    for line in lines:
        try:
            found |= set(codes(parse(line_of(line).sentence)).figures)
        except (SentenceError, KeyError):
            continue
    return found
