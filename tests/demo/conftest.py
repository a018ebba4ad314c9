"""The demonstration province, loaded once for all tests of this folder and rolled back behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from jushi.indicators.evaluate import measure
from jushi.kernel import scope
from jushi.kernel.models import Area
from jushi.kernel.periods import parse
from jushi.site.demo.load import REPLAYED, load

Figures = Callable[..., dict[str, Decimal | None]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without the mark no test database is made, and the tests would read whatever database the settings name."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="package")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Both bureaus. One open transaction holds them, so that other tests of the session find an empty database again."""
    with django_db_blocker.unblock(), transaction.atomic():
        load()
        with scope.use(scope.of_counties(REPLAYED, "测试")):
            yield
        transaction.set_rollback(True)


@pytest.fixture
def figures(demo: None) -> Figures:
    """``figures("990102", "2015", "patents.filed", …)`` → code to value."""

    def read(county: str, period: str, *codes: str) -> dict[str, Decimal | None]:
        area = Area.objects.get(code=county.ljust(12, "0"))
        return {code: value.value for code, value in measure(codes, area, parse(period)).items()}

    return read
