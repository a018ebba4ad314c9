"""Shipped templates: outlines in reports/outlines/*.toml, loaded into the database, and their shape.

A file holds ``code``, ``name``, ``period`` (year, half, quarter, month), ``title`` and ``[[section]]`` tables with ``key``, ``level``,
``title``, ``office``, ``run_in`` and ``lines``. A line is a sentence of the grammar, in which ``@code`` stands for a shared sentence of a ledger,
or a table ``{text, until}`` whose figures are cut off at the month and day ``until`` (11-30) of the year.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from jushi.ledger import registry
from jushi.reports.models import Template

SHARED = re.compile(r"@([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+)")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence and, where it differs from the document's, the cut-off ``MM-DD``. ``style`` is body, item or run_in."""

    text: str
    until: str = ""
    style: str = ""

    @property
    def sentence(self) -> str:
        """The grammar text, with every ``@code`` replaced by the shared sentence of that code; KeyError names an unknown one."""
        return SHARED.sub(lambda match: registry.sentence(match[1]), self.text)


@dataclass(frozen=True, slots=True)
class Outline:
    """A section of a template."""

    key: str
    level: int
    title: str
    office: str
    lines: tuple[Line, ...]
    run_in: bool = False


class UnknownTemplateError(LookupError):
    """There is no such template; the message lists what there is."""


def line_of(raw: Any) -> Line:
    """A line from its stored form (text or table)."""
    return Line(raw) if isinstance(raw, str) else Line(raw["text"], raw.get("until", ""), raw.get("style", ""))


def sections_of(template: Template) -> list[Outline]:
    """The sections of a template."""
    return [
        Outline(
            row["key"], row["level"], row.get("title", ""), row.get("office", ""),
            tuple(line_of(line) for line in row.get("lines", [])), row.get("run_in", False),
        )
        for row in template.outline
    ]  # fmt: skip


def shipped() -> Iterator[dict[str, Any]]:
    """The shipped templates as read from their files."""
    for path in sorted((files("jushi.reports") / "outlines").iterdir(), key=lambda p: p.name):
        if path.name.endswith(".toml"):
            yield tomllib.loads(path.read_text(encoding="utf-8"))


def load_templates() -> None:
    """Bring the shipped templates in the database up to date; a bureau's own copies stay as they are."""
    for row in shipped():
        Template.objects.update_or_create(
            code=row["code"], county="",
            defaults={"name": row["name"], "period_kind": row["period"], "title": row["title"], "outline": row["section"]},
        )  # fmt: skip


def find_template(wanted: str, county: str, period_kind: str, preferred: str = "") -> Template:
    """The template called ``wanted`` (code or name), or the bureau's usual one for the kind of period."""
    known = {t.code: t for t in Template.objects.filter(county="")}
    known |= {t.code: t for t in Template.objects.filter(county=county)} if county else {}
    if wanted:
        hits = [t for t in known.values() if wanted in (t.code, t.name)]
        hits += [t for t in known.values() if wanted in t.name and t.period_kind == period_kind and t not in hits]
        hits.sort(key=lambda t: t.code != preferred)
        if hits:
            return hits[0]
        names = "、".join(sorted({f"{t.name}（{t.code}）" for t in known.values()}))
        raise UnknownTemplateError(f"没有模板“{wanted}”，现有：{names}")
    hits = sorted((t for t in known.values() if t.period_kind == period_kind), key=lambda t: (t.code != preferred, t.code))
    if not hits:
        raise UnknownTemplateError("没有适合这种期间的模板，请用 --template 指定")
    return hits[0]
