"""Acceptance checks of F 科技特派员与服务渠道 against the real store and indicators."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jushi.entities.models import Activity, AssessmentScore, FundFlow
from jushi.indicators.evaluate import behind, measure
from jushi.kernel.models import Area
from jushi.kernel.periods import parse
from jushi.kernel.states import State
from jushi.ledger import registry, reminders, store
from jushi.ledger.marks import marked
from jushi.ledgers import expert_search, f_assessment, f_terms
from jushi.site.demo.world import World

Adder = Callable[..., Any]


def figure(code: str, period: str = "2015") -> Decimal | None:
    return measure([code], Area.objects.get(code="990102000000"), parse(period))[code].value


def specialist(add: Adder, world: World, name: str, n: int, **more: Any) -> Any:
    add("people", title=name)
    return add("specialists", person=name, places=world.village(n), **({"level": "county", "starts_on": "2014-03-01"} | more))


def test_f01_one_who_leaves_drops_out_of_the_stock_not_out_of_the_flow(world: World, add: Adder) -> None:
    for n in range(5):
        specialist(add, world, f"市派{n}", n, level="city", starts_on="2015-03-01")
    specialist(add, world, "县派甲", 9)
    row = f_terms.serving("990102", date(2015, 9, 1)).get(title="市派2")
    ledger = registry.get("specialists")
    row.stage = "serving"
    with pytest.raises(store.RefusedError, match="终止原因"):
        store.advance(ledger, row, "left", on=date(2015, 10, 15))
    store.advance(ledger, row, "left", on=date(2015, 10, 15), raw={"end_reason": "辞职"})
    assert figure("IF07", "@2015-10-14") == 6
    assert figure("IF07", "@2015-12-31") == 5
    assert figure("IF08") == 5
    short = f_terms.vacancies("990102", date(2015, 12, 31))
    assert [(item.name, item.last) for item in short] == [(world.village(2), "市派2")]
    assert f_terms.vacancies("990102", date(2015, 10, 14)) == []
    assert any("缺员" in item.message for item in reminders.due("990102", date(2015, 12, 31)))


def test_f01_a_successor_fills_the_vacancy(world: World, add: Adder) -> None:
    specialist(add, world, "前任", 3, ends_on="2015-06-01", end_reason="调整")
    assert len(f_terms.vacancies("990102", date(2015, 7, 1))) == 1
    specialist(add, world, "后任", 3, starts_on="2015-08-01")
    assert f_terms.vacancies("990102", date(2015, 9, 1)) == []


def test_f01_nobody_holds_the_same_title_twice(world: World, add: Adder) -> None:
    specialist(add, world, "重任", 1)
    with pytest.raises(store.RefusedError, match="已有同级任期"):
        add("specialists", person="重任", level="county", starts_on="2015-01-01")
    add("specialists", person="重任", level="province", starts_on="2015-01-01")


def test_f04_days_and_trainings_come_from_logs(world: World, add: Adder) -> None:
    row = specialist(add, world, "赵特派", 0)
    for day in range(1, 13):
        add("service_logs", title="到点指导", designation="赵特派", held_on=f"2015-04-{day:02d}", area=world.village(0))
    add("service_logs", title="同日再去", designation="赵特派", held_on="2015-04-01", area=world.village(1))
    for day in (20, 21):
        add(
            "service_logs",
            title="培训",
            designation="赵特派",
            held_on=f"2015-04-{day}",
            form="training",
            attendances=20,
        )
    add("farmer_classes", title="授课", held_on="2015-05-06", speaker="赵特派", attendances=30)
    add("service_logs", State.DRAFT, title="未核", designation="赵特派", held_on="2015-06-01")
    sheets = f_assessment.close_year(world.bureau, 2015, date(2015, 12, 20))
    assert [s.designation_id for s in sheets] == [row.pk]
    scores = dict(AssessmentScore.objects.filter(assessment=sheets[0]).values_list("criterion", "score"))
    assert scores == {
        "服务天数": Decimal(7),
        "技术培训": Decimal(10),
        "创业项目": Decimal(0),
    }  # 14 of 60 days, 3 of 6 trainings
    assert sheets[0].total is None  # the opinion is awaited
    lines = {mark.criterion: mark for mark in f_assessment.sheet(sheets[0])}
    assert "14 天" in lines["服务天数"].comment
    assert lines["乡镇村评议"].score is None


def test_f04_only_the_opinion_is_typed_and_three_offices_sign(world: World, add: Adder) -> None:
    specialist(add, world, "钱特派", 0)
    ledger = registry.get("specialist_assessments")
    sheet = f_assessment.close_year(world.bureau, 2015, date(2015, 12, 20))[0]
    with pytest.raises(store.RefusedError, match="评议满分 30 分"):
        store.change(ledger, sheet, {"opinion_score": "31"})
    sheet.refresh_from_db()
    assert "total" not in {column.name for column in ledger.editable}
    store.change(ledger, sheet, {"opinion_score": "28", "opinion_from": "东头村"})
    assert (sheet.total, sheet.grade) == (Decimal(28), "不合格")
    store.advance(ledger, sheet, "rated", on=date(2015, 12, 21))
    store.advance(ledger, sheet, "reviewed", on=date(2015, 12, 22), raw={"opinion": "同意"})
    store.advance(ledger, sheet, "published", on=date(2015, 12, 23))
    with pytest.raises(store.RefusedError, match="组织部签署"):
        store.advance(ledger, sheet, "graded", on=date(2015, 12, 30), raw={"signed_bureau": "2015-12-29"})
    sheet.refresh_from_db()
    with pytest.raises(store.RefusedError, match="本人异议"):
        store.advance(ledger, sheet, "appealed", on=date(2015, 12, 25))
    store.advance(ledger, sheet, "appealed", on=date(2015, 12, 25), raw={"appeal": "漏记三次培训"})
    signed = {f"signed_{who}": "2015-12-29" for who in ("bureau", "organisation", "personnel")}
    store.advance(ledger, sheet, "graded", on=date(2015, 12, 30), raw=signed)
    assert sheet.decided_on == date(2015, 12, 30)


def test_f04_counting_again_after_an_appeal_replaces_the_points(world: World, add: Adder) -> None:
    specialist(add, world, "孙特派", 0)
    sheet = f_assessment.close_year(world.bureau, 2015, date(2015, 12, 20))[0]
    store.change(registry.get("specialist_assessments"), sheet, {"opinion_score": "30"})
    for month in range(3, 9):
        add("service_logs", title="补登培训", designation="孙特派", held_on=f"2015-{month:02d}-10", form="training")
    again = f_assessment.close_year(world.bureau, 2015, date(2015, 12, 26))
    assert [s.pk for s in again] == [sheet.pk]
    assert again[0].total == Decimal("53.0")  # 6 days → 3, 6 trainings → 20, opinion 30
    assert AssessmentScore.objects.filter(assessment=sheet).count() == 3


def test_f04_points_are_counted_at_their_stage(world: World, add: Adder) -> None:
    specialist(add, world, "周特派", 0)
    add("service_logs", title="培训", designation="周特派", held_on="2015-04-20", form="training")
    ledger = registry.get("specialist_assessments")
    sheet = add("specialist_assessments", State.DRAFT, designation="周特派", period="2015", held_on="2015-12-20")
    assert not AssessmentScore.objects.filter(assessment=sheet).exists()
    store.advance(ledger, sheet, "scored", on=date(2015, 12, 20))
    assert AssessmentScore.objects.get(assessment=sheet, criterion="技术培训").score == Decimal("3.3")


def test_f04_service_outside_the_term_is_refused(world: World, add: Adder) -> None:
    specialist(add, world, "李特派", 0, ends_on="2015-06-30", end_reason="期满")
    with pytest.raises(store.RefusedError, match="不在这位特派员的任期内"):
        add("service_logs", title="迟到的日志", designation="李特派", held_on="2015-07-01")


def test_f07_the_project_asks_for_a_new_leader_when_the_term_ends(world: World, add: Adder) -> None:
    row = specialist(add, world, "带头人", 0)
    specialist(add, world, "接任人", 1)
    project = add("specialist_projects", title="示范园", leader="带头人", approved_on="2015-04-01")
    assert figure("IF09") == 1
    assert not list(f_terms.leaders_out_of_term("990102", date(2015, 9, 1)))
    store.change(registry.get("specialists"), row, {"ends_on": "2015-10-15", "end_reason": "退休"})
    found = list(f_terms.leaders_out_of_term("990102", date(2015, 11, 1)))
    assert [item.record_id for item in found] == [project.pk]
    assert "请确定新的负责人" in found[0].message
    ledger = registry.get("specialist_projects")
    assert [mark.code for mark in marked(ledger, [project.pk], "990102", date(2015, 11, 1))[project.pk]] == ["leader_gone"]
    assert marked(ledger, [project.pk], "990102", date(2015, 9, 1)) == {}
    store.change(registry.get("specialist_projects"), project, {"leader": "接任人"})
    assert not list(f_terms.leaders_out_of_term("990102", date(2015, 11, 1)))


def test_f07_only_a_specialist_leads(world: World, add: Adder) -> None:
    add("people", title="外人")
    with pytest.raises(store.RefusedError, match="不是在任科技特派员"):
        add("specialist_projects", title="示范园", leader="外人", approved_on="2015-04-01")


def test_f09_three_persons_and_three_projects_in_pairs(world: World, add: Adder) -> None:
    for n in range(3):
        add("people", title=f"青年{n}")
        add("talent_projects", title=f"青创{n}", leader=f"青年{n}", approved_on="2015-05-04")
        add("young_talents", person=f"青年{n}", level="city", project=f"青创{n}", starts_on="2015-05-04")
    assert (figure("IF10"), figure("IF11"), figure("young_talents.paired")) == (3, 3, 3)
    add("people", title="青年甲")
    with pytest.raises(store.RefusedError, match="不是本人"):
        add("young_talents", person="青年甲", level="city", project="青创0", starts_on="2015-05-04")


def pool(add: Adder) -> None:
    for name, field in (
        ("菜专家", "protected_vegetable"),
        ("虫专家", "pest"),
        ("果专家", "fruit"),
        ("菜忙人", "protected_vegetable"),
    ):
        add("people", title=name)
        add("experts", person=name, field=field, starts_on="2013-01-01")


def test_f12_proposals_by_field_and_load(world: World, add: Adder) -> None:
    pool(add)
    for n in range(3):
        add("expert_engagements", title=f"活{n}", held_on=f"2015-04-1{n}", experts="菜忙人")
    need = expert_search.parse_need("设施蔬菜病虫害 专家 2 名 5月10日", date(2015, 3, 1))
    assert (need.topic, need.count, need.on) == ("设施蔬菜病虫害", 2, date(2015, 5, 10))
    found = expert_search.propose("990102", need)
    assert [(p.name, p.load) for p in found] == [("菜专家", 0), ("菜忙人", 3), ("虫专家", 0)]
    assert found[0].match > found[2].match > 0


def test_f12_engagement_enters_the_record_and_the_fee_its_ledger(world: World, add: Adder) -> None:
    pool(add)
    need = expert_search.Need("设施蔬菜", 1, date(2015, 5, 10))
    best = expert_search.propose("990102", need)[0]
    found = expert_search.engage(world.bureau, best.person, "棚室会诊", need.on, fee=Decimal("800"))
    assert Activity.objects.get(pk=found.pk).parties.get(role="expert").person_id == best.person
    flow = FundFlow.objects.get(kind="expert_fee")
    assert (flow.amount, flow.payee_person_id, flow.activity_id) == (Decimal(800), best.person, found.pk)
    again = {p.name: p for p in expert_search.propose("990102", need)}
    assert again[best.name].is_busy
    assert list(again)[-1] == best.name
    with pytest.raises(store.RefusedError, match="当天已有安排"):
        expert_search.engage(world.bureau, best.person, "另一处", need.on)


@pytest.mark.parametrize("text", ["专家 2 名", "果树 专家 13月40日"])
def test_f12_a_need_without_sense_is_refused(text: str) -> None:
    with pytest.raises(store.RefusedError):
        expert_search.parse_need(text, date(2015, 3, 1))


def test_f13_allowances_show_on_the_person_and_in_the_sum(world: World, add: Adder) -> None:
    for n in range(20):
        add("people", title=f"受助{n}")
        add(
            "specialist_support",
            title="下乡补助",
            payee_person=f"受助{n}",
            category="allowance",
            amount="600",
            paid_on="2015-06-01",
        )
    add("specialist_support", State.DRAFT, title="待批", payee_person="受助0", category="reward", amount="999")
    assert figure("specialists.support") == 12000
    assert figure("specialists.supported") == 20
    rows = behind("specialists.support", Area.objects.get(code="990102000000"), parse("2015")).rows
    assert sum(row.quantity for row in rows) == 12000


def test_f13_the_clerk_does_not_approve_his_own_payment(world: World, add: Adder) -> None:
    add("people", title="受助人")
    ledger = registry.get("specialist_support")
    row = add("specialist_support", title="补助", payee_person="受助人", category="allowance", amount="600")
    clerk = world.clerk(ledger)
    with pytest.raises(store.RefusedError, match="本人办理"):
        store.advance(ledger, row, "approved", on=date(2015, 5, 1), actor=clerk)
    store.advance(ledger, row, "approved", on=date(2015, 5, 1), actor=world.users["fenguan"])
    assert row.approved_on == date(2015, 5, 1)


def cells(table: Any) -> list[list[Any]]:
    return [[cell.value for cell in line.cells] for line in table.lines]


def test_f01_the_villages_left_without_a_specialist_are_listed(world: World, add: Adder, build: Any) -> None:
    for n in range(3):
        specialist(add, world, f"特派{n}", n)
    row = f_terms.serving("990102", date(2015, 9, 1)).get(title="特派1")
    store.change(registry.get("specialists"), row, {"ends_on": "2015-10-15", "end_reason": "辞职"})
    summary, places = build("specialists", "vacant", on=date(2015, 12, 31))
    assert cells(summary) == [[date(2015, 12, 31), 2, 1]]
    assert [line[0] for line in cells(places)] == [world.village(1)] and cells(places)[0][2:] == ["特派1", date(2015, 10, 15)]
    assert build("specialists", "vacant", on=date(2015, 10, 14))[1].lines == ()


def test_f04_the_sheet_explains_each_point_and_is_signed_by_three_offices(world: World, add: Adder, build: Any) -> None:
    specialist(add, world, "考核甲", 0)
    for day in range(1, 13):
        add("service_logs", title="到点指导", designation="考核甲", held_on=f"2015-04-{day:02d}")
    record = f_assessment.close_year(world.bureau, 2015, date(2015, 12, 20))[0]
    store.change(registry.get("specialist_assessments"), record, {"opinion_score": "28", "opinion_from": "东头村"})
    (table,) = build("specialist_assessments", "sheet", record)
    assert [line[:4] for line in cells(table)] == [
        ["服务天数", 30, 6, "按记录"], ["技术培训", 20, 0, "按记录"], ["创业项目", 20, 0, "按记录"], ["乡镇村评议", 30, 28, "评议填写"],
    ]  # fmt: skip
    assert "12 天" in cells(table)[0][4] and [c.value for c in table.total][1:4] == [100, 34, "不合格"]
    assert table.signatures[:3] == ("科技局", "组织部", "人社局")
    (year,) = build("specialist_assessments", "year", year=2015)
    assert cells(year) == [["考核甲", 6, 0, 0, 28, 34, "不合格", "数据计分", ""]] and year.signatures == ("科技局", "组织部", "人社局")


def test_f04_the_sheet_belongs_to_the_account_on_the_roster(world: World, add: Adder) -> None:
    account = world.users["tepaiyuan"]
    specialist(add, world, "有账户的", 0, handler=str(account.pk))
    specialist(add, world, "没账户的", 1)
    sheets = {s.title: s for s in f_assessment.close_year(world.bureau, 2015, date(2015, 12, 20))}
    assert sheets["有账户的"].handler_id == account.pk and sheets["没账户的"].handler_id is None


def test_f09_talents_and_projects_stand_in_pairs(world: World, add: Adder, people: list[str], build: Any) -> None:
    for n, name in enumerate(people[:3]):
        add("talent_projects", title=f"创业{n}", leader=name, approved_on="2015-05-10")
        add("young_talents", person=name, level="city", project=f"创业{n}", starts_on="2015-05-04")
    add("talent_projects", title="没人的", leader=people[3], approved_on="2015-05-10")
    (table,) = build("young_talents", "pairs", year=2015)
    assert sorted([line[0], line[2], line[4]] for line in cells(table)[:3]) + [[line[0], line[2], line[4]] for line in cells(table)[3:]] == [
        ["试丙", "创业2", "一人一项"], ["试乙", "创业1", "一人一项"], ["试甲", "创业0", "一人一项"], ["", "没人的", "没有对应人才"],
    ]  # fmt: skip
    assert [c.value for c in table.total][::2] == [3, 4, ""]


def test_f13_what_each_got_adds_up_to_the_fund_ledger(world: World, add: Adder, people: list[str], build: Any) -> None:
    for n, name in enumerate(people):
        add("specialist_support", title="下乡补助", payee_person=name, category="allowance", amount=1200, approved_on="2015-04-10",
            paid_on="2015-04-20")  # fmt: skip
        if n == 0:
            add("specialist_support", title="保险", payee_person=name, category="insurance", amount=100, approved_on="2015-04-10",
                paid_on="2015-05-20")  # fmt: skip
    (table,) = build("specialist_support", "paid", year=2015)
    assert table.total[0].value == "4 人" and table.total[-1].value == 4900 == figure("specialists.support")
    assert sorted(line[-1] for line in cells(table)) == [1200, 1200, 1200, 1300]
