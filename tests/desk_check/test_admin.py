"""管理: each role its own pages, the others' do not exist; every change is on record; the three stay apart."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from desk_world import BACKEND, COUNTY, World
from django.test import Client
from django.utils import timezone

from jushi.kernel import oplog
from jushi.kernel.models import Bureau, ChangeLine, Grant, Office, Operation, Rule, Term, User

OWN = {
    "system_admin": ("accounts", "offices", "bureau", "ledgers", "terms", "rules"),
    "security_admin": ("grants", "secrecy"),
    "audit_admin": ("log", "log/1", "signins"),
}
ALL = [page for pages in OWN.values() for page in pages]


def reasons(name: str) -> list[str]:
    return list(Operation.objects.filter(name=name).values_list("reason", flat=True))


@pytest.mark.parametrize("role", [*OWN, "director", "editor", "clerk", "village_worker"])
def test_each_role_has_its_own_pages_and_no_other(world: World, role: str) -> None:
    client = world.client(role)
    own = OWN.get(role, ())
    for page in ALL:
        assert client.get(f"/admin/{page}").status_code == (200 if page in own else 404), page
        if page not in own:
            assert client.post(f"/admin/{page}", {"do": "create", "pk": "1", "user": "1", "role": "director"}).status_code == 404
    assert client.get("/admin/").status_code == (302 if own else 404)


def test_the_menu_shows_administration_to_administrators_only(world: World) -> None:
    assert '"/admin/"' in world.client("security_admin").get("/help").content.decode()
    assert '"/admin/"' not in world.client("director").get("/help").content.decode()


def test_a_new_account_gets_a_password_once_and_must_change_it(world: World) -> None:
    client = world.client("system_admin")
    response = client.post("/admin/accounts", {"do": "create", "username": "Xinren", "full_name": "新人"})
    page = response.content.decode()
    codes = re.findall(r"<code>([^<]+)</code>", page)
    assert codes[0] == "xinren"
    user = User.objects.get(username="xinren")
    word = codes[1].replace("&#x27;", "'").replace("&amp;", "&")
    assert user.check_password(word) and user.must_change_password and not user.grants.exists()
    assert codes[1] not in client.get("/admin/accounts").content.decode(), "shown once"
    assert reasons("新建账户") == ["xinren（新人）"] and word not in str(list(Operation.objects.values_list("reason", flat=True)))
    assert client.post("/admin/accounts", {"do": "create", "username": "xinren", "full_name": "又一人"}).status_code == 422
    fresh = Client()
    fresh.force_login(user, backend=BACKEND)
    assert fresh.get("/")["Location"] == "/password"


def test_a_disabled_account_is_out_at_once_and_may_come_back(world: World) -> None:
    admin, clerk = world.client("system_admin"), world.client("clerk")
    assert clerk.get("/").status_code == 200
    pk = world.users["clerk"].pk
    admin.post("/admin/accounts", {"do": "disable", "pk": pk})
    assert clerk.get("/").status_code == 302
    admin.post("/admin/accounts", {"do": "enable", "pk": pk})
    assert User.objects.get(pk=pk).is_active and reasons("停用账户") and reasons("启用账户")


def test_a_reset_password_ends_the_old_one(world: World) -> None:
    user = world.users["clerk"]
    user.set_password("Old-secret-1")
    user.save()
    page = world.client("system_admin").post("/admin/accounts", {"do": "reset", "pk": user.pk}).content.decode()
    user.refresh_from_db()
    assert not user.check_password("Old-secret-1") and user.must_change_password and "只显示这一次" in page
    assert reasons("重置密码") == ["clerk（测试clerk）"]


@pytest.mark.parametrize("other", ["security_admin", "audit_admin"])
def test_the_system_administrator_cannot_take_over_the_other_two(world: World, other: str) -> None:
    before = User.objects.get(pk=world.users[other].pk).password
    client = world.client("system_admin")
    for action in ("reset", "disable"):
        assert client.post("/admin/accounts", {"do": action, "pk": world.users[other].pk}).status_code == 422
    user = User.objects.get(pk=world.users[other].pk)
    assert user.password == before and user.is_active
    assert client.post("/admin/accounts", {"do": "disable", "pk": world.users["system_admin"].pk}).status_code == 422


def test_accounts_of_another_bureau_do_not_exist(world: World) -> None:
    from jushi.kernel.models import Area

    area = Area.objects.create(code="990121000000", name="拟林县", rank="county")
    bureau = Bureau.objects.create(area=area, county="990121", name="拟林县科学技术局", short_name="县科技局")
    stranger = User.objects.create(username="stranger", full_name="外县的人", bureau=bureau)
    grant = Grant.objects.create(user=stranger, role="clerk")
    admin, security = world.client("system_admin"), world.client("security_admin")
    assert "外县的人" not in admin.get("/admin/accounts").content.decode() + security.get("/admin/grants").content.decode()
    assert admin.post("/admin/accounts", {"do": "reset", "pk": stranger.pk}).status_code == 404
    assert security.post("/admin/grants", {"do": "grant", "user": stranger.pk, "role": "director"}).status_code == 404
    assert security.post("/admin/grants", {"do": "revoke", "user": world.users["clerk"].pk, "grant": grant.pk}).status_code == 404
    assert list(stranger.grants.all()) == [grant]


def grant(client: Client, user: User, role: str, **more: str) -> int:
    return int(client.post("/admin/grants", {"do": "grant", "user": user.pk, "role": role, **more}).status_code)


def test_granting_and_withdrawing_is_on_record(world: World) -> None:
    client = world.client("security_admin")
    user = User.objects.create(username="fresh", full_name="新人", bureau=world.bureau)
    assert grant(client, user, "clerk") == 422, "an office role wants its office"
    assert grant(client, user, "clerk", office="ip") == 302
    row = user.grants.get()
    assert row.granted_by == world.users["security_admin"] and row.office_code == "ip"
    assert grant(client, user, "clerk", office="ip") == 422, "not twice"
    assert grant(client, user, "village_worker", area="990102000000") == 422, "a town, not the county"
    assert grant(client, user, "village_worker", area="990102101000") == 302
    assert client.post("/admin/grants", {"do": "revoke", "user": user.pk, "grant": row.pk}).status_code == 302
    assert [g.role for g in user.grants.all()] == ["village_worker"]
    assert any("股室工作人员" in r for r in reasons("授权")) and any("股室工作人员" in r for r in reasons("收回授权"))


def test_nobody_grants_himself(world: World) -> None:
    client, me = world.client("security_admin"), world.users["security_admin"]
    assert grant(client, me, "director") == 422
    assert client.post("/admin/grants", {"do": "revoke", "user": me.pk, "grant": me.grants.get().pk}).status_code == 422
    assert [g.role for g in me.grants.all()] == ["security_admin"]


@pytest.mark.parametrize(
    ("holder", "role"),
    [("system_admin", "audit_admin"), ("audit_admin", "security_admin"), ("audit_admin", "director"), ("director", "system_admin")],
)
def test_the_three_stay_apart_from_each_other_and_from_business(world: World, holder: str, role: str) -> None:
    assert grant(world.client("security_admin"), world.users[holder], role) == 422
    assert [g.role for g in world.users[holder].grants.all()] == [holder]


def test_the_security_administrator_resets_the_other_two_but_no_ordinary_account(world: World) -> None:
    client = world.client("security_admin")
    assert "只显示这一次" in client.post("/admin/grants", {"do": "reset", "user": world.users["audit_admin"].pk}).content.decode()
    assert client.post("/admin/grants", {"do": "reset", "user": world.users["director"].pk}).status_code == 404


def test_who_may_open_what_is_restricted(world: World) -> None:
    page = world.client("security_admin").get("/admin/secrecy").content.decode()
    party = page.split("党务台账")[1].split("帮扶户台账")[0]
    assert "测试party_secretary" in party and "测试clerk" not in party and "测试system_admin" not in page


def test_offices_terms_rules_ledgers_and_names(world: World) -> None:
    client = world.client("system_admin")
    client.post("/admin/offices", {"name": "科普股", "position": "5"})
    assert Office.objects.get(name="科普股").code.startswith("office")
    assert client.post("/admin/offices", {"name": "科普股"}).status_code == 422
    client.post("/admin/terms", {"dictionary": "campaign", "name": "本区擂台赛", "valid_from": "2015-01-01", "basis": "区文件"})
    term = Term.objects.get(name="本区擂台赛")
    assert term.county == COUNTY
    client.post("/admin/terms", {"dictionary": "campaign", "pk": term.pk, "name": "本区擂台赛", "valid_from": "2015-01-01", "valid_to": "2014-01-01"})
    term.refresh_from_db()
    assert term.valid_to is None, "an end before the beginning is refused"
    assert client.post("/admin/terms", {"dictionary": "nonsense", "name": "甲"}).status_code == 404
    client.post("/admin/ledgers", {"on": ["patents", "plan_items"]})
    world.bureau.refresh_from_db()
    assert "patents" not in world.bureau.switched_off and "targets" in world.bureau.switched_off
    assert world.client("clerk").get("/l/targets/").status_code == 404
    client.post("/admin/bureau", {"name": "虚谷区科技局", "short_name": "区科技局", "prefix": "虚科"})
    world.bureau.refresh_from_db()
    assert world.bureau.name == "虚谷区科技局" and reasons("修改单位设置") and reasons("启停台账") and reasons("修改字典")


def test_a_rule_of_the_countys_own_wants_its_basis_and_its_shape(world: World) -> None:
    client, today = world.client("system_admin"), timezone.localdate()
    given = {"name": "confirm_within_days", "value": "5", "basis": "局务会2015年第3号", "valid_from": today.isoformat(), "verified": "1"}
    for wrong in ({"basis": ""}, {"value": '"五"'}, {"value": "{"}, {"valid_from": ""}):
        assert client.post("/admin/rules", {**given, **wrong}).status_code == 422
    assert client.post("/admin/rules", {**given, "name": "nonsense"}).status_code == 404
    assert client.post("/admin/rules", given).status_code == 302
    assert Rule.current("confirm_within_days", COUNTY, today) == 5 and Rule.current("confirm_within_days", "990121", today) == 3
    own = Rule.objects.get(county=COUNTY)
    assert own.verified and any("confirm_within_days" in r for r in reasons("修改规则"))
    shipped = Rule.objects.get(name="confirm_within_days", county="")
    assert client.post("/admin/rules", {"do": "end", "pk": shipped.pk}).status_code == 404, "shipped rules stay"
    client.post("/admin/rules", {"do": "end", "pk": own.pk})
    assert Rule.current("confirm_within_days", COUNTY, today) == 3


def test_the_log_is_filtered_exported_and_checked(world: World) -> None:
    patent = world.patent(1, title="一种保密的样机")
    client = world.client("audit_admin")
    page = client.get("/admin/log", {"object": str(patent.pk)}).content.decode()
    entry = Operation.objects.get(pk=ChangeLine.objects.get(object_id=patent.pk, action="create").operation_id)
    assert f"/admin/log/{entry.sequence}" in page and page.count('class="main log-number"') == 1
    assert "没有符合条件" in client.get("/admin/log", {"from": (timezone.localdate() + dt.timedelta(2)).isoformat()}).content.decode()
    assert client.get("/admin/log", {"format": "xlsx"}).content[:2] == b"PK" and reasons("导出操作日志")
    assert "日志完整" in client.post("/admin/log").content.decode()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE kernel_operation SET reason = %s WHERE id = %s", ["改过", entry.pk])
    page = client.post("/admin/log").content.decode()
    assert "日志不完整" in page and f"日志第 {entry.sequence} 条" in page


def test_an_auditor_sees_what_was_done_but_not_the_content(world: World) -> None:
    patent = world.patent(1, title="一种保密的样机")
    with oplog.operation("修改", county=COUNTY):
        patent.title = "一种更保密的样机"
        patent.save()
    entry = Operation.objects.order_by("-sequence")[0]
    page = world.client("audit_admin").get(f"/admin/log/{entry.sequence}").content.decode()
    assert "名称" in page and "保密的样机" not in page and "/go/" not in page
    page = world.client("inspector").get(f"/admin/log/{entry.sequence}").content.decode()
    assert f"/go/entities.{type(patent).__name__}/{patent.pk}" in page and "保密的样机" not in page


def test_failed_sign_ins_are_listed(world: World) -> None:
    user = world.users["clerk"]
    user.set_password("Right-secret-1")
    user.save()
    Client().post("/login", {"username": "clerk", "password": "wrong"}, headers={"X-Forwarded-For": "10.0.0.9"})
    Client().post("/login", {"username": "who-is-this", "password": "wrong"})
    page = world.client("audit_admin").get("/admin/signins").content.decode()
    assert page.count("测试clerk") == 2 and "who-is-this" not in page
