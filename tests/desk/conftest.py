"""A county with its bureau and accounts of every role."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from desk_world import COUNTY, ROLES, World

from jushi.kernel import oplog, scope, stamps
from jushi.kernel.models import Area, Bureau, Grant, Office, User
from jushi.kernel.reference import load_reference


@pytest.fixture
def world(db: None) -> Iterator[World]:
    stamps.forget()
    load_reference()
    county = Area.objects.create(code=f"{COUNTY}000000", name="虚谷区", rank="county")
    for n, name in ((1, "云台镇"), (2, "松岗镇")):
        Area.objects.create(code=f"{COUNTY}10{n}000", name=name, rank="town", parent=county)
    bureau = Bureau.objects.create(area=county, county=COUNTY, name="虚谷区科学技术局", short_name="区科技局")
    with scope.use(scope.of_counties([COUNTY], "测试")):
        with oplog.operation("建局", county=COUNTY):
            for position, (code, name) in enumerate((("ip", "知识产权股"), ("rural", "农村科技股"), ("party", "党支部"))):
                Office(county=COUNTY, bureau=bureau, code=code, name=name, position=position).save()
        made = World(bureau)
        for role, office in ROLES.items():
            user = User.objects.create(username=role, full_name=f"测试{role}", bureau=bureau)
            Grant.objects.create(user=user, role=role, office_code=office, area_digits=f"{COUNTY}101" if role == "village_worker" else "")
            made.users[role] = user
        yield made
    stamps.forget()
