"""A bureau of its own for tests of the kernel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from jushi.kernel import scope, stamps
from jushi.kernel.reference import load_reference
from jushi.ledger import registry, store
from jushi.site.demo.world import World, make_areas, make_bureau

COUNTY = "990102"


@pytest.fixture
def world(db: None) -> Iterator[World]:
    load_reference()
    make_areas()
    with scope.use(scope.of_counties([COUNTY], "测试")):
        yield make_bureau(COUNTY)
    stamps.forget()


@pytest.fixture
def person(world: World) -> Callable[..., Any]:
    """``person("某人")``: a registered person."""

    def add(title: str, **raw: Any) -> Any:
        ledger = registry.get("people")
        return store.create(ledger, {"title": title, **raw}, store.author_for(ledger, world.bureau, world.clerk(ledger)))

    return add
