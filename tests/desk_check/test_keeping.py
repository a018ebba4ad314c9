"""Numbers of an old document become past figures: offered, registered once, confirmed by somebody else (N11)."""

from __future__ import annotations

from desk_world import COUNTY, World
from test_check import bring

from jushi.indicators.evaluate import measure
from jushi.kernel import scope
from jushi.kernel.models import Area
from jushi.kernel.periods import parse
from jushi.ledger import registry

OLD = "虚谷区科技局2013年工作总结\n\n全年共申报科技项目36项，立项13项。发放资料1.5万余份。1—11月份完成专利申请195件，全年预计200件。培训xx人。\n"


def test_numbers_of_an_old_document_are_offered_and_kept_as_drafts(world: World) -> None:
    client = world.client("clerk")
    url = bring(client, OLD)
    client.post(f"{url}period", {"of": "2013", "tab": "claims"})
    page = client.get(f"{url}?tab=claims").content.decode()
    starts = [part.split('"')[0] for part in page.split('name="pick" value="')[1:]]
    stated = [OLD[int(s) :] for s in starts]
    for number in ("36项", "13项", "1.5万", "195件", "200件"):
        assert any(x.startswith(number) for x in stated), number
    assert not any(x.startswith("xx") for x in stated), "a mask is no number"
    assert "请先勾选" in client.post(f"{url}keep", follow=True).content.decode()
    done = client.post(f"{url}keep", {"pick": starts}, follow=True).content.decode()
    assert f"已登记 {len(starts)} 项为草稿" in done
    with scope.use(scope.of_counties([COUNTY], "测试")):
        rows = registry.get("past_figures").queryset()
        kept = {(f"{r.value.normalize():f}", r.unit): (r.period, r.basis, r.state) for r in rows}
        assert kept["15000", "份"] == ("2013", "verified", "draft")
        assert kept["195", "件"] == ("2013-01..11", "verified", "draft")
        assert kept["200", "件"] == ("2013", "forecast", "draft")
        assert all(r.source and r.note in OLD for r in rows)
    again = client.post(f"{url}keep", {"pick": starts}, follow=True).content.decode()
    assert f"已登记 0 项为草稿，{len(starts)} 项台账里已有" in again


def test_past_figures_move_no_indicator_and_only_writers_keep_them(world: World) -> None:
    with scope.use(scope.of_counties([COUNTY], "测试")):
        area, period = Area.objects.get(pk=f"{COUNTY}000000"), parse("2013")
        before = measure(["outside.gdp"], area, period)["outside.gdp"].value
        world.add(
            "past_figures", "editor", "confirmed", measure="地区生产总值", period="2013", value="99", unit="亿元", as_of="2013-12-31", source="旧文稿"
        )
        assert measure(["outside.gdp"], area, period)["outside.gdp"].value == before
    url = bring(world.client("director"), OLD)
    client = world.client("director")
    client.post(f"{url}period", {"of": "2013", "tab": "claims"})
    assert 'form="keep"' not in client.get(f"{url}?tab=claims").content.decode()
    assert client.post(f"{url}keep", {"pick": "30"}).status_code == 403
