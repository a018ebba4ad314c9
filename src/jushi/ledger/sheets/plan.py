"""What an import would do, before anything is written: new, changed, unchanged and wrong rows, with every error of every row.

A row is the same row as before when the ledger's key columns are equal; importing a file twice changes nothing the second time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone

from jushi.kernel import bulk
from jushi.kernel.states import State
from jushi.ledger.building import Builder
from jushi.ledger.checking import closed_months, too_long, warnings_of
from jushi.ledger.columns import CellError, Column, Day, Link, Lookup, PartColumn, Target
from jushi.ledger.declaration import Ledger
from jushi.ledger.sheets.reading import Sheet
from jushi.ledger.store import Author, prototype

Key = tuple[Any, ...]
DROPPED = "-"  # an edit under this name leaves the row out
MASKED = CellError("这一格隐去了部分内容（*），请填完整；或请有权限的人员用“含个人信息”方式导出后再导入")
FORMULA = CellError("单元格是公式，请在 Excel 中复制后“选择性粘贴—数值”，或在此直接填数")


@dataclass(slots=True)
class PlannedRow:
    """One row of the sheet: its line number there (from 1), parsed values, what is wrong by column, and what it would do.

    ``warnings`` are said, not enforced."""

    line: int
    raw: Sequence[Any]
    values: dict[str, Any]
    problems: dict[str, str]
    action: str = "new"
    record_id: UUID | None = None
    differences: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    record: Any = None
    masked: frozenset[str] = frozenset()
    warnings: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Plan:
    """All rows of a sheet with the mapping used."""

    ledger: Ledger
    headings: list[str]
    mapping: dict[int, str]
    rows: list[PlannedRow]

    def count(self, action: str) -> int:
        """How many rows would do ``action`` (new, change, same, wrong)."""
        return sum(1 for row in self.rows if row.action == action)

    def of(self, action: str) -> list[PlannedRow]:
        """The rows that would do ``action``."""
        return [row for row in self.rows if row.action == action]


def plan(
    ledger: Ledger, sheet: Sheet, header: int, mapping: Mapping[int, str], author: Author,
    edits: Mapping[str, Mapping[str, Any]] | None = None,
) -> Plan:  # fmt: skip
    """Parse and check every row. ``edits`` are cells corrected in the preview: line number → column name → value typed."""
    headings = [str(h) for h in (sheet.rows[header] if sheet.rows else [])]
    lookup = ledger.lookup(author.bureau.county, timezone.localdate())
    columns = [(position, ledger.column(name)) for position, name in mapping.items()]
    with bulk.quiet():
        return Plan(ledger, headings, dict(mapping), _rows(ledger, sheet, header, columns, lookup, author, edits or {}))


def _rows(
    ledger: Ledger, sheet: Sheet, header: int, columns: Sequence[tuple[int, Column]], lookup: Lookup, author: Author,
    edits: Mapping[str, Mapping[str, Any]],
) -> list[PlannedRow]:  # fmt: skip
    rows = _parse(ledger, sheet, header, columns, lookup, edits)
    _require(ledger, rows, {column.name for _, column in columns})
    keys = [key_of(ledger, row.values) for row in rows]
    _double_keys(ledger, rows, keys)
    _compare(ledger, rows, keys, columns)
    _unmasked(rows)
    _taken(ledger, rows, {column.name for _, column in columns})
    _whole_rows(ledger, rows, author, [column.name for _, column in columns])
    for row in rows:
        if row.problems:
            row.action = "wrong"
    return rows


def _parse(
    ledger: Ledger, sheet: Sheet, header: int, columns: Sequence[tuple[int, Column]], lookup: Lookup,
    edits: Mapping[str, Mapping[str, Any]],
) -> list[PlannedRow]:  # fmt: skip
    dropped = {line for line, own in edits.items() if DROPPED in own}
    lines = [
        (number, raw) for number, raw in enumerate(sheet.rows[header + 1 :], header + 1)
        if not (_is_empty(raw) or (dropped and str(number + 1) in dropped))
    ]  # fmt: skip
    cells = _by_column([raw for _, raw in lines], [position for position, _ in columns])
    dated = {column.name for _, column in columns if getattr(column, "dictionary", "")}
    days = _days(ledger, columns, cells, lookup) if dated else ()
    parsed = [
        _parse_dated(column, cells[position], days, lookup) if column.name in dated else _parse_column(column, cells[position], lookup)
        for position, column in columns
    ]
    names = [column.name for _, column in columns]
    planned = [
        PlannedRow(number + 1, raw, dict(zip(names, own, strict=True)), {})
        for (number, raw), own in zip(lines, zip(*parsed, strict=True), strict=True)
    ] if columns else [PlannedRow(number + 1, raw, {}, {}) for number, raw in lines]  # fmt: skip
    for name, found in zip(names, parsed, strict=True):
        for row, value in zip(planned, found, strict=True) if any(type(v) is CellError for v in found) else ():
            _settle(row, name, value)
    if sheet.formulas or edits:
        for row in planned:
            _amend(ledger, row, columns, sheet, lookup, edits.get(str(row.line), {}))
    return planned


def _is_empty(raw: Sequence[Any]) -> bool:
    return not any(raw) and all(cell in ("", None) for cell in raw)  # a row may consist of noughts


def _by_column(rows: Sequence[Sequence[Any]], positions: Sequence[int]) -> dict[int, Sequence[Any]]:
    """Position → cells of that column; None where a row is too short for it."""
    if len(set(map(len, rows))) == 1:
        turned = list(zip(*rows, strict=True))
        return {position: turned[position] if position < len(turned) else [None] * len(rows) for position in positions}
    return {position: [raw[position] if position < len(raw) else None for raw in rows] for position in positions}


def _parse_column(column: Column, cells: Sequence[Any], lookup: Lookup) -> list[Any]:
    """Parsed values, or CellErrors, of a column's cells; equal cells (dates, choices and blanks repeat in thousands) are parsed once."""
    if set(map(type, cells)) == {str}:
        texts = {cell: _parsed(column, cell, lookup) for cell in dict.fromkeys(cells)}
        return [texts[cell] for cell in cells]
    keys = list(zip(map(type, cells), cells, strict=True))  # with their types, because 1, 1.0 and True are equal
    known = {key: _parsed(column, key[1], lookup) for key in dict.fromkeys(keys)}
    return [known[key] for key in keys]


def _days(
    ledger: Ledger, columns: Sequence[tuple[int, Column]], cells: Mapping[int, Sequence[Any]], lookup: Lookup
) -> list[date]:  # fmt: skip
    """The day of each row: dated dictionaries are read as of it, as the form does."""
    axis = next(((p, c) for p, c in columns if c.name == ledger.at and isinstance(c, Day)), None)
    if axis is None:
        return [lookup.on] * len(next(iter(cells.values()), ()))
    return [day if isinstance(day, date) else lookup.on for day in _parse_column(axis[1], cells[axis[0]], lookup)]


def _parse_dated(column: Column, cells: Sequence[Any], days: Sequence[date], lookup: Lookup) -> list[Any]:
    """As :func:`_parse_column`, for columns whose words change with time."""
    today = lookup.on
    known: dict[Any, Any] = {}
    found = []
    for cell, day in zip(cells, days, strict=True):
        key = (type(cell), cell, day)
        if key not in known:
            lookup.on = day
            known[key] = _parsed(column, cell, lookup)
        found.append(known[key])
    lookup.on = today
    return found


def _parsed(column: Column, cell: Any, lookup: Lookup) -> Any:
    if column.personal and isinstance(cell, str) and "*" in cell:
        return MASKED
    try:
        return column.parse(cell, lookup)
    except CellError as error:
        return error


def _settle(row: PlannedRow, name: str, value: Any) -> None:
    """Put a parsed value, or what is wrong with it, in its place."""
    if value is MASKED:
        row.values.pop(name, None)
        row.masked |= {name}
    elif isinstance(value, CellError):
        row.values.pop(name, None)
        row.problems[name] = str(value)
    else:
        row.problems.pop(name, None)
        row.masked -= {name}
        row.values[name] = value


def _amend(
    ledger: Ledger, row: PlannedRow, columns: Sequence[tuple[int, Column]], sheet: Sheet, lookup: Lookup, own: Mapping[str, Any]
) -> None:  # fmt: skip
    """Cells corrected in the preview instead of the file's; formulas are not taken."""
    for position, column in columns:
        if column.name in own:
            day = row.values.get(ledger.at)
            lookup.on = day if isinstance(day, date) else timezone.localdate()
            _settle(row, column.name, _parsed(column, own[column.name], lookup))
        elif (row.line - 1, position) in sheet.formulas:
            _settle(row, column.name, FORMULA)


def _require(ledger: Ledger, rows: list[PlannedRow], present: set[str]) -> None:
    """Required columns that the sheet does not have at all are reported on every new row, by their label."""
    absent = [c for c in ledger.editable if c.required and c.name not in present and c.default is None]
    derived = {"title"} if ledger.main.name != "title" else set()
    for column in absent:
        if column.name not in derived:
            for row in rows:
                row.problems[column.name] = f"文件中没有“{column.label_for(ledger.model)}”这一列，请补上或在对应关系中指定"


def key_of(ledger: Ledger, values: Mapping[str, Any]) -> Key | None:
    """What makes the row the same row; None when a key column is empty."""
    key = []
    for name in ledger.key:
        value = values.get(name)
        if value is None or value == "":
            return None
        key.append(value.pk if isinstance(value, Target) else value)
    return tuple(key)


def _double_keys(ledger: Ledger, rows: list[PlannedRow], keys: Sequence[Key | None]) -> None:
    seen: dict[Key, int] = {}
    for row, key in zip(rows, keys, strict=True):
        if key is None:
            continue
        if key in seen:
            row.problems.setdefault(ledger.key[0], f"与第 {seen[key]} 行重复，请删去其中一行")
        else:
            seen[key] = row.line


def _compare(ledger: Ledger, rows: list[PlannedRow], keys: Sequence[Key | None], columns: Sequence[tuple[int, Column]]) -> None:
    """Find the rows that are there already: one query for their keys, one for the values of those that match."""
    known = _known_keys(ledger)
    matched: dict[UUID, PlannedRow] = {}
    for row, key in zip(rows, keys, strict=True) if known else ():
        found = known.get(key) if key is not None else None
        if found is not None:
            row.record_id = found
            row.action = "same"
            matched[found] = row
    if matched:
        _differences(ledger, matched, [column for _, column in columns])


def _unmasked(rows: list[PlannedRow]) -> None:
    """Masked cells of an export leave a known record as it is; a new one cannot be made of them."""
    for row in rows:
        if row.masked and row.record_id is None:
            row.problems |= dict.fromkeys(row.masked, str(MASKED))


def _known_keys(ledger: Ledger) -> dict[Key, UUID]:
    columns = [ledger.column(name) for name in ledger.key]
    if any(isinstance(c, PartColumn) or c.detail for c in columns):
        return {}
    paths = [f"{c.name}_id" if isinstance(c, Link) else c.name for c in columns]
    rows = ledger.queryset().exclude(state=State.VOID).values_list("pk", *paths)
    return {tuple(rest): pk for pk, *rest in rows}


def _differences(ledger: Ledger, matched: Mapping[UUID, PlannedRow], columns: Sequence[Column]) -> None:
    from jushi.ledger.rows import fetch

    ids = list(matched)
    for start in range(0, len(ids), 500):
        for stored in fetch(ledger, ledger.queryset().filter(pk__in=ids[start : start + 500]), columns):
            row, differences = matched[stored.id], {}
            for column in columns:
                if column.name not in row.values:
                    continue
                old, new = _normal(stored.cells[column.name]), _normal(row.values[column.name])
                if old != new:
                    differences[column.name] = (stored.cells[column.name], row.values[column.name])
            if differences:
                row.action, row.differences = "change", differences
                if stored.meta["state"] not in State.editable():
                    row.problems[""] = f"记录是“{State(stored.meta['state']).label}”状态，不能由导入改动；请对该记录走“更正”"


def _normal(value: Any) -> Any:
    if value in ("", None, False) or value == []:
        return None
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _taken(ledger: Ledger, rows: list[PlannedRow], present: set[str]) -> None:
    """Values that must be the bureau's only ones and are taken by another record, or twice in the sheet: one query per rule."""
    for rule in ledger.model._meta.constraints:
        if not isinstance(rule, models.UniqueConstraint):
            continue
        names = [name for name in rule.fields if name not in {"county", "kind"}]
        if not names or not set(names) <= present or tuple(names) == ledger.key:
            continue
        own = [f"{n}_id" if isinstance(ledger.column(n), Link) else n for n in names]
        standing = ledger.queryset().exclude(state=State.VOID)
        stored = {tuple(rest): pk for pk, *rest in standing.values_list("pk", *own) if None not in rest}
        for row in rows:
            values = [row.values.get(name) for name in names]
            key = tuple(v.pk if isinstance(v, Target) else v for v in values)
            if any(v in (None, "") for v in key):
                continue
            holder = stored.setdefault(key, row.record_id or row.line)
            if holder not in (row.record_id, row.line):
                message = str(rule.get_violation_error_message())
                row.problems.setdefault(names[0], message if isinstance(holder, UUID) else f"与第 {holder} 行重复")


def _whole_rows(ledger: Ledger, rows: list[PlannedRow], author: Author, names: Sequence[str]) -> None:
    """Rules that look at the row as a whole: dates in order, closed months, the ledger's own checks."""
    closed = closed_months(ledger, author.bureau.county)
    builder = Builder(ledger, prototype(ledger, author), names)
    for row in rows:
        if row.problems or row.action == "same":
            continue
        record = builder.build(row.values) if row.record_id is None else _merged(ledger, row)
        row.record = record
        for name, text in (too_long(record, row.values) | record.invariant_errors()).items():
            row.problems[name.removesuffix("_id")] = text
        day = getattr(record, ledger.at, None)
        if closed and isinstance(day, date) and f"{day:%Y-%m}" in closed:
            row.problems.setdefault(ledger.at, "这个月份已经锁账，请走“更正”或请分管领导开放该月")
        for rule in ledger.checks:
            row.problems |= rule(record, row.values)
        if ledger.warnings and not row.problems:
            row.warnings = warnings_of(ledger, record, row.values)


def _merged(ledger: Ledger, row: PlannedRow) -> Any:
    record = ledger.model.objects.get(pk=row.record_id)
    for name, value in row.values.items():
        ledger.column(name).write(record, value)
    for fill in ledger.derive:
        fill(record, row.values)
    return record
