"""Template tags of the page frame: icons, the period menu, dates with their weekday."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from jushi.desk import assets

register = template.Library()
WEEKDAYS = "一二三四五六日"
QUARTERS = "一二三四"
ACTIVE = ' class="active" aria-current="true"'


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """``{% icon "home" %}``: one icon of tools/icons.txt."""
    return assets.icon(name, css)


@register.simple_tag
def period_menu(value: str | None) -> dict[str, Any]:
    """Choices around a period in the notation of the command line (2015, 2015H1, 2015Q3, 2015-11, 2015-01..11).

    Gives ``year``, the neighbouring ``years`` and ``groups`` of choices, each ``{value, label, active}``.
    """
    text = str(value or "")
    found = re.search(r"\d{4}", text)
    year = int(found.group()) if found else dt.date.today().year

    def choice(code: str, label: str) -> dict[str, Any]:
        return {"value": code, "label": label, "active": code == text}

    halves = [choice(f"{year}", "全年"), choice(f"{year}H1", "上半年"), choice(f"{year}H2", "下半年")]
    quarters = [choice(f"{year}Q{n}", f"{QUARTERS[n - 1]}季度") for n in range(1, 5)]
    months = [choice(f"{year}-{n:02}", f"{n}月") for n in range(1, 13)]
    running = [choice(f"{year}-01..{n:02}", f"1—{n}月") for n in range(2, 12)]
    return {
        "year": year,
        "years": [choice(str(y), f"{y}年") for y in range(year - 2, year + 3)],
        "previous": str(year - 1),
        "next": str(year + 1),
        "groups": [halves, quarters, months, running],
    }


@register.simple_tag
def period_rows(menu: dict[str, Any], here: str) -> SafeString:
    """The rows of the period menu as markup: it stands on every page, so its thirty links are joined, not looped over."""
    rows = []
    for group in menu["groups"]:
        links = [f'<a href="{escape(here + c["value"])}"{ACTIVE if c["active"] else ""}>{escape(c["label"])}</a>' for c in group]
        rows.append(f'<div class="period-row">{"".join(links)}</div>')
    return mark_safe("".join(rows))  # noqa: S308 - escaped above


@register.simple_tag(takes_context=True)
def address_with(context: dict[str, Any], name: str) -> str:
    """The page's own address up to the value of parameter ``name``: a menu of many choices appends each to it.

    Thirty times ``{% querystring %}`` would parse and write the whole address thirty times.
    """
    query = context["request"].GET.copy()
    query.pop(name, None)
    query.pop("page", None)
    rest = query.urlencode()
    return f"?{rest}&{name}=" if rest else f"?{name}="


@register.filter
def children(entry: dict[str, Any]) -> list[dict[str, Any]]:
    """The entries below a menu entry. ``entry.items`` in a template would be the method of a dict without that key."""
    return entry.get("items") or []


@register.filter
def period_words(value: str | None) -> str:
    """A period of the command line in words: 2015年, 2015年上半年, 2015年三季度, 2015年11月, 2015年1—11月, 截至…"""
    text = str(value or "")
    patterns: list[tuple[str, Any]] = [
        (r"(\d{4})", lambda m: f"{m[1]}年"),
        (r"(\d{4})H([12])", lambda m: f"{m[1]}年{'上下'[int(m[2]) - 1]}半年"),
        (r"(\d{4})Q([1-4])", lambda m: f"{m[1]}年{QUARTERS[int(m[2]) - 1]}季度"),
        (r"(\d{4})-(\d{1,2})", lambda m: f"{m[1]}年{int(m[2])}月"),
        (r"(\d{4})-(\d{1,2})\.\.(\d{1,2})", lambda m: f"{m[1]}年{int(m[2])}—{int(m[3])}月"),
        (r"@(\d{4})-(\d{1,2})-(\d{1,2})", lambda m: f"截至{m[1]}年{int(m[2])}月{int(m[3])}日"),
    ]
    for pattern, words in patterns:
        if found := re.fullmatch(pattern, text):
            return str(words(found))
    return text


@register.filter
def day(value: dt.date | None) -> SafeString | str:
    """An absolute date with the weekday in the tooltip: ``{{ row.due|day }}``; empty for none."""
    if not value:
        return ""
    return format_html(
        '<time class="day" datetime="{}" title="星期{}">{}</time>',
        value.strftime("%Y-%m-%d"),
        WEEKDAYS[value.weekday()],
        value.strftime("%Y-%m-%d"),
    )
