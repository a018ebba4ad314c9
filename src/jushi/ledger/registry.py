"""All ledgers, in the order of the menu. ``site`` fills it when the program starts; everybody else only asks.

Declarations are validated here, so that a mistake stops the program at its start and never reaches a clerk.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from jushi.ledger.columns import DeclarationError
from jushi.ledger.columns.parts import PartColumn
from jushi.ledger.declaration import Ledger
from jushi.ledger.indicators import (
    Carried,
    Coverage,
    Distinct,
    External,
    Forecast,
    Formula,
    Indicator,
    Parameter,
    Ratio,
    Stock,
    Total,
)  # fmt: skip

_ledgers: dict[str, Ledger] = {}
_indicators: dict[str, tuple[Ledger, Indicator]] = {}
_sentences: dict[str, str] = {}
_by_kind: dict[tuple[str, str], Ledger | None] = {}


def register(ledgers: Iterable[Ledger]) -> None:
    """Add ledgers in menu order; raises :class:`DeclarationError` on the first mistake."""
    _by_kind.clear()
    for ledger in ledgers:
        if ledger.code in _ledgers:
            raise DeclarationError(f"台账代码重复：{ledger.code}")
        validate(ledger)
        _ledgers[ledger.code] = ledger
        for indicator in ledger.indicators:
            if indicator.code in _indicators:
                raise DeclarationError(f"指标代码重复：{indicator.code}")
            _indicators[indicator.code] = (ledger, indicator)
        for code, text in ledger.sentences.items():
            if code in _sentences:
                raise DeclarationError(f"句式代码重复：{code}")
            _sentences[code] = text


def clear() -> None:
    """Forget all (for tests that register their own)."""
    _ledgers.clear()
    _indicators.clear()
    _sentences.clear()
    _by_kind.clear()


def ledgers() -> list[Ledger]:
    """All ledgers in order."""
    return list(_ledgers.values())


def get(code: str) -> Ledger:
    """The ledger with ``code``; KeyError when there is none."""
    return _ledgers[code]


def find(code: str) -> Ledger | None:
    """The ledger with ``code`` or None."""
    return _ledgers.get(code)


def of_record(record: models.Model) -> Ledger | None:
    """The ledger that a record belongs to: the first over its model that claims its kind alone."""
    return of_model(record._meta.label, getattr(record, "kind", ""))


def of_model(label: str, kind: str) -> Ledger | None:
    """The ledger of a model label (``entities.Activity``) and kind."""
    if (label, kind) not in _by_kind:
        same = [x for x in _ledgers.values() if x.model._meta.label == label and not x.tagged]  # a view owns no rows
        exact = [x for x in same if x.kinds == (kind,)]
        loose = [x for x in same if kind in x.kinds or not x.kinds]
        _by_kind[label, kind] = next(iter(exact or loose), None)
    return _by_kind[label, kind]


def indicators() -> list[tuple[Ledger, Indicator]]:
    """All indicators with their ledgers, in menu order."""
    return list(_indicators.values())


def has_indicator(code: str) -> bool:
    """Whether there is an indicator with ``code`` (or catalogue id)."""
    try:
        indicator(code)
    except KeyError:
        return False
    return True


def indicator(code: str) -> tuple[Ledger, Indicator]:
    """The indicator with ``code`` (or catalogue id) and its ledger; KeyError when there is none."""
    if code in _indicators:
        return _indicators[code]
    for ledger, found in _indicators.values():
        if found.catalogue and found.catalogue == code:
            return ledger, found
    raise KeyError(code)


def sentence(code: str) -> str:
    """A shared sentence; KeyError when there is none."""
    return _sentences[code]


def sentences() -> dict[str, str]:
    """All shared sentences by code."""
    return dict(_sentences)


def check_references() -> None:
    """After all ledgers are in: every indicator named by another must exist."""
    for ledger, found in _indicators.values():
        for code in _needs(found):
            if code not in _indicators:
                raise DeclarationError(f"台账 {ledger.code} 的指标 {found.code} 引用了不存在的 {code}")


def validate(ledger: Ledger) -> None:
    """Raise :class:`DeclarationError` with what is wrong: unknown field, sort without index, missing unit, no time axis."""
    names = [c.name for c in ledger.all_columns]
    if len(names) != len(set(names)):
        raise DeclarationError(f"台账 {ledger.code}: 列名重复")
    for column in ledger.all_columns:
        column.validate_for(ledger.model)
        if column.sort and not _indexed(ledger, column.name):
            raise DeclarationError(f"台账 {ledger.code}: 列 {column.name} 可排序，但没有以 county、kind 开头含它的索引")
    for name in (*ledger.key, *(n for g in ledger.form for n in g.columns)):
        ledger.column(name)
    if not isinstance(ledger.at_field, (models.DateField, models.PositiveSmallIntegerField)):
        raise DeclarationError(f"台账 {ledger.code}: 时间列 {ledger.at} 不是日期")
    codes = {s.code for s in ledger.stages}
    for stage in ledger.stages:
        if not set(stage.to) <= codes:
            raise DeclarationError(f"台账 {ledger.code}: 进展 {stage.code} 指向不存在的进展")
        for name in stage.date.split():
            ledger.model._meta.get_field(name)
    for found in ledger.indicators:
        _validate_indicator(ledger, found)


def _validate_indicator(ledger: Ledger, found: Indicator) -> None:
    if not found.unit:
        raise DeclarationError(f"指标 {found.code} 没有单位")
    if not found.words:
        raise DeclarationError(f"指标 {found.code} 没有口径说明")
    if isinstance(found, (Total, Distinct, Coverage)) or (isinstance(found, Stock) and found.of):
        ledger.column(found.of)
    for name in found.by:
        ledger.column(name)
    if isinstance(found, (Stock, Carried)):
        for name in filter(None, found.valid):
            ledger.model._meta.get_field(name)
    elif found.at:
        ledger.model._meta.get_field(found.at)
    if isinstance(found, (External, Forecast, Parameter, Formula, Ratio)):
        return
    ledger.model.objects.model  # noqa: B018


def _needs(found: Indicator) -> tuple[str, ...]:
    if isinstance(found, Ratio):
        return (found.top, found.bottom)
    if isinstance(found, Formula):
        return (*found.plus, *found.minus)
    if isinstance(found, Coverage):
        return (found.scope,)
    return ()


def _indexed(ledger: Ledger, name: str) -> bool:
    if isinstance(ledger.column(name), PartColumn):
        return False
    field = ledger.model._meta.get_field(name)
    if getattr(field, "primary_key", False):
        return True
    return any(tuple(i.fields[:3]) == ("county", "kind", field.name) for i in ledger.model._meta.indexes)
