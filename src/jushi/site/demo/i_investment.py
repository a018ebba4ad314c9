"""I 招商 of the demonstration: four projects signed in 2015, two carried on, 2,510 万元 in place month by month."""

from __future__ import annotations

from jushi.kernel.states import State
from jushi.site.demo.world import World

INVESTORS = ("云汉冷链", "星野装备", "拾光文旅", "白鹭环保", "千帆电气", "碧岭饮品", "麦穗食品", "折纸包装")
# title, investor, industry, agreed (万元), signed, begun, ended
PROJECTS = (
    ("果蔬冷链物流中心", 0, "物流", 2600, "2013-09-18", "2014-03-01", ""),
    ("农机装配线", 1, "装备制造", 1500, "2014-06-20", "2014-09-10", ""),
    ("戈壁农庄", 2, "文化旅游", 600, "2015-02-12", "2015-04-08", ""), ("尾菜资源化利用", 3, "环保", 480, "2015-04-21", "2015-06-01", ""),
    ("配电柜生产", 4, "装备制造", 750, "2015-05-28", "2015-07-16", ""), ("果汁灌装", 5, "食品加工", 520, "2015-07-09", "2015-09-02", ""),
    ("面食加工", 6, "食品加工", 400, "2012-05-11", "2012-08-01", "2014-10-30"),
    ("包装材料", 7, "轻工", 350, "2013-04-16", "2013-06-01", "2014-11-25"),
)  # fmt: skip
# project, month, 万元: they add up to 1,460, 1,980 and 2,510 in three years
IN_PLACE = {
    2013: ((6, 3, 210), (6, 7, 120), (7, 6, 180), (7, 10, 100), (0, 10, 400), (0, 12, 450)),
    2014: ((0, 3, 260), (0, 7, 240), (7, 4, 60), (1, 9, 520), (1, 11, 380), (0, 12, 520)),
    2015: ((0, 1, 120), (0, 3, 180), (1, 2, 160), (1, 5, 140), (2, 4, 200), (2, 8, 160), (3, 6, 210), (3, 9, 150),
           (4, 7, 260), (4, 10, 240), (5, 9, 180), (5, 10, 150), (2, 11, 190), (5, 11, 170)),
}  # fmt: skip


def load(world: World) -> None:
    """The district has the full story; the county only leads, as an office with another main task."""
    if world.county != "990102":
        world.add("investment_projects", [
            {"title": f"{world.short}茶旅综合体", "category": "意向", "industry": "文化旅游", "stage": "talking"},
            {"title": f"{world.short}电子元件厂", "category": "意向", "industry": "电子", "stage": "lead"},
        ], state=State.DRAFT)  # fmt: skip
        return
    _projects(world)
    _money(world)
    _targets(world)


def _projects(world: World) -> None:
    """Formal contracts, one framework agreement that counts nowhere, and leads."""
    world.add(
        "organisations",
        [{"title": f"{n}投资有限公司", "category": "firm", "registered_on": "2012-01-10"} for n in INVESTORS],
    )
    units = world.names["departments"][:4]
    rows = [
        {"title": title, "investor": f"{INVESTORS[who]}投资有限公司", "organisation": units[n % 4], "category": "正式合同",
         "industry": industry, "agreed": agreed, "signed_on": signed, "started_on": begun, "ended_on": ended,
         "stage": "produced" if ended else "building"}
        for n, (title, who, industry, agreed, signed, begun, ended) in enumerate(PROJECTS)
    ]  # fmt: skip
    rows.append({"title": "光伏农业合作", "investor": f"{INVESTORS[4]}投资有限公司", "category": "框架协议", "agreed": 3000,
                 "signed_on": "2015-06-11", "organisation": units[0], "stage": "signed"})  # fmt: skip
    world.add("investment_projects", rows)
    world.add("investment_projects", [{"title": "智能滴灌设备", "category": "意向", "stage": "talking"},
                                      {"title": "种业育繁推一体化", "category": "意向", "stage": "lead"}], state=State.DRAFT)  # fmt: skip


def _money(world: World) -> None:
    """Each sum with its own voucher."""
    kinds = ("银行流水", "发票", "设备发票", "土地款")
    world.add("investment_funds", [
        {"title": f"{PROJECTS[project][0]}第{n}笔到位资金", "project": PROJECTS[project][0], "form": kinds[n % 4],
         "voucher_number": f"ZS{year}-{n:03d}", "amount": amount, "received_on": f"{year}-{month:02d}-{10 + n % 15}"}
        for year, sums in IN_PLACE.items() for n, (project, month, amount) in enumerate(sums, 1)
    ])  # fmt: skip
    world.add("investment_funds", [
        {"title": "果汁灌装待核资金", "project": "果汁灌装", "form": "银行流水", "voucher_number": "ZS2015-900", "amount": 90,
         "received_on": "2015-12-21"}
    ], state=State.PENDING)  # fmt: skip


def _targets(world: World) -> None:
    """2,500 万元 from above in 2015, split over four units; 2014 and 2013 without split."""
    common = {"indicator": "investment.in_place", "operator": "不少于", "unit": "万元"}
    for year, value in ((2013, 1400), (2014, 1900), (2015, 2500)):
        world.add("investment_targets", [{"title": f"{year}年招商引资任务", "period": str(year), "target": value, "stage": "running",
                                          "assigned_on": f"{year}-02-25", "due_on": f"{year}-12-31", **common}])  # fmt: skip
    world.add("investment_targets", [
        {"title": f"{unit}招商任务", "period": "2015", "parent": "2015年招商引资任务", "organisation": unit, "target": value,
         "assigned_on": "2015-03-10", "due_on": "2015-12-31", "stage": "running", **common}
        for unit, value in zip(world.names["departments"][:4], (700, 650, 600, 550), strict=True)
    ])  # fmt: skip
