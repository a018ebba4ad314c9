"""The annotated seed documents, where they are present beside the checkout."""

import csv
import json
from pathlib import Path

import pytest

from jushi.proof import check
from jushi.text import read, understand

SHARED = Path(__file__).resolve().parents[3] / "shared"
GOLD = SHARED / "gold"
NAMES = ("000", "002", "003")

pytestmark = pytest.mark.skipif(not GOLD.is_dir(), reason="没有标注的种子文稿")


def seed(name):
    path = next((SHARED / "seeds").glob(f"{name}*.txt"))
    document = read(path)
    return document.text, check(understand(document))


def touches(finding, defect):
    if defect["start"] == defect["end"]:
        return finding.start - 1 <= defect["start"] <= finding.end + 1
    return finding.start < defect["end"] and defect["start"] < finding.end


@pytest.mark.parametrize("name", NAMES)
def test_recall_and_false_alarms(name):
    gold = json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))["defects"]
    _, findings = seed(name)

    def recall(confidence, masks=True):
        wanted = [d for d in gold if d["conf"] == confidence and (masks or d["kind"] != "placeholder")]
        found = [d for d in wanted if any(f.kind == d["kind"] and touches(f, d) for f in findings)]
        return len(found) / len(wanted)

    assert recall("sure") >= 0.95
    assert recall("sure", masks=False) >= 0.85
    assert recall("likely") >= 0.60
    real = [d for d in gold if d["kind"] != "halfwidth_punct"]
    alarms = [f for f in findings if f.level != "hint" and f.kind != "halfwidth_punct" and not any(touches(f, d) for d in real)]
    assert len(alarms) <= 5, [(f.rule, f.text) for f in alarms]


def test_rows_that_must_pass_are_silent():
    counting = {"count_mismatch", "sum_mismatch", "contradiction"}
    with (GOLD / "drafts.csv").open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream) if "应通过" in row["rule"]]
    assert rows
    for row in rows:
        text, findings = seed(f"{int(row['seed'][1:]):03d}")
        start = text.find(row["quote"])
        end = start + len(row["quote"])
        assert start >= 0
        assert not [f for f in findings if f.kind in counting and f.start < end and start < f.end], row["id"]
