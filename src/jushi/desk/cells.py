"""Cells of a list as markup: joined strings, because a template per cell would cost more than the query."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from html import escape  # django's does the same, behind a wrapper for lazy texts that costs more than the escaping
from types import MappingProxyType
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from jushi.kernel.states import State
from jushi.ledger.columns import Column, Flag
from jushi.ledger.declaration import Ledger
from jushi.ledger.marks import Mark
from jushi.ledger.rows import Row, is_number, show

WEEKDAYS = "一二三四五六日"
STATUS = {"draft": "draft", "pending": "wait", "confirmed": "ok", "locked": "lock", "void": "void"}
STATES = dict(State.choices)


@lru_cache(maxsize=64)
def badge(state: str, returned: str = "") -> SafeString:
    """The data state as a word in a badge; a returned draft says so."""
    if state == State.DRAFT and returned:
        return mark_safe('<span class="status status-back">退回</span>')  # noqa: S308 - constant
    word = escape(STATES.get(state, state))
    return mark_safe(f'<span class="status status-{STATUS.get(state, "draft")}">{word}</span>')  # noqa: S308 - escaped


LEVELS = {"red": "late", "yellow": "back"}


def marks(found: Sequence[Mark]) -> SafeString:
    """What the clock says of a row, as words in badges; what to do about it in the tooltip."""
    return mark_safe("".join(  # noqa: S308 - escaped
        f'<span class="status status-{LEVELS[m.level]}" title="{escape(m.remedy)}">{escape(m.name)}</span>' for m in found
    ))  # fmt: skip


SHORT = 3  # names of a list shown in a cell


@lru_cache(maxsize=4096)
def day(value: date | None) -> SafeString:
    """An absolute date with its weekday in the tooltip."""
    if value is None:
        return SafeString("")
    iso = value.isoformat()
    return mark_safe(f'<time class="day" datetime="{iso}" title="星期{WEEKDAYS[value.weekday()]}">{iso}</time>')  # noqa: S308


def moment(value: datetime) -> str:
    """A point in time as clerks read it."""
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")


def content(column: Column, value: Any, *, unmask: bool) -> SafeString:
    """The inside of a cell."""
    if column.name == "state":
        return badge(value)
    if isinstance(value, date) and not isinstance(value, datetime) and not column.personal:
        return day(value)
    if isinstance(column, Flag):
        return SafeString("是" if value else "")
    if isinstance(value, list) and len(value) > SHORT + 1:
        text = show(column, value[:SHORT], unmask=unmask)
        return SafeString(escape(f"{text}等 {len(value)} 个"))
    return SafeString(escape(show(column, value, unmask=unmask)))


def _writer(column: Column, *, unmask: bool) -> Callable[[Any], str]:
    """:func:`content` of one column; what recurs in many rows (dates, choices, names, states) is made once a page."""
    made: dict[Any, str] = {}

    def write(value: Any) -> str:
        try:
            return made[value]
        except KeyError:
            made[value] = content(column, value, unmask=unmask)
            return made[value]
        except TypeError:  # a list
            return content(column, value, unmask=unmask)

    return write


def linked(value: Any, model: type[models.Model]) -> SafeString:
    """Names of linked records, each leading to its page; what the account may not see has no address."""
    targets = value if isinstance(value, list) else [value] if value else []
    parts = [
        f'<a href="/go/{model._meta.label}/{t.pk}">{escape(t.name)}</a>' if t.pk is not None and t.pk != t.name else str(escape(t.name))
        for t in targets
    ]
    return mark_safe("、".join(parts))  # noqa: S308 - escaped above


def shown_columns(ledger: Ledger, wanted: Sequence[str]) -> list[Column]:
    """Columns of the list: what the address names, else the declared ones; the main one first, the state last."""
    names = [n for n in wanted if n in ledger.by_name]
    columns = [ledger.by_name[n] for n in names] if names else list(ledger.listed)
    main = ledger.main
    rest = [c for c in columns if c.name not in {main.name, "state"}]
    return [main, *rest, ledger.by_name["state"]] if "state" in ledger.by_name else [main, *rest]


def chooser(ledger: Ledger, columns: Sequence[Column]) -> SafeString:
    """A tick box for every column that may be shown or left out."""
    shown = {c.name for c in columns}
    boxes = [
        f'<label class="form-check"><input class="form-check-input" type="checkbox" value="{c.name}"'
        f"{' checked' if c.name in shown else ''}>{escape(c.label_for(ledger.model))}</label>"
        for c in ledger.all_columns if c.name not in {ledger.main.name, "state"}
    ]  # fmt: skip
    return mark_safe("".join(boxes))  # noqa: S308 - escaped above


def classes(ledger: Ledger, columns: Sequence[Column]) -> list[str]:
    """CSS class of each column; two columns are marked to be shown on a phone's card."""
    found, keys = [], 0
    for column in columns:
        if column.name == ledger.main.name:
            found.append("main")
            continue
        if column.name == "state":
            found.append("state")
            continue
        css = "num" if is_number(column) else ""
        if keys < 2:
            keys += 1
            css = f"{css} key".strip()
        found.append(css)
    return found


def head(ledger: Ledger, columns: Sequence[Column], sort: str, link: Any, *, pick: bool) -> SafeString:
    """The heading row; ``link`` makes the address that sorts by a column."""
    cells = ['<th class="pick"><input type="checkbox" data-pick-all aria-label="全选本页"></th>'] if pick else []
    for column in columns:
        label = escape(column.label_for(ledger.model))
        css = ' class="num"' if is_number(column) else ' class="state"' if column.name == "state" else ""
        if not column.sort:
            cells.append(f"<th{css}>{label}</th>")
            continue
        falling = sort == f"-{column.name}"
        now = f' aria-sort="{"descending" if falling else "ascending"}"' if sort.lstrip("-") == column.name else ""
        target = column.name if falling or sort.lstrip("-") != column.name else f"-{column.name}"
        cells.append(f'<th{css}{now}><a href="{escape(link(target))}">{label}</a></th>')
    return mark_safe(f"<tr>{''.join(cells)}</tr>")  # noqa: S308 - every value above is escaped


def body(
    ledger: Ledger, columns: Sequence[Column], rows: Sequence[Row], *, unmask: bool, pick: bool,
    marked: Mapping[Any, Sequence[Mark]] = MappingProxyType({}),
) -> SafeString:  # fmt: skip
    """All rows of a page; ``marked`` are the marks of those that bear some."""
    kinds = classes(ledger, columns)
    labels = [escape(c.label_for(ledger.model)) for c in columns]
    base = f"/l/{ledger.code}/"
    plan = [(c.name, f'<td class="{k}" data-label="{n}">' if k else f'<td data-label="{n}">', k == "main", _writer(c, unmask=unmask))
            for c, k, n in zip(columns, kinds, labels, strict=True)]  # fmt: skip
    lines = []
    for row in rows:
        pk = str(row.id)
        parts = [f'<tr><td class="pick"><input type="checkbox" name="pick" value="{pk}" data-pick aria-label="选择"></td>'
                 if pick else "<tr>"]  # fmt: skip
        for name, opening, is_main, write in plan:
            inner = write(row.cells[name])
            if is_main:
                inner = f'<a class="open" href="{base}{pk}/">{inner or "（未填）"}</a>'
                if borne := marked.get(row.id):
                    inner = f'<span class="titled">{inner}{marks(borne)}</span>'
            parts.append(f"{opening}{inner}</td>")
        parts.append("</tr>")
        lines.append("".join(parts))
    return mark_safe("".join(lines))  # noqa: S308 - every value above is escaped


def foot(columns: Sequence[Column], sums: dict[str, Any], *, pick: bool) -> SafeString:
    """The row of totals; empty when nothing is totalled."""
    if not any(c.name in sums for c in columns):
        return SafeString("")
    cells = ["<td></td>"] if pick else []
    for number, column in enumerate(columns):
        text = escape(column.text(sums[column.name])) if column.name in sums else ("合计" if number == 0 else "")
        label = f' data-label="{escape(column.label)}"' if column.name in sums and column.label else ""
        cells.append(f'<td class="num"{label}>{text}</td>' if column.name in sums else f"<td>{text}</td>")
    return mark_safe(f"<tr>{''.join(cells)}</tr>")  # noqa: S308
