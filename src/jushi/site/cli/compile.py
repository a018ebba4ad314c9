"""``jushi compile``: a document from the ledgers."""

from __future__ import annotations

import sys
from pathlib import Path

from jushi.compose import FORMATS, ComposeError, render
from jushi.reports.compiling import compile_document
from jushi.reports.editions import draft_job
from jushi.reports.outline import UnknownTemplateError
from jushi.site.cli.common import Parser, UsageError, area_and_period, bureau_of, put, scope_over, where


def main(argv: list[str]) -> int:
    """Compile and write one document."""
    parser = Parser(prog="jushi compile", description="由台账编成文稿")
    where(parser)
    parser.add_argument("--template", default="", help="模板名称或代码（不写则用本局该期间的模板）")
    parser.add_argument("-o", "--output", metavar="FILE")
    parser.add_argument("--format", choices=tuple(FORMATS), help="不写则按输出文件名，默认 md")
    args = parser.parse_args(argv)
    area, period = area_and_period(args.org, args.period)
    kind = args.format or (Path(args.output).suffix.lstrip(".") if args.output else "") or "md"
    with scope_over(area):
        try:
            job = draft_job(bureau_of(area), area, period, args.template)
            rendered = render(compile_document(job).composition, kind)
        except (UnknownTemplateError, ComposeError) as error:
            raise UsageError(str(error)) from error
    for fallback in rendered.fallbacks:
        print(f"字体替代：{fallback}", file=sys.stderr)
    text = rendered.content.decode() if kind in {"md", "json", "html", "txt"} else rendered.content
    put(text, args.output)
    return 0
