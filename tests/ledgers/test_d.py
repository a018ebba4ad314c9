"""Intellectual property: what the acceptance of D01, D02, D04 and D13 asks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jushi.entities.models import ActivityTag
from jushi.indicators.evaluate import behind, measure
from jushi.kernel import oplog
from jushi.kernel.models import Area
from jushi.kernel.periods import parse
from jushi.ledger import registry, store
from jushi.ledger.marks import bearing
from jushi.site.demo.d_results import application_number


def figures(period: str, *codes: str) -> dict[str, Any]:
    area = Area.objects.get(code="990102000000")
    return {code: value.value for code, value in measure(codes, area, parse(period)).items()}


def filing(add: Any, n: int, kind: str = "utility", day: str = "2015-05-10", **more: Any) -> Any:
    number = application_number(int(day[:4]), kind, 1000 + n)
    return add("patents", number=number, title=f"试样{n}", type=kind, applied_on=day, **more)


def test_d01_filings_are_counted_by_filing_day_and_types_add_up(add: Any) -> None:
    for n, (kind, day) in enumerate((("invention", "2015-01-05"), ("utility", "2015-11-30"), ("design", "2015-06-01"), ("design", "2015-12-01"))):
        filing(add, n, kind, day)
    found = figures(
        "2015-01..11",
        "patents.filed",
        "patents.filed_by_type",
        "patents.filed_inventions",
        "patents.filed_utility",
        "patents.filed_design",
    )
    assert list(found.values()) == [3, 3, 1, 1, 1]


def test_d01_the_forecast_stands_apart_with_its_day_and_reason(add: Any) -> None:
    filing(add, 1)
    assert figures("2015", "patents.filed_forecast") == {"patents.filed_forecast": None}
    with pytest.raises(store.RefusedError, match="必填"):
        add(
            "external_figures",
            measure="专利申请量",
            period="2015",
            as_of="2015-11-30",
            value=200,
            unit="件",
            basis="预计",
        )
    row = add(
        "external_figures", measure="专利申请量", title="预计", period="2015", as_of="2015-11-30", value=200, unit="件", source="在办九件",
        basis="预计",
    )  # fmt: skip
    found = measure(["ID01", "ID02"], Area.objects.get(code="990102000000"), parse("2015"))
    assert (found["ID01"].value, found["ID02"].value, found["ID02"].indicator.basis) == (1, 200, "预计")
    assert row.created_by_id is not None and row.basis == "forecast"


@pytest.mark.parametrize(
    ("change", "column"),
    [({"type": "design"}, "type"), ({"applied_on": "2014-05-10"}, "applied_on"), ({"number": "201520001001.0"}, "number"),
     ({"granted_on": "2015-04-01"}, "granted_on"), ({"ended_on": "2015-06-01"}, "ended_on")],
)  # fmt: skip
def test_d01_a_filing_that_contradicts_its_number_or_its_dates_is_refused(add: Any, change: dict[str, Any], column: str) -> None:
    good = {
        "number": application_number(2015, "utility", 1001),
        "title": "试样",
        "type": "utility",
        "applied_on": "2015-05-10",
    }
    with pytest.raises(store.RefusedError) as refused:
        add("patents", **good | change)
    assert column in refused.value.problems
    assert add("patents", **good).number == good["number"]


def test_d02_21_valid_over_15_2_is_1_4_and_a_lapsed_patent_drops_out_on_its_day(add: Any) -> None:
    for n in range(22):
        ended = {"ended_on": "2015-12-31", "end_reason": "lapsed"} if n == 0 else {}
        filing(add, n, "invention", "2012-05-10", granted_on="2014-05-01", stage="ended" if ended else "granted", **ended)
    add(
        "external_figures", measure="常住人口", title="常住人口", period="2014", as_of="2014-12-31", value="15.2", unit="万人",
        source="统计公报", basis="核定",
    )  # fmt: skip
    assert figures("@2015-12-30", "patents.valid_inventions") == {"patents.valid_inventions": 22}
    assert figures("@2015-12-31", "patents.valid_inventions", "patents.per_10k") == {
        "patents.valid_inventions": 21, "patents.per_10k": Decimal("1.4"),
    }  # fmt: skip
    ratio = behind("ID06", Area.objects.get(code="990102000000"), parse("@2015-12-31"))
    assert len(ratio.parts[0].rows) == 21 and ratio.parts[1].rows[0].title == "常住人口"


def test_d02_without_a_population_nothing_is_claimed(add: Any) -> None:
    filing(add, 1, "invention", "2012-05-10", granted_on="2014-05-01", stage="granted")
    assert figures("2015", "ID06") == {"ID06": None}


def test_d01_the_yearly_fee_is_announced_sixty_days_ahead(add: Any) -> None:
    filing(add, 1, "invention", "2012-05-10", granted_on="2014-05-01", stage="granted")
    ledger = registry.get("patents")
    assert bearing(ledger, ledger.marks[0], "990102", date(2015, 4, 1)).count() == 1
    assert bearing(ledger, ledger.marks[0], "990102", date(2015, 7, 1)).count() == 0


def test_d04_tagged_events_are_listed_in_date_order_and_counted_once(add: Any, world: Any) -> None:
    from jushi.entities.models import Activity

    names = {
        "世界知识产权日": date(2015, 4, 26),
        "防震减灾日": date(2015, 5, 12),
        "科技活动周": date(2015, 5, 18),
        "普通活动": date(2015, 5, 20),
    }
    office = store.author_for(registry.get("patents"), world.bureau).office
    with oplog.operation("新建", county="990102"):
        for name, day in reversed(names.items()):
            event = Activity(
                county="990102",
                kind="outreach",
                title=name,
                held_on=day,
                year=2015,
                area_id="990102000000",
                office=office,
                state="confirmed",
            )
            event.save()
            if name != "普通活动":
                ActivityTag(county="990102", activity=event, tag="ip_publicity").save()
    found = behind("ip_publicity.events", Area.objects.get(code="990102000000"), parse("2015"))
    assert [row.title for row in found.rows] == ["世界知识产权日", "防震减灾日", "科技活动周"]
    assert registry.of_model("entities.Activity", "outreach") is not registry.get("ip_publicity")


def test_d13_issued_protocols_are_counted_by_day_of_issue(add: Any) -> None:
    add(
        "protocols",
        title="辣椒规程",
        crop="辣椒",
        category="无公害蔬菜",
        edition="第一版",
        issued_on="2015-03-01",
        stage="issued",
    )
    add("protocols", title="甘蓝规程", crop="甘蓝", category="无公害蔬菜", edition="第一版", stage="drafted")
    assert figures("2015", "ID13", "protocols.vegetable") == {"ID13": 1, "protocols.vegetable": 1}
    draft = registry.get("protocols").queryset().get(title="甘蓝规程")
    store.advance(registry.get("protocols"), draft, "reviewed", on=date(2015, 4, 1))
    store.advance(registry.get("protocols"), draft, "issued", on=date(2015, 4, 9))
    assert figures("2015", "ID13") == {"ID13": 2}


def test_d13_protocols_in_force_have_codes_and_stand_on_the_page_of_the_class(add: Any, build: Any) -> None:
    for n, crop in enumerate(("辣椒", "黄瓜")):
        add("protocols", title=f"无公害{crop}种植技术规程", crop=crop, edition="第一版", issued_on=f"2015-0{n + 2}-10", stage="issued")
    add("protocols", title="旧规程", crop="辣椒", edition="试行", issued_on="2013-01-10", revised_on="2015-02-10", stage="revised")
    add("protocols", title="没发布的", crop="辣椒", edition="第一版")
    (table,) = build("protocols", "codes")
    assert sorted(line.cells[0].value for line in table.lines) == ["无公害辣椒种植技术规程", "无公害黄瓜种植技术规程"]
    assert all(line.cells[-1].is_code and line.cells[-1].record for line in table.lines)
    for crop, day, found in (("辣椒", "2015-05-06", ["无公害辣椒种植技术规程"]), ("辣椒", "2014-05-06", ["旧规程"]), ("葡萄", "2015-05-06", [])):
        record = add("farmer_classes", title=f"{crop}班", held_on=day, crop=crop, attendances=30)
        (table,) = build("farmer_classes", "protocols", record)
        assert [line.cells[0].value for line in table.lines] == found
    add("protocols", title="无公害甘蓝种植技术规程", crop="甘蓝", category="无公害蔬菜", edition="第一版", issued_on="2015-03-10", stage="issued")
    record = add("farmer_classes", title="冬季班", held_on="2015-06-06", crop="设施蔬菜", attendances=30)
    assert [line.cells[0].value for line in build("farmer_classes", "protocols", record)[0].lines] == ["无公害甘蓝种植技术规程"]
