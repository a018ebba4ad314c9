"""Numbers as words: every vector by rule from the exact value."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jushi.compose import words


@pytest.mark.parametrize(
    ("value", "word", "unit", "said"),
    [
        ("15050", "余", "份", "1.5万余份"),
        ("11860", "近", "人次", "近1.2万人次"),
        ("83", "余", "块", "80余块"),
        ("806", "余", "份", "800余份"),
        ("196", "近", "人", "近200人"),
        ("30600", "余", "元", "3万余元"),
        ("1042", "余", "本", "1000余本"),
        ("8045", "余", "份", "8000余份"),
        ("3340", "余", "份", "3300余份"),
        ("6050", "多", "人", "6000多人"),
        ("206", "以上", "件", "200件以上"),
    ],
)
def test_rough_numbers(value: str, word: str, unit: str, said: str) -> None:
    assert words.approximate(Decimal(value), word, unit) == said  # type: ignore[arg-type]


@pytest.mark.parametrize(("value", "word"), [("15050", "近"), ("100", "余"), ("2000", "近"), ("0", "余"), ("7", "余")])
def test_untrue_rough_numbers_are_not_said(value: str, word: str) -> None:
    try:
        said = words.approximate(Decimal(value), word)  # type: ignore[arg-type]
    except words.WordRefused:
        return
    assert word not in said, said


@pytest.mark.parametrize(
    ("now", "base", "unit", "said"),
    [
        ("126.4", "112.0", "万元", "增长12.86%"),
        ("90", "100", "件", "下降10%"),
        ("5", "0", "件", None),
        ("5", None, "件", None),
        ("5", "-3", "件", None),
    ],
)
def test_growth(now: str, base: str | None, unit: str, said: str | None) -> None:
    assert words.growth(Decimal(now), None if base is None else Decimal(base), unit) == said


def test_rates_move_by_points() -> None:
    said = words.growth(Decimal("12.5"), Decimal("11.8"), "%")
    assert said is not None and said.endswith("个百分点") and "0.7" in said and "提高" in said


def test_completion_in_words() -> None:
    assert "超额" in (words.completion_words(Decimal(2510), Decimal(2500)) or "")
    assert "超额" not in (words.completion_words(Decimal(2500), Decimal(2500)) or "")
    assert words.completion(Decimal(13), Decimal(0)) is None


def test_lists_say_when_there_is_more() -> None:
    assert words.join(["甲", "乙", "丙"]) == "甲、乙、丙"
    assert words.join(["甲", "乙", "丙"], 2).endswith("等")
    assert words.join(["甲"], None, True) == "甲等"


def test_large_whole_numbers_become_wan_only_when_nothing_is_lost() -> None:
    assert words.number(Decimal(15000), "份") == "1.5万份"
    assert words.number(Decimal(15050), "份") == "15050份"
    assert words.number(Decimal("12.860"), "%", 2) == "12.86%"
