"""Visits to firms with the demands and ideas they bring home; technical people posted into the county's park and firms."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from jushi.entities.models import Case
from jushi.kernel.states import State
from jushi.ledger import registry, store
from jushi.site.demo.world import World

THEMES = ("生产经营情况", "技术需求", "用工与人才", "项目申报意向", "研发投入统计")
DEMANDS = (
    "冷库用电容量不够，旺季经常跳闸", "缺少熟悉数控机床的技工", "新厂房手续办理慢", "新产品检测要送省城，费用高", "流动资金紧张，希望对接科技贷款",
    "包装线卡料问题一直没解决", "希望帮助联系食品加工专家",
)  # fmt: skip
ANSWERS = (
    "已协调供电部门上门勘察并列入增容计划",
    "已联系职业中学定向培训",
    "已转主管部门并约定办结时间",
    "已推荐市级检测平台并说明补贴办法",
)
# (first day, last day, visits, every how manyeth visit brings a demand)
VISITS = {
    "990102": ((date(2013, 3, 5), date(2013, 11, 20), 8, 4), (date(2014, 2, 25), date(2014, 11, 26), 10, 4),
               (date(2015, 2, 26), date(2015, 11, 24), 14, 3)),
    "990124": ((date(2012, 3, 6), date(2012, 11, 22), 6, 4), (date(2013, 3, 4), date(2013, 12, 3), 8, 4),
               (date(2014, 2, 18), date(2014, 6, 24), 12, 3)),
}  # fmt: skip


def load(world: World) -> None:
    """Visits of three years; the experts only where the half-year summary tells of them."""
    for start, end, count, every in VISITS[world.county]:
        visits(world, start, end, count, every)
    answer(world)
    first = world.names["firms"][0]
    world.add("firm_visits", [{"organisation": first, "held_on": date(2015, 12, 8), "theme": THEMES[1]}], state=State.DRAFT)
    if world.county == "990124":
        experts(world)


def visits(world: World, start: date, end: date, count: int, every: int) -> None:
    """Visits evenly over the working days, each ``every``-th with a demand."""
    rows = []
    firms = world.names["firms"]
    for n, day in enumerate(world.days(start, end, count)):
        row: dict[str, Any] = {
            "organisation": firms[n % len(firms)], "held_on": day, "theme": THEMES[n % len(THEMES)],
            "visitors": "、".join((world.names["experts"][n % 5], world.names["experts"][5 + n % 4])),
            "content": "察看车间，座谈生产和研发情况。", "area": world.towns[n % len(world.towns)].code,
        }  # fmt: skip
        if n % every == 0:
            row["demands"] = DEMANDS[(n // every + start.year) % len(DEMANDS)]
        rows.append(row)
    world.add("firm_visits", rows)


def answer(world: World) -> None:
    """All but the newest two demands have been answered, confirmed by the firm and closed, step by step."""
    ledger = registry.get("firm_demands")
    cases = list(Case.objects.filter(county=world.county, kind="firm_demand").order_by("raised_on"))
    for n, case in enumerate(cases[:-2]):
        day = case.raised_on
        steps = (
            ("assigned", 1, {"category": "other"}), ("answered", 8, {"answer": ANSWERS[n % len(ANSWERS)]}),
            ("confirmed", 12, {"confirmed_by": "firm" if n % 2 else "call", "satisfaction": "good"}), ("closed", 13, {"result": "企业认可"}),
        )  # fmt: skip
        for stage, after, raw in steps:
            store.advance(ledger, case, stage, on=day + timedelta(days=after), raw=raw)
    for case in cases[-2:]:
        store.advance(ledger, case, "assigned", on=case.raised_on + timedelta(days=1))


def experts(world: World) -> None:
    """Three people posted from March 2014, one of an earlier term; monthly logs, the last one of the third is missing."""
    park = f"{world.bureau.area.name}工业园管理委员会"
    sender = "演示省应用技术研究院"
    world.add("organisations", [{"title": park, "category": "department", "registered_on": "2012-03-01"},
                                {"title": sender, "category": "institute", "registered_on": "2012-03-01"}])  # fmt: skip
    names = world.names["technicians"][:4]
    hosts = (park, world.names["firms"][1], world.names["cooperatives"][0], park)
    rows = [{"person": name, "title": f"{name}（{host}）", "category": "park" if host == park else "firm", "sender": sender, "host": host,
             "starts_on": date(2014, 3, 1), "recommended_on": date(2014, 2, 10), "duty": "驻点指导新产品试制和标准化生产", "stage": "posted"}
            for name, host in zip(names, hosts, strict=True)]  # fmt: skip
    rows[3] |= {"starts_on": date(2013, 4, 1), "recommended_on": date(2013, 3, 11), "ends_on": date(2013, 12, 31), "stage": "ended",
                "end_reason": "完成两项工艺改进，带出三名技术骨干"}  # fmt: skip
    posted = world.add("park_experts", rows)
    logs = []
    for n, expert in enumerate(posted):
        year, months = (2013, range(4, 13)) if n == 3 else (2014, range(3, 6 if n == 2 else 7))
        for month in months:
            logs.append({"designation": str(expert.pk), "held_on": date(year, month, 24 + n), "days": 5 + (month + n) % 4,
                         "content": "现场指导工艺调整，解答技术问题。"})  # fmt: skip
    world.add("park_expert_logs", logs)
