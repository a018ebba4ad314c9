"""What pages say: where an account without ledgers goes on, refusals inside the frame, documents and figures found by search."""

from __future__ import annotations

from desk_world import World

from jushi.ledger import registry


def test_an_administrator_finds_his_pages_on_the_workbench(world: World) -> None:
    page = world.client("system_admin").get("/").content.decode()
    for address in ("/admin/accounts", "/admin/offices", "/admin/terms"):
        assert f'<a class="way" href="{address}"' in page
    assert 'href="/admin/grants"' not in page and 'href="/admin/log"' not in page


def test_a_refusal_keeps_the_frame_and_leads_back(world: World) -> None:
    record = world.patent(1, state="confirmed")
    url = f"/l/patents/{record.pk}/"
    page = world.client("clerk").get(url + "edit", headers={"referer": f"http://testserver{url}?tab=files"}).content.decode()
    assert 'id="side"' in page and f'href="{url}?tab=files"' in page
    elsewhere = world.client("clerk").get(url + "edit", headers={"referer": "https://example.org/x"}).content.decode()
    assert "example.org" not in elsewhere


def test_search_and_palette_find_figures_by_name(world: World) -> None:
    clerk = world.client("clerk")
    assert 'href="/indicators/patents.filed/"' in clerk.get("/search?q=专利申请量").content.decode()
    found = clerk.get("/palette?q=专利申请量").json()["results"]
    assert {"label": "专利申请量（件）", "url": "/indicators/patents.filed/", "hint": "指标"} in found
    assert found[-1]["hint"] == "全部结果"


def test_the_months_of_a_ledger_are_those_of_the_chosen_period(world: World) -> None:
    world.patent(1, state="confirmed")
    head = world.client("office_head")
    head.get("/l/patents/?period=2015")
    page = head.get("/l/patents/closing").content.decode()
    assert "<b>2015年</b>" in page and "?state=confirmed&amp;period=2015-03" in page
    assert "未到" in head.get("/l/patents/closing?year=2190").content.decode()
    assert head.get("/l/patents/closing?year=99999").status_code == 200


def test_a_batch_offers_only_what_the_account_may_do_in_this_ledger(world: World) -> None:
    world.patent(1)
    page = world.client("director").get("/l/patents/").content.decode()
    assert 'value="confirm"' in page and 'value="submit"' not in page and 'value="withdraw"' not in page
    assert 'value="submit"' in world.client("clerk").get("/l/patents/").content.decode()


def test_a_target_names_its_indicator_in_words(world: World) -> None:
    head = world.client("office_head")
    common = {"period": "2015", "assigned_on": "2015-02-20", "operator": "ge", "target": "200", "unit": "件"}
    form = head.get("/l/targets/new").content.decode()
    assert "column=indicator" in form and "填指标名称" in form
    suggested = head.get("/suggest?ledger=targets&column=indicator&q=专利申请").json()["results"]
    assert {"value": "专利申请量", "hint": "件"} in suggested
    for n, typed in enumerate(("专利申请量", "patents.filed")):
        assert head.post("/l/targets/new", {"title": f"目标{n}", "indicator": typed, **common}).status_code == 302, typed
    stored = registry.get("targets").queryset()
    assert set(stored.values_list("indicator", flat=True)) == {"patents.filed"}
    page = head.get("/l/targets/").content.decode()
    assert page.count("专利申请量</td>") == 2 and "patents.filed</td>" not in page
    refused = head.post("/l/targets/new", {"title": "目标", "indicator": "没有的指标", **common})
    assert refused.status_code == 422 and "没有指标“没有的指标”" in refused.content.decode()
