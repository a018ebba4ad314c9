"""What a ledger (台账) says about itself: one declaration from which list, form, import, export, API and figures are derived."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from jushi.kernel.models import Record
from jushi.kernel.states import State
from jushi.ledger.columns import AreaLink, Column, DeclarationError, FieldChoice, Link, LongText, Text, UserLink
from jushi.ledger.columns.base import Lookup
from jushi.ledger.digests import Digest, offered
from jushi.ledger.indicators import Indicator
from jushi.ledger.intake import Intake
from jushi.ledger.marks import Mark
from jushi.ledger.reminders import Reminder
from jushi.ledger.statements import Statement


@dataclass(frozen=True)
class Group:
    """A titled group of form fields; ``names`` separated by blanks."""

    title: str
    names: str

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns in the group."""
        return tuple(self.names.split())


@dataclass(frozen=True)
class Stage:
    """A step of a business lifecycle. ``to`` names the stages that may follow; ``date`` the columns set when it is reached
    (several separated by blanks: an accepted project has also ended).

    ``needs`` lists columns that must be filled before; ``evidence`` asks for a file; ``other`` forbids the step to the record's handler;
    ``rule`` is asked last: ``rule(record)`` returns problems by column name ('' for the whole record), none when the step may be taken.
    """

    code: str
    name: str
    to: tuple[str, ...] = ()
    date: str = ""
    needs: tuple[str, ...] = ()
    evidence: bool = False
    other: bool = False
    final: bool = False
    permission: str = "change"
    rule: Callable[[Any], dict[str, str]] | None = None


@dataclass(frozen=True)
class Lines:
    """Part rows edited and shown inside their record: a table of ``columns`` over part ``model`` (steps, members, progress …).

    ``logs``: the table is the log of the record's stages (action, done_on, actor, stage_after); each step taken is entered by itself.
    """

    name: str
    title: str
    model: str
    link: str
    columns: tuple[Column, ...]
    logs: bool = False


@dataclass(frozen=True, repr=False)
class Ledger:
    """A ledger over one entity.

    ``kinds`` are the values of the entity's ``kind`` that belong to it: one for a ledger of its own, several (or none: all) for a view
    across kinds. ``tagged`` makes it a view of the activities that belong to all these campaigns. ``at`` is the date that puts a row
    into a period. ``key`` names the columns that make a row the same row (import finds it by them). ``checks`` refuse a row and
    ``warnings`` only speak (both ``(record, values) -> problems``); ``gates`` (``(record) -> problems``) stand before 核定. ``rows``
    lists the requirement rows (mission.md §1) it answers, ``line`` the line of business (A…N) it stands under. ``prefill`` proposes raw
    values for a new row of a county at a date (the next edition …); ``reminders`` are functions that say what is due there at a date
    (see :mod:`jushi.ledger.reminders`). ``derive`` are functions ``(record, values)`` that fill in what follows from other contents
    (a total score) at each write. ``digests`` are tables of their own (funnel, matrix, sheet), see :mod:`jushi.ledger.digests`; ``statements``
    say where a text contradicts the records (:mod:`jushi.ledger.statements`); ``intake`` takes rows that devices send.
    """

    code: str
    name: str
    model: type[Record]
    kinds: tuple[str, ...]
    line: str
    office: str
    at: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    form: tuple[Group, ...] = ()
    rows: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = ()
    lines: tuple[Lines, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    sentences: Mapping[str, str] = field(default_factory=dict)
    checks: tuple[Any, ...] = ()
    warnings: tuple[Any, ...] = ()
    gates: tuple[Any, ...] = ()
    after: tuple[Any, ...] = ()
    marks: tuple[Mark, ...] = ()
    digests: tuple[Digest, ...] = ()
    statements: tuple[Statement, ...] = ()
    intake: Intake | None = None
    tagged: tuple[str, ...] = ()
    where: Q = field(default_factory=Q)
    zone: str = ""
    unit: str = "条"
    hint: str = ""
    parent: str = ""
    defaults: Mapping[str, Any] = field(default_factory=dict)
    read_only: bool = False
    prefill: Callable[[str, date], Mapping[str, Any]] | None = None
    reminders: tuple[Callable[[str, date], Iterable[Reminder]], ...] = ()
    derive: tuple[Callable[[Any, Mapping[str, Any]], None], ...] = ()

    def __repr__(self) -> str:
        return f"<Ledger {self.code}>"

    @property
    def kind(self) -> str:
        """The kind that new rows get."""
        return self.kinds[0] if self.kinds else ""

    @cached_property
    def all_columns(self) -> tuple[Column, ...]:
        """Declared columns and the common ones, bound to the model."""
        declared = {c.name for c in self.columns}
        common = tuple(c for c in COMMON if c.name not in declared)
        bound = tuple(self._bind(column) for column in (*self.columns, *common))
        if self.stages and "stage" not in declared:
            options = {s.code: s.name for s in self.stages}
            bound += (FieldChoice("stage", "进展", options=options, filter=True, sort=True, readonly=True),)
        return bound

    def _bind(self, column: Column) -> Column:
        if isinstance(column, Link):
            column = replace(column, owner_model=self.model._meta.label)
        return column

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        """Columns by name."""
        return {column.name: column for column in self.all_columns}

    def column(self, name: str) -> Column:
        """The column called ``name``; raises :class:`DeclarationError` for an unknown one."""
        try:
            return self.by_name[name]
        except KeyError:
            raise DeclarationError(f"台账 {self.code} 没有列 {name}") from None

    @cached_property
    def main(self) -> Column:
        """The column that identifies a row to people."""
        return next((c for c in self.all_columns if c.main), self.by_name["title"])

    @cached_property
    def listed(self) -> tuple[Column, ...]:
        """Columns shown in the list by default: the declared ones, then the state."""
        shown = [c for c in self.columns if c.listed]
        extra = ["stage"] if self.stages and all(c.name != "stage" for c in shown) else []
        return tuple(self.column(name) for name in [*(c.name for c in shown), *extra])

    @cached_property
    def editable(self) -> tuple[Column, ...]:
        """Columns that form and import write."""
        return tuple(c for c in self.all_columns if not c.readonly)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Form groups; whatever no group names stands in a last one."""
        named = {name for group in self.form for name in group.columns}
        declared = [c.name for c in self.columns if not c.readonly and c.name not in named]
        common = [c.name for c in COMMON if c.name not in named and c.name not in declared and c.name in self.by_name
                  and not self.by_name[c.name].readonly]  # fmt: skip
        groups = list(self.form) if self.form else []
        if declared:
            groups.append(Group("其他" if self.form else "基本信息", " ".join(declared)))
        if common:
            groups.append(Group("登记信息", " ".join(common)))
        return tuple(groups)

    @cached_property
    def at_field(self) -> models.Field[Any, Any]:
        """The model field of the ledger's time axis."""
        return self.model._meta.get_field(self.at)  # type: ignore[return-value]

    def stage(self, code: str) -> Stage | None:
        """The stage with ``code``, if the ledger has it."""
        return next((s for s in self.stages if s.code == code), None)

    def digest(self, code: str) -> Digest | None:
        """The digest with ``code``, if the ledger has it."""
        return next((d for d in self.all_digests if d.code == code), None)

    @property
    def all_digests(self) -> tuple[Digest, ...]:
        """Declared digests and those that a higher layer adds."""
        return (*self.digests, *offered(self.code))

    @property
    def own_digests(self) -> tuple[Digest, ...]:
        """The digests of the ledger as a whole."""
        return tuple(d for d in self.all_digests if not d.of_record)

    def condition(self) -> Q:
        """Which rows of the entity belong to the ledger."""
        found = Q()
        if self.kinds:
            found &= Q(kind=self.kinds[0]) if len(self.kinds) == 1 else Q(kind__in=self.kinds)
        for tag in self.tagged:
            tags = apps.get_model("entities", "ActivityTag")
            found &= Q(pk__in=tags.objects.filter(tag=tag).values("activity_id"))
        return found & self.where

    def queryset(self) -> models.QuerySet[Any]:
        """The ledger's rows within the scope in force."""
        return self.model.objects.filter(self.condition())

    def counted(self) -> models.QuerySet[Any]:
        """The rows that figures count: confirmed and locked."""
        return self.queryset().filter(state__in=State.counted())

    def lookup(self, county: str, on: Any) -> Lookup:
        """A fresh conversion context."""
        return Lookup(county, on)


COMMON: tuple[Column, ...] = (
    Text("title", search=True, required=True),
    AreaLink("area", filter=True, listed=False, help="填乡镇、村或本县区名称；不填按本县区"),
    UserLink("handler", listed=False),
    Text("source_number", listed=False, example="科字〔2015〕12号"),
    LongText("note", search=False),
    FieldChoice("state", options=dict(State.choices), filter=True, sort=False, readonly=True),
    Text("serial", readonly=True, listed=False),
)
