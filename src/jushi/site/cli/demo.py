"""``jushi demo``: the demonstration province."""

from __future__ import annotations

import sys

from django.core.management import call_command

from jushi.site.cli.common import Parser, UsageError
from jushi.site.demo import load


def main(argv: list[str]) -> int:
    """Migrate and load the demonstration; with --reset, only when the database holds nothing but it."""
    parser = Parser(prog="jushi demo", description="装载演示省：两个虚构的局，各重放一篇总结")
    parser.add_argument("--reset", action="store_true", help="先清空（只允许库中全是演示数据时）")
    args = parser.parse_args(argv)
    if args.reset:
        _reset()
    call_command("migrate", verbosity=0, interactive=False)
    there = load.is_loaded()
    load.load(tell)
    print("演示数据原已装载，没有改动" if there else "演示数据已装载", file=sys.stderr)
    return 0


def tell(done: int, total: int, what: str) -> None:
    """One line a step, where somebody looks on."""
    if sys.stderr.isatty():
        print(f"装载演示数据 {done + 1}/{total}　{what}", file=sys.stderr)


def _reset() -> None:
    from jushi.kernel.models import Bureau

    call_command("migrate", verbosity=0, interactive=False)
    if Bureau.objects.exclude(area__code__startswith="99").exists():
        raise UsageError("库中有非演示的单位，不能清空；请换一个 JUSHI_HOME 再装载演示数据")
    call_command("flush", verbosity=0, interactive=False)
    call_command("migrate", verbosity=0, interactive=False)
