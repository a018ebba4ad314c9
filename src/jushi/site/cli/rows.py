"""``jushi rows``: the records behind one figure."""

from __future__ import annotations

import json
from typing import Any

from jushi.indicators.evaluate import UnknownIndicatorError, behind
from jushi.indicators.values import Behind, RowBehind
from jushi.site.cli.common import (
    Parser,
    UsageError,
    area_and_period,
    emit_csv,
    emit_xlsx,
    put,
    scope_over,
    table,
    where,
)

HEAD = ("台账", "编号", "名称", "日期", "区划", "数量")


def main(argv: list[str]) -> int:
    """Print exactly the records that a figure counts."""
    parser = Parser(prog="jushi rows", description="一个指标背后的记录")
    parser.add_argument("code", metavar="CODE", help="指标代码")
    where(parser)
    parser.add_argument("--format", choices=("table", "json", "csv", "xlsx"), default="table")
    parser.add_argument("-o", "--output", metavar="FILE")
    args = parser.parse_args(argv)
    area, period = area_and_period(args.org, args.period)
    with scope_over(area):
        try:
            found = behind(args.code, area, period)
        except UnknownIndicatorError as error:
            raise UsageError(str(error)) from error
    put(_render(found, args.format), args.output)
    return 0


def _render(found: Behind, kind: str) -> str | bytes:
    if kind == "json":
        return json.dumps(as_json(found), ensure_ascii=False, indent=1)
    rows = [_cells(row) for row in _all_rows(found)]
    if kind == "csv":
        return emit_csv(HEAD, rows)
    if kind == "xlsx":
        return emit_xlsx(HEAD, [(*row[:5], float(row[5])) for row in rows])
    last = f"\n{found.value.indicator.name}：{found.value.text or '—'} {found.value.indicator.unit}（{len(rows)} 条记录）"
    return table(HEAD, rows, right=(5,)) + last


def _all_rows(found: Behind) -> list[RowBehind]:
    return [*found.rows, *(row for part in found.parts for row in _all_rows(part))]


def _cells(row: RowBehind) -> tuple[str, ...]:
    return (
        row.ledger,
        str(row.id),
        row.title,
        row.date.isoformat() if row.date else "",
        row.area,
        format(row.quantity, "f"),
    )


def as_json(found: Behind) -> dict[str, Any]:
    """Records behind a figure as JSON data (cli.md); ratios and sums of figures give their parts."""
    value = found.value
    data: dict[str, Any] = {
        "indicator": value.code, "value": None if value.value is None else value.text, "unit": value.indicator.unit,
        "total": len(found.rows),
        "rows": [
            {"ledger": r.ledger, "id": str(r.id), "title": r.title, "date": r.date.isoformat() if r.date else None,
             "area": r.area, "quantity": format(r.quantity.normalize(), "f")}
            for r in found.rows
        ],
    }  # fmt: skip
    if found.parts:
        data["parts"] = [as_json(part) for part in found.parts]
    return data
