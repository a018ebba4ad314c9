"""H 帮扶 of the demonstration: the district pairs officers with households, the county's officers live in a village."""

from __future__ import annotations

from datetime import date
from typing import Any

from jushi.kernel.states import State
from jushi.site.demo.parts import add_origins, add_steps
from jushi.site.demo.world import World

FORMS = ("定点", "巡回", "技术承包")
GOODS = (("复合肥", "袋", 120), ("地膜", "卷", 60), ("大米", "袋", 90), ("食用油", "桶", 80))


def load(world: World) -> None:
    """The district replays 2015, the county the first half of 2014; both have lighter years before."""
    if world.county == "990102":
        _pairing(world)
        _goods(world)
        _services(world)
        _teams(world)
    else:
        _deeds(world, _village(world))
    _visits(world)


def _visits(world: World) -> None:
    """Visits under one campaign or two: the same household twice, some of them still drafts."""
    tags = ("双联行动", "双联行动、脱贫攻坚", "脱贫攻坚") if world.county == "990102" else ("三送活动",)
    years = (2013, 2014, 2015) if world.county == "990102" else (2012, 2013, 2014)
    rows = []
    for year in years:
        count, end = (18, date(year, 12, 20)) if year != years[-1] else (36, date(year, 6 if year == 2014 else 11, 20))
        for n, day in enumerate(world.days(date(year, 1, 8), end, count)):
            rows.append({
                "title": ("入户摸底", "政策宣讲", "商定增收办法")[n % 3], "household": world.names["households"][(n * 5) % 120],
                "officers": world.names["experts"][n % 6], "held_on": day, "tags": tags[n % len(tags)],
                "content": "了解家庭人口、收入来源和眼下难处", "result": "下次带去技术资料" if n % 4 == 0 else "",
            })  # fmt: skip
    world.add("household_visits", rows)
    world.add("household_visits", [rows[-1] | {"household": world.names["households"][121], "held_on": rows[-1]["held_on"]}],
              state=State.DRAFT)  # fmt: skip


def _pairing(world: World) -> None:
    """Duty letters with three villages, and a plan for each of twelve households."""
    for year in (2013, 2014, 2015):
        world.add("relief_duties", [
            {"title": f"{year}年{world.village(n)}双联责任书", "signed_on": f"{year}-03-1{n}", "ends_on": f"{year}-12-31",
             "area": world.villages[n].code, "person": world.names["experts"][n], "stage": "running" if year == 2015 else "assessed",
             "duties": "每月到村一次，帮助理清增收路子"} for n in range(3)
        ])  # fmt: skip
    world.add("household_plans", [
        {"title": f"联系户{n + 1}号帮扶方案", "household": world.names["households"][n * 3], "signed_on": f"2015-03-{18 + n % 8}",
         "person": world.names["experts"][n % 6], "duties": "调整种植结构，落实技术指导和农资", "stage": "running",
         "area": world.villages[(n * 3) % len(world.villages)].code} for n in range(12)
    ])  # fmt: skip


def _goods(world: World) -> None:
    """Goods of 2,400 元 for twelve households in spring and on the relief day of 2015; a smaller spring before."""
    rows = []
    for n in range(12):
        household = world.names["households"][n * 3]
        goods, unit, price = GOODS[n % 2]
        rows.append(_gift(household, "春耕备耕", f"2015-03-{24 + n % 4}", goods, unit, price))
        goods, unit, price = GOODS[2 + n % 2]
        rows.append(_gift(household, "扶贫日", "2015-10-16", goods, unit, price))
    short = 2400 - sum(row["amount"] for row in rows)
    rows.append(_gift(world.names["households"][0], "春耕备耕", "2015-03-24", "蔬菜种子", "包", short))
    world.add("aid_goods", rows)
    world.add(
        "aid_goods",
        [_gift(world.names["households"][n * 3], "春耕备耕", "2014-03-26", "复合肥", "袋", 110) for n in range(10)],
    )


def _gift(household: str, occasion: str, day: str, goods: str, unit: str, amount: int) -> dict[str, Any]:
    return {"title": f"{occasion}{goods}", "goods": goods, "goods_quantity": 1, "goods_unit": unit, "amount": amount,
            "payee_household": household, "category": occasion, "occurred_on": day, "received_on": day, "stage": "signed"}  # fmt: skip


def _services(world: World) -> None:
    """Experts in the fields of paired villages: 500 attendances and 200 copies in 2015; others carry another campaign's tag."""
    heads, copies = (72, 68, 95, 80, 88, 97), (30, 26, 38, 34, 32, 40)
    days = ("2015-03-26", "2015-04-22", "2015-05-20", "2015-06-18", "2015-08-12", "2015-10-17")
    world.add("village_services", [
        {"title": f"{world.village(n)}田间技术服务", "held_on": day, "form": "现场指导", "tags": "双联行动",
         "experts": "、".join(world.names["experts"][n : n + 3]), "area": world.villages[n].code, "beneficiaries": heads[n],
         "leaflets": copies[n], "content": "查看长势，讲解田间管理"} for n, day in enumerate(days)
    ])  # fmt: skip
    world.add("village_services", [
        {"title": f"{world.village(n + 8)}脱贫技术指导", "held_on": f"2015-0{4 + n}-09", "form": "现场指导", "tags": "脱贫攻坚",
         "beneficiaries": 40 + n, "leaflets": 15 + n, "area": world.villages[n + 8].code} for n in range(3)
    ] + [
        {"title": f"{world.village(n)}技术服务", "held_on": f"{year}-05-1{n}", "form": "现场指导", "tags": "双联行动",
         "beneficiaries": 62 + 7 * n, "leaflets": 24 + 3 * n, "area": world.villages[n].code} for year in (2013, 2014) for n in range(4)
    ])  # fmt: skip


def _teams(world: World) -> None:
    """Three teams, 130 links to 120 registered poor households in 2015: ten households are served in two forms."""
    teams = ("设施蔬菜科技扶贫队", "林果科技扶贫队", "养殖科技扶贫队")
    world.add("relief_teams", [{"title": t, "category": "科技扶贫", "leader": world.names["experts"][n], "starts_on": "2015-02-10",
                                "stage": "serving", "tasks": "到村到户服务"} for n, t in enumerate(teams)])  # fmt: skip
    world.add("relief_teams", [{"title": "科技扶贫服务队", "category": "科技扶贫", "starts_on": "2013-03-01", "ends_on": "2015-02-01",
                                "stage": "reviewed"}])  # fmt: skip
    contract = "设施蔬菜技术承包协议"
    world.add("relief_contracts", [{"title": contract, "signed_on": "2015-02-16", "person": world.names["experts"][0],
                                    "ends_on": "2015-12-31", "duties": "包品种、包技术、包管理"}])  # fmt: skip
    rows = [_link(world, n, n % 3, teams[n % 3], f"2015-0{3 + n % 7}-1{n % 9}", contract) for n in range(120)]
    rows += [_link(world, n, (n + 1) % 3, teams[(n + 1) % 3], "2015-09-21", contract) for n in range(10)]
    world.add("relief_links", rows)
    world.add("relief_links", [_link(world, n, n % 2, "科技扶贫服务队", f"{year}-04-1{n % 9}", "")
                               for year, count in ((2013, 60), (2014, 85)) for n in range(count)])  # fmt: skip


def _link(world: World, n: int, form: int, team: str, day: str, contract: str) -> dict[str, object]:
    return {"title": f"{FORMS[form]}服务", "household": world.names["households"][n], "group": team, "category": FORMS[form],
            "starts_on": day, "agreement": contract if form == 2 else "", "effect": "掌握了一项实用技术",
            "area": world.villages[n % len(world.villages)].code}  # fmt: skip


MATTERS = (
    ("老水渠淤塞，十多户的田浇不上水", "水利灌溉", "reported"), ("想学果树修剪", "生产技术", "on_spot"),
    ("村口弯道没有警示牌", "道路交通", "assigned"), ("低保申请材料不会填", "政策咨询", "on_spot"),
    ("猪仔腹泻", "生产技术", "on_spot"), ("两家为田埂争执", "矛盾纠纷", "assigned"), ("垃圾没有固定堆放点", "环境卫生", "assigned"),
    ("孤寡老人屋顶漏雨", "生活困难", "assigned"), ("茶苗补植缺钱", "生活困难", "reported"), ("想了解科技项目怎么报", "政策咨询", "on_spot"),
    ("稻田虫害不认得药", "生产技术", "on_spot"), ("村道夜里没有灯", "道路交通", "reported"),
)  # fmt: skip


def _village(world: World) -> Any:
    """The villagers' matters of the first half of 2014, two of them still open, and two trainings in the village; returns the canal."""
    village = world.villages[3]
    canal, *_ = world.add("matters", [_matter(world, n, *entry) for n, entry in enumerate(MATTERS)])
    world.add("village_services", [
        {"title": title, "held_on": day, "form": "科技培训", "tags": "三送活动", "area": village.code, "beneficiaries": heads,
         "leaflets": copies, "experts": "、".join(world.names["experts"][:3])}
        for title, day, heads, copies in (("早稻育秧和病虫防治培训", "2014-03-18", 64, 70), ("果园管理培训", "2014-05-15", 58, 60),
                                          ("油茶低改培训", "2013-11-06", 51, 50))
    ])  # fmt: skip
    return canal


def _matter(world: World, n: int, text: str, category: str, way: str) -> dict[str, Any]:
    day = f"2014-0{1 + n % 5}-{10 + n}"
    is_open = n in (8, 11)
    row = {"number": f"民2014-{n + 1:03d}", "title": text, "category": category, "raised_on": day, "raiser": world.person(),
           "area": world.villages[3].code, "owner_user": world.users["nongcunyuan"].full_name, "promised_on": "2014-06-20",
           "stage": way if is_open else "visited", "text": text}  # fmt: skip
    if not is_open:
        row |= {"closed_on": day if way == "on_spot" else f"2014-06-{5 + n}", "result": "已经解决", "confirmed_on": "2014-06-24",
                "satisfaction": "满意"}  # fmt: skip
    return row


def _deeds(world: World, matter: Any) -> None:
    """Four deeds of the first half of 2014; the canal was a villagers' matter and was paid from three sources."""
    village = world.villages[3]
    training, canal, publicity, lamps = world.add("deeds", [
        _deed(village.code, "请农技专家进村办培训", "科技服务", "2014-03-01", "2014-05-15", 122, "两期培训，讲水稻和果树"),
        _deed(village.code, "修通淤塞多年的灌溉水渠", "水利设施", "2014-02-20", "2014-06-05", 96, "渠道清淤加固，恢复通水"),
        _deed(village.code, "宣传党风廉政建设社会评价", "政策宣传", "2014-04-10", "2014-06-18", 196, "入户发资料、集中看宣传片"),
        _deed(village.code, "添置村内垃圾集中点", "环境卫生", "2014-05-06", "2014-06-25", 210, "建成三处，专人清运"),
    ])  # fmt: skip
    add_origins(world, canal, [matter], "民情转实事")
    add_steps(world, matter, [
        ("2014-01-10", "记录", "入户时群众反映"), ("2014-01-13", "分类", "属水利灌溉"), ("2014-01-20", "上报", "向上争取修渠资金"),
        ("2014-03-25", "开工", "三方资金到位后动工"), ("2014-06-05", "办结", "渠道恢复通水"), ("2014-06-24", "回访", "用上水的农户都说好"),
    ])  # fmt: skip
    world.add("deed_money", [
        {"title": f"{canal.title}：{source}", "case": canal.title, "payer_class": source, "amount": amount, "received_on": day,
         "voucher_number": f"SQ2014-{n}", "area": village.code}
        for n, (source, amount, day) in enumerate((("向上争取", 18000, "2014-03-12"), ("单位出资", 5600, "2014-03-18"),
                                                   ("联合单位", 7000, "2014-03-20")), 1)
    ] + [{"title": f"{lamps.title}：单位出资", "case": lamps.title, "payer_class": "单位出资", "amount": 4200, "received_on": "2014-05-20",
          "voucher_number": "HJ2014-1", "area": village.code}])  # fmt: skip
    for year in (2012, 2013):
        world.add("deeds", [
            _deed(village.code, f"{year}年{title}", category, f"{year}-03-05", f"{year}-0{6 + n}-1{n}", 60 + n, "已完成")
            for n, (title, category) in enumerate((("平整晒场", "道路设施"), ("帮助补种茶苗", "帮困解难"), ("办农技夜校", "科技服务")))
        ])  # fmt: skip
    world.add("deeds", [_deed(village.code, "硬化入户小路", "道路设施", "2014-06-20", "", 80, "")], state=State.DRAFT)


def _deed(area: str, title: str, category: str, begun: str, done: str, heads: int, result: str) -> dict[str, object]:
    return {"title": title, "category": category, "raised_on": begun, "closed_on": done, "beneficiaries": heads, "result": result,
            "area": area, "stage": "finished" if done else "doing"}  # fmt: skip
