"""An edition as a sheet of official paper: every run keeps its origin, every figure leads to its records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from jushi.compose import Composition, FigureRef, Missing, NoteRef, Run, Section, SentenceError, Typed, parse
from jushi.compose.grammar import Clause, NoteSlot, Slot
from jushi.compose.render.layout import chinese_date
from jushi.reports.models import Edition, EditionSection
from jushi.reports.outline import line_of

HEADS = {1: "h2", 2: "h3", 3: "h4", 4: "h5"}


@dataclass(slots=True)
class Block:
    """A section on the sheet. ``gone`` are the clauses left out; a section that fell out altogether has no paragraphs."""

    key: str
    level: int
    head: str
    run_in: bool
    paragraphs: list[SafeString] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    words: int = 0
    gaps: int = 0
    typed: int = 0

    @property
    def run_in_head(self) -> str:
        """The heading where it shares the line of the first paragraph."""
        return f"{self.head.rstrip('。')}。" if self.run_in and self.head and self.paragraphs else ""

    @property
    def head_class(self) -> str:
        """The class that sets the heading in 黑体, 楷体 or bold."""
        return HEADS.get(self.level, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole document: blocks by section key in order, and its length."""

    title: str
    blocks: Mapping[str, Block]
    issuer: str
    date: str
    words: int
    gaps: int


def sheet_of(edition: Edition, composition: Composition, sections: Iterable[EditionSection], moved: Iterable[str] = ()) -> Sheet:
    """Set a composition section by section; ``moved`` names figures (code@period) whose records have changed since the signature."""
    found = {section.key: section for section in composition.sections}
    drifted = frozenset(moved)
    blocks = {}
    for own in sections:
        section = found.get(own.key)
        block = Block(own.key, own.level, "", False) if section is None else _block(edition, section, drifted)
        if edition.step != "frozen":
            block.gone = gone(own, section)
        blocks[own.key] = block
    words = sum(b.words for b in blocks.values()) + len(composition.title)
    date = chinese_date(composition.date) if composition.date else ""
    gaps = sum(b.gaps for b in blocks.values())
    return Sheet(composition.title, blocks, composition.issuer, date, words, gaps)


def _block(edition: Edition, section: Section, drifted: frozenset[str]) -> Block:
    runs = [run for paragraph in section.paragraphs for run in paragraph.runs]
    head = section.marker + section.title
    words = len("".join(head.split())) + sum(len("".join(run.text.split())) for run in runs)
    paragraphs = [
        format_html_join("", "{}", ((run_html(edition, section.key, run, drifted),) for run in paragraph.runs)) for paragraph in section.paragraphs
    ]
    return Block(
        section.key, section.level, head, section.run_in, paragraphs, [], words,
        sum(1 for run in runs if isinstance(run.ref, Missing)), sum(1 for run in runs if isinstance(run.ref, Typed)),
    )  # fmt: skip


def run_html(edition: Edition, key: str, run: Run, drifted: frozenset[str] = frozenset()) -> SafeString:
    """One run. The figure's address works without script too: it opens the page with its card."""
    match run.ref:
        case FigureRef(indicator=code, period=period):
            query = "?" + urlencode({"at": period}) if period else ""
            page = reverse("edition", args=[edition.pk]) + "?" + urlencode({"figure": code, "at": period})
            moved = " moved" if f"{code}@{period}" in drifted else ""
            return format_html(
                '<a class="figure{}" href="{}" hx-get="{}{}" hx-target="#side-pane" data-figure="{}" data-at="{}">{}</a>',
                moved, page, reverse("edition-figure", args=[edition.pk, code]), query, code, period, run.text,
            )  # fmt: skip
        case Typed(reason=reason):
            return format_html('<span class="typed" title="{}">{}</span>', reason or "手写的数字，未注明来源", run.text)
        case Missing(reason=reason):
            return format_html('<mark class="missing" title="{}">{}</mark>', reason, run.text)
        case NoteRef(note=note, office=office):
            return format_html('<span class="note-text" title="{}：{}">{}</span>', office or "叙述段", note, run.text)
    return format_html("{}", run.text)


def gone(own: EditionSection, section: Section | None) -> list[str]:
    """The clauses of a section that were left out because a figure in them is blank or zero, or a fragment is not written."""
    refs = [run.ref for p in section.paragraphs for run in p.runs] if section else []
    said = {ref.indicator for ref in refs if isinstance(ref, FigureRef)} | {f"#{ref.note}" for ref in refs if isinstance(ref, NoteRef)}
    said |= {f"#{name}" for name, row in own.notes.items() if (row.get("text", "") if isinstance(row, dict) else row).strip()}
    found = []
    for raw in own.lines:
        try:
            nodes = parse(line_of(raw).sentence).nodes
        except (SentenceError, KeyError):
            continue
        for node in nodes:
            if isinstance(node, Clause):
                names = {a.code for a in node.nodes if isinstance(a, Slot)}
                names |= {f"#{a.name}" for a in node.nodes if isinstance(a, NoteSlot)}
                if names and not names & said:
                    found.append("、".join(sorted(names)))
    return found


def gone_mark(clauses: list[str]) -> SafeString:
    """The thin mark at the end of a section."""
    if not clauses:
        return mark_safe("")
    return format_html('<span class="gone" title="未写出的分句：{}（没有数据或没有写）"></span>', "；".join(clauses))
