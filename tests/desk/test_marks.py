"""What the clock and the ledgers have to say: marks on rows and records, warnings on forms, records and imports."""

from __future__ import annotations

import re
from typing import Any

import pytest
from desk_world import BACKEND, COUNTY, World
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jushi.kernel.models import Grant, User
from jushi.ledger import registry, store

SPENT = {"title": "接待调研组", "category": "reception", "plan_year": "2015", "occurred_on": "2015-11-05"}


def plans(world: World) -> list[Any]:
    """One item long overdue, one for times to come, one that is done."""
    common = {"source": "新增", "state": "confirmed"}
    return [
        world.add("plan_items", title="逾期的安排", period="2015", due_on="2015-12-20", **common),
        world.add("plan_items", title="将来的安排", period="2090", due_on="2090-12-20", **common),
        world.add("plan_items", title="做完的安排", period="2015", due_on="2015-12-20", done_on="2015-12-01", **common),
    ]


def test_an_overdue_row_bears_its_mark_in_list_and_record(world: World) -> None:
    late, coming, done = plans(world)
    clerk = world.client("clerk")
    rows = re.findall(r"<tr>.*?</tr>", clerk.get("/l/plan_items/").content.decode())
    marked = [row for row in rows if "status-late" in row]
    assert len(marked) == 1 and "逾期的安排" in marked[0] and "到期未完成" in marked[0]
    assert "到期未完成" in clerk.get(f"/l/plan_items/{late.pk}/").content.decode()
    for other in (coming, done):
        assert "到期未完成" not in clerk.get(f"/l/plan_items/{other.pk}/").content.decode()


def test_marked_rows_are_asked_for_by_the_address(world: World) -> None:
    plans(world)
    clerk = world.client("clerk")
    for asked in ("any", "late"):
        page = clerk.get(f"/l/plan_items/?marked={asked}").content.decode()
        assert "逾期的安排" in page and "将来的安排" not in page and "1 项" in page
    assert 'name="marked"' not in clerk.get("/l/community_events/").content.decode()  # a ledger without marks offers none


def test_marks_cost_the_same_for_one_row_and_for_thirty(world: World) -> None:
    plans(world)
    clerk = world.client("clerk")
    clerk.get("/l/plan_items/?n=200")
    with CaptureQueriesContext(connection) as few:
        clerk.get("/l/plan_items/?n=200&q=安排")
    for n in range(30):
        world.add("plan_items", title=f"又一项安排{n}", period="2015", source="新增", due_on="2015-12-20", state="confirmed")
    clerk.get("/l/plan_items/?n=200")  # the menu counts anew after writing
    with CaptureQueriesContext(connection) as many:
        clerk.get("/l/plan_items/?n=200&q=安排")
    assert len(many) <= len(few)


@pytest.fixture
def treasurer(world: World) -> Client:
    """The one who registers money; 30,000 yuan are the limit of 2015, 28,000 are spent."""
    user = User.objects.create(username="treasurer", full_name="测试财务", bureau=world.bureau)
    Grant.objects.create(user=user, role="treasurer", office_code="")
    world.users["treasurer"] = user
    limit = {"title": "限额", "category": "公务接待", "plan_year": 2015, "amount": 30000, "approved_on": "2015-01-20"}
    world.add("spending_limits", "treasurer", "confirmed", **limit)
    world.add("public_spending", "treasurer", "confirmed", **SPENT | {"category": "公务接待", "amount": 28000, "title": "此前接待"})
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def spendings() -> Any:
    return registry.get("public_spending").queryset().filter(county=COUNTY, title=SPENT["title"])


def heard(html: str) -> list[str]:
    return re.findall(r'name="heard" value="([^"]*)"', html)


def test_a_warning_is_said_once_keeps_what_was_typed_and_does_not_forbid(world: World, treasurer: Client) -> None:
    told = treasurer.post("/l/public_spending/new", SPENT | {"amount": "3000"})
    html = told.content.decode()
    assert told.status_code == 422 and not spendings().exists()
    assert "超出限额 30000.00 元" in html and "仍然保存" in html and 'value="3000"' in html and "field-warning" in html
    saved = treasurer.post("/l/public_spending/new", SPENT | {"amount": "3000", "heard": heard(html)}, follow=True)
    assert spendings().count() == 1
    assert "超出限额 30000.00 元" in saved.content.decode()  # a note on the record from now on


def test_another_warning_is_said_again(world: World, treasurer: Client) -> None:
    first = heard(treasurer.post("/l/public_spending/new", SPENT | {"amount": "3000"}).content.decode())
    other = treasurer.post("/l/public_spending/new", SPENT | {"amount": "9000", "heard": first})
    assert other.status_code == 422 and "加上本笔 9000.00 元" in other.content.decode() and not spendings().exists()


def test_a_change_that_brings_a_warning_is_asked_about_too(world: World, treasurer: Client) -> None:
    treasurer.post("/l/public_spending/new", SPENT | {"amount": "10"} | {"heard": heard(
        treasurer.post("/l/public_spending/new", SPENT | {"amount": "10"}).content.decode())})  # fmt: skip
    record = spendings().get()
    url = f"/l/public_spending/{record.pk}/edit"
    shown = dict(re.findall(r'name="(version)" value="([^"]*)"', treasurer.get(url).content.decode()))
    told = treasurer.post(url, SPENT | {"amount": "2500"} | shown)
    record.refresh_from_db()
    assert told.status_code == 422 and record.amount == 10 and "超出限额" in told.content.decode()
    treasurer.post(url, SPENT | {"amount": "2500", "heard": heard(told.content.decode())} | shown)
    record.refresh_from_db()
    assert record.amount == 2500


def test_a_form_without_warnings_is_saved_at_once(world: World, treasurer: Client) -> None:
    page = treasurer.get("/l/public_spending/new").content.decode()
    assert "仍然保存" not in page and heard(page) == []
    limit = registry.get("spending_limits").queryset().get()
    store.change(registry.get("spending_limits"), limit, {"amount": "900000"})
    assert treasurer.post("/l/public_spending/new", SPENT | {"amount": "3000"}).status_code == 302


def test_an_import_says_warnings_and_goes_on(world: World, treasurer: Client) -> None:
    text = "事由\t支出项目\t预算年度\t金额（元）\t发生日期\n接待调研组\t公务接待\t2015\t3000\t2015-11-05"
    page = treasurer.post("/l/public_spending/import", {"pasted": text}, follow=True).content.decode()
    assert "有误 0" in page and "提醒 1" in page and "超出限额 30000.00 元" in page and "确认导入 1 行" in page
