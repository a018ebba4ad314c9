"""``jushi backup FILE``: one consistent archive of database and evidence."""

from __future__ import annotations

from jushi.site.archive import backup
from jushi.site.cli.common import Parser


def main(argv: list[str]) -> int:
    """Write the archive."""
    parser = Parser(prog="jushi backup", description="备份数据库与佐证为一个文件")
    parser.add_argument("file", metavar="FILE", help="例如 jushi-2015-12-31.zip")
    args = parser.parse_args(argv)
    files = backup(args.file)
    print(f"已备份到 {args.file}（{files} 个佐证文件）")
    return 0
