"""J 科技统计 of the demonstration: outside figures by year, the yearly survey of member units, the survey of private firms."""

from __future__ import annotations

from jushi.site.demo.world import World

# year: 常住人口（万人）, 地区生产总值（亿元）, 研发经费支出（亿元）
FIGURES = {
    "990102": {2012: ("26.10", "148.20", "0.962"), 2013: ("26.30", "163.50", "1.145"), 2014: ("26.50", "177.80", "1.352"),
               2015: ("26.70", "189.40", "1.553")},
    "990124": {2011: ("25.60", "36.10", "0.119"), 2012: ("25.80", "41.30", "0.149"), 2013: ("26.00", "46.90", "0.183")},
}  # fmt: skip
NAMES = (("常住人口", "万人"), ("地区生产总值", "亿元"), ("研发经费支出", "亿元"))


def load(world: World) -> None:
    """Figures are dated the last day of their year; the survey of a year opens in the next spring."""
    world.add("external_figures", [
        {"measure": name, "title": f"{year}年{name}", "period": str(year), "value": values[k], "unit": unit, "basis": "核定",
         "as_of": f"{year}-12-31", "source": "统计部门公布", "published_on": f"{year + 1}-03-20"}
        for year, values in FIGURES[world.county].items() for k, (name, unit) in enumerate(NAMES)
    ])  # fmt: skip
    for year in (2013, 2014, 2015) if world.county == "990102" else (2012, 2013, 2014):
        _outreach(world, year)
        _private(world, year)


def _outreach(world: World, year: int) -> None:
    """The survey of the year before, by all departments, schools and communities on the register; two are excused."""
    survey = f"{year - 1}年度科普统计调查"
    world.add("outreach_surveys", [{
        "title": survey, "period": str(year - 1), "issuer": "上级科技部门", "opens_on": f"{year}-03-03", "due_on": f"{year}-05-30",
        "closed_on": f"{year}-06-10", "reported_on": f"{year}-06-16", "stage": "reported",
    }])  # fmt: skip
    units = [
        *world.names["departments"],
        *world.names["schools"],
        *world.names["communities"],
        *world.names["firms"][:2],
    ]
    rows = []
    for n, unit in enumerate(units):
        row = {"title": f"{unit}{year - 1}年度报表", "survey": survey, "organisation": unit, "people": 3 + n % 6, "sites": 1 + n % 3,
               "money": 2000 + 350 * n, "media": n % 4, "events": 2 + n % 7}  # fmt: skip
        if n in (5, 17):
            row |= {"stage": "excused", "reason": "机构调整，当年没有开展科普活动"}
        else:
            row |= {"submitted_on": f"{year}-04-{10 + n % 18}", "passed_on": f"{year}-05-{12 + n % 17}",
                    "stage": "passed"}  # fmt: skip
        rows.append(row)
    world.add("outreach_returns", rows)


def _private(world: World, year: int) -> None:
    """The survey of private technology firms: all private firms of the register."""
    survey = f"{year - 1}年度民营科技企业统计"
    world.add("private_surveys", [{
        "title": survey, "period": str(year - 1), "opens_on": f"{year}-02-17", "due_on": f"{year}-04-15", "closed_on": f"{year}-04-28",
        "reported_on": f"{year}-05-05", "stage": "reported",
    }])  # fmt: skip
    world.add("private_returns", [
        {"title": f"{firm}{year - 1}年度报表", "survey": survey, "organisation": firm, "submitted_on": f"{year}-03-{10 + n}",
         "passed_on": f"{year}-04-{8 + n}", "revenue": 820 + 140 * n + 30 * (year - 2012), "rd_expense": 21 + 3 * n,
         "rd_staff": 6 + n, "stage": "passed"} for n, firm in enumerate(world.names["firms"][:12])
    ])  # fmt: skip
