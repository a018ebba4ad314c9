"""Ledger rows as xlsx or csv: streamed from the database, written by a Rust-backed writer; text never becomes a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

from django.db import models
from rustpy_xlsxwriter import write_worksheet

from jushi.ledger.columns import Choice, Column, Day, LongText, Number, PartColumn, Text
from jushi.ledger.declaration import Ledger
from jushi.ledger.rows import mask

CHUNK = 2000
Read = Callable[[Any], Any]
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


def cells(ledger: Ledger, rows: models.QuerySet[Any], columns: Sequence[Column], *, unmask: bool) -> Iterator[list[Any]]:
    """Rows as spreadsheet cells, chunk by chunk: memory does not grow with the count of rows."""
    own = [c for c in columns if not isinstance(c, PartColumn)]
    paths = list(dict.fromkeys(("id", *(p for c in own for p in c.paths))))
    parts = [c for c in columns if isinstance(c, PartColumn)]
    readers = [(_getter(c), _reader(c, unmask)) for c in columns]
    chunk: list[dict[str, Any]] = []
    for record in rows.values(*paths).iterator(chunk_size=CHUNK):
        chunk.append(record)
        if len(chunk) == CHUNK:
            yield from _chunk_cells(ledger, chunk, readers, parts)
            chunk = []
    if chunk:
        yield from _chunk_cells(ledger, chunk, readers, parts)


def _chunk_cells(
    ledger: Ledger, chunk: list[dict[str, Any]], readers: Sequence[tuple[Read, Read]], parts: Sequence[PartColumn]
) -> Iterator[list[Any]]:
    ids = [record["id"] for record in chunk]
    for part in parts:
        loaded = part.load(ledger.model, ids)
        for record in chunk:
            record[f"part {part.name}"] = loaded.get(record["id"])
    for record in chunk:
        yield [read(get(record)) for get, read in readers]


def _getter(column: Column) -> Read:
    """How a column's value is taken out of a fetched row."""
    if isinstance(column, PartColumn):
        return itemgetter(f"part {column.name}")
    return itemgetter(column.name) if type(column).pick is Column.pick and not column.detail else column.pick


def _reader(column: Column, unmask: bool) -> Read:
    """How a value becomes a cell; the commonest columns without a call per cell, or with their names looked up once."""
    if column.personal and not unmask:
        return lambda value: mask(column.personal, column.text(value)) or None
    if isinstance(column, Choice) and not isinstance(column, PartColumn):
        names = column.all_names()
        return lambda value: names.get(value, value) or None
    if type(column) in (Text, LongText):
        return lambda value: value or None if value.__class__ is str else column.cell(value)
    return column.cell


def to_xlsx(ledger: Ledger, rows: models.QuerySet[Any], columns: Sequence[Column], target: str | Path, *, unmask: bool = False) -> None:
    """Write an .xlsx file with a header, frozen and filtered, dates as dates and numbers as numbers."""
    heads = headings(ledger, columns)
    records = (dict(zip(heads, row, strict=True)) for row in cells(ledger, rows, columns, unmask=unmask))
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


def to_csv(ledger: Ledger, rows: models.QuerySet[Any], columns: Sequence[Column], *, unmask: bool = False) -> Iterator[str]:
    """CSV lines (UTF-8 with mark for Excel); cells that a spreadsheet would take for formulas are led by an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    yield "\ufeff"
    writer.writerow(headings(ledger, columns))
    for number, row in enumerate(cells(ledger, rows, columns, unmask=unmask), 1):
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
