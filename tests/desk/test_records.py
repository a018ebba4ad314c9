"""Records: register, change, two editors at once, files, lines, links, history, uses."""

from __future__ import annotations

import pytest
from desk_world import World, number, stored_form
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jushi.indicators import usage
from jushi.kernel.models import Evidence, Operation
from jushi.ledger import registry

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


def filled(n: int = 1, **more: str) -> dict[str, str]:
    return {"number": number(n), "title": "一种节水滴灌带", "type": "invention", "applied_on": "2015-04-01", **more}


def test_a_record_is_registered_with_two_files_by_one_save(world: World, settings: object, tmp_path: object) -> None:
    settings.EVIDENCE_ROOT = tmp_path  # type: ignore[attr-defined]
    client = world.client("clerk")
    files = [SimpleUploadedFile("现场.png", PNG), SimpleUploadedFile("证书.pdf", b"%PDF-1.4 x")]
    before = Operation.objects.count()
    response = client.post("/l/patents/new", {**filled(), "files": files, "submit": "1"})
    assert response.status_code == 302
    record = registry.get("patents").queryset().get()
    assert (record.title, record.state, record.created_by) == ("一种节水滴灌带", "pending", world.users["clerk"])
    assert Evidence.objects.filter(record_id=record.pk).count() == 2
    assert Operation.objects.count() == before + 1


def test_a_refused_file_saves_nothing_and_keeps_what_was_typed(world: World, settings: object, tmp_path: object) -> None:
    settings.EVIDENCE_ROOT = tmp_path  # type: ignore[attr-defined]
    response = world.client("clerk").post("/l/patents/new", {**filled(), "files": [SimpleUploadedFile("a.exe", b"MZ00")]})
    text = response.content.decode()
    assert response.status_code == 422 and "可执行程序" in text and "一种节水滴灌带" in text
    assert not registry.get("patents").queryset().exists()


def test_every_error_stands_at_its_field_and_on_top(world: World) -> None:
    response = world.client("clerk").post("/l/patents/new", filled(applied_on="2015-13-40", number="123", title=""))
    text = response.content.decode()
    assert response.status_code == 422
    for name in ("applied_on", "number", "title"):
        assert f'href="#id_{name}"' in text
    assert 'value="123"' in text and 'value="2015-13-40"' in text


def test_an_edit_writes_only_what_was_changed(world: World) -> None:
    record = world.patent(1)
    client = world.client("clerk")
    page = client.get(f"/l/patents/{record.pk}/edit").content.decode()
    data = {
        **stored_form(page),
        "number": record.number,
        "title": "一种改进的样机",
        "type": "invention",
        "applied_on": "2015-03-02",
    }
    assert client.post(f"/l/patents/{record.pk}/edit", data).status_code == 302
    record.refresh_from_db()
    assert record.title == "一种改进的样机"
    history = client.get(f"/l/patents/{record.pk}/?tab=history").content.decode()
    assert "<del>一种可调式样机1</del>" in history and "<ins>一种改进的样机</ins>" in history and "测试clerk" in history


def test_two_editors_keep_both_works(world: World) -> None:
    """The second saver touched another field: both changes stand, nobody is asked."""
    record = world.patent(1)
    first, second = world.client("clerk"), world.client("office_head")
    url = f"/l/patents/{record.pk}/edit"
    form_a, form_b = (stored_form(c.get(url).content.decode()) for c in (first, second))
    base = {"number": record.number, "title": record.title, "type": "invention", "applied_on": "2015-03-02"}
    first.post(url, {**form_a, **base, "title": "甲改的名称"})
    assert second.post(url, {**form_b, **base, "agency": "乙填的代理"}).status_code == 302
    record.refresh_from_db()
    assert (record.title, record.agency) == ("甲改的名称", "乙填的代理")


def test_two_editors_of_one_field_are_shown_both_values(world: World) -> None:
    record = world.patent(1)
    first, second = world.client("clerk"), world.client("office_head")
    url = f"/l/patents/{record.pk}/edit"
    form_a, form_b = (stored_form(c.get(url).content.decode()) for c in (first, second))
    base = {"number": record.number, "title": record.title, "type": "invention", "applied_on": "2015-03-02"}
    first.post(url, {**form_a, **base, "title": "甲改的名称"})
    conflict = second.post(url, {**form_b, **base, "title": "乙改的名称", "agency": "乙填的代理"})
    text = conflict.content.decode()
    assert conflict.status_code == 409
    assert "甲改的名称" in text and "乙改的名称" in text and 'value="乙填的代理"' in text
    choice = {**stored_form(text), **base, "title": "乙改的名称", "agency": "乙填的代理", "take.title": "theirs"}
    assert second.post(url, choice).status_code == 302
    record.refresh_from_db()
    assert (record.title, record.agency) == ("甲改的名称", "乙填的代理")


def test_all_tabs_open_within_a_budget(world: World, django_assert_max_num_queries: object) -> None:
    record = world.patent(1, state="confirmed")
    client = world.client("clerk")
    client.get("/")
    for tab in ("content", "course", "files", "links", "uses", "history"):
        with django_assert_max_num_queries(16):  # type: ignore[operator]
            assert client.get(f"/l/patents/{record.pk}/?tab={tab}").status_code == 200


def test_a_remark_stays_in_the_course(world: World) -> None:
    record = world.patent(1)
    client = world.client("clerk")
    client.post(f"/l/patents/{record.pk}/remark", {"text": "已电话核实申请人"})
    assert "已电话核实申请人" in client.get(f"/l/patents/{record.pk}/?tab=course").content.decode()


def test_uses_name_the_indicators_that_count_a_record(world: World) -> None:
    invention, design = world.patent(1), world.patent(2, type="外观设计")
    codes = {i.code for i in usage.counting(invention)}
    assert {"patents.filed", "patents.filed_inventions"} <= codes
    assert "patents.filed_inventions" not in {i.code for i in usage.counting(design)}


def test_links_lead_both_ways(world: World) -> None:
    firm = world.add("organisations", title="虚谷区晨星科技有限公司", **first_choices("organisations"))
    record = world.patent(1, owner=firm.title)
    client = world.client("clerk")
    assert firm.title in client.get(f"/l/patents/{record.pk}/?tab=links").content.decode()
    back = client.get(reverse("record", args=["organisations", firm.pk]) + "?tab=links").content.decode()
    assert record.title in back and f"/l/patents/?owner={firm.pk}" in back
    assert record.title in client.get(f"/l/patents/?owner={firm.pk}").content.decode()
    assert client.get(f"/go/entities.IPRight/{record.pk}").url == f"/l/patents/{record.pk}/"


def first_choices(code: str) -> dict[str, str]:
    """A value for every required choice of a ledger."""
    ledger = registry.get(code)
    from jushi.ledger.columns import Choice, Day

    lookup = ledger.lookup("990102", __import__("datetime").date(2015, 6, 1))
    found = {}
    for column in ledger.editable:
        if column.required and isinstance(column, Choice):
            found[column.name] = column.choices(lookup)[0][0]
        elif column.required and isinstance(column, Day):
            found[column.name] = "2015-01-05"
    return found


def test_suggestions_come_while_typing(world: World) -> None:
    world.add("organisations", title="虚谷区晨星科技有限公司", **first_choices("organisations"))
    found = world.client("clerk").get("/suggest?ledger=patents&column=owner&q=晨星").json()
    assert [x["value"] for x in found["results"]] == ["虚谷区晨星科技有限公司"]
    towns = world.client("clerk").get("/suggest?ledger=patents&column=area&q=云台").json()
    assert [x["value"] for x in towns["results"]] == ["云台镇"]


def test_line_tables_are_edited_in_place(world: World) -> None:
    with_lines = [x for x in registry.ledgers() if x.lines and not x.zone and not x.read_only]
    if not with_lines:
        pytest.skip("还没有带明细表的台账")
    ledger = with_lines[0]
    page = world.client("clerk").get(reverse("record-new", args=[ledger.code])).content.decode()
    assert f"line.{ledger.lines[0].name}.0." in page and "data-lines" in page


def test_files_are_shown_and_removed(world: World, settings: object, tmp_path: object) -> None:
    settings.EVIDENCE_ROOT = tmp_path  # type: ignore[attr-defined]
    record = world.patent(1)
    client = world.client("clerk")
    url = f"/l/patents/{record.pk}/files"
    client.post(url, {"files": [SimpleUploadedFile("a.png", PNG), SimpleUploadedFile("b.sh", b"#!/bin/sh")]})
    item = Evidence.objects.get()
    shown = client.get(f"{url}/{item.pk}")
    assert shown.headers["Content-Type"] == "image/png" and b"".join(shown.streaming_content) == PNG
    assert world.client("system_admin").get(f"{url}/{item.pk}").status_code == 404
    client.post(f"{url}/{item.pk}/remove")
    assert not Evidence.objects.exists()


def test_an_upload_beyond_the_limit_is_answered_in_words(world: World, settings: object, tmp_path: object) -> None:
    settings.EVIDENCE_ROOT, settings.UPLOAD_LIMIT = tmp_path, 100_000  # type: ignore[attr-defined]
    record = world.patent(1)
    big = SimpleUploadedFile("a.png", PNG + b"0" * 400_000)
    response = world.client("clerk").post(f"/l/patents/{record.pk}/files", {"files": [big]}, follow=True)
    assert not Evidence.objects.exists() and "压缩或拆分" in response.content.decode()
