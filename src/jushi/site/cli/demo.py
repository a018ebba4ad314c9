"""``jushi demo``: the demonstration province."""

from __future__ import annotations

import sys

from django.core.management import call_command

from jushi.site.cli.common import Parser, UsageError
from jushi.site.demo import load


def main(argv: list[str]) -> int:
    """Migrate and load the demonstration; with --reset, only when the database holds nothing but it."""
    parser = Parser(prog="jushi demo", description="装载演示省：五个局重放五篇真实总结")
    parser.add_argument("--reset", action="store_true", help="先清空（只允许库中全是演示数据时）")
    args = parser.parse_args(argv)
    say = (lambda text: print(text, file=sys.stderr)) if sys.stderr.isatty() else (lambda _: None)
    if args.reset:
        _reset()
    call_command("migrate", verbosity=0, interactive=False)
    load.load(say)
    return 0


def _reset() -> None:
    from jushi.kernel.models import Bureau

    call_command("migrate", verbosity=0, interactive=False)
    if Bureau.objects.exclude(county__startswith="99").exists():
        raise UsageError("库中有非演示的单位，不能清空；请换一个 JUSHI_HOME 再装载演示数据")
    call_command("flush", verbosity=0, interactive=False)
    call_command("migrate", verbosity=0, interactive=False)
