"""What an account may not see answers like what does not exist, and occurs nowhere."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from desk_world import COUNTY, World, number
from django.urls import reverse

from jushi.kernel import oplog
from jushi.kernel.models import Grant
from jushi.kernel.roles import rights_of
from jushi.kernel.states import State
from jushi.ledger import registry, store, visibility
from jushi.ledger.declaration import Ledger

SECRET = "不许外传的标题"


def hidden_ledgers() -> list[Ledger]:
    return [x for x in registry.ledgers() if x.zone == "party" and not x.read_only]


def plant(world: World, ledger: Ledger) -> Any:
    """A row of a restricted ledger, written past the form: only its title and place matter here."""
    author = store.author_for(ledger, world.bureau, world.users["party_secretary"])
    record = store.build(ledger, {}, author)
    record.title, record.state, record.year = SECRET, State.CONFIRMED, 2015
    if ledger.at != "year":
        day: Any = dt.date(2015, 6, 1)
        setattr(
            record,
            ledger.at,
            dt.datetime(2015, 6, 1, tzinfo=dt.UTC) if "DateTime" in type(ledger.at_field).__name__ else day,
        )
    with oplog.operation("新建", county=COUNTY):
        record.save()
    return record


def test_every_address_of_a_restricted_record_is_unknown(world: World) -> None:
    ledger = hidden_ledgers()[0]
    record = plant(world, ledger)
    clerk, secretary = world.client("clerk"), world.client("party_secretary")
    base = reverse("record", args=[ledger.code, record.pk])
    assert SECRET in secretary.get(base).content.decode()
    for url in (base, f"{base}edit", f"{base}correct", f"{base}stage", f"{base}?tab=history", f"{base}files/{record.pk}",
                reverse("ledger", args=[ledger.code]), reverse("record-new", args=[ledger.code]),
                reverse("ledger-totals", args=[ledger.code]), f"/go/{ledger.model._meta.label}/{record.pk}",
                f"/api/l/{ledger.code}/", f"/api/l/{ledger.code}/{record.pk}"):  # fmt: skip
        response = clerk.get(url)
        assert response.status_code == 404, url
        assert SECRET not in response.content.decode()


@pytest.mark.parametrize("role", ["clerk", "system_admin", "editor"])
def test_a_restricted_record_occurs_nowhere(world: World, role: str) -> None:
    rows = [plant(world, ledger) for ledger in hidden_ledgers()[:4]]
    client = world.client(role)
    urls = ["/", "/l/", "/search?q=外传", "/palette?q=外传", "/corrections", "/api/ledgers"]
    urls += [reverse("ledger", args=[x.code]) for x in registry.ledgers()]
    urls += [f"/api/l/{x.code}/" for x in registry.ledgers()]
    for url in urls:
        text = client.get(url).content.decode()
        assert SECRET not in text, url
        assert not any(str(row.pk) in text for row in rows), url


def test_a_view_across_kinds_leaves_out_what_is_closed(world: World) -> None:
    hidden = hidden_ledgers()
    beside = [
        (x, h) for x in registry.ledgers() for h in hidden if not x.zone and x.model is h.model and (not x.kinds or set(x.kinds) & set(h.kinds))
    ]
    if not beside:
        pytest.skip("没有跨类别的台账")
    ledger, closed = beside[0]
    record = plant(world, closed)
    assert str(record.pk) not in world.client("clerk").get(reverse("ledger", args=[ledger.code])).content.decode()


def test_suggestions_and_filters_do_not_reveal_restricted_names(world: World) -> None:
    rights = rights_of(world.users["clerk"], dt.date(2015, 6, 1))
    for ledger in hidden_ledgers():
        plant(world, ledger)
        assert not visibility.visible_of(ledger.model.objects.filter(title=SECRET), ledger.model, rights).exists()
        assert not visibility.visible(ledger.queryset(), ledger, rights).exists()


def test_a_specialist_sees_his_own_records_only(world: World) -> None:
    mine, other = world.patent(1, by="specialist"), world.patent(2)
    client = world.client("specialist")
    text = client.get("/l/patents/").content.decode()
    assert str(mine.pk) in text and str(other.pk) not in text
    assert client.get(f"/l/patents/{other.pk}/").status_code == 404
    found = client.get("/search?q=可调式").content.decode()
    assert mine.title in found and other.title not in found
    assert client.get("/api/l/patents/").json()["count"] == 1
    assert client.post("/l/patents/batch", {"do": "submit", "pick": [other.pk]}).status_code == 302
    other.refresh_from_db()
    assert other.state == "draft"


def test_a_village_worker_sees_his_township_only(world: World) -> None:
    inside = world.patent(1, area="云台镇")
    outside = world.patent(2, area="松岗镇")
    text = world.client("village_worker").get("/l/patents/").content.decode()
    assert str(inside.pk) in text and str(outside.pk) not in text


def test_a_village_worker_registers_in_his_township_only(world: World) -> None:
    client = world.client("village_worker")
    values = {"number": number(1), "title": "一种可调式样机1", "type": "invention", "applied_on": "2015-03-02"}
    refused = client.post("/l/patents/new", {**values, "area": "松岗镇"})
    assert refused.status_code == 422 and "只能登记您负责的乡镇" in refused.content.decode()
    assert client.post("/l/patents/new", {**values, "area": "云台镇"}).status_code == 302
    assert 'value="云台镇"' in client.get("/l/patents/new").content.decode()


def test_another_county_does_not_exist(world: World) -> None:
    from jushi.kernel import scope
    from jushi.kernel.models import Area, Bureau, User

    record = world.patent(1)
    area = Area.objects.create(code="990121000000", name="拟林县", rank="county")
    bureau = Bureau.objects.create(area=area, county="990121", name="拟林县科学技术局", short_name="县科技局")
    stranger = User.objects.create(username="stranger", full_name="外人", bureau=bureau)
    Grant.objects.create(user=stranger, role="director")
    world.users["stranger"] = stranger
    with scope.use(scope.of_counties(["990121"], "外人")):
        client = world.client("stranger")
        assert client.get(f"/l/patents/{record.pk}/").status_code == 404
        for url in ("/l/patents/", "/search?q=可调式", "/api/l/patents/"):
            assert str(record.pk) not in client.get(url).content.decode()


def test_personal_values_are_masked_and_unmasking_is_on_record(world: World) -> None:
    from jushi.kernel.models import Operation

    found = [(x, c) for x in registry.ledgers() if not x.zone for c in x.listed if c.personal == "phone" and not c.detail and not c.is_part]
    if not found:
        pytest.skip("没有带电话列的台账")
    ledger, column = found[0]
    record = plant(world, ledger)
    with oplog.operation("修改", county=COUNTY):
        setattr(record, column.name, "13912345678")
        record.save()
    url = reverse("ledger", args=[ledger.code])
    clerk = world.client("clerk").get(f"{url}?unmask=1").content.decode()
    assert "139****5678" in clerk and "13912345678" not in clerk
    before = Operation.objects.filter(name="查看完整个人信息").count()
    assert "13912345678" in world.client("director").get(f"{url}?unmask=1").content.decode()
    assert Operation.objects.filter(name="查看完整个人信息").count() == before + 1


def test_numbers_are_unique_per_call() -> None:
    assert len({number(n) for n in range(50)}) == 50


def test_a_higher_office_reads_the_counties_below_it_and_no_other(world: World) -> None:
    from jushi.kernel import scope
    from jushi.kernel.models import Area, Bureau, User

    record = world.patent(1, state="confirmed")
    city = Area.objects.create(code="990100000000", name="演示市", rank="city")
    other = Area.objects.create(code="990200000000", name="另一市", rank="city")
    for name, area, expected in (("inside", city, True), ("outside", other, False)):
        bureau = Bureau.objects.create(area=area, county="", name=f"{area.name}科学技术局", short_name="市科技局")
        world.users[name] = User.objects.create(username=name, full_name=name, bureau=bureau)
        Grant.objects.create(user=world.users[name], role="director")
        with scope.use(scope.of_counties([], name)):
            client = world.client(name)
            assert client.get("/").status_code == 200
            assert (str(record.pk) in client.get("/l/patents/").content.decode()) is expected
            assert client.get(f"/l/patents/{record.pk}/").status_code == (200 if expected else 404)
            for url in ("/search?q=可调式", "/l/patents/?q=可调式"):
                assert (record.title in client.get(url).content.decode()) is expected
            assert client.get("/l/patents/new").status_code in (403, 404)
            menu = client.get("/").content.decode()
            for address in ("/check/", "/plan/", "/plan/routines", "/admin/", "/admin/accounts"):
                answer = client.get(address)
                assert answer.status_code == 403 and "由县（区）局自己办理" in answer.content.decode(), address
                assert f'href="{address}"' not in menu


def test_an_export_names_restricted_records_no_more_than_the_list_does(world: World) -> None:
    hidden = plant(world, next(x for x in hidden_ledgers() if x.model._meta.label == "entities.PlanItem"))
    ledger = registry.get("plan_items")
    row = store.build(ledger, {}, store.author_for(ledger, world.bureau, world.users["clerk"]))
    row.title, row.period, row.year, row.state, row.carried_from = "看得见的事项", "2015", 2015, State.CONFIRMED, hidden
    with oplog.operation("新建", county=COUNTY):
        row.save()
    for role in ("clerk", "editor", "director"):
        client = world.client(role)
        shown = SECRET in client.get("/l/plan_items/?cols=title&cols=carried_from").content.decode()
        csv = b"".join(client.get("/l/plan_items/export?format=csv").streaming_content).decode()
        book = openpyxl.load_workbook(io.BytesIO(client.get("/l/plan_items/export").content)).worksheets[0]
        cells = [str(cell) for line in book.iter_rows(values_only=True) for cell in line if cell is not None]
        assert "看得见的事项" in csv and "看得见的事项" in cells
        assert (SECRET in csv) == (SECRET in cells) == (role == "director"), role
        assert shown <= (role == "director")
        assert ("（受限）" in csv) == (role != "director")
