"""The measure words of summaries: a dated table (data/units.tsv) and the pattern built from it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, cast

UnitKind = Literal["count", "money", "area", "rate", "growth", "duration", "other"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A measure word. ``not_before``: with these it begins another word (家电); ``not_before_digits``: a pattern
    of the few that hold right behind digits.

    ``condition``: arabic = only after Arabic digits, duration = only where a length of time is meant."""

    word: str
    kind: UnitKind
    not_before: tuple[str, ...]
    condition: str
    not_before_digits: str = ""


@cache
def units() -> dict[str, Unit]:
    """All measure words by word, from the data table."""
    table: dict[str, Unit] = {}
    for line in resources.files("jushi.text").joinpath("data/units.tsv").read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        word, kind, *rest = line.split("\t")
        blocked = tuple(part.replace("\\n", "\n") for part in rest[0].split("|") if part) if rest else ()
        digits = rest[2] if len(rest) > 2 else ""
        table[word] = Unit(word, cast(UnitKind, kind), blocked, rest[1].strip() if len(rest) > 1 else "", digits)
    return table


@cache
def unit_pattern() -> str:
    """An alternation that matches the longest measure word unless it begins another word (个人, 天麻, 口罩)."""
    parts = []
    for unit in sorted(units().values(), key=lambda u: (-len(u.word), u.word)):
        part = re.escape(unit.word)
        if unit.not_before:
            refused = "(?!" + "|".join(re.escape(word) for word in unit.not_before) + ")"
            if unit.not_before_digits:
                # Behind digits 家, 名 and 个 measure: 5家电子企业 counts firms, only prose without a figure speaks of 家电.
                few = unit.not_before_digits
                refused = f"(?:(?<=[0-9xX×*余多]{part})(?!{few})|(?<![0-9xX×*余多]{part}){refused})"
            part += refused
        parts.append(part)
    # Most numerals stand before something else (年, 月, 、): one look at the next character settles that.
    firsts = "".join(sorted({re.escape(word[0]) for word in units()}))
    return f"(?=[{firsts}])(?:{'|'.join(parts)})"
