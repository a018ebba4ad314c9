"""``jushi verify``: change-log chain, file hashes, health of the ledgers."""

from __future__ import annotations

from jushi.kernel import scope
from jushi.kernel.integrity import verify
from jushi.kernel.models import Operation
from jushi.site.cli.common import Parser


def main(argv: list[str]) -> int:
    """Print every problem; exit code 1 when there is one."""
    Parser(prog="jushi verify", description="核验操作日志链、佐证散列和台账健康").parse_args(argv)
    with scope.use(scope.of_system("核验")):
        problems = list(verify())
        count = Operation.objects.count()
    for problem in problems:
        print(f"{problem.where}：{problem.message}")
    print(f"核验完毕：{count} 条操作日志，{'发现 ' + str(len(problems)) + ' 处问题' if problems else '未发现问题'}")
    return 1 if problems else 0
