"""Which figures count a record: the question of the record's page, and of a correction that will move them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Count as CountOf
from django.db.models import Q

from jushi.indicators import scan
from jushi.ledger import registry
from jushi.ledger.indicators import Carried, Coverage, Indicator, Stock


def counting(record: Any) -> list[Indicator]:
    """Indicators whose conditions the record meets, in menu order, derived ones (ratios, sums) included.

    State and period are left aside: an unconfirmed record is counted as soon as it is confirmed. One query per table read.
    """
    groups: dict[Any, list[tuple[Indicator, scan.Source]]] = defaultdict(list)
    for ledger, found in registry.indicators():
        if ledger.model is type(record) and (scan.is_leaf(found) or isinstance(found, Coverage)):
            source = scan.source_of(ledger, found)
            groups[(source.table, source.prefix)].append((found, source))
    met = {code for (table, prefix), members in groups.items() for code in _met(record, table, prefix, members)}
    return _with_derived(met)


def _met(record: Any, table: Any, prefix: str, members: list[tuple[Indicator, scan.Source]]) -> set[str]:
    rows = table._default_manager.filter(**{f"{prefix}pk": record.pk}).order_by()
    expressions = {f"n{i}": CountOf("pk", filter=_condition(found, source)) for i, (found, source) in enumerate(members)}
    values = rows.aggregate(**expressions)
    return {found.code for i, (found, _) in enumerate(members) if values[f"n{i}"]}


def _condition(found: Indicator, source: scan.Source) -> Q:
    axis = found.valid[0] if isinstance(found, (Stock, Carried)) else source.axis
    condition = source.condition & Q(**{f"{source.prefix}{axis}__isnull": False})
    if source.operation == "sum":
        condition &= Q(**{f"{source.expression}__isnull": False})
    return condition


def _with_derived(met: set[str]) -> list[Indicator]:
    """Add what is computed out of what is met, until nothing more comes."""
    everything = [found for _, found in registry.indicators()]
    grown = True
    while grown:
        more = {x.code for x in everything if x.code not in met and met & set(registry._needs(x))}
        met, grown = met | more, bool(more)
    return [x for x in everything if x.code in met]
