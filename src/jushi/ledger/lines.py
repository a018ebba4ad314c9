"""Line tables of a record: part rows shown and edited inside it (steps, members, progress …)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError

from jushi.kernel import oplog
from jushi.ledger.columns import CellError, Column, Link, Lookup
from jushi.ledger.declaration import Ledger, Lines
from jushi.ledger.store import RefusedError


@dataclass(slots=True)
class LineRow:
    """One part row as the page holds it: ``id`` None for a new one, ``raw`` what stands in its inputs, ``problems`` by column."""

    id: Any = None
    raw: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        """Whether nothing is filled in."""
        return not any(str(value).strip() for value in self.raw.values())


def columns_of(lines: Lines) -> tuple[Column, ...]:
    """The columns of the table, bound to its part model."""
    return tuple(replace(c, owner_model=lines.model) if isinstance(c, Link) else c for c in lines.columns)


def named(ledger: Ledger, name: str) -> Lines | None:
    """The line table called ``name``."""
    return next((lines for lines in ledger.lines if lines.name == name), None)


def load(lines: Lines, record_ids: Sequence[Any]) -> dict[Any, list[LineRow]]:
    """Record id → its lines in order: one query for any number of records."""
    columns = columns_of(lines)
    model = apps.get_model(lines.model)
    paths = {path for column in columns for path in column.paths}
    rows = model._default_manager.filter(**{f"{lines.link}_id__in": list(record_ids)}).order_by("position", "pk")
    found: dict[Any, list[LineRow]] = defaultdict(list)
    for row in rows.values(*dict.fromkeys(("id", f"{lines.link}_id", *sorted(paths)))):
        values = {column.name: column.pick(row) for column in columns}
        raw = {column.name: str(column.raw(values[column.name])) for column in columns}
        found[row[f"{lines.link}_id"]].append(LineRow(row["id"], raw, values))
    return found


def parse(lines: Lines, posted: Sequence[LineRow], lookup: Lookup) -> bool:
    """Fill in the values of what was posted, and the problems; False when there are any."""
    fine = True
    for row in posted:
        if row.is_blank:
            continue
        for column in columns_of(lines):
            try:
                row.values[column.name] = column.parse(row.raw.get(column.name, ""), lookup)
            except CellError as error:
                row.problems[column.name] = str(error)
                fine = False
    return fine


def write(lines: Lines, record: Any, posted: Sequence[LineRow]) -> None:
    """Write parsed rows within the operation under way: changed ones changed, new ones added, emptied ones deleted.

    Rows that the page did not hold are left alone: somebody else may have added them meanwhile. Raises :class:`RefusedError`.
    """
    model = apps.get_model(lines.model)
    stored = {row.pk: row for row in model._default_manager.filter(**{f"{lines.link}_id": record.pk})}
    for position, row in enumerate(posted):
        part = stored.get(row.id)
        if row.is_blank:
            if part is not None:
                part.delete()
            continue
        part = part or model(county=record.county, **{f"{lines.link}_id": record.pk})
        _fill(lines, part, row.values, position)
        part.save()


def _fill(lines: Lines, part: Any, values: Mapping[str, Any], position: int) -> None:
    for column in columns_of(lines):
        column.write(part, values.get(column.name))
    part.position = position
    try:
        part.full_clean(exclude=[f.name for f in part._meta.concrete_fields if f.is_relation], validate_unique=False)
    except ValidationError as error:
        raise RefusedError({"": f"{lines.title}第 {position + 1} 行：" + "；".join(error.messages)}) from error


def save(lines: Lines, record: Any, posted: Sequence[LineRow], lookup: Lookup) -> bool:
    """Parse and write one line table as an operation of its own; False when something could not be taken."""
    if not parse(lines, posted, lookup):
        return False
    with oplog.operation(f"修改{lines.title}", county=record.county):
        write(lines, record, posted)
    return True
