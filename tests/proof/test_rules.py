"""Every rule proves itself: its bad examples fire, its good ones do not."""

from collections import Counter

import pytest

from jushi.proof.engine import check
from jushi.proof.model import KINDS
from jushi.proof.rules import RULES
from jushi.text import read_text, understand


def fired(rule, text):
    return [f for f in check(understand(read_text(text)), rules=[rule]) if f.rule == rule.id]


def test_registry_is_well_formed():
    assert [i for i, n in Counter(rule.id for rule in RULES).items() if n > 1] == []
    for rule in RULES:
        assert rule.bad and rule.good, rule.id
        assert rule.kind in KINDS, rule.id
        assert rule.level in ("error", "warning", "hint"), rule.id
        assert rule.name and rule.basis, rule.id


@pytest.mark.parametrize(("rule", "text"), [(r, t) for r in RULES for t in r.bad], ids=lambda v: getattr(v, "id", None) or str(v)[:20])
def test_bad_example_fires(rule, text):
    found = fired(rule, text)
    assert found
    assert all(f.text == text[f.start : f.end] and f.message and f.kind in KINDS for f in found)


@pytest.mark.parametrize(("rule", "text"), [(r, t) for r in RULES for t in r.good], ids=lambda v: getattr(v, "id", None) or str(v)[:20])
def test_good_example_is_silent(rule, text):
    assert fired(rule, text) == []
