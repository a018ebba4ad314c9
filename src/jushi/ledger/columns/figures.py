"""The column that names an indicator: stored by its code, written and shown by its name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jushi.ledger.columns.base import CellError, Lookup
from jushi.ledger.columns.plain import Text


def codes_by_name() -> dict[str, list[str]]:
    """Indicator name or alias → codes."""
    from jushi.ledger import registry

    return _codes(len(registry.indicators()))


@lru_cache(maxsize=1)
def _codes(count: int) -> dict[str, list[str]]:
    from jushi.ledger import registry

    found: dict[str, list[str]] = defaultdict(list)
    for _, indicator in registry.indicators():
        for name in dict.fromkeys((indicator.name, *indicator.aliases)):
            found[name].append(indicator.code)
    return found


@dataclass(frozen=True, kw_only=True)
class FigureName(Text):
    """An indicator of the catalogue. Whether the code exists is for the ledger's own check to say; a name that two bear is not taken."""

    def text(self, value: Any) -> str:
        from jushi.ledger import registry

        if not value:
            return ""
        try:
            name = registry.indicator(value)[1].name
        except KeyError:
            return str(value)
        return name if len(codes_by_name()[name]) == 1 else str(value)

    def raw(self, value: Any) -> Any:
        return self.text(value)

    def plain(self, value: Any) -> Any:
        return value

    def parse(self, raw: Any, lookup: Lookup) -> Any:
        value = super().parse(raw, lookup)
        codes = lookup.once(("figure names",), codes_by_name).get(value, []) if value else []
        if len(codes) > 1:
            raise CellError(f"有 {len(codes)} 个叫“{value}”的指标，请填代码：{'、'.join(codes)}")
        return codes[0] if codes else value
