"""The demonstration loaded from the browser: in the background, with progress; the first start stays open until a bureau of one's own."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from desk_world import COUNTY, World
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client
from django_tasks_db.models import DBTaskResult

from jushi.desk import trial
from jushi.kernel.models import Area, Bureau, Grant, User

OWN = {"code": "980102", "area_name": "试验县", "bureau": "试验县科学技术局", "offices": "办公室"}
seen: list[str] = []


def small(tell: Callable[[int, int, str], None]) -> None:
    """A loader of one bureau with one account, which notes what the page shows on the way."""
    tell(0, 2, "虚谷区：专利")
    seen.append(Client().get("/start/demo").content.decode())
    area = Area.objects.create(code=f"{COUNTY}000000", name="虚谷区", rank="county")
    bureau = Bureau.objects.create(area=area, county=COUNTY, name="虚谷区科学技术局", short_name="区科技局")
    tell(1, 2, "虚谷区：培训")
    user = User.objects.create(username="juzhang02", full_name="局长甲", bureau=bureau, password=make_password(settings.JUSHI_DEMO_PASSWORD))
    Grant.objects.create(user=user, role="director")


def broken(tell: Callable[[int, int, str], None]) -> None:
    """A loader that fails."""
    raise RuntimeError("磁盘已满")


@pytest.fixture(autouse=True)
def _fresh(db: None, settings: Any) -> Iterator[None]:
    settings.JUSHI_DEMO_LOADER = f"{__name__}.small"
    path = Path(settings.JUSHI_HOME) / "demo-progress.json"
    path.unlink(missing_ok=True)
    seen.clear()
    yield
    path.unlink(missing_ok=True)


def waiting() -> int:
    return DBTaskResult.objects.count()


def text(client: Client, path: str = "/start/demo") -> str:
    return client.get(path).content.decode()


def test_loading_is_queued_once_and_the_page_tells_how_far_it_is() -> None:
    client = Client()
    assert client.get("/start/demo").status_code == 404, "nothing was asked for yet"
    answer = client.post("/start/demo")
    assert answer.status_code == 302 and answer.url == "/start/demo"
    assert waiting() == 1 and not Bureau.objects.exists(), "the request itself loads nothing"
    assert "等待后台开始" in text(client)
    client.post("/start/demo")
    assert waiting() == 1, "a second click asks for nothing more"
    trial.load_demonstration.call()
    assert "第 1 步，共 2 步" in seen[0] and "虚谷区：专利" in seen[0] and 'hx-get="/start/demo"' in seen[0]
    done = text(client)
    assert "演示数据已装载" in done and "juzhang02" in done and settings.JUSHI_DEMO_PASSWORD in done and "hx-get" not in done


def test_a_failed_loading_says_why_and_may_be_tried_again(settings: Any) -> None:
    settings.JUSHI_DEMO_LOADER = f"{__name__}.broken"
    client = Client()
    client.post("/start/demo")
    with pytest.raises(RuntimeError):
        trial.load_demonstration.call()
    page = text(client)
    assert "没有装载成功：磁盘已满" in page and "重新装载" in page
    client.post("/start/demo")
    assert waiting() == 2


def test_a_loading_that_fell_silent_counts_as_broken_off(settings: Any) -> None:
    client = Client()
    client.post("/start/demo")
    path = Path(settings.JUSHI_HOME) / "demo-progress.json"
    path.write_text(json.dumps({"state": "running", "done": 3, "total": 9, "what": "", "told": time.time() - 600}), encoding="utf-8")
    assert "装载中断了" in text(client)
    client.post("/start/demo")
    assert waiting() == 2 and "装载中断了" not in text(client)


def test_after_the_demonstration_an_office_may_still_set_itself_up(settings: Any) -> None:
    client = Client()
    client.post("/start/demo")
    trial.load_demonstration.call()
    assert client.get("/start").status_code == 200
    page = text(client, "/login")
    assert "juzhang02" in page and "建立本单位" in page
    assert client.post("/start", OWN).status_code == 200
    assert client.get("/start").status_code == 302 and client.post("/start", OWN).status_code == 302
    assert client.post("/start/demo").status_code == 404, "from now on only an administrator may"
    page = text(client, "/login")
    assert "juzhang02" not in page and "建立本单位" not in page


def test_a_demonstration_shown_to_others_lets_nobody_set_up_a_bureau(settings: Any) -> None:
    settings.JUSHI_DEMO = True
    trial.load_demonstration.call()
    client = Client()
    assert client.get("/start").status_code == 302 and client.post("/start", OWN).status_code == 302
    assert not trial.own_bureaus().exists()
    assert "建立本单位" not in text(client, "/login")


def test_accounts_whose_password_was_changed_are_not_listed(world: World) -> None:
    for role in ("clerk", "director"):
        world.users[role].password = make_password(settings.JUSHI_DEMO_PASSWORD if role == "clerk" else "Kejiju-2015")
        world.users[role].save()
    assert [a["username"] for a in trial.accounts()] == ["clerk"]
