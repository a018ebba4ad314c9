"""Every number of the replayed summaries about intellectual property comes out of the records."""

from __future__ import annotations

from typing import Any

from jushi.entities.checks import patent_number, patent_type
from jushi.entities.models import IPRight
from jushi.indicators.evaluate import behind
from jushi.kernel.models import Area
from jushi.kernel.periods import parse
from jushi.ledgers.checks_d import PATENT_TYPES


def test_195_patents_by_the_end_of_november_and_a_forecast_of_more_than_200(figures: Any) -> None:
    found = figures("990102", "2015-01..11", "patents.filed", "patents.filed_by_type", "patents.filed_forecast")
    assert found == {"patents.filed": 195, "patents.filed_by_type": 195, "patents.filed_forecast": 206}


def test_the_december_list_awaits_confirmation_and_moves_nothing(figures: Any) -> None:
    assert IPRight.objects.filter(county="990102", applied_on__year=2015, applied_on__month=12).count() > 0
    assert figures("990102", "2015", "ID01") == {"ID01": 195}


def test_application_numbers_prove_themselves(demo: None) -> None:
    numbers = list(IPRight.objects.values_list("number", "type"))
    assert len(numbers) > 400
    assert all(patent_number(number) == number and patent_type(number) == PATENT_TYPES[kind] for number, kind in numbers)


def test_31_valid_inventions_meet_the_target_per_ten_thousand(figures: Any) -> None:
    found = figures("990102", "@2015-12-31", "patents.valid_inventions", "patents.per_10k")
    assert found["patents.valid_inventions"] == 31 and found["patents.per_10k"] >= 1


def test_two_inventions_lapsed_on_their_day(figures: Any) -> None:
    on_eve, on_day = (figures("990102", f"@{day}", "ID05")["ID05"] for day in ("2014-03-02", "2014-03-03"))
    assert on_eve - on_day == 1


def test_five_vegetable_protocols_in_2015(figures: Any) -> None:
    assert figures("990102", "2015", "ID13", "protocols.vegetable") == {"ID13": 5, "protocols.vegetable": 5}
    assert figures("990102", "2014", "ID13") == {"ID13": 1}


def test_the_three_publicity_days_are_listed_in_date_order(demo: None) -> None:
    found = behind("ip_publicity.events", Area.objects.get(code="990102000000"), parse("2015"))
    days = [row.date for row in found.rows]
    assert days == sorted(days) and {(d.month, d.day) for d in days if d} >= {(4, 26), (5, 12)} and len(days) >= 3
