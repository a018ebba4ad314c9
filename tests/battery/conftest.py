"""One bureau with an account that may do everything, made once; each test runs in a transaction of its own that is rolled back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from battery.maker import Maker
from jushi.kernel import scope, stamps
from jushi.kernel.models import Grant, User
from jushi.kernel.reference import load_reference
from jushi.site.demo.world import OFFICES, make_areas, make_bureau

COUNTY = "990102"
BACKEND = "jushi.desk.signin.AccountBackend"
ROLES = ("director", "deputy", "party_secretary", "treasurer", "text_author")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here works on the database (see the demonstration's tests for why the mark is needed)."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="package")
def everybody(django_db_setup: None, django_db_blocker: Any) -> Iterator[Maker]:
    """The bureau, and somebody who holds every right that a member of it can hold."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference()
        make_areas()
        with scope.use(scope.of_counties([COUNTY], "测试")):
            world = make_bureau(COUNTY)
            user = User.objects.create(username="quanneng", full_name="全能", bureau=world.bureau)
            for role in ROLES:
                Grant.objects.create(user=user, role=role)
            for office, _ in OFFICES:
                Grant.objects.create(user=user, role="office_head", office_code=office)
            yield Maker(world.bureau, user, world.villages)
        transaction.set_rollback(True)


@pytest.fixture
def maker(everybody: Maker) -> Iterator[Maker]:
    """The maker, its memory of registered records put back with the database."""
    stamps.forget()
    known = dict(everybody.known)
    yield everybody
    everybody.known = known
    stamps.forget()


@pytest.fixture
def client(everybody: Maker) -> Client:
    """A browser signed in as the one who may do everything."""
    made = Client()
    made.force_login(everybody.user, backend=BACKEND)
    return made
