"""Reading documents: who sees what, how a figure leads to its records, what drift says."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
from django.test import Client
from documents_world import Desk

from jushi.kernel import evidence
from jushi.ledger import registry
from jushi.reports.models import Edition

PARTS = (
    "", "figure/patents.filed", "section/ip", "section/ip/notes", "section/ip/sentences", "export/docx", "export/json", "pack",
    "drift",
)  # fmt: skip


def at(edition: Edition, part: str = "") -> str:
    return f"/documents/{edition.pk}/{part}"


def page(client: Client, edition: Edition, part: str = "", status: int = 200, **query: str) -> str:
    response = client.get(at(edition, part), query)
    assert response.status_code == status, (part, response.status_code)
    return response.content.decode()


def test_the_page_shows_every_figure_as_a_link_to_its_card(desk: Desk) -> None:
    html = page(desk.browser("tonggao02"), desk.edition())
    figures = re.findall(r'<a class="figure" href="([^"]+)" hx-get="([^"]+)"[^>]*data-at="([^"]*)">([^<]+)</a>', html)
    assert [(at, text) for _, _, at, text in figures] == [("2015-01..11", "3件"), ("", "4件"), ("", "3户")]
    assert '<mark class="missing"' in html and "〔缺：帮扶做法〕" in html and "5000 字" in html
    assert 'class="gone"' in html and "#做法" in html


def test_pages_hold_no_inline_script_or_style(desk: Desk) -> None:
    edition, editor = desk.edition(), desk.browser("tonggao02")
    for part in ("", "section/ip/notes", "section/ip/sentences", "figure/patents.filed"):
        html = page(editor, edition, part)
        assert not re.search(r"<script(?![^>]*src=)[^>]*>(?!\s*[\[{])", html) and " style=" not in html
        assert not re.search(r"\son\w+=", html)


def test_a_figure_with_its_own_cut_off_opens_with_its_own_records(desk: Desk) -> None:
    edition, reader = desk.edition(), desk.browser("zhichanyuan02")
    early = page(reader, edition, "figure/patents.filed", at="2015-01..11")
    assert "2015-11-30" in early and "一种样机2" in early and "一种样机3" not in early
    assert "一种样机3" in page(reader, edition, "figure/patents.filed")
    assert "一种样机0" in page(reader, edition, figure="patents.filed", at="2015-01..11")  # the page without script
    page(reader, edition, "figure/patents.granted", status=404)  # not quoted here


def test_the_records_of_a_closed_ledger_stay_closed_but_the_number_is_read(desk: Desk) -> None:
    edition = desk.edition()
    html = page(desk.browser("tonggao02"), edition, "figure/household_visits.households")
    assert ">3<" in html and "看不到这项指标的记录" in html and "试样户" not in html and "/l/" not in html
    seen = page(desk.browser("nongcun02"), edition, "figure/household_visits.households")
    assert "试样户0" in seen and "/l/households/" in seen


def test_a_higher_office_does_not_see_drafts(desk: Desk, superior: Client) -> None:
    draft = desk.edition()
    assert draft.title not in superior.get("/documents/").content.decode()
    for part in PARTS:
        page(superior, draft, part, status=404)
    assert superior.post(at(draft, "step"), {"to": "gathering", "at": "drafting"}).status_code == 404


def test_a_higher_office_reads_what_was_signed(desk: Desk, superior: Client, correct: Callable[..., Any]) -> None:
    edition = desk.frozen()
    correct(desk.visits[0], "并未走访")
    assert edition.title in superior.get("/documents/").content.decode()
    html = page(superior, edition)
    assert "3户" in html and "数据已变动" not in html and "佐证包" not in html
    card = page(superior, edition, "figure/household_visits.households")
    assert ">3<" in card and "/l/" not in card and "试样户" not in card and "现在" not in card
    assert page(superior, edition, "export/html").count("3户") == 1
    for part in ("drift", "section/ip/notes", "section/ip/sentences"):
        assert superior.get(at(edition, part)).status_code in (403, 404), part
    assert superior.get(at(edition, "pack")).status_code == 403
    for address in ("/documents/new", "/documents/templates/", "/documents/templates/small/"):
        assert superior.get(address).status_code in (403, 404), address


def test_a_higher_office_finds_the_documents_in_its_menu(desk: Desk, superior: Client) -> None:
    desk.frozen()
    home = superior.get("/")
    assert home.status_code == 200 and 'href="/documents/"' in home.content.decode()


def test_another_county_and_administrators_find_nothing(desk: Desk, stranger: Client) -> None:
    edition = desk.frozen()
    assert edition.title not in stranger.get("/documents/").content.decode()
    administrator = desk.browser("xitong02")
    for part in PARTS:
        page(stranger, edition, part, status=404)
        page(administrator, edition, part, status=404)
    assert administrator.get("/documents/").status_code == 404
    assert "小结" not in stranger.get("/documents/templates/").content.decode()
    assert stranger.get("/documents/templates/small/").status_code == 404


def test_drift_tells_then_now_difference_records_who_and_why(desk: Desk, correct: Callable[..., Any]) -> None:
    edition, reader = desk.frozen(), desk.browser("nongcun02")
    assert "数据已变动" not in page(reader, edition)
    correct(desk.visits[0], "核对后并未走访")
    html = page(reader, edition)
    assert "<b>1</b> 处数据已变动" in html and "3户" in html and "figure moved" in html
    row = page(reader, edition, "drift")
    for words in ("试样户0", "核对后并未走访", "-1", ">3 ", ">2 "):
        assert words in row, words
    card = page(reader, edition, "figure/household_visits.households")
    assert "签发时" in card and "核对后并未走访" in card and "更正" in card
    veiled = page(desk.browser("tonggao02"), edition, "drift")
    assert "试样户" not in veiled and "核对后并未走访" not in veiled and "1 条您的角色无权查看" in veiled
    assert "1 处变动" in reader.get("/documents/").content.decode()


def test_exports_carry_the_document_and_are_logged(desk: Desk) -> None:
    from jushi.kernel.models import Operation

    edition, editor = desk.edition(), desk.browser("tonggao02")
    for kind, head in (("docx", b"PK"), ("pdf", b"%PDF"), ("html", b"<!doctype"), ("md", b"# "), ("json", b"{")):
        response = editor.get(at(edition, f"export/{kind}"))
        assert response.status_code == 200 and response.content.startswith(head), kind
        assert "attachment" in response["Content-Disposition"]
    data = json.loads(editor.get(at(edition, "export/json")).content)
    refs = [r["ref"] for s in data["sections"] for p in s["paragraphs"] for r in p["runs"] if r["ref"] and "rows" in r["ref"]]
    assert [r.get("period") for r in refs] == ["2015-01..11", None, None]
    assert Operation.objects.filter(name="导出文稿").count() == 6
    assert editor.get(at(edition, "export/exe")).status_code == 404


def test_the_pack_downloads(desk: Desk) -> None:
    response = desk.browser("nongcun02").get(at(desk.edition(), "pack"))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    book = openpyxl.load_workbook(io.BytesIO(archive.read("数字与记录.xlsx")))
    assert [row[0].value for row in book["指标一览"].iter_rows(min_row=3)] == [1, 2, 3]
    names = {row[5] for row in book["记录"].iter_rows(min_row=2, values_only=True)}
    assert {"一种样机3", "试样户2"} <= names


def test_the_pack_carries_stripped_files_of_the_records_that_the_account_may_open(desk: Desk, settings: Any, tmp_path: Path) -> None:
    settings.EVIDENCE_ROOT = tmp_path
    exif = b"\xff\xe1" + (2 + 14).to_bytes(2, "big") + b"Exif\x00\x00SECRETGP"
    picture = b"\xff\xd8" + exif + b"\xff\xda\x00\x02" + b"\x00" * 8 + b"\xff\xd9"
    patent = registry.get("patents").queryset().get(title="一种样机0")
    household = registry.get("households").queryset().get(title="试样户0")
    evidence.attach(patent, io.BytesIO(picture), "受理通知书.jpg", "测试")
    evidence.attach(household, io.BytesIO(picture + b"1"), "户口簿.jpg", "测试")
    edition = desk.edition()
    found = {}
    for name in ("tonggao02", "nongcun02"):
        response = desk.browser(name).get(at(edition, "pack"))
        archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
        found[name] = [n for n in archive.namelist() if n.startswith("佐证/")]
        assert all(b"SECRETGP" not in archive.read(n) for n in found[name])
    assert len(found["tonggao02"]) == 1 and found["tonggao02"][0].endswith("受理通知书.jpg")
    assert len(found["nongcun02"]) == 2


def test_of_a_closed_figure_the_number_in_the_document_is_read_and_no_other(desk: Desk, correct: Callable[..., Any]) -> None:
    edition = desk.frozen()
    correct(desk.visits[0], "并未走访")
    part = "figure/household_visits.households"
    card = page(desk.browser("caiwu02"), edition, part)
    assert ">3<" in card and "上年同期" not in card and "不公开" in card and ">2<" not in card
    listed = page(desk.browser("caiwu02"), edition, "drift")
    assert "不公开" in listed and not re.search(r'data-label="现在">2\b', listed)
    assert re.search(r'data-label="现在">2\b', page(desk.browser("tonggao02"), edition, "drift"))  # the editor puts it right
    assert "上年同期" in page(desk.browser("nongcun02"), edition, part)


def test_the_card_of_a_closed_figure_does_not_exist_outside_documents(desk: Desk, superior: Client) -> None:
    address = "/indicators/household_visits.households/card?period=2015"
    assert desk.browser("nongcun02").get(address).status_code == 200
    for client in (desk.browser("caiwu02"), desk.browser("xitong02"), superior):
        assert client.get(address).status_code == 404
