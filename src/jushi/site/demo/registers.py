"""Firms, cooperatives, schools, departments, people and households of a demonstration bureau."""

from __future__ import annotations

from typing import Any

from jushi.site.demo.world import World

FIRMS = (
    "上上装备",
    "彩虹食品",
    "青芽种业",
    "高塔电子",
    "远帆新材",
    "溪石矿机",
    "蓝窗玻璃",
    "麦浪农机",
    "云朵纺织",
    "晨星医药",
    "百转轴承",
    "沃野生物",
)
COOPERATIVES = ("绿畦蔬菜", "向阳果业", "金蜂养殖", "沐雨苗木", "双岭药材", "田歌粮食")
SCHOOLS = ("第一小学", "第二小学", "第三小学", "实验小学", "第一中学", "第二中学", "第三中学", "职业中学")
DEPARTMENTS = (
    "林业局", "农业局", "茶果局", "气象局", "卫生局", "科学技术协会", "畜牧局", "教育局", "环境保护局", "地震局", "文化局", "水务局",
)  # fmt: skip
COMMUNITIES = ("和顺社区", "安居社区", "朝晖社区", "广场社区")
SPECIALITIES = ("设施蔬菜", "果树栽培", "病虫害防治", "畜禽养殖", "土壤肥料", "农产品加工", "知识产权", "机械制造")


def load(world: World) -> None:
    """Register the names that all lines refer to, and keep them in ``world.names``."""
    place = world.bureau.area.name
    names = {
        "firms": [f"{place}{n}有限公司" for n in FIRMS],
        "cooperatives": [f"{place}{n}专业合作社" for n in COOPERATIVES],
        "schools": [f"{place}{n}" for n in SCHOOLS],
        "departments": [f"{place}{n}" for n in DEPARTMENTS],
        "communities": [f"{place}{n}" for n in COMMUNITIES],
    }
    kinds = {
        "firms": "firm",
        "cooperatives": "cooperative",
        "schools": "school",
        "departments": "department",
        "communities": "community",
    }
    since = "2012-03-01"
    world.add("organisations", [{"title": world.bureau.name, "category": "department", "registered_on": "2002-01-01"}])
    world.add("organisations", [
        {"title": name, "category": kinds[key], "registered_on": since, "is_private": "是" if key == "firms" else "否"}
        for key, group in names.items() for name in group
    ])  # fmt: skip
    world.names |= names
    _people(world)
    _households(world)


def _people(world: World) -> None:
    """Experts and specialists (by speciality), firm technicians, branch members."""
    people = []
    for n in range(60):
        unit = world.names["departments"][n % 4] if n < 24 else world.names["firms"][n % len(FIRMS)]
        people.append({"title": world.person(), "organisation": unit, "speciality": SPECIALITIES[n % len(SPECIALITIES)],
                       "technical_title": ("农艺师", "高级农艺师", "工程师")[n % 3]})  # fmt: skip
    world.add("people", people)
    world.names["experts"] = [p["title"] for p in people[:24]]
    world.names["technicians"] = [p["title"] for p in people[24:]]


def _households(world: World) -> None:
    """Five hundred households over the villages; the first 160 are registered as poor."""
    rows: list[dict[str, Any]] = []
    for n in range(500):
        area = world.villages[n % len(world.villages)]
        rows.append({
            "number": f"{world.county}-{n + 1:04d}", "title": world.person(), "members": 2 + n % 5, "area": area.code,
            "category": "poor" if n < 160 else "general", "is_registered_poor": "是" if n < 160 else "否", "registered_on": "2013-05-10",
        })  # fmt: skip
    world.add("households", rows)
    world.names["households"] = [row["number"] for row in rows]
