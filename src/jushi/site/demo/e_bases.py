"""E 农业科技 of the demonstration: field visits of experts, year by year."""

from __future__ import annotations

from datetime import date
from typing import Any

from jushi.kernel.states import State
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
        visits(world, 2013, places=5, households=25, amounts=(70, 80, 310, 420))
        visits(world, 2014, places=7, households=33, amounts=(118, 131, 540, 760))
        visits(world, 2015, places=9, households=39, amounts=(160, 180, 750, 1042), extra=4)
        _pending(world)
    else:
        visits(world, 2013, places=4, households=12, amounts=(0, 40, 180, 220))
        visits(world, 2014, places=3, households=10, amounts=(0, 26, 120, 150))


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
    row = {**_where(world, 1), "title": "秋延后蔬菜病害诊断", "held_on": "2015-11-18", "attendances": 26, "sheds_guided": 7}
    world.add("field_visits", [row], state=State.PENDING)
    world.add("field_visits", [{**_where(world, 2), "title": "越冬茬生产指导", "held_on": "2015-12-09", "attendances": 18}], state=State.DRAFT)
