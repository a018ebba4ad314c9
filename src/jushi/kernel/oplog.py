"""The change log: every write happens inside an operation, and every operation leaves a chained, verifiable trace.

    with operation("新建", county="990102"):
        patent.save()

One :class:`~jushi.kernel.models.changelog.Operation` row per operation (who, when, what, why), one ``ChangeLine`` per row touched
(before and after), written in the same transaction as the change. Operations of one county form a hash chain: changing or deleting
any of them breaks it, and ``jushi verify`` says where (GB/T 22239—2019, 安全审计).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from itertools import repeat
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from jushi.kernel import bulk, scope

if TYPE_CHECKING:
    from jushi.kernel.models.record import CountyRow

FIRST_HASH = "0" * 64


class UnloggedWriteError(RuntimeError):
    """A county row was written outside an operation: a mistake of the program."""


class StaleRecordError(RuntimeError):
    """Somebody else saved the record after it was opened. ``current`` holds the row as it now is."""

    def __init__(self, current: Any) -> None:
        super().__init__("这条记录刚刚被他人修改，您填的内容仍在，请核对差异后再保存")
        self.current = current


@dataclass(slots=True)
class Line:
    """One row touched: its table, id, owner record (for parts), action and values before and after (changed fields only)."""

    model: str
    object_id: UUID
    owner_id: UUID | None
    action: str
    before: str
    after: str
    name: str = ""  # the id in writing, where it was worked out before


@dataclass(slots=True)
class OpenOperation:
    """An operation under way; collects lines until it is written."""

    name: str
    county: str
    reason: str
    lines: list[Line] = field(default_factory=list)
    before: dict[tuple[str, UUID], dict[str, Any]] = field(default_factory=dict)
    touched: list[tuple[str, Any]] = field(default_factory=list)
    sequence: int = 0

    def before_save(self, row: Any) -> None:
        """Check scope and version, and remember the row as it stood."""
        self._check(row)
        if row._state.adding:
            return
        stored = type(row).objects.select_for_update().filter(pk=row.pk).first()
        if stored is None:
            raise StaleRecordError(None)
        version = getattr(row, "version", None)
        if version is not None:
            if stored.version != version:
                raise StaleRecordError(stored)
            row.version = version + 1
        self.before[(row._meta.label, row.pk)] = values_of(stored)

    def after_save(self, row: CountyRow) -> None:
        """Note what changed."""
        old = self.before.pop((row._meta.label, row.pk), None)
        new = values_of(row)
        if old is None:
            self._note(row, "create", {}, filled(new))
            return
        changed = [name for name in new if new[name] != old.get(name) and name not in {"version", "updated_at"}]
        if changed:
            self._note(row, "update", {n: old[n] for n in changed}, {n: new[n] for n in changed})

    def before_delete(self, row: CountyRow) -> None:
        """Note the whole row before it goes, and the parts that go with it."""
        self._check(row)
        for part in parts_of(row):
            self._note(part, "delete", values_of(part), {})
        self._note(row, "delete", values_of(row), {})

    def insert_many(self, rows: Sequence[CountyRow]) -> None:
        """Insert many new rows of one model in one pass, logged: the only bulk path (architecture.md §7, Bulk)."""
        if not rows:
            return
        for row in {row.county: row for row in rows}.values():
            self._check(row)
        label, is_part = rows[0]._meta.label, bool(getattr(rows[0], "owner_field", ""))
        owners = [getattr(row, "owner_id", None) for row in rows] if is_part else repeat(None)
        names = [str(row.id) for row in rows]
        texts = bulk.insert(rows, names)
        self.lines += [
            Line(label, row.id, owner, "create", "{}", text, name) for row, owner, text, name in zip(rows, owners, texts, names, strict=False)
        ]
        self.touched += zip(repeat("create"), rows, strict=False)

    def _check(self, row: CountyRow) -> None:
        if row.county != self.county or not scope.current().holds(row.county):
            raise scope.OutOfScopeError("只能修改本县区的数据")

    def _note(self, row: CountyRow, action: str, old: dict[str, Any], new: dict[str, Any]) -> None:
        owner = getattr(row, "owner_id", None) if getattr(row, "owner_field", "") else None
        self.lines.append(Line(row._meta.label, row.pk, owner, action, dump(old), dump(new)))
        self.touched.append((action, row))


_current: ContextVar[OpenOperation | None] = ContextVar("jushi_operation", default=None)
Listener = Callable[[OpenOperation], None]
_listeners: list[Listener] = []


def on_finish(listener: Listener) -> Listener:
    """Register what must happen in the same transaction as the change (search index, roll-ups)."""
    _listeners.append(listener)
    return listener


def current() -> OpenOperation:
    """The operation under way; raises :class:`UnloggedWriteError` outside one."""
    opened = _current.get()
    if opened is None:
        raise UnloggedWriteError("台账写入必须在一次有记录的操作之内（程序错误）")
    return opened


@contextmanager
def operation(name: str, *, county: str, reason: str = "") -> Iterator[OpenOperation]:
    """Run a block as one logged, atomic operation. Inside another operation of the same county it joins that one."""
    outer = _current.get()
    if outer is not None:
        if outer.county != county:
            raise scope.OutOfScopeError("一次操作只能涉及一个县区")
        yield outer
        return
    opened = OpenOperation(name, county, reason)
    token = _current.set(opened)
    try:
        with transaction.atomic():
            yield opened
            for listener in _listeners:
                listener(opened)
            write(opened)
    finally:
        _current.reset(token)


def event(name: str, *, county: str, reason: str = "") -> None:
    """Log something that changed no row: sign-in, export, unmasking, a refused access."""
    with operation(name, county=county, reason=reason) as opened:
        opened.lines.append(Line("event", UUID(int=0), None, "event", "{}", "{}"))


def write(opened: OpenOperation) -> None:
    """Append the operation to its county's chain."""
    from jushi.kernel.models.changelog import ChainHead, ChangeLine, Operation

    if not opened.lines:
        return
    who = scope.current()
    head, _ = ChainHead.objects.select_for_update().get_or_create(county=opened.county, defaults={"sequence": 0, "hash": FIRST_HASH})
    entry = Operation(
        county=opened.county, sequence=head.sequence + 1, actor=who.actor, actor_id=who.actor_id, address=who.address,
        name=opened.name, reason=opened.reason, at=timezone.now(), lines=len(opened.lines),
        digest=digest_of(opened.lines), previous=head.hash,
    )  # fmt: skip
    entry.hash = hash_of(entry)
    entry.save(force_insert=True)
    ChangeLine.append(entry, opened.lines)
    opened.sequence = entry.sequence
    head.sequence, head.hash = entry.sequence, entry.hash
    head.save(update_fields=["sequence", "hash"])


def values_of(row: models.Model) -> dict[str, Any]:
    """Stored values of a row by column attribute, as the log keeps them."""
    return {f.attname: getattr(row, f.attname) for f in row._meta.local_concrete_fields}


def filled(values: dict[str, Any]) -> dict[str, Any]:
    """Values without the empty ones: what the log keeps of a new row."""
    return {name: value for name, value in values.items() if value is not None and value != "" and value != {}}


def parts_of(row: CountyRow) -> list[Any]:
    """The parts that a delete of ``row`` takes along."""
    found: list[Any] = []
    for relation in row._meta.related_objects:
        if getattr(relation.related_model, "owner_field", "") == relation.field.name:
            found.extend(relation.related_model._default_manager.filter(**{relation.field.name: row.pk}))
    return found


_encoder = DjangoJSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def dump(values: dict[str, Any]) -> str:
    """Canonical JSON of logged values."""
    return _encoder.encode(values) if values else "{}"


def load(text: str) -> dict[str, Any]:
    """The values that :func:`dump` wrote."""
    return dict(json.loads(text))


def digest_of(lines: Sequence[Line]) -> str:
    """SHA-256 over all lines of an operation, in order."""
    text = "".join([f"{x.model}|{x.name or x.object_id}|{x.owner_id}|{x.action}|{x.before}|{x.after}\n" for x in lines])
    return hashlib.sha256(text.encode()).hexdigest()


def hash_of(entry: Any) -> str:
    """The chained hash of an operation: over its own content and the hash before it."""
    at: datetime = entry.at
    parts = [entry.county, entry.sequence, entry.actor, entry.actor_id, entry.address, entry.name, entry.reason,
             at.timestamp(), entry.lines, entry.digest, entry.previous]  # fmt: skip
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()
