"""A bureau without demonstration rows: areas, offices and accounts of the district 990102, fast."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from jushi.kernel import scope
from jushi.kernel.states import State
from jushi.ledger import registry, store
from jushi.site.demo.world import World, demo_scope, make_areas, make_bureau


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """The bureau of 990102 under its scope, with no records at all."""
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


@pytest.fixture
def measured(world: World) -> Callable[..., dict[str, Any]]:
    """``measured("2015", "relief_links.households", …)`` → code to value, over the county."""
    from jushi.indicators.evaluate import measure
    from jushi.kernel.periods import parse

    def read(period: str, *codes: str) -> dict[str, Any]:
        return {code: value.value for code, value in measure(codes, world.bureau.area, parse(period)).items()}

    return read


@pytest.fixture
def evidence(world: World) -> Callable[[Any], None]:
    """Attach a small file to a record."""
    from jushi.kernel import oplog
    from jushi.kernel.models import Blob, Evidence

    def attach(record: Any) -> None:
        blob, _ = Blob.objects.get_or_create(sha256="0" * 64, defaults={"size": 3, "mime": "text/plain"})
        with oplog.operation("上传", county=record.county):
            Evidence(
                county=record.county,
                ledger_model=record._meta.label,
                record_id=record.pk,
                blob=blob,
                name="佐证.txt",
                added_by="测试",
            ).save()

    return attach


@pytest.fixture
def households(add: Adder) -> list[str]:
    """Numbers of five registered poor households."""
    numbers = [f"990102-{n:04d}" for n in range(1, 6)]
    for n, number in enumerate(numbers):
        add("households", number=number, title=f"试样户{n}", category="poor", registered_on="2013-05-10")
    return numbers


@pytest.fixture
def people(add: Adder) -> list[str]:
    """Names of four people."""
    names = ["试甲", "试乙", "试丙", "试丁"]
    for name in names:
        add("people", title=name)
    return names


@pytest.fixture
def build(world: World) -> Callable[..., tuple[Any, ...]]:
    """``build("pool", "funnel", year=2015)``: the tables of a digest for somebody who sees everything; ``record=`` of one record."""
    from django.utils import timezone

    from jushi.kernel.models import User
    from jushi.kernel.roles import rights_of
    from jushi.ledger.digests import Inquiry

    def tables(code: str, name: str, record: Any = None, **answers: Any) -> tuple[Any, ...]:
        user = User.objects.get(username=f"juzhang{world.county[-2:]}")
        today = timezone.localdate()
        digest = registry.get(code).digest(name)
        assert digest is not None
        return digest.build(Inquiry(world.bureau, user, rights_of(user, today), today, answers, record))

    return tables


@pytest.fixture
def act(world: World) -> Callable[..., str]:
    """``act("applications", "pending", "plan", keys=(…,), …)``: an act of a digest by somebody who sees everything; what it tells."""
    from django.utils import timezone

    from jushi.kernel.models import User
    from jushi.kernel.roles import rights_of
    from jushi.ledger.digests import Inquiry

    def done(code: str, name: str, which: str, keys: tuple[str, ...] = (), record: Any = None, **answers: Any) -> str:
        user, today = User.objects.get(username=f"juzhang{world.county[-2:]}"), timezone.localdate()
        found = registry.get(code).digest(name)
        assert found is not None
        wanted = next(a for a in found.acts if a.code == which)
        return wanted.apply(Inquiry(world.bureau, user, rights_of(user, today), today, answers, record), keys)

    return done
