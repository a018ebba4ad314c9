"""A void row gives up its number: the right row takes it, names mean the standing row, and the void one may only return while it is free."""

from __future__ import annotations

import pytest
from desk_world import World, number

from jushi.kernel.models import Record
from jushi.ledger import registry, store
from jushi.ledger.columns import CellError


def void(record: Record, reason: str = "登记错了") -> None:
    store.move(registry.get("patents"), record, "void", reason=reason)


def fields(n: int) -> dict[str, str]:
    return {"number": number(n), "title": f"一种可调式样机{n}", "type": "invention", "applied_on": "2015-03-02"}


def test_the_right_row_takes_the_number_of_a_void_one(world: World) -> None:
    wrong = world.patent(1)
    clerk = world.client("clerk")
    refused = clerk.post("/l/patents/new", fields(1))
    assert refused.status_code == 422 and "这个申请号已经登记" in refused.content.decode()
    void(wrong)
    assert clerk.post("/l/patents/new", fields(1)).status_code == 302
    standing = registry.get("patents").queryset().filter(number=number(1)).exclude(state="void")
    assert standing.count() == 1 and standing.get().pk != wrong.pk


def test_a_void_row_returns_only_while_its_number_is_free(world: World) -> None:
    first = world.patent(1)
    void(first)
    clerk, url = world.client("clerk"), f"/l/patents/{first.pk}/move"
    clerk.post(url, {"do": "restore", "reason": "原来没有错"})
    first.refresh_from_db()
    assert first.state == "draft"
    void(first)
    world.patent(1)
    answer = clerk.post(url, {"do": "restore", "reason": "原来没有错"}, follow=True).content.decode()
    first.refresh_from_db()
    assert first.state == "void" and "不能恢复" in answer and "这个申请号已经登记" in answer


def test_an_import_takes_the_number_too(world: World) -> None:
    void(world.patent(1))
    pasted = f"申请号\t专利名称\t类型\t申请日\n{number(1)}\t一种可调式样机1\t发明\t2015-03-02"
    page = world.client("office_head").post("/l/patents/import", {"pasted": pasted}, follow=True).content.decode()
    assert "新增 1" in page and "有误 0" in page


def test_a_name_means_the_standing_row(world: World) -> None:
    firms = registry.get("organisations")
    wrong = world.add("organisations", title="同名机械有限公司")
    store.move(firms, wrong, "void", reason="重复建档")
    right = world.add("organisations", title="同名机械有限公司")
    patent = world.patent(1, owner="同名机械有限公司")
    assert patent.owner_id == right.pk


def test_records_of_one_name_are_told_apart_by_their_numbers(world: World) -> None:
    plans = [world.add("plan_items", title="知识产权宣传", period=str(year), source="新增", due_on=f"{year}-12-20") for year in (2015, 2016)]
    clerk = world.client("clerk")
    answer = clerk.get("/suggest?ledger=plan_items&column=carried_from&q=宣传").json()["results"]
    full = [r["value"] for r in answer]
    assert len(full) == 2 and all(p.serial in "".join(full) for p in plans)
    ledger = registry.get("plan_items")
    column, lookup = ledger.column("carried_from"), ledger.lookup(world.bureau.county, plans[0].due_on)
    assert {column.parse(name, lookup).pk for name in full} == {p.pk for p in plans}
    with pytest.raises(CellError, match="有 2 个“知识产权宣传”，请连编号一起填"):
        column.parse("知识产权宣传", lookup)
