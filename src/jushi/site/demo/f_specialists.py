"""F 科技特派员 of the demonstration: roster, logs, assessment, projects, talents, experts, support, greenhouse alarms."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from jushi.entities.models import Designation
from jushi.kernel import oplog
from jushi.kernel.states import State
from jushi.ledgers import e_alarms, f_assessment
from jushi.site.demo.world import World

FIELDS = ("protected_vegetable", "fruit", "pest", "livestock", "soil", "processing")
POOL_FIELDS = ("protected_vegetable", "fruit", "pest", "livestock", "soil", "processing", "ip", "machinery")
PROJECTS = (
    ("药菜兼用新品种试种示范", "vegetable", 62), ("薰衣草引种与利用", "herb", 48), ("有机蔬菜栽培示范", "vegetable", 75),
    ("动物防检结合技术推广", "livestock", 56), ("设施蔬菜栽培技术推广", "vegetable", 90),
)  # fmt: skip
EARLIER = ("早熟油桃", "果园生草", "枸杞间作", "葡萄避雨栽培", "菌菜轮作", "育苗基质", "蔬菜集约育苗", "辣椒早播")
TALENT_PROJECTS = ("智能灌溉小站", "食用菌工厂化栽培", "戈壁果园机械化")


def load(world: World) -> None:
    """The district has sixty in office at the end of 2015 (one left in October); the county twenty-six in 2014."""
    pool(world)
    if world.county == "990102":
        people = roster(world, 24, 37)
        logs(world, people, (2014, 2015))
        _assess(world, 2014)
        _projects(world, people)
        _talents(world)
        _support(world, people, 2015)
        _alarms(world)
    else:
        people = roster(world, 20, 6, second_year=2014)
        logs(world, people[:20], (2013, 2014))
        _support(world, people, 2014)


def pool(world: World) -> None:
    """The registered experts, in the pool since 2012."""
    world.add("experts", [
        {"person": name, "field": POOL_FIELDS[n % 8], "level": "city" if n % 4 == 0 else "county", "starts_on": "2012-06-01", "stage": "pooled"}
        for n, name in enumerate(world.names["experts"])
    ])  # fmt: skip
    world.add("expert_engagements", [
        {"title": "农业项目评审会", "held_on": f"{year}-06-0{2 + n}", "experts": "、".join(world.names["experts"][n * 3 : n * 3 + 3]),
         "purpose": "review", "stage": "done"} for year in (2013, 2014) for n in range(2)
    ])  # fmt: skip


def roster(world: World, first: int, second: int, second_year: int = 2015) -> list[str]:
    """``first`` specialists since 2013 (three of province level), ``second`` new ones, five of them of city level; one of those leaves."""
    names = [world.person() for _ in range(first + second)]
    departments = world.names["departments"]
    world.add(
        "people",
        [{"title": n, "organisation": departments[k % 4], "speciality": "农业技术推广"} for k, n in enumerate(names)],
    )
    rows = []
    for n, name in enumerate(names):
        is_new = n >= first
        new_city = is_new and n - first < 5
        rows.append({
            "person": name, "level": "city" if new_city else "province" if n < 3 else "county", "field": FIELDS[n % 6],
            "category": "demonstration" if new_city else "service", "sender": departments[n % 4],
            "host": world.names["cooperatives"][n % 6] if n % 3 == 0 else "", "places": world.villages[n].code,
            "starts_on": f"{second_year}-03-0{1 + n % 5}" if is_new else "2013-04-01", "stage": "serving",
            "handler": str(world.users["tepaiyuan"].pk) if n == 0 else "",
        })  # fmt: skip
    if second_year == 2015:
        rows[first + 4] |= {"ends_on": "2015-10-15", "end_reason": "工作调动", "stage": "left"}
    world.add("specialists", rows)
    world.names["specialists"] = names
    return names


def logs(world: World, people: list[str], years: tuple[int, ...]) -> None:
    """Days of service in two years, every fifth of them a training. The first on the roster has the specialists' account."""
    account = world.users["tepaiyuan"]
    account.full_name = f"{people[0]}（科技特派员）"
    account.save()
    found = {row.title: row for row in Designation.objects.filter(county=world.county, kind="specialist")}
    rows = []
    for year in years:
        for n, name in enumerate(people):
            row = found[name]
            end = min(row.ends_on or date(year, 11, 28), date(year, 11, 28))
            start = max(row.starts_on, date(year, 1, 12))
            if start >= end:
                continue
            count = 24 + n * 7 % 38 if (world.county, year) == ("990102", 2014) else 3 + n % 4  # the year that is assessed
            for k, day in enumerate(world.days(start, end, count)):
                is_class = k % 8 == 2
                rows.append({
                    "title": "上门培训" if is_class else "到点指导", "designation": str(row.pk), "held_on": day, "area": world.villages[n].code,
                    "form": "training" if is_class else "field", "attendances": 12 + n % 9 if is_class else None,
                    "content": "讲解当季管理要点", "confirmed_by": "村委会", "stage": "checked",
                    "handler": str(account.pk) if n == 0 else "",
                })  # fmt: skip
    world.add("service_logs", rows)


def _assess(world: World, year: int) -> None:
    """Score a closed year by the service that the bureau uses, give the opinions, settle the grades."""
    sheets = f_assessment.close_year(world.bureau, year, date(year, 12, 20))
    with oplog.operation("演示数据", county=world.county):
        for n, sheet in enumerate(sheets):
            days = {f"signed_{who}": date(year, 12, 30).isoformat() for who in ("bureau", "organisation", "personnel")}
            sheet.details = {"opinion_score": str(21 + n % 9), "opinion_from": "服务村", **days}
            sheet.opinion, sheet.result = "同意", "按等次落实"
            sheet.published_on, sheet.decided_on = date(year, 12, 24), date(year, 12, 31)
            f_assessment.derive_total(sheet, {})
            sheet.stage, sheet.state = "applied", State.CONFIRMED
            sheet.save()


def _projects(world: World, people: list[str]) -> None:
    """Five start-up projects of 2015 with their leaders, eight of earlier years, all accepted."""
    world.add("specialist_projects", [
        {"title": title, "leader": people[24 + n], "organisation": world.names["cooperatives"][n], "field": field, "budget": 18 + 6 * n,
         "households": households, "area": world.villages[24 + n].code, "applied_on": "2015-03-10", "approved_on": f"2015-04-0{2 + n}",
         "due_on": "2016-12-31", "stage": "running"} for n, (title, field, households) in enumerate(PROJECTS)
    ])  # fmt: skip
    world.add("specialist_projects", [
        {"title": f"{title}示范", "leader": people[2 * n], "field": "fruit" if n < 4 else "vegetable", "budget": 12 + n, "households": 24 + n,
         "approved_on": "2014-04-08" if n < 3 else "2013-05-16", "accepted_on": "2014-12-18", "stage": "accepted"}
        for n, title in enumerate(EARLIER)
    ])  # fmt: skip


def _talents(world: World) -> None:
    names = [world.person() for _ in TALENT_PROJECTS]
    world.add(
        "people",
        [{"title": n, "organisation": world.names["firms"][k], "speciality": "创新创业"} for k, n in enumerate(names)],
    )
    world.add("talent_projects", [
        {"title": title, "leader": names[n], "budget": 12 + n, "households": 10, "approved_on": f"2015-05-1{n}", "stage": "running"}
        for n, title in enumerate(TALENT_PROJECTS)
    ])  # fmt: skip
    world.add("young_talents", [
        {"person": names[n], "level": "city", "project": title, "recommended_on": "2015-03-20", "starts_on": "2015-05-04", "stage": "fostered"}
        for n, title in enumerate(TALENT_PROJECTS)
    ])  # fmt: skip


def _support(world: World, people: list[str], year: int) -> None:
    """Allowances and insurance of twenty people, in the first half of the year; two more await approval."""
    rows: list[dict[str, Any]] = []
    for n, name in enumerate(people[:20]):
        common = {
            "payee_person": name,
            "approved_on": f"{year}-04-10",
            "paid_on": f"{year}-04-2{n % 8}",
            "stage": "paid",
        }
        rows.append(common | {"title": f"{year}年下乡补助", "category": "allowance", "amount": 1200})
        rows.append(common | {"title": f"{year}年人身意外保险", "category": "insurance", "amount": 100})
    world.add("specialist_support", rows)
    waiting = [{"payee_person": n, "title": "外出进修", "category": "training", "amount": 800, "stage": "drafted"} for n in people[20:22]]
    world.add("specialist_support", waiting, state=State.PENDING)


def _alarms(world: World) -> None:
    """A cold night in greenhouse A-05, handled and over by morning; a hot noon in B-02 that is still open."""
    night = timezone.make_aware(datetime(2015, 1, 18, 3, 10))
    for minute, value in enumerate(("6.5", "6.3", "6.2", "6.4")):
        e_alarms.receive(world.bureau, _reading("A-05", value, night + timedelta(minutes=minute)))
    alarm = e_alarms.receive(world.bureau, _reading("A-05", "6.1", night + timedelta(minutes=20)))
    if alarm is not None:
        e_alarms.handle(alarm, "加盖草帘，点燃增温块", on=night.date())
    e_alarms.receive(world.bureau, _reading("A-05", "9.0", night + timedelta(minutes=95)))
    noon = timezone.make_aware(datetime(2015, 12, 21, 13, 5))
    e_alarms.receive(world.bureau, _reading("B-02", "36.8", noon))


def _reading(house: str, value: str, at: datetime) -> e_alarms.Reading:
    return e_alarms.Reading(house, "temperature", Decimal(value), at)
