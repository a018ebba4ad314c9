"""``jushi indicators``: the catalogue, from the declarations."""

from __future__ import annotations

import json
from typing import Any

from jushi.ledger import registry
from jushi.ledger.declaration import Ledger
from jushi.ledger.indicators import Indicator
from jushi.site.cli.common import Parser, UsageError, table


def main(argv: list[str]) -> int:
    """List all indicators, or show one in full."""
    parser = Parser(prog="jushi indicators", description="指标目录")
    parser.add_argument("action", nargs="?", choices=("list", "show"), default="list")
    parser.add_argument("code", nargs="?", metavar="CODE")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    args = parser.parse_args(argv)
    if args.action == "show":
        if not args.code:
            raise UsageError("请写指标代码，例如：jushi indicators show patents.filed")
        try:
            pairs = [registry.indicator(args.code)]
        except KeyError:
            raise UsageError(f"没有指标“{args.code}”，可用 jushi indicators list 查看") from None
    else:
        pairs = registry.indicators()
    entries = [describe(ledger, found) for ledger, found in pairs]
    if args.format == "json":
        print(json.dumps(entries, ensure_ascii=False, indent=1))
    elif args.action == "show":
        print("\n".join(f"{key}：{value}" for key, value in entries[0].items() if value != ""))
    else:
        keys = ("代码", "编目", "名称", "单位", "种类", "台账")
        print(table(keys, [[str(e[k]) for k in keys] for e in entries]))
    return 0


def describe(ledger: Ledger, found: Indicator) -> dict[str, Any]:
    """One catalogue entry."""
    columns = [ledger.column(name).label_for(ledger.model) for name in found.by]
    return {
        "代码": found.code, "编目": found.catalogue, "名称": found.name, "单位": found.unit, "种类": found.kind,
        "台账": ledger.name, "口径": found.words, "时间": "时点数" if found.is_stock else "时期数", "分组": "、".join(columns),
        "缺数": {"zero": "无记录即为零", "blank": "无数据则空缺", "fail": "无数据不得成文"}[found.missing],
        "汇总": {"sum": "逐级相加", "recompute": "按上级范围重算", "none": "不汇总"}[found.rollup], "口径版本": found.version,
        "基础": found.basis, "别称": "、".join(found.aliases),
    }  # fmt: skip
