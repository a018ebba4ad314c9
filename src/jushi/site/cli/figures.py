"""``jushi figures``: values of indicators."""

from __future__ import annotations

import json
from typing import Any

from jushi.indicators.evaluate import UnknownIndicatorError, measure
from jushi.indicators.values import Value
from jushi.ledger import registry
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

HEAD = ("代码", "指标", "数值", "单位", "口径", "记录")


def main(argv: list[str]) -> int:
    """Print the values of some or all indicators of an area and period."""
    parser = Parser(prog="jushi figures", description="指标值")
    where(parser)
    parser.add_argument("codes", nargs="*", metavar="CODE", help="指标代码（不写则全部）")
    parser.add_argument("--format", choices=("table", "json", "csv", "xlsx"), default="table")
    parser.add_argument("-o", "--output", metavar="FILE")
    args = parser.parse_args(argv)
    area, period = area_and_period(args.org, args.period)
    codes = args.codes or [i.code for _, i in registry.indicators()]
    with scope_over(area):
        try:
            values = measure(codes, area, period)
        except UnknownIndicatorError as error:
            raise UsageError(str(error)) from error
    put(_render(list(values.values()), area, period, args.format), args.output)
    return 0


def _render(values: list[Value], area: Any, period: Any, kind: str) -> str | bytes:
    if kind == "json":
        figures = [as_json(v) for v in values]
        return json.dumps({"area": area.digits, "period": period.code, "figures": figures}, ensure_ascii=False, indent=1)
    rows = [(v.code, v.indicator.name, v.text or "—", v.indicator.unit, v.indicator.basis, str(v.rows)) for v in values]
    if kind == "csv":
        return emit_csv(HEAD, rows)
    if kind == "xlsx":
        return emit_xlsx(
            HEAD,
            [(*r[:2], None if v.value is None else float(v.value), *r[3:5], v.rows) for r, v in zip(rows, values, strict=True)],
        )
    return table(HEAD, rows, right=(2, 5))


def as_json(value: Value) -> dict[str, Any]:
    """A figure as JSON data."""
    return {
        "indicator": value.code, "catalogue": value.indicator.catalogue, "name": value.indicator.name,
        "value": None if value.value is None else value.text, "unit": value.indicator.unit, "basis": value.indicator.basis,
        "rows": value.rows, "definition": value.indicator.version, "words": value.indicator.words,
        "as_of": value.as_of.isoformat(),
    }  # fmt: skip
