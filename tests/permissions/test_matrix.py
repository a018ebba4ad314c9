"""Who sees which rows: every role, every ledger, both bureaus; what is hidden answers like what does not exist.

What is expected is worked out here from the table of roles alone (mission.md §5), never by the code under test.
"""

from __future__ import annotations

import io
import re
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from jushi.kernel import scope
from jushi.kernel.roles import catalogue
from jushi.ledger import registry
from jushi.ledger.declaration import Ledger
from permissions.conftest import COUNTIES, MARKS, Bureaus

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
ROLES = sorted(catalogue())
ZONE = {(x.model._meta.label, kind): x.zone for x in registry.ledgers() if not x.read_only for kind in x.kinds}
OTHER = {"990102": "990124", "990124": "990102"}
each_role = pytest.mark.parametrize("role", ROLES)
each_county = pytest.mark.parametrize("county", COUNTIES)


def some(county: str, codes: Any) -> list[Any]:
    """All of the first bureau's, every fifth of the second's: the same code answers for both, and the hours of a day are few."""
    return list(codes)[:: 1 if county == COUNTIES[0] else 5]


def may_see(bureaus: Bureaus, county: str, role: str, row: Any) -> bool:
    """Whether the account of a role in a county may see a row, by the table of roles."""
    found, user = catalogue()[role], bureaus.users[county, role]
    zone = ZONE.get((row._meta.label, row.kind), "")
    if row.county != county or "view" not in found.actions or (zone and zone not in found.zones):
        return False
    if found.scope == "own":
        return user.pk in (row.created_by_id, row.handler_id)
    if found.scope == "area":
        return bool(row.area_id.startswith(f"{county}101"))
    return True


def split(bureaus: Bureaus, county: str, role: str) -> tuple[set[str], set[str], list[str]]:
    """Ids that the role may see, ids that it may not (the other bureau's included), and titles that it may not."""
    rows = [row for each in COUNTIES for row in bureaus.all(each)]
    seen = {str(row.pk) for row in rows if may_see(bureaus, county, role, row)}
    titles = {row.title for row in rows if str(row.pk) in seen}
    hidden = [row for row in rows if str(row.pk) not in seen]
    return seen, {str(row.pk) for row in hidden}, sorted({row.title for row in hidden} - titles)


def ids_in(response: Any) -> set[str]:
    """The ids that a page names."""
    return set(ID.findall(response.content.decode()))


def assert_clean(response: Any, hidden: set[str], titles: list[str], place: str) -> None:
    text = response.content.decode()
    assert not hidden & set(ID.findall(text)), place
    assert not [t for t in titles if t in text], (place, [t for t in titles if t in text])


def in_ledger(bureaus: Bureaus, county: str, ledger: Ledger) -> set[str]:
    with scope.use(scope.of_counties([county], "测试")):
        return {str(pk) for pk in ledger.queryset().values_list("pk", flat=True)}


@each_county
@each_role
def test_lists_and_json_show_exactly_what_the_role_may_see(bureaus: Bureaus, county: str, role: str) -> None:
    client, found = bureaus.client(county, role), catalogue()[role]
    seen, hidden, titles = split(bureaus, county, role)
    for ledger in some(county, registry.ledgers()):
        opened = "view" in found.actions and (not ledger.zone or ledger.zone in found.zones)
        listed, json = client.get(f"/l/{ledger.code}/?n=200"), client.get(f"/api/l/{ledger.code}/?n=200")
        assert (listed.status_code, json.status_code) == ((200, 200) if opened else (404, 404)), ledger.code
        for response in (listed, json):
            assert_clean(response, hidden, titles, ledger.code)
        if opened:
            expected = in_ledger(bureaus, county, ledger) & seen
            assert {row["id"] for row in json.json()["rows"]} == expected, ledger.code
            assert expected <= ids_in(listed), ledger.code


@each_county
@each_role
def test_every_record_opens_or_is_unknown(bureaus: Bureaus, county: str, role: str) -> None:
    client = bureaus.client(county, role)
    seen, hidden, titles = split(bureaus, county, role)
    for each in COUNTIES:
        for code, record in some(county, bureaus.records[each].items()):
            expected = 200 if str(record.pk) in seen else 404
            tabs = ("", "?tab=links") if expected == 200 else ("", "?tab=history", "edit")
            for tab in tabs:
                response = client.get(reverse("record", args=[code, record.pk]) + tab)
                assert response.status_code == expected, (code, tab)
                assert_clean(response, hidden, titles, f"{code}{tab}")
            shown = client.get(f"/api/l/{code}/{record.pk}")
            assert shown.status_code == expected, code
            assert_clean(shown, hidden, titles, f"api {code}")


@each_county
@each_role
def test_files_of_hidden_records_are_unknown(bureaus: Bureaus, county: str, role: str) -> None:
    client = bureaus.client(county, role)
    seen, _, _ = split(bureaus, county, role)
    visible = next((c for c, r in bureaus.records[county].items() if str(r.pk) in seen), None)
    for each in COUNTIES:
        for code, record in some(COUNTIES[1], bureaus.records[each].items()):
            item = bureaus.files[each, code]
            status = client.get(reverse("file", args=[code, record.pk, item.pk])).status_code
            assert status == (200 if str(record.pk) in seen else 404), code
            if visible and code != visible:  # another record's file is not handed out beside one's own
                own = bureaus.records[county][visible]
                assert client.get(reverse("file", args=[visible, own.pk, item.pk])).status_code == 404, code


@each_county
@each_role
def test_search_palette_home_and_corrections_show_nothing_hidden(bureaus: Bureaus, county: str, role: str) -> None:
    client = bureaus.client(county, role)
    seen, hidden, titles = split(bureaus, county, role)
    for url in ("/", "/l/", "/corrections", "/indicators/", "/api/ledgers", *(f"{u}?q={w}" for u in ("/search", "/palette") for w in MARKS.values())):
        response = client.get(url)
        assert response.status_code in (200, 302, 403, 404), url
        assert_clean(response, hidden, titles, url)
    own = ids_in(client.get(f"/search?q={MARKS[county]}"))
    assert bool(own & seen) == bool(seen)
    assert not ids_in(client.get(f"/search?q={MARKS[OTHER[county]]}")) & hidden


@each_role
def test_exports_hold_nothing_hidden(bureaus: Bureaus, role: str) -> None:
    county = COUNTIES[0]
    client, found = bureaus.client(county, role), catalogue()[role]
    _, _, titles = split(bureaus, county, role)
    for ledger in registry.ledgers():
        url = reverse("ledger-export", args=[ledger.code])
        response = client.get(url)
        opened = "view" in found.actions and (not ledger.zone or ledger.zone in found.zones)
        assert response.status_code == (404 if not opened else 200 if "export" in found.actions else 403), ledger.code
        if response.status_code == 200:
            sheet = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]
            text = "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)
            assert not [t for t in titles if t in text], (ledger.code, [t for t in titles if t in text])
            picked = client.get(url, {"pick": [str(r.pk) for r in bureaus.records[OTHER[county]].values()], "format": "csv"})
            assert MARKS[OTHER[county]] not in b"".join(picked.streaming_content).decode()


@each_role
def test_suggestions_name_nothing_hidden(bureaus: Bureaus, role: str) -> None:
    county = COUNTIES[0]
    client = bureaus.client(county, role)
    _, _, titles = split(bureaus, county, role)
    for ledger in registry.ledgers():
        for column in ledger.all_columns:
            if not (hasattr(column, "candidates") or hasattr(column, "suggestions")):
                continue
            for word in ("样", "试"):
                response = client.get("/suggest", {"ledger": ledger.code, "column": column.name, "q": word})
                text = response.content.decode("unicode_escape") if response.status_code == 200 else ""
                values = {row["value"] for row in response.json()["results"]} if text else set()
                assert not values & set(titles), (ledger.code, column.name)
                assert not [v for v in values if "990124" in v], (ledger.code, column.name)  # accounts of the other bureau


@pytest.mark.parametrize("role", ["clerk", "editor", "specialist", "village_worker", "treasurer", "system_admin"])
def test_the_records_behind_a_figure_show_nothing_hidden(bureaus: Bureaus, role: str) -> None:
    county = COUNTIES[0]
    client, found = bureaus.client(county, role), catalogue()[role]
    _, hidden, titles = split(bureaus, county, role)
    for ledger, indicator in registry.indicators():
        opened = "view" in found.actions and (not ledger.zone or ledger.zone in found.zones)
        response = client.get(reverse("indicator", args=[indicator.code]), {"period": "2015"})
        assert response.status_code == (200 if opened else 404), indicator.code
        card = client.get(reverse("indicator-card", args=[indicator.code]), {"period": "2015"})
        rows = client.get(f"/l/{ledger.code}/", {"figure": indicator.code, "period": "2015"})
        for page in (response, card, rows):
            assert_clean(page, hidden, titles, indicator.code)


@pytest.mark.parametrize("role", ["system_admin", "security_admin", "audit_admin"])
def test_the_three_administrators_see_no_business_content(bureaus: Bureaus, role: str) -> None:
    client = bureaus.client(COUNTIES[0], role)
    assert split(bureaus, COUNTIES[0], role)[0] == set()
    home = client.get("/", follow=True).content.decode()
    assert not any(mark in home for mark in MARKS.values())
    for ledger in registry.ledgers():
        for url in (f"/l/{ledger.code}/", f"/l/{ledger.code}/new", f"/l/{ledger.code}/template", f"/l/{ledger.code}/totals"):
            assert client.get(url).status_code == 404, url


def test_the_higher_office_reads_no_ledger(bureaus: Bureaus) -> None:
    client = bureaus.client(COUNTIES[0], "superior")
    for ledger in registry.ledgers():
        assert client.get(f"/l/{ledger.code}/").status_code == 404
        assert client.get(f"/api/l/{ledger.code}/").status_code == 404
    for each in COUNTIES:
        assert MARKS[each] not in client.get(f"/search?q={MARKS[each]}").content.decode().replace(f'value="{MARKS[each]}"', "").replace(
            f"“{MARKS[each]}”", ""
        )
