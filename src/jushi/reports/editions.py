"""Editions: 建稿 → 各股室补充 → 统稿 → 校核 → 分管 → 局长签发 → 冻结归档; frozen values and how they drift."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from jushi.compose import Composition, Missing, Note
from jushi.compose.render.json import data as composition_data
from jushi.compose.render.json import load as composition_load
from jushi.indicators.evaluate import behind, measure
from jushi.indicators.values import Behind, RowBehind, Value
from jushi.kernel import oplog
from jushi.kernel.models import Area, Bureau, Office, User
from jushi.kernel.periods import Period, parse
from jushi.ledger.store import RefusedError
from jushi.reports.compiling import Compiled, Job, compile_document, fill, variables
from jushi.reports.models import STEPS, Edition, EditionSection, FrozenFigure
from jushi.reports.outline import Outline, find_template, line_of, sections_of
from jushi.reports.sentences import check_line


def draft_job(bureau: Bureau, area: Area, period: Period, template: str = "") -> Job:
    """What ``jushi compile`` compiles: the edition of that area, period and template if there is one, else the bare template."""
    found = find_template(template, bureau.county, period.kind, bureau.settings.get("templates", {}).get(period.kind, ""))
    edition = Edition.objects.filter(county=bureau.county, area=area, period=period.code, template=found.code).first()
    if edition is not None:
        return job_of(edition, bureau)
    return Job(bureau, area, period, found.title, found.name, sections_of(found))


def job_of(edition: Edition, bureau: Bureau) -> Job:
    """The job of compiling an edition as it now stands."""
    sections = list(edition.sections.select_related("office").order_by("position"))
    outline = [Outline(s.key, s.level, s.title, s.office.code if s.office else "", tuple(line_of(x) for x in s.lines), s.run_in) for s in sections]
    notes = {s.key: {name: _note(s, row) for name, row in s.notes.items()} for s in sections}
    found = find_template(edition.template, bureau.county, "")
    return Job(bureau, edition.area, period_of(edition), edition.title, found.name, outline, notes, edition.dated)


def _note(section: EditionSection, row: Any) -> Note:
    office = section.office.name if section.office else ""
    return Note(row["text"], office, row.get("reason", "")) if isinstance(row, dict) else Note(str(row), office)


def period_of(edition: Edition) -> Period:
    """The edition's period, cut off where the edition is."""
    period = parse(edition.period)
    return period if edition.cutoff >= period.end else period.until(edition.cutoff)


def create(
    bureau: Bureau,
    area: Area,
    period: Period,
    *,
    template: str = "",
    user: User | None = None,
    cutoff: date | None = None,
) -> Edition:
    """A new edition with a copy of the template's sections; refuses a second one of the same template and period."""
    found = find_template(template, bureau.county, period.kind, bureau.settings.get("templates", {}).get(period.kind, ""))
    if Edition.objects.filter(county=bureau.county, area=area, period=period.code, template=found.code).exists():
        raise RefusedError({"": f"{period.name}的《{found.name}》已经建稿，请打开原稿"})
    offices = {o.code: o for o in Office.objects.filter(county=bureau.county)}
    edition = Edition(
        county=bureau.county, template=found.code, title=fill(found.title, variables(bureau, area, period)), area=area,
        period=period.code, cutoff=cutoff or period.end, created_by=user,
    )  # fmt: skip
    with oplog.operation("建稿", county=bureau.county):
        edition.save()
        for position, (row, outline) in enumerate(zip(found.outline, sections_of(found), strict=True)):
            EditionSection(
                county=bureau.county, edition=edition, position=position, key=outline.key, level=outline.level,
                title=outline.title, office=offices.get(outline.office), run_in=outline.run_in, lines=row.get("lines", []),
            ).save()  # fmt: skip
    return edition


def write_section(section: EditionSection, *, version: int, notes: Mapping[str, Any] | None = None, **changes: Any) -> EditionSection:
    """Save an office's fragments or edited sentences; refuses when frozen, broken, or saved by another meanwhile."""
    if section.edition.step == "frozen":
        raise RefusedError({"": "文稿已冻结归档，不能再改；如数据有误请走更正并另行建稿"})
    for number, line in enumerate(changes.get("lines", ()), 1):
        problem = check_line(line).problem
        if problem:
            raise RefusedError({"lines": f"第 {number} 句：{problem}"})
    section.version = version
    if notes is not None:
        section.notes = dict(notes)
    for name, value in changes.items():
        setattr(section, name, value)
    with oplog.operation("编写章节", county=section.county):
        section.save()
    return section


def advance(edition: Edition, to: str, *, user: User | None, reason: str = "") -> Edition:
    """Take the edition one step on, or back with a reason."""
    order = [code for code, _ in STEPS]
    now, wanted = order.index(edition.step), order.index(to)
    if edition.step == "frozen":
        raise RefusedError({"": "文稿已冻结归档"})
    if wanted > now + 1:
        raise RefusedError({"": f"下一步是“{STEPS[now + 1][1]}”"})
    if wanted < now and not reason.strip():
        raise RefusedError({"reason": "退回须写明原因"})
    if to == "frozen":
        return freeze(edition, user=user)
    with oplog.operation("文稿：" + dict(STEPS)[to], county=edition.county, reason=reason):
        edition.step = to
        edition.save()
    return edition


def compile_edition(edition: Edition) -> Compiled:
    """Compile an edition as it now stands."""
    bureau = Bureau.objects.select_related("area").get(county=edition.county)
    return compile_document(job_of(edition, bureau))


def shown(edition: Edition) -> Composition:
    """The text to show: the frozen one once signed, else compiled now."""
    if edition.frozen is not None:
        return composition_load(edition.frozen)
    return compile_edition(edition).composition


def blocking(composition: Composition) -> list[str]:
    """Why the document may not be signed yet: gaps that are not numbers or texts yet."""
    return [f"{run.text}：{run.ref.reason}" for run in composition.runs() if isinstance(run.ref, Missing)]


def freeze(edition: Edition, *, user: User | None) -> Edition:
    """Sign: keep the text, every value, and the ids and digest of the records behind it. All or nothing."""
    compiled = compile_edition(edition)
    gaps = blocking(compiled.composition)
    if gaps:
        raise RefusedError({"": f"还有 {len(gaps)} 处空缺不能签发：" + "；".join(gaps[:5])})
    with oplog.operation("签发冻结", county=edition.county):
        for position, ((code, own), value) in enumerate(compiled.values.items()):
            found = behind(code, edition.area, value.period)
            rows = all_rows(found)
            FrozenFigure(
                county=edition.county, edition=edition, position=position, code=code, period=own,
                value="" if value.value is None else format(value.value, "f"), rows=value.rows,
                definition=value.indicator.version, record_ids=[[r.ledger, str(r.id), format(r.quantity, "f")] for r in rows],
                digest=digest(rows),
            ).save()  # fmt: skip
        edition.frozen = composition_data(compiled.composition)
        edition.step, edition.signed_by, edition.frozen_at = "frozen", user, timezone.now()
        edition.save()
    return edition


def all_rows(found: Behind) -> list[RowBehind]:
    """The records behind a figure, those of its parts included."""
    return [*found.rows, *(row for part in found.parts for row in all_rows(part))]


def digest(rows: list[RowBehind]) -> str:
    """SHA-256 over ids and quantities, in a fixed order."""
    lines = sorted(f"{r.ledger}|{r.id}|{r.quantity.normalize():f}" for r in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Drift:
    """A frozen figure whose records say something else now: 原 and 现, and which records came, went or changed."""

    figure: FrozenFigure
    now: Value
    came: tuple[RowBehind, ...]
    gone: tuple[tuple[str, str, str], ...]
    changed: tuple[RowBehind, ...]

    @property
    def before(self) -> Decimal | None:
        """The value at signing."""
        return Decimal(self.figure.value) if self.figure.value else None

    @property
    def difference(self) -> Decimal | None:
        """Now minus then."""
        return None if self.before is None or self.now.value is None else self.now.value - self.before


def drift(edition: Edition) -> list[Drift]:
    """Where the records have moved away from a frozen edition. Ids and quantities are compared, not values alone: two changes may cancel out."""
    figures = list(FrozenFigure.objects.filter(county=edition.county, edition=edition).order_by("position"))
    base, moved = period_of(edition), []
    by_period: dict[str, list[FrozenFigure]] = {}
    for figure in figures:
        by_period.setdefault(figure.period, []).append(figure)
    for code, members in by_period.items():
        period = parse(code) if code else base
        values = measure([f.code for f in members], edition.area, period)
        for figure in members:
            now = values[figure.code]
            rows = all_rows(behind(figure.code, edition.area, period))
            if digest(rows) != figure.digest:
                moved.append(_compare(figure, now, rows))
    return moved


def drift_of(edition: Edition, figure: FrozenFigure) -> Drift | None:
    """How one frozen figure has moved; None when its records are what they were."""
    period = parse(figure.period) if figure.period else period_of(edition)
    found = behind(figure.code, edition.area, period)
    rows = all_rows(found)
    return None if digest(rows) == figure.digest else _compare(figure, found.value, rows)


def _compare(figure: FrozenFigure, now: Value, rows: list[RowBehind]) -> Drift:
    old = {(ledger, pk): quantity for ledger, pk, quantity in figure.record_ids}
    new = {(r.ledger, str(r.id)): r for r in rows}
    came = tuple(r for key, r in new.items() if key not in old)
    gone = tuple((ledger, pk, quantity) for (ledger, pk), quantity in old.items() if (ledger, pk) not in new)
    changed = tuple(r for key, r in new.items() if key in old and Decimal(old[key]) != r.quantity)
    return Drift(figure, now, came, gone, changed)
