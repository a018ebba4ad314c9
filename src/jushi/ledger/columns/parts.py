"""Columns whose values live in part rows of the record: measured outputs, parties, tags, other part amounts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.apps import apps
from django.db import models
from django.db.models import Q

from jushi.kernel.models import Area
from jushi.ledger.columns.base import CellError, Column, DeclarationError, Lookup
from jushi.ledger.columns.links import MANY, NUMBERED, Target, _areas, doubtful, named
from jushi.ledger.columns.numbers import Number

SEPARATORS = "、,，;；\n"


class PartColumn(Column, ABC):
    """A column stored in part rows; loaded for a whole page at once."""

    is_part: ClassVar[bool] = True

    @abstractmethod
    def part_model(self, model: type[models.Model]) -> type[Any]:
        """The part table."""

    @abstractmethod
    def load(self, model: type[models.Model], ids: Iterable[Any]) -> Mapping[Any, Any]:
        """Record id → value for many records, in one query."""

    @abstractmethod
    def build(self, record: Any, value: Any) -> list[Any]:
        """Part rows, unsaved, that keep ``value`` for ``record``."""

    @abstractmethod
    def existing(self, record: Any) -> models.QuerySet[Any]:
        """The part rows that hold this column's value now."""

    def write(self, record: Any, value: Any) -> None:
        """Parts are written after their record."""

    def write_parts(self, record: Any, value: Any) -> None:
        """Replace the part rows; nothing is written when the value is unchanged."""
        old = list(self.existing(record))
        new = self.build(record, value)
        if [self.essence(row) for row in old] == [self.essence(row) for row in new]:
            return
        for row in old:
            row.delete()
        for row in new:
            row.save()

    def essence(self, row: Any) -> tuple[Any, ...]:
        """What of a part row matters for "unchanged"."""
        skip = {"id", "county", "position"}
        return tuple(getattr(row, f.attname) for f in row._meta.local_concrete_fields if f.attname not in skip)

    @property
    def paths(self) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True, kw_only=True)
class Output(PartColumn, Number):
    """A measured result of an activity: one ``ActivityOutput`` row of ``measure`` (and ``item_class``)."""

    measure: str = ""
    item_class: str = ""
    total: bool = True

    def validate_for(self, model: type[models.Model]) -> None:
        if model._meta.object_name != "Activity" or not self.measure or not self.unit:
            raise DeclarationError(f"{self.name}: 成果列只用于活动，且须有 measure 和 unit")

    def label_for(self, model: type[models.Model]) -> str:
        return f"{self.label}（{self.unit}）"

    def part_model(self, model: type[models.Model]) -> type[Any]:
        return apps.get_model("entities", "ActivityOutput")

    def part_filter(self, prefix: str = "") -> Q:
        """The rows of this output among all outputs."""
        return Q(**{f"{prefix}measure": self.measure, f"{prefix}item_class": self.item_class})

    def existing(self, record: Any) -> models.QuerySet[Any]:
        return self.part_model(type(record)).objects.filter(self.part_filter(), activity_id=record.pk)

    def load(self, model: type[models.Model], ids: Iterable[Any]) -> Mapping[Any, Any]:
        rows = self.part_model(model).objects.filter(self.part_filter(), activity_id__in=list(ids))
        return dict(rows.values_list("activity_id", "quantity"))

    def build(self, record: Any, value: Any) -> list[Any]:
        if value is None:
            return []
        part = self.part_model(type(record))
        return [
            part(county=record.county, activity_id=record.pk, measure=self.measure, item_class=self.item_class,
                 quantity=Decimal(value), unit=self.unit)
        ]  # fmt: skip

    def essence(self, row: Any) -> tuple[Any, ...]:
        return (row.measure, row.item_class, row.quantity, row.unit)

    def condition(self, raw: str, lookup: Lookup) -> Q:
        low, _, high = raw.partition("~")
        bounds = Q(self.part_filter("outputs__"))
        if low.strip():
            bounds &= Q(outputs__quantity__gte=Decimal(low))
        if high.strip():
            bounds &= Q(outputs__quantity__lte=Decimal(high))
        return bounds


PARTY_TARGETS = {
    "organisation": ("entities.Organisation", "title"),
    "person": ("entities.Person", "title"),
    "household": ("entities.Household", "title"),
    "area": ("kernel.Area", "name"),
}


@dataclass(frozen=True, kw_only=True)
class Parties(PartColumn):
    """Who took part in a role: several names in one cell, separated by 、. ``to`` is organisation, person, household, area or text.

    A part table without roles (places of an appointment) is named with ``role`` left empty.
    """

    role: str = ""
    to: str = "text"
    part: str = "entities.ActivityParty"
    link: str = "activity"
    related: str = "parties"
    kinds: tuple[str, ...] = ()

    def validate_for(self, model: type[models.Model]) -> None:
        has_roles = any(f.name == "role" for f in apps.get_model(self.part)._meta.get_fields())
        if bool(self.role) != has_roles or (self.to != "text" and self.to not in PARTY_TARGETS):
            raise DeclarationError(f"{self.name}: 参与方列须有 role（表有角色时），且 to 为 {'、'.join(PARTY_TARGETS)} 或 text")

    def part_model(self, model: type[models.Model]) -> type[Any]:
        return apps.get_model(self.part)

    @property
    def name_path(self) -> str:
        """Where the party's name is read."""
        return "text" if self.to == "text" else f"{self.to}__{PARTY_TARGETS[self.to][1]}"

    @property
    def id_path(self) -> str:
        """What distinct counts count."""
        return "text" if self.to == "text" else f"{self.to}_id"

    def part_filter(self, prefix: str = "") -> Q:
        """The rows of this role among all parties."""
        return Q(**{f"{prefix}role": self.role}) if self.role else Q()

    def existing(self, record: Any) -> models.QuerySet[Any]:
        rows = self.part_model(type(record)).objects.filter(self.part_filter(), **{f"{self.link}_id": record.pk})
        return rows.order_by("position", "pk")

    def load(self, model: type[models.Model], ids: Iterable[Any]) -> Mapping[Any, Any]:
        found: dict[Any, list[Target]] = defaultdict(list)
        rows = self.part_model(model).objects.filter(self.part_filter(), **{f"{self.link}_id__in": list(ids)})
        for owner, pk, name in rows.order_by("position", "pk").values_list(f"{self.link}_id", self.id_path, self.name_path):
            found[owner].append(Target(pk, name))
        return found

    def text(self, value: Any) -> str:
        return "、".join(target.name for target in value or ())

    def plain(self, value: Any) -> Any:
        return [{"id": str(t.pk), "name": t.name} for t in value or ()]

    def convert(self, raw: Any, lookup: Lookup) -> list[Target]:
        names = [item["name"] if isinstance(item, dict) else item for item in raw] if isinstance(raw, list) else split(raw)
        if self.to == "text":
            return [Target(name, name) for name in names]
        by_name, by_id = self.candidates(lookup)
        found = []
        for name in names:
            hits = by_name.get(name, [])
            if name in by_id:
                found.append(Target(*by_id[name]))
            elif len(hits) == 1:
                found.append(Target(hits[0], NUMBERED.sub("", name)))
            elif hits:
                raise doubtful(name, by_name)
            else:
                raise CellError(f"名册中没有“{name}”，请先登记；多个名称之间用顿号隔开")
        return found

    def candidates(self, lookup: Lookup) -> tuple[dict[str, list[Any]], dict[str, tuple[Any, str]]]:
        """Names and ids of everything that may be named."""
        if self.to == "area":
            return lookup.once(("areas", lookup.county), lambda: _areas(lookup.county))
        return lookup.once(("party", self.to, self.kinds), self._load)

    def _load(self) -> tuple[dict[str, list[Any]], dict[str, tuple[Any, str]]]:
        label, path = PARTY_TARGETS[self.to]
        rows = apps.get_model(label)._default_manager.all()
        if self.kinds:
            rows = rows.filter(kind__in=self.kinds)
        return named(rows, path)

    def choices(self, lookup: Lookup) -> list[tuple[str, str]] | None:
        return None

    def suggestions(self, lookup: Lookup, query: str) -> list[str]:
        """Names that contain what was typed, at most 20."""
        if self.to == "text":
            return []
        by_name, _ = self.candidates(lookup)
        return [name for name in by_name if query in name][:20]

    def build(self, record: Any, value: Any) -> list[Any]:
        part = self.part_model(type(record))
        rows = []
        for position, target in enumerate(value or ()):
            names = {self.id_path: target.pk, f"{self.link}_id": record.pk} | ({"role": self.role} if self.role else {})
            rows.append(part(county=record.county, position=position, **names))
        return rows

    def essence(self, row: Any) -> tuple[Any, ...]:
        return (self.role, getattr(row, self.id_path))

    def widget(self, model: type[models.Model], lookup: Lookup) -> forms.Widget:
        return forms.TextInput(attrs={"data-suggest-many": self.name, "autocomplete": "off"})

    def max_length(self, model: type[models.Model]) -> int | None:
        return 20000

    def condition(self, raw: str, lookup: Lookup) -> Q:
        targets = self.convert(raw, lookup)
        return Q(self.part_filter(f"{self.related}__"), **{f"{self.related}__{self.id_path}__in": [t.pk for t in targets]})


def split(raw: Any) -> list[str]:
    """Names in a cell: separated by 、 , ， ; ； or line breaks; doubles dropped, order kept."""
    text = str(raw)
    for mark in SEPARATORS[1:]:
        text = text.replace(mark, SEPARATORS[0])
    return list(dict.fromkeys(name.strip() for name in text.split(SEPARATORS[0]) if name.strip()))


@dataclass(frozen=True, kw_only=True)
class Tags(PartColumn):
    """Campaigns that the activity belongs to; one event may carry several and is still counted once."""

    options: Mapping[str, str] | None = None
    related: ClassVar[str] = "tags"
    dictionary: str = "campaign"

    def validate_for(self, model: type[models.Model]) -> None:
        if model._meta.object_name != "Activity":
            raise DeclarationError(f"{self.name}: 标签列只用于活动")

    def part_model(self, model: type[models.Model]) -> type[Any]:
        return apps.get_model("entities", "ActivityTag")

    def names(self, lookup: Lookup) -> dict[str, str]:
        """Code → name of the campaigns valid now."""
        from jushi.ledger.columns.choices import terms_valid

        if self.options is not None:
            return dict(self.options)
        return terms_valid(self.dictionary, lookup)

    def existing(self, record: Any) -> models.QuerySet[Any]:
        return self.part_model(type(record)).objects.filter(activity_id=record.pk).order_by("position", "pk")

    def all_names(self) -> dict[str, str]:
        """Code → name of every campaign there ever was."""
        from jushi.ledger.columns.choices import terms_named

        return dict(self.options or terms_named(self.dictionary))

    def load(self, model: type[models.Model], ids: Iterable[Any]) -> Mapping[Any, Any]:
        names = self.all_names()
        found: dict[Any, list[Target]] = defaultdict(list)
        rows = self.part_model(model).objects.filter(activity_id__in=list(ids)).order_by("position", "pk")
        for owner, tag in rows.values_list("activity_id", "tag"):
            found[owner].append(Target(tag, names.get(tag, tag)))
        return found

    def text(self, value: Any) -> str:
        return "、".join(target.name for target in value or ())

    def plain(self, value: Any) -> Any:
        return [t.name for t in value or ()]

    def convert(self, raw: Any, lookup: Lookup) -> list[Target]:
        names = self.names(lookup)
        codes = {name: code for code, name in names.items()}
        found = []
        for word in raw if isinstance(raw, list) else split(raw):
            code = word if word in names else codes.get(word)
            if code is None:
                raise CellError(f"没有“{word}”这个活动标签，请填：{'、'.join(codes)}")
            found.append(Target(code, names[code]))
        return found

    def choices(self, lookup: Lookup) -> list[tuple[str, str]]:
        return list(self.names(lookup).items())

    def build(self, record: Any, value: Any) -> list[Any]:
        part = self.part_model(type(record))
        return [part(county=record.county, activity_id=record.pk, tag=t.pk, position=n) for n, t in enumerate(value or ())]

    def essence(self, row: Any) -> tuple[Any, ...]:
        return (row.tag,)

    def widget(self, model: type[models.Model], lookup: Lookup) -> forms.Widget:
        return forms.TextInput(attrs={"data-suggest-many": self.name, "autocomplete": "off"})

    def condition(self, raw: str, lookup: Lookup) -> Q:
        names = self.all_names()
        codes = {name: code for code, name in names.items()}
        words = split(raw)
        if all(word in names or word in codes for word in words):  # also campaigns that are over
            return Q(tags__tag__in=[codes.get(word, word) for word in words])
        return Q(tags__tag__in=[t.pk for t in self.convert(raw, lookup)])


def bounds_of(area: Area) -> Q:
    """Rows whose area lies inside ``area``."""
    low, high = area.bounds()
    return Q(area_id__gte=low, area_id__lte=high)


__all__ = ["MANY", "Output", "PartColumn", "Parties", "Tags", "bounds_of", "split"]
