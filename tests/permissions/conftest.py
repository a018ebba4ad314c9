"""Two bureaus side by side, each with a row in every ledger and an account of every role; made once, rolled back behind each test."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from battery.conftest import BACKEND, ROLES
from battery.maker import Maker
from django.db import transaction
from django.test import Client

from jushi.kernel import evidence, scope, stamps
from jushi.kernel.models import Area, Bureau, Grant, User
from jushi.kernel.reference import load_reference
from jushi.kernel.roles import catalogue
from jushi.ledger import registry
from jushi.site.demo.world import OFFICES, make_areas, make_bureau

COUNTIES = ("990102", "990124")
MARKS = {"990102": "虚谷样", "990124": "拟云样"}
HIGHER = ("superior",)


@dataclass
class Bureaus:
    """Everything planted: county → ledger code → record; accounts by (county, role); files by (county, ledger code)."""

    makers: dict[str, Maker] = field(default_factory=dict)
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    users: dict[tuple[str, str], User] = field(default_factory=dict)
    files: dict[tuple[str, str], Any] = field(default_factory=dict)

    def client(self, county: str, role: str) -> Client:
        """A browser signed in as the account of a role."""
        made = Client()
        made.force_login(self.users[county, role], backend=BACKEND)
        return made

    def all(self, county: str) -> list[Any]:
        """Every planted or incidentally registered row of a county."""
        with scope.use(scope.of_counties([county], "测试")):
            return [row for model in {x.model for x in registry.ledgers()} for row in model.objects.all()]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here works on the database (see the demonstration's tests for why the mark is needed)."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="package")
def planted(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Bureaus]:
    """Both bureaus."""
    from django.conf import settings

    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(settings, "EVIDENCE_ROOT", tmp_path_factory.mktemp("evidence"))
        load_reference()
        make_areas()
        found = Bureaus()
        for county in COUNTIES:
            with scope.use(scope.of_counties([county], "测试")):
                _plant(found, county)
        _superior(found)
        yield found
        transaction.set_rollback(True)


def _plant(found: Bureaus, county: str) -> None:
    world = make_bureau(county)
    author = _account(world.bureau, "quanneng", ROLES, [code for code, _ in OFFICES])
    maker = found.makers[county] = Maker(world.bureau, author, world.villages, mark=MARKS[county])
    records = found.records[county] = {}
    maker.record_of("entities.Designation", ("specialist",))  # in office without end: logs, assessments and projects lead to it
    for ledger in registry.ledgers():
        if not ledger.read_only:
            records[ledger.code] = maker.known.get((ledger.code, ())) or maker.register(ledger, 1, whole=True)
            picture = io.BytesIO(b"\x89PNG\r\n\x1a\n" + f"{county}{ledger.code}".encode())
            found.files[county, ledger.code] = evidence.attach(records[ledger.code], picture, "照片.png", "测试")
    for role in catalogue():
        if role not in HIGHER:
            found.users[county, role] = _account(world.bureau, role, (role,), ["ip"])


def _account(bureau: Bureau, name: str, roles: tuple[str, ...], offices: list[str]) -> User:
    user = User.objects.create(username=f"{name}{bureau.county}", full_name=f"试{name}{bureau.county}", bureau=bureau)
    for role in roles:
        wide = catalogue()[role].scope
        for office in offices if wide == "office" else [""]:
            Grant.objects.create(user=user, role=role, office_code=office, area_digits=f"{bureau.county}101" if wide == "area" else "")
    for office in offices if name == "quanneng" else []:
        Grant.objects.create(user=user, role="office_head", office_code=office)
    return user


def _superior(found: Bureaus) -> None:
    city = Area.objects.get(code="990100000000")
    bureau = Bureau.objects.create(area=city, county="", name="演示市科学技术局", short_name="市科技局")
    user = User.objects.create(username="shangji", full_name="上级", bureau=bureau)
    Grant.objects.create(user=user, role="superior")
    for county in COUNTIES:
        found.users[county, "superior"] = user


@pytest.fixture
def bureaus(planted: Bureaus) -> Iterator[Bureaus]:
    """Both bureaus, with nothing remembered from the test before."""
    stamps.forget()
    yield planted
    stamps.forget()
