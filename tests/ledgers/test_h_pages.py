"""What the acceptance of H10, H11, H19, I03, J06, L13 and N02 asks, played on the pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from ledger_pages import Desk, links, picks, words

from jushi.kernel import stamps
from jushi.ledger import registry, reminders, store


@pytest.fixture
def desk(world: Any, add: Any) -> Iterator[Desk]:
    stamps.forget()
    yield Desk(world, add)
    stamps.forget()


def test_h10_each_step_of_a_matter_stands_with_its_day_and_the_matter_is_offered_as_deed(desk: Desk) -> None:
    row = desk.add("matters", number="民1", title="水渠漏水", category="water", raiser="村民", raised_on="2014-03-02")
    client = desk.client("nongcunyuan")
    for to, on, raw in (("sorted", "2014-03-03", {}), ("reported", "2014-03-10", {}), ("done", "2014-05-20", {"result": "已修复"})):
        assert client.post(f"/l/matters/{row.pk}/stage", {"to": to, "on": on, **raw}).status_code == 302
    steps = list(row.steps.order_by("position").values_list("action", "done_on", "actor__username"))
    assert [(a, d.isoformat()) for a, d, _ in steps] == [("分类", "2014-03-03"), ("上报", "2014-03-10"), ("办结", "2014-05-20")]
    assert all(who for _, _, who in steps)
    page = words(client.get(f"/l/matters/{row.pk}/").content.decode())
    assert "分类|2014-03-03|" in page and "上报|2014-03-10|" in page
    html = client.get("/l/deeds/digests/offered").content.decode()
    assert picks(html) == [str(row.pk)]
    assert client.post("/l/deeds/digests/offered", {"do": "adopt", "pick": str(row.pk)}).status_code == 302
    deed = registry.get("deeds").queryset().get()
    assert (deed.title, deed.stage, deed.state) == ("水渠漏水", "finished", "draft")
    assert picks(client.get("/l/deeds/digests/offered").content.decode()) == []
    assert client.post("/l/deeds/digests/offered", {"do": "adopt", "pick": str(row.pk)}).status_code == 422
    assert "水渠漏水" in words(client.get(f"/l/matters/{row.pk}/?tab=links").content.decode())


def test_h10_a_step_entered_by_hand_is_not_entered_twice(desk: Desk) -> None:
    from jushi.entities.models import CaseStep
    from jushi.kernel import oplog

    row = desk.add("matters", number="民1", title="路灯不亮", category="road", raised_on="2014-03-02")
    with oplog.operation("办理", county=row.county):
        CaseStep(county=row.county, case=row, action="分类", done_on=date(2014, 3, 3), content="电话核实").save()
    store.advance(registry.get("matters"), row, "sorted", on=date(2014, 3, 3))
    assert list(row.steps.values_list("content", flat=True)) == ["电话核实"]


def test_h19_sum_and_signatures_agree_on_the_signing_sheet(desk: Desk, households: Any) -> None:
    for n, number in enumerate(households):
        desk.add("aid_goods", title="春耕化肥", goods="化肥", goods_quantity=1, goods_unit="袋", amount=480, payee_household=number,
                 category="春耕备耕", occurred_on="2015-03-20", received_on="2015-03-20" if n else "")  # fmt: skip
    text = desk.read("nongcunyuan", "/l/aid_goods/digests/signing", year="2015")
    assert "5户|合计||2400||已签收 1920 元|" in text and "还有 480 元没有签收" in text and "试**1" in text and "试样户1" not in text
    assert "试样户1" in desk.read("fenguan", "/l/aid_goods/digests/signing", year="2015", names="full")
    row = registry.get("aid_goods").queryset().get(received_on=None)
    store.change(registry.get("aid_goods"), row, {"received_on": "2015-03-22"})
    assert "发放与签收一致" in desk.read("nongcunyuan", "/l/aid_goods/digests/signing", year="2015")
    assert desk.client("tonggao").get("/l/aid_goods/digests/signing").status_code == 404


def test_i03_each_unit_has_its_share_and_the_whole_is_100_point_4(desk: Desk, firm: Any) -> None:
    units = [f"责任单位{n}" for n in range(4)]
    for unit in units:
        desk.add("organisations", title=unit, category="department", registered_on="2010-01-01")
    raw = {"period": "2015", "assigned_on": "2015-01-20", "operator": "不少于", "unit": "万元"}
    whole = desk.add("investment_targets", title="招商任务", indicator="investment.in_place", target=2500, **raw)
    for n, unit in enumerate(units):
        desk.add("investment_targets", title=f"{unit}任务", parent="招商任务", organisation=unit, target=625, **raw)
        desk.add("investment_projects", title=f"项目{n}", investor=firm, organisation=unit, category="formal", agreed=5000, signed_on="2015-03-01")
        desk.add("investment_funds", title=f"款{n}", project=f"项目{n}", form="银行流水", voucher_number=f"凭{n}", received_on="2015-06-01",
                 amount=(700, 700, 700, 410)[n])  # fmt: skip
    text = desk.read("yewuyuan", f"/l/investment_targets/{whole.pk}/digests/shares")
    assert "责任单位0|625|700|112.0%|" in text and "责任单位3|625|410|65.6%|" in text and "全局|2500|2510|100.4%|" in text


def test_j06_private_technology_firms_are_proposed_and_the_round_locks_when_all_have_passed(desk: Desk) -> None:
    for n in range(3):
        desk.add("organisations", title=f"民营{n}公司", category="firm", is_private="是" if n < 2 else "否", registered_on="2010-01-01")
    survey = desk.add("private_surveys", title="2015年民企统计", period="2015", opens_on="2015-01-10", due_on="2015-03-10")
    url, client = f"/l/private_surveys/{survey.pk}/digests/scope", desk.client("yewuyuan")
    keys = picks(client.get(url).content.decode())
    assert len(keys) == 2
    assert client.post(url, {"do": "include", "pick": keys}).status_code == 302
    text = words(client.get(url).content.decode())
    assert "应报 2 个单位" in text and "待报（逾期）" in text and "没有还可列入的单位" in text
    for to, on in (("collecting", date(2015, 1, 11)), ("checking", date(2015, 3, 11))):
        store.advance(registry.get("private_surveys"), survey, to, on=on)
    with pytest.raises(store.RefusedError, match="还有 2 个单位没有通过审核或免报"):
        store.advance(registry.get("private_surveys"), survey, "locked", on=date(2015, 3, 12))
    for n, row in enumerate(registry.get("private_returns").queryset().order_by("title")):
        step = ("excused", {"reason": "停产"}) if n else ("submitted", {})
        desk.advance("private_returns", row, step[0], date(2015, 3, 1), "yewuyuan", **step[1])
        if not n:
            desk.advance("private_returns", row, "passed", date(2015, 3, 2), "fenguan")
    assert "全部通过或免报，可以汇总锁定" in words(client.get(url).content.decode())
    assert store.advance(registry.get("private_surveys"), survey, "locked", on=date(2015, 3, 12)).stage == "locked"


def test_l13_a_hazard_found_is_tracked_or_reminded_of(desk: Desk) -> None:
    check = desk.add("safety_checks", title="一季度检查", category="安全生产", held_on="2015-02-12", hazards=2)
    assert [r.message for r in reminders.due("990102", date(2015, 3, 1)) if r.ledger == "safety_checks"] == [
        "“一季度检查”发现的隐患还有2条没有登记到隐患台账"
    ]
    client = desk.client("bangongyuan")
    html = client.get(f"/l/safety_checks/{check.pk}/digests/hazards").content.decode()
    assert "发现 2 条，登记 0 条" in words(html) and "还有 2 条没有登记" in words(html)
    form = links(html, "/l/hazards/new")[0]
    assert 'value="一季度检查"' in client.get(form).content.decode()
    raw = {"source_activity": "一季度检查", "owner_user": desk.world.users["bangong"].full_name, "raised_on": "2015-02-12", "due_on": "2015-02-27"}
    for n in range(2):
        assert client.post("/l/hazards/new", raw | {"title": f"线路老化{n}"}).status_code == 302
    text = desk.read("bangongyuan", f"/l/safety_checks/{check.pk}/digests/hazards")
    assert "发现 2 条，登记 2 条" in text and "没有登记" not in text
    assert not [r for r in reminders.due("990102", date(2015, 3, 1)) if r.ledger == "safety_checks"]


def test_n02_each_heading_shows_what_was_done_and_what_was_not(desk: Desk) -> None:
    raw = {"period": "2019", "due_on": "2019-12-20", "assigned_on": "2019-01-10"}
    desk.add("plan_items", title="五有研发机构", done_on="2019-11-20", **raw)
    desk.add("plan_items", title="科普宣传", **raw)
    desk.add("plan_items", title="高企培育", **raw)
    desk.add("integrity_duties", title="另一件事", category="班子成员领导责任", period="2019", assigned_on="2019-01-10")
    from jushi.entities.models import PlanItem
    from jushi.kernel import oplog

    event = desk.add("tech_trips", title="下乡", held_on="2019-03-01")
    with oplog.operation("关联", county=event.county):
        event.plan_item = PlanItem.objects.get(title="科普宣传")
        event.save()
    client = desk.client("bangong")
    html = client.get("/l/plan_items/digests/fulfilment", {"period": "2019"}).content.decode()
    text = words(html)
    assert "共 3 项，完成 1 项，未落实 1 项" in text and "另一件事" not in text
    assert "科普宣传|办公室|2019-12-20||1|下乡|推进中|" in text and "高企培育|办公室|2019-12-20||0||未落实|" in text
    listed = [u for u in links(html, "/l/activities/?") if "plan_item" in u]
    assert len(listed) == 1 and "下乡" in words(client.get(listed[0]).content.decode())


def test_n06_a_problem_shows_its_figures_and_the_plan_that_answers_it(desk: Desk) -> None:
    desk.add("people", title="干部")
    for n in range(3):
        desk.add("tech_trips", title=f"下乡{n}", held_on=f"2015-0{n + 1}-01")
    problem = desk.add("problems", title="下乡次数少", plan_year=2015, raised_on="2015-12-20", indicators="tech_trips.held")
    url, client = f"/l/problems/{problem.pk}/digests/answers", desk.client("bangong")
    html = client.get(url).content.decode()
    assert "送科技下乡活动次数|3次|0次|" in words(html) and "还没有对应计划" in words(html)
    page = client.get(links(html, "/l/plan_items/new")[0]).content.decode()
    assert 'value="2016"' in page and page.count("下乡次数少") >= 2
    raw = {"title": "多下乡", "period": "2016", "source": "problem", "answers": "下乡次数少", "due_on": "2016-12-20"}
    assert client.post("/l/plan_items/new", raw).status_code == 302
    after = words(client.get(url).content.decode())
    assert "多下乡|2016|办公室|2016-12-20|推进中|" in after and "还没有对应计划" not in after
