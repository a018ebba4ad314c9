"""What the acceptance of G01, G13, G15 and G17 asks, played on the pages."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from ledger_pages import Desk, links, words

from jushi.kernel import stamps
from jushi.kernel.evidence import attach
from jushi.kernel.states import State
from jushi.ledger import registry, store
from jushi.ledgers.g_joint import send_tasks


@pytest.fixture
def desk(world: Any, add: Any) -> Iterator[Desk]:
    stamps.forget()
    yield Desk(world, add)
    stamps.forget()


def joint(desk: Desk, count: int) -> tuple[Any, Any]:
    """A science week and a conference of member units, each with its liaison."""
    for n in range(count):
        desk.add("organisations", title=f"试样单位{n}", category="department", registered_on="2010-01-01")
        desk.add("people", title=f"联络员{n}")
    group = desk.add("member_units", title="科普联席会议", starts_on="2012-01-01")
    from jushi.entities.models import GroupMember, Organisation, Person
    from jushi.kernel import oplog

    with oplog.operation("登记成员", county=group.county):
        for n in range(count):
            unit, person = Organisation.objects.get(title=f"试样单位{n}"), Person.objects.get(title=f"联络员{n}")
            GroupMember(county=group.county, group=group, organisation=unit, liaison=person, position=n).save()
    return desk.add("science_weeks", title="第15届科技活动周", edition=15, theme="创新创业 科技惠民", held_on="2015-05-18"), group


def test_g15_tasks_go_to_every_unit_and_their_returns_make_the_weeks_figures(desk: Desk, measured: Any) -> None:
    week, group = joint(desk, 26)
    url = f"/l/science_weeks/{week.pk}/digests/tasks"
    clerk = desk.client("kepuyuan")
    assert "还没有下达任务" in clerk.get(url).content.decode()
    sent = {"do": "send", "send-group": str(group.pk), "send-content": "设一个展台", "send-due_on": "2015-06-05"}
    assert clerk.post(url, sent).status_code == 302
    assert clerk.post(url, sent).status_code == 302  # nobody gets a second one
    html = clerk.get(url).content.decode()
    forms = links(html, "/l/joint_returns/new")
    assert "0/26家已回报" in words(html) and len(forms) == 26
    page = clerk.get(forms[0]).content.decode()
    assert 'value="15"' in page and "第15届科技活动周：试样单位" in page  # the form is proposed with its task
    task = registry.get("joint_tasks").queryset().order_by("organisation__title").first()
    raw = {"title": "活动", "edition": "15", "plan_item": task.title, "held_on": "2015-05-18", "units": task.organisation.title, "visitors": "135"}
    assert clerk.post("/l/joint_returns/new", raw | {"submit": "1"}).status_code == 302
    assert "1 份回报还没有核定" in words(clerk.get(url).content.decode())
    store.move(registry.get("joint_returns"), registry.get("joint_returns").queryset().get(), "confirm")
    after = words(clerk.get(url).content.decode())
    assert "1/26家已回报" in after and "已核定合计|" in after and after.count("135|") == 2
    assert measured("2015", "week_activities.visitors", "IG27") == {"week_activities.visitors": 135, "IG27": 1}


def test_g15_a_liaison_with_an_account_finds_the_task_and_returns_the_figures(desk: Desk) -> None:
    from jushi.kernel.models import Grant, User

    week, group = joint(desk, 3)
    user = User.objects.create(username="lianluo", full_name="联络员1（成员单位联络员）", bureau=desk.world.bureau)
    Grant.objects.create(user=user, role="liaison")
    desk.world.users["lianluo"] = user
    send_tasks(desk.world.bureau, week, group, "设一个展台", date(2015, 6, 5), desk.world.users["kepuyuan"])
    client = desk.client("lianluo")
    listed = words(client.get("/l/joint_tasks/").content.decode())
    assert "试样单位1" in listed and "试样单位0" not in listed  # nobody sees another unit's
    task = registry.get("joint_tasks").queryset().get(handler=user)
    html = client.get(f"/l/joint_tasks/{task.pk}/digests/reply").content.decode()
    form = client.get(links(html, "/l/joint_returns/new")[0]).content.decode()
    assert "试样单位1" in form
    raw = {"title": "活动", "edition": "15", "plan_item": task.title, "held_on": "2015-05-18", "units": "试样单位1", "visitors": "80", "submit": "1"}
    assert client.post("/l/joint_returns/new", raw).status_code == 302
    task.refresh_from_db()
    assert task.done_on == date(2015, 5, 18)
    assert "已回报，待核定" in words(client.get(f"/l/joint_tasks/{task.pk}/digests/reply").content.decode())
    assert client.post("/l/joint_returns/new", raw).status_code == 422  # once per task
    other = registry.get("joint_tasks").queryset().exclude(pk=task.pk).first()
    assert client.get(f"/l/joint_tasks/{other.pk}/").status_code == 404
    assert client.get(f"/l/joint_tasks/{other.pk}/digests/reply").status_code == 404


def test_g13_the_citys_list_is_numbered_split_and_hides_phones(desk: Desk) -> None:
    for n in range(47):
        desk.add("people", title=f"信息员{n}", phone=f"1390000{n:04d}")
        desk.add("informants", person=f"信息员{n}", category="full" if n < 9 else "part", recommended_on="2015-06-12")
    text = desk.read("kepuyuan", "/l/informants/digests/recommended", period="2015")
    assert "47|" in text and "共 47 名，其中专职 9 名、兼职 38 名" in text and "139****0046" in text and "13900000046" not in text
    refused = desk.client("kepuyuan").get("/l/informants/digests/recommended", {"period": "2015", "phones": "full"})
    assert "没有查看完整个人信息的权限" in refused.content.decode() and "13900000046" not in refused.content.decode()
    full = desk.read("fenguan", "/l/informants/digests/recommended", period="2015", phones="full")
    assert "13900000046" in full
    book = desk.client("fenguan").get("/l/informants/digests/recommended", {"period": "2015", "format": "xlsx"})
    assert book.status_code == 200 and book.content[:2] == b"PK"
    assert "看不懂期间" in desk.client("kepuyuan").get("/l/informants/digests/recommended", {"period": "去年"}).content.decode()


def test_g17_two_of_forty_lack_proof_and_say_who_owes_it(desk: Desk) -> None:
    desk.add("organisations", title="试样单位", category="department", registered_on="2010-01-01")
    for n in range(40):
        row = desk.add("model_items", title=f"指标{n:02d}", period="2015", organisation="试样单位", assigned_on="2015-03-01", due_on="2015-11-30")
        if n not in (3, 7):
            attach(row, io.BytesIO(f"说明{n}".encode()), f"说明{n}.txt", "试样")
    text = desk.read("kepuyuan", "/l/model_items/digests/proof", period="2015")
    assert "缺口 2 项" in text and "有佐证 38 项，达标率 95.0%" in text
    assert "指标03|试样单位|2015-11-30|" in text and "指标07|试样单位|" in text
    files = desk.client("kepuyuan").get("/l/model_items/digests/proof", {"period": "2015", "file": "0"})
    names = zipfile.ZipFile(io.BytesIO(files.content)).namelist()
    assert len(names) == 39 and "04 指标03/" not in "".join(names) and any(n.endswith("指标00/说明0.txt") for n in names)


def test_g01_a_week_without_edition_has_no_tasks(desk: Desk) -> None:
    row = desk.add("science_weeks", state=State.DRAFT, title="活动周", edition=15, theme="创新创业 科技惠民", held_on="2015-05-18")
    row.held_on = None
    assert registry.get("science_weeks").digest("tasks").on_record(row) is False  # type: ignore[union-attr]
