"""K 整改与廉政 of the demonstration: campaign phases, opinions turned into problems, strike-off, talks, limits, publicity."""

from __future__ import annotations

from typing import Any

from jushi.kernel.models import Grant
from jushi.kernel.states import State
from jushi.ledger import registry, store
from jushi.ledgers.offers import MERGED
from jushi.site.demo.parts import add_origins, add_steps
from jushi.site.demo.world import World

SOURCES = ("企业", "基层干部", "“两代表一委员”", "联系农户")
STYLES = ("形式主义", "官僚主义", "享乐主义", "奢靡之风")
OPINIONS = ("下企业少", "项目申报通知晚", "培训内容不对路", "科普活动形式单一", "服务窗口回复慢", "会议多", "材料要得急", "车辆使用不规范",
            "对种植户回访少", "专利资助手续多")  # fmt: skip
FAULTS = ("会议偏多偏长", "调研走马观花", "办事拖拉", "怕担责任", "接待标准偏高", "学习不深不透")
PHASES = {
    "990124": ("党的群众路线教育实践活动", (
        ("学习教育、听取意见", "2014-02-20", "2014-04-30"), ("查摆问题、开展批评", "2014-05-04", "2014-07-31"),
        ("整改落实、建章立制", "2014-08-01", "2014-09-30"))),
    "990102": ("“三严三实”专题教育", (
        ("专题党课和学习研讨", "2015-05-11", "2015-10-31"), ("专题民主生活会和组织生活会", "2015-11-02", "2015-12-25"),
        ("整改落实", "2015-06-01", "2015-12-31"))),
}  # fmt: skip
# phase, action, due, done (empty: still open)
ACTIONS = {
    "990124": ((0, "集中学习规定篇目", "2014-04-20", "2014-04-18"), (0, "开门征求意见", "2014-04-30", "2014-04-28"),
               (1, "梳理“四风”问题并立行立改", "2014-05-30", "2014-05-28"), (1, "撰写对照检查材料", "2014-06-20", "2014-06-19"),
               (1, "班子成员谈心谈话", "2014-06-27", ""), (1, "召开专题民主生活会", "2014-07-15", ""),
               (1, "召开专题组织生活会", "2014-07-25", ""), (2, "对照台账逐项整改", "2014-09-20", "")),
    "990102": ((0, "主要负责人讲专题党课", "2015-05-29", "2015-05-28"), (0, "三个专题研讨", "2015-10-30", "2015-10-27"),
               (1, "专题民主生活会", "2015-12-20", "2015-12-18"), (2, "不严不实问题整改", "2015-12-31", "2015-12-25")),
}  # fmt: skip


def load(world: World) -> None:
    """Both bureaus have a campaign; the county's is in its second phase at the end of the half-year."""
    year = 2015 if world.county == "990102" else 2014
    _campaign(world)
    for back in (2, 1, 0):
        _opinions(world, year - back, 40 if not back else 16 - 3 * back)
        _problems(world, year - back, is_last=not back)
    _faults(world, year)
    _talks(world, year)
    _duties(world, year)
    _money(world, year)
    _publicity(world)
    _disclosures(world, year)


def _campaign(world: World) -> None:
    name, phases = PHASES[world.county]
    world.add("campaign_phases", [
        {"title": f"{name}：{title}", "category": name, "period": due[:4], "starts_on": begun, "due_on": due, "stage": "doing"}
        for title, begun, due in phases
    ])  # fmt: skip
    world.add("campaign_actions", [
        {"title": title, "parent": f"{name}：{phases[phase][0]}", "period": due[:4], "starts_on": phases[phase][1], "due_on": due, "done_on": done,
         "result": "已完成，资料归档" if done else "", "stage": "done" if done else "planned"}
        for phase, title, due, done in ACTIONS[world.county]
    ])  # fmt: skip


def _opinions(world: World, year: int, count: int) -> None:
    """From four groups by two ways; every fifth is anonymous."""
    world.add("opinions", [
        {"number": f"意{year}-{n + 1:03d}", "title": OPINIONS[n % len(OPINIONS)], "text": f"反映：{OPINIONS[n % len(OPINIONS)]}",
         "channel": ("请进来", "走出去")[n % 2], "source": SOURCES[n % 4], "raised_on": f"{year}-0{3 + n % 2}-{10 + n % 18}",
         "is_anonymous": "是" if n % 5 == 0 else "否", "raiser": "" if n % 5 == 0 else world.person(), "category": "工作作风",
         "stage": "merged" if n < 12 and count == 40 else "sorted"}
        for n in range(count)
    ])  # fmt: skip


def _problems(world: World, year: int, *, is_last: bool) -> None:
    """Fifteen problems in the last year: nine struck off (all of the team), six open. Earlier years are all struck off."""
    rows = []
    for n in range(15 if is_last else 8):
        struck = n < 9 or not is_last
        tier = "领导班子" if n < 9 else ("班子成员", "股室")[n % 2]
        rows.append({
            "number": f"整{year}-{n + 1:02d}", "title": f"{OPINIONS[n % len(OPINIONS)]}问题", "source": "群众意见", "tier": tier,
            "raised_on": f"{year}-05-{5 + n}", "due_on": f"{year}-{'06-25' if struck else '09-30'}", "measures": "定措施、定人、定时限",
            "owner_user": world.users[("fenguan", "bangong", "yewu")[n % 3]].full_name, "requested_on": f"{year}-06-1{n}" if struck else "",
            "closed_on": f"{year}-06-2{n}" if struck else "", "result": "已整改，群众认可" if struck else "",
            "stage": "struck" if struck else "working",
        })  # fmt: skip
    made = world.add("rectifications", rows)
    if is_last:
        _trace(world, made, year)


def _trace(world: World, made: list[Any], year: int) -> None:
    """Twelve opinions were merged into the first five problems; the first problem keeps its whole log."""
    from jushi.entities.models import Case

    origins = list(Case.objects.filter(county=world.county, kind="opinion", year=year, stage="merged").order_by("number"))
    for n in range(5):
        add_origins(world, made[n], origins[n::5], MERGED)
    add_steps(world, made[0], [
        (f"{year}-05-05", "登记", "由意见归并"), (f"{year}-05-08", "分派", "定责任人和期限"), (f"{year}-06-10", "申请销号", "附佐证"),
        (f"{year}-06-16", "复核", "措施落实"), (f"{year}-06-20", "销号", "同意销号"),
    ])  # fmt: skip
    world.add("rectifications", [{"number": f"整{year}-99", "title": "台账更新不及时", "source": "自查", "tier": "股室",
                                  "raised_on": f"{year}-06-28", "due_on": f"{year}-08-31"}], state=State.DRAFT)  # fmt: skip


def _faults(world: World, year: int) -> None:
    """Eighteen faults by style and tier, eleven mended at once."""
    world.add("style_faults", [
        {"number": f"风{year}-{n + 1:02d}", "title": FAULTS[n % len(FAULTS)], "category": STYLES[n % 4], "source": "自查",
         "tier": ("领导班子", "班子成员", "股级以上干部")[n % 3], "raised_on": f"{year}-05-{6 + n % 20}", "due_on": f"{year}-07-31",
         "owner_user": world.users[("fenguan", "bangong")[n % 2]].full_name, "measures": "立行立改", "stage": "struck" if n < 11 else "working",
         "closed_on": f"{year}-06-{6 + n}" if n < 11 else "", "result": "已改正" if n < 11 else ""} for n in range(18)
    ])  # fmt: skip


def _talks(world: World, year: int) -> None:
    """Four leaders: six pairs, of which the county has talked four by mid-2014 and the district all by December 2015."""
    leaders = world.names["leaders"]
    pairs = [(a, b) for n, a in enumerate(leaders) for b in leaders[n + 1 :]]
    done, month = (pairs[:4], "06") if world.county == "990124" else (pairs, "12")
    world.add("talks", [
        {"title": f"{a}与{b}谈心", "pair": f"{a}、{b}", "held_on": f"{year}-{month}-0{n + 2}", "content": "交心通气"} for n, (a, b) in enumerate(done)
    ])  # fmt: skip
    _self_checks(world, year)
    meeting = {"title": f"{year}年度专题民主生活会", "category": "democratic", "members": "、".join(leaders)}
    if world.county == "990102":
        meeting |= {
            "planned_on": f"{year}-12-18",
            "held_on": f"{year}-12-18",
            "minutes": "逐人对照检查、相互批评",
            "stage": "held",
        }
    else:
        meeting |= {"planned_on": f"{year}-07-15", "stage": "preparing"}
    world.add("life_meetings", [meeting])


def _self_checks(world: World, year: int) -> None:
    """Three leaders write their own texts, each under his own account: nobody else but secretary and supervisors reads them."""
    ledger = registry.get("self_checks")
    for n, login in enumerate(("juzhang", "fenguan", "jijian")):
        user, author = world.users[login], world.names["leaders"][n]
        Grant.objects.get_or_create(user=user, role="text_author")
        row = {
            "title": f"{author}对照检查材料",
            "author": author,
            "edition": "第一稿",
            "drafted_on": f"{year}-06-1{n + 2}",
        }
        store.create_many(ledger, [row], store.author_for(ledger, world.bureau, user), state=State.CONFIRMED, operation="演示数据")


def _duties(world: World, year: int) -> None:
    """Nine duties of three holders, records of them, and letters with each office."""
    for y in (year - 1, year):
        months = ("03", "05") if (y, world.county) == (2014, "990124") else ("03", "05", "08", "11")
        items = [f"{y}年{title}" for title in ("研究部署廉政工作", "落实集体领导责任", "完善决策制度", "带头廉洁从政", "约谈分管负责人",
                                               "听取廉政汇报", "抓好分管股室廉政", "检查重点环节", "督促问题整改")]  # fmt: skip
        world.add("integrity_duties", [
            {"title": item, "category": ("领导班子集体责任", "主要负责人第一责任", "班子成员领导责任")[n // 3], "period": str(y),
             "owner_user": world.users["juzhang" if n < 6 else "fenguan"].full_name, "assigned_on": f"{y}-02-2{n % 8}",
             "due_on": f"{y}-12-20", "stage": "doing"} for n, item in enumerate(items)
        ])  # fmt: skip
        world.add("duty_records", [
            {"title": f"履行：{item}", "plan_item": item, "held_on": f"{y}-{month}-15"}
            for n, item in enumerate(items) for month in months[: 4 if n < 8 else 3]
        ])  # fmt: skip
        world.add("integrity_letters", [
            {"title": f"与{office}签订{y}年度廉政责任书", "signed_on": f"{y}-03-06", "ends_on": f"{y}-12-31"}
            for office in ("办公室", "综合业务股", "知识产权股", "农村科技股", "科普股")
        ])  # fmt: skip


def _money(world: World, year: int) -> None:
    """Limits that fall year by year, spending that stays below them."""
    for n, y in enumerate((year - 2, year - 1, year)):
        world.add("spending_limits", [
            {"title": f"{y}年{item}限额", "category": item, "plan_year": y, "amount": amount - 4000 * n, "approved_on": f"{y}-01-20"}
            for item, amount in (("公务接待", 38000), ("公务用车", 62000))
        ])  # fmt: skip
        months = range(1, 7 if y == 2014 and world.county == "990124" else 13)
        world.add("public_spending", [
            {"title": f"{m}月{item}", "category": item, "plan_year": y, "amount": amount - 90 * n + 35 * (m % 4),
             "occurred_on": f"{y}-{m:02d}-1{m % 9}", "voucher_number": f"{y}{m:02d}-{item[2:]}"}
            for m in months for item, amount in (("公务接待", 2350), ("公务用车", 4300))
        ])  # fmt: skip


def _publicity(world: World) -> None:
    """806 copies and 196 viewers in the village in the first half of 2014; ordinary years elsewhere."""
    village = world.villages[3].code
    events: tuple[tuple[str, str, str, int | None, int | None], ...]
    if world.county == "990124":
        events = (("党风廉政社会评价进村入户", "发放资料", "2014-04-16", 506, None), ("圩日集中宣传社会评价", "发放资料", "2014-05-21", 300, None),
                  ("党风廉政巡礼片第一场", "组织观看", "2014-05-28", None, 104), ("党风廉政巡礼片第二场", "组织观看", "2014-06-11", None, 92),
                  ("廉政宣传进村", "发放资料", "2013-05-16", 420, None), ("警示教育片", "组织观看", "2013-09-10", None, 60),
                  ("廉政宣传进村", "发放资料", "2012-06-12", 350, None))  # fmt: skip
        tags = "三送活动"
    else:
        events = (("廉政宣传进社区", "发放资料", "2015-05-20", 240, None), ("警示教育", "警示教育", "2015-06-26", None, 21),
                  ("警示教育", "警示教育", "2014-06-25", None, 19), ("警示教育", "警示教育", "2013-06-26", None, 18))  # fmt: skip
        tags = ""
    world.add("integrity_publicity", [
        {"title": title, "form": form, "held_on": day, "leaflets": copies, "viewers": heads, "tags": tags, "area": village, "audience": "村民"}
        for title, form, day, copies, heads in events
    ])  # fmt: skip


def _disclosures(world: World, year: int) -> None:
    """What had to be published; the last one is due and still unpublished."""
    items = (
        ("部门预算", "预算决算"),
        ("“三公”经费预算", "“三公”经费"),
        ("科技项目立项名单", "项目立项"),
        ("科技奖励名单", "奖励名单"),
    )
    for y in (year - 1, year):
        for n, (title, category) in enumerate(items):
            row = {"title": f"{y}年{title}", "category": category, "due_on": f"{y}-0{2 + n}-20", "stage": "due"}
            if (y, n) != (year, len(items) - 1):
                row |= {
                    "published_on": f"{y}-0{2 + n}-18",
                    "ends_on": f"{y}-0{2 + n}-28",
                    "link": "局门户网站公告栏",
                    "stage": "published",
                }
            world.add("disclosures", [row])
