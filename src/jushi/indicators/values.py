"""What evaluation returns."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from jushi.kernel.periods import Period
from jushi.ledger.declaration import Ledger
from jushi.ledger.indicators import Indicator


@dataclass(frozen=True, slots=True)
class Value:
    """A figure: indicator + definition version + area + period + value + unit + basis + as-of time; ``rows`` records stand behind it.

    ``value`` None means missing, which is not zero. ``parts`` holds numerator and denominator of a ratio, or terms of a sum.
    """

    indicator: Indicator
    ledger: Ledger
    area: str
    period: Period
    value: Decimal | None
    rows: int
    as_of: datetime
    parts: tuple[Value, ...] = ()

    @property
    def code(self) -> str:
        """The indicator's code."""
        return self.indicator.code

    @property
    def text(self) -> str:
        """The number as written, without unit; empty when missing."""
        return "" if self.value is None else format_number(self.value, self.indicator.places)


@dataclass(frozen=True, slots=True)
class RowBehind:
    """A record behind a figure, with the quantity that it contributes."""

    ledger: str
    id: Any
    title: str
    date: date | None
    area: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Behind:
    """All records behind a figure: quantities add up to the value; a distinct thing appears once; a ratio has parts instead."""

    value: Value
    rows: tuple[RowBehind, ...] = ()
    parts: tuple[Behind, ...] = field(default=())


def format_number(value: Decimal, places: int) -> str:
    """Digits as offices write them: no grouping, fixed decimals where declared, none where whole."""
    if places == 0 and value == value.to_integral_value():
        return f"{value.to_integral_value():f}"
    return f"{value:.{places}f}" if places else f"{value.normalize():f}"
