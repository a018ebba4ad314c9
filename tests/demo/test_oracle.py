"""Every figure of the demonstration, year and half-year, against a plain Python reading of its declaration."""

from __future__ import annotations

import pytest
from indicators.oracle import World, expected

from jushi.indicators.evaluate import measure
from jushi.kernel.models import Area
from jushi.kernel.periods import parse
from jushi.ledger import registry


@pytest.mark.parametrize(("place", "when"), [("990102", "2015"), ("990102101", "2015Q2"), ("990124", "2014H1")])
def test_every_figure_is_what_its_declaration_says(demo: None, place: str, when: str) -> None:
    area, period = Area.objects.get(code=place.ljust(12, "0")), parse(when)
    codes = [found.code for _, found in registry.indicators()]
    now = {code: value.value for code, value in measure(codes, area, period).items()}
    world = World(area.digits)
    right = {code: expected(world, code, period, now) for code in codes}
    assert {code: (now[code], right[code]) for code in codes if now[code] != right[code]} == {}
    assert sum(1 for code in codes if now[code]) >= 25
