"""Loads the shipped dictionaries and rules (kernel/data/terms, kernel/data/rules) into the database; what a bureau added itself is left alone.

terms/*.toml: ``[dictionary_name]`` tables of ``code = "名称"`` or ``code = {name=…, from=…, to=…, basis=…}``.
rules/*.toml: ``[[rule]]`` with name, value, basis, verified, from, to.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from django.db import transaction

from jushi.kernel.models import Rule, Term


def load_reference() -> None:
    """Insert or update shipped terms and rules; idempotent."""
    with transaction.atomic():
        known = {(t.dictionary, t.code): t for t in Term.objects.filter(county="")}
        for position, (dictionary, code, row) in enumerate(_terms()):
            _put_term(known.get((dictionary, code)), dictionary, code, row, position)
        _put_rules()


def _terms() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for document in _read("terms"):
        for dictionary, rows in document.items():
            for code, row in rows.items():
                yield dictionary, code, row if isinstance(row, dict) else {"name": row}


def _put_term(term: Term | None, dictionary: str, code: str, row: dict[str, Any], position: int) -> None:
    term = term or Term(dictionary=dictionary, code=code)
    wanted = (row["name"], position, row.get("from"), row.get("to"), row.get("basis", ""))
    if (term.name, term.position, term.valid_from, term.valid_to, term.basis) == wanted and term.pk:
        return
    term.name, term.position, term.valid_from, term.valid_to, term.basis = wanted
    term.save()


def _put_rules() -> None:
    known = {(r.name, r.valid_from): r for r in Rule.objects.filter(county="")}
    for document in _read("rules"):
        for row in document.get("rule", []):
            rule = known.get((row["name"], row.get("from"))) or Rule(name=row["name"], valid_from=row.get("from"))
            rule.value, rule.basis = row["value"], row.get("basis", "")
            rule.valid_to, rule.verified = row.get("to"), row.get("verified", False)
            rule.save()


def _read(folder: str) -> Iterator[dict[str, Any]]:
    directory = files("jushi.kernel") / "data" / folder
    for path in sorted(directory.iterdir(), key=lambda p: p.name):
        if path.name.endswith(".toml"):
            yield tomllib.loads(path.read_text(encoding="utf-8"))
