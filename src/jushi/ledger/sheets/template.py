"""The Excel template of a ledger: headings, an example row, drop-downs, and a sheet that explains every column."""

from __future__ import annotations

import io
from typing import Any

from jushi.ledger.columns import Column, Day, Lookup, Number
from jushi.ledger.declaration import Ledger
from jushi.ledger.sheets.exporting import sheet_name

ROWS = 2000


def template(ledger: Ledger, lookup: Lookup) -> bytes:
    """An .xlsx to fill in; the first sheet is what import expects."""
    import xlsxwriter  # 10 MB, needed only here

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        columns = in_template(ledger)
        sheet = book.add_worksheet(sheet_name(ledger.name))
        lists = book.add_worksheet("选项")
        bold = book.add_format({"bold": True, "bg_color": "#DCE6F4", "border": 1, "text_wrap": True, "valign": "vcenter"})
        must = book.add_format({"bold": True, "bg_color": "#F9E1C8", "border": 1, "text_wrap": True, "valign": "vcenter"})
        day, plain = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "@"})
        for position, column in enumerate(columns):
            label = column.label_for(ledger.model)
            sheet.write(0, position, label + (" *" if column.required else ""), must if column.required else bold)
            form = day if isinstance(column, Day) else None if isinstance(column, Number) else plain
            sheet.set_column(position, position, max(12, min(28, len(label) * 2 + 4)), form)
            _validate(sheet, lists, position, column, lookup)
            if column.help:
                sheet.write_comment(0, position, column.help)
        sheet.freeze_panes(1, 1)
        lists.hide()
        _explain(book, ledger, columns, lookup)
    return out.getvalue()


def in_template(ledger: Ledger) -> list[Column]:
    """Columns of the template, in form order."""
    names = [name for group in ledger.groups for name in group.columns]
    return [ledger.column(name) for name in names if not ledger.column(name).readonly]


def _validate(sheet: Any, lists: Any, position: int, column: Column, lookup: Lookup) -> None:
    import xlsxwriter  # 10 MB, needed only here

    options = column.choices(lookup)
    if options and not column.name.startswith("tags"):
        names = [name for _, name in options][:1000]
        lists.write_column(0, position, names)
        first, last = (
            xlsxwriter.utility.xl_rowcol_to_cell(0, position, True, True),
            xlsxwriter.utility.xl_rowcol_to_cell(len(names) - 1, position, True, True),
        )
        sheet.data_validation(1, position, ROWS, position, {
            "validate": "list", "source": f"=选项!{first}:{last}", "error_title": "请从下拉中选",
            "error_message": "这一列只能填下拉列表中的内容",
        })  # fmt: skip
    elif isinstance(column, Number):
        sheet.data_validation(1, position, ROWS, position, {
            "validate": "decimal", "criteria": ">=", "value": -(10**12) if column.minimum is None else float(column.minimum),
            "error_title": "请填数字", "error_message": f"只填数字{'，单位：' + column.unit if column.unit else ''}",
        })  # fmt: skip


def _explain(book: Any, ledger: Ledger, columns: list[Column], lookup: Lookup) -> None:
    sheet = book.add_worksheet("填写说明")
    bold = book.add_format({"bold": True})
    sheet.write_row(0, 0, ("列名", "必填", "怎么填", "例"), bold)
    for number, column in enumerate(columns, 1):
        options = column.choices(lookup)
        how = column.help or ("、".join(name for _, name in options[:20]) if options else "日期，如 2015-03-12" if isinstance(column, Day) else "")
        sheet.write_row(number, 0, (column.label_for(ledger.model), "是" if column.required else "", how, column.example))
    keys = "、".join(ledger.column(n).label_for(ledger.model) for n in ledger.key)
    sheet.write(len(columns) + 2, 0, f"同一条记录按“{keys}”识别：再次导入时，已有的会更新，不会重复。")
    sheet.set_column(0, 0, 22)
    sheet.set_column(2, 2, 60)
