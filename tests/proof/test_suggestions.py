"""A certain suggestion mends what it was made for: written in, the rule falls silent."""

import pytest

from jushi.proof import RULES, certain, check, corrected_text
from jushi.text import read_text, understand

CASES = [(rule, text) for rule in RULES for text in rule.bad]


@pytest.mark.parametrize(("rule", "text"), CASES, ids=lambda v: getattr(v, "id", None) or str(v)[:16])
def test_certain_suggestions_mend(rule, text):
    for _ in range(6):
        sure = certain(f for f in check(understand(read_text(text)), rules=[rule]) if f.rule == rule.id)
        if not sure:
            return
        mended = corrected_text(text, sure)
        assert mended != text
        text = mended
    assert not sure, text
