"""Projects of two bureaus: the district collects 60 ideas, applies for 36 and wins 13 in 2015; the county files two national ones in 2014."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from jushi.entities.models import AssessmentScore, Milestone, Progress
from jushi.kernel import oplog
from jushi.kernel.states import State
from jushi.site.demo.c_funds import budgets, project_money
from jushi.site.demo.world import World

TOPICS = (
    ("戈壁设施番茄水肥一体化技术研究与示范", "agriculture"), ("矿用轴承耐磨涂层工艺开发", "industry"), ("社区慢病健康管理信息系统应用", "society"),
    ("枸杞烘干节能装备研制", "industry"), ("盐碱地高效栽培关键技术示范", "agriculture"), ("中空玻璃自动封边线改造", "industry"),
    ("羊肉精深加工与冷链保鲜技术开发", "agriculture"), ("尾矿砂综合利用制砖技术中试", "industry"), ("农产品电子商务服务平台建设", "service"),
    ("城市生活垃圾分类处理技术集成", "society"), ("辣椒杂交制种技术推广", "agriculture"), ("纺织余热回收系统开发", "industry"),
    ("苹果矮化密植栽培示范", "agriculture"), ("低压配电智能监测终端研发", "industry"), ("小杂粮绿色加工生产线示范", "agriculture"),
    ("中药饮片标准化生产工艺研究", "industry"), ("秸秆生物质成型燃料示范", "society"), ("节水灌溉远程控制器开发", "industry"),
    ("肉牛舍饲养殖技术示范", "agriculture"), ("知识产权托管服务站建设", "ip"),
)  # fmt: skip
PHASES = ("", "（二期）", "（推广应用）", "（中试放大）", "（升级改造）", "（集成应用）", "（扩大示范）", "（产业化）")
SCHEMES = (
    ("科技型中小企业技术创新基金", "innovation_fund", "fund", "nation", date(1999, 5, 21), "科技部、财政部"),
    ("科技富民强县专项行动计划", "county_programme", "plan", "nation", date(2005, 7, 1), "科技部、财政部"),
    ("星火计划", "spark", "plan", "nation", date(1986, 1, 1), "科技部"),
    ("省科技支撑计划", "province_support", "plan", "province", date(2007, 1, 1), "演示省科学技术厅"),
    ("市科技计划", "city_plan", "plan", "city", date(2005, 1, 1), "演示市科学技术局"),
    ("本级科技计划", "county_plan", "plan", "county", date(2008, 1, 1), "本局"),
)  # fmt: skip
BY_LEVEL = {"nation": "星火计划", "province": "省科技支撑计划", "city": "市科技计划", "county": "本级科技计划"}
LEVEL_NAMES = {"nation": "国家", "province": "省", "city": "市", "county": "本级"}
GRANT = {"nation": 60, "province": 35, "city": 10, "county": 5}  # 万元


@dataclass(frozen=True)
class Round:
    """One year's round: ideas collected, of them listed; applications by level, of them approved; when projects end."""

    year: int
    ideas: int
    listed: int
    applied: dict[str, int]
    approved: dict[str, int]
    done: bool
    first: int = 0


DISTRICT = (
    Round(2013, 40, 32, {"province": 8, "city": 14}, {"province": 2, "city": 6}, True),
    Round(2014, 48, 40, {"nation": 2, "province": 9, "city": 18}, {"province": 3, "city": 8}, False, first=40),
    Round(
        2015,
        60,
        50,
        {"nation": 4, "province": 12, "city": 20},
        {"nation": 1, "province": 4, "city": 8},
        False,
        first=88,
    ),
)
COUNTY = (
    Round(2012, 14, 10, {"city": 4, "county": 3}, {"city": 1, "county": 3}, True),
    Round(2013, 16, 11, {"city": 5, "county": 3}, {"city": 2, "county": 3}, False, first=14),
)


def load(world: World) -> None:
    """Schemes, rounds by year, what runs and what was closed, money and budget."""
    district = world.county == "990102"

    world.add("schemes", [
        {"title": title, "code": code, "category": category, "level": level, "starts_on": start, "issuer": issuer, "unit": "项"}
        for title, code, category, level, start, issuer in SCHEMES
    ])  # fmt: skip
    for one in DISTRICT if district else COUNTY:
        replay(world, one)
    if district:
        showcase(world)
    else:
        national(world)
    budgets(world)


def title_of(n: int) -> str:
    """The n-th topic; numbers beyond the list are further phases."""
    return TOPICS[n % len(TOPICS)][0] + PHASES[n // len(TOPICS) % len(PHASES)]


def replay(world: World, one: Round) -> None:
    """A year from the notice to the decision: calls, ideas, applications, projects."""
    calls = {level: call(one.year, level) for level in one.applied}
    world.add("calls", list(calls.values()))
    wanted = [level for level, count in one.applied.items() for _ in range(count)]
    ideas = pool(world, one, wanted)
    rows = [application(world, one, n, level, calls[level]) for n, level in enumerate(wanted)]
    won = dict.fromkeys(one.applied, 0)
    for row in rows:
        is_won = won[row["level"]] < one.approved.get(row["level"], 0)
        won[row["level"]] += is_won
        decided = date(one.year, 4, 22) if row["level"] in {"city", "county"} else date(one.year, 9, 16)
        row |= {"resulted_on": decided, "result": "approved" if is_won else "rejected", "stage": "approved" if is_won else "rejected",
                "approved_amount": row["amount"] if is_won else None}  # fmt: skip
    world.add("applications", [row | {"project": str(idea.pk)} for row, idea in zip(rows, ideas, strict=False)])
    run(world, one, [row for row in rows if row["result"] == "approved"])


def call(year: int, level: str) -> dict[str, Any]:
    """The yearly notice of a level: city rounds close in March, the others in June."""
    early = level in {"city", "county"}
    closes = date(year, 3, 10) if early else date(year, 6, 5)
    return {
        "title": f"关于组织申报{year}年度{LEVEL_NAMES[level]}科技计划项目的通知", "scheme": BY_LEVEL[level], "level": level, "plan_year": year,
        "received_on": closes - timedelta(days=50), "opens_on": closes - timedelta(days=45), "closes_on": closes,
        "report_due_on": closes + timedelta(days=15), "reported_on": closes + timedelta(days=12),
        "resulted_on": date(year, 4, 22) if early else date(year, 9, 16), "stage": "archived",
        "issuer": {"province": "演示省科学技术厅", "nation": "演示省科学技术厅", "city": "演示市科学技术局", "county": "本局"}[level],
    }  # fmt: skip


def pool(world: World, one: Round, wanted: list[str]) -> list[Any]:
    """Ideas collected at the year's start; those applied for leave the pool with the application, the rest ripen on."""
    rows = []
    for n, day in enumerate(world.days(date(one.year, 1, 6), date(one.year, 2, 12), one.ideas)):
        row: dict[str, Any] = {
            "title": title_of(one.first + n), "organisation": holder(world, one.first + n), "collected_on": day,
            "field": TOPICS[(one.first + n) % len(TOPICS)][1], "budget": 30 + (n * 17) % 170, "category": "lead", "stage": "collected",
            "area": world.towns[n % len(world.towns)].code,
        }  # fmt: skip
        if n < one.listed:
            row |= {"score": 60 + (n * 7) % 36, "screened_by": world.names["experts"][n % 6], "listed_on": day + timedelta(days=12),
                    "category": "plan", "stage": "listed"}  # fmt: skip
        if n < len(wanted):
            row |= {"category": "ripe", "stage": "delisted", "level": wanted[n], "scheme": BY_LEVEL[wanted[n]],
                    "delisted_on": date(one.year, 6, 20), "end_reason": "已推荐申报"}  # fmt: skip
        rows.append(row)
    return world.add("pool", rows)


def holder(world: World, n: int) -> str:
    """Firms mostly, cooperatives every fourth time."""
    group = "cooperatives" if n % 4 == 0 else "firms"
    return world.names[group][n % len(world.names[group])]


def application(world: World, one: Round, n: int, level: str, announced: dict[str, Any]) -> dict[str, Any]:
    """The n-th application of the round, sent up a week after the window closed."""
    closes = announced["closes_on"]
    return {
        "title": title_of(one.first + n), "scheme": BY_LEVEL[level], "call": announced["title"], "level": level, "plan_year": one.year,
        "field": TOPICS[(one.first + n) % len(TOPICS)][1], "organisation": holder(world, one.first + n),
        "leader": world.names["technicians"][n % len(world.names["technicians"])], "submitted_on": closes - timedelta(days=2 + n % 9),
        "reviewed_on": closes + timedelta(days=3), "recommended_on": closes + timedelta(days=12),
        "recommended_to": announced["issuer"], "amount": GRANT[level], "budget": GRANT[level] * 3, "area": world.towns[n % len(world.towns)].code,
    }  # fmt: skip


def run(world: World, one: Round, won: list[dict[str, Any]]) -> None:
    """Approved applications become projects; city and county ones last until December, the others two years and a half."""
    made, closing = [], []
    for n, row in enumerate(won):
        short = row["level"] in {"city", "county"}
        start = row["resulted_on"] + timedelta(days=20)
        due = date(one.year, 12, 31) if short else date(one.year + 2, 6, 30)
        end = date(one.year, 12, 3) + timedelta(days=n % 12) if short else date(one.year + 1, 12, 9)
        project = {
            "title": row["title"], "number": f"{one.year}-{row['level'][0].upper()}-{n + 1:03d}", "contract_number": f"任{one.year}{n + 1:03d}",
            "scheme": row["scheme"], "level": row["level"], "field": row["field"], "plan_year": one.year, "organisation": row["organisation"],
            "leader": row["leader"], "approved_on": row["resulted_on"], "signed_on": start - timedelta(days=6), "started_on": start,
            "due_on": due, "tracked_on": min(start + timedelta(days=150), last_day(world)), "stage": "running",
            "budget": row["budget"], "grant": row["amount"], "own_funds": row["budget"] - row["amount"], "area": row["area"],
        }  # fmt: skip
        made.append(project)
        if end <= last_day(world) and (short or one.done):
            closing.append((project, end))
    projects = world.add("projects", made)
    follow_up(world, projects)
    accept(world, closing)
    project_money(world, made)


def last_day(world: World) -> date:
    """The day up to which the bureau's records run."""
    return date(2015, 12, 31) if world.county == "990102" else date(2014, 6, 30)


def follow_up(world: World, projects: list[Any]) -> None:
    """Two milestones and two visits each: what was seen, what was missing."""
    with oplog.operation("演示数据", county=world.county) as opened:
        steps, entries = [], []
        for project in projects:
            middle = project.started_on + (project.due_on - project.started_on) / 2
            for position, (name, due) in enumerate((("完成方案和设备采购", middle), ("完成全部任务并提交验收材料", project.due_on))):
                steps.append(Milestone(county=world.county, project=project, position=position, name=name, due_on=due,
                                       done_on=due if due <= last_day(world) else None, responsible="承担单位"))  # fmt: skip
            first = project.started_on + timedelta(days=60)
            for position, (day, note) in enumerate(((first, "设备到位，开始试验"), (project.tracked_on, "按任务书推进"))):
                entries.append(Progress(county=world.county, project=project, position=position, reported_on=day, note=note,
                                        problem="" if position else "配套资金到位偏慢"))  # fmt: skip
        opened.insert_many(steps)
        opened.insert_many(entries)


def accept(world: World, closing: list[tuple[dict[str, Any], date]]) -> list[Any]:
    """An acceptance with a panel of three for each; its verdict closes the project."""
    rows = [
        {"title": f"{project['title']}验收", "project": project["title"], "category": "site" if n % 2 else "meeting", "held_on": day,
         "total": 86 + n % 9, "result": "pass", "opinion": "完成任务书规定的各项指标，同意通过验收。", "stage": "archived"}
        for n, (project, day) in enumerate(closing)
    ]  # fmt: skip
    held = world.add("acceptances", rows) if rows else []
    with oplog.operation("演示数据", county=world.county) as opened:
        opened.insert_many([
            AssessmentScore(county=world.county, assessment=one, position=n, criterion="任务完成情况", weight=100, score=one.total - 1 + n)
            for one in held for n in range(3)
        ])  # fmt: skip
    return held


def showcase(world: World) -> None:
    """Two provincial demonstration projects of 2013: one accepted on 30 June 2015 with its platform, one built and waiting."""
    base = {"scheme": "省科技支撑计划", "level": "province", "field": "society", "plan_year": 2013, "approved_on": date(2013, 6, 18),
            "signed_on": date(2013, 7, 2), "started_on": date(2013, 7, 10), "stage": "running",
            "budget": 180, "grant": 60, "own_funds": 120}  # fmt: skip
    platform = base | {
        "title": "数字化社会管理和服务平台示范项目", "contract_number": "任2013901", "due_on": date(2015, 6, 30), "tracked_on": date(2015, 5, 20),
        "organisation": world.names["communities"][0], "output": "区社会管理与服务信息平台", "output_owner": world.names["communities"][0],
        "output_address": "区政务服务中心二楼", "output_users": 63, "handed_over_on": date(2015, 6, 30),
    }  # fmt: skip
    village = base | {
        "title": "新农村环境综合治理技术应用示范项目", "contract_number": "任2013902", "due_on": date(2016, 6, 30), "field": "agriculture",
        "organisation": world.names["departments"][8], "tracked_on": date(2015, 11, 12), "built_on": date(2015, 10, 28), "stage": "built",
    }  # fmt: skip
    follow_up(world, world.add("projects", [platform, village]))
    accept(world, [(platform, date(2015, 6, 30))])
    world.add("applications", [
        {"title": title_of(150), "scheme": "市科技计划", "level": "city", "plan_year": 2016, "organisation": holder(world, 150),
         "submitted_on": date(2015, 12, 14), "amount": 10, "budget": 30},
    ], state=State.DRAFT)  # fmt: skip


def national(world: World) -> None:
    """The county's first half of 2014: one application each to two national programmes, an older fund project under way, a fuller pool."""
    bureau = world.bureau.name
    notice = {"received_on": date(2014, 2, 20), "opens_on": date(2014, 2, 25), "closes_on": date(2014, 4, 20), "report_due_on": date(2014, 4, 30),
              "reported_on": date(2014, 4, 25), "level": "nation", "plan_year": 2014, "issuer": "演示省科学技术厅", "stage": "reported"}  # fmt: skip
    names = ("科技富民强县专项行动计划", "科技型中小企业技术创新基金")
    world.add("calls", [notice | {"title": f"关于组织申报2014年度{name}项目的通知", "scheme": name} for name in names])
    filed = {"level": "nation", "plan_year": 2014, "submitted_on": date(2014, 4, 8), "reviewed_on": date(2014, 4, 16),
             "recommended_on": date(2014, 4, 25), "recommended_to": "演示省科学技术厅", "stage": "recommended"}  # fmt: skip
    world.add("applications", [
        filed | {"title": "油茶产业提质增效技术集成与产业化", "scheme": names[0], "organisation": bureau, "field": "agriculture", "amount": 150,
                 "budget": 460, "call": f"关于组织申报2014年度{names[0]}项目的通知"},
        filed | {"title": "高密度玻纤板连续压制工艺开发", "scheme": names[1], "organisation": world.names["firms"][6], "field": "industry",
                 "amount": 60, "budget": 200, "call": f"关于组织申报2014年度{names[1]}项目的通知"},
    ])  # fmt: skip
    running = {"title": "稀土永磁微电机节能改造", "scheme": names[1], "level": "nation", "field": "industry", "plan_year": 2013,
               "contract_number": "立2013088", "organisation": world.names["firms"][3],
               "approved_on": date(2013, 7, 30), "signed_on": date(2013, 9, 2),
               "started_on": date(2013, 9, 10), "due_on": date(2015, 9, 9), "tracked_on": date(2014, 5, 28), "stage": "running",
               "budget": 180, "grant": 60, "own_funds": 120}  # fmt: skip
    own = [running | {"title": title_of(130 + n), "scheme": "本级科技计划", "level": "county",
                      "contract_number": f"任2013{n + 60}", "organisation": holder(world, n),
                      "approved_on": date(2013, 10, 15), "signed_on": date(2013, 10, 28), "started_on": date(2013, 11, 4),
                      "due_on": date(2014, 10, 31),
                      "tracked_on": date(2014, 6, 5 + 7 * n), "budget": 15, "grant": 5, "own_funds": 10} for n in range(3)]  # fmt: skip
    follow_up(world, world.add("projects", [running, *own]))
    project_money(world, [running])
    pool(world, Round(2014, 15, 9, {}, {}, False, first=30), [])
