"""Template tags of the page frame: icons, the period menu, dates with their weekday."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Any

from django import template
from django.template.base import FilterExpression, Parser, TextNode, Token
from django.templatetags.static import static
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from jushi.desk import assets

register = template.Library()
WEEKDAYS = "一二三四五六日"
QUARTERS = "一二三四"
ACTIVE = ' class="active" aria-current="true"'
NOW = ' class="now"'
HERE = "\0"  # where a page's own address goes


class _IconNode(template.Node):
    """An icon whose name is only known when the page is made."""

    def __init__(self, words: list[FilterExpression]) -> None:
        self.words = words

    def render(self, context: template.Context) -> SafeString:
        return assets.icon(*(word.resolve(context) or "" for word in self.words))


@register.tag
def icon(parser: Parser, token: Token) -> template.Node:
    """``{% icon "home" %}``: one icon of tools/icons.txt. Named outright, it is markup once the template is read."""
    words = token.split_contents()[1:]
    plain = _literals(words)
    return TextNode(assets.icon(*plain)) if plain is not None else _IconNode([parser.compile_filter(word) for word in words])


@register.tag
def asset(parser: Parser, token: Token) -> TextNode:
    """``{% asset "desk/js/app.js" %}``: the address of a distributed file, found out once when the template is read."""
    plain = _literals(token.split_contents()[1:])
    if plain is None or len(plain) != 1:
        raise template.TemplateSyntaxError("asset takes one path in quotes")
    return TextNode(escape(static(plain[0])))


def _literals(words: list[str]) -> list[str] | None:
    """The words without their quotes; None when one of them is not a plain quoted text."""
    if all(len(word) > 1 and word[0] == word[-1] and word[0] in "\"'" and "|" not in word for word in words):
        return [word[1:-1] for word in words]
    return None


@register.simple_tag(takes_context=True)
def period_menu(context: dict[str, Any], value: str | None) -> SafeString:
    """The choices around a period in the notation of the command line (2015, 2015H1, 2015Q3, 2015-11, 2015-01..11), as markup.

    It stands on every page: its thirty links are made once per period, only the page's own address is put in anew.
    """
    here = address_with(context, "period")
    return mark_safe(_period_menu(str(value or "")).replace(HERE, escape(here)))  # noqa: S308 - escaped, the rest are periods


@lru_cache(maxsize=256)
def _period_menu(text: str) -> str:
    found = re.search(r"\d{4}", text)
    year = int(found.group()) if found else dt.date.today().year
    halves = [(f"{year}", "全年"), (f"{year}H1", "上半年"), (f"{year}H2", "下半年")]
    quarters = [(f"{year}Q{n}", f"{QUARTERS[n - 1]}季度") for n in range(1, 5)]
    months = [(f"{year}-{n:02}", f"{n}月") for n in range(1, 13)]
    running = [(f"{year}-01..{n:02}", f"1—{n}月") for n in range(2, 12)]
    years = "".join(f'<a href="{HERE}{y}"{NOW if y == year else ""}>{y}</a>' for y in range(year - 2, year + 3))
    rows = [f'<div class="period-row years">{years}</div>']
    for group in (halves, quarters, months, running):
        links = [f'<a href="{HERE}{code}"{ACTIVE if code == text else ""}>{label}</a>' for code, label in group]
        rows.append(f'<div class="period-row">{"".join(links)}</div>')
    return "".join(rows)


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
