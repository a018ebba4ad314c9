"""How a wrong number may have come about: the acceptance of I04, G14 and K10 (a year typed into a number, a factor of a hundred)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jushi.proofdesk.reconcile import slip


@pytest.mark.parametrize(("stated", "recorded", "said"), [
    ("252023", "2510", "“2023”像是误入的年份"), ("252023", "2510", "约为台账的100倍"),
    ("2023", "10", "“2023”像是误入的年份"), ("120158", "128", "“2015”像是误入的年份"),
    ("251000", "2510", "约为台账的100倍"), ("252000", "2510", "约为台账的100倍"), ("3.55", "355", "约为台账的100分之一"),
    ("1950", "195", "约为台账的10倍"),
])  # fmt: skip
def test_a_slip_is_named(stated: str, recorded: str, said: str) -> None:
    assert said in slip(Decimal(stated), Decimal(recorded))


@pytest.mark.parametrize(("stated", "recorded"), [("44", "49"), ("2015", "2014"), ("3", "44"), ("0", "10"), ("12015", "2015"), ("360", "355")])
def test_what_is_simply_wrong_is_not_explained(stated: str, recorded: str) -> None:
    assert slip(Decimal(stated), Decimal(recorded)) == ""


def test_nothing_recorded_explains_nothing() -> None:
    assert slip(Decimal(10), None) == "" == slip(Decimal(10), Decimal(0))
