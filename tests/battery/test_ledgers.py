"""The standard battery: what every ledger of the registry must be able to do, whoever declared it (architecture.md §3)."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from battery.conftest import COUNTY
from battery.maker import Maker
from jushi.indicators.evaluate import behind, measure
from jushi.kernel import stamps
from jushi.kernel.periods import parse
from jushi.ledger import listing, registry
from jushi.ledger.columns import Column, Day, Flag, Number
from jushi.ledger.columns.choices import Choice
from jushi.ledger.columns.plain import Moment
from jushi.ledger.declaration import Ledger

EVERY = registry.ledgers()
WRITABLE = [x for x in EVERY if not x.read_only]
BUDGET = 50  # queries of one list page, menu and session included


def codes(ledgers: list[Ledger]) -> Any:
    return pytest.mark.parametrize("code", [x.code for x in ledgers])


def page(client: Client, ledger: Ledger, **params: str) -> Any:
    return client.get(reverse("ledger", args=[ledger.code]) + ("?" + urlencode(params) if params else ""))


def row_in(maker: Maker, ledger: Ledger, n: int = 3) -> Any:
    """A row of the ledger; views without a form of their own show one of the ledger that they gather from."""
    if not ledger.read_only:
        return maker.register(ledger, n, whole=True)
    sources = [x for x in WRITABLE if x.model is ledger.model and (not ledger.kinds or set(x.kinds) & set(ledger.kinds))]
    for source in sources:
        raw = maker.raw(source, n)
        if ledger.tagged and "tags" in source.by_name:
            names = dict(source.by_name["tags"].choices(source.lookup(COUNTY, maker.day(n))) or [])
            if not set(ledger.tagged) <= set(names):
                continue
            raw["tags"] = "、".join(names[t] for t in ledger.tagged)
        elif ledger.tagged:
            continue
        return maker.create(source, raw)
    pytest.skip(f"{ledger.name}只汇集机器读数，没有可登记的来源台账")


@codes(EVERY)
def test_the_list_opens_empty_and_with_a_row(client: Client, maker: Maker, code: str) -> None:
    ledger = registry.get(code)
    assert page(client, ledger).status_code == 200
    record = row_in(maker, ledger)
    response = page(client, ledger)
    assert response.context["total"] == 1
    assert str(record.pk) in response.content.decode()


def sought(ledger: Ledger, column: Column, cell: Any) -> dict[str, str] | None:
    """A condition that the row with this cell meets, as the list's address names it."""
    asked = _condition(column, cell)
    return asked and {name.replace(column.name, listing.parameter(column), 1): value for name, value in asked.items()}


def _condition(column: Column, cell: Any) -> dict[str, str] | None:
    if cell in (None, "", []):
        return None
    if isinstance(column, (Day, Moment)):
        day = f"{cell:%Y-%m-%d}"
        return {f"{column.name}.from": day, f"{column.name}.to": day}
    if isinstance(column, Choice):
        return {column.name: str(cell)}
    if isinstance(column, Flag):
        return {column.name: "是" if cell else "否"}
    if isinstance(column, Number):
        raw = str(column.raw(cell))
        return {column.name: f"{raw}~{raw}"}
    return {column.name: str(column.raw(cell))}


@codes(EVERY)
def test_every_filter_finds_the_row_and_nonsense_is_named(client: Client, maker: Maker, code: str) -> None:
    from jushi.ledger.rows import fetch_one

    ledger = registry.get(code)
    record = row_in(maker, ledger)
    row = fetch_one(ledger, record.pk)
    assert row is not None
    for column in ledger.all_columns:
        if not column.filter:
            continue
        asked = sought(ledger, column, row.cells[column.name])
        if asked is not None:
            found = page(client, ledger, **asked)
            assert found.status_code == 200 and found.context["problems"] == {}, (column.name, asked)
            assert found.context["total"] == 1, (column.name, asked)
        if isinstance(column, (Day, Moment, Number)):
            wrong = page(client, ledger, **{f"{column.name}.from": "胡说"})
            assert wrong.status_code == 200 and column.name in wrong.context["problems"], column.name
    assert page(client, ledger, period="1999").context["total"] == 0
    assert page(client, ledger, q=record.title[:6]).context["total"] == 1


def shown(response: Any, ids: list[str]) -> list[str]:
    """The ids in the order in which the page names them."""
    text = response.content.decode()
    return sorted(ids, key=text.index)


@codes(EVERY)
def test_every_sort_orders_both_ways(client: Client, maker: Maker, code: str) -> None:
    ledger = registry.get(code)
    first = row_in(maker, ledger, 3)
    ids = [str(row.pk) for row in [first, *maker.copies(registry.of_record(first) or ledger, first, 2)]]
    for column in ledger.all_columns:
        if column.sort:
            up, down = (page(client, ledger, sort=s + column.name) for s in ("", "-"))
            assert up.context["total"] == down.context["total"] == 3, column.name
            assert shown(up, ids) == shown(down, ids)[::-1], column.name


@codes(WRITABLE)
def test_the_form_creates_and_changes_a_row(client: Client, maker: Maker, code: str) -> None:
    ledger = registry.get(code)
    url = reverse("record-new", args=[code])
    assert client.get(url).status_code == 200
    raw = maker.raw(ledger, 3)
    done = client.post(url, raw)
    if done.status_code == 422 and not done.context["errors"]:  # a warning is said once, then the row is taken
        raw["heard"] = list(done.context["form"].warnings.values())
        done = client.post(url, raw)
    assert done.status_code == 302, done.context["errors"] if done.context else done.content.decode()[:500]
    record = ledger.queryset().latest("created_at")
    assert done["Location"] == reverse("record", args=[code, record.pk])
    assert (record.county, record.state, record.created_by_id) == (COUNTY, "draft", maker.user.pk)
    edit = reverse("record-edit", args=[code, record.pk])
    opened = client.get(edit)
    assert opened.status_code == 200
    changed = client.post(edit, {**raw, "version": str(record.version), "was": opened.context["was"], "note": "补记一句"})
    assert changed.status_code == 302, changed.context["errors"] if changed.context else ""
    record.refresh_from_db()
    assert record.note == "补记一句" and record.version > 0


@codes(WRITABLE)
def test_what_must_be_filled_is_named_at_its_field(client: Client, maker: Maker, code: str) -> None:
    ledger = registry.get(code)
    needed = [c for c in ledger.editable if c.required]
    refused = client.post(reverse("record-new", args=[code]), {c.name: "" for c in ledger.editable})
    assert refused.status_code == 422
    named = {field.removeprefix("id_") for field, _, _ in refused.context["errors"]}
    assert {c.name for c in needed} <= named
    assert not ledger.queryset().exists()


@codes(EVERY)
def test_the_record_shows_all_its_tabs_and_prints(client: Client, maker: Maker, code: str) -> None:
    ledger = registry.get(code)
    record = row_in(maker, ledger)
    for tab in ("content", "course", "files", "links", "uses", "history"):
        response = client.get(reverse("record", args=[code, record.pk]) + f"?tab={tab}")
        assert response.status_code == 200, tab
        assert record.title in response.content.decode()


@codes(EVERY)
def test_json_lists_and_shows_the_same_row(client: Client, maker: Maker, code: str) -> None:
    ledger = registry.get(code)
    record = row_in(maker, ledger)
    listed = client.get(f"/api/l/{code}/").json()
    assert listed["count"] == 1 and [row["id"] for row in listed["rows"]] == [str(record.pk)]
    shown = client.get(f"/api/l/{code}/{record.pk}").json()["row"]
    assert shown == listed["rows"][0]
    assert set(shown) >= set(ledger.by_name)
    json.dumps(shown)


@codes(EVERY)
def test_a_page_costs_the_same_for_five_rows_and_for_sixty(client: Client, maker: Maker, code: str) -> None:
    ledger = registry.get(code)
    first = row_in(maker, ledger)
    owner = registry.of_record(first) or ledger
    maker.copies(owner, first, 4)
    few = _queries(client, ledger, 5)
    maker.copies(owner, first, 55)
    many = _queries(client, ledger, 60)
    assert many <= few, (few, many)
    assert many <= BUDGET, many


def _queries(client: Client, ledger: Ledger, expected: int) -> int:
    stamps.forget()
    with CaptureQueriesContext(
        connection,
    ) as caught:
        response = page(client, ledger, n="100")
    assert response.context["row_count"] == expected
    return len(caught)


@codes([x for x in EVERY if x.indicators])
def test_figures_agree_with_the_records_behind_them(maker: Maker, code: str) -> None:
    ledger = registry.get(code)
    if not ledger.read_only:
        maker.register(ledger, 3, whole=True)
    area, period = maker.bureau.area, parse("2015")
    values = measure([i.code for i in ledger.indicators], area, period)
    for indicator in ledger.indicators:
        value = values[indicator.code]
        found = behind(indicator.code, area, period)
        assert found.value.value == value.value, indicator.code
        if found.rows and not found.parts:
            assert len(found.rows) == value.rows, indicator.code
        assert value.text is not None
