"""The bureau and the row maker of the standard battery."""

from __future__ import annotations

from pathlib import Path

import pytest
from battery.conftest import everybody, maker

__all__ = ["everybody", "maker"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here works on the database."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.django_db)
