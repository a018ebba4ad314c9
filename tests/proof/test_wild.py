"""Annotated documents as they are met in the wild, each also in other layouts: claims, outline, defects found, hardly a false alarm."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from wild_documents import FOLDER, LAID_OUT, documents, touches  # noqa: E402

from jushi.proof import check  # noqa: E402
from jushi.text import read_text, understand  # noqa: E402

DOCUMENTS = documents()


def test_enough_documents():
    assert len(list(FOLDER.glob("*.toml"))) >= 24
    assert sum(len(made.defects) for made in DOCUMENTS) >= 100


@pytest.mark.parametrize("made", DOCUMENTS, ids=lambda made: made.name)
def test_what_it_says(made):
    reading = understand(read_text(made.text))
    got = {(c.start, c.end, c.unit) for c in reading.claims}
    want = {(a, b, unit) for a, b, unit, _ in made.claims}
    must = {(a, b, unit) for a, b, unit, optional in made.claims if not optional}
    assert {made.text[a - 6 : b + 4] for a, b, _ in must - got} == set()
    assert {made.text[a - 6 : b + 4] for a, b, _ in got - want} == set()
    heads = {(h.level, h.start) for h in reading.outline if h.level < 4}
    assert heads == set(made.heads)


@pytest.mark.parametrize("made", DOCUMENTS, ids=lambda made: made.name)
def test_what_is_wrong(made):
    findings = check(read_text(made.text))

    def near(finding):
        return [kind for a, b, kind in made.defects if touches((finding.start, finding.end), (a, b))]

    found = {(a, b, kind) for a, b, kind in made.defects if any(f.kind == kind and touches((f.start, f.end), (a, b)) for f in findings)}
    assert len(found) >= 0.9 * len(made.defects), [made.text[a:b] for a, b, kind in set(made.defects) - found]
    loud = [f for f in findings if f.level != "hint" and f.kind != "halfwidth_punct" and not (":" in made.name and f.rule in LAID_OUT)]
    alarms = [(f.rule, f.text) for f in loud if not near(f)]
    assert len(alarms) <= 1, alarms
    assert all(made.text[f.start : f.end] == f.text for f in findings)
