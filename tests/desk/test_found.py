"""Rows found by a text: pages of the hits are those of the whole list narrowed to them, in any order and direction."""

from __future__ import annotations

from typing import Any

import pytest
from desk_world import COUNTY, World
from django.db import connection
from django.utils import timezone

from jushi.kernel import scope, search
from jushi.kernel.models import SearchEntry
from jushi.kernel.roles import rights_of
from jushi.ledger import listing, paging, registry, search_order, store

DAYS = ("2015-03-02", "2015-03-02", "2015-03-02", "2015-01-05", "2014-11-30", "2016-02-29", None)
ON_SQLITE = pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite's index yields hits in the order of a list")


@pytest.fixture
def households(world: World) -> World:
    """Forty households; those of every third are called 试验户, some stand in the register without a day."""
    for n in range(40):
        name = f"试验户{n:02d}" if n % 3 else f"普通农户{n:02d}"
        world.add("households", title=name, number=f"H{n:03d}", registered_on=DAYS[n % len(DAYS)] or "")
    return world


def walk(world: World, sort: str, text: str, size: int, *, back: bool = False, **params: str) -> list[str]:
    """Titles of all pages in turn, forwards or from the last page back."""
    ledger, rights = registry.get("households"), rights_of(world.users["clerk"], timezone.localdate())
    found = listing.find(ledger, {"q": text, **params}, rights, ledger.lookup(COUNTY, timezone.localdate()))
    shown, edge = [], {}
    if back:
        last = paging.page(ledger, found, sort, ledger.all_columns, rights, size=200).rows[-1]
        shown, edge = [last], {"before": str(last.id)}
    while True:
        page = paging.page(ledger, found, sort, ledger.all_columns, rights, size=size, **edge)
        shown = [*page.rows, *shown] if back else [*shown, *page.rows]
        if not (page.has_previous if back else page.has_next) or not page.rows:
            return [row.cells["title"] for row in shown]
        edge = {"before": str(page.rows[0].id)} if back else {"after": str(page.rows[-1].id)}


@pytest.mark.parametrize("sort", ["", "registered_on", "-registered_on"])
@pytest.mark.parametrize("looks", [(1, 2), (3, 30)])
def test_hits_come_in_the_order_of_the_list(households: World, monkeypatch: pytest.MonkeyPatch, sort: str, looks: tuple[int, ...]) -> None:
    monkeypatch.setattr(paging, "LOOKS", ())
    plain = walk(households, sort, "试验", 4)
    assert len(plain) == len(set(plain)) == 26
    monkeypatch.setattr(paging, "LOOKS", looks)
    for text in ("试验", "试验户", "验 户", "试"):
        assert walk(households, sort, text, 4) == plain
        assert walk(households, sort, text, 4, back=True) == plain
    assert walk(households, sort, "农户", 50) == [name for name in walk(households, sort, "", 50) if "农户" in name]


@ON_SQLITE
def test_a_page_looks_at_few_hits_and_counts_no_further_than_told(households: World, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    whole = search.narrow

    def narrow(*given: Any) -> Any:
        asked.append(1)
        return whole(*given)

    monkeypatch.setattr(search, "narrow", narrow)
    assert walk(households, "", "试验", 50) and not asked
    ledger, rights = registry.get("households"), rights_of(households.users["clerk"], timezone.localdate())
    found = listing.find(ledger, {"q": "试验"}, rights, ledger.lookup(COUNTY, timezone.localdate()))
    monkeypatch.setattr(paging, "HITS", 20)
    monkeypatch.setattr(paging, "ROUND", 5)
    total = paging.total(ledger, found)
    assert total.capped and total.count % 5 == 0 and total.count <= 20 and total.words.endswith("+")
    monkeypatch.setattr(paging, "HITS", 100)
    assert paging.total(ledger, found) == paging.Total(26, capped=False)


@ON_SQLITE
def test_an_entry_follows_the_day_of_its_row(households: World) -> None:
    ledger = registry.get("households")
    record = ledger.model.objects.get(title="试验户04")
    store.change(ledger, record, {"registered_on": "2017-07-07"})
    assert walk(households, "", "试验", 4)[0] == "试验户04"
    store.change(ledger, ledger.model.objects.get(pk=record.pk), {"registered_on": ""})
    assert "试验户04" in walk(households, "", "试验", 4)[-8:]


@ON_SQLITE
def test_entries_of_an_older_database_are_numbered_once(households: World) -> None:
    before = walk(households, "", "试验", 4)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kernel_searchentry SET id = (SELECT count(*) FROM kernel_searchentry e WHERE e.id <= kernel_searchentry.id)")
        cursor.execute("INSERT INTO kernel_searchfts (kernel_searchfts) VALUES ('rebuild')")
    assert SearchEntry.objects.filter(pk__lt=search.ROOM).count() == 40
    assert search_order.renumber() == 40 and search_order.renumber() == 0
    assert walk(households, "", "试验", 4) == before
    with scope.use(scope.of_counties([COUNTY], "测试")):
        assert len(search.find("试验", [COUNTY])) == 26
