"""What a record holds once the values being written are in: checks see the whole record even when one column is changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jushi.ledger import registry
from jushi.ledger.columns import PartColumn


def value_of(record: Any, values: Mapping[str, Any], name: str, code: str) -> Any:
    """The value of column ``name`` of ledger ``code``: the one being written, else the stored one (None when there is none)."""
    if name in values:
        return values[name]
    column = registry.get(code).column(name)
    if isinstance(column, PartColumn):
        return column.load(type(record), [record.pk]).get(record.pk) if not record._state.adding else None
    if column.detail:
        return column.load_detail((record.details or {}).get(name))
    return getattr(record, name)


def filled(record: Any, values: Mapping[str, Any], name: str, code: str) -> bool:
    """Whether that value is neither empty nor zero."""
    return bool(value_of(record, values, name, code))
