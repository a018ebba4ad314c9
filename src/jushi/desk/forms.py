"""Forms of records, built from the ledger's columns. Conversion and checks belong to the columns; a form shows and keeps what was typed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from django import forms

from jushi.kernel.roles import Rights
from jushi.ledger.columns import Column, FigureName, Link, LongText, Lookup, Output, PartColumn, Target
from jushi.ledger.columns.links import AreaLink, OfficeLink, UserLink
from jushi.ledger.declaration import Ledger
from jushi.ledger.rows import Row, mask

SHORT = 40  # so many choices still fit a drop-down


@dataclass(frozen=True, slots=True)
class Field:
    """A bound field with what the template needs to know of its column."""

    bound: forms.BoundField
    column: Column
    wide: bool
    warning: str = ""

    @property
    def required(self) -> bool:
        """Whether the column must be filled."""
        return self.column.required


class RecordForm(forms.Form):
    """A form over some columns of a ledger. ``raw`` is what the columns parse; errors and warnings come from the store."""

    ledger: Ledger
    columns: tuple[Column, ...]
    warnings: Mapping[str, str] = MappingProxyType({})

    def groups(self) -> list[tuple[str, list[Field]]]:
        """Titled groups of bound fields, empty ones left out."""
        found = []
        for group in self.ledger.groups:
            fields = [
                Field(self[name], self.ledger.by_name[name], isinstance(self.ledger.by_name[name], LongText), self.warnings.get(name, ""))
                for name in group.columns if name in self.fields
            ]  # fmt: skip
            if fields:
                found.append((group.title, fields))
        return found

    def refuse(self, problems: Mapping[str, str]) -> None:
        """Show the store's problems at their fields; those without a field stand on top."""
        if not hasattr(self, "cleaned_data"):
            self.full_clean()
        for name, message in problems.items():
            # add_error would drop the value from cleaned_data, which nobody reads here
            self.add_error(name if name in self.fields else None, message)
            if name in self.fields:
                attrs = self.fields[name].widget.attrs
                attrs["class"] = f"{attrs.get('class', '')} is-invalid"

    def warning_list(self) -> list[tuple[str, str, str]]:
        """(field id, label, message) of every warning, for the list on top."""
        labels = {name: str(self.fields[name].label) if name in self.fields else "" for name in self.warnings}
        return [(f"id_{name}" if labels[name] else "", labels[name], text) for name, text in self.warnings.items()]

    def error_list(self) -> list[tuple[str, str, str]]:
        """(field id, label, message) of every error, for the list on top."""
        found = []
        for name, messages in self.errors.items():
            label = str(self.fields[name].label) if name in self.fields else ""
            found += [(f"id_{name}" if label else "", label, str(message)) for message in messages]
        return found


def form_for(
    ledger: Ledger, lookup: Lookup, rights: Rights, *, data: Any = None, row: Row | None = None, only: tuple[str, ...] = (),
    prefill: Mapping[str, str] | None = None,
) -> RecordForm:  # fmt: skip
    """A form for a new record, or filled with ``row``; ``only`` narrows it to some columns."""
    columns = tuple(c for c in ledger.editable if not only or c.name in only)
    if row is not None and isinstance(row.cells.get(ledger.at), date):
        lookup.on = row.cells[ledger.at]  # a row keeps the words of its own time, also when they are no longer offered
    unmask = bool(rights.may("unmask", zone=ledger.zone))
    fields: dict[str, Any] = {}
    for column in columns:
        found = column.form_field(ledger.model, lookup)
        found.validators = []  # the column's own check says what is too long, in one voice with the import
        found.widget = _widget(ledger, column, lookup, found.widget)
        masked = _masked(column, row, unmask)
        if masked:
            found.widget.attrs["placeholder"] = f"{masked}（不改请留空）"
        fields[column.name] = found
    kind = type("LedgerForm", (RecordForm,), {**fields, "ledger": ledger, "columns": columns})
    initial = raw_of(ledger, columns, row, unmask) if row is not None else _defaults(columns, prefill or {})
    return kind(data, initial=initial)


def _defaults(columns: tuple[Column, ...], prefill: Mapping[str, str]) -> dict[str, Any]:
    found = {c.name: c.raw(c.default) if not isinstance(c.default, str) else c.default for c in columns if c.default is not None}
    return found | {c.name: prefill[c.name] for c in columns if c.name in prefill}


def _widget(ledger: Ledger, column: Column, lookup: Lookup, given: forms.Widget) -> forms.Widget:
    url = f"/suggest?ledger={ledger.code}&column={column.name}"
    if isinstance(column, (OfficeLink, UserLink)) or (isinstance(column, Link) and isinstance(given, forms.Select)):
        names = column.choices(lookup)
        if names is not None and len(names) <= SHORT:
            given = forms.Select(choices=[("", "—"), *names])
        else:
            given = forms.TextInput(attrs={"data-suggest-url": url, "autocomplete": "off"})
    elif isinstance(column, (Link, AreaLink, FigureName)):
        given = forms.TextInput(attrs={"data-suggest-url": url, "autocomplete": "off"})
    elif isinstance(column, PartColumn) and not isinstance(column, Output):
        given = forms.TextInput(attrs={"data-suggest-url": url, "data-suggest-many": "1", "autocomplete": "off"})
    css = "form-select" if isinstance(given, forms.Select) else "form-control"
    given.attrs["class"] = f"{css} {given.attrs.get('class', '')}".strip()
    if column.example and not isinstance(given, forms.Select):
        given.attrs["placeholder"] = f"例：{column.example}"
    if column.required:
        given.attrs["aria-required"] = "true"
    return given


def _masked(column: Column, row: Row | None, unmask: bool) -> str:
    if row is None or unmask or not column.personal:
        return ""
    return mask(column.personal, column.text(row.cells[column.name]))


def raw_of(ledger: Ledger, columns: tuple[Column, ...], row: Row, unmask: bool) -> dict[str, Any]:
    """What the inputs show for a stored row; personal values stay out of the page of whoever may not see them."""
    found = {}
    for column in columns:
        hidden = bool(_masked(column, row, unmask))
        value = row.cells[column.name]
        found[column.name] = "" if hidden else _typed(column, value)
    return found


def _typed(column: Column, value: Any) -> Any:
    """The typed form of a value; a date as browsers' date inputs want it."""
    if isinstance(value, Target) and value.pk is None:
        return ""
    return column.raw(value) if value is not None else ""


def posted_raw(form: RecordForm, rights: Rights, row: Row | None = None) -> dict[str, str]:
    """What was typed, by column. Masked columns left empty are left out: empty there means unchanged."""
    unmask = bool(rights.may("unmask", zone=form.ledger.zone))
    raw = {}
    for column in form.columns:
        if column.name not in form.data:
            continue
        value = form.data.get(column.name, "")
        if not value.strip() and _masked(column, row, unmask):
            continue
        raw[column.name] = value
    return raw


def pack(raw: Mapping[str, Any]) -> str:
    """What the inputs showed when the form was opened, carried along so that a conflict can tell who changed what."""
    return json.dumps({k: str(v) for k, v in raw.items()}, ensure_ascii=False, separators=(",", ":"))


def unpack(text: str) -> dict[str, str]:
    """What :func:`pack` wrote; {} for anything else."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


@dataclass(frozen=True, slots=True)
class Conflict:
    """A column that somebody else changed while it was being changed here."""

    name: str
    label: str
    theirs: str
    yours: str
    both: bool


def conflicts(ledger: Ledger, was: Mapping[str, str], theirs: Mapping[str, Any], yours: Mapping[str, str]) -> list[Conflict]:
    """Columns that changed meanwhile; ``both`` where the two disagree and somebody has to choose."""
    found = []
    for name, value in theirs.items():
        now, typed, before = _same(value), _same(yours.get(name, value)), _same(was.get(name, ""))
        if name in was and now == before:
            continue
        if name not in was and now == typed:
            continue
        column = ledger.by_name[name]
        both = typed not in (before, now)
        if column.personal:
            now, typed = mask(column.personal, now), mask(column.personal, typed)
        found.append(Conflict(name, column.label_for(ledger.model), now or "（空）", typed or "（空）", both))
    return found


def _same(value: Any) -> str:
    return str(value).replace("\r\n", "\n").strip()
