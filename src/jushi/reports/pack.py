"""The evidence pack: the document, a workbook of every figure with its records, and the files that prove them — one zip.

A record that the account may not open is counted in the workbook but neither named nor accompanied by its files.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import IO, Any

from jushi.compose import Composition, FigureRef, render
from jushi.indicators.evaluate import behind
from jushi.indicators.wording import query_words
from jushi.kernel import evidence
from jushi.kernel.models import Evidence
from jushi.kernel.periods import Period, parse
from jushi.kernel.roles import Rights
from jushi.ledger import registry
from jushi.reports.causes import VEILED, Named, named
from jushi.reports.editions import all_rows, compile_edition, period_of, shown
from jushi.reports.models import Edition, FrozenFigure

OVERVIEW = ("序号", "指标", "代码", "文中写法", "数值", "单位", "期间", "记录数", "可查看", "口径", "取数")
ROWS = ("序号", "指标", "期间", "台账", "记录编号", "名称", "状态", "数量", "佐证文件")


@dataclass(frozen=True, slots=True)
class Cited:
    """A figure of the document and what it was counted from: (ledger, id, quantity)."""

    code: str
    period: Period
    value: Decimal | None
    records: tuple[tuple[str, str, Decimal], ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attached:
    """An evidence file and where it lies in the zip."""

    row: Evidence
    path: str


def cited(edition: Edition, composition: Composition) -> list[Cited]:
    """Every figure of an edition in order: as frozen, or as the ledgers have it now."""
    texts: dict[tuple[str, str], list[str]] = {}
    for run in composition.runs():
        if isinstance(run.ref, FigureRef):
            texts.setdefault((run.ref.indicator, run.ref.period), []).append(run.text)
    base = period_of(edition)
    if edition.step == "frozen":
        rows = FrozenFigure.objects.filter(county=edition.county, edition=edition).order_by("position")
        return [
            Cited(f.code, parse(f.period) if f.period else base, Decimal(f.value) if f.value else None,
                  tuple((ledger, pk, Decimal(quantity)) for ledger, pk, quantity in f.record_ids),
                  tuple(texts.get((f.code, f.period), ())))
            for f in rows
        ]  # fmt: skip
    found = []
    for (code, own), value in compile_edition(edition).values.items():
        records = all_rows(behind(code, edition.area, value.period))
        found.append(
            Cited(code, value.period, value.value, tuple((r.ledger, str(r.id), r.quantity) for r in records),
                  tuple(texts.get((code, own), ())))
        )  # fmt: skip
    return found


def write_pack(edition: Edition, rights: Rights, target: IO[bytes]) -> None:
    """Write the zip into ``target``; raises :class:`~jushi.compose.ComposeError` when the document cannot be rendered."""
    composition = shown(edition)
    figures = cited(edition, composition)
    names = named({(ledger, pk) for f in figures for ledger, pk, _ in f.records}, rights)
    files = _files(edition, [(key, about) for key, about in names.items() if about.link])
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        document = render(composition, "docx")
        archive.writestr(f"{_safe(edition.title)}.docx", document.content)
        archive.writestr("数字与记录.xlsx", workbook(edition, figures, names, files))
        for path, row in {a.path: a.row for attached in files.values() for a in attached}.items():
            archive.writestr(path, evidence.stripped(row.blob))


def _files(edition: Edition, known: list[tuple[tuple[str, str], Named]]) -> dict[str, list[Attached]]:
    """Record id → its files, each under the ledger and the record; the path is unique by the file's own id."""
    about = {pk: (ledger, name) for (ledger, pk), name in known}
    found: dict[str, list[Attached]] = {}
    ids = sorted(about)
    for start in range(0, len(ids), 500):
        rows = Evidence.objects.filter(county=edition.county, record_id__in=ids[start : start + 500])
        for row in rows.select_related("blob").order_by("added_at"):
            ledger, name = about[str(row.record_id)]
            own = registry.find(ledger)
            folder = f"佐证/{_safe(own.name if own else ledger)}/{_safe(name.serial or name.title)}"
            path = f"{folder}/{row.pk.hex[-6:]}_{evidence.clean_name(row.name)}"
            found.setdefault(str(row.record_id), []).append(Attached(row, path))
    return found


def _safe(text: str) -> str:
    """A name for a folder on any system."""
    return "".join("_" if c in '\\/:*?"<>|' or not c.isprintable() else c for c in text).strip(" .")[:60] or "未命名"


def workbook(edition: Edition, figures: Iterable[Cited], names: dict[tuple[str, str], Named], files: dict[str, list[Attached]]) -> bytes:
    """Two sheets: every figure on a line, and every record of every figure on a line, tied by the running number."""
    import xlsxwriter  # 10 MB, needed only here

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        overview, rows = book.add_worksheet("指标一览"), book.add_worksheet("记录")
        overview.write_row(0, 0, [f"{edition.title}　数据截至 {edition.cutoff}"], bold)
        overview.write_row(1, 0, OVERVIEW, bold)
        rows.write_row(0, 0, ROWS, bold)
        line = 1
        for number, figure in enumerate(figures, 1):
            overview.write_row(number + 1, 0, _overview(number, figure, names))
            for record in figure.records:
                rows.write_row(line, 0, _record(number, figure, record, names, files))
                line += 1
        for sheet, top, widths in (
            (overview, 2, (6, 28, 26, 26, 10, 8, 16, 8, 8, 40, 60)),
            (rows, 1, (6, 28, 16, 18, 18, 36, 8, 10, 60)),
        ):
            sheet.freeze_panes(top, 2)
            for column, width in enumerate(widths):
                sheet.set_column(column, column, width)
        rows.autofilter(0, 0, max(line - 1, 1), len(ROWS) - 1)
    return out.getvalue()


def _overview(number: int, figure: Cited, names: dict[tuple[str, str], Named]) -> list[Any]:
    ledger, indicator = registry.indicator(figure.code)
    seen = sum(1 for code, pk, _ in figure.records if names[code, pk].title != VEILED)
    value = "" if figure.value is None else float(figure.value)
    return [
        number, indicator.name, figure.code, "、".join(dict.fromkeys(figure.texts)), value, indicator.unit, figure.period.name,
        len(figure.records), seen, indicator.words, query_words(ledger, indicator, figure.period),
    ]  # fmt: skip


def _record(
    number: int,
    figure: Cited,
    record: tuple[str, str, Decimal],
    names: dict[tuple[str, str], Named],
    files: dict[str, list[Attached]],
) -> list[Any]:
    code, pk, quantity = record
    about, own = names[code, pk], registry.find(code)
    indicator = registry.indicator(figure.code)[1]
    return [
        number, indicator.name, figure.period.name, own.name if own else "", about.serial, about.title, about.state,
        float(quantity), "；".join(a.path for a in files.get(pk, ())),
    ]  # fmt: skip


def file_name(edition: Edition, ending: str, today: date) -> str:
    """What a download is called: title and, while unsigned, the day of the draft."""
    draft = "" if edition.step == "frozen" else f"（{today:%m%d}稿）"
    return f"{_safe(edition.title)}{draft}.{ending}"


__all__ = ["Cited", "cited", "file_name", "workbook", "write_pack"]
