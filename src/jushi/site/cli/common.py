"""What the commands share: arguments, scope, tables."""

from __future__ import annotations

import argparse
import csv
import io
import os
import sys
import unicodedata
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NoReturn


class UsageError(Exception):
    """Bad usage or unreadable input: one clear line, exit code 2."""


class Parser(argparse.ArgumentParser):
    """argparse that reports mistakes in one Chinese line."""

    def error(self, message: str) -> NoReturn:
        """Raise instead of exiting."""
        known = {"the following arguments are required: ": "缺少参数：", "unrecognized arguments: ": "不认识的参数：",
                 "expected one argument": "后面要跟一个值", "invalid choice: ": "不能填 "}  # fmt: skip
        for english, chinese in known.items():
            message = message.replace(english, chinese)
        raise UsageError(f"{message}（用 {self.prog} --help 查看用法）")


def where(parser: argparse.ArgumentParser) -> None:
    """Add ``--org`` and ``--period``."""
    parser.add_argument("--org", required=True, metavar="AREA", help="地区：6 或 12 位代码，或不重名的名称")
    parser.add_argument("--period", required=True, metavar="P", help="2015、2015H1、2015Q3、2015-11、2015-01..11、@2015-11-30")


def area_and_period(org: str, period: str) -> tuple[Any, Any]:
    """The area and period named on the command line; UsageError says what is wrong."""
    from jushi.indicators.evaluate import area_named
    from jushi.kernel.periods import PeriodError, parse

    try:
        return area_named(org), parse(period)
    except (LookupError, PeriodError) as error:
        raise UsageError(str(error)) from error


def scope_over(area: Any) -> AbstractContextManager[Any]:
    """The scope of a command over an area: its county, or every county inside it."""
    from jushi.kernel import scope
    from jushi.kernel.models import Area

    if area.county:
        return scope.use(scope.of_counties([area.county], "命令行"))
    low, high = area.bounds()
    counties = Area.objects.filter(rank="county", code__gte=low, code__lte=high).values_list("code", flat=True)
    return scope.use(scope.of_counties([code[:6] for code in counties], "命令行"))


def bureau_of(area: Any) -> Any:
    """The bureau of the area's county; UsageError when there is none."""
    from jushi.kernel.models import Bureau

    found = Bureau.objects.select_related("area").filter(county=area.county).first() if area.county else None
    if found is None:
        raise UsageError(f"{area.name}没有建局，请先用 jushi serve 完成首次设置，或装载演示数据（jushi demo）")
    return found


def table(head: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> str:
    """A plain text table, aligned for double-width characters."""
    widths = [max(width(r[i]) for r in [head, *rows]) for i in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        out = []
        for i, cell in enumerate(cells):
            gap = " " * (widths[i] - width(cell))
            out.append(gap + cell if i in right else cell + gap)
        return "  ".join(out).rstrip()

    return "\n".join([line(head), "  ".join("-" * w for w in widths), *map(line, rows)])


def width(text: str) -> int:
    """Columns on a terminal."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def emit_csv(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """CSV text with a header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([head, *rows])
    return out.getvalue().rstrip("\n")


def emit_xlsx(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """A one-sheet workbook; text is never taken for a formula."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, head, book.add_format({"bold": True}))
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, row)
        sheet.freeze_panes(1, 0)
    return out.getvalue()


def put(content: str | bytes, path: str | None) -> None:
    """Write to a file, or to standard output."""
    if path and path != "-":
        target = Path(path)
        draft = target.with_name(f".{target.name}.{os.getpid()}")
        draft.write_bytes(content.encode() if isinstance(content, str) else content)
        os.replace(draft, target)  # never half a document under its name
    elif isinstance(content, bytes):
        sys.stdout.buffer.write(content)
    else:
        print(content)
