"""The numbers of lines E, F and G in the two replayed summaries come out of the records."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from jushi.compose.words import approximate
from jushi.entities.models import Case, Designation
from jushi.ledger import reminders
from jushi.ledgers.f_terms import vacancies

pytestmark = pytest.mark.django_db
Figures = Callable[..., dict[str, Decimal | None]]

YEAR_2015 = {
    "veg_points.in_service": 7, "veg_areas.open_field": 223, "veg_points.sheds": 32, "veg_points.greenhouses": 25,
    "varieties.melon_vegetable": 17, "varieties.herb_vegetable": 10, "varieties.food_medicine": 8, "varieties.fruit": 6,
    "varieties.ornamental": 23, "varieties.introduced": 64, "techniques.vegetable": 3, "techniques.fruit": 6,
    "field_visits.households": 355, "field_visits.greenhouses": 160, "field_visits.sheds": 180, "field_visits.trained": 750,
    "field_visits.books": 1042, "field_visits.facility_places": 3, "field_visits.point_places": 6,
    "talent_classes.held": 6, "talent_classes.trained": 700,
    "community_events.panels": 50, "community_events.leaflets": 8045, "community_events.residents": 6050,
    "campaigns.leaflets": 3340, "campaigns.beneficiaries": 8000,
    "contests.first": 8, "contests.second": 8, "contests.third": 10, "contests.prizes": 26, "contests.edition": 30,
    "contests.robot_edition": 15, "informants.recommended": 47,
    "specialists.new_city": 5, "specialists.in_office": 60, "specialist_projects.approved": 5, "young_talents.named": 3,
    "young_talents.projects": 3, "young_talents.paired": 3,
}  # fmt: skip
HALF_2014 = {
    "tech_trips.held": 5, "tech_trips.leaflets": 15050, "tech_trips.panels": 83, "tech_trips.consultations": 11860, "tech_trips.units": 7,
    "outside_courses.people": 7, "outside_courses.senders": 4,
}  # fmt: skip


@pytest.mark.parametrize(("code", "wanted"), YEAR_2015.items())
def test_district_2015(figures: Figures, code: str, wanted: int) -> None:
    assert figures("990102", "2015", code) == {code: Decimal(wanted)}


@pytest.mark.parametrize(("code", "wanted"), HALF_2014.items())
def test_county_first_half_2014(figures: Figures, code: str, wanted: int) -> None:
    assert figures("990124", "2014H1", code) == {code: Decimal(wanted)}


CATALOGUE_2015 = {
    "IE15": 7, "IE16": 223, "IE17": 32, "IE18": 25, "IG04": 6, "IG05": 700, "IG06": 355, "IG07": 160, "IG08": 180, "IG09": 750,
    "IG10": 1042, "IG25": 26, "IG26": 47, "IG31": 30, "IF08": 5, "IF09": 5, "IF10": 3, "IF11": 3, "IE21": 9,
}  # fmt: skip


def test_catalogue_ids_answer_for_the_bureau(figures: Figures) -> None:
    assert figures("990102", "2015", *CATALOGUE_2015) == {k: Decimal(v) for k, v in CATALOGUE_2015.items()}
    half = figures("990124", "2014H1", "IG13", "IG28", "IG29", "IG01")
    assert half == {"IG13": Decimal(5), "IG28": Decimal(7), "IG29": Decimal(7), "IG01": Decimal(2)}


@pytest.mark.parametrize(
    ("county", "period", "code", "word", "text"),
    [
        ("990102", "2015", "community_events.leaflets", "余", "8000余份"),
        ("990102", "2015", "campaigns.leaflets", "余", "3300余份"),
        ("990102", "2015", "field_visits.books", "余", "1000余本"),
        ("990102", "2015", "community_events.residents", "多", "6000多人"),
        ("990124", "2014H1", "tech_trips.leaflets", "余", "1.5万余份"),
        ("990124", "2014H1", "tech_trips.panels", "余", "80余块"),
        ("990124", "2014H1", "tech_trips.consultations", "近", "近1.2万人次"),
    ],
)
def test_approximate_words_fit_the_exact_values(figures: Figures, county: str, period: str, code: str, word: str, text: str) -> None:
    from jushi.ledger import registry

    value = figures(county, period, code)[code]
    assert value is not None
    assert approximate(value, word, registry.indicator(code)[1].unit) == text  # type: ignore[arg-type]


def test_earlier_years_are_there_to_compare(figures: Figures) -> None:
    for code in ("field_visits.households", "community_events.leaflets", "talent_classes.trained", "contests.prizes"):
        last = figures("990102", "2014", code)[code]
        assert last is not None
        assert 0 < last < YEAR_2015[code]
    before = figures("990124", "2013H1", "tech_trips.leaflets")["tech_trips.leaflets"]
    assert before is not None
    assert 0 < before < 15050


def test_the_one_who_left_in_october_is_gone_and_his_village_is_short(demo: None) -> None:
    gone = Designation.objects.get(county="990102", kind="specialist", ends_on=date(2015, 10, 15))
    assert gone.level == "city"
    assert [v.designation for v in vacancies("990102", date(2015, 12, 31))] == [gone.pk]
    assert vacancies("990102", date(2015, 10, 14)) == []


def test_the_cold_night_made_one_alarm(demo: None) -> None:
    alarm = Case.objects.get(county="990102", kind="greenhouse_alarm", facility__number="A-05")
    assert (alarm.stage, str(alarm.closed_on)) == ("closed", "2015-01-18")
    assert "草帘" in alarm.measures
    assert "9℃" in alarm.result


def test_model_district_gaps_name_their_owners(demo: None, figures: Figures) -> None:
    assert figures("990102", "2015", "model_items.progress")["model_items.progress"] == Decimal("95.0")
    gaps = [r for r in reminders.due("990102", date(2015, 12, 1)) if r.ledger == "model_items"]
    assert len(gaps) == 2
    assert all("责任单位：虚谷区" in gap.message for gap in gaps)


def test_nothing_is_copied_from_the_seeds() -> None:
    folder = Path(__file__).parents[3] / "shared" / "seeds"
    if not folder.is_dir():
        pytest.skip("没有种子文件")
    runs: set[str] = set()
    for seed in folder.glob("*.txt"):
        text = re.sub(r"\s", "", seed.read_text(encoding="utf-8"))
        runs |= {text[n : n + 16] for n in range(len(text) - 15)}
    root = Path(__file__).parents[2]
    names = [
        *root.glob("src/jushi/ledgers/*.py"),
        *root.glob("src/jushi/site/demo/*.py"),
        *root.glob("src/jushi/kernel/data/*/*.toml"),
    ]
    for file in names:
        text = re.sub(r"\s", "", file.read_text(encoding="utf-8"))
        found = {text[n : n + 16] for n in range(len(text) - 15)} & runs
        assert not found, f"{file.name}: {found}"
