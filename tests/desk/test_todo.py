"""待办: what is due stands on the workbench of whoever has to do it, and of nobody else."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from desk_world import World
from django.utils import timezone

from jushi.entities.models import Case
from jushi.kernel import scope
from jushi.kernel.models import Grant, User
from jushi.ledger import registry, reminders, store


def a_visit(world: World, days_ago: int = 0) -> None:
    world.add("organisations", state="confirmed", title="彩虹食品试样厂", category="firm")
    day = timezone.localdate() - timedelta(days=days_ago)
    world.add("firm_visits", organisation="彩虹食品试样厂", held_on=day.isoformat(), demands="冷库用电容量不足")


def late(page: str) -> str:
    """The rows shown as overdue."""
    return " ".join(re.findall(r'<tr class="overdue">.*?</tr>', page))


def test_a09_a_demand_stands_in_its_owners_list_until_it_is_done(world: World) -> None:
    client = world.client("clerk")
    assert "冷库用电容量不足" not in client.get("/todo").content.decode()
    a_visit(world)
    page = client.get("/todo").content.decode()
    assert "彩虹食品试样厂：冷库用电容量不足，请答复" in page and "/l/firm_demands/" in page
    assert 'hx-get="/todo?part=1"' in client.get("/").content.decode()
    panel = client.get("/todo?part=1").content.decode()
    assert "冷库用电容量不足" in panel and "冷库用电容量不足" not in late(panel)
    with scope.use(scope.of_counties([world.bureau.county], "测试")):
        ledger, case = registry.get("firm_demands"), Case.objects.get()
        today = timezone.localdate().isoformat()
        done = {"answer": "已增容", "answered_on": today, "confirmed_by": "firm", "confirmed_on": today, "closed_on": today}
        store.change(ledger, case, done)
    assert "冷库用电容量不足" not in client.get("/todo").content.decode()


def test_what_is_past_its_day_is_said_to_be_late(world: World) -> None:
    a_visit(world, days_ago=100)
    page = world.client("clerk").get("/todo").content.decode()
    assert "冷库用电容量不足" in late(page) and "逾期 " in page


@pytest.mark.parametrize(("role", "sees"), [("director", True), ("office_head", True), ("specialist", False), ("village_worker", False),
                                            ("system_admin", False)])  # fmt: skip
def test_others_see_what_their_rights_reach(world: World, role: str, sees: bool) -> None:
    a_visit(world)
    page = world.client(role).get("/todo").content.decode()
    assert ("冷库用电容量不足" in page) is sees


def test_another_office_has_it_not_among_its_own(world: World) -> None:
    user = User.objects.create(username="other", full_name="另一股室", bureau=world.bureau)
    Grant.objects.create(user=user, role="clerk", office_code="rural")
    world.users["other"] = user
    a_visit(world)
    assert "冷库用电容量不足" not in world.client("other").get("/todo").content.decode()


def test_what_a_closed_zone_reminds_of_is_not_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    party = next(x for x in registry.ledgers() if x.zone == "party")
    monkeypatch.setattr(reminders, "due", lambda county, on: [reminders.Reminder(party.code, "绝密谈话提醒", "party", on)])
    assert "绝密谈话提醒" not in world.client("clerk").get("/todo").content.decode()
    assert "绝密谈话提醒" in world.client("party_secretary").get("/todo").content.decode()
