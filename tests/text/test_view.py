"""Views: removed ranges never move a span; folding never changes a length."""

from hypothesis import given
from hypothesis import strategies as st

from jushi.text.folding import fold
from jushi.text.numerals import is_masked, ordinal, parse
from jushi.text.view import _without


@given(st.text(max_size=200))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(min_size=1, max_size=60), st.lists(st.tuples(st.integers(0, 59), st.integers(1, 5)), max_size=6))
def test_positions_map_both_ways(text: str, cuts: list[tuple[int, int]]) -> None:
    spans = sorted((at, min(len(text), at + size)) for at, size in cuts if at < len(text))
    seen = _without(text, spans)
    for at in range(len(seen.text)):
        assert text[seen.source(at)] == seen.text[at]
        assert seen.position(seen.source(at)) == at
    for at in range(len(text) + 1):
        assert 0 <= seen.position(at) <= len(seen.text)


def test_thousands_stay_in_chinese_punctuation() -> None:
    assert fold("授权3,215件，增长") == "授权3,215件，增长"
    assert fold("立项13,12个平台") == "立项13，12个平台"


def test_numerals() -> None:
    words = {
        "36": 36,
        "一百二十": 120,
        "二〇一五": 2015,
        "三万二千": 32000,
        "两": 2,
        "十": 10,
        "一亿": 100_000_000,
        "1亿2000万": 120_000_000,
    }
    assert {word: int(parse(word) or 0) for word in words} == words
    assert [parse(w) for w in ("数百", "几十", "xx", "3-5", "")] == [None] * 5
    assert is_masked("1x") and not is_masked("12") and ordinal("十二") == 12
