"""Slots of routines: pure dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from jushi.planning.slots import Rule, compliance, slots

YEAR = (date(2020, 1, 1), date(2020, 12, 31))
QUARTERLY = Rule("quarter", date(2015, 1, 1))


def test_k02_mondays_and_thursdays_of_2020_are_105_slots() -> None:
    rule = Rule("week", date(2020, 1, 1), weekdays=(1, 4))
    assert len(slots(rule, *YEAR)) == 105
    holidays = ((date(2020, 1, 24), date(2020, 1, 31)), (date(2020, 10, 1), date(2020, 10, 8)))
    assert len(slots(Rule("week", date(2020, 1, 1), weekdays=(1, 4), exceptions=holidays), *YEAR)) == 100


def test_k02_three_records_against_about_a_hundred_expected() -> None:
    rule = Rule("week", date(2020, 1, 1), weekdays=(1, 4))
    kept = compliance(rule, [date(2020, 3, 2), date(2020, 6, 4), date(2020, 9, 7)], *YEAR, today=date(2021, 1, 5))
    assert (kept.expected, kept.done, len(kept.missing)) == (105, 3, 102)
    assert not kept.is_kept


def test_a_rule_kept_on_every_slot_may_be_called_kept() -> None:
    rule = Rule("week", date(2020, 1, 1), weekdays=(5,))
    fridays = [day for n in range(366) if (day := date(2020, 1, 1) + timedelta(n)).isoweekday() == 5]
    assert compliance(rule, fridays, *YEAR, today=date(2021, 1, 1)).is_kept
    assert not compliance(rule, fridays[:-1], *YEAR, today=date(2021, 1, 1)).is_kept


def test_nothing_expected_is_not_kept() -> None:
    assert not compliance(Rule("week", date(2021, 1, 1)), [], *YEAR, today=date(2021, 1, 1)).is_kept


@pytest.mark.parametrize(
    ("today", "state", "colour"),
    [(date(2015, 4, 2), "running", "yellow"), (date(2015, 6, 24), "running", "yellow"), (date(2015, 6, 25), "due", "red"),
     (date(2015, 6, 30), "due", "red"), (date(2015, 7, 1), "missing", "red"), (date(2015, 3, 31), "coming", "white")],
)  # fmt: skip
def test_k01_the_second_quarter_turns_red_five_days_before_its_end(today: date, state: str, colour: str) -> None:
    kept = compliance(QUARTERLY, [date(2015, 3, 20)], date(2015, 1, 1), date(2015, 12, 31), today, remind_days=5)
    second = kept.cells[1]
    assert (second.slot.label, second.state, second.colour) == ("第二季度", state, colour)


def test_k01_a_meeting_in_the_quarter_makes_it_green() -> None:
    kept = compliance(QUARTERLY, [date(2015, 6, 30)], date(2015, 1, 1), date(2015, 12, 31), date(2015, 7, 9))
    assert [c.colour for c in kept.cells] == ["red", "green", "yellow", "white"]
    assert kept.expected == 2


@pytest.mark.parametrize(("frequency", "count"), [("month", 12), ("quarter", 4), ("half", 2), ("year", 1), ("week", 53), ("day", 366)])
def test_frequencies(frequency: str, count: int) -> None:
    found = slots(Rule(frequency, date(2019, 1, 1)), *YEAR)  # type: ignore[arg-type]
    assert len(found) == count
    assert found[0].start == YEAR[0] and found[-1].end == YEAR[1]


def test_slots_are_clipped_to_the_time_in_force() -> None:
    found = slots(Rule("month", date(2020, 3, 10), date(2020, 5, 5)), *YEAR)
    assert [(s.start, s.end) for s in found] == [
        (date(2020, 3, 10), date(2020, 3, 31)), (date(2020, 4, 1), date(2020, 4, 30)), (date(2020, 5, 1), date(2020, 5, 5)),
    ]  # fmt: skip
    assert slots(Rule("month", date(2021, 1, 1)), *YEAR) == []


def test_a_month_wholly_excused_is_no_slot() -> None:
    rule = Rule(
        "month",
        date(2020, 1, 1),
        exceptions=((date(2020, 2, 1), date(2020, 2, 29)), (date(2020, 3, 1), date(2020, 3, 30))),
    )
    assert [s.label for s in slots(rule, *YEAR)][:2] == ["1月", "3月"]


def test_what_a_month_can_spare_makes_good_the_month_before_within_the_grace() -> None:
    rule = Rule("month", date(2020, 1, 1), minimum=2, grace_days=5)
    days = [date(2020, 1, 10), date(2020, 2, 3), date(2020, 2, 10)]
    span = (date(2020, 1, 1), date(2020, 2, 29), date(2020, 3, 20))
    assert [cell.done for cell in compliance(rule, days, *span).cells] == [1, 2]
    assert [cell.done for cell in compliance(rule, [*days, date(2020, 2, 20)], *span).cells] == [2, 2]
    late = [date(2020, 1, 10), date(2020, 2, 6), date(2020, 2, 10), date(2020, 2, 20)]
    assert [cell.done for cell in compliance(rule, late, *span).cells] == [1, 3]


def test_a_record_counts_once() -> None:
    rule = Rule("week", date(2020, 1, 1), weekdays=(1, 4), grace_days=3)
    kept = compliance(rule, [date(2020, 1, 3)], date(2020, 1, 1), date(2020, 1, 12), date(2020, 1, 20))
    assert [cell.done for cell in kept.cells] == [1, 0, 0] and kept.done == 1
