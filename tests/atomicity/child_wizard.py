"""Imports one workbook after another as the import page does, until it is killed."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import django

django.setup()

import xlsxwriter  # noqa: E402

from jushi.kernel import scope  # noqa: E402
from jushi.kernel.models import Bureau  # noqa: E402
from jushi.ledger import registry  # noqa: E402
from jushi.ledger.sheets import batches  # noqa: E402
from jushi.ledger.store import author_for  # noqa: E402
from jushi.site.demo.world import demo_scope  # noqa: E402

ROWS = 200


def number(n: int) -> str:
    """A patent number whose check digit is right."""
    body = f"20151{n:07d}"
    rest = sum(int(d) * w for d, w in zip(body, (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5), strict=True)) % 11
    return f"{body}.{'X' if rest == 10 else rest}"


def workbook(first: int) -> bytes:
    """ROWS new patents."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("申请号", "专利名称", "类型", "申请日"))
        for n in range(ROWS):
            sheet.write_row(n + 1, 0, (number(first + n), f"一种装置{first + n}", "发明", "2015-03-12"))
    return out.getvalue()


def main(progress: Path) -> None:
    """Import for ever; ``progress`` appears when the first import is about to be confirmed."""
    with scope.use(demo_scope("990102")):
        ledger = registry.get("patents")
        author = author_for(ledger, Bureau.objects.get(county="990102"))
        turn = ledger.queryset().count()
        while True:
            batch = batches.begin(ledger, workbook(turn), "专利.xlsx", "990102", None)
            progress.touch()
            batches.confirm(batch, author, state="confirmed")
            turn += ROWS


if __name__ == "__main__":
    main(Path(sys.argv[1]))
