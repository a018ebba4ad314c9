"""Acceptance checks of E 农业科技 against the real store and indicators."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from jushi.entities.models import Case, Observation
from jushi.indicators.breakdown import breakdown
from jushi.indicators.evaluate import behind, measure
from jushi.kernel.models import Area
from jushi.kernel.periods import parse
from jushi.kernel.states import State
from jushi.ledger import registry, reminders, store
from jushi.ledgers import e_alarms, e_limits
from jushi.ledgers.e_alarms import Reading
from jushi.site.demo.world import World

Adder = Callable[..., Any]
NIGHT = timezone.make_aware(datetime(2015, 1, 18, 3, 10))


def figure(code: str, period: str = "2015") -> Decimal | None:
    return measure([code], Area.objects.get(code="990102000000"), parse(period))[code].value


@pytest.fixture
def point(world: World, add: Adder) -> str:
    """A vegetable point with a manager."""
    add("people", title="管棚人", phone="13800138000")
    add("veg_points", title="松岗示范点", area=world.village(10), manager="管棚人", land_mu=40, built_on="2013-10-20")
    return "松岗示范点"


@pytest.fixture
def house(world: World, add: Adder, point: str) -> str:
    """Greenhouse A-05, not below 8℃, with a specialist who serves its village."""
    add("people", title="特派甲")
    add("specialists", person="特派甲", level="county", places=world.village(10), starts_on="2014-01-01")
    add("grow_houses", number="A-05", title="五号温室", category="greenhouse", base=point, area=world.village(10), built_on="2013-10-20",
        limits="温度 8~35")  # fmt: skip
    return "A-05"


def reading(value: str, minutes: int = 0, house: str = "A-05") -> Reading:
    return Reading(house, "temperature", Decimal(value), NIGHT + timedelta(minutes=minutes))


def test_e07_points_count_their_own_houses_and_open_land(world: World, add: Adder, point: str) -> None:
    for n in range(3):
        add("grow_houses", number=f"S-{n}", title=f"棚{n}", category="shed", base=point, built_on="2014-03-01")
    add("grow_houses", number="X-1", title="别处的棚", category="shed", built_on="2014-03-01")
    add(
        "grow_houses",
        number="S-9",
        title="拆了的棚",
        category="shed",
        base=point,
        built_on="2013-11-01",
        ended_on="2015-06-30",
    )
    add("veg_areas", base=point, crop="黄瓜", mode="open_field", quantity="12.5", starts_on="2015-04-02")
    add("veg_areas", base=point, crop="辣椒", mode="greenhouse", quantity="3", starts_on="2015-04-02")
    assert figure("IE15") == 1
    assert figure("IE17") == 3  # neither the one elsewhere nor the one pulled down
    assert figure("IE17", "@2015-06-29") == 4
    assert figure("IE16") == Decimal("12.5")
    here = Area.objects.get(code="990102000000")
    assert breakdown("IE17", here, parse("2015"), "base") == [(point, 3)]  # the table per point
    assert breakdown("IE16", here, parse("2015"), "base") == [(point, Decimal("12.5"))]


def test_e07_open_land_cannot_exceed_the_point(add: Adder, point: str) -> None:
    add("veg_areas", base=point, crop="黄瓜", mode="open_field", quantity="30", starts_on="2015-04-02")
    with pytest.raises(store.RefusedError, match="超过示范点占地 40 亩"):
        add("veg_areas", base=point, crop="辣椒", mode="open_field", quantity="11", starts_on="2015-04-02")
    add("veg_areas", base=point, crop="辣椒", mode="open_field", quantity="11", starts_on="2015-07-02")


def test_e08_ten_varieties_of_a_class_are_ten(add: Adder) -> None:
    for n in range(10):
        add("varieties", title=f"药菜{n}", crop="药菜", category="herb_vegetable", introduced_on="2015-03-05")
    add("varieties", title="自育一号", crop="药菜", category="herb_vegetable", origin="bred", introduced_on="2015-03-05")
    add("varieties", State.DRAFT, title="未核品种", crop="药菜", category="herb_vegetable", introduced_on="2015-03-05")
    assert figure("varieties.herb_vegetable") == 10
    assert [row.title for row in behind("varieties.herb_vegetable", Area.objects.get(code="990102000000"), parse("2015")).rows] == [
        f"药菜{n}" for n in range(10)
    ]


def test_e08_a_variety_is_brought_in_once(add: Adder) -> None:
    add("varieties", title="青岚1号", crop="黄瓜", category="melon_vegetable", introduced_on="2014-03-05")
    with pytest.raises(store.RefusedError, match="2014年已经登记过引进"):
        add("varieties", title="青岚1号", crop="黄瓜", category="melon_vegetable", introduced_on="2015-03-05")
    add("varieties", title="青岚1号", crop="西葫芦", category="melon_vegetable", introduced_on="2015-03-05")


def test_e08_extension_needs_a_result(world: World, add: Adder, point: str) -> None:
    ledger = registry.get("varieties")
    row = add("varieties", title="青岚2号", crop="黄瓜", category="melon_vegetable", introduced_on="2015-03-05", base=point)
    for stage in ("trialled", "demonstrated"):
        store.advance(ledger, row, stage, on=date(2015, 5, 1))
    with pytest.raises(store.RefusedError, match="须填写"):
        store.advance(ledger, row, "promoted", on=date(2015, 9, 1))
    store.advance(ledger, row, "promoted", on=date(2015, 9, 1), raw={"result": "增产一成"})
    assert (row.stage, row.promoted_on) == ("promoted", date(2015, 9, 1))


def test_e09_techniques_are_counted_by_field_and_stage(add: Adder) -> None:
    for n in range(3):
        add("techniques", title=f"菜技{n}", field="vegetable", introduced_on="2015-02-01", trialled_on="2015-04-01")
    for n in range(6):
        add("techniques", title=f"果技{n}", field="fruit", introduced_on="2015-02-01", trialled_on="2015-04-01")
    add("techniques", title="只引进", field="fruit", introduced_on="2015-02-01")
    add(
        "techniques",
        title="老技术",
        field="fruit",
        introduced_on="2013-02-01",
        trialled_on="2013-04-01",
        promoted_on="2015-03-01",
    )
    assert (figure("techniques.vegetable"), figure("techniques.fruit"), figure("IE21"), figure("IE20")) == (3, 6, 9, 1)


def test_e10_one_alarm_not_one_per_minute(world: World, house: str) -> None:
    first = e_alarms.receive(world.bureau, reading("6.5"))
    for minute in range(1, 30):
        assert e_alarms.receive(world.bureau, reading("6.4", minute)) == first
    alarm = Case.objects.get(kind="greenhouse_alarm")
    assert Observation.objects.filter(kind="greenhouse_reading").count() == 30
    assert "6.5℃，低于下限8℃" in alarm.text
    assert alarm.details["worst"] == "6.4"
    notes = list(alarm.steps.filter(action="通知").order_by("pk").values_list("content", flat=True))
    assert len(notes) == 2
    assert "管棚人（13800138000）" in notes[0]
    assert "特派甲" in notes[1]
    due = [item for item in reminders.due("990102", date(2015, 1, 18)) if item.ledger == "greenhouse_alarms"]
    assert [item.record_id for item in due] == [alarm.pk]


def test_e10_closes_with_action_and_recovery(world: World, house: str) -> None:
    alarm = e_alarms.receive(world.bureau, reading("6.5"))
    assert alarm is not None
    e_alarms.handle(alarm, "加盖草帘", on=date(2015, 1, 18))
    assert alarm.closed_on is None  # done, but still cold
    e_alarms.receive(world.bureau, reading("8.2", 30))
    alarm.refresh_from_db()
    assert alarm.closed_on is None  # on the edge: within the margin of 0.5
    e_alarms.receive(world.bureau, reading("8.8", 60))
    alarm.refresh_from_db()
    assert (alarm.stage, alarm.closed_on) == ("closed", date(2015, 1, 18))
    assert "04:10 温度 8.8℃" in alarm.result
    assert figure("greenhouse_alarms.closed") == 1


def test_e10_recovery_alone_does_not_close(world: World, house: str) -> None:
    alarm = e_alarms.receive(world.bureau, reading("6.5"))
    assert alarm is not None
    e_alarms.receive(world.bureau, reading("9", 40))
    alarm.refresh_from_db()
    assert alarm.closed_on is None
    with pytest.raises(store.RefusedError, match="处置措施"):
        store.change(registry.get("greenhouse_alarms"), alarm, {"closed_on": "2015-01-18"})
    alarm.refresh_from_db()
    e_alarms.handle(alarm, "检查放风口", on=date(2015, 1, 18))
    assert alarm.stage == "closed"


def test_e10_cold_again_keeps_the_same_alarm_and_a_new_night_opens_another(world: World, house: str) -> None:
    alarm = e_alarms.receive(world.bureau, reading("6.5"))
    e_alarms.receive(world.bureau, reading("9", 40))
    assert e_alarms.receive(world.bureau, reading("7", 50)) == alarm
    assert alarm is not None
    alarm.refresh_from_db()
    assert alarm.result == ""
    e_alarms.receive(world.bureau, reading("9", 90))
    alarm.refresh_from_db()
    e_alarms.handle(alarm, "加温", on=date(2015, 1, 18))
    assert e_alarms.receive(world.bureau, reading("5", 24 * 60)) != alarm
    assert Case.objects.filter(kind="greenhouse_alarm").count() == 2


def test_e10_the_same_reading_twice_is_one(world: World, house: str) -> None:
    e_alarms.receive(world.bureau, reading("20"))
    e_alarms.receive(world.bureau, reading("20"))
    assert Observation.objects.filter(kind="greenhouse_reading").count() == 1
    assert not Case.objects.filter(kind="greenhouse_alarm").exists()


def test_e10_unknown_house_or_metric_is_refused(world: World, house: str) -> None:
    with pytest.raises(store.RefusedError, match="没有编号为“Z-1”的温室"):
        e_alarms.receive(world.bureau, reading("6", house="Z-1"))
    with pytest.raises(store.RefusedError, match="没有“气压”这个监测指标"):
        e_alarms.receive(world.bureau, Reading("A-05", "气压", Decimal(1), NIGHT))


def test_e10_silent_device_is_offline(world: World, house: str) -> None:
    e_alarms.receive(world.bureau, reading("20"))
    due = [item for item in reminders.due("990102", date(2015, 1, 20)) if item.ledger == "grow_houses"]
    assert len(due) == 1
    assert "离线" in due[0].message
    e_alarms.receive(world.bureau, Reading("A-05", "temperature", Decimal(20), timezone.make_aware(datetime(2015, 1, 20, 23, 0))))
    assert not [item for item in reminders.due("990102", date(2015, 1, 20)) if item.ledger == "grow_houses"]


@pytest.mark.parametrize(
    ("text", "message"),
    [("温度 35~8", "下限应小于上限"), ("气压 1~2", "没有“气压”"), ("温度", "不是限值"), ("温度 8度以上", "不是限值")],
)
def test_e10_limits_are_read_or_refused(text: str, message: str) -> None:
    from jushi.ledger.columns import CellError, Lookup

    column = e_limits.Limits("limits")
    assert column.convert("温度 -2.5~35；湿度 ~90", Lookup("990102", date(2015, 1, 1))) == {
        "temperature": {"low": "-2.5", "high": "35"}, "humidity": {"high": "90"},
    }  # fmt: skip
    with pytest.raises(CellError, match=message):
        column.convert(text, Lookup("990102", date(2015, 1, 1)))


def test_e11_households_are_distinct(world: World, add: Adder) -> None:
    for n in range(5):
        add("households", number=f"T-{n}", title=f"户主{n}", area=world.village(n), registered_on="2013-01-01")
    add("field_visits", title="甲村指导", held_on="2015-03-02", area=world.village(0), households="T-0、T-1、T-2", greenhouses_guided=4,
        sheds_guided=5, attendances=30, books=20)  # fmt: skip
    add("field_visits", title="乙村指导", held_on="2015-04-02", area=world.village(1), households="T-2、T-3", greenhouses_guided=6,
        sheds_guided=1, attendances=12)  # fmt: skip
    add(
        "field_visits",
        State.PENDING,
        title="未核",
        held_on="2015-05-02",
        area=world.village(2),
        households="T-4",
        attendances=99,
    )
    assert figure("IG06") == 4
    assert figure("field_visits.held") == 2
    assert (figure("IG07"), figure("IG08"), figure("IG09"), figure("IG10")) == (10, 6, 42, 20)
    assert len(behind("IG06", Area.objects.get(code="990102000000"), parse("2015")).rows) == 4


def test_e11_a_visit_to_nobody_is_refused(world: World, add: Adder) -> None:
    with pytest.raises(store.RefusedError, match="至少填走访农户"):
        add("field_visits", title="空走一趟", held_on="2015-03-02", area=world.village(0))


def test_e07_the_table_per_point_adds_up_to_the_figures(world: World, add: Adder, point: str, build: Any) -> None:
    add("veg_points", title="石渠示范点", area=world.village(11), land_mu=30, built_on="2014-03-01")
    add("veg_points", title="还没建成", area=world.village(12), land_mu=30)
    for n in range(3):
        add("grow_houses", number=f"S-{n}", title=f"棚{n}", category="shed", base=point, built_on="2014-03-01")
    add("grow_houses", number="G-0", title="温室", category="greenhouse", base="石渠示范点", built_on="2014-03-01")
    add("grow_houses", number="G-1", title="拆了", category="greenhouse", base="石渠示范点", built_on="2014-03-01", ended_on="2015-06-30")
    add("veg_areas", base=point, crop="黄瓜", mode="open_field", quantity="12.5", starts_on="2015-04-02")
    (table,) = build("veg_points", "points", on=date(2015, 12, 31))
    assert [[c.value for c in line.cells][:6] for line in table.lines] == [
        ["松岗示范点", world.village(10), 40, Decimal("12.5"), 3, 0], ["石渠示范点", world.village(11), 30, 0, 0, 1],
    ]  # fmt: skip
    assert [c.value for c in table.total][1:6] == [2, "", Decimal("12.5"), 3, 1]
    assert [figure(c) for c in ("IE15", "IE16", "IE17", "IE18")] == [2, Decimal("12.5"), 3, 1]


def test_e11_places_count_a_household_once(world: World, add: Adder, households: list[str], build: Any) -> None:
    for n, (place, homes) in enumerate(((0, households[:3]), (0, households[:1]), (1, households[2:]))):
        add("field_visits", title="到棚指导", held_on=f"2015-04-1{n}", area=world.village(place), households="、".join(homes), greenhouses_guided=10)
    (table,) = build("field_visits", "places", year=2015)
    assert [[c.value for c in line.cells][:4] for line in table.lines] == [[world.village(0), 2, 3, 20], [world.village(1), 1, 3, 10]]
    assert [c.value for c in table.total][:4] == ["2 个地点", 3, 5, 30]
