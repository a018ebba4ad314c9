"""Import of a 20,000-row workbook against the floor: python-calamine + sqlite3.executemany in the same run."""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path

from common import CPU, QUICK, Result, Say, best_pair, bureau, clock, raw, report, start

ROWS = 2_000 if QUICK in sys.argv else 20_000
HEAD = ("申请号 *", "专利名称", "类型", "申请日", "授权公告日", "发明（设计）人", "代理机构", "费用（元）", "共同权利人", "备注")


def workbook(path: Path) -> None:
    """20,000 patents with valid numbers."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, HEAD)
    for n in range(ROWS):
        applied = date(2015, 1, 1) + timedelta(days=n % 330)
        row = (number(n), f"一种第{n}号温室通风装置", ("发明", "实用新型", "外观设计")[n % 3])
        sheet.write_row(n + 1, 0, row)
        sheet.write_datetime(n + 1, 3, applied, day)  # type: ignore[arg-type]
        sheet.write_row(n + 1, 5, (f"张{n % 97}、李{n % 89}", f"代理{n % 7}", 500 + n % 300, "", f"第{n}行"))
    book.close()


def number(n: int) -> str:
    """A patent application number with its check digit (ZC 0006—2003)."""
    digits = f"2015{1 + n % 3}{n:07d}"
    rest = sum(int(d) * w for d, w in zip(digits, (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5), strict=True)) % 11
    return f"{digits}.{'X' if rest == 10 else rest}"


def floor(path: Path) -> float:
    """Seconds of calamine + one executemany, nothing else."""
    from python_calamine import CalamineWorkbook

    begun = clock()
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    with tempfile.TemporaryDirectory() as folder:
        base = sqlite3.connect(Path(folder) / "floor.sqlite3")
        base.execute("PRAGMA journal_mode=WAL")
        base.execute("CREATE TABLE t (a, b, c, d, e, f, g, h, i, j)")
        base.executemany("INSERT INTO t VALUES (?,?,?,?,?,?,?,?,?,?)", [[str(c) for c in row] for row in rows])
        base.commit()
        base.close()
    return clock() - begun


def ours(path: Path) -> float:
    """Seconds of read, map, check, preview and atomic write with change log and search index, committed; undone afterwards."""
    from jushi.ledger import registry
    from jushi.ledger.sheets.mapping import find_header, guess
    from jushi.ledger.sheets.plan import plan
    from jushi.ledger.sheets.reading import read_sheet
    from jushi.ledger.sheets.writing import carry_out
    from jushi.ledger.store import author_for

    ledger = registry.get("patents")
    author = author_for(ledger, bureau())
    with kept():
        begun = clock()
        sheet = read_sheet(path.read_bytes(), path.name)
        header = find_header(ledger, sheet.rows)
        planned = plan(ledger, sheet, header, guess(ledger, sheet.rows[header]), author)
        counts = carry_out(planned, author)
        spent = clock() - begun
        assert counts["new"] == ROWS, counts
    return spent


@contextmanager
def kept() -> Iterator[None]:
    """Puts the whole database back as it was: the program itself cannot take its change log back."""
    with closing(sqlite3.connect(":memory:")) as copy:
        raw().backup(copy)
        yield
        copy.backup(raw())


def main(say: Say) -> None:
    """Measure both and report the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "patents.xlsx"
        workbook(path)
        base, mine = best_pair(9 if CPU in sys.argv else 3, lambda: floor(path), lambda: ours(path))
    say(Result(f"导入 {ROWS:,} 行 xlsx（校验、预览、日志、检索）", mine, base, "calamine + executemany", aim=5.0))


if __name__ == "__main__":
    with start():
        main(report)
