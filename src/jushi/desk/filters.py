"""The filter bar of a list, derived from the columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Any, Literal

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from jushi.kernel import periods
from jushi.kernel.models import Area
from jushi.kernel.stamps import kept
from jushi.ledger.columns import Choice, Column, Day, Link, Lookup, Number, Output, PartColumn, Tags
from jushi.ledger.columns.links import AreaLink, OfficeLink, UserLink
from jushi.ledger.declaration import Ledger
from jushi.ledger.listing import parameter
from jushi.ledger.rows import EMPTY, FILLED

FIRST = 4  # filters shown at once; the others stand behind “更多条件”


@dataclass(frozen=True, slots=True)
class Box:
    """One input of the filter bar."""

    name: str
    label: str
    kind: Literal["select", "text", "days", "numbers"]
    value: str = ""
    low: str = ""
    high: str = ""
    options: list[tuple[str, str]] = field(default_factory=list)
    suggest: str = ""
    problem: str = ""

    def html(self, ledger: str) -> str:
        """The input with its label; ``ledger`` is the code of the list, for suggestions while typing."""
        wrong = " is-invalid" if self.problem else ""
        return f"<label>{escape(self.label)}{self._inner(wrong, ledger)}</label>"

    def _inner(self, wrong: str, ledger: str) -> str:
        if self.kind == "select":
            every = "全部（不含作废）" if self.name == "state" else "全部"
            first = f'<select class="form-select form-select-sm{wrong}" name="{self.name}" data-autosubmit><option value="">{every}</option>'
            return f"{first}{options_html(self.options, self.value)}</select>"
        if self.kind == "text":
            hint = f' data-suggest-url="{reverse("suggest")}?ledger={ledger}&amp;column={self.suggest}"' if self.suggest else ""
            value = escape(self.value)
            return f'<input class="form-control form-control-sm{wrong}" name="{self.name}" value="{value}"{hint} autocomplete="off">'
        form = ' type="date"' if self.kind == "days" else ' inputmode="decimal" size="6"'
        low, high = (
            f'<input class="form-control form-control-sm{wrong}" name="{self.name}.{end}" value="{escape(value)}"'
            f' aria-label="{escape(self.label)}{word}"{form}>'
            for end, value, word in (("from", self.low, "起"), ("to", self.high, "止"))
        )
        return f'<span class="range">{low}<span>—</span>{high}</span>'


def markup(ledger: Ledger, shown: Sequence[Box]) -> SafeString:
    """Inputs as markup: joined strings, because a list has a dozen and a template for each would cost more than the query."""
    return mark_safe("".join(box.html(ledger.code) for box in shown))  # noqa: S308 - escaped above


def boxes(ledger: Ledger, params: Mapping[str, str], problems: Mapping[str, str], lookup: Lookup) -> list[Box]:
    """Inputs for every column that is offered as a filter, the chosen ones and the short lists first."""
    found = [_box(ledger, c, params, problems, lookup) for c in ledger.all_columns if c.filter]
    linked = [c for c in ledger.all_columns if isinstance(c, Link) and not c.filter and params.get(c.name)]
    found += [_box(ledger, c, params, problems, lookup) for c in linked]
    rank = {"select": 0, "text": 1, "days": 2, "numbers": 3}
    if ledger.marks and lookup.county:  # the limits of marks are rules of one county
        options = [("any", "有提醒的"), *((mark.code, mark.name) for mark in ledger.marks)]
        found.insert(0, Box("marked", "提醒", "select", params.get("marked", ""), options=options))
    return sorted(found, key=lambda box: (not (box.value or box.low or box.high), rank[box.kind]))


def _box(ledger: Ledger, column: Column, params: Mapping[str, str], problems: Mapping[str, str], lookup: Lookup) -> Box:
    name = parameter(column)
    raw = params.get(name, "")
    label = column.label_for(ledger.model)
    problem = problems.get(name, "")
    if raw in (EMPTY, FILLED):
        return Box(name, label, "select", raw, options=[(EMPTY, EMPTY), (FILLED, FILLED)], problem=problem)
    if isinstance(column, (Day, Number)):
        start, _, end = raw.partition("~")
        low, high = params.get(f"{name}.from", "") or start, params.get(f"{name}.to", "") or end
        return Box(name, label, "days" if isinstance(column, Day) else "numbers", low=low, high=high, problem=problem)
    options = _options(ledger, column, lookup)
    if options is not None:
        return Box(name, label, "select", raw, options=options, problem=problem)
    suggest = column.name if isinstance(column, Link) or (isinstance(column, PartColumn) and not isinstance(column, Output)) else ""
    return Box(name, label, "text", _name_of(ledger, column, raw), suggest=suggest, problem=problem)


def _options(ledger: Ledger, column: Column, lookup: Lookup) -> list[tuple[str, str]] | None:
    if isinstance(column, AreaLink):
        return kept(lookup.county, "towns", lambda: towns(lookup.county), seconds=60)
    if isinstance(column, Link) and not isinstance(column, (OfficeLink, UserLink)):
        return None  # counting the candidates would cost a query a list; the name is typed, part of it is enough
    if isinstance(column, (Choice, Tags)):
        return list(column.all_names().items())  # old rows keep the words of their time
    key = ("choices", ledger.code, column.name, lookup.on)
    return kept(lookup.county, key, lambda: column.choices(lookup), seconds=30)


def _name_of(ledger: Ledger, column: Column, raw: str) -> str:
    return raw


def options_html(options: Sequence[tuple[str, str]], chosen: str) -> SafeString:
    """Options as markup: joined strings, because a list page may show a hundred of them."""
    parts = [
        f'<option value="{escape(str(value))}"{" selected" if value == chosen else ""}>{escape(str(label))}</option>' for value, label in options
    ]
    return mark_safe("".join(parts))  # noqa: S308 - escaped above


def towns(county: str) -> list[tuple[str, str]]:
    """Townships of a county; villages are typed by name."""
    if not county:
        return []
    rows = Area.objects.filter(code__gte=county.ljust(12, "0"), code__lte=county.ljust(12, "9"), rank="town")
    return list(rows.values_list("code", "name"))


def period_options(chosen: str, remembered: str, today: date | None = None) -> list[tuple[str, str]]:
    """Periods offered in a list: all, the remembered one, this and the two years before."""
    year = (today or timezone.localdate()).year
    codes = dict.fromkeys([*([chosen] if chosen and chosen != "all" else []), remembered, *(str(y) for y in range(year, year - 4, -1))])
    options = [("", "全部期间")]
    for code in codes:
        try:
            options.append((code, periods.parse(code).name))
        except periods.PeriodError:
            continue
    return options


def plain_params(query: Any) -> dict[str, str]:
    """An address's parameters with one value each; repeated ``cols`` are joined."""
    found = {name: query.get(name, "") for name in query}
    if "cols" in found:
        found["cols"] = ",".join(v for v in query.getlist("cols") if v)
    return {name: value for name, value in found.items() if value}
