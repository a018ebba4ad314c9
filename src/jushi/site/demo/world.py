"""The demonstration province: invented places, offices, people and firms, and how a line of business adds its records.

Everything is made by code from small declarations and a fixed seed: the same command gives the same records. Each line of business has a
module with ``load(world)``; it adds rows as raw values by column name, as an import would, through the same checks.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.conf import settings

from jushi.kernel import oplog, scope
from jushi.kernel.models import Area, Bureau, Grant, Office, User
from jushi.kernel.states import State
from jushi.ledger import registry, store
from jushi.ledger.declaration import Ledger

OFFICES = (
    ("office", "办公室"), ("planning", "综合业务股"), ("ip", "知识产权股"), ("rural", "农村科技股"), ("outreach", "科普股"),
    ("party", "党支部"), ("finance", "财务室"),
)  # fmt: skip

ACCOUNTS = (
    ("juzhang", "局长", "director", ""), ("fenguan", "分管副局长", "deputy", ""), ("tonggao", "统稿人", "editor", ""),
    ("yewu", "综合业务股负责人", "office_head", "planning"), ("yewuyuan", "综合业务股经办", "clerk", "planning"),
    ("zhichan", "知识产权股负责人", "office_head", "ip"), ("zhichanyuan", "知识产权股经办", "clerk", "ip"),
    ("nongcun", "农村科技股负责人", "office_head", "rural"), ("nongcunyuan", "农村科技股经办", "clerk", "rural"),
    ("kepu", "科普股负责人", "office_head", "outreach"), ("kepuyuan", "科普股经办", "clerk", "outreach"),
    ("bangong", "办公室负责人", "office_head", "office"), ("bangongyuan", "办公室经办", "clerk", "office"),
    ("dangwu", "党务专干", "party_secretary", ""), ("caiwu", "财务人员", "treasurer", ""), ("jijian", "纪检委员", "inspector", ""),
    ("xitong", "系统管理员", "system_admin", ""), ("anquan", "安全管理员", "security_admin", ""), ("shenji", "审计管理员", "audit_admin", ""),
    ("tepaiyuan", "科技特派员", "specialist", ""), ("zhucun", "驻村工作队员", "village_worker", ""),
    ("banzi", "班子成员", "text_author", ""), ("dudao", "督导组成员", "supervision_team", ""),
)  # fmt: skip

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
GIVEN = "安平和顺文武明亮清远思齐若川子墨嘉禾予宁知行守正秉初乐山怀瑾望舒景行如松向东致远天佑长庚星河云帆"


@dataclass
class World:
    """One demonstration bureau being filled. ``people``, ``firms`` … are names already registered, by purpose."""

    bureau: Bureau
    county: str
    short: str
    users: dict[str, User]
    towns: list[Area]
    villages: list[Area]
    rng: random.Random
    names: dict[str, list[str]] = field(default_factory=dict)
    _persons: int = 0

    def add(self, code: str, rows: Sequence[Mapping[str, Any]], *, state: str = State.CONFIRMED) -> list[Any]:
        """Register rows of a ledger (raw values by column name; ``stage`` may be given) as its office's clerk, in one operation."""
        ledger = registry.get(code)
        author = store.author_for(ledger, self.bureau, self.clerk(ledger))
        return store.create_many(ledger, list(rows), author, state=state, operation="演示数据")

    def clerk(self, ledger: Ledger) -> User:
        """The account that registers rows of a ledger."""
        wanted = {"ip": "zhichanyuan", "rural": "nongcunyuan", "outreach": "kepuyuan", "office": "bangongyuan",
                  "party": "dangwu", "finance": "caiwu"}  # fmt: skip
        return self.users[wanted.get(ledger.office, "yewuyuan")]

    def person(self) -> str:
        """An invented name, each one different within the bureau."""
        n = self._persons
        self._persons += 1
        first, rest = SURNAMES[n % len(SURNAMES)], n // len(SURNAMES)
        given = GIVEN[(n * 7 + rest * 3) % len(GIVEN)] + GIVEN[(rest * 5 + n) % len(GIVEN)]
        return f"{first}{given}"

    def days(self, start: date, end: date, count: int) -> list[date]:
        """``count`` working days spread evenly between two dates, in order."""
        span = (end - start).days
        spread = [start + timedelta(days=round(span * (n + 0.5) / count)) for n in range(count)]
        return [d - timedelta(days=max(0, d.weekday() - 4)) if d - timedelta(days=max(0, d.weekday() - 4)) >= start else d for d in spread]

    def split(self, total: int, parts: int) -> list[int]:
        """``parts`` positive whole numbers that add up to ``total``, uneven but reproducible."""
        weights = [self.rng.uniform(0.7, 1.3) for _ in range(parts)]
        shares = [max(1, int(total * w / sum(weights))) for w in weights]
        shares[-1] += total - sum(shares)
        if shares[-1] < 1:
            return self.split(total, parts)
        return shares

    def village(self, n: int) -> str:
        """The name of the n-th village, round and round."""
        return self.villages[n % len(self.villages)].name


PROVINCE = ("99", "演示省", "province")
CITY = ("9901", "演示市", "city")
COUNTIES = {
    "990102": ("虚谷区", "虚谷区科学技术局", "区科技局", "虚科"),
    "990121": ("拟林县", "拟林县科学技术局", "县科技局", "拟林科"),
    "990122": ("虚江县", "虚江县科学技术局", "县科技局", "虚江科"),
    "990123": ("拟川县", "拟川县科学技术局", "县科技局", "拟川科"),
    "990124": ("拟云县", "拟云县科学技术局", "县科技局", "拟云科"),
}
# Which template a bureau uses for a kind of period, and the period that its pages open with: that of the replayed summary.
SETTINGS: dict[str, dict[str, object]] = {
    "990102": {"templates": {"year": "year_items"}, "period": "2015"},
    "990124": {"templates": {"half": "half_slogans"}, "period": "2014H1"},
}
TOWNS = ("云台", "松岗", "石渠", "柳湾", "新河", "望山", "清泉", "金穗", "南坪", "北塬")
VILLAGES = ("东头", "西头", "上坪", "下坪", "前湾", "后湾", "大柳", "小柳", "红砂", "白杨")


def make_areas() -> None:
    """The province, its city, five counties, ten towns each and ten villages a town: 12-digit codes under 99."""
    rows = [Area(code=code.ljust(12, "0"), name=name, rank=rank) for code, name, rank in (PROVINCE, CITY)]
    rows[1].parent_id = rows[0].code
    for county, (name, *_rest) in COUNTIES.items():
        rows.append(Area(code=county.ljust(12, "0"), name=name, rank="county", parent_id=rows[1].code))
        for t, town in enumerate(TOWNS, 1):
            code = f"{county}{100 + t}"
            rows.append(
                Area(
                    code=code.ljust(12, "0"),
                    name=f"{town}镇",
                    short_name=town,
                    rank="town",
                    parent_id=county.ljust(12, "0"),
                )
            )
            for v, village in enumerate(VILLAGES, 1):
                place = f"{town}{village}村"
                rows.append(Area(code=f"{code}{200 + v}", name=place, rank="village", parent_id=code.ljust(12, "0")))
    known = set(Area.objects.filter(code__startswith="99").values_list("code", flat=True))
    Area.objects.bulk_create([row for row in rows if row.code not in known])


def make_bureau(county: str) -> World:
    """A bureau with offices and an account for every role."""
    name, full, short, prefix = COUNTIES[county]
    area = Area.objects.get(code=county.ljust(12, "0"))
    bureau, _ = Bureau.objects.get_or_create(
        area=area, defaults={"county": county, "name": full, "short_name": short, "document_prefix": prefix, "settings": SETTINGS.get(county, {})}
    )
    with oplog.operation("建局", county=county):
        for position, (code, office) in enumerate(OFFICES):
            if not Office.objects.filter(county=county, code=code).exists():
                Office(county=county, bureau=bureau, code=code, name=office, position=position).save()
    world = World(bureau, county, short, {}, [], [], random.Random(int(county)))  # noqa: S311 — invented data, not secrets
    world.users = _make_users(world, suffix=county[-2:])
    low, high = area.bounds()
    places = list(Area.objects.filter(code__gte=low, code__lte=high))
    world.towns = [a for a in places if a.rank == "town"]
    world.villages = [a for a in places if a.rank == "village"]
    return world


def _make_users(world: World, suffix: str) -> dict[str, User]:
    """Accounts named by role and county: juzhang02 is the director of the district 990102."""
    from django.contrib.auth.hashers import make_password

    hashed, users = make_password(settings.JUSHI_DEMO_PASSWORD), {}
    for login, title, role, office in ACCOUNTS:
        user, made = User.objects.get_or_create(
            username=f"{login}{suffix}",
            defaults={"bureau": world.bureau, "full_name": f"{world.person()}（{title}）", "password": hashed},
        )
        if made:
            # whoever works in villages sees the first town's
            digits = f"{world.county}101" if role == "village_worker" else ""
            Grant.objects.create(user=user, role=role, office_code=office, area_digits=digits)
        users[login] = user
    return users


def make_city() -> None:
    """The office above: it reads what the bureaus below have signed."""
    from django.contrib.auth.hashers import make_password

    code, name, _rank = CITY
    bureau, made = Bureau.objects.get_or_create(
        area=Area.objects.get(code=code.ljust(12, "0")), defaults={"county": "", "name": f"{name}科学技术局", "short_name": "市科技局"}
    )
    if made:
        user = User.objects.create(
            username="shiju01", full_name="房明远（上级部门）", bureau=bureau, password=make_password(settings.JUSHI_DEMO_PASSWORD)
        )
        Grant.objects.create(user=user, role="superior")


def demo_scope(county: str) -> scope.Scope:
    """The scope under which a demonstration bureau is filled."""
    return scope.of_counties([county], "演示数据")
