"""E10: a greenhouse's device sends readings under its own key; out of limits opens one alarm, and nobody else can send."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from desk_world import World
from django.test import Client

from jushi.entities.models import Case, CaseStep, Facility, Observation
from jushi.kernel import scope
from jushi.ledger import registry, store

URL = "/api/l/greenhouse_readings/"


@pytest.fixture
def house(world: World) -> Iterator[Any]:
    rural = world.users["office_head"]
    rural.grants.create(role="office_head", office_code="rural")
    world.add("people", state="confirmed", title="管棚人", phone="13800138000")
    world.add("veg_points", state="confirmed", title="试样示范点", area="云台镇", manager="管棚人", land_mu=30, built_on="2014-03-01")
    made = world.add(
        "grow_houses", state="confirmed", number="A-05", title="五号温室", category="greenhouse", base="试样示范点", built_on="2014-04-01",
        limits="温度 8~35",
    )  # fmt: skip
    with scope.use(scope.of_counties([world.bureau.county], "测试")):
        yield made


def key_of(world: World, house: Any) -> str:
    client = world.client("office_head")
    url = f"/l/grow_houses/{house.pk}/digests/device"
    assert "还没有密钥" in client.get(url).content.decode()
    client.post(url, {"do": "renew"})
    page = client.get(url).content.decode()
    found = re.search(r"js-[\w-]+", page)
    assert found and "已生成密钥" in page and "js-" not in client.get(url).content.decode()
    return found[0]


def send(key: str, body: Any) -> Any:
    content = body if isinstance(body, str) else json.dumps(body)
    return Client(enforce_csrf_checks=True).post(URL, content, content_type="application/json", headers={"Authorization": f"Bearer {key}"})


def reading(value: float, minute: int = 10, **more: Any) -> dict[str, Any]:
    return {"metric": "temperature", "value": value, "at": f"2015-01-18T03:{minute:02d}+08:00"} | more


def test_e10_a_reading_below_the_limit_opens_one_alarm_that_closes_with_action_and_recovery(world: World, house: Any) -> None:
    key = key_of(world, house)
    first = send(key, reading(6.5))
    assert first.status_code == 200 and first.json()["results"] == [{"alarm": "A-05-201501180310"}]
    again = send(key, [reading(6.4, n) for n in range(11, 30)])
    assert again.json()["taken"] == 19 and Case.objects.count() == 1 and Observation.objects.count() == 20
    notes = CaseStep.objects.filter(action="通知").values_list("content", flat=True)
    assert any("管棚人（13800138000）" in note for note in notes)
    assert "温度告警尚未办结" in world.client("office_head").get("/todo").content.decode()
    assert send(key, reading(9.1, 50)).json()["results"] == [{"alarm": "A-05-201501180310"}]
    alarm = Case.objects.get()
    store.advance(registry.get("greenhouse_alarms"), alarm, "handled", on=alarm.raised_on, raw={"measures": "加盖草帘"})
    alarm = Case.objects.get()
    assert alarm.stage == "closed" and "9.1℃" in alarm.result and alarm.measures == "加盖草帘"


def test_e10_only_the_greenhouses_own_key_of_now_is_good(world: World, house: Any) -> None:
    key = key_of(world, house)
    for wrong in ("", "x", key[:-1], key.replace("990102", "990124"), key[:-4] + "abcd"):
        assert send(wrong, reading(6.5)).status_code == 401
    fresh = world.client("office_head")
    fresh.post(f"/l/grow_houses/{house.pk}/digests/device", {"do": "renew"})
    assert send(key, reading(6.5)).status_code == 401
    assert Observation.objects.count() == 0


def test_e10_editing_the_greenhouse_keeps_its_key_and_taking_it_out_of_use_ends_it(world: World, house: Any) -> None:
    key = key_of(world, house)
    row = Facility.objects.get()
    row = store.change(registry.get("grow_houses"), row, {"title": "五号日光温室"}) or Facility.objects.get()
    assert send(key, reading(20)).status_code == 200
    store.change(registry.get("grow_houses"), Facility.objects.get(), {"ended_on": "2016-01-01"})
    assert send(key, reading(20, 30)).status_code == 401


def test_e10_nonsense_is_refused_in_words_and_the_rest_is_kept(world: World, house: Any) -> None:
    key = key_of(world, house)
    mixed = send(key, [reading(20), {"metric": "气压", "value": "x", "at": "昨天"}, reading(20, 11, metric="温度")])
    assert mixed.status_code == 422 and (mixed.json()["taken"], mixed.json()["refused"]) == (2, 1)
    assert set(mixed.json()["results"][1]["problems"]) == {"metric", "value", "at"}
    assert send(key, reading(20, at="2999-01-01T00:00")).json()["results"][0]["problems"]["at"].startswith("观测时间")
    for body in ("{", "[]", "3", '"x"', "[" * 5000):
        assert send(key, body).status_code == 400
    assert send(key, {"metric": "temperature", "value": "NaN"}).status_code == 422
    assert Client().post("/api/l/patents/", "{}", content_type="application/json").status_code == 404


def test_e10_sending_again_changes_nothing(world: World, house: Any) -> None:
    key = key_of(world, house)
    for _ in range(3):
        assert send(key, reading(20)).status_code == 200
    assert Observation.objects.count() == 1


def test_e10_the_expert_with_an_account_finds_the_alarm_among_his_things_to_do(world: World, house: Any) -> None:
    person = world.users["specialist"]
    world.add("people", state="confirmed", title="特派甲")
    world.add("specialists", state="confirmed", person="特派甲", level="county", starts_on="2014-01-01", handler=str(person.pk),
              field="protected_vegetable", places="云台镇")  # fmt: skip
    assert "尚未办结" not in world.client("specialist").get("/todo").content.decode()
    send(key_of(world, house), reading(6.5))
    page = world.client("specialist").get("/todo").content.decode()
    assert "A-05 温度告警尚未办结" in page and "离线" not in page
    alarm = Case.objects.get()
    assert "特派甲" in world.client("specialist").get(f"/l/greenhouse_alarms/{alarm.pk}/").content.decode()


def test_limits_are_told_in_words_in_the_history(world: World, house: Any) -> None:
    page = world.client("office_head").get(f"/l/grow_houses/{house.pk}/?tab=history").content.decode()
    assert "温度 8~35" in page and "temperature" not in page
