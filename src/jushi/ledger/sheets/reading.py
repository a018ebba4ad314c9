"""Reading a sheet that somebody sends: bounded in size and type, formulas refused, nothing executed.

Returns plain values; what a heading means is decided in :mod:`jushi.ledger.sheets.mapping`.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    ZipError,
)

MOST_ROWS = 200_000
MOST_COLUMNS = 300
MOST_BYTES = 50 * 1024 * 1024
MOST_UNPACKED = 600 * 1024 * 1024
FORMULA = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"[^>]*>(?:(?!</c>).)*?<f[ >/]', re.DOTALL)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class UnreadableSheetError(ValueError):
    """The file is not taken; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as values: ``rows`` from the top of the file, and where formulas stand ({(row, column)}, both from 0)."""

    name: str
    rows: Sequence[Sequence[Any]]
    names: tuple[str, ...] = ()
    formulas: frozenset[tuple[int, int]] = field(default_factory=frozenset)


def read_sheet(data: bytes, file_name: str = "", sheet: str = "") -> Sheet:
    """Read an .xlsx, .xls, .ods or .csv file, or text pasted from Excel. Raises :class:`UnreadableSheetError`."""
    if len(data) > MOST_BYTES:
        raise UnreadableSheetError(f"文件超过 {MOST_BYTES >> 20} MB，请拆成几个文件分别导入")
    if not data.strip():
        raise UnreadableSheetError("文件是空的")
    if data[:2] == b"PK":
        return _read_workbook(data, sheet, _examine_zip(data))
    if data.startswith(OLE):
        return _read_workbook(data, sheet, None)
    is_utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if data[:2] == b"MZ" or (b"\x00" in data[:4096] and not is_utf16):
        raise UnreadableSheetError("这不是表格文件（可能改过扩展名），请用 Excel 另存为 .xlsx 后导入")
    return _read_text(data)


def _examine_zip(data: bytes) -> zipfile.ZipFile:
    """Refuse bombs and macros before anything is unpacked."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except zipfile.BadZipFile as error:
        raise UnreadableSheetError("文件已损坏，请用 Excel 打开后另存为 .xlsx 再导入") from error
    if sum(e.file_size for e in entries) > MOST_UNPACKED or len(entries) > 5000:
        raise UnreadableSheetError("文件解开后过大，不像正常的表格；请只保留要导入的工作表另存后再试")
    names = {e.filename for e in entries}
    if any(name.endswith("vbaProject.bin") for name in names):
        raise UnreadableSheetError("文件带有宏，不能导入；请另存为不带宏的 .xlsx")
    if not names & {"xl/workbook.xml", "content.xml", "xl/workbook.bin"}:
        raise UnreadableSheetError("压缩包里没有工作表；请选择 .xlsx 文件本身")
    return archive


def _read_workbook(data: bytes, wanted: str, archive: zipfile.ZipFile | None) -> Sheet:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = tuple(book.sheet_names)
        found = _pick(book, names, wanted)
        name = found.name
        _bound(found.total_height, found.total_width)
        rows = found.to_python(skip_empty_area=False)
    except PasswordError as error:
        raise UnreadableSheetError("文件有打开密码，请去掉密码后再导入") from error
    except (CalamineError, ZipError, OSError, ValueError) as error:
        if isinstance(error, UnreadableSheetError):
            raise
        raise UnreadableSheetError("表格读不出来，请用 Excel 打开后另存为 .xlsx 再导入") from error
    formulas = _formulas(archive, names.index(name)) if archive is not None else frozenset()
    return Sheet(name, rows, names, formulas)


def _pick(book: CalamineWorkbook, names: Sequence[str], wanted: str) -> CalamineSheet:
    """The sheet asked for, else the first visible one that holds anything."""
    if wanted in names:
        return book.get_sheet_by_name(wanted)
    shown = [m.name for m in book.sheets_metadata if m.visible == SheetVisibleEnum.Visible and m.typ == SheetTypeEnum.WorkSheet]
    if not shown:
        raise UnreadableSheetError("文件里没有工作表")
    for name in shown:
        found = book.get_sheet_by_name(name)
        if found.height > 0:
            return found
    raise UnreadableSheetError("工作表都是空的")


def _bound(height: int, width: int) -> None:
    if width > MOST_COLUMNS:
        raise UnreadableSheetError(f"表格有 {width} 列，超过 {MOST_COLUMNS} 列；请删去右侧多余的列后再导入")
    if height > MOST_ROWS:
        raise UnreadableSheetError(f"表格有 {height} 行，一次最多 {MOST_ROWS} 行，请拆成几个文件")


def _formulas(archive: zipfile.ZipFile, index: int) -> frozenset[tuple[int, int]]:
    """Cells that hold formulas: their results may be stale or missing, so they are shown as errors, never computed."""
    path = f"xl/worksheets/sheet{index + 1}.xml"
    try:
        xml = archive.read(path)
    except KeyError:
        return frozenset()
    if b"<f" not in xml:  # one look through several MB; what else begins so is told apart below
        return frozenset()
    return frozenset((int(m[2]) - 1, _column(m[1].decode())) for m in FORMULA.finditer(xml))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _read_text(data: bytes) -> Sheet:
    text = decode(data)
    first = text.split("\n", 1)[0]
    mark = "\t" if first.count("\t") >= first.count(",") and "\t" in first else ","
    if mark == "," and first.count(",") == 0 and "，" in first:
        raise UnreadableSheetError("逗号须为英文逗号；建议直接用 Excel 文件导入")
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=mark))
    except csv.Error as error:
        raise UnreadableSheetError("文本格式有误，请改用 Excel 文件导入") from error
    _bound(len(rows), max((len(row) for row in rows), default=0))
    return Sheet("粘贴内容" if mark == "\t" else "csv", rows)


def decode(data: bytes) -> str:
    """Text in UTF-8, UTF-16 or GB18030 (GB 18030—2022), line ends normalised."""
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "gb18030", "gb18030"):
        try:
            return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise UnreadableSheetError("认不出文字编码，请用 Excel 打开后另存为 .xlsx 再导入")
