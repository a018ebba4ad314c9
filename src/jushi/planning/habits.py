"""What a draft says of habits (坚持每周一、四集中学习) held against the routine and its records (K01, K02)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from jushi.kernel import periods
from jushi.kernel.models import Rule
from jushi.ledger import registry
from jushi.ledger.statements import Contradiction, is_claim, source
from jushi.planning.routines import Row, matrix

_KEPT = re.compile(r"(?:坚持|严格执行|严格落实|严格坚持|认真落实|做到)[^，。；！？\n]{2,30}")
_OFTEN = re.compile(r"每[日周月季]|每(?:个)?(?:季度|半年|星期)|周[一二三四五六日]|按[周月季]|制度")
NAMED = 4  # slots named of those that are missing


@source
def habits_kept(text: str, county: str, on: date) -> Iterator[Contradiction]:
    """A habit said to be kept while its routine was not: how often it should have been by then, how often it was, and what is missing."""
    claims = [m for m in _KEPT.finditer(text) if _OFTEN.search(m[0]) and is_claim(text, m.start())]
    if not claims:
        return
    words: dict[str, list[str]] = _words(county, on)
    rows = matrix(county, periods.of_day("year", on), on + timedelta(days=1))
    for claim in claims:
        for code, said in words.items():
            broken = [r for r in rows if r.routine.activity_ledger == code and _meant(claim[0], r.routine, said) and r.compliance.missing]
            if broken:
                yield Contradiction(claim.start(), claim.end(), "；".join(_told(r) for r in broken), code)


def _words(county: str, on: date) -> dict[str, list[str]]:
    try:
        return dict(Rule.current("routine_words", county, on))
    except KeyError:
        return {}


def _meant(clause: str, routine: Any, said: list[str]) -> bool:
    """Whether the clause speaks of the routine: by the word for its ledger, or for its own kind of meeting."""
    heard = [word for word in said if word in clause]
    if not heard or not routine.category:
        return bool(heard)
    ledger = registry.get(routine.activity_ledger)
    own = ledger.column("category").all_names().get(routine.category, "")  # type: ignore[attr-defined]
    kinds = set(ledger.column("category").all_names().values())  # type: ignore[attr-defined]
    return own in heard or not any(word in kinds for word in heard)


def _told(row: Row) -> str:
    kept, lacking = row.compliance, row.compliance.missing
    shown = "、".join(cell.slot.label for cell in lacking[:NAMED]) + ("等" if len(lacking) > NAMED else "")
    return f"按“{row.routine.title}”应有{kept.expected}次，台账有{kept.done}次，缺{shown}；请补登，或不写“坚持”“严格落实”"
