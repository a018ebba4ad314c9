"""What words without a number claim, and the records that say otherwise: “全面结题” while a project is still open.

A ledger declares ``statements``: functions that read a text and name the places where its records contradict it. They speak only where
wording and records both are certain; plans, wishes and denials are no claims.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

MOST_NAMED = 5
# before the words in their clause: what is still to come, or is denied
_NOT_SAID = re.compile(
    r"未|没有|尚|不能|力争|争取|确保|计划(?!项目|任务|管理|类)|拟|将|准备|推动|促进|督促|抓紧|加快|等待|待验|如期|明年|下一步|下步"
)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Words of a text (``start``–``end``) and why the records of ``ledger`` do not bear them out; ``records`` are (id, title)."""

    start: int
    end: int
    message: str
    ledger: str
    records: tuple[tuple[Any, str], ...] = ()
    suggestions: tuple[str, ...] = ()


Statement = Callable[[str, str, date], Iterable[Contradiction]]
_offered: list[Statement] = []


def source(statement: Statement) -> Statement:
    """Register what a layer above the ledgers has to say against words (routines that were not kept); modules do it when their app starts."""
    if statement not in _offered:
        _offered.append(statement)
    return statement


def is_claim(text: str, start: int) -> bool:
    """Whether what stands at ``start`` is stated as done: nothing before it in its clause puts it off or denies it."""
    low = max(text.rfind(mark, 0, start) for mark in "，。；！？\n")
    return not _NOT_SAID.search(text[low + 1 : start])


def named(titles: Iterable[str]) -> str:
    """The first few titles in words."""
    found = list(titles)
    shown = "".join(f"“{title}”" for title in found[:MOST_NAMED])
    return f"{shown}等{len(found)}项" if len(found) > MOST_NAMED else shown


def contradictions(text: str, county: str, on: date) -> Iterator[Contradiction]:
    """All that the ledgers, and what stands above them, have to say against a text at a date."""
    from jushi.ledger import registry

    for ledger in registry.ledgers():
        for statement in ledger.statements:
            yield from statement(text, county, on)
    for statement in _offered:
        yield from statement(text, county, on)
