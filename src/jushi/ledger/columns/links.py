"""Columns that refer to something else: another record, an area, an office, an account."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.apps import apps
from django.db import models
from django.db.models import Q

from jushi.kernel.models import Area, Office, Record, User
from jushi.kernel.states import State
from jushi.ledger.columns.base import CellError, Column, Lookup

FEW = 20  # so many names are looked up one by one before all candidates are loaded at once
TWINS = 400  # rows of the same name told apart by their numbers
MANY = 300  # beyond this many candidates a drop-down becomes a search field


class Target(NamedTuple):
    """What a link points at: primary key and name."""

    pk: Any
    name: str


NUMBERED = re.compile(r"（\d{4}-[A-Z0-9_]+-\d+）$")
NATURAL_KEYS = ("number", "credit_code", "code")  # besides its name, a record may be typed by one of these


def named(rows: models.QuerySet[Any], path: str) -> tuple[dict[str, list[Any]], dict[str, tuple[Any, str]]]:
    """Name → ids, and id or natural key → (id, name), of all rows, in one query. A void row is found only where no other answers."""
    keys = _natural_keys(rows.model)
    state = ["state"] if issubclass(rows.model, Record) else []
    by_name: dict[str, list[Any]] = {}
    by_id: dict[str, tuple[Any, str]] = {}
    void = []
    for pk, name, *others in rows.values_list("pk", path, *keys, *state):
        if state and others.pop() == State.VOID:
            void.append((pk, name, others))
            continue
        by_name.setdefault(name, []).append(pk)
        by_id |= {key: (pk, name) for key in (str(pk), *others) if key}
    living = set(by_name)
    for pk, name, others in void:
        if name not in living:
            by_name.setdefault(name, []).append(pk)
        for key in (str(pk), *filter(None, others)):
            by_id.setdefault(key, (pk, name))
    _tell_apart(rows, path, by_name)
    return by_name, by_id


def _tell_apart(rows: models.QuerySet[Any], path: str, by_name: dict[str, list[Any]]) -> None:
    """Rows of one name (a plan item of each year) may be typed with their record number behind it."""
    twins = [pk for pks in by_name.values() if len(pks) > 1 for pk in pks][:TWINS]
    if twins and issubclass(rows.model, Record):
        for pk, name, serial in rows.model._default_manager.filter(pk__in=twins).values_list("pk", path, "serial"):
            by_name[numbered(name, serial)] = [pk]


def numbered(name: str, serial: str) -> str:
    """The name of a record among several of the same name."""
    return f"{name}（{serial}）"


def doubtful(wanted: str, by_name: Mapping[str, list[Any]]) -> CellError:
    """What to do about a name that several rows bear."""
    full = [name for name in by_name if name.startswith(f"{wanted}（")]
    remedy = f"请连编号一起填，例如“{full[0]}”" if full else "请先在名册中改成可区分的名称"
    return CellError(f"有 {len(by_name[wanted])} 个“{wanted}”，{remedy}")


def _natural_keys(model: type[models.Model]) -> list[str]:
    return [f.name for f in model._meta.local_fields if f.name in NATURAL_KEYS and f.null]


def _like(rows: models.QuerySet[Any], path: str, wanted: str) -> models.QuerySet[Any]:
    """Of ``rows`` those with this very name, natural key or id."""
    found = Q(**{path: wanted}) | Q(**{path: NUMBERED.sub("", wanted)})
    for key in _natural_keys(rows.model):
        found |= Q(**{key: wanted})
    try:
        return rows.filter(found | Q(pk=UUID(wanted)))
    except ValueError:
        return rows.filter(found)


@dataclass(frozen=True, kw_only=True)
class Link(Column):
    """A foreign key to a record, typed and shown by its name; ``kinds`` limits the candidates to some ledgers of the entity."""

    kinds: tuple[str, ...] = ()

    def target(self, model: type[models.Model]) -> type[models.Model]:
        """The model referred to."""
        found = self.field_of(model)
        assert found is not None and found.related_model is not None
        return found.related_model

    @property
    def paths(self) -> tuple[str, ...]:
        return (f"{self.name}_id", f"{self.name}__{self.name_path}")

    @property
    def name_path(self) -> str:
        """The field of the target that names it."""
        return "title"

    def pick(self, values: Mapping[str, Any]) -> Target | None:
        pk, name = (values[path] for path in self.paths)
        return None if pk is None else Target(pk, name)

    def text(self, value: Any) -> str:
        return value.name if value else ""

    def plain(self, value: Any) -> Any:
        return {"id": str(value.pk), "name": value.name} if value else None

    def write(self, record: Any, value: Any) -> None:
        setattr(record, f"{self.name}_id", value.pk if value else None)

    def raw(self, value: Any) -> Any:
        return value.name if value else ""

    def convert(self, raw: Any, lookup: Lookup) -> Target:
        if isinstance(raw, Target):
            return raw
        wanted = str(raw["id"] if isinstance(raw, dict) else raw).strip()
        by_name, by_id = self._found(wanted, lookup)
        if wanted in by_id:
            return Target(by_id[wanted][0], by_id[wanted][1])
        hits = by_name.get(wanted, [])
        if len(hits) == 1:
            return Target(hits[0], NUMBERED.sub("", wanted))
        if len(hits) > 1:
            raise doubtful(wanted, by_name)
        raise CellError(f"名册中没有“{wanted}”，请先登记，或核对是否写了简称")

    def _found(self, wanted: str, lookup: Lookup) -> tuple[dict[str, list[Any]], dict[str, tuple[Any, str]]]:
        """Candidates among which ``wanted`` stands: a form asks for one name and gets one row, an import soon gets all of them."""
        key = ("link", self.owner_model, self.name, self.kinds)
        asked = lookup.caches.get(("asked", *key), 0)
        if type(self) is not Link or key in lookup.caches or asked >= FEW:
            return self.candidates(lookup)
        lookup.caches[("asked", *key)] = asked + 1
        return named(_like(self._queryset(), self.name_path, wanted), self.name_path)

    def candidates(self, lookup: Lookup) -> tuple[dict[str, list[Any]], dict[str, tuple[Any, str]]]:
        """Name → ids and id text → (id, name) of everything that may be referred to, in one query."""
        return lookup.once(("link", self.owner_model, self.name, self.kinds), self._load)

    owner_model: str = ""

    def _queryset(self) -> models.QuerySet[Any]:
        model = apps.get_model(self.owner_model)
        found = self.target(model)._default_manager.all()
        return found.filter(kind__in=self.kinds) if self.kinds else found

    def _load(self) -> tuple[dict[str, list[Any]], dict[str, tuple[Any, str]]]:
        return named(self._queryset(), self.name_path)

    def choices(self, lookup: Lookup) -> list[tuple[str, str]] | None:
        by_name, by_id = self.candidates(lookup)
        names = dict.fromkeys([*(name for _, name in by_id.values()), *filter(NUMBERED.search, by_name)])
        return [(name, name) for name in names] if len(names) <= MANY else None

    def widget(self, model: type[models.Model], lookup: Lookup) -> forms.Widget:
        return forms.TextInput(attrs={"data-suggest": f"{self.owner_model}.{self.name}", "autocomplete": "off"})

    def max_length(self, model: type[models.Model]) -> int | None:
        return 200

    def condition(self, raw: str, lookup: Lookup) -> Q:
        return Q(**{f"{self.name}_id": self.convert(raw, lookup).pk})


@dataclass(frozen=True, kw_only=True)
class AreaLink(Link):
    """A place inside the county, typed by name or code."""

    @property
    def name_path(self) -> str:
        return "name"

    def _queryset(self) -> models.QuerySet[Any]:
        return Area.objects.none()

    def candidates(self, lookup: Lookup) -> tuple[dict[str, list[Any]], dict[str, tuple[Any, str]]]:
        return lookup.once(("areas", lookup.county), lambda: _areas(lookup.county))

    def convert(self, raw: Any, lookup: Lookup) -> Target:
        if isinstance(raw, float) and raw.is_integer():
            raw = int(raw)
        try:
            return super().convert(raw, lookup)
        except CellError as error:
            raise CellError(f"本县区没有“{raw}”这个地方，请填乡镇、村的规范名称或 12 位代码") from error

    def condition(self, raw: str, lookup: Lookup) -> Q:
        low, high = Area.objects.get(pk=self.convert(raw, lookup).pk).bounds()
        return Q(**{f"{self.name}_id__gte": low, f"{self.name}_id__lte": high})


def _areas(county: str) -> tuple[dict[str, list[Any]], dict[str, tuple[Any, str]]]:
    by_name: dict[str, list[Any]] = {}
    by_id: dict[str, tuple[Any, str]] = {}
    rows = Area.objects.filter(code__gte=county.ljust(12, "0"), code__lte=county.ljust(12, "9"))
    for code, name, short in rows.values_list("code", "name", "short_name"):
        by_id[code] = (code, name)
        for key in {name, short} - {""}:
            by_name.setdefault(key, []).append(code)
    return by_name, by_id


@dataclass(frozen=True, kw_only=True)
class OfficeLink(Link):
    """An office of the bureau."""

    @property
    def name_path(self) -> str:
        return "name"

    def _queryset(self) -> models.QuerySet[Any]:
        return Office.objects.all()

    def widget(self, model: type[models.Model], lookup: Lookup) -> forms.Widget:
        return forms.Select(choices=[("", "—"), *(self.choices(lookup) or [])])


@dataclass(frozen=True, kw_only=True)
class UserLink(Link):
    """An account of the bureau."""

    @property
    def name_path(self) -> str:
        return "full_name"

    def candidates(self, lookup: Lookup) -> tuple[dict[str, list[Any]], dict[str, tuple[Any, str]]]:
        return lookup.once(("users", lookup.county), lambda: _users(lookup.county))


def _users(county: str) -> tuple[dict[str, list[Any]], dict[str, tuple[Any, str]]]:
    by_name: dict[str, list[Any]] = {}
    by_id: dict[str, tuple[Any, str]] = {}
    for pk, name in User.objects.filter(bureau__county=county).values_list("pk", "full_name"):
        by_name.setdefault(name, []).append(pk)
        by_id[str(pk)] = (pk, name)
    return by_name, by_id


def is_record(model: type[models.Model]) -> bool:
    """Whether the model's rows are ledger records."""
    return issubclass(model, Record)
