"""Lists: what they show, filter, sort, page, count, and at what cost."""

from __future__ import annotations

import re
from typing import Any

from desk_world import World, number
from django.urls import reverse

from jushi.kernel.models import User
from jushi.ledger import registry
from jushi.ledger.models import SavedView


def names(html: str) -> list[str]:
    """Titles in the order of the list."""
    return re.findall(r"一种可调式样机\d+", html)


def test_every_ledger_opens_for_whoever_sees_it_and_is_unknown_to_others(world: World) -> None:
    for role in ("clerk", "party_secretary", "system_admin"):
        client = world.client(role)
        from django.utils import timezone

        from jushi.kernel.roles import rights_of

        rights = rights_of(User.objects.get(username=role), timezone.localdate())
        for ledger in registry.ledgers():
            status = client.get(reverse("ledger", args=[ledger.code])).status_code
            assert status == (200 if rights.sees(ledger.zone) else 404), (role, ledger.code)


def test_a_filter_narrows_and_nonsense_is_named_at_its_place(world: World) -> None:
    world.patent(1)
    world.patent(2, type="外观设计")
    client = world.client("clerk")
    assert names(client.get("/l/patents/?type=design").content.decode()) == ["一种可调式样机2"]
    assert names(client.get("/l/patents/?applied_on.from=2015-03-03").content.decode()) == ["一种可调式样机2"]
    wrong = client.get("/l/patents/?applied_on.from=上个月").content.decode()
    assert "不是日期" in wrong and len(names(wrong)) == 2


def test_text_period_and_state_narrow_the_list(world: World) -> None:
    world.patent(1)
    world.patent(2, applied_on="2016-01-05")
    gone = world.patent(3)
    from jushi.ledger import store

    store.move(registry.get("patents"), gone, "void", reason="重复")
    client = world.client("clerk")
    assert names(client.get("/l/patents/?period=2015").content.decode()) == ["一种可调式样机1"]
    assert names(client.get("/l/patents/?q=样机2").content.decode()) == ["一种可调式样机2"]
    assert names(client.get("/l/patents/").content.decode()) == ["一种可调式样机2", "一种可调式样机1"]
    assert names(client.get("/l/patents/?state=void").content.decode()) == ["一种可调式样机3"]


def test_pages_follow_each_other_without_loss_in_both_directions(world: World) -> None:
    for n in range(1, 46):
        world.patent(n, granted_on=f"2016-02-{n % 28 + 1:02d}" if n % 3 else None)
    client = world.client("clerk")
    for sort in ("", "applied_on", "-granted_on", "granted_on"):
        url, seen = f"/l/patents/?n=20&sort={sort}", []
        for _ in range(5):
            response = client.get(url)
            seen += names(response.content.decode())
            following = response.context["next_url"]
            if not following:
                break
            url = f"/l/patents/{following}"
        assert len(seen) == len(set(seen)) == 45, sort
        back = client.get(f"/l/patents/{response.context['previous_url']}")
        assert names(back.content.decode()) == seen[20:40], sort


def test_sorting_turns_around(world: World) -> None:
    for n in (3, 1, 2):
        world.patent(n)
    client = world.client("clerk")
    rising = names(client.get("/l/patents/?sort=applied_on").content.decode())
    assert rising == ["一种可调式样机1", "一种可调式样机2", "一种可调式样机3"]
    assert names(client.get("/l/patents/?sort=-applied_on").content.decode()) == rising[::-1]


def test_a_list_costs_a_fixed_number_of_queries(world: World, django_assert_max_num_queries: Any) -> None:
    for n in range(1, 61):
        world.patent(n)
    client = world.client("clerk")
    client.get("/l/patents/")
    with django_assert_max_num_queries(6):
        assert len(names(client.get("/l/patents/").content.decode())) == 50


def test_a_view_is_kept_and_dropped(world: World) -> None:
    world.patent(1)
    client = world.client("clerk")
    client.post("/l/patents/views", {"name": "发明", "query": "type=invention"})
    assert SavedView.objects.get().query == "type=invention"
    assert ">发明</a>" in client.get("/l/patents/?type=invention").content.decode()
    client.post("/l/patents/views", {"drop": str(SavedView.objects.get().pk)})
    assert not SavedView.objects.exists()


def test_a_figure_shows_exactly_its_records(world: World) -> None:
    world.patent(1, state="confirmed")
    world.patent(2, state="confirmed", type="外观设计")
    world.patent(3)
    client = world.client("clerk")
    assert len(names(client.get("/l/patents/?figure=patents.filed&period=2015").content.decode())) == 2
    only = client.get("/l/patents/?figure=patents.filed_inventions&period=2015").content.decode()
    assert names(only) == ["一种可调式样机1"]


def test_exact_totals_on_request(world: World) -> None:
    world.patent(1, fee="100.50")
    world.patent(2, fee="0.25")
    text = world.client("clerk").get("/l/patents/totals").content.decode()
    assert "共 2 件" in text and "100.75" in text


def test_batch_confirms_what_may_be_confirmed_and_names_the_rest(world: World) -> None:
    mine = world.patent(1, by="office_head", state="pending")
    other = world.patent(2, state="pending")
    client = world.client("office_head")
    response = client.post("/l/patents/batch", {"do": "confirm", "pick": [mine.pk, other.pk]}, follow=True)
    other.refresh_from_db()
    mine.refresh_from_db()
    assert (other.state, mine.state) == ("confirmed", "pending")
    assert "不能审核自己登记的记录" in response.content.decode()


def test_batch_changes_one_field_in_one_operation(world: World) -> None:
    from jushi.kernel.models import Operation

    rows = [world.patent(n) for n in (1, 2)]
    client = world.client("clerk")
    before = Operation.objects.count()
    data = {"do": "change", "pick": [r.pk for r in rows], "field": "agency", "apply": "1", "agency": "某代理所"}
    assert client.post("/l/patents/batch", data).status_code == 302
    assert Operation.objects.count() == before + 1
    for row in rows:
        row.refresh_from_db()
        assert row.agency == "某代理所"


def test_numbers_of_the_tests_are_real(world: World) -> None:
    assert world.patent(7).number == number(7)


def test_a_computed_figure_shows_the_records_of_its_terms_and_an_unknown_one_nothing(world: World) -> None:
    world.patent(1, state="confirmed", granted_on="2015-10-01")
    world.patent(2, state="confirmed")
    client = world.client("clerk")
    ratios = [f.code for _, f in registry.indicators() if type(f).__name__ == "Ratio" and f.code.startswith("patents.")]
    for code in ratios:
        assert client.get(f"/l/patents/?figure={code}&period=2015").status_code == 200
    shown = client.get("/l/patents/?figure=patents.per_10k&period=2015").content.decode()
    assert names(shown) == ["一种可调式样机1"]
    assert names(client.get("/l/patents/?figure=nichts").content.decode()) == []
