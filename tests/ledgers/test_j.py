"""Surveys and outside figures: what the acceptance of J05 and J06 asks, and the R&D share."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jushi.ledger import registry, reminders, store
from jushi.ledgers.offers import proposed_units


@pytest.fixture
def survey(add: Any) -> Any:
    """A round with four units: one passed, one handed in, two silent."""
    for n in range(4):
        add("organisations", title=f"试单位{n}", category="department", registered_on="2012-01-01")
    row = add("outreach_surveys", title="2014年度科普统计", period="2014", opens_on="2015-03-03", due_on="2015-05-30")
    days = ({"submitted_on": "2015-04-10", "passed_on": "2015-05-02"}, {"submitted_on": "2015-04-20"}, {}, {})
    for n, given in enumerate(days):
        add("outreach_returns", title=f"报表{n}", survey="2014年度科普统计", organisation=f"试单位{n}", **given)
    return row


def to_checking(survey: Any) -> Any:
    ledger = registry.get("outreach_surveys")
    for stage in ("collecting", "checking"):
        store.advance(ledger, survey, stage, on=date(2015, 6, 1))
    return ledger


def test_j05_units_that_are_silent_at_the_deadline_are_reminded(survey: Any) -> None:
    def named(on: date) -> list[str]:
        return [r.message[:4] for r in reminders.due("990102", on) if r.ledger == "outreach_returns"]

    assert named(date(2015, 5, 20)) == []
    assert sorted(named(date(2015, 5, 27))) == ["试单位1", "试单位2", "试单位3"]
    late = [r for r in reminders.due("990102", date(2015, 6, 1)) if r.ledger == "outreach_returns"]
    assert all(r.is_overdue(date(2015, 6, 1)) and r.office == "outreach" for r in late)


def test_j05_the_total_is_locked_only_after_all_pass_or_are_excused(survey: Any) -> None:
    ledger, returns = to_checking(survey), registry.get("outreach_returns")
    with pytest.raises(store.RefusedError, match="还有 3 个单位"):
        store.advance(ledger, survey, "locked", on=date(2015, 6, 10))
    rows = {r.organisation.title: r for r in returns.queryset()}
    store.advance(returns, rows["试单位1"], "submitted", on=date(2015, 6, 2))
    store.advance(returns, rows["试单位1"], "passed", on=date(2015, 6, 2))
    for unit in ("试单位2", "试单位3"):
        with pytest.raises(store.RefusedError, match="免报"):
            store.advance(returns, rows[unit], "excused", on=date(2015, 6, 3))
        store.advance(returns, rows[unit], "excused", on=date(2015, 6, 3), raw={"reason": "机构撤并"})
    assert store.advance(ledger, survey, "locked", on=date(2015, 6, 10)).closed_on == date(2015, 6, 10)
    assert [r for r in reminders.due("990102", date(2015, 6, 11)) if r.ledger == "outreach_returns"] == []


def test_j05_a_round_without_units_cannot_be_locked(add: Any) -> None:
    row = add("outreach_surveys", title="空", period="2014", opens_on="2015-03-03", due_on="2015-05-30")
    with pytest.raises(store.RefusedError, match="填报范围"):
        store.advance(to_checking(row), row, "locked", on=date(2015, 6, 10))


def test_j05_next_year_proposes_the_units_of_last_year(add: Any, survey: Any) -> None:
    following = add("outreach_surveys", title="2015年度科普统计", period="2015", opens_on="2016-03-03", due_on="2016-05-30")
    assert [u.title for u in proposed_units(following)] == [f"试单位{n}" for n in range(4)]


def test_j06_private_firms_of_the_register_are_proposed(add: Any) -> None:
    for title, category, private in (
        ("民营甲", "firm", "是"),
        ("国有乙", "firm", "否"),
        ("社团丙", "association", "是"),
        ("民营丁", "firm", "是"),
    ):
        add("organisations", title=title, category=category, is_private=private, registered_on="2012-01-01")
    row = add("private_surveys", title="统计", period="2013", opens_on="2014-02-17", due_on="2014-04-15")
    assert [u.title for u in proposed_units(row)] == ["民营丁", "民营甲"]
    add("private_returns", title="报表", survey="统计", organisation="民营甲")
    assert [u.title for u in proposed_units(row)] == ["民营丁"]


def figure(add: Any, measure: str, value: str, unit: str, year: int, **more: Any) -> None:
    add("external_figures", title=measure, measure=measure, period=str(year), value=value, unit=unit, **{
        "basis": "核定", "as_of": f"{year}-12-31", "source": "统计部门"} | more)  # fmt: skip


def test_ij05_share_of_gdp_needs_both_terms(add: Any, measured: Any) -> None:
    figure(add, "地区生产总值", "200", "亿元", 2015)
    assert measured("2015", "IJ05") == {"IJ05": None}
    figure(add, "研发经费支出", "1.5", "亿元", 2015)
    assert measured("2015", "IJ05") == {"IJ05": Decimal("0.75")}
    assert measured("2014", "IJ05") == {"IJ05": None}


def test_a_figure_without_its_day_is_refused(add: Any) -> None:
    with pytest.raises(store.RefusedError, match="截至日期"):
        figure(add, "常住人口", "26.7", "万人", 2015, as_of="")
