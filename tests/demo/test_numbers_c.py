"""Every number of the replayed summaries about projects comes out of the records, by the dates of their own ledgers."""

from __future__ import annotations

from datetime import date
from typing import Any

from jushi.indicators.evaluate import behind
from jushi.kernel.models import Area
from jushi.kernel.periods import parse


def names(county: str, code: str, period: str) -> list[tuple[str, date | None]]:
    found = behind(code, Area.objects.get(code=county.ljust(12, "0")), parse(period))
    return [(row.title, row.date) for row in found.rows]


def test_60_ideas_36_applications_13_approved_in_2015(figures: Any) -> None:
    assert figures("990102", "2015", "pool.collected", "IC09", "IC10") == {"pool.collected": 60, "IC09": 36, "IC10": 13}
    assert len(names("990102", "projects.applied", "2015")) == 36


def test_applications_are_at_national_provincial_and_city_level(figures: Any) -> None:
    from jushi.indicators.breakdown import breakdown

    levels = breakdown("projects.applied", Area.objects.get(code="990102000000"), parse("2015"), "level")
    assert sorted((label, int(value)) for label, value in levels) == [("国家级", 4), ("市级", 20), ("省级", 12)]


def test_the_platform_project_was_accepted_on_30_june_2015(demo: None) -> None:
    assert names("990102", "projects.accepted_province", "2015") == [("数字化社会管理和服务平台示范项目", date(2015, 6, 30))]


def test_the_village_project_is_built_but_not_accepted(demo: None) -> None:
    assert names("990102", "projects.built", "2015") == [("新农村环境综合治理技术应用示范项目", date(2015, 10, 28))]
    assert "新农村环境综合治理技术应用示范项目" not in dict(names("990102", "projects.accepted", "2015"))


def test_no_city_project_is_open_at_the_end_of_2015(figures: Any) -> None:
    found = figures("990102", "2015", "projects.running_city", "projects.accepted_city")
    assert found == {"projects.running_city": 0, "projects.accepted_city": 8}


def test_one_application_each_to_two_national_programmes_in_early_2014(figures: Any) -> None:
    assert figures("990124", "2014H1", "IC19", "IC20", "applications.pending") == {
        "IC19": 1,
        "IC20": 1,
        "applications.pending": 2,
    }


def test_running_projects_were_tracked_in_early_2014(figures: Any) -> None:
    found = figures(
        "990124",
        "2014H1",
        "projects.running",
        "projects.running_county",
        "projects.tracked",
        "projects.tracked_innovation_fund",
    )
    assert list(found.values()) == [4, 3, 4, 1]


def test_the_pool_grew_in_early_2014(figures: Any) -> None:
    found = figures("990124", "2014H1", "pool.listed", "pool.size")
    assert found["pool.listed"] == 9 and found["pool.size"] == 15


def test_money_won_comes_and_goes(figures: Any) -> None:
    found = figures("990102", "2015", "funds.approved", "funds.received", "funds.paid", "IC16")
    assert found["funds.approved"] > found["funds.received"] == found["funds.paid"] > found["IC16"] > 0


def test_the_science_budget_grew_by_12_percent_at_most_spent(figures: Any) -> None:
    now, before = (figures("990102", year, "science.appropriated", "science.spent") for year in ("2015", "2014"))
    assert round((now["science.appropriated"] / before["science.appropriated"] - 1) * 100) == 12
    assert now["science.spent"] <= now["science.appropriated"]
