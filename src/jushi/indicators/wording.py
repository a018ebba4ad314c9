"""Conditions of indicators in words, for people who ask what exactly is counted."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from jushi.kernel.periods import Period
from jushi.ledger import registry
from jushi.ledger.columns import Choice
from jushi.ledger.columns.choices import terms_named
from jushi.ledger.declaration import Ledger
from jushi.ledger.indicators import (
    Coverage,
    Distinct,
    External,
    Forecast,
    Formula,
    Indicator,
    Latest,
    Months,
    Parameter,
    Ratio,
    Stock,
    Total,
)

WORDS = {
    "isnull": "为空",
    "gte": "不早于",
    "lte": "不晚于",
    "gt": "大于",
    "lt": "小于",
    "in": "属于",
    "icontains": "含",
    "contains": "含",
}


def query_words(ledger: Ledger, found: Indicator, period: Period) -> str:
    """The query as a sentence: ledger, state, date axis, further conditions, what is counted."""
    if isinstance(found, Ratio):
        return f"{_name(found.top)} ÷ {_name(found.bottom)}" + (f" × {found.scale}" if found.scale != 1 else "")
    if isinstance(found, Formula):
        return " ＋ ".join(map(_name, found.plus)) + "".join(f" － {_name(code)}" for code in found.minus)
    if isinstance(found, Months):
        return f"{period.name}所含的月数，由期间本身得出"
    if isinstance(found, (External, Forecast)):
        return f"外部数据“{found.figure}”{'的全年预计' if isinstance(found, Forecast) else '，截至期末的最近一次'}"
    if isinstance(found, Parameter):
        return "例行制度规定的次数"
    parts = [f"{ledger.name}中已核定和锁定的记录", _when(ledger, found, period)]
    conditions = condition_words(ledger, found.where() if callable(found.where) else found.where)
    if conditions:
        parts.append(conditions)
    if found.tagged:
        names = terms_named("campaign")
        parts.append("属于" + "、".join(names.get(tag, tag) for tag in found.tagged))
    return "，".join(parts) + "；" + _what(ledger, found)


def _name(code: str) -> str:
    """An indicator by its name."""
    return registry.indicator(code)[1].name


def _when(ledger: Ledger, found: Indicator, period: Period) -> str:
    if isinstance(found, Stock):
        start, end = (label_of(ledger, name) for name in found.valid)
        return f"{start}不晚于 {period.end} 且{end}为空或晚于当日"
    axis = found.at or ledger.at
    if axis == "year":
        return f"业务年度为 {period.year}"
    return f"{label_of(ledger, axis)}在 {period.start} 至 {period.end} 之间"


def _what(ledger: Ledger, found: Indicator) -> str:
    if isinstance(found, Total):
        return f"对“{label_of(ledger, found.of)}”求和"
    if isinstance(found, (Distinct, Coverage)):
        return f"按“{label_of(ledger, found.of)}”去重计数"
    if isinstance(found, Latest):
        return f"取最近一条的“{label_of(ledger, found.of)}”"
    return "逐条计数"


def condition_words(ledger: Ledger, condition: Q) -> str:
    """A condition in words, nested ones in brackets."""
    words = []
    for child in condition.children:
        if isinstance(child, Q):
            text = condition_words(ledger, child)
            words.append(f"（{text}）" if len(child.children) > 1 else text)
        elif isinstance(child, tuple):
            words.append(_term(ledger, child[0], child[1]))
    joined = (" 或 " if condition.connector == Q.OR else "，").join(word for word in words if word)
    return f"不符合（{joined}）" if condition.negated and joined else joined


def _term(ledger: Ledger, path: str, value: Any) -> str:
    name, _, rest = path.partition("__")
    operator = rest.split("__")[-1] if rest and rest.split("__")[-1] in WORDS else ""
    label = label_of(ledger, name)
    if isinstance(value, QuerySet):  # its rows would be spelt out, ids and all
        return "按关联的记录限定（见口径）"
    if operator == "isnull":
        return f"{label}{'为空' if value else '已填'}"
    return f"{label}{WORDS.get(operator, '为')}{_value(ledger, name, value)}"


def _value(ledger: Ledger, name: str, value: Any) -> str:
    column = ledger.by_name.get(name)
    if isinstance(value, (list, tuple, set, frozenset)):
        return "、".join(_value(ledger, name, item) for item in value)
    if isinstance(column, Choice):
        return f"“{column.text(value)}”"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "name"):
        return label_of(ledger, str(value.name))
    return f"“{value}”" if isinstance(value, str) else str(value)


def label_of(ledger: Ledger, name: str) -> str:
    """The heading of a column or field, without unit."""
    column = ledger.by_name.get(name)
    if column is not None:
        return column.label_for(ledger.model).split("（")[0]
    try:
        return str(ledger.model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    except Exception:  # noqa: BLE001 — a path through relations has no single name
        return name
