"""Writing ledger rows: create, change, move through states and stages, lock, correct. Every write is one logged, atomic operation.

Pages, import, API and demo all write through here, so one set of checks and messages serves them all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, models
from django.utils import timezone

from jushi.kernel import oplog
from jushi.kernel.models import Bureau, Office, User
from jushi.kernel.states import State, transition
from jushi.ledger import stage_log
from jushi.ledger.building import Builder, write_values
from jushi.ledger.checking import check, key_taken, warnings_of
from jushi.ledger.columns import CellError, Day, Lookup, PartColumn
from jushi.ledger.declaration import Ledger, Stage


class RefusedError(Exception):
    """The write is not possible; ``problems`` maps column names ('' for the whole record) to messages that say what to do."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("；".join(problems.values()))
        self.problems = dict(problems)


class UnheardError(RefusedError):
    """Nothing stands against the write, but the ledger has a warning that whoever writes has not been told yet; nothing was written."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes: account (None for the system), bureau and office that new rows get."""

    bureau: Bureau
    office: Office
    user: User | None = None


def author_for(ledger: Ledger, bureau: Bureau, user: User | None = None) -> Author:
    """The author of rows of a ledger: the office that the ledger names, or what the bureau put in its place."""
    code = bureau.settings.get("offices", {}).get(ledger.office, ledger.office)
    office = Office.objects.filter(county=bureau.county, code=code).first()
    office = office or Office.objects.filter(county=bureau.county).order_by("position").first()
    if office is None:
        raise RefusedError({"": "本局还没有设置股室，请先在“管理”中添加股室"})
    return Author(bureau, office, user)


def parse_values(ledger: Ledger, raw: Mapping[str, Any], lookup: Lookup) -> tuple[dict[str, Any], dict[str, str]]:
    """Parsed values and problems by column name, for the editable columns that ``raw`` names."""
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    _date_lookup(ledger, raw, lookup)
    for column in ledger.editable:
        if column.name not in raw:
            continue
        try:
            values[column.name] = column.parse(raw[column.name], lookup)
        except CellError as error:
            problems[column.name] = str(error)
    return values, problems


def _date_lookup(ledger: Ledger, raw: Mapping[str, Any], lookup: Lookup) -> None:
    """Dated dictionaries are read as of the row's own day: a campaign of 2015 may be named on a row of 2015, whenever it is typed."""
    lookup.on = lookup.once(("day",), lambda: lookup.on)
    column = ledger.by_name.get(ledger.at)
    if not isinstance(column, Day) or not raw.get(ledger.at):
        return
    try:
        lookup.on = column.convert(raw[ledger.at], lookup)
    except CellError:
        return  # the date itself is reported when its column is parsed


def day_of(ledger: Ledger, record: Any) -> date:
    """The day by whose dictionaries a record is read: its own, today's when it has none."""
    day = getattr(record, ledger.at, None)
    if isinstance(day, datetime):
        return timezone.localtime(day).date()
    return day if isinstance(day, date) else timezone.localdate()


def prototype(ledger: Ledger, author: Author) -> Any:
    """An unsaved record with all that rows of this ledger and author have in common."""
    record = ledger.model(county=author.bureau.county, kind=ledger.kind, office=author.office)
    record.created_by = author.user
    record.area_id = author.bureau.area_id
    for name, value in ledger.defaults.items():
        setattr(record, name, value)
    if ledger.stages and not record.stage:  # type: ignore[attr-defined]
        record.stage = ledger.stages[0].code  # type: ignore[attr-defined]
    return record


def build(ledger: Ledger, values: Mapping[str, Any], author: Author) -> Any:
    """A new, unsaved record of the ledger with values written and the rest filled in."""
    record = prototype(ledger, author)
    write_values(ledger, record, values)
    return record


def create(
    ledger: Ledger, raw: Mapping[str, Any], author: Author, *, state: str = State.DRAFT, heard: Collection[str] | None = None
) -> Any:  # fmt: skip
    """Register a row from raw values; raises :class:`RefusedError` naming every problem at once.

    ``heard`` are the warnings that whoever writes has been told already: any other raises :class:`UnheardError` (None: nobody is asked).
    """
    lookup = ledger.lookup(author.bureau.county, timezone.localdate())
    full = {c.name: raw.get(c.name, c.default) for c in ledger.editable}
    values, problems = parse_values(ledger, full, lookup)
    record = build(ledger, values, author)
    record.state = state
    problems |= {k: v for k, v in check(ledger, record, values).items() if k not in problems}
    if problems:
        raise RefusedError(problems)
    _tell(ledger, record, values, heard)
    with oplog.operation("新建", county=record.county):
        record.serial = record.serial or next_serial(ledger, record)
        record.save()
        write_parts(ledger, record, values)
        follow(ledger, record, values)
    return record


def create_many(
    ledger: Ledger,
    raws: Sequence[Mapping[str, Any]],
    author: Author,
    *,
    state: str = State.DRAFT,
    operation: str = "导入",
) -> list[Any]:
    """Register many rows in one operation through the bulk path; raises :class:`RefusedError` keyed by row number, writing nothing.

    Problems are keyed ``"3:number"`` (row from 1, column). All rows share one set of look-ups.
    """
    lookup = ledger.lookup(author.bureau.county, timezone.localdate())
    records, parsed = [], []
    problems: dict[str, str] = {}
    builder = Builder(ledger, prototype(ledger, author), [c.name for c in ledger.editable])
    for number, raw in enumerate(raws, 1):
        full = {c.name: raw.get(c.name, c.default) for c in ledger.editable}
        values, found = parse_values(ledger, full, lookup)
        record = builder.build(values)
        record.state = state
        if "stage" in raw:
            record.stage = raw["stage"]
        if not found:
            found |= check(ledger, record, values, unique=False)
        problems |= {f"{number}:{name}": message for name, message in found.items()}
        records.append(record)
        parsed.append(values)
    if problems:
        raise RefusedError(problems)
    try:
        with oplog.operation(operation, county=author.bureau.county):
            insert_many(ledger, records, parsed)
    except IntegrityError as error:
        raise RefusedError({"": "其中有记录与已登记的编号重复，没有写入任何数据"}) from error
    return records


def insert_many(ledger: Ledger, records: Sequence[Any], parsed: Sequence[Mapping[str, Any]]) -> None:
    """Number and insert checked records with their parts, within the operation under way."""
    number_many(ledger, records)
    opened = oplog.current()
    opened.insert_many(records)
    parts: dict[type[Any], list[Any]] = defaultdict(list)
    columns = [c for c in ledger.all_columns if isinstance(c, PartColumn)]
    for record, values in zip(records, parsed, strict=True) if columns else ():
        for column in columns:
            for row in column.build(record, values[column.name]) if values.get(column.name) else ():
                parts[type(row)].append(row)
    for rows in parts.values():
        opened.insert_many(rows)
    for record, values in zip(records, parsed, strict=True) if ledger.after else ():
        follow(ledger, record, values)


def number_many(ledger: Ledger, records: Sequence[Any]) -> None:
    """Give record numbers to those without, reserving one block per year."""
    from jushi.ledger.models import Numbering

    by_year: dict[int, list[Any]] = defaultdict(list)
    for record in records:
        if not record.serial:
            by_year[record.year].append(record)
    for year, members in sorted(by_year.items()):
        first = Numbering.take(members[0].county, ledger.code, year, len(members))
        lead = serial_lead(ledger, year)
        for number, record in enumerate(members, first):
            record.serial = f"{lead}{number:04d}"


def change(
    ledger: Ledger, record: Any, raw: Mapping[str, Any], *, operation: str = "修改", reason: str = "", heard: Collection[str] | None = None
) -> Any:  # fmt: skip
    """Change some columns of a row; raises :class:`RefusedError`, or StaleRecordError when another saved it meanwhile.

    ``heard`` as in :func:`create`.
    """
    lookup = ledger.lookup(record.county, day_of(ledger, record))
    values, problems = parse_values(ledger, raw, lookup)
    write_values(ledger, record, values)
    problems |= {k: v for k, v in check(ledger, record, values).items() if k not in problems}
    if problems:
        raise RefusedError(problems)
    _tell(ledger, record, values, heard)
    with oplog.operation(operation, county=record.county, reason=reason):
        record.save()
        write_parts(ledger, record, values)
        follow(ledger, record, values)
    return record


def _tell(ledger: Ledger, record: Any, values: Mapping[str, Any], heard: Collection[str] | None) -> None:
    """Stop once for warnings that have not been heard."""
    found = warnings_of(ledger, record, values) if heard is not None else {}
    if heard is not None and set(found.values()) - set(heard):
        raise UnheardError(found)


def follow(ledger: Ledger, record: Any, values: Mapping[str, Any]) -> None:
    """Run what the ledger says must happen once a row stands: within the operation under way, so both stand or neither."""
    for effect in ledger.after:
        effect(record, values)


def write_parts(ledger: Ledger, record: Any, values: Mapping[str, Any]) -> None:
    """Write the part columns among ``values``."""
    for name, value in values.items():
        column = ledger.column(name)
        if isinstance(column, PartColumn):
            column.write_parts(record, value)


def delete(ledger: Ledger, record: Any, reason: str = "") -> None:
    """Delete a draft row; anything confirmed is voided instead, so that figures can be explained."""
    if record.state not in State.editable():
        raise RefusedError({"": "已核定的记录不能删除，请用“作废”并写明原因"})
    with oplog.operation("删除", county=record.county, reason=reason):
        try:
            record.delete()
        except models.ProtectedError as error:
            raise RefusedError({"": f"还有 {len(error.protected_objects)} 条记录引用它，不能删除；如确需停用请作废"}) from error


def move(ledger: Ledger, record: Any, code: str, *, reason: str = "") -> Any:
    """Take a record through a transition of the generic lifecycle (submit, confirm, return, lock …)."""
    step = transition(code)
    if record.state not in step.sources:
        raise RefusedError({"": f"记录现在是“{State(record.state).label}”，不能{step.name}"})
    if step.needs_reason and not reason.strip():
        raise RefusedError({"": f"{step.name}须写明原因"})
    if code == "confirm":
        problems: dict[str, str] = {}
        for gate in ledger.gates:
            problems |= gate(record)
        if problems:
            raise RefusedError(problems)
    if code == "restore" and (taken := key_taken(record, step.target)):
        raise RefusedError({"": f"不能恢复：{taken}"})
    with oplog.operation(step.name, county=record.county, reason=reason):
        record.state = step.target
        record.returned_reason = reason if code == "return" else ""
        record.save()
        follow(ledger, record, {})
    return record


def advance(ledger: Ledger, record: Any, to: str, *, on: date, actor: User | None = None, raw: Mapping[str, Any] | None = None) -> Any:
    """Take a record to a business stage, filling the stage's date; refuses unknown steps, missing contents or proof."""
    now, target = ledger.stage(record.stage), ledger.stage(to)
    if target is None or (now is not None and to not in now.to):
        following = "、".join(ledger.stage(c).name for c in now.to) if now and now.to else "无"  # type: ignore[union-attr]
        raise RefusedError({"": f"“{now.name if now else '未定'}”之后不能直接到这一步；可以到：{following}"})
    lookup = ledger.lookup(record.county, on)
    values, problems = parse_values(ledger, raw or {}, lookup)
    for name, value in values.items():
        ledger.column(name).write(record, value)
    problems |= _stage_problems(ledger, record, target, actor)
    if problems:
        raise RefusedError(problems)
    with oplog.operation(f"进展：{target.name}", county=record.county):
        record.stage = to
        for name in target.date.split():
            if getattr(record, name) is None:
                setattr(record, name, on)
        record.save()
        write_parts(ledger, record, values)
        stage_log.enter(ledger, record, target, on, actor)
        follow(ledger, record, values)
    return record


def _stage_problems(ledger: Ledger, record: Any, target: Stage, actor: User | None) -> dict[str, str]:
    problems = {}
    for name in target.needs:
        column = ledger.column(name)
        filled = (
            column.existing(record).exists()
            if isinstance(column, PartColumn)
            else getattr(record, name, None) or (record.details.get(name) if column.detail else None)
        )
        if not filled:
            problems[name] = f"到“{target.name}”之前须填写“{column.label_for(ledger.model)}”"
    if target.evidence and not has_evidence(record):
        problems[""] = f"“{target.name}”须有佐证，请先上传文件"
    owner = getattr(record, "owner_user_id", None) or record.handler_id
    if target.other and actor is not None and actor.pk in {owner, record.created_by_id}:
        problems[""] = f"“{target.name}”不能由责任人本人办理，请由复核人办理"
    return problems or (target.rule(record) if target.rule else {})


def has_evidence(record: Any) -> bool:
    """Whether any file is attached to the record."""
    from jushi.kernel.models import Evidence

    return Evidence.objects.filter(county=record.county, record_id=record.pk).exists()


def next_serial(ledger: Ledger, record: Any) -> str:
    """The record number: year, ledger code and a running number within the county (domain.md A0.1)."""
    from jushi.ledger.models import Numbering

    return serial(ledger, record.year, Numbering.take(record.county, ledger.code, record.year))


def serial(ledger: Ledger, year: int, number: int) -> str:
    """A record number in its written form."""
    return f"{serial_lead(ledger, year)}{number:04d}"


def serial_lead(ledger: Ledger, year: int) -> str:
    """What all record numbers of a ledger and year begin with."""
    return f"{year}-{ledger.code[:18].upper()}-"


Rule = Callable[[Any, Mapping[str, Any]], dict[str, str]]
