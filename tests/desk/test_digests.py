"""专表: questions, links, acts, rights, export."""

from __future__ import annotations

import io
from html import unescape
from typing import Any

import openpyxl
from desk_world import World

from jushi.kernel import scope
from jushi.ledger import registry

NEED = {"need": "设施蔬菜病虫害 专家 1 名 5月10日"}


def an_expert(world: World, name: str = "甄有方", duty: str = "设施蔬菜病虫害防治") -> Any:
    world.add("people", state="confirmed", title=name)
    return world.add("experts", state="confirmed", person=name, field="protected_vegetable", starts_on="2014-01-01", duty=duty)


def test_an_expert_is_proposed_engaged_and_then_busy(world: World) -> None:
    an_expert(world)
    client = world.client("office_head_rural" if "office_head_rural" in world.users else "clerk")
    asked = client.get("/l/experts/digests/proposals")
    assert asked.status_code == 200 and "需要" in asked.content.decode()
    page = client.get("/l/experts/digests/proposals", NEED).content.decode()
    assert "甄有方" in page and "可请" in page and 'name="pick"' in page
    key = page.split('name="pick" value="')[1].split('"')[0]
    address = "/l/experts/digests/proposals?need=" + NEED["need"]
    nobody = client.post(address, {"do": "engage", "engage-title": "看棚", "engage-purpose": "field"})
    assert nobody.status_code == 422 and "请先勾选" in nobody.content.decode()
    unnamed = client.post(address, {"do": "engage", "pick": key, "engage-purpose": "field"})
    assert unnamed.status_code == 422 and "做什么：请填写" in unnamed.content.decode()
    done = client.post(address, {"do": "engage", "pick": key, "engage-title": "看棚", "engage-purpose": "field", "engage-fee": "300"})
    assert done.status_code == 302
    with scope.use(scope.of_counties([world.bureau.county], "测试")):
        assert registry.get("expert_engagements").queryset().count() == 1
        assert registry.get("expert_fees").queryset().get().amount == 300
    assert "当日已有安排" in client.get("/l/experts/digests/proposals", NEED).content.decode()


def test_questions_are_checked_and_unknown_digests_do_not_exist(world: World) -> None:
    client = world.client("clerk")
    wrong = client.get("/l/experts/digests/proposals", {"need": "2 名"})
    assert wrong.status_code == 422 and "请写明需要哪方面的专家" in wrong.content.decode()
    assert client.get("/l/experts/digests/nothing").status_code == 404
    assert client.post("/l/experts/digests/proposals?need=x", {"do": "nothing"}).status_code == 404


def test_who_may_not_register_sees_no_act_and_exports_are_plain_texts(world: World) -> None:
    an_expert(world, duty="=1+1蔬菜病虫害")
    reader = world.client("director")
    page = reader.get("/l/experts/digests/proposals", NEED)
    if "安排（所选）" not in page.content.decode():
        assert reader.post("/l/experts/digests/proposals?need=蔬菜病虫害", {"do": "engage"}).status_code == 403
    book = openpyxl.load_workbook(io.BytesIO(reader.get("/l/experts/digests/proposals", NEED | {"format": "xlsx"}).content))
    cells = [c for row in book.active.iter_rows() for c in row if c.value]
    assert any("=1+1" in str(c.value) and c.data_type == "s" for c in cells)


def test_a_digest_whose_questions_have_answers_is_shown_at_once_and_its_numbers_open_their_rows(world: World) -> None:
    world.add("organisations", state="confirmed", title="试样公司", category="firm")
    world.add("pool", state="confirmed", title="点子甲", organisation="试样公司", collected_on="2015-01-10")
    client = world.client("director")
    assert "征集" in client.get("/l/pool/digests/funnel").content.decode()
    page = client.get("/l/pool/digests/funnel", {"year": "2015"}).content.decode()
    address = unescape(page.split('class="figure"')[0].rsplit('href="', 1)[1].split('"')[0])
    assert "figure=pool.collected" in address and "点子甲" in client.get(address).content.decode()


def test_a_code_to_scan_leads_to_the_record(world: World) -> None:
    row = world.add("protocols", state="confirmed", title="无公害辣椒种植技术规程", crop="辣椒", edition="第一版", issued_on="2015-02-10")
    page = world.client("director").get("/l/protocols/digests/codes").content.decode()
    assert "<svg" in page and 'class="qr"' in page and f"/go/entities.AgriTech/{row.pk}" in page


def test_d02_a_ratio_names_its_records_and_the_source_of_the_population(world: World) -> None:
    world.patent(1, state="confirmed", applied_on="2012-03-02", granted_on="2014-05-01")
    world.add("external_figures", state="confirmed", measure="常住人口", title="2014年常住人口", period="2014", value="15.2", unit="万人",
              as_of="2014-12-31", source="区统计局统计公报", basis="verified")  # fmt: skip
    page = world.client("clerk").get("/indicators/patents.per_10k/?period=2015").content.decode()
    assert "2014年，区统计局统计公报，截至2014-12-31" in page and "1 条记录</a>" in page
    address = unescape(page.split(">1 条记录</a>")[0].rsplit('href="', 1)[1].split('"')[0])
    assert "一种可调式样机1" in world.client("clerk").get(address).content.decode()


def test_c22_a_figure_shows_the_same_money_on_its_other_bases(world: World) -> None:
    world.add("project_funds", state="confirmed", title="首批", amount=150, approved_on="2015-05-01", received_on="2015-06-01")
    world.add("project_funds", state="confirmed", title="尾款", amount=50, approved_on="2015-05-01")
    client = world.client("clerk")
    for url in ("/indicators/funds.approved/?period=2015", "/indicators/funds.approved/card?period=2015"):
        page = client.get(url).content.decode()
        assert "200.00" in page and "其他口径" in page and "上级项目资金（到账）</a>：150.00 万元" in page


def test_figures_on_other_bases_are_declared_figures() -> None:
    for _, indicator in registry.indicators():
        for code in indicator.beside:
            assert registry.indicator(code)[1].unit == indicator.unit
