"""Plausible rows for any ledger, made from its declaration: the clerk that nobody has to write by hand.

Values are raw, as typed into a form. Links lead to freshly registered records. What only a ledger's own rules know stands in ``special``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from battery.special import ALWAYS, SPECIAL
from jushi.kernel import bulk, oplog
from jushi.kernel.models import Area, Bureau, User
from jushi.kernel.states import State
from jushi.ledger import registry, store
from jushi.ledger.columns import Choice, Column, Day, Flag, Link, Number, Output, PartColumn, Parties, Tags, Text
from jushi.ledger.columns.links import AreaLink, OfficeLink, UserLink
from jushi.ledger.columns.parts import PARTY_TARGETS
from jushi.ledger.columns.plain import Moment
from jushi.ledger.columns.tally import Tally
from jushi.ledger.declaration import Ledger

FIRST_DAY = date(2015, 3, 2)


@dataclass
class Maker:
    """Makes rows of one bureau; remembers the records that links lead to."""

    bureau: Bureau
    user: User
    places: list[Area]
    mark: str = "试样"
    known: dict[tuple[str, tuple[str, ...]], Any] = field(default_factory=dict)
    making: list[str] = field(default_factory=list)

    def raw(self, ledger: Ledger, n: int = 1, *, whole: bool = True) -> dict[str, Any]:
        """Raw values of the n-th row: every editable column, or (``whole`` False) only what must be filled."""
        special = {**ALWAYS, **SPECIAL.get(ledger.code, {})}
        raw: dict[str, Any] = {}
        for column in ledger.editable:
            if column.name in special:
                given = special[column.name]
                value = given(self, n) if callable(given) else given
            elif whole or column.required or column.name in {*ledger.key, ledger.at}:
                value = self.value(ledger, column, n)
            else:
                continue
            if value is not None:
                raw[column.name] = value
        return raw

    def value(self, ledger: Ledger, column: Column, n: int) -> Any:
        """A plausible raw value of one column, None where only somebody who knows the business could say."""
        if isinstance(column, (Link, Parties, Tags)):
            return self._named(ledger, column, n)
        if isinstance(column, Tally) or (isinstance(column, PartColumn) and not isinstance(column, Output)):
            return None
        if isinstance(column, (Choice, Flag)):
            names = [name for _, name in column.choices(ledger.lookup(self.bureau.county, FIRST_DAY)) or []]
            return names[0] if names else None
        if isinstance(column, Moment):
            return f"{self.day(n)} 08:30"
        if isinstance(column, Day):
            return str(self.day(n))
        if isinstance(column, Number):
            return self._number(column, n)
        if isinstance(column, Text) and column.check is None:
            if column.name == "title":
                return f"{self.mark}{ledger.name.removesuffix('台账')}〔{n}〕"
            return f"试样{column.label_for(ledger.model)[:12]}{n}"
        return column.example or None

    @staticmethod
    def day(n: int) -> date:
        """The n-th day of the demonstration: all within 2015."""
        return FIRST_DAY + timedelta(days=n % 200)

    @staticmethod
    def _number(column: Number, n: int) -> str:
        low = int(column.minimum) if column.minimum is not None else 0
        high = int(column.maximum) if column.maximum is not None else 10**6
        return str(min(max(low, 1 + n % 7), high))

    def _named(self, ledger: Ledger, column: Column, n: int) -> str | None:
        if isinstance(column, AreaLink) or (isinstance(column, Parties) and column.to == "area"):
            return self.places[n % len(self.places)].code if isinstance(column, AreaLink) else self.places[0].name
        if isinstance(column, UserLink):
            return self.user.full_name
        if isinstance(column, OfficeLink):
            return store.author_for(ledger, self.bureau, self.user).office.name
        if isinstance(column, Tags):
            options = column.choices(ledger.lookup(self.bureau.county, FIRST_DAY))
            return options[0][1] if options else None
        if isinstance(column, Parties):
            if column.to == "text":
                return f"试样人员{n}"
            return self.title_of(PARTY_TARGETS[column.to][0], column.kinds)
        assert isinstance(column, Link)
        return self.title_of(column.target(ledger.model)._meta.label, column.kinds)

    def title_of(self, label: str, kinds: tuple[str, ...] = ()) -> str | None:
        """The name of a registered record of an entity (of one of ``kinds``), registered now if there is none."""
        record = self.record_of(label, kinds)
        return record.title if record is not None else None

    def record_of(self, label: str, kinds: tuple[str, ...] = ()) -> Any:
        """A registered record of an entity; None when it would have to refer to itself."""
        for ledger in registry.ledgers():
            fits = ledger.model._meta.label == label and not ledger.read_only
            if not fits or (kinds and not set(ledger.kinds) & set(kinds)) or ledger.code in self.making:
                continue
            key = (ledger.code, ())
            if key not in self.known:
                self.known[key] = self.register(ledger, 0)
            return self.known[key]
        return None

    def register(self, ledger: Ledger, n: int = 1, *, state: str = State.CONFIRMED, whole: bool = False) -> Any:
        """A registered row, through the same door as a clerk's form; refusals raise."""
        self.making.append(ledger.code)
        try:
            raw = self.raw(ledger, n, whole=whole)
        finally:
            self.making.pop()
        return self.create(ledger, raw, state=state)

    def once(self, code: str, name: str, **raw: Any) -> Any:
        """A confirmed row that several rows need, registered the first time it is asked for."""
        key = (code, (name,))
        if key not in self.known:
            self.known[key] = self.create(registry.get(code), raw, state=State.CONFIRMED)
        return self.known[key]

    def create(self, ledger: Ledger, raw: Mapping[str, Any], *, state: str = State.DRAFT) -> Any:
        """A row from raw values."""
        return store.create(ledger, raw, store.author_for(ledger, self.bureau, self.user), state=state)

    def copies(self, ledger: Ledger, record: Any, count: int) -> list[Any]:
        """``count`` more rows like ``record``, parts included, through the bulk path; natural keys are left empty or made different."""
        rows = [self._copy(record, n) for n in range(count)]
        parts = [p for c in ledger.editable if isinstance(c, PartColumn) for p in c.existing(record)]
        with oplog.operation("导入", county=self.bureau.county) as opened:
            opened.insert_many(rows)
            for part in parts:
                made = []
                for row in rows:
                    twin = bulk.copy_of(part)
                    setattr(twin, f"{_link_of(part, record)}_id", row.pk)
                    made.append(twin)
                opened.insert_many(made)
        return rows

    def _copy(self, record: Any, n: int) -> Any:
        row = bulk.copy_of(record)
        row.title, row.serial = f"{record.title[:150]}之{n}", f"{record.serial}-{n}"
        unique = {name for c in record._meta.constraints for name in getattr(c, "fields", ())} - {"county", "kind"}
        for name in unique:
            found = record._meta.get_field(name)
            if found.null:
                setattr(row, found.attname, None)
            elif found.get_internal_type() == "CharField" and name != "title" and not found.choices:
                setattr(row, name, f"{getattr(record, name)[:10]}~{row.pk.hex[-6:]}")
            elif "Integer" in found.get_internal_type():
                setattr(row, name, n + 2 + record.pk.int % 7)
        return row


def _link_of(part: Any, record: Any) -> str:
    """The foreign key by which a part hangs on its record."""
    return next(f.name for f in part._meta.concrete_fields if f.is_relation and f.related_model is type(record)
                and getattr(part, f.attname) == record.pk)  # fmt: skip
