"""Which heading of a sheet means which column: guessed, changeable, remembered per bureau and ledger."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from jushi.ledger.columns import Column
from jushi.ledger.declaration import Ledger
from jushi.ledger.models import ImportMapping

NOISE = re.compile(r"[\s*＊：:()（）\[\]【】]|（.*?）|\(.*?\)")
SCANNED = 15  # header rows are looked for this far down


def plain(heading: Any) -> str:
    """A heading without units, marks and blanks."""
    text = re.sub(r"[（(【\[].*?[)）】\]]", "", str(heading or ""))
    return re.sub(r"[\s*＊：:]", "", text)


def whole(heading: Any) -> str:
    """A heading without marks and blanks, its brackets kept."""
    return re.sub(r"[\s*＊：:]", "", str(heading or "")).replace("(", "（").replace(")", "）")


def find_header(ledger: Ledger, rows: Sequence[Sequence[Any]]) -> int:
    """The row (from 0) that names most columns; titles and blank rows above it are skipped."""
    best, best_hits = 0, 0
    for number, row in enumerate(rows[:SCANNED]):
        hits = len(guess(ledger, row))
        if hits > best_hits:
            best, best_hits = number, hits
    return best


def guess(ledger: Ledger, headings: Sequence[Any]) -> dict[int, str]:
    """Position of heading → column name, each column once: whole labels first (权利人（单位） is not 权利人（个人）), then labels without
    their brackets, then other words."""
    own = {c.name: (c.label_for(ledger.model), c.name) for c in ledger.editable}
    other = {c.name: _others(ledger, c) for c in ledger.editable}
    found: dict[int, str] = {}
    for read, words in ((whole, own), (plain, own), (plain, other)):
        known: dict[str, str] = {}
        for name in own:
            for word in words[name] if name not in found.values() else ():
                known.setdefault(read(word), name)
        for position, heading in enumerate(headings):
            name = known.get(read(heading), "") if position not in found else ""
            if name and name not in found.values():
                found[position] = name
    return _main_first(ledger, found)


def _main_first(ledger: Ledger, found: dict[int, str]) -> dict[int, str]:
    """名称 alone means what the row is known by, where the title only follows from that."""
    if ledger.main.name not in found.values() and ledger.main in ledger.editable:
        return {position: ledger.main.name if name == "title" else name for position, name in found.items()}
    return found


def _others(ledger: Ledger, column: Column) -> tuple[str, ...]:
    """Other words for a column: the model's own label where the ledger renames it, and for the main column 名称."""
    field = column.field_of(ledger.model)
    words = (str(field.verbose_name),) if field is not None else ()
    return (*words, "名称") if column is ledger.main else words


def fingerprint(headings: Sequence[Any]) -> str:
    """A key for the headings of a file."""
    return hashlib.sha256("|".join(plain(h) for h in headings).encode()).hexdigest()


def recalled(ledger: Ledger, headings: Sequence[Any], county: str) -> dict[int, str] | None:
    """The mapping last confirmed for these headings, if any; columns that no longer exist are dropped."""
    row = ImportMapping.objects.filter(county=county, ledger=ledger.code, headings=fingerprint(headings)).first()
    if row is None:
        return None
    return {int(k): v for k, v in row.mapping.items() if v in ledger.by_name}


def remember(ledger: Ledger, headings: Sequence[Any], mapping: Mapping[int, str], county: str) -> None:
    """Keep a confirmed mapping, within the operation under way."""
    key = fingerprint(headings)
    row = ImportMapping.objects.filter(county=county, ledger=ledger.code, headings=key).first()
    row = row or ImportMapping(county=county, ledger=ledger.code, headings=key)
    wanted = {str(k): v for k, v in mapping.items()}
    if row.mapping != wanted or row._state.adding:
        row.mapping = wanted
        row.save()
