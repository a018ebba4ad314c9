"""Acceptance checks of G 科普与培训 against the real store and indicators."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jushi.compose.words import WordRefused, approximate
from jushi.entities.models import GroupMember
from jushi.indicators.evaluate import behind, measure
from jushi.kernel import evidence, oplog
from jushi.kernel.models import Area
from jushi.kernel.periods import parse
from jushi.kernel.states import State
from jushi.ledger import registry, reminders, store
from jushi.ledgers import g_calendar, g_forms, g_joint
from jushi.ledgers.checks_materials import balance
from jushi.site.demo.world import World

Adder = Callable[..., Any]


def figure(code: str, period: str = "2015") -> Decimal | None:
    return measure([code], Area.objects.get(code="990102000000"), parse(period))[code].value


def units(add: Adder, count: int) -> list[str]:
    names = [f"成员单位{n}" for n in range(count)]
    for name in names:
        add("organisations", title=name, category="department", registered_on="2013-01-01")
    return names


def test_g01_the_next_edition_and_the_official_theme_are_proposed(world: World, add: Adder) -> None:
    names = units(add, 3)
    add(
        "science_weeks",
        title="第24届科技活动周",
        edition=24,
        theme="科技强国 科普惠民",
        held_on="2019-05-19",
        units="、".join(names),
    )
    values = g_calendar.next_week("990102", date(2020, 8, 1))
    assert values["edition"] == 25
    assert values["theme"] == "科技战疫 创新强国"
    assert values["units"] == "、".join(names)
    assert registry.get("science_weeks").prefill is not None


def test_g01_a_wrong_edition_or_theme_is_refused(world: World, add: Adder) -> None:
    add("science_weeks", title="第24届", edition=24, theme="科技强国 科普惠民", held_on="2019-05-19")
    with pytest.raises(store.RefusedError, match="应为第25届"):
        add("science_weeks", title="第26届", edition=26, theme="科技战疫 创新强国", held_on="2020-08-23")
    with pytest.raises(store.RefusedError, match="公布主题是“科技战疫 创新强国”"):
        add("science_weeks", title="第25届", edition=25, theme="科技战役 创新强国", held_on="2020-08-23")
    add("science_weeks", title="第25届", edition=25, theme="“科技战疫，创新强国”", held_on="2020-08-23")
    assert figure("IG30", "2020") == 25


def test_g01_units_are_counted_once(world: World, add: Adder) -> None:
    names = units(add, 4)
    add(
        "science_weeks",
        title="活动周",
        edition=15,
        theme="创新创业 科技惠民",
        held_on="2015-05-16",
        units="、".join(names[:3]),
    )
    add(
        "joint_tasks",
        title="展台",
        period="第15届",
        organisation=names[3],
        due_on="2015-06-01",
        assigned_on="2015-05-01",
    )
    add(
        "joint_returns",
        title="回报",
        edition=15,
        plan_item="展台",
        units=f"{names[3]}、{names[0]}",
        held_on="2015-05-17",
    )
    assert figure("IG27") == 4


def test_g03_copies_are_summed_exactly_and_worded_by_rule(world: World, add: Adder) -> None:
    for n, copies in enumerate((2800, 3200, 2600, 3300, 3150)):
        add("tech_trips", title=f"第{n + 1}次下乡", held_on=f"2014-0{n + 1}-15", leaflets=copies, consultations=2372)
    assert (figure("IG13", "2014H1"), figure("tech_trips.leaflets", "2014H1")) == (5, 15050)
    assert approximate(Decimal(15050), "余", "份") == "1.5万余份"
    rows = behind("tech_trips.leaflets", Area.objects.get(code="990102000000"), parse("2014H1")).rows
    assert [row.quantity for row in rows] == [2800, 3200, 2600, 3300, 3150]
    assert approximate(Decimal(11860), "近", "人次") == "近1.2万人次"
    with pytest.raises(WordRefused):
        approximate(Decimal(12000), "近", "人次")


def test_g03_one_event_of_two_campaigns_counts_once(world: World, add: Adder) -> None:
    add("tech_trips", title="下乡", held_on="2015-05-18", leaflets=100, campaigns="科技活动周、知识产权宣传")
    assert (figure("IG11"), figure("IG14")) == (1, 100)


def test_g04_residents_are_people_not_attendances(world: World, add: Adder) -> None:
    add(
        "community_events",
        title="进社区",
        held_on="2015-05-20",
        panels=50,
        leaflets=8045,
        residents=6050,
        consultations=6100,
    )
    found = measure(["community_events.residents", "IG23"], Area.objects.get(code="990102000000"), parse("2015"))
    assert (found["community_events.residents"].value, found["community_events.residents"].indicator.unit) == (
        6050,
        "人",
    )
    assert (found["IG23"].value, found["IG23"].indicator.unit) == (6100, "人次")
    with pytest.raises(store.RefusedError, match="人次应不少于人数"):
        add("community_events", title="填反了", held_on="2015-05-21", residents=500, consultations=300)


def stock(add: Adder) -> None:
    add("print_items", title="技术手册", category="manual", unit="册", issued_on="2015-01-05")
    add("print_moves", document="技术手册", movement="in", moved_on="2015-01-05", quantity=5000)


def test_g09_stock_never_goes_below_zero(world: World, add: Adder) -> None:
    stock(add)
    add("print_moves", document="技术手册", movement="out", moved_on="2015-03-01", quantity=3000)
    with pytest.raises(store.RefusedError, match="库存 2000 册，不能出库 2200 册.*登记盘盈"):
        add("print_moves", document="技术手册", movement="out", moved_on="2015-04-01", quantity=2200)
    add("print_moves", document="技术手册", movement="gain", moved_on="2015-03-20", quantity=300)
    row = add("print_moves", document="技术手册", movement="out", moved_on="2015-04-01", quantity=2200)
    assert row.unit == "册"
    assert balance(row.document_id) == 100
    assert figure("print_moves.manuals") == 5200
    assert figure("print_moves.leaflets") == 0


def test_g09_an_earlier_handout_cannot_eat_what_later_ones_took(world: World, add: Adder) -> None:
    stock(add)
    add("print_moves", document="技术手册", movement="out", moved_on="2015-06-01", quantity=5000)
    with pytest.raises(store.RefusedError, match="不能出库"):
        add("print_moves", document="技术手册", movement="out", moved_on="2015-02-01", quantity=1)


def test_g09_rows_imported_together_are_asked_again_before_confirming(world: World, add: Adder) -> None:
    stock(add)
    ledger = registry.get("print_moves")
    raw = [{"document": "技术手册", "movement": "out", "moved_on": "2015-03-01", "quantity": n} for n in (3000, 2200)]
    rows = store.create_many(ledger, raw, store.author_for(ledger, world.bureau), state=State.PENDING)
    with pytest.raises(store.RefusedError, match="不能出库"):
        store.move(ledger, rows[1], "confirm")


def test_g09_the_store_and_the_event_are_compared(world: World, add: Adder) -> None:
    stock(add)
    add("tech_trips", title="下乡", held_on="2015-03-01", manuals=300)
    ledger = registry.get("print_moves")
    row = add("print_moves", document="技术手册", movement="out", moved_on="2015-03-01", quantity=420, activity="下乡")
    (rule,) = ledger.warnings
    assert "填报发放 300 册，出库合计 420 册" in rule(row, {})["activity"]
    row.quantity = Decimal(300)
    assert rule(row, {}) == {}


def test_g10_the_signed_list_and_the_typed_number_conflict(world: World, add: Adder) -> None:
    signed = "、".join(f"学员{n}" for n in range(42))
    with pytest.raises(store.RefusedError, match="签到名单有 42 人，填报 60 人次"):
        add("farmer_classes", title="果树班", held_on="2015-03-05", attendances=60, attendees=signed)
    row = add("farmer_classes", title="果树班", held_on="2015-03-05", attendances=42, attendees=signed)
    with pytest.raises(store.RefusedError, match="两者不符"):
        store.change(registry.get("farmer_classes"), row, {"attendances": 60})
    row.refresh_from_db()
    store.change(registry.get("farmer_classes"), row, {"attendances": 60, "difference_reason": "下午场未签到 18 人"})
    assert figure("IG02") == 60


def test_g12_talent_classes_and_field_visits_stay_apart(world: World, add: Adder) -> None:
    for n in range(6):
        add(
            "talent_classes",
            title=f"第{n + 1}期",
            held_on=f"2015-0{n + 1}-10",
            attendances=100 + 20 * (n < 5),
            poor_attendances=20,
        )
    add("field_visits", title="指导", held_on="2015-03-02", area=world.village(0), attendances=750)
    add("farmer_classes", title="果树班", held_on="2015-03-05", attendances=40)
    assert (figure("IG04"), figure("IG05"), figure("IG09"), figure("IG02")) == (6, 700, 750, 40)
    with pytest.raises(store.RefusedError, match="超过参训总人次"):
        add("talent_classes", title="错", held_on="2015-08-10", attendances=10, poor_attendances=11)


def test_g13_recommended_people_split_by_time(world: World, add: Adder) -> None:
    for n in range(47):
        add("people", title=f"信息员{n}")
        add(
            "informants",
            person=f"信息员{n}",
            category="full" if n < 9 else "part",
            area=world.village(n),
            recommended_on="2015-06-12",
        )
    add("people", title="去年的人")
    add("informants", person="去年的人", category="part", recommended_on="2014-06-12")
    assert (figure("IG26"), figure("informants.full_time"), figure("informants.part_time")) == (47, 9, 38)
    headings, *rows = g_forms.informant_form("990102", parse("2015"))
    assert len(rows) == 47
    assert [row[headings.index("专（兼）职")] for row in rows] == ["专职"] * 9 + ["兼职"] * 38
    assert [row[0] for row in rows] == [str(n) for n in range(1, 48)]


def test_g14_prizes_by_grade_and_editions_of_their_year(world: World, add: Adder) -> None:
    with pytest.raises(store.RefusedError, match="第30届应在2015年"):
        add("contests", title="大赛", series="youth_innovation", edition=30, held_on="2023-04-10")
    add("contests", title="大赛", series="youth_innovation", edition=30, held_on="2015-04-10")
    add("contests", title="机器人赛", series="youth_robot", edition=15, held_on="2015-04-12")
    for grade, count in (("first", 8), ("second", 8), ("third", 10)):
        for n in range(count):
            row = add("contest_prizes", title=f"{grade}{n}", activity="大赛", grade=grade, granted_on="2015-05-08")
    assert row.edition == 30
    assert (figure("contests.first"), figure("contests.second"), figure("contests.third"), figure("IG25")) == (
        8,
        8,
        10,
        26,
    )
    assert (figure("IG31"), figure("contests.robot_edition")) == (30, 15)


def test_g15_returns_of_liaisons_flow_into_the_week(world: World, add: Adder) -> None:
    names = units(add, 4)
    add("people", title="联络员甲")
    group = add("member_units", title="联席会议", starts_on="2012-05-01")
    week = add(
        "science_weeks",
        title="活动周",
        edition=15,
        theme="创新创业 科技惠民",
        held_on="2015-05-16",
        units=names[0],
        visitors=1000,
    )
    with pytest.raises(store.RefusedError, match="没有成员单位"):
        g_joint.send_tasks(world.bureau, week, group, "设展台", date(2015, 6, 1))
    from jushi.entities.models import Organisation, Person

    with oplog.operation("测试", county="990102"):
        for n, name in enumerate(names):
            GroupMember(county="990102", group=group, position=n, organisation=Organisation.objects.get(title=name),
                        liaison=Person.objects.get() if n == 0 else None).save()  # fmt: skip
    tasks = g_joint.send_tasks(world.bureau, week, group, "设展台", date(2015, 6, 1))
    assert len(tasks) == 4
    assert "联络员：联络员甲" in tasks[0].content
    assert g_joint.send_tasks(world.bureau, week, group, "设展台", date(2015, 6, 1)) == []
    back = g_joint.return_figures(world.bureau, tasks[1], {"visitors": 230, "leaflets": 400})
    assert figure("week_activities.visitors") == 1000  # not confirmed yet
    store.move(registry.get("joint_returns"), back, "confirm")
    assert (figure("week_activities.visitors"), figure("week_activities.leaflets"), figure("IG14")) == (1230, 400, 400)
    with pytest.raises(store.RefusedError, match="已经回报过"):
        g_joint.return_figures(world.bureau, tasks[1], {"visitors": 1})
    store.move(registry.get("joint_returns"), back, "void", reason="重复")
    tasks[1].refresh_from_db()
    assert (tasks[1].stage, tasks[1].done_on) == ("sent", None)
    g_joint.return_figures(world.bureau, tasks[1], {"visitors": 230})
    late = [item for item in reminders.due("990102", date(2015, 6, 2)) if item.ledger == "joint_tasks"]
    assert len(late) == 3
    assert all(item.is_overdue(date(2015, 6, 2)) for item in late)


def test_g16_campaigns_of_fixed_dates_are_reminded(world: World, add: Adder) -> None:
    def due(on: date) -> list[str]:
        return [item.office for item in g_calendar.fixed_dates_due("990102", on)]

    assert due(date(2015, 4, 25)) == []
    assert due(date(2015, 5, 1)) == ["ip"]
    assert due(date(2015, 5, 16)) == ["ip", "outreach"]
    overdue = next(iter(g_calendar.fixed_dates_due("990102", date(2015, 5, 1))))
    assert overdue.due_on == date(2015, 4, 30)
    add("publicity_days", title="知识产权日", category="ip_day", held_on="2015-04-26", leaflets=980, beneficiaries=2300)
    assert due(date(2015, 5, 16)) == ["outreach"]
    assert (figure("IG14"), figure("IG24")) == (980, 2300)


def test_g17_progress_follows_the_proof(world: World, add: Adder, settings: Any, tmp_path: Any) -> None:
    settings.EVIDENCE_ROOT = tmp_path
    ledger, (owner,) = registry.get("model_items"), units(add, 1)
    rows = [
        add(
            "model_items",
            title=f"指标{n}",
            period="2015",
            organisation=owner,
            assigned_on="2015-03-01",
            due_on="2015-11-30",
        )
        for n in range(40)
    ]
    with pytest.raises(store.RefusedError, match="须有佐证"):
        store.advance(ledger, rows[0], "met", on=date(2015, 6, 1))
    for row in rows[:38]:
        evidence.attach(row, io.BytesIO(f"{row.title}说明".encode()), "说明.txt", "测试")
        store.advance(ledger, row, "met", on=date(2015, 6, 1))
    assert (figure("model_items.all"), figure("model_items.met"), figure("model_items.progress")) == (
        40,
        38,
        Decimal("95.0"),
    )
    gaps = list(g_joint.gaps_of_model_district("990102", date(2015, 12, 1)))
    assert [item.message for item in gaps] == [f"创建指标“指标{n}”缺佐证，责任单位：{owner}" for n in (38, 39)]


def test_g19_seven_named_people_of_four_firms(world: World, add: Adder) -> None:
    firms = units(add, 4)
    for n in range(7):
        add("people", title=f"学员{n}", organisation=firms[n % 4])
    people = "、".join(f"学员{n}" for n in range(7))
    add("outside_courses", title="知识产权培训班", held_on="2014-05-22", trainees=people, senders="、".join(firms))
    assert (figure("IG28", "2014H1"), figure("outside_courses.senders", "2014H1")) == (7, 4)
    rows = behind("IG28", Area.objects.get(code="990102000000"), parse("2014H1")).rows
    assert sorted(row.title for row in rows) == [f"学员{n}" for n in range(7)]


def test_every_sentence_reads_and_names_known_figures() -> None:
    from jushi.compose.grammar import codes
    from jushi.compose.grammar import parse as read

    for ledger in registry.ledgers():
        if ledger.line not in "EFG":
            continue
        for code, text in ledger.sentences.items():
            for figure_code in codes(read(text)).figures:
                assert registry.indicator(figure_code), f"{code}: {figure_code}"
