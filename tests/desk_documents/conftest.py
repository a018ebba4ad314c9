"""A bureau with a small template of its own, a few records behind it, and a higher office that reads what is signed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from documents_world import COUNTY, OUTLINE, Desk

from jushi.kernel import scope, stamps
from jushi.kernel.models import Area, Bureau, Grant, User
from jushi.ledger import correcting, registry
from jushi.reports.models import Template
from jushi.site.demo.world import demo_scope, make_areas, make_bureau


@pytest.fixture
def desk(db: None) -> Iterator[Desk]:
    """The bureau of 990102 with four patents and three household visits."""
    stamps.forget()
    make_areas()
    with scope.use(demo_scope(COUNTY)):
        world = make_bureau(COUNTY)
        template = {"name": "小结", "period_kind": "year", "title": "{$全称}{$年}小结", "outline": OUTLINE}
        Template.objects.create(code="small", county=COUNTY, **template)
        found = Desk(world)
        for n, day in enumerate(("2015-02-03", "2015-05-04", "2015-11-20", "2015-12-24")):
            found.add("patents", number=found.patent_number(n), title=f"一种样机{n}", type="发明", applied_on=day)
        found.add("people", title="试甲")
        for n in range(3):
            found.add("households", number=f"990102-{n:04d}", title=f"试样户{n}", category="poor", registered_on="2013-05-10")
            visit = {"title": f"入户摸底{n}", "household": f"990102-{n:04d}", "officers": "试甲", "held_on": f"2015-03-0{n + 1}"}
            found.visits.append(found.add("household_visits", **visit))
        yield found
    stamps.forget()


@pytest.fixture
def superior(desk: Desk) -> Client:
    """A browser of the city's office, which reads signed documents only."""
    city = Area.objects.get(code="990100000000")
    bureau = Bureau.objects.create(area=city, county="", name="演示市科学技术局", short_name="市科技局")
    user = User.objects.create(username="shiju", full_name="市局来访", bureau=bureau)
    Grant.objects.create(user=user, role="superior")
    return desk.browser("shiju")


@pytest.fixture
def stranger(desk: Desk) -> Client:
    """A browser of the director of another county."""
    with scope.use(demo_scope("990121")):
        make_bureau("990121")
    return desk.browser("juzhang21")


@pytest.fixture
def correct(desk: Desk) -> Callable[..., Any]:
    """Void a household visit by an approved correction."""

    def void(visit: Any, reason: str) -> None:
        ledger = registry.get("household_visits")
        wish = correcting.ask_correction(ledger, visit, {}, reason=reason, user=desk.world.users["nongcunyuan"], action="void")
        correcting.decide_correction(ledger, wish, approve=True, user=desk.world.users["fenguan"])

    return void
