"""Signing in: lock-out, forced change of password, first start, session."""

from __future__ import annotations

import re
from html import unescape

from desk_world import COUNTY, World
from django.contrib.auth.hashers import make_password
from django.test import Client

from jushi.kernel import scope, stamps
from jushi.kernel.models import Area, Bureau, Grant, Office, Operation, User


def given_password(user: User, word: str = "Kejiju-2015") -> User:
    user.password = make_password(word)
    user.save()
    return user


def test_signing_in_and_out_is_on_record(world: World) -> None:
    given_password(world.users["clerk"])
    client = Client()
    assert client.get("/l/patents/").url.startswith("/login?next=")
    response = client.post("/login", {"username": "clerk", "password": "Kejiju-2015"})
    assert response.status_code == 302
    assert client.get("/").status_code == 200
    client.post("/logout")
    assert client.get("/").status_code == 302
    assert set(Operation.objects.values_list("name", flat=True)) >= {"登录", "退出"}


def test_an_account_is_locked_after_five_wrong_passwords(world: World) -> None:
    given_password(world.users["clerk"])
    client = Client()
    for _ in range(5):
        response = client.post("/login", {"username": "clerk", "password": "wrong"})
    assert response.status_code == 429 and "暂时锁定" in response.content.decode()
    assert client.post("/login", {"username": "clerk", "password": "Kejiju-2015"}).status_code == 429
    assert Operation.objects.filter(name="登录失败").count() >= 5


def test_a_fresh_account_changes_its_password_before_anything_else(world: World) -> None:
    user = given_password(world.users["clerk"], "Chushi-2015")
    user.must_change_password = True
    user.save()
    client = world.client("clerk")
    assert client.get("/l/patents/").url == "/password"
    weak = client.post("/password", {"old_password": "Chushi-2015", "new_password1": "12345678", "new_password2": "12345678"})
    assert "三类" in weak.content.decode()
    strong = {"old_password": "Chushi-2015", "new_password1": "Yunling-88x", "new_password2": "Yunling-88x"}
    assert client.post("/password", strong).url == "/"
    assert client.get("/l/patents/").status_code == 200


def test_an_active_session_is_extended_at_most_once_a_minute(world: World, django_assert_max_num_queries: object) -> None:
    client = world.client("clerk")
    client.get("/l/patents/")
    session = client.session
    session["seen"] = session["seen"] - 61
    session.save()
    client.get("/l/patents/")
    assert client.session["seen"] > session["seen"]


def test_demonstration_accounts_stand_on_the_page_of_a_demonstration_only(world: World, settings: object) -> None:
    given_password(world.users["clerk"], settings.JUSHI_DEMO_PASSWORD)  # type: ignore[attr-defined]
    settings.JUSHI_DEMO = False  # type: ignore[attr-defined]
    own = Area.objects.create(code="980102000000", name="试验县", rank="county")
    Bureau.objects.create(area=own, county="980102", name="试验县科学技术局")
    assert "演示账号" not in Client().get("/login").content.decode()
    settings.JUSHI_DEMO = True  # type: ignore[attr-defined]
    text = Client().get("/login").content.decode()
    assert "演示账号" in text and "测试clerk" in text and "测试director" not in text


def test_withdrawn_rights_end_at_once(world: World) -> None:
    client = world.client("clerk")
    assert client.get("/l/patents/").status_code == 200
    Grant.objects.filter(user=world.users["clerk"]).first().delete()
    assert client.get("/l/patents/").status_code == 404


def test_the_first_start_makes_bureau_offices_and_accounts(db: None) -> None:
    stamps.forget()
    client = Client()
    assert client.get("/login").url == "/start"
    assert client.get("/start").status_code == 200
    wrong = client.post("/start", {"code": "9901", "bureau": "", "offices": ""})
    assert wrong.status_code == 422 and "6 位" in wrong.content.decode()
    shown = client.post("/start", {"code": COUNTY, "area_name": "虚谷区", "bureau": "虚谷区科学技术局", "offices": "办公室"})
    assert shown.status_code == 422 and "99 开头的代码只用于演示" in shown.content.decode()
    own = "980102"
    made = client.post(
        "/start",
        {"code": own, "area_name": "虚谷区", "bureau": "虚谷区科学技术局", "offices": "综合业务股\n科技创新股"},
    )
    found = re.findall(r"<td>([a-z]+)</td><td><code>([^<]+)</code>", made.content.decode())
    accounts = {login: unescape(word) for login, word in found}
    assert set(accounts) == {"juzhang", "fuzeren", "jingban", "xitong", "anquan", "shenji"}
    assert Bureau.objects.get().area.name == "虚谷区"
    with scope.use(scope.of_counties([own], "测试")):
        assert list(Office.objects.values_list("code", "name")) == [("planning", "综合业务股"), ("o2", "科技创新股")]
    assert User.objects.filter(must_change_password=True).count() == 6
    assert client.get("/start").url == "/login"
    response = client.post("/login", {"username": "jingban", "password": accounts["jingban"]})
    assert response.status_code == 302 and client.get("/").url == "/password"


def test_unknown_addresses_are_answered_in_chinese(world: World) -> None:
    response = world.client("clerk").get("/nichts")
    assert response.status_code == 404 and "没有找到" in response.content.decode()
    assert response.headers["Cache-Control"]
