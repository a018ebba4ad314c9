"""How fast documents are read, understood and checked, on varied clean prose repeated to 1 MB and 10 MB.

    python bench/proofread.py [MEGABYTES …]

Prints characters a second for each stage and the ratio of the time per character to that of the first size; asserts nothing.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from jushi.proof import check
from jushi.text import read_text, understand

PROSE = Path(__file__).resolve().parent.parent / "tests" / "proof" / "clean"


def prose(size: int) -> str:
    """Well-edited prose of about ``size`` bytes in UTF-8."""
    base = "".join(path.read_text(encoding="utf-8") + "\n" for path in sorted(PROSE.glob("*.txt"))).encode()
    return (base * (size // len(base) + 1))[:size].decode("utf-8", "ignore")


def main() -> None:
    check(understand(read_text(prose(10_000))))
    first = 0.0
    for megabytes in [float(word) for word in sys.argv[1:]] or [1.0, 10.0]:
        text = prose(int(megabytes * 1_000_000))
        marks = [time.process_time()]
        document = read_text(text)
        marks.append(time.process_time())
        reading = understand(document)
        marks.append(time.process_time())
        found = check(reading)
        marks.append(time.process_time())
        read_s, understand_s, check_s = (b - a for a, b in zip(marks, marks[1:], strict=False))
        total = marks[-1] - marks[0]
        each = total / len(text)
        first = first or each
        print(
            f"{megabytes:g} MB, {len(text)} characters: read {len(text) / read_s:,.0f}/s, understand {len(text) / understand_s:,.0f}/s, "
            f"check {len(text) / check_s:,.0f}/s, together {len(text) / total:,.0f}/s; per character ×{each / first:.2f}; {len(found)} findings"
        )


if __name__ == "__main__":
    main()
