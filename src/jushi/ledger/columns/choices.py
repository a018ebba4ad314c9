"""Columns that take one of a set: fixed options, or the dated terms of a dictionary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.db.models import Q

from jushi.kernel import scope
from jushi.kernel.models import Term
from jushi.ledger.columns.base import CellError, Column, DeclarationError, Lookup


@dataclass(frozen=True, kw_only=True)
class Choice(Column):
    """One of a set: fixed ``options`` (code → name), or the dated ``dictionary`` of that name. Stores the code, shows the name."""

    options: Mapping[str, str] | None = None
    dictionary: str = ""

    def validate_for(self, model: type[models.Model]) -> None:
        super().validate_for(model)
        if self.options is None and not self.dictionary:
            found = self.field_of(model)
            if found is None or not found.choices:
                raise DeclarationError(f"{model.__name__}.{self.name}: 选项列须有 options、dictionary 或模型自带选项")

    def names(self, lookup: Lookup) -> dict[str, str]:
        """Code → name of what may be chosen now."""
        if self.options is not None:
            return dict(self.options)
        return terms_valid(self.dictionary, lookup)

    def all_names(self) -> dict[str, str]:
        """Code → name including values no longer valid, for showing old records."""
        if self.options is not None:
            return dict(self.options)
        return terms_named(self.dictionary)

    def text(self, value: Any) -> str:
        return self.all_names().get(value, value or "")

    def convert(self, raw: Any, lookup: Lookup) -> str:
        names, wanted = self.names(lookup), str(raw).strip()
        if wanted in names:
            return wanted
        for code, name in names.items():
            if name == wanted:
                return code
        raise CellError(f"没有“{wanted}”这个选项，请填：{'、'.join(names.values())}")

    def condition(self, raw: str, lookup: Lookup) -> Q:
        """By any value that was ever valid: old records keep the words of their time."""
        names, wanted = self.all_names(), raw.strip()
        code = wanted if wanted in names else next((c for c, name in names.items() if name == wanted), None)
        return Q(**{self.name: self.convert(wanted, lookup) if code is None else code})

    def blank(self) -> str:
        return ""

    def raw(self, value: Any) -> Any:
        return value or ""

    def choices(self, lookup: Lookup) -> list[tuple[str, str]]:
        return list(self.names(lookup).items())

    def widget(self, model: type[models.Model], lookup: Lookup) -> forms.Widget:
        return forms.Select(choices=[("", "—"), *self.choices(lookup)])


def terms_valid(dictionary: str, lookup: Lookup) -> dict[str, str]:
    """Code → name of the terms that hold on the look-up's day: a row is judged by the words of its own time, not of today."""
    rows: list[Term] = lookup.once(
        ("terms", dictionary),
        lambda: list(Term.objects.filter(Q(county="") | Q(county=lookup.county), dictionary=dictionary)),
    )
    day = lookup.on
    return {
        t.code: t.name for t in rows
        if (t.valid_from is None or t.valid_from <= day) and (t.valid_to is None or t.valid_to >= day)
    }  # fmt: skip


_term_names: dict[tuple[str, frozenset[str] | None], dict[str, str]] = {}


def terms_named(dictionary: str) -> dict[str, str]:
    """Code → name of every term of a dictionary, valid or not: the shipped ones and those of the counties in scope, whose own names
    win. Cached until :func:`forget_terms`."""
    counties = scope.current().counties
    key = (dictionary, counties)
    if key not in _term_names:
        rows = Term.objects.filter(dictionary=dictionary).order_by("county", "position", "code")
        if counties is not None:
            rows = rows.filter(Q(county="") | Q(county__in=counties))
        _term_names[key] = dict(rows.values_list("code", "name"))
    return _term_names[key]


def forget_terms() -> None:
    """Drop cached names after a dictionary was edited."""
    _term_names.clear()


@dataclass(frozen=True, kw_only=True)
class FieldChoice(Choice):
    """A choice whose options stand in the model (level, data state, secrecy)."""

    model_options: ClassVar[bool] = True

    def all_names(self) -> dict[str, str]:
        return dict(self.options or {})
