"""E 农业科技 of the demonstration: vegetable points, varieties, techniques, field visits, year by year."""

from __future__ import annotations

from datetime import date
from typing import Any

from jushi.kernel.states import State
from jushi.site.demo.d_results import PROTOCOLS
from jushi.site.demo.e_names import (
    FOOD_MEDICINE,
    FRUIT_TECHNIQUES,
    FRUITS,
    HERBS,
    MELONS,
    ORNAMENTALS,
    VEGETABLE_TECHNIQUES,
)
from jushi.site.demo.world import World

CROPS = ("黄瓜", "西红柿", "辣椒", "叶菜", "西葫芦")
FINDINGS = (
    ("叶片黄化，系棚内湿度偏高引起霜霉病", "加强放风，轮换用药，清除病叶"),
    ("植株早衰，土壤板结、连作障碍", "增施有机肥，轮作倒茬，高温闷棚"),
    ("白粉虱成片，防虫网破损", "更换防虫网，挂黄板，放养丽蚜小蜂"),
    ("根部腐烂，浇水过量、排水不畅", "改滴灌，起垄栽培，灌根防治"),
)


def load(world: World) -> None:
    """The district replays its year of visits to nine places; the county has a light year of its own."""
    if world.county == "990102":
        points(world)
        varieties(world)
        techniques(world)
        visits(world, 2013, places=5, households=25, amounts=(70, 80, 310, 420))
        visits(world, 2014, places=7, households=33, amounts=(118, 131, 540, 760))
        visits(world, 2015, places=9, households=39, amounts=(160, 180, 750, 1042), extra=4)
        _pending(world)
    else:
        visits(world, 2013, places=4, households=12, amounts=(0, 40, 180, 220))
        visits(world, 2014, places=3, households=10, amounts=(0, 26, 120, 150))


def points(world: World) -> None:
    """Seven points: 32 sheds and 25 greenhouses, each with a number, and 223 亩 of open land planted in 2015."""
    letters, managers = "ABCDEFG", world.names["technicians"]
    names = [f"{world.towns[n].short_name}蔬菜示范点" for n in range(7)]
    world.add("veg_points", [
        {"title": name, "area": _village(world, n).code, "operator": world.names["cooperatives"][n % 6], "manager": managers[n],
         "land_mu": 60 + 4 * n, "crops": "、".join(CROPS), "protocol": f"无公害{PROTOCOLS[n % len(PROTOCOLS)]}种植技术规程",
         "started_on": f"{2012 + n // 3}-03-10", "built_on": f"{2012 + n // 3}-10-20",
         "stage": "running"} for n, name in enumerate(names)
    ])  # fmt: skip
    houses = []
    for n, (sheds, greenhouses) in enumerate(((5, 5), (5, 4), (5, 4), (5, 3), (4, 3), (4, 3), (4, 3))):
        for k in range(greenhouses + sheds):
            is_shed = k >= greenhouses
            houses.append({
                "number": f"{letters[n]}-{k + 1:02d}", "title": f"{names[n]}{'塑料大棚' if is_shed else '日光温室'}{k + 1:02d}",
                "category": "shed" if is_shed else "greenhouse", "base": names[n], "size": 480 if is_shed else 667,
                "built_on": f"{2012 + n // 3}-10-20", "limits": "" if is_shed else "温度 8~35；湿度 40~92",
                "model": "" if is_shed else "YK-2", "area": _village(world, n).code,
            })  # fmt: skip
    world.add("grow_houses", houses)
    for year, total in ((2013, 121), (2014, 176), (2015, 223)):
        used = names[: 3 + 2 * (year - 2013)]
        shares = world.split(total, len(used) * 2)
        world.add("veg_areas", [
            {"base": used[n // 2], "crop": CROPS[n % 5], "mode": "open_field", "quantity": share, "starts_on": f"{year}-0{4 + n % 2}-1{n % 7}",
             "area": _village(world, n // 2).code} for n, share in enumerate(shares)
        ])  # fmt: skip
    world.add("veg_areas", [
        {"base": names[n], "crop": CROPS[n % 5], "mode": "greenhouse", "quantity": 3 + n % 2, "starts_on": "2015-09-08"} for n in range(7)
    ])  # fmt: skip


def varieties(world: World) -> None:
    """2015: 17, 10, 8, 6 and 23 varieties of five classes; twelve in 2014."""
    classes = {"melon_vegetable": MELONS, "herb_vegetable": [(n, n) for n in HERBS], "food_medicine": [(n, n) for n in FOOD_MEDICINE],
               "fruit": [(n, n) for n in FRUITS], "ornamental": [(n, n) for n in ORNAMENTALS]}  # fmt: skip
    point = f"{world.towns[0].short_name}蔬菜示范点"
    rows = [
        {"title": title, "crop": crop, "category": code, "origin": "introduced", "source": "省农业科学院", "base": point,
         "introduced_on": f"2015-03-{1 + n:02d}", "trialled_on": "2015-04-20",
         "stage": "trialled"} for code, names in classes.items() for n, (title, crop) in enumerate(names)
    ]  # fmt: skip
    earlier = [
        {"title": f"{crop}丰源{n + 1}号", "crop": crop, "category": "melon_vegetable", "origin": "introduced", "base": point,
         "introduced_on": "2014-03-12", "trialled_on": "2014-04-18", "demonstrated_on": "2015-04-15", "result": "长势良好，亩产增一成",
         "stage": "demonstrated"} for n, crop in enumerate(CROPS * 2)
    ]  # fmt: skip
    world.add("varieties", earlier + rows)
    world.add("varieties", [{"title": "紫甘蓝晚霞", "crop": "甘蓝", "category": "melon_vegetable", "introduced_on": "2015-11-25"}],
              state=State.PENDING)  # fmt: skip


def techniques(world: World) -> None:
    """2015: three vegetable techniques and six fruit techniques on trial; two extended from the year before."""
    point = f"{world.towns[0].short_name}蔬菜示范点"
    world.add("techniques", [
        {"title": name, "field": field, "introduced_on": f"2015-02-{10 + n:02d}", "trialled_on": f"2015-04-{1 + n:02d}", "base": point,
         "sites": 2 + n % 3, "adopters": 12 + 5 * n, "stage": "trialled"}
        for field, names in (("vegetable", VEGETABLE_TECHNIQUES), ("fruit", FRUIT_TECHNIQUES)) for n, name in enumerate(names)
    ])  # fmt: skip
    world.add("techniques", [
        {"title": name, "field": "vegetable", "introduced_on": "2013-03-02", "trialled_on": "2013-04-10", "demonstrated_on": "2014-04-12",
         "promoted_on": "2015-03-20", "base": point, "sites": 6, "adopters": 140, "result": "节水三成", "stage": "promoted"}
        for name in ("膜下滴灌", "秸秆生物反应堆")
    ])  # fmt: skip


def visits(world: World, year: int, *, places: int, households: int, amounts: tuple[int, int, int, int], extra: int = 0) -> None:
    """Three visits to each place, one per town; ``households`` different ones a place (one more at the first ``extra`` places).

    ``amounts``: greenhouses, sheds, people trained, books of the year. The first three places are facility areas.
    """
    count = places * 3
    days = world.days(date(year, 3, 2), date(year, 10, 30), count)
    facility = min(3, places) * 3
    greenhouses = world.split(amounts[0], facility) if amounts[0] else [0] * facility
    sheds, trained, books = (world.split(total, count) for total in amounts[1:])
    rows = []
    for n in range(count):
        place, turn = n % places, n // places
        first = (n // places) * min(places, 3) + place
        finding, advice = FINDINGS[n % len(FINDINGS)]
        rows.append({
            **_where(world, place), "title": f"{_village(world, place).name}田间诊断指导", "held_on": days[n], "crop": CROPS[n % 5],
            "speaker": world.names["experts"][n % 24], "experts": "、".join(world.names["experts"][(n + k) % 24] for k in range(1, 4)),
            "households": "、".join(_met(world, place, turn, households + (place < extra))),
            "greenhouses_guided": greenhouses[first] if place < 3 and amounts[0] else None, "sheds_guided": sheds[n],
            "attendances": trained[n], "books": books[n], "content": finding, "result": advice,
        })  # fmt: skip
    world.add("field_visits", rows)


def _village(world: World, place: int) -> Any:
    """The village that stands for a place: one in each town."""
    return world.villages[(place % len(world.towns)) * 10 + place]


def _where(world: World, place: int) -> dict[str, str]:
    return {"area": _village(world, place).code, "category": "facility_area" if place < 3 else "point"}


def _met(world: World, place: int, turn: int, households: int) -> list[str]:
    """Households of the town met on the turn-th visit; the third visit calls on two of the first again."""
    low, high = world.villages[place * 10].code[:9], world.names["households"]
    town = [number for n, number in enumerate(high) if world.villages[n % len(world.villages)].code.startswith(low)][:households]
    third = -(-len(town) // 3)
    met = town[turn * third : (turn + 1) * third]
    return met + (town[:2] if turn == 2 else [])


def _pending(world: World) -> None:
    """Rows that nobody has confirmed yet: figures leave them out."""
    row = {
        **_where(world, 1),
        "title": "秋延后蔬菜病害诊断",
        "held_on": "2015-11-18",
        "attendances": 26,
        "sheds_guided": 7,
    }
    world.add("field_visits", [row], state=State.PENDING)
    world.add(
        "field_visits",
        [{**_where(world, 2), "title": "越冬茬生产指导", "held_on": "2015-12-09", "attendances": 18}],
        state=State.DRAFT,
    )
