"""Compile a document: sections of a template or edition + figures + fragments → a composition whose every number has its records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from jushi.compose import (
    Composition,
    FigureRef,
    Note,
    Paragraph,
    Run,
    Section,
    Sentence,
    bind,
    codes,
    number,
    paragraph,
    parse,
    split,
)
from jushi.indicators.values import Value
from jushi.kernel.models import Area, Bureau, Office
from jushi.kernel.periods import Period
from jushi.reports.gathering import Gathered, gather
from jushi.reports.outline import Line, Outline


@dataclass(frozen=True, slots=True)
class Job:
    """What to compile: who, when, which outline, and the fragments written so far (section key → name → note)."""

    bureau: Bureau
    area: Area
    period: Period
    title: str
    template: str
    outline: Sequence[Outline]
    notes: Mapping[str, Mapping[str, Note]] = field(default_factory=dict)
    dated: date | None = None


@dataclass(frozen=True, slots=True)
class Compiled:
    """The composition, and every value it quotes by (code, period)."""

    composition: Composition
    values: Mapping[tuple[str, str], Value]


def compile_document(job: Job) -> Compiled:
    """Parse every sentence, evaluate all figures in a few scans per cut-off, bind, number. Raises SentenceError for a bad sentence."""
    parsed: dict[tuple[str, int], Sentence] = {}
    by_period: dict[Period, list[Sentence]] = defaultdict(list)
    for section in job.outline:
        for position, line in enumerate(section.lines):
            sentence = parse(line.sentence)
            parsed[section.key, position] = sentence
            by_period[period_of(job.period, line)].append(sentence)
    gathered = {period: gather(codes(*sentences), job.area, period) for period, sentences in by_period.items()}
    offices = office_names(job.bureau.county)
    sections = [_section(job, section, parsed, gathered, offices) for section in job.outline]
    values = {
        (code, period.code if period != job.period else ""): value
        for period, found in gathered.items() for code, value in found.values.items()
    }  # fmt: skip
    composition = Composition(
        title=fill(job.title, variables(job.bureau, job.area, job.period)), area=job.area.digits, period=job.period.code,
        sections=number(sections, drop_empty=True), area_name=job.area.name, issuer=job.bureau.name,
        cutoff=job.period.end.isoformat(), template=job.template, date=job.dated,
    )  # fmt: skip
    return Compiled(composition, values)


def period_of(period: Period, line: Line) -> Period:
    """The period of a line: the document's, or January to the month of ``until`` of its year."""
    if not line.until:
        return period
    month, day = (int(x) for x in line.until.split("-"))
    end = date(period.year, month, day)
    return Period("months", period.start, end, f"{period.year}-{period.start.month:02d}..{month:02d}")


def _section(
    job: Job,
    section: Outline,
    parsed: Mapping[tuple[str, int], Sentence],
    gathered: Mapping[Period, Gathered],
    offices: Mapping[str, str],
) -> Section:
    paragraphs: list[Paragraph] = []
    for position, line in enumerate(section.lines):
        period = period_of(job.period, line)
        known = variables(job.bureau, job.area, period)
        runs = bind(parsed[section.key, position], gathered[period].figures, job.notes.get(section.key, {}), known)
        if period != job.period:
            runs = [dated(run, period) for run in runs]
        style: Any = line.style or ("run_in" if section.run_in else "body")
        paragraphs += [p for piece in split(runs) if (p := paragraph(piece, style))]
    title = fill(section.title, variables(job.bureau, job.area, job.period))
    return Section(section.level, title, tuple(paragraphs), offices.get(section.office, section.office), key=section.key)


def dated(run: Run, period: Period) -> Run:
    """A run whose figure says that it was cut off at another date than the document."""
    return replace(run, ref=replace(run.ref, period=period.code)) if isinstance(run.ref, FigureRef) else run


def variables(bureau: Bureau, area: Area, period: Period) -> dict[str, str]:
    """What ``{$name}`` may say."""
    short = area.name[-1:] if area.name else "县"
    rank = {"区": "区", "市": "市", "旗": "旗"}.get(short, "县")
    end = f"{period.end.month}月{period.end.day}日"
    half = period.kind == "half"
    return {
        "年": f"{period.year}年", "下年": f"{period.year + 1}年", "上年": f"{period.year - 1}年", "期间": period.name,
        "月份": f"{period.start.month}—{period.end.month}月份", "截至": f"{period.year}年{end}", "截至日": end,
        "下期": f"{period.year}年下半年" if half and period.start.month == 1 else f"{period.year + 1}年",
        "本期": "上半年" if half and period.start.month == 1 else "全年", "全称": bureau.name, "简称": bureau.short_name,
        "地区": area.name, "级": rank, "全域": f"全{rank}", "我域": f"我{rank}",
    }  # fmt: skip


def fill(text: str, known: Mapping[str, str]) -> str:
    """Variables in a title."""
    return "".join(run.text for run in bind(parse(text), {}, {}, known)) if "{" in text else text


def office_names(county: str) -> dict[str, str]:
    """Office code → name of a bureau."""
    return dict(Office.objects.filter(county=county).values_list("code", "name"))


def lines_of(sections: Iterable[Outline]) -> int:
    """How many sentences an outline has."""
    return sum(len(section.lines) for section in sections)
