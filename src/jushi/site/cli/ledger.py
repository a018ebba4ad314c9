"""``jushi ledger``: the registry, templates, import and export."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.utils import timezone

from jushi.kernel.states import State
from jushi.ledger import registry
from jushi.ledger.declaration import Ledger
from jushi.ledger.sheets.exporting import to_csv, to_xlsx
from jushi.ledger.sheets.mapping import find_header, guess, recalled
from jushi.ledger.sheets.plan import Plan, plan
from jushi.ledger.sheets.reading import UnreadableSheetError, read_sheet
from jushi.ledger.sheets.template import template
from jushi.ledger.sheets.writing import carry_out
from jushi.ledger.store import author_for
from jushi.site.cli.common import Parser, UsageError, area_and_period, bureau_of, put, scope_over, table


def main(argv: list[str]) -> int:
    """Dispatch to list, template, import, export."""
    parser = Parser(prog="jushi ledger", description="台账目录、Excel 模板、导入、导出")
    actions = parser.add_subparsers(dest="action", required=True)
    listing = actions.add_parser("list", help="全部台账")
    listing.add_argument("--format", choices=("table", "json"), default="table")
    for name, text in (("template", "Excel 模板"), ("import", "导入"), ("export", "导出")):
        action = actions.add_parser(name, help=text)
        action.add_argument("code", metavar="LEDGER")
        action.add_argument("--org", required=True, metavar="AREA")
        if name == "import":
            action.add_argument("file", metavar="FILE")
            action.add_argument("--dry-run", action="store_true", help="只检查，不写入")
            action.add_argument("--state", choices=("draft", "pending", "confirmed"), default="pending")
        else:
            action.add_argument("-o", "--output", metavar="FILE", default="-")
        if name == "export":
            action.add_argument("--period", metavar="P")
    args = parser.parse_args(argv)
    if args.action == "list":
        return _list(args.format)
    return {"template": _template, "import": _import, "export": _export}[args.action](args, _ledger(args.code))


def _ledger(code: str) -> Ledger:
    found = registry.find(code)
    if found is None:
        raise UsageError(f"没有台账“{code}”，可用 jushi ledger list 查看代码")
    return found


def _list(kind: str) -> int:
    rows = [{"代码": x.code, "名称": x.name, "条线": x.line, "对应需求": " ".join(x.rows), "指标数": len(x.indicators)} for x in registry.ledgers()]
    if kind == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        print(table(tuple(rows[0]), [[str(v) for v in row.values()] for row in rows], right=(4,)))
    return 0


def _template(args: Any, ledger: Ledger) -> int:
    area, _ = area_and_period(args.org, "2015")
    with scope_over(area):
        put(template(ledger, ledger.lookup(area.county, timezone.localdate())), args.output)
    return 0


def _import(args: Any, ledger: Ledger) -> int:
    area, _ = area_and_period(args.org, "2015")
    try:
        data = sys.stdin.buffer.read() if args.file == "-" else Path(args.file).read_bytes()
        sheet = read_sheet(data, args.file)
    except OSError as error:
        raise UsageError(f"打不开文件 {args.file}") from error
    except UnreadableSheetError as error:
        raise UsageError(f"{args.file}：{error}") from error
    with scope_over(area):
        author = author_for(ledger, bureau_of(area))
        header = find_header(ledger, sheet.rows)
        mapping = recalled(ledger, sheet.rows[header], area.county) or guess(ledger, sheet.rows[header])
        if not mapping:
            raise UsageError("认不出表头，请用 jushi ledger template 取得模板，或把表头改成台账的列名")
        planned = plan(ledger, sheet, header, mapping, author)
        _report(planned)
        if planned.count("wrong"):
            return 1
        if not args.dry_run:
            carry_out(planned, author, state=State(args.state))
    return 0


def _report(planned: Plan) -> None:
    for row in planned.of("wrong"):
        for name, message in row.problems.items():
            column = planned.ledger.by_name.get(name)
            label = column.label_for(planned.ledger.model) if column else "整行"
            print(f"第 {row.line} 行 {label}：{message}")
    counts = {name: planned.count(key) for key, name in (("new", "新增"), ("change", "更新"), ("same", "无变化"), ("wrong", "有误"))}
    print("，".join(f"{name} {number} 行" for name, number in counts.items()))


def _export(args: Any, ledger: Ledger) -> int:
    area, period = area_and_period(args.org, args.period or "2015")
    with scope_over(area):
        rows = ledger.queryset().order_by(ledger.at, "id")
        if args.period:
            rows = rows.filter(**{f"{ledger.at}__gte": period.start, f"{ledger.at}__lte": period.end})
        if args.output.endswith(".xlsx"):
            to_xlsx(ledger, rows, ledger.all_columns, args.output, rights=None)
        else:
            put("".join(to_csv(ledger, rows, ledger.all_columns, rights=None)), args.output)
    return 0
