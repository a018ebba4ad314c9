"""K 党建 of the demonstration: branch, members and their stages, officers, study every Friday, meetings, promises."""

from __future__ import annotations

from datetime import date, timedelta

from jushi.kernel.states import State
from jushi.site.demo.parts import add_exceptions
from jushi.site.demo.world import World

LEDGER = {"assembly": "党员大会", "committee": "支委会", "group": "党小组会", "lesson": "党课"}
SINCE = ("1998-07-01", "2001-06-20", "2003-07-01", "2005-06-28", "2006-07-01", "2008-06-25", "2009-07-01", "2011-06-30")
HOLIDAYS = ((2, 16, 2, 24), (5, 1, 5, 1), (10, 1, 10, 7))


def load(world: World) -> None:
    """The district's party work of 2013–2015; the county's up to mid-2014."""
    last = date(2015, 12, 31) if world.county == "990102" else date(2014, 6, 30)
    _register(world)
    _members(world)
    _officers(world, last.year)
    for year in range(last.year - 2, last.year + 1):
        _study(world, year, min(last, date(year, 12, 31)))
        _meetings(world, year, min(last, date(year, 12, 31)), every_month=year == last.year)
        _promises(world, year, rated=date(year, 12, 31) <= last)
    _routines(world, last.year)


def _register(world: World) -> None:
    """The branch and the bureau's own people."""
    bureau, branch = world.bureau.name, f"{world.bureau.short_name}党支部"
    world.add("organisations", [{"title": branch, "category": "branch", "registered_on": "2002-01-01"}])
    staff = [world.person() for _ in range(12)]
    titles = ("局长", "副局长", "副局长", "纪检组长") + ("干部",) * 8
    world.add("people", [{"title": name, "organisation": bureau, "position_title": titles[n]} for n, name in enumerate(staff)])
    world.names |= {"staff": staff, "branch": [branch], "leaders": staff[:4]}


def _members(world: World) -> None:
    """Eight full members; two probationers admitted in 2014 and, in the district, confirmed in 2015; two still on the way."""
    staff, branch = world.names["staff"], world.names["branch"][0]
    world.add("party_members", [
        _stage(staff[n], "正式党员", since, "", branch, "离退休" if n == 7 else "在职") for n, since in enumerate(SINCE)
    ])  # fmt: skip
    replays = world.county == "990102"
    admitted = ("2014-06-26", "2014-09-10") if replays else ("2013-12-18", "2014-04-22")
    confirmed = ("2015-07-01", "2015-09-22") if replays else ("", "")
    for n in range(2):
        name = staff[8 + n]
        chain = [("入党申请人", "2011-05-04", "2012-03-12"), ("入党积极分子", "2012-03-12", "2013-05-16"),
                 ("发展对象", "2013-05-16", admitted[n]), ("预备党员", admitted[n], confirmed[n])]  # fmt: skip
        previous = ""
        for category, begun, ended in chain:
            previous = world.add("party_members", [_stage(name, category, begun, ended, branch, "在职", previous)])[0].title
        if confirmed[n]:
            world.add("party_members", [_stage(name, "正式党员", confirmed[n], "", branch, "在职", previous)])
    world.add("party_members", [_stage(staff[10], "入党积极分子", "2013-11-20", "", branch, "在职"),
                                _stage(staff[11], "入党申请人", "2014-03-03", "", branch, "在职")])  # fmt: skip


def _stage(name: str, category: str, begun: str, ended: str, branch: str, grade: str, previous: str = "") -> dict[str, object]:
    return {"title": f"{name}·{category}", "person": name, "category": category, "starts_on": begun, "ends_on": ended,
            "end_reason": "转入下一阶段" if ended else "", "host": branch, "grade": grade, "previous": previous,
            "stage": "passed" if ended else "current"}  # fmt: skip


def _officers(world: World, year: int) -> None:
    """Secretary, discipline member, one specialist at a time; course and exam of the year."""
    staff, branch = world.names["staff"], world.names["branch"][0]
    world.add("party_officers", [
        {"title": title, "person": staff[who], "category": title, "starts_on": begun, "ends_on": ended, "host": branch}
        for title, who, begun, ended in (("支部书记", 0, "2012-03-01", ""), ("纪检委员", 3, "2012-03-01", ""),
                                         ("党务专干", 5, "2012-03-01", f"{year}-02-16"), ("党务专干", 6, f"{year}-02-16", ""))
    ])  # fmt: skip
    host = world.names["departments"][0]
    world.add("party_courses", [
        {"title": f"{y}年基层党务骨干培训", "held_on": f"{y}-04-1{y % 5}", "ends_on": f"{y}-04-2{y % 5}", "host": host,
         "attendees": f"{staff[0]}、{staff[6]}", "participants": 2} for y in (year - 1, year)
    ])  # fmt: skip
    world.add("party_exams", [
        {"title": f"{y}年党务科目考试", "person": staff[who], "held_on": f"{y}-05-2{y % 5}", "total": score, "result": "合格"}
        for y, scores in ((year - 1, (82, 79)), (year, (91, 86))) for who, score in zip((0, 6), scores, strict=True)
    ])  # fmt: skip


def _routines(world: World, year: int) -> None:
    """Study on Fridays (the district) or Mondays and Thursdays; meetings as often as the branch rules say."""
    days = "5" if world.county == "990102" else "1,4"
    [routine] = world.add("study_routines", [{
        "title": "周五例会学习制度" if days == "5" else "每周集中学习制度", "activity_ledger": "study_sessions", "frequency": "每周",
        "weekdays": days, "minimum": 1, "starts_on": f"{year - 2}-01-01", "basis": "局机关学习制度",
    }])  # fmt: skip
    add_exceptions(world, routine, [
        (date(y, a, b), date(y, c, d), "节假日") for y in range(year - 2, year + 1) for a, b, c, d in HOLIDAYS
    ])  # fmt: skip
    world.add("meeting_routines", [
        {"title": f"{LEDGER[code]}制度", "activity_ledger": "branch_meetings", "category": code, "frequency": often, "minimum": 1,
         "starts_on": f"{year - 2}-01-01", "basis": "支部工作制度"}
        for code, often in (("assembly", "每季度"), ("committee", "每月"), ("group", "每月"), ("lesson", "每季度"))
    ])  # fmt: skip


THEMES = (
    "学习上级全会精神",
    "学习科技体制改革文件",
    "学习廉洁自律规定",
    "学习知识产权法规",
    "学习农业科技政策",
    "交流调研情况",
)


def _study(world: World, year: int, last: date) -> None:
    """A session on most of the days that the rule names: holidays and some weeks of field work are left out."""
    weekdays = (4,) if world.county == "990102" else (0, 3)
    day = date(year, 1, 5)
    rows: list[dict[str, object]] = []
    while day <= last:
        if day.weekday() in weekdays and not _is_holiday(day) and (day.isocalendar().week % 9 or day.year < last.year):
            rows.append({"title": THEMES[len(rows) % len(THEMES)], "held_on": day, "participants": 9 + len(rows) % 4,
                         "form": "专题研讨" if len(rows) % 12 == 11 else "周五例会" if len(weekdays) == 1 else "集中学习",
                         "speaker": world.names["leaders"][len(rows) % 4]})  # fmt: skip
        day += timedelta(days=1)
    world.add("study_sessions", rows[:: 1 if year == last.year else 2])


def _is_holiday(day: date) -> bool:
    return any((a, b) <= (day.month, day.day) <= (c, d) for a, b, c, d in HOLIDAYS)


def _meetings(world: World, year: int, last: date, *, every_month: bool) -> None:
    """Committee and group each month, assembly and lesson each quarter; earlier years have gaps."""
    rows = []
    for month in range(1, last.month + 1):
        for code, name in LEDGER.items():
            quarterly = code in {"assembly", "lesson"}
            if (quarterly and month % 3) or (not every_month and month % 2 and not quarterly):
                continue
            rows.append({"title": f"{year}年{month}月{name}", "category": code, "held_on": f"{year}-{month:02d}-2{3 + month % 3}",
                         "speaker": world.names["leaders"][0], "participants": 3 if code == "committee" else 8 + month % 3,
                         "minutes": "按议程进行，记录存支部", "stage": "minuted"})  # fmt: skip
    world.add("branch_meetings", rows)
    if every_month:
        world.add("branch_meetings", [{"title": "下季度党员大会筹备", "category": "assembly", "planned_on": last + timedelta(days=60),
                                       "stage": "planned"}], state=State.DRAFT)  # fmt: skip


def _promises(world: World, year: int, *, rated: bool) -> None:
    """Each full member's promise of the year; one was approved late."""
    world.add("member_promises", [
        {"title": f"{name}{year}年承诺", "person": name, "year": year, "opinion": "联系一户、办一件实事、学一门业务",
         "approved_on": f"{year}-03-{12 + n}" if n else f"{year}-04-09", "shown_on": f"{year}-04-15",
         "total": 88 + n if rated else "", "stage": "rated" if rated else "kept"}
        for n, name in enumerate(world.names["staff"][:8])
    ])  # fmt: skip
