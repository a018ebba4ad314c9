"""Ledger rows as xlsx or csv: streamed from the database, written by a Rust-backed writer; text never becomes a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import models
from rustpy_xlsxwriter import write_worksheet

from jushi.kernel.roles import Rights
from jushi.ledger import visibility
from jushi.ledger.columns import Choice, Column, Day, Link, LongText, Number, PartColumn, Text
from jushi.ledger.declaration import Ledger
from jushi.ledger.rows import Row, mask

CHUNK = 2000
Read = Callable[[Any], Any]
Values = Mapping[str, Sequence[Any]]
Make = Callable[[Values], Sequence[Any]]
RISKY = ("=", "+", "-", "@", "\t", "\r")


def headings(ledger: Ledger, columns: Sequence[Column]) -> list[str]:
    """Column headings, made different where two are alike."""
    seen: dict[str, int] = {}
    result = []
    for column in columns:
        label = column.label_for(ledger.model)
        seen[label] = seen.get(label, 0) + 1
        result.append(label if seen[label] == 1 else f"{label}{seen[label]}")
    return result


def cells(ledger: Ledger, rows: models.QuerySet[Any], columns: Sequence[Column], *, unmask: bool, rights: Rights | None) -> Iterator[tuple[Any, ...]]:
    """Rows as spreadsheet cells, chunk by chunk: memory does not grow with the count of rows. Names of records that the account may
    not see are left out as they are on pages; ``rights`` is None for whoever runs the program itself.

    A chunk is worked column by column: what holds for a whole column (empty, a few choices) is found out once and not for each cell.
    """
    veiled = {c.name for c in columns if rights is not None and visibility.may_hide(ledger, c, rights)}
    own = [c for c in columns if not isinstance(c, PartColumn)]
    paths = list(dict.fromkeys(("id", *(p for c in own for p in (c.paths if c.name in veiled else _paths(c))))))
    if len(paths) > 1 and not any(isinstance(c, PartColumn) for c in columns):
        paths.remove("id")
    makers = [_veiled_maker(ledger, c, unmask, rights) if rights and c.name in veiled else _maker(ledger, c, unmask) for c in columns]
    found = rows.values_list(*paths).iterator(chunk_size=CHUNK)
    while chunk := list(islice(found, CHUNK)):
        values = dict(zip(paths, zip(*chunk, strict=True), strict=True))
        yield from zip(*(make(values) for make in makers), strict=True)


def _is_plain_link(column: Column) -> bool:
    """Whether a link shows nothing but the name of its target: then its id need not be fetched."""
    return isinstance(column, Link) and (type(column).pick, type(column).text, type(column).cell) == (Link.pick, Link.text, Column.cell)


def _paths(column: Column) -> tuple[str, ...]:
    return column.paths[1:] if _is_plain_link(column) else column.paths


def _maker(ledger: Ledger, column: Column, unmask: bool) -> Make:
    """How the cells of a column are made of a chunk's fetched values (path → values)."""
    read = _reader(column, unmask)
    if _is_plain_link(column):
        path, mask_as = column.paths[1], "" if unmask else column.personal
        return lambda values: [(mask(mask_as, name) if mask_as else name) or None if name else None for name in values[path]]
    if not isinstance(column, PartColumn) and type(column).pick is Column.pick and not column.detail:
        return lambda values: _read_all(read, values[column.name])
    picked = _picker(ledger, column)
    return lambda values: list(map(read, picked(values)))


def _veiled_maker(ledger: Ledger, column: Column, unmask: bool, rights: Rights) -> Make:
    """As :func:`_maker`, for a column that may name what the account may not see: one question for a chunk."""
    read, picked = _reader(column, unmask), _picker(ledger, column)

    def made(values: Values) -> Sequence[Any]:
        rows = [Row(number, {}, {column.name: value}) for number, value in enumerate(picked(values))]
        return [read(row.cells[column.name]) for row in visibility.veil(ledger, [column], rows, rights)]

    return made


def _picker(ledger: Ledger, column: Column) -> Make:
    """How a column's values, as pages show them, are taken out of a chunk's fetched ones."""
    if isinstance(column, PartColumn):

        def loaded(values: Values) -> Sequence[Any]:
            found = column.load(ledger.model, list(values["id"]))
            return [found.get(pk) for pk in values["id"]]

        return loaded

    def picked(values: Values) -> Sequence[Any]:
        own = [values[path] for path in column.paths]
        return [column.pick(dict(zip(column.paths, row, strict=True))) for row in zip(*own, strict=True)]

    return picked


def _read_all(read: Read, values: Sequence[Any]) -> Sequence[Any]:
    """The cells of plain values: where few different ones recur (none at all, a choice, a day), each is read once."""
    try:
        distinct = set(values)
    except TypeError:  # lists
        return list(map(read, values))
    if len(distinct) * 4 > len(values):
        return list(map(read, values))
    made = {value: read(value) for value in distinct}
    return list(map(made.__getitem__, values))


def _reader(column: Column, unmask: bool) -> Read:
    """How a value becomes a cell; the commonest columns with their names looked up once."""
    if column.personal and not unmask:
        return lambda value: mask(column.personal, column.text(value)) or None
    if isinstance(column, Choice) and not isinstance(column, PartColumn):
        names = column.all_names()
        return lambda value: names.get(value, value) or None
    if type(column) in (Text, LongText):
        return lambda value: value or None if value.__class__ is str else column.cell(value)
    return column.cell


def to_xlsx(
    ledger: Ledger, rows: models.QuerySet[Any], columns: Sequence[Column], target: str | Path, *, unmask: bool = False, rights: Rights | None
) -> None:
    """Write an .xlsx file with a header, frozen and filtered, dates as dates and numbers as numbers."""
    heads = headings(ledger, columns)
    records = (dict(zip(heads, row, strict=True)) for row in cells(ledger, rows, columns, unmask=unmask, rights=rights))
    first = next(records, None)
    if first is None:
        _empty(heads, ledger, target)
        return
    write_worksheet(
        _chain(first, records), str(target), sheet_name=sheet_name(ledger.name), freeze_row=1, freeze_col=1,
        datetime_format="yyyy-mm-dd", bold_headers=True, autofilter=True,
        column_widths={head: float(_width(c)) for head, c in zip(heads, columns, strict=True)},
    )  # fmt: skip


def _chain(first: dict[str, Any], rest: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield first
    yield from rest


def _empty(heads: Sequence[str], ledger: Ledger, target: str | Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(target)) as book:
        book.add_worksheet(sheet_name(ledger.name)).write_row(0, 0, heads, book.add_format({"bold": True}))


def to_csv(ledger: Ledger, rows: models.QuerySet[Any], columns: Sequence[Column], *, unmask: bool = False, rights: Rights | None) -> Iterator[str]:
    """CSV lines (UTF-8 with mark for Excel); cells that a spreadsheet would take for formulas are led by an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    yield "\ufeff"
    writer.writerow(headings(ledger, columns))
    for number, row in enumerate(cells(ledger, rows, columns, unmask=unmask, rights=rights), 1):
        writer.writerow([_defused(cell) for cell in row])
        if number % 500 == 0:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def _defused(cell: Any) -> Any:
    return "'" + cell if isinstance(cell, str) and cell.startswith(RISKY) else cell


def sheet_name(name: str) -> str:
    """A sheet name that Excel takes: 31 characters, none of []:*?/\\."""
    return "".join(c for c in name if c not in "[]:*?/\\")[:31] or "台账"


def _width(column: Column) -> int:
    if isinstance(column, Day):
        return 12
    return 12 if isinstance(column, Number) else (30 if column.main or column.name == "title" else 18)
