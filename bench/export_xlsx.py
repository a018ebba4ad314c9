"""Export of a ledger to xlsx against XlsxWriter in constant-memory mode writing the same rows, fetched by bare sqlite3."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bulk_rows import patents
from common import COUNTY, Result, Say, best_pair, raw, report, seconds, sizes, start

FETCH = "SELECT {} FROM entities_ipright WHERE county = ? AND kind = 'patent' AND state <> 'void' ORDER BY applied_on DESC, id DESC"


def floor(folder: str, heads: list[str], fields: list[str]) -> float:
    """Seconds of a bare query and XlsxWriter."""
    import xlsxwriter

    def run() -> None:
        with xlsxwriter.Workbook(str(Path(folder) / "floor.xlsx"), {"constant_memory": True}) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, heads)
            for number, row in enumerate(raw().execute(FETCH.format(", ".join(fields)), (COUNTY,)), 1):
                sheet.write_row(number, 0, row)

    return seconds(run)


def ours(folder: str) -> float:
    """Seconds of the program's export of all its columns."""
    from jushi.ledger import registry
    from jushi.ledger.rows import ordered
    from jushi.ledger.sheets.exporting import to_xlsx

    ledger = registry.get("patents")
    rows = ordered(ledger, ledger.queryset().exclude(state="void"), "")
    return seconds(lambda: to_xlsx(ledger, rows, ledger.all_columns, Path(folder) / "ours.xlsx", rights=None))


def check(folder: str, rows: int, heads: list[str]) -> None:
    """The export must hold every row and heading."""
    from python_calamine import CalamineWorkbook

    found = CalamineWorkbook.from_path(str(Path(folder) / "ours.xlsx")).get_sheet_by_index(0).to_python()
    assert len(found) == rows + 1 and found[0] == heads, (len(found), found[0])


def main(say: Say, rows: int) -> None:
    """Fill, export both ways, compare."""
    from jushi.ledger import registry
    from jushi.ledger.sheets.exporting import headings

    patents(rows)
    ledger = registry.get("patents")
    heads = headings(ledger, ledger.all_columns)
    fields = [f.column if (f := c.field_of(ledger.model)) is not None else "NULL" for c in ledger.all_columns]
    with tempfile.TemporaryDirectory() as folder:
        base, mine = best_pair(2, lambda: floor(folder, heads, fields), lambda: ours(folder))
        check(folder, rows, heads)
    say(Result(f"导出 {rows:,} 行 xlsx（{len(heads)} 列）", mine, base, "XlsxWriter constant_memory", aim=0.3))


if __name__ == "__main__":
    for size in sizes(100_000, 100_000, 5_000)[:1]:
        with start():
            main(report, size)
