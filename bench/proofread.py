"""How fast documents are read, understood and checked, on varied clean prose repeated to 1 MB and 10 MB.

    python bench/proofread.py [MEGABYTES …]
    python bench/proofread.py worst      # texts that could take time out of proportion, at two lengths

Prints characters a second for each stage, the ratio to a bare Aho–Corasick pass (pyahocorasick, a common yardstick; we use a quicker one)
over the same words and text, and the ratio of the time per character to that of the first size; asserts nothing. Where
``npm install --prefix bench/linters`` was run, zhlint and AutoCorrect check the first size in the same run. They look at punctuation and
spacing only; we read, understand and check.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from jushi.proof import builtin, check
from jushi.text import read_text, understand

HERE = Path(__file__).resolve().parent
PROSE = HERE.parent / "tests" / "proof" / "clean"
LINTERS = HERE / "linters"


def prose(size: int) -> str:
    """Well-edited prose of about ``size`` bytes in UTF-8."""
    base = "".join(path.read_text(encoding="utf-8") + "\n" for path in sorted(PROSE.glob("*.txt"))).encode()
    return (base * (size // len(base) + 1))[:size].decode("utf-8", "ignore")


def bare(text: str) -> float:
    """Seconds that one Aho–Corasick pass over the text takes, doing nothing with what it finds."""
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for table in builtin().values():
        for entry in table:
            automaton.add_word(entry.word, 0)
    automaton.make_automaton()
    return _least(lambda: sum(1 for _ in automaton.iter(text)))


def _least(run: Callable[[], object], times: int = 3) -> float:
    """The shortest of several runs: the one least disturbed."""
    taken = []
    for _ in range(times):
        begun = time.process_time()
        run()
        taken.append(time.process_time() - begun)
    return min(taken)


def stages(text: str, times: int = 3) -> tuple[float, float, float, int]:
    """The least seconds for reading, understanding and checking, and the number of findings."""
    best = (float("inf"),) * 3
    found: list[object] = []
    for _ in range(times):
        marks = [time.process_time()]
        document = read_text(text)
        marks.append(time.process_time())
        reading = understand(document)
        marks.append(time.process_time())
        found = list(check(reading))
        marks.append(time.process_time())
        taken = tuple(b - a for a, b in zip(marks, marks[1:], strict=False))
        best = min(best, taken, key=sum)
    return (*best, len(found))  # type: ignore[return-value]


def linters(text: str) -> list[dict[str, object]]:
    """What the other checkers take; empty where node or they are not installed."""
    if not shutil.which("node") or not (LINTERS / "node_modules").is_dir():
        return []
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        done = subprocess.run(["node", str(LINTERS / "run.js"), file.name], capture_output=True, text=True, timeout=600, check=False)
    return [json.loads(line) for line in done.stdout.splitlines()]


WORST = (
    *("（", "“", "《", "）", "一是", "一、", "（一）", "1.", "①②", "一、甲\n（一）乙\n1.丙\n①丁\n", "1", "x", "×", "，", "，。；：、（）“”！", " "),
    *("科技 ", "3家", "其中3家，", "共3项，其中1项、2项，", "甲3家、，共", "由1", "1/2", "不仅", "申报1项，", "“甲”、", "有限公司", "科技创新"),
)


def worst() -> None:
    """Seconds a million characters, at two lengths: the same where time grows with the text."""
    for unit in WORST:
        each = []
        for size in (15_000, 60_000):
            text = (unit * (size // len(unit) + 1))[:size]
            each.append(sum(stages(text, 1)[:3]) / size * 1e6)
        print(f"{unit.strip()[:14]!r}: {each[0]:.1f} s, then {each[1]:.1f} s a million characters (×{each[1] / each[0]:.2f})")


def main() -> None:
    check(understand(read_text(prose(10_000))))
    if sys.argv[1:] == ["worst"]:
        worst()
        return
    first = 0.0
    for megabytes in [float(word) for word in sys.argv[1:]] or [1.0, 10.0]:
        text = prose(int(megabytes * 1_000_000))
        size, floor = len(text), bare(text)
        read_s, understand_s, check_s, found = stages(text, 3 if megabytes <= 2 else 1)
        total = read_s + understand_s + check_s
        each = total / size
        print(
            f"{megabytes:g} MB, {size} characters: read {size / read_s:,.0f}/s, understand {size / understand_s:,.0f}/s, "
            f"check {size / check_s:,.0f}/s, together {size / total:,.0f}/s = {total / floor:.1f}× a bare Aho–Corasick pass; "
            f"per character ×{each / (first or each):.2f}; {found} findings"
        )
        if not first:
            first = each
            _compared(text, total)


def _compared(text: str, total: float) -> None:
    rivals = linters(text[:100_000])
    if not rivals:
        print("(zhlint, AutoCorrect: not installed, npm install --prefix bench/linters)")
    for rival in rivals:
        seconds = rival.get("seconds")
        if not isinstance(seconds, float):
            print(f"{rival['name']}: {rival.get('error')}")
            continue
        size = min(len(text), 100_000)
        ours = total * size / len(text)
        print(f"{rival['name']}: {size / seconds:,.0f} characters/s; ours takes ×{ours / seconds:.2f} its time")


if __name__ == "__main__":
    main()
