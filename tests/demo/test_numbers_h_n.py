"""Lines H to N of the demonstration: every number of the replayed summaries comes out of records, and the years before can be compared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jushi.entities.models import Case, PlanItem
from jushi.indicators.evaluate import behind
from jushi.kernel.models import Area
from jushi.kernel.periods import parse
from jushi.planning.gaps import unanswered_problems
from jushi.planning.routines import compliance_of
from jushi.planning.targets import investment_shares, progress

Figures = Callable[..., dict[str, Decimal | None]]

DISTRICT = {
    "II12": 4, "II13": 2, "II14": 2510, "IK06": 2, "IK07": 10, "IK08": 1, "IK14": 1, "IH07": 120, "IH08": 2400, "IH24": 500, "IH25": 200,
}  # fmt: skip
COUNTY = {"IL01": 4, "IL02": 2, "IL03": 2, "IH20": 30600, "IH21": 4, "IH22": 196}


@pytest.mark.parametrize(("code", "value"), DISTRICT.items())
def test_the_year_2015_of_the_district(figures: Figures, code: str, value: int) -> None:
    assert figures("990102", "2015", code)[code] == value


@pytest.mark.parametrize(("code", "value"), COUNTY.items())
def test_the_first_half_of_2014_of_the_county(figures: Figures, code: str, value: int) -> None:
    assert figures("990124", "2014H1", code)[code] == value


def test_scope_figures_of_the_county(figures: Figures) -> None:
    codes = ("village_services.three_send_trainings", "integrity_publicity.leaflets", "opinions.collected", "style_faults.found",
             "rectifications.listed", "rectifications.struck", "rectifications.open", "matters.noted", "matters.open")  # fmt: skip
    assert list(figures("990124", "2014H1", *codes).values()) == [2, 806, 40, 18, 15, 9, 6, 12, 2]


def test_no_typed_total_stands_behind_a_number(figures: Figures) -> None:
    area = Area.objects.get(code="990102000000")
    assert len(behind("relief_links.made", area, parse("2015")).rows) == 130
    for code, least in (("IH07", 120), ("II14", 14), ("IH08", 25), ("IH24", 6), ("IK07", 10)):
        found = behind(code, area, parse("2015"))
        assert len(found.rows) >= least and sum(row.quantity for row in found.rows) == found.value.value


def test_canal_money_has_three_sources(figures: Figures) -> None:
    rows = behind("IH20", Area.objects.get(code="990124000000"), parse("2014H1")).rows
    assert [row.quantity for row in rows] == [18000, 5600, 7000]
    canal = Case.objects.get(county="990124", kind="deed", category="water")
    [link] = canal.links.all()
    assert link.origin.kind == "matter" and link.origin.steps.count() == 6


def test_members_at_the_turn_of_the_year(figures: Figures) -> None:
    assert figures("990102", "2014", "IK06", "IK07", "party_members.probation") == {
        "IK06": 0,
        "IK07": 8,
        "party_members.probation": 2,
    }


def test_earlier_years_can_be_compared(figures: Figures) -> None:
    for year in ("2013", "2014"):
        found = figures("990102", year, "II14", "IH07", "study.sessions", "three_public.spent", "IJ05", "IH24")
        assert all(value for value in found.values()), found
    assert all(figures("990124", "2013", "IH21", "IH22", "study.sessions", "IJ05").values())


def test_the_investment_target_and_its_shares(demo: None) -> None:
    total = PlanItem.objects.get(county="990102", kind="investment_target", title="2015年招商引资任务")
    stand, shares = progress(total, date(2015, 12, 31)), investment_shares(total, date(2015, 12, 31))
    assert (stand.rate, len(shares)) == (Decimal("100.4"), 4)
    assert sum(share.done for share in shares) == 2510 and sum(share.target for share in shares if share.target) == 2500


def test_most_fridays_were_kept_but_not_all(demo: None) -> None:
    kept = compliance_of("study_sessions", "990102", parse("2015"), date(2016, 1, 4))
    assert kept is not None and kept.expected > kept.done > kept.expected - 9 and not kept.is_kept


def test_problems_of_2015_have_their_plans(demo: None) -> None:
    assert unanswered_problems("990102", 2015) == []
    assert PlanItem.objects.filter(county="990102", kind="plan_item", period="2016").count() == 6


def test_open_campaign_work_is_in_the_plan_of_the_second_half(demo: None) -> None:
    carried = PlanItem.objects.filter(county="990124", kind="plan_item", period="2014H2", source="carried")
    assert {item.title for item in carried} == {
        "班子成员谈心谈话",
        "召开专题民主生活会",
        "召开专题组织生活会",
        "对照台账逐项整改",
    }


def test_lists_look_real(demo: None) -> None:
    def drafts(county: str, model: Any, kind: str) -> int:
        return int(model.objects.filter(county=county, kind=kind).exclude(state="confirmed").count())

    assert drafts("990124", Case, "expropriation") == 1 and drafts("990102", Case, "rectification") == 1


def test_plans_laid_in_a_period_are_those_of_the_next(figures: Figures) -> None:
    assert figures("990102", "2015", "plans.laid", "plans.due", "plans.done", "problems.raised", "problems.answered") == {
        "plans.laid": 6, "plans.due": 5, "plans.done": 5, "problems.raised": 3, "problems.answered": 3,
    }  # fmt: skip
    assert figures("990124", "2014H1", "plans.laid", "plans.due") == {"plans.laid": 6, "plans.due": 3}
