"""Relief, visits, matters and deeds: what the acceptance of H04, H08–H11 and H19 asks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jushi.indicators.evaluate import behind
from jushi.kernel.periods import parse
from jushi.ledger import registry, store
from jushi.ledger.marks import bearing
from jushi.ledgers.offers import adopt_as_deed, deed_candidates


def visit(add: Any, household: str, day: str, tags: str, who: str = "试甲") -> Any:
    return add("household_visits", title="入户摸底", household=household, officers=who, held_on=day, tags=tags)


def test_h04_one_visit_with_two_tags_is_seen_by_both_and_doubles_no_household(add: Any, people: Any, households: Any, measured: Any) -> None:
    visit(add, households[0], "2015-03-02", "双联行动、脱贫攻坚")
    visit(add, households[0], "2015-05-02", "双联行动")
    visit(add, households[1], "2015-05-03", "脱贫攻坚")
    found = measured("2015", *(f"household_visits.{x}" for x in ("times", "households", "dual_link", "poverty_relief")))
    assert list(found.values()) == [3, 2, 1, 2]


def test_h04_a_campaign_is_judged_by_the_day_of_the_visit(add: Any, people: Any, households: Any) -> None:
    visit(add, households[0], "2015-03-02", "双联行动")
    with pytest.raises(store.RefusedError, match="没有“双联行动”"):
        visit(add, households[0], "2019-03-02", "双联行动")


def gift(add: Any, household: str, amount: int, **more: Any) -> Any:
    raw = {"title": "春耕肥料", "goods": "复合肥", "category": "春耕备耕", "occurred_on": "2015-03-24"}
    return add("aid_goods", **raw | {"amount": amount, "payee_household": household} | more)


def test_h08_goods_add_up_and_only_tagged_events_count_for_the_campaign(add: Any, households: Any, measured: Any) -> None:
    for household, amount in zip(households, (600, 500, 400, 500, 400), strict=True):
        gift(add, household, amount, received_on="2015-03-24")
    for tags, heads, copies in (("双联行动", 300, 120), ("双联行动", 200, 80), ("脱贫攻坚", 999, 999)):
        add(
            "village_services",
            title=f"{tags}{heads}",
            held_on="2015-05-06",
            form="现场指导",
            tags=tags,
            beneficiaries=heads,
            leaflets=copies,
        )
    assert measured("2015", "IH08", "IH24", "IH25") == {"IH08": 2400, "IH24": 500, "IH25": 200}
    items = behind("IH08", registry_area(), parse("2015"))
    assert sum(row.quantity for row in items.rows) == 2400 and len(items.rows) == 5


def registry_area() -> Any:
    from jushi.kernel.models import Area

    return Area.objects.get(code="990102000000")


def test_h19_value_and_signatures_agree_only_when_all_have_signed(add: Any, households: Any, measured: Any) -> None:
    gift(add, households[0], 200, received_on="2015-03-25")
    open_row = gift(add, households[1], 150)
    assert measured("2015", "aid_goods.value", "aid_goods.signed", "aid_goods.unsigned") == {
        "aid_goods.value": 350, "aid_goods.signed": 200, "aid_goods.unsigned": 150,
    }  # fmt: skip
    ledger = registry.get("aid_goods")
    [mark] = ledger.marks
    assert [row.pk for row in bearing(ledger, mark, "990102", date(2015, 4, 1))] == [open_row.pk]


def test_h19_nobody_signs_before_the_goods_are_handed_out(add: Any, households: Any) -> None:
    with pytest.raises(store.RefusedError, match="早于发放日期"):
        gift(add, households[0], 200, received_on="2015-03-01")


def team(add: Any) -> None:
    add("relief_teams", title="试样扶贫队", starts_on="2015-02-01")


def link(add: Any, household: str, form: str, day: str = "2015-03-02", **more: Any) -> Any:
    return add("relief_links", title=form, household=household, group="试样扶贫队", category=form, starts_on=day, **more)


def test_h09_links_are_more_than_households(add: Any, households: Any, measured: Any) -> None:
    team(add)
    for household in households:
        link(add, household, "定点")
    for household in households[:2]:
        link(add, household, "巡回", "2015-09-01")
    assert measured("2015", "relief_links.made", "IH07") == {"relief_links.made": 7, "IH07": 5}


def test_h09_contracting_needs_its_contract(add: Any, households: Any) -> None:
    team(add)
    with pytest.raises(store.RefusedError, match="承包协议"):
        link(add, households[0], "技术承包")
    add("relief_contracts", title="大棚承包", signed_on="2015-02-16")
    assert link(add, households[0], "技术承包", agreement="大棚承包").agreement_id


def matter(add: Any, **more: Any) -> Any:
    raw = {"number": "民1", "title": "水渠不通", "category": "水利灌溉", "raised_on": "2014-01-10"}
    return add("matters", **raw | more)


def test_h10_each_step_keeps_its_date_and_the_end_needs_a_result(add: Any, world: Any) -> None:
    ledger, row = registry.get("matters"), matter(add)
    store.advance(ledger, row, "sorted", on=date(2014, 1, 13))
    store.advance(ledger, row, "reported", on=date(2014, 1, 20))
    assert row.escalated_on == date(2014, 1, 20)
    with pytest.raises(store.RefusedError, match="办理结果"):
        store.advance(ledger, row, "done", on=date(2014, 6, 5))
    store.advance(ledger, row, "done", on=date(2014, 6, 5), raw={"result": "通水"})
    with pytest.raises(store.RefusedError, match="群众意见"):
        store.advance(ledger, row, "visited", on=date(2014, 6, 20))
    store.advance(ledger, row, "visited", on=date(2014, 6, 20), raw={"satisfaction": "满意"})
    assert (row.closed_on, row.confirmed_on) == (date(2014, 6, 5), date(2014, 6, 20))


def test_h10_a_done_matter_is_offered_as_a_deed_once(add: Any, world: Any) -> None:
    row = matter(add, closed_on="2014-06-05", result="通水")
    row_on_the_spot = matter(add, number="民2", closed_on="2014-02-05", result="答复")
    assert deed_candidates("990102") == []
    ledger = registry.get("matters")
    store.advance(ledger, row, "sorted", on=date(2014, 1, 13))
    store.advance(ledger, row, "reported", on=date(2014, 1, 20))
    assert [c.pk for c in deed_candidates("990102")] == [row.pk] != [row_on_the_spot.pk]
    deed = adopt_as_deed(row, world.bureau)
    assert (deed.title, deed.category, deed.links.get().origin_id) == ("水渠不通", "water", row.pk)
    assert deed_candidates("990102") == []


def test_h10_an_open_matter_is_no_deed(add: Any, world: Any) -> None:
    with pytest.raises(store.RefusedError, match="还没有办结"):
        adopt_as_deed(matter(add), world.bureau)


def deed(add: Any, title: str, category: str, done: str = "2014-06-05") -> Any:
    return add("deeds", title=title, category=category, raised_on="2014-02-01", closed_on=done, result="已完成" if done else "")


def test_h11_three_deeds_are_three_and_the_canal_knows_its_sources(add: Any, measured: Any) -> None:
    for title, category in (("培训", "科技服务"), ("修渠", "水利设施"), ("宣传", "政策宣传")):
        deed(add, title, category)
    deed(add, "修路", "道路设施", done="")
    for source, amount in (("向上争取", 18000), ("单位出资", 5600), ("联合单位", 7000)):
        add("deed_money", title=source, case="修渠", payer_class=source, amount=amount, received_on="2014-03-12")
    assert measured("2014H1", "IH21", "IH20") == {"IH21": 3, "IH20": 30600}
    assert measured("2014H2", "IH21", "IH20") == {"IH21": 0, "IH20": 0}


def test_h11_one_voucher_pays_once(add: Any) -> None:
    deed(add, "修渠", "水利设施")
    raw = {
        "case": "修渠",
        "payer_class": "单位出资",
        "amount": 100,
        "received_on": "2014-03-12",
        "voucher_number": "A1",
    }
    add("deed_money", title="甲", **raw)
    with pytest.raises(store.RefusedError, match="已经登记过"):
        add("deed_money", title="乙", **raw)
