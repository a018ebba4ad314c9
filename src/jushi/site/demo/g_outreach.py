"""G 科普与培训 of the demonstration: weeks, trips, communities, fixed-date campaigns."""

from __future__ import annotations

from jushi.kernel.states import State
from jushi.site.demo.world import World

TRIP_UNITS = ("林业局", "农业局", "茶果局", "气象局", "卫生局", "科学技术协会", "畜牧局")
THEMES = {2012: "携手建设创新型国家", 2013: "科技创新·美好生活", 2014: "科学生活 创新圆梦", 2015: "创新创业 科技惠民"}
FIRST_WEEK = 2001  # the national week was first held that year


def load(world: World) -> None:
    """The district replays the whole of 2015, the county the first half of 2014; both have lighter years before."""
    for year in (2012, 2013, 2014, 2015):
        weeks(world, year)
    if world.county == "990102":
        _district(world)
    else:
        _county(world)


def units(world: World, *names: str) -> str:
    """Registered departments by their short names."""
    return "、".join(f"{world.bureau.area.name}{name}" for name in names)


def weeks(world: World, year: int) -> None:
    """The science week of a year: its own event has stands and visitors; leaflets are counted at the events of the week."""
    if year == 2015 and world.county != "990102":
        return
    edition = year - FIRST_WEEK + 1
    world.add("science_weeks", [{
        "title": f"第{edition}届科技活动周启动仪式", "edition": edition, "theme": THEMES[year], "held_on": f"{year}-05-1{6 + year % 3}",
        "ends_on": f"{year}-05-2{4 + year % 3}", "place": "文化广场", "campaigns": "科技活动周、知识产权宣传", "stands": 18 + year % 5,
        "units": "、".join(world.names["departments"][: 8 + year % 4] + world.names["schools"][:3]),
        "visitors": 1500 + 40 * (year % 7), "content": "启动仪式、展台咨询、科技成果展示", "result": "活动平稳有序", "stage": "summarised",
    }])  # fmt: skip


def trip(world: World, day: str, place: int, leaflets: int, panels: int, consultations: int, **more: object) -> dict[str, object]:
    """One trip to a township."""
    town = world.towns[place % len(world.towns)]
    experts = [world.names["experts"][(place + k) % 24] for k in range(4)]
    return {
        "title": f"{town.name}送科技下乡", "held_on": day, "area": town.code, "place": "集市", "theme": "科技下乡 为民服务",
        "units": units(world, *TRIP_UNITS), "experts": "、".join(experts), "leaflets": leaflets, "panels": panels or None,
        "consultations": consultations or None, "campaigns": "科技活动周" if "-05-" in day else "",
        "content": "现场答疑，送书送资料", "result": "群众反映良好", "stage": "summarised", **more,
    }  # fmt: skip


def _county(world: World) -> None:
    """Five trips in the first half of 2014, and what earlier halves looked like."""
    for year, counts in ((2012, (1900, 2050, 2240)), (2013, (2100, 2300, 2480, 2610))):
        world.add("tech_trips", [
            trip(world, f"{year}-0{2 + n}-18", n, leaflets, 11 + n, 1650 + 130 * n) for n, leaflets in enumerate(counts)
        ])  # fmt: skip
    days = ("2014-01-14", "2014-03-05", "2014-04-11", "2014-05-20", "2014-06-13")
    copies, panels, asked = (2800, 3200, 2600, 3300, 3150), (15, 18, 14, 19, 17), (2150, 2480, 2060, 2700, 2470)
    rows = [trip(world, days[n], n, copies[n], panels[n], asked[n]) for n in range(5)]
    rows[2]["title"], rows[4]["title"] = "工业园区企业送科技", "和顺社区送科技"
    world.add("tech_trips", rows)
    world.add("tech_trips", [trip(world, "2014-06-27", 6, 900, 6, 400, stage="done")], state=State.PENDING)


def _district(world: World) -> None:
    """2015: two community events in the week and on science day, one trip and two fixed-date campaigns; 2013 and 2014 before."""
    for year, scale in ((2013, 70), (2014, 85), (2015, 100)):
        for event in _communities(year):
            amounts = ("panels", "leaflets", "residents", "consultations")
            scaled = {name: int(event[name]) * scale // 100 for name in amounts}  # type: ignore[call-overload]
            world.add("community_events", [event | scaled | {"units": "、".join(world.names["departments"][:9])}])
        _campaigns(world, year, scale)
    world.add("community_events", [_communities(2015)[0] | {"title": "安居社区科普专场", "held_on": "2015-12-18", "stage": "planned"}],
              state=State.DRAFT)  # fmt: skip


def _communities(year: int) -> list[dict[str, object]]:
    """Three events that add up, in 2015, to 50 panels, 8045 leaflets and 6050 residents."""
    common = {"theme": THEMES[year], "content": "科普展览、现场咨询", "result": "居民参与踊跃", "stage": "summarised"}
    return [
        common | {"title": "和顺社区科技进社区", "held_on": f"{year}-05-20", "place": "和顺社区广场", "campaigns": "科技活动周",
                  "panels": 20, "leaflets": 3260, "residents": 2480, "consultations": 2480},
        common | {"title": "朝晖社区科技进社区", "held_on": f"{year}-05-22", "place": "朝晖社区", "campaigns": "科技活动周",
                  "panels": 12, "leaflets": 2145, "residents": 1610, "consultations": 1610},
        common | {"title": "广场社区科技进社区", "held_on": f"{year}-09-19", "place": "广场社区", "campaigns": "全国科普日",
                  "panels": 18, "leaflets": 2640, "residents": 1960, "consultations": 1960},
    ]  # fmt: skip


def _campaigns(world: World, year: int, scale: int) -> None:
    """One trip and the two fixed-date campaigns: in 2015 they add up to 3340 leaflets and 8000 beneficiaries."""
    world.add("tech_trips", [
        trip(world, f"{year}-02-10", 1, 1420 * scale // 100, 0, 0, beneficiaries=3600 * scale // 100, campaigns=""),
    ])  # fmt: skip
    world.add("publicity_days", [
        {"title": f"{year}年世界知识产权日宣传", "category": "ip_day", "held_on": f"{year}-04-26", "place": "中心广场",
         "units": units(world, "环境保护局", "文化局"), "leaflets": 980 * scale // 100, "beneficiaries": 2300 * scale // 100,
         "campaigns": "知识产权宣传", "content": "宣讲科技进步法、专利法", "result": "参与面广", "stage": "summarised"},
        {"title": f"{year}年全国防灾减灾日宣传", "category": "disaster_day", "held_on": f"{year}-05-12", "place": "中心广场",
         "units": units(world, "地震局", "气象局"), "leaflets": 940 * scale // 100, "beneficiaries": 2100 * scale // 100,
         "campaigns": "知识产权宣传", "content": "防震避险知识、专利法", "result": "开展演练一次", "stage": "summarised"},
    ])  # fmt: skip
