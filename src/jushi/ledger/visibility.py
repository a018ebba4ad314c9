"""Which ledgers and rows an account may see: the one place that every list, record, export, suggestion, search and API asks.

Two walls stand behind each other: the scope (which counties, :mod:`jushi.kernel.managers`) and this one (which zones of a county, and
which rows for those who see only an area or what they registered themselves; mission.md §5).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models
from django.db.models import Q

from jushi.kernel.models import Record
from jushi.kernel.roles import Rights
from jushi.ledger import registry
from jushi.ledger.columns import Column, Link, Parties, Target
from jushi.ledger.columns.links import AreaLink, OfficeLink, UserLink
from jushi.ledger.columns.parts import PARTY_TARGETS
from jushi.ledger.declaration import Ledger
from jushi.ledger.rows import Row

VEILED = Target(None, "（受限）")


def opens(ledger: Ledger, rights: Rights, switched_off: Iterable[str] = ()) -> bool:
    """Whether the ledger exists for this account at all; if not, it answers like an unknown address."""
    return rights.sees(ledger.zone) and ledger.code not in switched_off


def ledgers_of(rights: Rights, switched_off: Iterable[str] = ()) -> list[Ledger]:
    """The ledgers that the account may open, in menu order."""
    off = set(switched_off)
    return [ledger for ledger in registry.ledgers() if opens(ledger, rights, off)]


def visible(rows: models.QuerySet[Any], ledger: Ledger, rights: Rights) -> models.QuerySet[Any]:
    """Of ``rows`` of a ledger, those that the account may see; none when the ledger's zone is closed to it."""
    if not rights.sees(ledger.zone):
        return rows.none()
    return _without(rows.filter(reach(ledger.zone, rights)), _veiled_beside(ledger, rights))


def visible_of(rows: models.QuerySet[Any], model: type[models.Model], rights: Rights) -> models.QuerySet[Any]:
    """Of ``rows`` of an entity, whatever their ledger, those that the account may see (links, search, relations)."""
    open_ledgers = [x for x in registry.ledgers() if x.model is model and rights.sees(x.zone)]
    if not open_ledgers:
        return rows.none()
    return _without(rows.filter(reach("", rights)), _veiled(model, rights))


def reach(zone: str, rights: Rights) -> Q:
    """The condition on rows: everything for county and office roles, else own records and those of the area held."""
    found, any_holding = Q(), False
    for holding in rights.holdings:
        role = holding.role
        if "view" not in role.actions or (zone and zone not in role.zones):
            continue
        if role.scope in {"county", "office"}:
            return Q()
        any_holding = True
        if role.scope == "own":
            found |= Q(created_by_id=rights.user_id) | Q(handler_id=rights.user_id)
        elif holding.area:
            found |= Q(area_id__gte=holding.area.ljust(12, "0"), area_id__lte=holding.area.ljust(12, "9"))
    return found if any_holding and found else Q(pk__in=[])


def within_reach(record: Any, ledger: Ledger, rights: Rights) -> bool:
    """Whether the account sees a record as it now stands: nobody may write one out of his own reach."""
    condition = reach(ledger.zone, rights)
    return not condition or type(record).objects.filter(condition, pk=record.pk).exists()


def sees_all(model: type[models.Model], rights: Rights) -> bool:
    """Whether no row of the entity is hidden from the account within its bureau."""
    return not _veiled(model, rights) and not reach("", rights)


def _veiled(model: type[models.Model], rights: Rights) -> list[Ledger]:
    """Ledgers over the entity whose zone is closed to the account."""
    return [x for x in registry.ledgers() if x.model is model and x.zone and not rights.sees(x.zone)]


def _veiled_beside(ledger: Ledger, rights: Rights) -> list[Ledger]:
    """Closed ledgers whose rows could also stand in ``ledger``: a view across kinds must not open what is closed."""
    mine = set(ledger.kinds)
    return [x for x in _veiled(ledger.model, rights) if not mine or not x.kinds or mine & set(x.kinds)]


def _without(rows: models.QuerySet[Any], closed: Sequence[Ledger]) -> models.QuerySet[Any]:
    plain = sorted({kind for x in closed if not x.where for kind in x.kinds})
    if plain:
        rows = rows.exclude(kind__in=plain)
    for ledger in closed:
        if ledger.where or not ledger.kinds:
            rows = rows.exclude(ledger.condition())
    return rows


def target_model(ledger: Ledger, column: Column) -> type[models.Model] | None:
    """The record type that a link or parties column names; None for other columns, places, offices and accounts."""
    if isinstance(column, (AreaLink, OfficeLink, UserLink)):
        return None
    if isinstance(column, Link):
        found = column.target(ledger.model)
    elif isinstance(column, Parties) and column.to in PARTY_TARGETS and column.to != "area":
        part = column.part_model(ledger.model)._meta.get_field(column.to)
        found = part.related_model
    else:
        return None
    return found if isinstance(found, type) and issubclass(found, Record) else None


def may_hide(ledger: Ledger, column: Column, rights: Rights) -> bool:
    """Whether the column could name records that the account may not see."""
    model = target_model(ledger, column)
    return model is not None and bool(_veiled(model, rights) or reach("", rights))


def veil(ledger: Ledger, columns: Sequence[Column], rows: Sequence[Row], rights: Rights) -> list[Row]:
    """The rows with names of records that the account may not see put out of sight: one query per affected column, none usually."""
    hidden: dict[str, set[Any]] = {}
    for column in columns:
        model = target_model(ledger, column)
        if model is None or not may_hide(ledger, column, rights):
            continue
        named = {t.pk for row in rows for t in _targets(row.cells.get(column.name)) if t.pk is not None}
        if named:
            seen = visible_of(model._default_manager.filter(pk__in=named), model, rights)
            hidden[column.name] = named - set(seen.values_list("pk", flat=True))
    hidden = {name: pks for name, pks in hidden.items() if pks}
    return [_veil_row(row, hidden) for row in rows] if hidden else list(rows)


def _targets(value: Any) -> list[Target]:
    if isinstance(value, Target):
        return [value]
    return [x for x in value if isinstance(x, Target)] if isinstance(value, list) else []


def _veil_row(row: Row, hidden: dict[str, set[Any]]) -> Row:
    cells = dict(row.cells)
    for name, pks in hidden.items():
        value = cells.get(name)
        if isinstance(value, list):
            cells[name] = [VEILED if t.pk in pks else t for t in value]
        elif isinstance(value, Target) and value.pk in pks:
            cells[name] = VEILED
    return Row(row.id, row.meta, cells)
