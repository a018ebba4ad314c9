"""``jushi read``: what a document says, as JSON or Markdown. Pure: needs no site, no database."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from typing import NoReturn

from jushi.text import UnreadableError, as_json, as_markdown, read, understand


class _Parser(argparse.ArgumentParser):
    """Argument errors in one Chinese line, exit code 2."""

    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"用法有误：{_chinese(message)}。请运行“jushi read --help”查看用法。\n")
        raise SystemExit(2)


def _chinese(message: str) -> str:
    for old, new in (
        ("the following arguments are required:", "缺少参数"), ("unrecognized arguments:", "不认识的参数"),
        ("expected one argument", "缺少取值"), ("invalid choice:", "不支持的取值"), ("choose from", "可选"), ("argument", "参数"),
    ):  # fmt: skip
        message = message.replace(old, new)
    return message


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns 0 when the document was read, 2 for bad usage or unreadable input."""
    parser = _Parser(prog="jushi read", description="读出一份材料：提纲、数量、列举、名称、计划、问题。")
    parser.add_argument("file", metavar="FILE", help="文件路径；“-”表示标准输入")
    parser.add_argument("--format", choices=("json", "md"), default="json", help="输出格式（默认 json）")
    try:
        options = parser.parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        document = read(sys.stdin.buffer.read(), "标准输入") if options.file == "-" else read(options.file)
        reading = understand(document)
    except UnreadableError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if options.format == "md":
        output = as_markdown(reading)
    else:
        output = json.dumps({"file": options.file, **as_json(reading)}, ensure_ascii=False, indent=1) + "\n"
    try:
        sys.stdout.buffer.write(output.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # The reader of a pipe may stop early (| head); that is no failure of ours.
        sys.stderr.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
