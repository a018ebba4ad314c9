"""Well-edited official prose stays clean: no error, under one warning in ten thousand characters."""

from pathlib import Path

from jushi.proof import check
from jushi.text import read_text, understand

TEXTS = sorted((Path(__file__).parent / "clean").glob("*.txt"))


def test_clean_texts_are_enough():
    assert sum(len(path.read_text(encoding="utf-8")) for path in TEXTS) >= 30_000


def test_clean_texts_raise_no_error_and_hardly_a_warning():
    size, errors, warnings = 0, [], []
    for path in TEXTS:
        text = path.read_text(encoding="utf-8")
        size += len(text)
        for finding in check(understand(read_text(text))):
            place = (path.name, finding.rule, text[max(0, finding.start - 10) : finding.end + 10])
            if finding.level == "error":
                errors.append(place)
            elif finding.level == "warning":
                warnings.append(place)
    assert errors == []
    assert len(warnings) * 10_000 < size, warnings
