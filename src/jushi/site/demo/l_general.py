"""L 综合 of the demonstration: four expropriation households with two settled, civility items, safety checks and hazards."""

from __future__ import annotations

import io
from datetime import date

from jushi.kernel import evidence
from jushi.kernel.states import State
from jushi.site.demo.parts import add_steps
from jushi.site.demo.world import World

# assigned, signed, vacated, settled, visits (month-day)
HOUSEHOLDS = (
    ("2014-02-18", "2014-04-02", "2014-04-28", "2014-05-09", ("02-24", "03-05", "03-20", "04-01")),
    ("2014-02-18", "2014-05-12", "2014-06-03", "2014-06-18", ("02-25", "03-12", "04-08", "04-29", "05-10")),
    ("2014-03-10", "2014-06-24", "", "", ("03-14", "04-11", "05-16", "06-20")),
    ("2014-03-10", "", "", "", ("03-17", "04-15", "05-22", "06-13", "06-27")),
)  # fmt: skip


def load(world: World) -> None:
    """Expropriation only in the county; side duties in both."""
    if world.county == "990124":
        _expropriation(world)
    year = 2015 if world.county == "990102" else 2014
    for y in (year - 2, year - 1, year):
        last = date(y, 6, 30) if y == 2014 and world.county == "990124" else date(y, 12, 31)
        _civility(world, y, last, proven=y == year)
        _safety(world, y, last)


def _expropriation(world: World) -> None:
    """Each visit is a step in the log of the household."""
    rows = []
    for n, (given, signed, vacated, settled, _) in enumerate(HOUSEHOLDS):
        stage = "settled" if settled else "signed" if signed else "negotiating"
        rows.append({
            "number": f"征{n + 1:02d}", "title": f"园区连接线第{n + 1}户", "household": world.names["households"][300 + n], "raised_on": given,
            "signed_on": signed, "vacated_on": vacated, "settled_on": settled, "house_area": f"{128 + 17 * n}.5", "land_mu": f"{1 + n}.2",
            "compensation": 286000 + 23000 * n if signed else "", "owner_user": world.users[("juzhang", "fenguan")[n % 2]].full_name,
            "text": "希望安置到集镇附近" if n % 2 else "担心过渡期租房", "stage": stage,
        })  # fmt: skip
    for case, entry in zip(world.add("expropriations", rows), HOUSEHOLDS, strict=True):
        add_steps(world, case, [(f"2014-{day}", "入户", "讲政策、听诉求") for day in entry[4]])
    world.add(
        "expropriations",
        [{"number": "征05", "title": "园区连接线待分派户", "raised_on": "2014-06-28"}],
        state=State.DRAFT,
    )


INDEXES = (
    "思想道德建设",
    "诚信单位建设",
    "志愿服务",
    "文明餐桌",
    "网络文明",
    "环境卫生",
    "学习型机关",
    "文体活动",
    "扶弱济困",
    "文明交通",
)


def _civility(world: World, year: int, last: date, *, proven: bool) -> None:
    """Twenty index items a year, most of them carried out; those of the last year with their proof attached."""
    rows = []
    for n in range(20):
        due = date(year, 3 + n % 9, 20)
        done = due if due <= last and n % 10 != 9 else None
        rows.append({"title": f"{INDEXES[n % 10]}（{n // 10 + 1}）", "period": str(year), "due_on": due, "done_on": done,
                     "result": "已落实" if done else "", "stage": "reviewed" if done else "planned"})  # fmt: skip
    for record in world.add("civility_items", rows):
        if proven and record.done_on is not None:
            text = f"{record.title}：{record.done_on}落实，附会议记录和照片目录。"
            evidence.attach(record, io.BytesIO(text.encode()), f"{record.title}落实说明.txt", "演示数据")


def _safety(world: World, year: int, last: date) -> None:
    """A safety check each quarter; its hazard becomes a tracked item."""
    checks, hazards = [], []
    for quarter in range(4):
        day = date(year, 3 * quarter + 2, 12)
        if day > last:
            continue
        title = f"{year}年第{quarter + 1}季度机关安全检查"
        checks.append({"title": title, "category": "安全生产", "held_on": day, "place": "办公楼、仓库", "hazards": 1})
        done = day.replace(day=25) if quarter < 3 else None
        hazards.append({"title": f"{year}年{quarter + 1}季度：仓库线路老化" if quarter % 2 else f"{year}年{quarter + 1}季度：灭火器过期",
                        "source_activity": title, "owner_user": world.users["bangong"].full_name, "raised_on": day, "due_on": day.replace(day=27),
                        "closed_on": done, "result": "已更换" if done else "", "stage": "closed" if done else "working"})  # fmt: skip
    checks.append(
        {
            "title": f"{year}年计划生育工作自查",
            "category": "计划生育",
            "held_on": date(year, 5, 8),
            "content": "职工婚育登记核对",
        }
    )
    world.add("safety_checks", checks)
    world.add("hazards", hazards)
