"""Line tables as input grids: posted names are ``line.<table>.<row>.<column>``; pasting from Excel fills them cell by cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import Select
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from jushi.kernel.ids import uuid_of
from jushi.ledger import lines as part_lines
from jushi.ledger.columns import Column, Day, Link, Lookup, Number
from jushi.ledger.declaration import Ledger, Lines
from jushi.ledger.lines import LineRow

SPARE = 2  # empty rows at the end of a grid
LIMIT = 500


@dataclass(frozen=True, slots=True)
class Grid:
    """A line table ready to be edited."""

    lines: Lines
    head: list[str]
    body: SafeString
    blank: SafeString


def build(ledger: Ledger, lines: Lines, rows: list[LineRow], lookup: Lookup) -> Grid:
    """The inputs of a line table with its rows and some empty ones."""
    from django.apps import apps

    model = apps.get_model(lines.model)
    columns = part_lines.columns_of(lines)
    shown = [*rows, *(LineRow() for _ in range(SPARE))]
    body = "".join(_row(lines, columns, n, row, lookup, ledger) for n, row in enumerate(shown))
    blank = _row(lines, columns, "N", LineRow(), lookup, ledger)
    return Grid(lines, [c.label_for(model) for c in columns], mark_safe(body), mark_safe(blank))  # noqa: S308 - escaped below


def _row(lines: Lines, columns: tuple[Column, ...], number: Any, row: LineRow, lookup: Lookup, ledger: Ledger) -> str:
    base = f"line.{lines.name}.{number}"
    cells = [_cell(f"{base}.{c.name}", c, row, lookup, ledger, lines) for c in columns]
    key = f'<input type="hidden" name="{base}.id" value="{escape(row.id or "")}">'
    gone = '<button type="button" class="btn-close" data-line-drop title="清空这一行（保存后删除）" aria-label="清空这一行"></button>'
    return f'<tr data-line>{"".join(cells)}<td class="drop">{key}{gone}</td></tr>'


def _cell(name: str, column: Column, row: LineRow, lookup: Lookup, ledger: Ledger, lines: Lines) -> str:
    value = row.raw.get(column.name, "")
    wrong = row.problems.get(column.name, "")
    css = " is-invalid" if wrong else ""
    options = column.choices(lookup)
    label = escape(column.label or column.name)
    if options is not None and not (isinstance(column, Link) and len(options) > 40):
        css_class = f"form-select form-select-sm{css}"
        inner = str(Select(attrs={"class": css_class, "aria-label": label}, choices=[("", ""), *options]).render(name, value))
    else:
        extra = ' type="date"' if isinstance(column, Day) else ' inputmode="decimal"' if isinstance(column, Number) else ""
        if isinstance(column, Link):
            extra += f' data-suggest-url="/suggest?ledger={ledger.code}&amp;lines={lines.name}&amp;column={column.name}" autocomplete="off"'
        number = " number" if isinstance(column, Number) else ""
        inner = f'<input class="form-control form-control-sm{number}{css}" name="{name}" value="{escape(value)}" aria-label="{label}"{extra}>'
    problem = f'<div class="invalid-feedback">{escape(wrong)}</div>' if wrong else ""
    return f'<td data-label="{label}">{inner}{problem}</td>'


def posted(lines: Lines, data: Mapping[str, str]) -> list[LineRow]:
    """The rows of a line table as a form sent them."""
    pattern = re.compile(rf"line\.{re.escape(lines.name)}\.(\d+)\.(.+)")
    found: dict[int, LineRow] = {}
    for name in data:
        match = pattern.fullmatch(name)
        if match is None or int(match[1]) > LIMIT:
            continue
        row = found.setdefault(int(match[1]), LineRow())
        if match[2] == "id":
            row.id = uuid_of(data[name])
        else:
            row.raw[match[2]] = data[name]
    return [row for _, row in sorted(found.items()) if row.id is not None or not row.is_blank]
