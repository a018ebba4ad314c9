"""Every benchmark in a process of its own, and one table of all results.

    python bench/all.py [--quick | --large] [NAME …]

``--quick`` takes small sizes (a minute, to see that all runs), ``--large`` adds the tables of one and two million rows.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from pathlib import Path

from common import JSON, LARGE, QUICK, Result, say

NAMES = ("import_xlsx", "pages", "figures", "export_xlsx", "compile_year")


def run(name: str, options: list[str]) -> list[Result]:
    """The results of one benchmark; none when it failed, which is said."""
    path = Path(__file__).with_name(f"{name}.py")
    done = subprocess.run([sys.executable, str(path), JSON, *options], stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603
    if done.returncode:
        say(f"✗ {name} 没有跑完（退出码 {done.returncode}）")
    return [Result(**json.loads(line)) for line in done.stdout.splitlines() if line.startswith("{")]


def row(result: Result) -> str:
    """A line of the table."""
    floor = f"{result.ratio:.2f}×（{result.against} {result.floor * 1000:,.1f} ms）" if result.ratio and result.floor else "—"
    verdict = {True: "达到", False: "未达到", None: "—"}[result.is_met]
    return f"| {result.name} | {result.measured} | {floor} | {result.aimed or '—'} | {verdict} | {result.extra} |"


def main() -> int:
    """Run and print; 1 when a benchmark failed."""
    options = [word for word in sys.argv[1:] if word in (QUICK, LARGE)]
    names = [word for word in sys.argv[1:] if not word.startswith("--")] or list(NAMES)
    print(f"{platform.machine()}，{os.cpu_count()} 核，Python {platform.python_version()}，开始时负载 {os.getloadavg()[0]:.1f}\n")
    print("| 项目 | 实测 | 与基线之比 | 目标 | 结论 | 附注 |\n|---|---:|---:|---|---|---|", flush=True)
    failed = False
    for name in names:
        say(f"— {name}")
        results = run(name, options)
        failed |= not results
        for result in results:
            print(row(result), flush=True)
    print(f"\n结束时负载 {os.getloadavg()[0]:.1f}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
