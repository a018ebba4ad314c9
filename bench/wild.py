"""How well the documents of tests/proof/wild are understood and proofread.

    python bench/wild.py [--details] [NAME …]

Conventions as in accuracy.py; prints one line a document, asserts nothing.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from jushi.proof import check
from jushi.text import read_text, understand

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "proof"))

from wild_documents import LAID_OUT, Annotated, documents, touches  # noqa: E402


def measure(made: Annotated, details: bool = False) -> Counter[str]:
    """Counts of one document: claims, headings, defects wanted, got and hit."""
    reading = understand(read_text(made.text))
    score: Counter[str] = Counter()
    _claims(made, reading, score, details)
    _heads(made, reading, score, details)
    _defects(made, check(reading), score, details)
    return score


def _claims(made: Annotated, reading: object, score: Counter[str], details: bool) -> None:
    got = {(c.start, c.end, c.unit) for c in reading.claims}  # type: ignore[attr-defined]
    want = {(a, b, unit) for a, b, unit, _ in made.claims}
    must = {(a, b, unit) for a, b, unit, optional in made.claims if not optional}
    score.update(claims=len(must), claims_hit=len(must & got), claims_got=len(got - (want - must)))
    for word, spans in (("missed", must - got), ("surplus", got - want)) if details else ():
        for a, b, unit in sorted(spans):
            print(f"    claim {word}: {made.text[max(0, a - 10) : a]}[{made.text[a:b]}|{unit}]{made.text[b : b + 6]!r}")


def _heads(made: Annotated, reading: object, score: Counter[str], details: bool) -> None:
    got = {(h.level, h.start) for h in reading.outline if h.level < 4}  # type: ignore[attr-defined]
    want = set(made.heads)
    score.update(heads=len(want), heads_hit=len(want & got), heads_got=len(got))
    for word, spans in (("missed", want - got), ("surplus", got - want)) if details else ():
        for level, a in sorted(spans, key=lambda s: s[1]):
            print(f"    heading {word}: {level} {made.text[a : a + 24]!r}")


def _defects(made: Annotated, findings: list[object], score: Counter[str], details: bool) -> None:
    for a, b, kind in made.defects:
        near = [f for f in findings if touches((f.start, f.end), (a, b))]  # type: ignore[attr-defined]
        hit = any(f.kind == kind for f in near)  # type: ignore[attr-defined]
        score.update(defects=1, defects_hit=hit)
        if details and not hit:
            print(f"    defect missed: {kind} {made.text[a:b][:40]!r} near: {[(f.rule, f.kind) for f in near]}")  # type: ignore[attr-defined]
    for f in findings:
        laid_out = ":" in made.name and f.rule in LAID_OUT  # type: ignore[attr-defined]
        known = laid_out or f.kind == "halfwidth_punct" or any(touches((f.start, f.end), (a, b)) for a, b, _ in made.defects)  # type: ignore[attr-defined]
        if f.level != "hint" and not known:  # type: ignore[attr-defined]
            score.update(alarms=1)
            if details:
                print(f"    alarm: {f.level} {f.rule} {f.kind} {made.text[max(0, f.start - 8) : f.end + 8]!r} {f.message[:60]}")  # type: ignore[attr-defined]


def line(name: str, s: Counter[str]) -> str:
    """One line of results."""
    return (
        f"{name:32} claims R {s['claims_hit']}/{s['claims']} P {s['claims_hit']}/{s['claims_got']}  headings {s['heads_hit']}/{s['heads']} "
        f"(got {s['heads_got']})  defects {s['defects_hit']}/{s['defects']}  alarms {s['alarms']}"
    )


def main() -> None:
    names = [word for word in sys.argv[1:] if not word.startswith("--")]
    total: Counter[str] = Counter()
    for made in documents():
        if not names or any(made.name.startswith(name) for name in names):
            score = measure(made, "--details" in sys.argv)
            total.update(score)
            print(line(made.name, score), flush=True)
    print(line("all", total))


if __name__ == "__main__":
    main()
