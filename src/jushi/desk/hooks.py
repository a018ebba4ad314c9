"""What higher rooms of the house tell the desk without being imported by it: each registers a function when the program starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Quote:
    """A document that quotes a record."""

    title: str
    url: str
    words: str = ""


Quoting = Callable[[Any], list[Quote]]
_quoting: list[Quoting] = []


def on_quoting(find: Quoting) -> Quoting:
    """Register a function that names the documents quoting a record."""
    _quoting.append(find)
    return find


def documents_quoting(record: Any) -> list[Quote]:
    """Documents that quote the record, from everybody who registered."""
    return [quote for find in _quoting for quote in find(record)]
