"""Every ledger as a spreadsheet: what was exported is imported again without a change, and nothing else slips through."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from django import forms
from django.test import Client
from django.urls import reverse

from battery.maker import Maker
from battery.test_ledgers import EVERY, WRITABLE, codes, row_in
from jushi.kernel.roles import rights_of
from jushi.ledger import registry
from jushi.ledger.columns import Column, Day, Number, PartColumn
from jushi.ledger.declaration import Ledger
from jushi.ledger.sheets.mapping import find_header, guess
from jushi.ledger.sheets.plan import plan
from jushi.ledger.sheets.reading import Sheet, read_sheet
from jushi.ledger.sheets.template import in_template
from jushi.ledger.store import author_for

WHEN = Maker.day(3)


def exported(client: Client, ledger: Ledger, unmask: bool = True) -> bytes:
    url = reverse("ledger-export", args=[ledger.code]) + ("?unmask=1" if unmask else "")
    response = client.get(url)
    assert response.status_code == 200, response.content.decode()[:300]
    return bytes(response.content)


def planned(maker: Maker, ledger: Ledger, data: bytes) -> Any:
    """What importing the file would do, by the same steps as the wizard."""
    sheet = read_sheet(data, f"{ledger.name}.xlsx")
    header = find_header(ledger, sheet.rows)
    return plan(ledger, sheet, header, guess(ledger, sheet.rows[header]), author_for(ledger, maker.bureau, maker.user))


def rewritten(data: bytes, change: dict[tuple[int, str], Any]) -> bytes:
    """The workbook with some cells replaced: {(row from 1, heading): value}."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for (row, head), value in change.items():
        sheet.cell(row, heads[head], value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@codes(EVERY)
def test_the_export_opens_and_holds_the_same_rows(client: Client, maker: Maker, code: str) -> None:
    ledger = registry.get(code)
    first = row_in(maker, ledger)
    rows = [first, *maker.copies(registry.of_record(first) or ledger, first, 2)]
    sheet = openpyxl.load_workbook(io.BytesIO(exported(client, ledger))).worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    assert len(heads) == len(set(heads)) and all(heads)
    title = heads.index(ledger.column("title").label_for(ledger.model))
    found = sorted(row[title] for row in sheet.iter_rows(min_row=2, values_only=True))
    assert found == sorted(row.title for row in rows)
    text = b"".join(client.get(reverse("ledger-export", args=[code]) + "?format=csv&unmask=1").streaming_content).decode("utf-8-sig")
    assert all(row.title in text for row in rows)


@codes(WRITABLE)
def test_what_was_exported_comes_back_unchanged(client: Client, maker: Maker, code: str) -> None:
    ledger = registry.get(code)
    maker.register(ledger, 3, whole=True, state="draft")
    data = exported(client, ledger)
    found = planned(maker, ledger, data)
    assert [(row.action, row.problems, row.differences) for row in found.rows] == [("same", {}, {})]
    assert set(found.mapping.values()) >= {c.name for c in ledger.editable if c.required}


@codes(WRITABLE)
def test_a_changed_cell_is_one_change_and_a_wrong_one_is_named(client: Client, maker: Maker, code: str) -> None:
    ledger = registry.get(code)
    maker.register(ledger, 3, whole=True, state="draft")
    data = exported(client, ledger)
    note = ledger.column("note").label_for(ledger.model)
    changed = planned(maker, ledger, rewritten(data, {(2, note): "补记一句"}))
    assert [(row.action, {n: new for n, (_, new) in row.differences.items()}) for row in changed.rows] == [("change", {"note": "补记一句"})]
    spoilt = _spoilt_column(ledger)
    wrong = planned(maker, ledger, rewritten(data, {(2, spoilt.label_for(ledger.model)): "胡乱填写"}))
    assert [(row.line, row.action) for row in wrong.rows] == [(2, "wrong")]
    assert spoilt.name in wrong.rows[0].problems


def _spoilt_column(ledger: Ledger) -> Column:
    """A column that cannot take just any words."""
    labels = [c.label_for(ledger.model) for c in ledger.all_columns]
    kinds: tuple[Any, ...] = (Day, Number)
    found = [c for c in ledger.editable if isinstance(c, kinds) and not isinstance(c, PartColumn) and labels.count(c.label_for(ledger.model)) == 1]
    return found[0] if found else ledger.column("area")


@codes(WRITABLE)
def test_the_template_takes_a_filled_row(client: Client, maker: Maker, code: str) -> None:
    ledger = registry.get(code)
    response = client.get(reverse("ledger-template", args=[code]))
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    heads = [cell.value for cell in book.worksheets[0][1]]
    raw = maker.raw(ledger, 3)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, heads)
        sheet.write_row(1, 0, [raw.get(c.name, "") for c in in_template(ledger)])
    found = planned(maker, ledger, out.getvalue())
    assert [(row.action, row.problems) for row in found.rows] == [("new", {})]
    assert set(found.mapping.values()) == {c.name for c in in_template(ledger)}


@codes(WRITABLE)
def test_a_formula_is_refused_where_it_stands(maker: Maker, code: str) -> None:
    ledger = registry.get(code)
    columns = in_template(ledger)
    heads = [c.label_for(ledger.model) for c in columns]
    raw = maker.raw(ledger, 3)
    position = next(n for n, c in enumerate(columns) if c.required or c.name == "title")
    sheet = Sheet("表", [heads, [raw.get(c.name, "") for c in columns]], ("表",), frozenset({(1, position)}))
    found = plan(ledger, sheet, 0, guess(ledger, heads), author_for(ledger, maker.bureau, maker.user))
    assert "公式" in found.rows[0].problems[columns[position].name]


@codes([x for x in WRITABLE if any(c.personal for c in x.editable)])
def test_masked_cells_never_overwrite_what_they_mask(client: Client, maker: Maker, code: str) -> None:
    ledger = registry.get(code)
    maker.register(ledger, 3, whole=True, state="draft")
    found = planned(maker, ledger, exported(client, ledger, unmask=False))
    personal = {c.name for c in ledger.editable if c.personal}
    changed = {name for row in found.rows for name in row.differences}
    assert not changed & personal
    if not personal & set(ledger.key):
        assert [(row.action, row.problems) for row in found.rows] == [("same", {})]
    else:  # the row cannot be recognised, and the preview says how to do better
        assert all("隐去" in row.problems[name] for row in found.rows for name in personal & set(ledger.key))


@codes(WRITABLE)
def test_the_wizard_shows_the_same_to_whoever_may_import(client: Client, maker: Maker, code: str) -> None:
    ledger = registry.get(code)
    maker.register(ledger, 3, whole=True, state="draft")
    file = io.BytesIO(exported(client, ledger))
    file.name = "台账.xlsx"
    response = client.post(reverse("ledger-import", args=[code]), {"file": file})
    allowed = rights_of(maker.user, WHEN).may("import", zone=ledger.zone, entity=ledger.model.__name__)
    if not allowed:
        assert response.status_code == 403
        return
    page = client.get(response["Location"])
    assert page.context["counts"] == {"new": 0, "change": 0, "same": 1, "wrong": 0}, [w["cells"] for w in page.context["wrong"]]


@codes(WRITABLE)
def test_saving_an_opened_form_as_it_is_changes_nothing(client: Client, maker: Maker, code: str) -> None:
    ledger = registry.get(code)
    record = maker.register(ledger, 3, whole=True, state="draft")
    url = reverse("record-edit", args=[code, record.pk])
    opened = client.get(url)
    typed = {}
    for field in opened.context["form"]:
        value = field.value()
        if isinstance(field.field.widget, forms.Select) and value not in {code for code, _ in field.field.widget.choices}:
            value = ""  # a browser cannot keep what its drop-down does not offer
        typed[field.name] = "" if value is None else str(value)
    saved = client.post(url, {**typed, "version": str(record.version), "was": opened.context["was"]})
    assert saved.status_code == 302, saved.context["errors"] if saved.context else ""
    before = record.version
    record.refresh_from_db()
    assert record.version == before


def test_the_battery_meets_every_ledger() -> None:
    assert len(EVERY) > 100
    assert {x.code for x in EVERY} == {x.code for x in registry.ledgers()}
    assert len({x.code for x in EVERY}) == len(EVERY)


@pytest.mark.parametrize("code", ["patents"])
def test_rows_of_another_ledger_are_not_taken_for_ones_own(client: Client, maker: Maker, code: str) -> None:
    ledger = registry.get(code)
    maker.register(ledger, 3, state="draft")
    other = registry.get("organisations")
    heads = exported(client, ledger)
    assert planned(maker, other, heads).count("same") == 0
