"""The grammar, binding to runs, and numbering."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jushi.compose import (
    Figure,
    FigureRef,
    Missing,
    Note,
    Paragraph,
    Run,
    Section,
    SentenceError,
    Typed,
    bind,
    codes,
    mark_typed,
    number,
    parse,
)

FIGURES = {
    "a.filed": Figure(
        "a.filed",
        "专利申请量",
        Decimal(195),
        "件",
        rows=195,
        previous=Decimal(162),
        by={"类型": (("发明", Decimal(38)), ("实用新型", Decimal(157)))},
    ),
    "a.zero": Figure("a.zero", "无", Decimal(0), "件"),
    "a.none": Figure("a.none", "缺数", None, "件"),
    "a.list": Figure("a.list", "名单", Decimal(2), "项", lists=("甲", "乙")),
}


def say(text: str, **variables: str) -> str:
    return "".join(run.text for run in bind(parse(text), FIGURES, {"话": Note("走访3户", "办公室")}, variables))


def test_a_number_is_a_run_that_knows_its_figure() -> None:
    runs = bind(parse("申请专利{a.filed}。"), FIGURES)
    refs = [run.ref for run in runs if isinstance(run.ref, FigureRef)]
    assert [r.indicator for r in refs] == ["a.filed"] and refs[0].rows == 195 and refs[0].value == 195
    assert "".join(run.text for run in runs) == "申请专利195件。"


def test_verbs() -> None:
    assert say("{a.filed|同比}") == "同比增长20.37%"
    assert say("{a.filed|按类型}") == "发明38件、实用新型157件"
    assert say("{a.list|名单}") == "甲、乙"


def test_an_empty_clause_goes_with_its_comma() -> None:
    assert say("共{a.filed}{?，其中未办{a.zero}?}。") == "共195件。"
    assert say("共{a.filed}{?，另{a.none}?}。") == "共195件。"


def test_missing_is_a_gap_never_zero() -> None:
    runs = bind(parse("共{a.none}。"), FIGURES)
    assert any(isinstance(run.ref, Missing) for run in runs)
    assert "0" not in "".join(run.text for run in runs)


def test_numbers_typed_in_notes_are_marked() -> None:
    runs = bind(parse("{#话}"), FIGURES, {"话": Note("走访3户", "办公室")})
    assert any(isinstance(run.ref, Typed) and run.text.startswith("3") for run in runs)


@pytest.mark.parametrize("text", ["2015年", "第30届", "6月30日", "一是", "（一）", "1—11月份", "《三年方案》", "“三严三实”", "GB/T 9704"])
def test_dates_ordinals_and_slogans_are_not_typed_numbers(text: str) -> None:
    assert not any(isinstance(run.ref, Typed) for run in mark_typed(f"按照{text}要求"))


@pytest.mark.parametrize("bad", ["{", "{a", "{?没有指标?}", "?}", "{a|没有这个动词}", "{?{?{a}?}?}", "约{a|余}"])
def test_mistakes_say_where_and_what_to_do(bad: str) -> None:
    with pytest.raises(SentenceError) as error:
        parse(bad)
    assert str(error.value).startswith("第") and "字" in str(error.value)


@given(st.text(alphabet="{}?|#$a.b名单约余，。 \n", max_size=60))
def test_any_text_parses_or_is_refused(text: str) -> None:
    try:
        sentence = parse(text)
    except SentenceError as error:
        assert 0 <= error.position <= len(text)
        return
    codes(sentence)


def test_headings_are_numbered_without_gaps() -> None:
    body = (Paragraph((Run("正文。"),)),)
    sections = [
        Section(1, "甲", body),
        Section(1, "空"),
        Section(1, "乙", body),
        Section(2, "乙一", body),
        Section(2, "乙二", body),
    ]
    assert [s.marker for s in number(sections, drop_empty=True)] == ["一、", "二、", "（一）", "（二）"]
