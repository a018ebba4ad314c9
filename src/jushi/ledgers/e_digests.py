"""Digests of E 农业科技: each vegetable point with its land, sheds and greenhouses (E07); where field guidance went (E11)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum

from jushi.entities.models import ActivityOutput, ActivityParty
from jushi.ledger.digests import AS_AT, YEAR, Cell, Digest, Inquiry, Line, Table, to_record, to_rows
from jushi.ledger.standing import counted

OUTPUTS = ("greenhouses_guided", "sheds_guided", "attendances", "books")


def _points(inquiry: Inquiry) -> tuple[Table, ...]:
    """Points in service at a day, each with what stands and grows there; the last line is what the summary says."""
    on = inquiry.answers["on"]
    points = list(counted("veg_points", inquiry).filter(_in_force(on, "built_on", "closed_on")).select_related("area", "protocol").order_by("title"))
    built: dict[tuple[Any, str], int] = defaultdict(int)
    houses = counted("grow_houses", inquiry).filter(_in_force(on, "built_on", "ended_on"), base__in=points)
    for base, category in houses.values_list("base", "category"):
        built[base, category] += 1
    year = Q(starts_on__gte=date(on.year, 1, 1), starts_on__lte=date(on.year, 12, 31))
    planted = counted("veg_areas", inquiry).filter(year, mode="open_field")
    land = dict(planted.order_by().values_list("base").annotate(Sum("quantity")))
    lines = tuple(_point(point, on, land.get(point.pk, Decimal(0)), built) for point in points)
    sheds, greenhouses = (sum(built[p.pk, kind] for p in points) for kind in ("shed", "greenhouse"))
    at = f"@{on}"
    total = (Cell("合计"), to_rows(len(points), "veg_points", figure="veg_points.in_service", period=at), Cell(),
             to_rows(sum(land.values(), Decimal(0)), "veg_areas", figure="veg_areas.open_field", period=str(on.year)),
             to_rows(sheds, "grow_houses", figure="veg_points.sheds", period=at),
             to_rows(greenhouses, "grow_houses", figure="veg_points.greenhouses", period=at), Cell(), Cell())  # fmt: skip
    head = ("示范点", "所在村", "占地（亩）", "露地面积（亩）", "塑料大棚（座）", "日光温室（座）", "作物", "执行规程")
    notes = (f"示范点和棚室按{on}在用的计；露地面积为{on.year}年播种（定植）的露地面积之和。",)
    return (Table(head, lines, f"无公害蔬菜生产示范点（截至{on}）", total if lines else (), notes, empty="还没有已建成的示范点。"),)


def _in_force(on: date, start: str, end: str) -> Q:
    return Q(**{f"{start}__lte": on}) & (Q(**{end: None}) | Q(**{f"{end}__gt": on}))


def _point(point: Any, on: date, land: Decimal, built: dict[tuple[Any, str], int]) -> Line:
    base, at = str(point.pk), f"@{on}"
    return Line((
        to_record(point), Cell(point.area.name), Cell(point.land_mu if point.land_mu is not None else ""),
        to_rows(land, "veg_areas", figure="veg_areas.open_field", period=str(on.year), base=base),
        to_rows(built[point.pk, "shed"], "grow_houses", figure="veg_points.sheds", period=at, base=base),
        to_rows(built[point.pk, "greenhouse"], "grow_houses", figure="veg_points.greenhouses", period=at, base=base),
        Cell(point.crops), to_record(point.protocol),
    ))  # fmt: skip


POINTS = Digest(
    "points", "示范点一览", _points, asks=(AS_AT,),
    hint="每个示范点一行：占地、露地面积、大棚、温室；合计就是总结里的数。",
)  # fmt: skip


def _places(inquiry: Inquiry) -> tuple[Table, ...]:
    """Visits of a year by village: how often, how many different households, greenhouses, sheds, people and books."""
    year = inquiry.answers["year"]
    visits = counted("field_visits", inquiry).filter(held_on__gte=date(year, 1, 1), held_on__lte=date(year, 12, 31))
    by_place: dict[str, list[Any]] = defaultdict(list)
    names = {}
    for pk, area, name in visits.values_list("pk", "area_id", "area__name"):
        by_place[area].append(pk)
        names[area] = name
    parties = ActivityParty.objects.filter(activity__in=visits.values("pk"), role="visited", household__isnull=False)
    homes: dict[Any, set[Any]] = defaultdict(set)
    for visit, household in parties.values_list("activity_id", "household_id"):
        homes[visit].add(household)
    sums: dict[Any, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    outputs = ActivityOutput.objects.filter(activity__in=visits.values("pk"), measure__in=OUTPUTS)
    for visit, measure, quantity in outputs.values_list("activity_id", "measure", "quantity"):
        sums[visit][measure] += quantity or Decimal(0)
    lines = []
    for area in sorted(by_place):
        ids = by_place[area]
        seen: set[Any] = set().union(*(homes[pk] for pk in ids))
        linked = to_rows(len(ids), "field_visits", period=str(year), area=area)
        lines.append(Line((Cell(names[area]), linked, Cell(len(seen)), *(Cell(sum((sums[pk][m] for pk in ids), Decimal(0))) for m in OUTPUTS))))
    every: set[Any] = set().union(*homes.values()) if homes else set()
    total = (Cell(f"{len(by_place)} 个地点"), to_rows(sum(map(len, by_place.values())), "field_visits", figure="field_visits.held", period=str(year)),
             to_rows(len(every), "field_visits", figure="field_visits.households", period=str(year)),
             *(Cell(sum((sums[pk][m] for pk in sums), Decimal(0))) for m in OUTPUTS))  # fmt: skip
    head = ("地点", "指导（次）", "农户（户）", "指导温室（座）", "指导大棚（座）", "培训（人次）", "发放书籍（本）")
    notes = ("同一户走访多次只计一户，因此各地户数之和可能多于合计；温室、大棚、人次、本数为各次填报之和。",)
    return (Table(head, tuple(lines), f"{year}年田间诊断指导", total if lines else (), notes, empty="这一年没有登记田间指导。"),)


PLACES = Digest(
    "places", "指导地点一览", _places, asks=(YEAR,),
    hint="各村去了几次、走访多少不同农户、指导多少座棚。",
)  # fmt: skip
