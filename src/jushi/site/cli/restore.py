"""``jushi restore FILE``: put an archive back."""

from __future__ import annotations

from jushi.site.archive import ArchiveError, restore
from jushi.site.cli.common import Parser, UsageError


def main(argv: list[str]) -> int:
    """Restore, replacing what is there; the former database is kept beside it."""
    parser = Parser(prog="jushi restore", description="从备份恢复（原有数据先改名保留）")
    parser.add_argument("file", metavar="FILE")
    args = parser.parse_args(argv)
    try:
        kept = restore(args.file)
    except ArchiveError as error:
        raise UsageError(str(error)) from error
    print("已恢复" + (f"；原有数据保留在 {kept}" if kept else ""))
    return 0
