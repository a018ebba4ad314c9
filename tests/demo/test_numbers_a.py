"""Enterprise work of the demonstration: visits, demands, people posted into parks and firms."""

from __future__ import annotations

from datetime import date
from typing import Any

from jushi.ledger import registry
from jushi.ledger.marks import bearing


def test_firms_are_distinct_over_more_visits(figures: Any) -> None:
    found = figures("990102", "2015", "visits.firms", "visits.firms_reached")
    assert found["visits.firms"] > found["visits.firms_reached"] == 12


def test_demands_raised_are_closed_or_open(figures: Any) -> None:
    raised = figures("990102", "2015", "demands.raised", "demands.closed", "demands.open")
    assert raised["demands.raised"] == raised["demands.closed"] + raised["demands.open"] and raised["demands.open"] == 2


def test_three_experts_serve_at_mid_2014_and_the_missing_june_log_is_red(figures: Any) -> None:
    assert figures("990124", "2014H1", "park_experts.serving", "park_experts.active") == {
        "park_experts.serving": 3,
        "park_experts.active": 3,
    }
    ledger = registry.get("park_experts")
    red = bearing(ledger, ledger.marks[0], "990124", date(2014, 7, 6))
    assert red.count() == 1 and red.get().host.title.startswith("拟云县绿畦")
