"""States, stages, corrections, closed months."""

from __future__ import annotations

from desk_world import World, number, stored_form

from jushi.kernel.models import Closing, Correction


def test_submit_return_confirm_lock(world: World) -> None:
    record = world.patent(1)
    url = f"/l/patents/{record.pk}/move"
    clerk, head = world.client("clerk"), world.client("office_head")
    clerk.post(url, {"do": "submit"})
    head.post(url, {"do": "return"})
    record.refresh_from_db()
    assert record.state == "pending"  # no reason given
    head.post(url, {"do": "return", "reason": "缺受理通知书"})
    record.refresh_from_db()
    assert (record.state, record.returned_reason) == ("draft", "缺受理通知书")
    assert "缺受理通知书" in clerk.get("/").content.decode()
    clerk.post(url, {"do": "submit"})
    assert clerk.post(url, {"do": "confirm"}).status_code == 403
    head.post(url, {"do": "confirm"})
    head.post(url, {"do": "lock"})
    record.refresh_from_db()
    assert record.state == "locked"


def test_nobody_confirms_his_own_record_and_the_page_says_so(world: World) -> None:
    record = world.patent(1, by="office_head", state="pending")
    head = world.client("office_head")
    response = head.post(f"/l/patents/{record.pk}/move", {"do": "confirm"})
    assert response.status_code == 403 and "不能审核自己登记的记录" in response.content.decode()
    assert "不能审核自己登记的记录" in head.get(f"/l/patents/{record.pk}/").content.decode()


def test_a_confirmed_record_is_not_edited(world: World) -> None:
    record = world.patent(1, state="confirmed")
    response = world.client("clerk").get(f"/l/patents/{record.pk}/edit")
    assert response.status_code == 403 and "更正" in response.content.decode()


def test_a_stage_asks_for_what_it_needs(world: World) -> None:
    record = world.patent(1, granted_on="2016-01-01")
    url = f"/l/patents/{record.pk}/stage"
    client = world.client("clerk")
    client.post(url, {"to": "granted", "on": "2016-01-01"})
    record.refresh_from_db()
    assert record.stage == "granted"
    refused = client.post(url, {"to": "ended", "on": "2020-01-01", "end_reason": ""})
    assert refused.status_code == 422 and "失效原因" in refused.content.decode()


def test_a_correction_shows_what_it_moves_and_is_approved_by_another(world: World) -> None:
    record = world.patent(1, state="confirmed")
    clerk, deputy = world.client("clerk"), world.client("deputy")
    url = f"/l/patents/{record.pk}/correct"
    values = {"number": number(1, 3), "title": record.title, "applied_on": "2015-03-02", "type": "design"}
    assert clerk.post(url, values).status_code == 422  # no reason
    clerk.post(url, {**values, "reason": "类型登记错误"})
    wish = Correction.objects.get()
    page = deputy.get(f"/corrections/{wish.pk}").content.decode()
    assert "发明专利申请量" in page and "会变动的数字" in page
    record.refresh_from_db()
    assert record.type == "invention"  # the rehearsal left nothing behind
    assert clerk.post(f"/corrections/{wish.pk}", {"do": "approve"}).status_code == 403
    deputy.post(f"/corrections/{wish.pk}", {"do": "approve"})
    record.refresh_from_db()
    wish.refresh_from_db()
    assert (record.type, wish.state, record.state) == ("design", "approved", "confirmed")


def test_a_month_is_closed_and_opened_again_with_a_reason(world: World) -> None:
    record = world.patent(1, state="confirmed")
    head, deputy = world.client("office_head"), world.client("deputy")
    url = "/l/patents/closing"
    assert world.client("clerk").post(url, {"month": "2015-03"}).status_code == 403
    head.post(url, {"month": "2015-03"})
    record.refresh_from_db()
    assert record.state == "locked" and Closing.objects.count() == 1
    draft = {"number": "201510601862.1", "title": "补记", "type": "invention", "applied_on": "2015-03-09"}
    late = world.client("clerk").post("/l/patents/new", draft)
    assert late.status_code == 422 and "锁账" in late.content.decode()
    deputy.post(url, {"month": "2015-03", "open": "1"})
    assert Closing.objects.count() == 1
    deputy.post(url, {"month": "2015-03", "open": "1", "reason": "补录漏报"})
    assert not Closing.objects.exists()


def test_the_form_of_a_returned_record_keeps_version(world: World) -> None:
    record = world.patent(1)
    page = world.client("clerk").get(f"/l/patents/{record.pk}/edit").content.decode()
    assert stored_form(page)["version"] == str(record.version)


def test_who_works_with_his_own_records_moves_no_record_of_the_office_on(world: World) -> None:
    world.add("people", state="confirmed", title="考核甲")
    person = world.users["specialist"]
    world.add("specialists", state="confirmed", person="考核甲", level="county", starts_on="2014-01-01", handler=str(person.pk))
    sheet = world.add("specialist_assessments", designation="考核甲", period="2015", held_on="2015-12-20")
    client, url = world.client("specialist"), f"/l/specialist_assessments/{sheet.pk}/"
    assert client.get(url).status_code == 200, "his own sheet is his to see"
    assert client.get(f"{url}digests/sheet").status_code == 200
    assert client.get(f"{url}stage?to=scored").status_code == 403
    assert client.post(f"{url}digests/sheet", {"do": "recount"}).status_code == 422
    client.post(f"{url}digests/sheet", {"do": "appeal", "appeal-appeal": "漏记三次培训"})
    assert "漏记三次培训" in world.client("director").get(f"{url}digests/sheet").content.decode()
    other = world.add("specialist_assessments", designation="考核甲", period="2014", held_on="2014-12-20", handler=str(world.users["clerk"].pk))
    assert client.get(f"/l/specialist_assessments/{other.pk}/digests/sheet").status_code == 404


def test_whoever_confirms_is_led_to_the_next_record(world: World) -> None:
    first, second, own = world.patent(1, state="pending"), world.patent(2, state="pending"), world.patent(3, by="office_head", state="pending")
    head = world.client("office_head")
    page = head.post(f"/l/patents/{second.pk}/move", {"do": "confirm"}, follow=True).content.decode()
    assert "下一条待核" in page and f"/l/patents/{first.pk}/" in page and str(own.pk) not in page
    page = head.post(f"/l/patents/{first.pk}/move", {"do": "return", "reason": "缺附件"}, follow=True).content.decode()
    assert "没有待您核定的记录了" in page
    assert "待核：" not in head.get(f"/l/patents/{first.pk}/").content.decode()
