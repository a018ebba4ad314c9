"""What a ledger declares about its figures. Values only: evaluation lives in :mod:`jushi.indicators`.

Stock or flow, distinct or summed, forecast or verified, missing or zero are part of the declaration (architecture.md §1, idea 3).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, field
from typing import ClassVar, Literal

from django.db.models import Q

MissingPolicy = Literal["zero", "blank", "fail"]
RollUp = Literal["sum", "recompute", "none"]


@dataclass(frozen=True, repr=False)
class Indicator:
    """A figure by definition.

    ``code`` names it for ever; ``catalogue`` is its id in the indicator catalogue (IC09 …). ``at`` is the date that puts a row into a
    period (the ledger's own by default). ``where`` narrows the ledger's rows (a function of no arguments where it asks another table:
    joins to many rows would multiply what is counted beside it); ``by`` names the columns it may be broken down by.
    ``words`` is the definition as people read it; ``missing`` says what an empty set of records means; ``version`` counts definitions,
    valid from year ``since`` to ``until``. ``tagged`` keeps only activities of these campaigns. ``item`` says how a sentence lists the
    records: ``{title}``, ``{day}`` (6月30日) and ``{quantity}``. ``basis`` is what the value rests on: 实际, 预计, 快报 or 核定.
    ``beside`` names figures of the same thing on another basis (批复, 到账): whoever looks at one sees the others.
    """

    code: str
    name: str
    unit: str
    _: KW_ONLY
    words: str = ""
    catalogue: str = ""
    where: Q | Callable[[], Q] = field(default_factory=Q)
    at: str = ""
    by: tuple[str, ...] = ()
    places: int = 0
    missing: MissingPolicy = "zero"
    rollup: RollUp = "sum"
    version: int = 1
    since: int | None = None
    until: int | None = None
    basis: str = "核定"
    aliases: tuple[str, ...] = ()
    tagged: tuple[str, ...] = ()
    item: str = "{title}"
    beside: tuple[str, ...] = ()

    kind: ClassVar[str] = ""
    is_stock: ClassVar[bool] = False

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.code}>"


@dataclass(frozen=True, repr=False)
class Count(Indicator):
    """How many rows happened in the period."""

    kind: ClassVar[str] = "计数"


@dataclass(frozen=True, repr=False)
class Total(Indicator):
    """The sum of column ``of`` (a number, money or output column) over the rows of the period. Money is given in ``unit``."""

    _: KW_ONLY
    of: str

    kind: ClassVar[str] = "合计"


@dataclass(frozen=True, repr=False)
class Distinct(Indicator):
    """How many different things column ``of`` (a link or parties column) names over the rows of the period."""

    _: KW_ONLY
    of: str
    rollup: RollUp = "recompute"

    kind: ClassVar[str] = "去重计数"


@dataclass(frozen=True, repr=False)
class Stock(Indicator):
    """How many rows are in force at the end of the period: ``valid`` names the columns it starts and ends by.

    A row counts when start ≤ date and (no end or end > date): on its last day's morrow it drops out, on the day it ends it is gone.
    An empty second name means that nothing ends it: a cumulative count up to the date.
    """

    _: KW_ONLY
    valid: tuple[str, str]
    of: str = ""

    kind: ClassVar[str] = "时点数"
    is_stock: ClassVar[bool] = True


@dataclass(frozen=True, repr=False)
class Carried(Indicator):
    """How many rows came into the period from before (续建、结转): ``valid`` names the columns they start and end by.

    A row counts when it started before the first day of the period and had not ended by then; it never shares a row with a
    :class:`Count` by the same start date.
    """

    _: KW_ONLY
    valid: tuple[str, str]

    kind: ClassVar[str] = "结转数"
    is_stock: ClassVar[bool] = True


@dataclass(frozen=True, repr=False)
class Ratio(Indicator):
    """One figure divided by another, times ``scale``; recomputed, never summed, for larger areas."""

    _: KW_ONLY
    top: str
    bottom: str
    scale: int = 1
    places: int = 2
    missing: MissingPolicy = "blank"
    rollup: RollUp = "recompute"

    kind: ClassVar[str] = "比率"


@dataclass(frozen=True, repr=False)
class External(Indicator):
    """A figure of another office (population, GDP …): the latest ``ExternalFigure`` named ``figure`` at the end of the period."""

    _: KW_ONLY
    figure: str
    missing: MissingPolicy = "blank"
    rollup: RollUp = "none"

    kind: ClassVar[str] = "外部数据"


@dataclass(frozen=True, repr=False)
class Formula(Indicator):
    """A sum of other figures, each with a sign: ``plus`` minus ``minus``."""

    _: KW_ONLY
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()

    kind: ClassVar[str] = "合成"


@dataclass(frozen=True, repr=False)
class Latest(Indicator):
    """The value of column ``of`` in the latest row of the period (an edition number, a date, a parameter)."""

    _: KW_ONLY
    of: str
    missing: MissingPolicy = "blank"
    rollup: RollUp = "none"

    kind: ClassVar[str] = "最新值"


@dataclass(frozen=True, repr=False)
class Coverage(Indicator):
    """The share (%) of a scope list that the rows reach: different things of column ``of`` over the count of indicator ``scope``."""

    _: KW_ONLY
    of: str
    scope: str
    places: int = 1
    missing: MissingPolicy = "blank"
    rollup: RollUp = "recompute"

    kind: ClassVar[str] = "覆盖率"


@dataclass(frozen=True, repr=False)
class Forecast(Indicator):
    """A figure expected for the whole year, entered with author and date as an ``ExternalFigure`` of basis 预计; never mixed with counts."""

    _: KW_ONLY
    figure: str
    missing: MissingPolicy = "blank"
    rollup: RollUp = "none"
    basis: str = "预计"

    kind: ClassVar[str] = "预计数"


@dataclass(frozen=True, repr=False)
class Months(Indicator):
    """How many months the period reported on holds: 12 of a year, 6 of a half, 11 of 1—11月. It follows from the period, not from rows."""

    missing: MissingPolicy = "blank"
    rollup: RollUp = "none"

    kind: ClassVar[str] = "报告期"


@dataclass(frozen=True, repr=False)
class Parameter(Indicator):
    """A number set by a routine: how often something must happen, per week, month or quarter."""

    _: KW_ONLY
    routine: str
    missing: MissingPolicy = "blank"
    rollup: RollUp = "none"

    kind: ClassVar[str] = "制度参数"
