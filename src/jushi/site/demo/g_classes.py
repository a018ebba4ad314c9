"""G 科普与培训 of the demonstration: classes, courses elsewhere, informants, contests, printed matter, member units, model district."""

from __future__ import annotations

import io
from datetime import date

from jushi.entities.models import Activity, GroupMember, Organisation, Person
from jushi.kernel import evidence, oplog
from jushi.kernel.models import Grant, User
from jushi.kernel.states import State
from jushi.ledgers import g_joint
from jushi.site.demo.world import World

CROPS = ("设施蔬菜", "果树修剪", "肉羊养殖", "药材种植", "土壤改良")
ENTRIES = (
    "自动浇花器",
    "节能路灯",
    "校园垃圾分类箱",
    "盲人导航杖",
    "太阳能烘干箱",
    "雨水收集器",
    "智能书架",
    "声控窗帘",
    "水质检测盒",
    "防溢水龙头",
)
INDEX = ("组织领导", "科普设施", "科普活动", "科普队伍", "经费保障")


def load(world: World) -> None:
    """The district replays 2015, the county the first half of 2014."""
    if world.county == "990102":
        classes(world, ((2013, 5, 190), (2014, 7, 280), (2015, 8, 335)))
        talents(world, ((2013, 4, 410), (2014, 5, 560), (2015, 6, 700)))
        informants(world)
        contests(world)
        joint_week(world)
        model_district(world)
    else:
        classes(world, ((2012, 3, 105), (2013, 4, 150)))
        courses(world)
    printed(world)


def classes(world: World, years: tuple[tuple[int, int, int], ...]) -> None:
    """Farmer classes: the last of each year has its signed list."""
    for year, count, total in years:
        days, shares = world.days(date(year, 2, 20), date(year, 11, 20), count), world.split(total, count)
        world.add("farmer_classes", [
            {"title": f"{CROPS[n % 5]}实用技术培训班", "held_on": days[n], "area": world.towns[n % 10].code, "crop": CROPS[n % 5],
             "speaker": world.names["experts"][n % 24], "hours": 4, "attendances": share, "content": "课堂讲授和田间实习", "result": "良好",
             "attendees": "、".join(world.person() for _ in range(share)) if n == count - 1 else "", "stage": "evaluated"}
            for n, share in enumerate(shares)
        ])  # fmt: skip


def talents(world: World, years: tuple[tuple[int, int, int], ...]) -> None:
    """Classes for farm talents with poor labour marked; in 2015 six classes and 700 人次."""
    for year, count, total in years:
        days, shares = world.days(date(year, 3, 10), date(year, 11, 25), count), world.split(total, count)
        world.add("talent_classes", [
            {"title": f"农民实用人才培训第{n + 1}期", "held_on": days[n], "area": world.towns[n % 10].code, "crop": CROPS[n % 5],
             "speaker": world.names["experts"][(n + 5) % 24], "attendances": share, "poor_attendances": share // 4, "hours": 8,
             "content": "种养技术和经营管理", "result": "良好", "stage": "evaluated"} for n, share in enumerate(shares)
        ])  # fmt: skip
    world.add(
        "talent_classes",
        [{"title": "农民实用人才冬季培训", "held_on": "2015-12-22", "stage": "planned"}],
        state=State.DRAFT,
    )


def courses(world: World) -> None:
    """Seven people of four firms at one course in the first half of 2014; four people the year before."""
    for day, count in (("2014-05-22", 7), ("2013-06-18", 4)):
        firms = world.names["firms"][:4] if count == 7 else world.names["firms"][4:6]
        world.add("outside_courses", [{
            "title": "科技列车赣南行知识产权培训班" if count == 7 else "中小企业专利实务培训班", "held_on": day, "city": "外市",
            "trainees": "、".join(world.names["technicians"][:count]), "senders": "、".join(firms), "organiser": "上级科技部门",
            "content": "创新管理、专利申请与保护", "result": "回单位作了传达", "stage": "reported",
        }])  # fmt: skip


def informants(world: World) -> None:
    """Forty-seven people recommended to the city in 2015, nine of them full-time."""
    names = [world.person() for _ in range(47)]
    units = world.names["communities"] + world.names["schools"]
    world.add("people", [{"title": n, "organisation": units[k % len(units)], "phone": ""} for k, n in enumerate(names)])
    world.add("informants", [
        {"person": n, "category": "full" if k < 9 else "part", "area": world.villages[2 * k].code, "host": units[k % len(units)],
         "recommended_on": "2015-06-12", "starts_on": "2015-07-01", "stage": "serving"} for k, n in enumerate(names)
    ])  # fmt: skip


def contests(world: World) -> None:
    """The innovation contest and the robot contest: 8, 8 and 10 prizes in 2015, fewer before."""
    for year, counts in ((2013, (4, 6, 7)), (2014, (6, 7, 9)), (2015, (8, 8, 10))):
        edition, robot = year - 1985, year - 2000
        names = {
            "youth_innovation": f"第{edition}届省青少年科技创新大赛",
            "youth_robot": f"第{robot}届青少年机器人竞赛分赛区比赛",
        }
        world.add("contests", [
            {"title": name, "series": series, "edition": edition if series == "youth_innovation" else robot, "held_on": f"{year}-04-1{n}",
             "participants": 46 + n * 8, "entries": 38 + n * 4, "stage": "awarded"} for n, (series, name) in enumerate(names.items())
        ])  # fmt: skip
        titles = list(names.values())
        grades = [grade for grade, count in zip(("first", "second", "third"), counts, strict=True) for _ in range(count)]
        world.add("contest_prizes", [
            {"title": f"{ENTRIES[n % 10]}（{n // 10 + 1}组）", "activity": titles[n % 2], "grade": grade,
             "organisation": world.names["schools"][n % 8], "pupils": world.person(), "granted_on": f"{year}-05-08"} for n, grade in enumerate(grades)
        ])  # fmt: skip


def printed(world: World) -> None:
    """What was printed, came in and went out; the county has a stock of manuals, the district leaflets for its communities."""
    year = 2015 if world.county == "990102" else 2014
    goods = (("病虫害防治手册", "manual", "册", 5000), ("科普知识折页", "leaflet", "份", 20000), ("科普挂图", "chart", "套", 60),
             ("科普展板", "panel", "块", 120))  # fmt: skip
    world.add("print_items", [
        {"title": title, "category": code, "unit": unit, "edition": f"{year}版", "authors": world.bureau.short_name, "issued_on": f"{year}-01-06"}
        for title, code, unit, _ in goods
    ])  # fmt: skip
    world.add("print_moves", [
        {"document": title, "movement": "in", "moved_on": f"{year}-01-06", "quantity": amount, "receiver": "科普股"} for title, _, _, amount in goods
    ])  # fmt: skip
    world.add("print_moves", [
        {"document": "病虫害防治手册", "movement": "out", "moved_on": f"{year}-0{3 + n}-05", "quantity": 300 + 40 * n} for n in range(3)
    ])  # fmt: skip
    world.add("print_moves", [{"document": "科普展板", "movement": "loss", "moved_on": f"{year}-06-25", "quantity": 3}])


def joint_week(world: World) -> None:
    """Member units with their liaisons, tasks for the week of 2015, and what most of them returned."""
    units = list(Organisation.objects.filter(county=world.county, title__in=world.names["departments"] + world.names["schools"][:3]))
    group = world.add(
        "member_units",
        [{"title": "科普工作联席会议", "starts_on": "2012-05-01", "tasks": "联办科技活动周和全国科普日"}],
    )[0]
    people = list(Person.objects.filter(county=world.county, organisation__in=units).order_by("pk")[: len(units)])
    with oplog.operation("演示数据", county=world.county) as opened:
        opened.insert_many([
            GroupMember(county=world.county, group=group, position=n, organisation=unit, starts_on=date(2012, 5, 1),
                        liaison=people[n] if n < len(people) else None) for n, unit in enumerate(sorted(units, key=lambda u: u.title))
        ])  # fmt: skip
    _liaison(world, people[len(units) - 1])
    week = Activity.objects.get(county=world.county, kind="science_week", year=2015)
    tasks = g_joint.send_tasks(world.bureau, week, group, "设一个展台，组织本单位人员参加", date(2015, 6, 5))
    for n, task in enumerate(tasks[:-2]):
        found = g_joint.return_figures(world.bureau, task, {"visitors": 120 + 15 * n, "content": "设展台一个"})
        with oplog.operation("核定", county=world.county):
            found.state = State.CONFIRMED
            found.save()


def _liaison(world: World, person: Person) -> None:
    """The liaison of the last unit signs in by himself; his unit has not answered yet."""
    login = f"lianluo{world.county[-2:]}"
    password = world.users["kepu"].password
    user, made = User.objects.get_or_create(
        username=login, defaults={"bureau": world.bureau, "full_name": f"{person.title}（成员单位联络员）", "password": password}
    )
    if made:
        Grant.objects.create(user=user, role="liaison")
    world.users["lianluo"] = user


def model_district(world: World) -> None:
    """Forty index items; thirty-eight have their proof attached."""
    departments = world.names["departments"]
    rows = [
        {"title": f"{INDEX[n % 5]}指标{n // 5 + 1}", "period": "2015", "category": ("organisation", "facility", "activity", "team", "funds")[n % 5],
         "organisation": departments[n % 12], "assigned_on": "2015-03-02", "due_on": "2015-11-30", "weight": "2.5",
         "done_on": None if n in (17, 33) else f"2015-{5 + n % 6:02d}-20", "stage": "launched" if n in (17, 33) else "met"} for n in range(40)
    ]  # fmt: skip
    for n, record in enumerate(world.add("model_items", rows)):
        if record.done_on is not None:
            text = f"{record.title}达标说明：资料齐全，自评 2.5 分。"
            evidence.attach(record, io.BytesIO(text.encode()), f"达标说明{n + 1}.txt", "演示数据")
