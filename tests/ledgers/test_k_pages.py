"""What the acceptance of K11, K14, K15, K16, K20, K24 and K26 asks, played on the pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from ledger_pages import Desk, links, picks, words

from jushi.kernel import stamps
from jushi.kernel.states import State
from jushi.ledger import registry, store


@pytest.fixture
def desk(world: Any, add: Any) -> Iterator[Desk]:
    stamps.forget()
    yield Desk(world, add)
    stamps.forget()


def fault(desk: Desk, n: int, style: str, tier: str, **more: Any) -> Any:
    owner = {"owner_user": desk.world.users["fenguan"].full_name} if n else {}
    return desk.add("style_faults", number=f"风{n}", title=f"表现{n}", category=style, tier=tier, source="自查", raised_on="2014-05-10",
                    due_on="2014-06-30", **owner | more)  # fmt: skip


def test_k14_the_matrix_opens_the_faults_that_it_counts(desk: Desk) -> None:
    done = {"closed_on": "2014-06-01", "result": "已改"}
    for n, (style, tier, more) in enumerate((("形式主义", "领导班子", {}), ("形式主义", "领导班子", done), ("形式主义", "班子成员", {}))):
        fault(desk, n, style, tier, **more)
    client = desk.client("dangwu")
    html = client.get("/l/style_faults/digests/styles", {"year": "2014"}).content.decode()
    assert "形式主义|1|1|1|0|2|1|" in words(html)
    assert "表现0|2014-06-30|未定责任人|" in words(html) and "表现2|2014-06-30|" not in words(html)
    counted = [len(links(client.get(u).content.decode(), "/l/style_faults/0")) for u in links(html, "/l/style_faults/?")]
    assert counted[:6] == [1, 1, 1, 0, 2, 1]
    assert "没有登记" in words(client.get("/l/style_faults/digests/styles", {"year": "2013"}).content.decode())


def test_k15_ticked_opinions_become_sources_of_a_problem_and_anonymous_ones_stay_so(desk: Desk, measured: Any) -> None:
    for n in range(3):
        desk.add("opinions", number=f"意{n}", title=f"意见{n}", channel="走出去", source="企业", raised_on="2014-03-10", category="作风",
                 is_anonymous="是" if n == 0 else "否", raiser="" if n == 0 else "村民某甲")  # fmt: skip
    problem = desk.add(
        "rectifications", number="整1", title="联系企业少", source="群众意见", tier="领导班子", raised_on="2014-05-10", due_on="2014-06-30"
    )
    client = desk.client("dangwu")
    keys = picks(client.get("/l/opinions/digests/merging", {"year": "2014"}).content.decode())
    assert len(keys) == 3
    assert client.post("/l/opinions/digests/merging?year=2014", {"do": "merge", "merge-problem": str(problem.pk)}).status_code == 422
    done = client.post("/l/opinions/digests/merging?year=2014", {"do": "merge", "merge-problem": str(problem.pk), "pick": keys[:2]})
    assert done.status_code == 302
    page = words(client.get(f"/l/rectifications/{problem.pk}/digests/origins").content.decode())
    assert page.count("企业|走出去|") == 2 and "匿名|" in page and "村民某甲" not in page
    assert "1 条意见，您的角色不能查看" not in page
    assert "另有 2 条意见，您的角色不能查看" in desk.read("bangong", f"/l/rectifications/{problem.pk}/digests/origins")
    assert len(picks(client.get("/l/opinions/digests/merging", {"year": "2014"}).content.decode())) == 1
    assert measured("2014", "opinions.merged") == {"opinions.merged": 2}
    assert registry.get("opinions").queryset().filter(stage="merged").count() == 2


def test_k16_blank_pairs_stand_in_red_and_open_the_form_of_a_talk(desk: Desk, people: Any) -> None:
    meeting = desk.add("life_meetings", title="专题民主生活会", category="democratic", members="试甲、试乙、试丙", planned_on="2014-07-15")
    desk.add("talks", title="一", pair="试甲、试乙", held_on="2014-06-02")
    client = desk.client("dangwu")
    html = client.get(f"/l/life_meetings/{meeting.pk}/digests/pairs").content.decode()
    assert "试甲|06-02|未谈|" in words(html) and "应谈 3 对，已谈 1 对，还差 2 对" in words(html)
    forms = links(html, "/l/talks/new")
    assert len(forms) == 2 and "试甲、试丙" in client.get(forms[0]).content.decode()
    refused = client.post(f"/l/life_meetings/{meeting.pk}/stage", {"to": "ready", "on": "2014-07-01"})
    assert "还有 2 对没有谈心谈话" in words(refused.content.decode())
    assert desk.client("bangong").get(f"/l/life_meetings/{meeting.pk}/digests/pairs").status_code == 404


def test_k20_the_quarter_check_marks_duties_without_proof(desk: Desk) -> None:
    for n in range(2):
        desk.add("integrity_duties", title=f"责任{n}", category="班子成员领导责任", period="2015", assigned_on="2015-02-20")
    desk.add("duty_records", title="履责", plan_item="责任0", held_on="2015-05-15")
    text = desk.read("bangong", "/l/integrity_duties/digests/quarter", quarter="2015Q2")
    assert "责任0|班子成员领导责任||1|0|有|" in text and "责任1|班子成员领导责任||0|0|缺履责记录|" in text and "1 项本季度既无" in text
    wrong = desk.client("bangong").get("/l/integrity_duties/digests/quarter", {"quarter": "2015"})
    assert wrong.status_code == 422 and "请填一个季度" in wrong.content.decode()


def test_k11_promises_of_the_year_are_listed_by_name_with_their_scores(desk: Desk, people: Any) -> None:
    for name in people:
        desk.add("party_members", title=f"{name}·正式", person=name, category="正式党员", starts_on="2005-07-01")
    desk.add("member_promises", title="甲承诺", person="试甲", year=2015, approved_on="2015-03-12", total="92")
    desk.add("member_promises", title="乙承诺", person="试乙", year=2015, approved_on="2015-04-12")
    text = desk.read("dangwu", "/l/member_promises/digests/year", year="2015")
    assert "试甲|甲承诺|2015-03-12||92|" in text and text.count("逾期未审定") == 1 and text.count("未提诺") == 2
    assert "3 名党员到期没有审定的承诺" in text and "已评诺 1 名，平均 92.0 分" in text


def spend(desk: Desk, amount: int, year: int = 2015, state: str = State.CONFIRMED) -> Any:
    return desk.add("public_spending", state, title=f"接待{amount}", category="公务接待", plan_year=year, occurred_on=f"{year}-11-05", amount=amount)


def test_k24_the_second_approval_is_another_accounts_step(desk: Desk) -> None:
    desk.add("spending_limits", title="限额", category="公务接待", plan_year=2015, amount=30000, approved_on="2015-01-20")
    spend(desk, 28000)
    over = spend(desk, 3000, state=State.PENDING)
    url, deputy, treasurer = f"/l/public_spending/{over.pk}", desk.client("fenguan"), desk.client("caiwu")
    assert treasurer.post(f"{url}/stage", {"to": "approved", "on": "2015-11-06"}).status_code == 403
    deputy.post(f"{url}/move", {"do": "confirm"})
    over.refresh_from_db()
    assert over.state == State.PENDING
    assert "须复批" in words(treasurer.get(f"{url}/").content.decode())
    assert deputy.post(f"{url}/stage", {"to": "approved", "on": "2015-11-06"}).status_code == 302
    assert "已于 2015-11-06 复批" in words(deputy.get(f"{url}/").content.decode())
    deputy.post(f"{url}/move", {"do": "confirm"})
    over.refresh_from_db()
    assert over.state == State.CONFIRMED
    assert "进展：复批" in words(deputy.get(f"{url}/?tab=course").content.decode())


def test_k24_a_sum_within_the_limit_needs_no_second_approval(desk: Desk) -> None:
    desk.add("spending_limits", title="限额", category="公务接待", plan_year=2015, amount=30000, approved_on="2015-01-20")
    with pytest.raises(store.RefusedError, match="不需要复批"):
        desk.advance("public_spending", spend(desk, 100), "approved", date(2015, 11, 6), "fenguan")


def test_k24_the_year_stands_beside_the_year_before(desk: Desk) -> None:
    desk.add("spending_limits", title="限额", category="公务接待", plan_year=2015, amount=30000, approved_on="2015-01-20")
    spend(desk, 20000, 2014)
    spend(desk, 25000)
    spend(desk, 900, state=State.DRAFT)
    text = desk.read("caiwu", "/l/public_spending/digests/years", year="2015")
    assert "公务接待|30000|25000|83.3%|20000|5000|+25.0%|" in text and "合计|30000|25000|83.3%|20000|5000|+25.0%|" in text
    text = desk.read("caiwu", "/l/public_spending/digests/years", year="2014")
    assert "公务接待||20000||||" in text  # no growth without a year before


def test_k26_what_is_due_and_unpublished_and_what_is_late_by_office(desk: Desk) -> None:
    desk.add("disclosures", title="奖励公示甲", category="奖励名单", due_on="2015-06-01")
    desk.add(
        "disclosures", title="奖励公示乙", category="奖励名单", due_on="2015-06-01", published_on="2015-05-28", ends_on="2015-06-05", link="门户网站"
    )
    text = desk.read("bangong", "/l/disclosures/digests/unpublished")
    assert "奖励公示甲|奖励名单|办公室|2015-06-01|应公开未公开|" in text and "奖励公示乙" not in text
    for n in range(2):
        desk.add("rectifications", number=f"整{n}", title=f"问题{n}", source="群众意见", tier="领导班子", raised_on="2014-05-10", due_on="2014-06-30")
    desk.add("campaign_phases", title="环节", category="mass_line", period="2014", due_on="2014-06-01")
    text = desk.read("bangong", "/l/disclosures/digests/overdue", on="2014-07-01")
    assert "办公室|2|0|2|" in text and "党支部" not in text and "逾期 1 天" in text  # party rows are not for this reader
    text = desk.read("juzhang", "/l/disclosures/digests/overdue", on="2014-07-01")
    assert text.index("办公室|2|0|2|") < text.index("党支部|0|1|1|")
    assert "没有逾期事项" in desk.read("bangong", "/l/disclosures/digests/overdue", on="2014-06-30")
