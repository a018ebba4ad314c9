"""Periods: written forms, a year before, the one before, so far; the last of February stays the last."""

from __future__ import annotations

from datetime import date

import pytest

from jushi.kernel.periods import PeriodError, parse


@pytest.mark.parametrize(
    ("text", "start", "end", "name"),
    [
        ("2015", date(2015, 1, 1), date(2015, 12, 31), "2015年"),
        ("2014H1", date(2014, 1, 1), date(2014, 6, 30), "2014年上半年"),
        ("2015Q3", date(2015, 7, 1), date(2015, 9, 30), "2015年第三季度"),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29), "2016年2月"),
        ("2015-01..11", date(2015, 1, 1), date(2015, 11, 30), "2015年1—11月"),
        ("@2015-11-30", date(2015, 1, 1), date(2015, 11, 30), "截至2015年11月30日"),
        ("2016-02-29", date(2016, 2, 29), date(2016, 2, 29), "2016年2月29日"),
    ],
)
def test_written_forms(text: str, start: date, end: date, name: str) -> None:
    found = parse(text)
    assert (found.start, found.end, found.name, parse(found.code)) == (start, end, name, found)


@pytest.mark.parametrize("text", ["", "2015-13", "2015Q5", "2015-11..03", "@2015-02-30", "去年", "0000", "2015H3"])
def test_nonsense_says_what_to_type(text: str) -> None:
    with pytest.raises(PeriodError):
        parse(text)


@pytest.mark.parametrize(
    ("text", "before", "year_before", "so_far"),
    [
        ("2015", "2014", "2014", "2015"), ("2015H1", "2014H2", "2014H1", "2015H1"), ("2015Q1", "2014Q4", "2014Q1", "2015Q1"),
        ("2016-03", "2016-02", "2015-03", "2016-01..03"), ("2015H2", "2015H1", "2014H2", "2015-01..12"),
        ("2015-01..11", "2014-01..11", "2014-01..11", "2015-01..11"),
    ],
)  # fmt: skip
def test_neighbours(text: str, before: str, year_before: str, so_far: str) -> None:
    found = parse(text)
    assert (found.before().code, found.year_before().code, found.so_far().code) == (before, year_before, so_far)


def test_the_last_of_february_stays_the_last() -> None:
    assert parse("2016-02").year_before().end == date(2015, 2, 28)
    assert parse("2017-02").year_before().end == date(2016, 2, 29)
    assert parse("2016-01..02").year_before().end == date(2015, 2, 28)
    assert parse("@2016-02-29").year_before().end == date(2015, 2, 28)
    assert parse("2016-02-29").year_before().end == date(2015, 2, 28)
