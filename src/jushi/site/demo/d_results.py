"""Patents, protocols, forecasts: the district replays 195 filings by the end of November 2015, 31 inventions in force, five protocols."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from jushi.kernel.states import State
from jushi.site.demo.world import World

TYPE_DIGIT = {"invention": "1", "utility": "2", "design": "3"}
WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)

# (first day, last day) and filings by type; "granted": how many inventions of that group were granted, and when.
DISTRICT = (
    (date(2010, 3, 1), date(2010, 11, 20), {"invention": 4}, date(2012, 6, 13)),
    (date(2011, 2, 20), date(2011, 11, 25), {"invention": 5}, date(2013, 5, 8)),
    (date(2012, 2, 10), date(2012, 11, 28), {"invention": 5}, date(2014, 8, 20)),
    (date(2013, 1, 8), date(2013, 12, 20), {"invention": 19, "utility": 74, "design": 38}, date(2015, 7, 15)),
    (date(2014, 1, 6), date(2014, 12, 22), {"invention": 29, "utility": 93, "design": 40}, None),
    (date(2015, 1, 5), date(2015, 11, 27), {"invention": 38, "utility": 112, "design": 45}, None),
)
# The December list has come but nobody has confirmed it: it must not move any figure.
DECEMBER = ((date(2015, 12, 2), date(2015, 12, 25), {"invention": 2, "utility": 7, "design": 2}, None),)
COUNTY = (
    (date(2009, 4, 1), date(2009, 10, 20), {"invention": 3}, date(2012, 3, 14)),
    (date(2012, 2, 6), date(2012, 12, 10), {"invention": 3, "utility": 11, "design": 4}, date(2014, 5, 21)),
    (date(2013, 1, 15), date(2013, 12, 16), {"invention": 4, "utility": 14, "design": 6}, None),
    (date(2014, 1, 13), date(2014, 6, 26), {"invention": 3, "utility": 9, "design": 3}, None),
)
HOW = ("可调式", "防堵", "节能", "快拆", "多功能", "自锁", "轻便", "耐磨", "双层", "移动式", "密封", "折叠")
WHAT = (
    "滴灌接头", "卷帘机", "轴承座", "筛分装置", "烘干箱", "输送带托辊", "育苗盘", "配电柜散热结构", "玻璃切割台", "纱线张紧器", "包装机送料斗",
    "矿用支护架", "保温被固定件", "种子清选机", "药材切片机", "粮仓通风管",
)  # fmt: skip
SUBJECT = (
    "耐盐牧草选育",
    "果品保鲜",
    "尾矿回收",
    "羊绒染色",
    "土壤改良剂制备",
    "低温粮食干燥",
    "纳米涂层制备",
    "微灌水肥控制",
)
LOOK = ("包装盒", "礼品袋", "台灯", "水杯", "灯罩", "瓶贴", "座椅", "摆件")
FIELD = ("farming", "machinery", "electronics", "materials", "medicine", "daily")
PROTOCOLS = ("黄瓜", "西红柿", "辣椒", "甘蓝", "西葫芦")


def load(world: World) -> None:
    """Patents of the bureau; for the district also protocols and the forecast of the year."""
    district = world.county == "990102"
    rows = list(patents(world, DISTRICT if district else COUNTY))
    lapse(rows)
    world.add("patents", rows)
    if district:
        world.add("patents", list(patents(world, DECEMBER, first=9001)), state=State.PENDING)
        protocols(world)
        world.add("external_figures", [forecast(2014, 164, "前十一个月的申请清单，加代理机构在办案件"),
                                forecast(2015, 206, "前十一个月已申请一百九十五件，代理机构在办十一件")])  # fmt: skip


def application_number(year: int, kind: str, serial: int) -> str:
    """A number that proves itself: year, type digit, serial, and the check digit after the point (ZC 0006—2003)."""
    body = f"{year}{TYPE_DIGIT[kind]}{serial:07d}"
    rest = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11
    return f"{body}.{'X' if rest == 10 else rest}"


Batch = tuple[date, date, dict[str, int], date | None]


def patents(world: World, batches: tuple[Batch, ...], first: int = 1) -> Iterator[dict[str, Any]]:
    """One row per filing, the types interleaved over the working days of each batch."""
    number = first
    for start, end, types, granted in batches:
        kinds = interleaved(types)
        for kind, day in zip(kinds, world.days(start, end, len(kinds)), strict=True):
            yield patent(world, number, kind, day, granted)
            number += 1


def interleaved(types: dict[str, int]) -> list[str]:
    """Types spread evenly among each other, so that no month holds only one of them."""
    total = sum(types.values())
    places = [((n + 0.5) * total / count, kind) for kind, count in types.items() for n in range(count)]
    return [kind for _, kind in sorted(places)]


def patent(world: World, n: int, kind: str, day: date, granted: date | None) -> dict[str, Any]:
    """A filing and what became of it: designs and utility models are granted within months, inventions when the batch says so."""
    title = {
        "invention": f"一种{SUBJECT[n % len(SUBJECT)]}方法及其{WHAT[n % len(WHAT)]}",
        "utility": f"一种{HOW[n % len(HOW)]}{WHAT[(n * 5) % len(WHAT)]}",
        "design": f"{LOOK[n % len(LOOK)]}（{n}号）",
    }[kind]
    row: dict[str, Any] = {
        "number": application_number(day.year, kind, 1000000 + n * 137), "title": title, "type": kind, "applied_on": day,
        "field": FIELD[n % len(FIELD)], "owner": world.names["firms"][n % len(world.names["firms"])], "stage": "filed",
        "inventors": world.names["technicians"][n % len(world.names["technicians"])],
        "area": world.towns[n % len(world.towns)].code,
    }  # fmt: skip
    wait = timedelta(days=170 + n % 60) if kind == "design" else timedelta(days=210 + n % 90)
    if kind == "invention":
        row |= {"granted_on": granted, "stage": "granted"} if granted else published(day, world)
    elif day + wait <= last_day(world):
        row |= {"granted_on": day + wait, "stage": "granted"}
    return row


def published(day: date, world: World) -> dict[str, Any]:
    """An invention is laid open eighteen months after filing (专利法第三十四条)."""
    laid_open = day + timedelta(days=548)
    return {"published_on": laid_open, "stage": "published"} if laid_open <= last_day(world) else {}


def last_day(world: World) -> date:
    """The day up to which the bureau's records run."""
    return date(2015, 12, 31) if world.county == "990102" else date(2014, 6, 30)


def lapse(rows: list[dict[str, Any]]) -> None:
    """The two oldest inventions end for want of the yearly fee: the stock falls on that very day."""
    for row, day in zip(rows[:2], (date(2013, 9, 2), date(2014, 3, 3)), strict=True):
        row |= {"ended_on": day, "stage": "ended", "end_reason": "lapsed"}


def protocols(world: World) -> None:
    """Five for clean vegetables issued in 2015, two earlier ones, one still under review."""

    def row(crop: str, issued: date | None, **more: Any) -> dict[str, Any]:
        base = {"title": f"无公害{crop}种植技术规程", "crop": crop, "category": "无公害蔬菜", "edition": "第一版",
                "organisation": world.names["departments"][1], "stage": "issued", "issued_on": issued}  # fmt: skip
        return base | ({"drafted_on": issued - timedelta(days=60), "appraised_on": issued - timedelta(days=15)} if issued else {}) | more

    world.add(
        "protocols",
        [row(crop, day) for crop, day in zip(PROTOCOLS, world.days(date(2015, 2, 25), date(2015, 4, 28), 5), strict=True)],
    )
    world.add(
        "protocols",
        [row("萝卜", date(2014, 3, 18)), row("红枣", date(2013, 4, 9), title="旱地红枣栽培技术规程", category="林果")],
    )
    world.add("protocols", [row("西甜瓜", None, stage="drafted", drafted_on=date(2015, 11, 9))], state=State.DRAFT)


def forecast(year: int, value: int, source: str) -> dict[str, Any]:
    """What the clerk expected on the last day of November for the whole year."""
    return {
        "measure": "专利申请量",
        "title": f"{year}年专利申请量预计",
        "period": str(year),
        "basis": "预计",
        "as_of": date(year, 11, 30),
        "value": value,
        "unit": "件",
        "source": source,
    }
