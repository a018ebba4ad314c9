"""A bureau without demonstration rows: areas, offices and accounts of the district 990102, fast."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth import hashers

from jushi.kernel import scope
from jushi.kernel.states import State
from jushi.ledger import registry, store
from jushi.site.demo.world import World, demo_scope, make_areas, make_bureau


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The bureau of 990102 under its scope, with no records at all."""
    monkeypatch.setattr(hashers, "make_password", lambda _: "!")  # nobody signs in here, and hashing is slow on purpose
    make_areas()
    with scope.use(demo_scope("990102")):
        yield make_bureau("990102")


Adder = Callable[..., Any]


@pytest.fixture
def add(world: World) -> Adder:
    """``add("patents", number=…, …)``: one confirmed record through the same path as a clerk's form; refusals raise."""

    def one(code: str, /, state: str = State.CONFIRMED, **raw: Any) -> Any:
        ledger = registry.get(code)
        return store.create(ledger, raw, store.author_for(ledger, world.bureau, world.clerk(ledger)), state=state)

    return one


@pytest.fixture
def firm(add: Adder) -> str:
    """The name of a registered firm."""
    add("organisations", title="虚谷区试样有限公司", category="firm", registered_on="2013-01-01")
    return "虚谷区试样有限公司"
