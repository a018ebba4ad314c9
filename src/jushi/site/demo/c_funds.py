"""Money of the demonstration: funds of approved projects, and three years of the county's own science budget."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from jushi.site.demo.world import World

# 万元 appropriated at the year's start and as supplement, by year
BUDGETS = {
    "990102": {2013: (400, 20), 2014: (450, 20), 2015: (500, 26)},
    "990124": {2012: (180, 0), 2013: (200, 10), 2014: (230, 0)},
}
SPENDING = ("科技计划项目配套", "科普活动经费", "农业科技示范补助", "知识产权资助", "科技特派员工作经费")
SOURCE = {"nation": "nation", "province": "province", "city": "city", "county": "county"}


def project_money(world: World, projects: list[dict[str, Any]]) -> None:
    """Grants in two instalments: three quarters come and are passed on within the year, the rest is approved and awaited."""
    rows = []
    for n, project in enumerate(p for p in projects if p["level"] != "county"):
        day, grant = project["approved_on"], project["grant"]
        common = {"project": project["title"], "level": project["level"], "source": SOURCE[project["level"]], "payee": project["organisation"],
                  "plan_year": day.year, "approved_on": day, "source_number": f"财教〔{day.year}〕{20 + n}号", "purpose": "项目经费"}  # fmt: skip
        rows.append(common | {"title": f"{project['title']}（首批）", "amount": grant * 3 / 4, "assigned_on": day + timedelta(days=12),
                              "received_on": day + timedelta(days=25), "paid_on": day + timedelta(days=40 + n), "stage": "paid"})  # fmt: skip
        rows.append(common | {"title": f"{project['title']}（尾款）", "amount": grant / 4, "stage": "approved"})
    if rows:
        world.add("project_funds", rows)


def budgets(world: World) -> None:
    """Appropriations, spending through the year up to the last day of the records, and a review each spring."""
    for year, (opening, supplement) in BUDGETS[world.county].items():
        rows = [{"title": f"{year}年科技经费年初预算", "plan_year": year, "amount": opening, "assigned_on": date(year, 2, 26), "stage": "assigned",
                 "budget_item": "科学技术支出"}]  # fmt: skip
        if supplement:
            rows.append({"title": f"{year}年科技经费追加", "plan_year": year, "amount": supplement, "assigned_on": date(year, 9, 10),
                         "stage": "assigned", "budget_item": "科学技术支出"})  # fmt: skip
        world.add("science_budget", rows)
        half = (world.county, year) == ("990124", 2014)
        end = date(year, 6, 27) if half else date(year, 12, 18)
        total = int((opening + supplement) * (0.45 if half else 0.96))
        days = world.days(date(year, 3, 12), end, 10)
        world.add("science_spending", [
            {"title": f"{SPENDING[n % len(SPENDING)]}（{day.month}月）", "plan_year": year, "amount": amount, "paid_on": day,
             "payee": world.names["departments"][n % 4], "voucher_number": f"记{day:%m}-{n + 11}", "budget_item": "科学技术支出"}
            for n, (day, amount) in enumerate(zip(days, world.split(total, 10), strict=True))
        ])  # fmt: skip
        if date(year + 1, 3, 20) <= date(2015, 12, 31):
            world.add("science_reviews", [
                {"title": f"{year}年度科技经费绩效考评", "organisation": world.bureau.name, "period": str(year),
                 "held_on": date(year + 1, 3, 20), "total": 84 + year % 7,
                 "grade": "good", "opinion": "资金使用规范，部分项目进度偏慢。"},
            ])  # fmt: skip
