"""The check page: bringing a text, deciding, never again, reconciling, exporting; and what stays one's own."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from desk_world import COUNTY, World
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jushi.kernel import scope
from jushi.kernel.models import Operation
from jushi.proof import Finding
from jushi.proofdesk import checking
from jushi.proofdesk.marking import marked
from jushi.proofdesk.models import CheckedText, Dismissal, OfficeWord
from jushi.text import read_text

DRAFT = "虚谷区科学技术局2015年工作总结\n一、主要工作\n年初布署各项工作，全年专利申请量3件。\n局里召开会议，布署下一步工作。\n"


def bring(client: Client, text: str = DRAFT) -> str:
    response = client.post("/check/", {"pasted": text})
    assert response.status_code == 302, response.content.decode()[:2000]
    return str(response["Location"])


def first(text: str = "布署") -> Finding:
    checked = CheckedText.objects.order_by("-created_at").select_related("blob")[0]
    return next(f for f in checking.findings_in(checked, checking.settings_of(COUNTY)) if f.text == text)


def decide(client: Client, url: str, finding: Finding, action: str, **more: str) -> Any:
    return client.post(f"{url}decide", {"key": checking.key_of(finding), "do": action, **more}, headers={"HX-Request": "true"})


def test_a_pasted_text_is_read_marked_and_named_by_its_title(world: World) -> None:
    client = world.client("editor")
    url = bring(client)
    page = client.get(url).content.decode()
    assert "虚谷区科学技术局2015年工作总结.txt" in page
    assert page.count(">布署</mark>") == 2 and "改为 部署" in page
    assert 'value="2015"' in page and "从文中读出：2015年" in page
    assert DRAFT not in "".join(Operation.objects.values_list("reason", flat=True)), "the log must not repeat drafts"


def test_overlapping_findings_share_their_pieces() -> None:
    def finding(start: int, end: int, level: Any) -> Finding:
        return Finding("T1", "typo", level, start, end, "", "")

    document = read_text("甲乙丙丁戊\n己庚")
    lines = list(marked(document, [finding(0, 3, "hint"), finding(2, 7, "error"), finding(4, 4, "warning")]))
    pieces = [(p.text, p.findings, p.level) for line in lines for p in line.pieces]
    assert "".join(p[0] for p in pieces) == "甲乙丙丁戊己庚"
    assert pieces[:2] == [("甲乙", (0,), "hint"), ("丙", (0, 1), "error")]
    assert ("", (2,), "warning") in pieces and pieces[-2][:2] == ("己", (1,))
    assert pieces[-1] == ("庚", (), "")


def test_an_accepted_suggestion_is_written_into_the_word_file_and_ignored_ones_are_not_commented(world: World) -> None:
    client = world.client("editor")
    source = docx.Document()
    for line in DRAFT.splitlines():
        source.add_paragraph(line)
    out = io.BytesIO()
    source.save(out)
    upload = SimpleUploadedFile("总结.docx", out.getvalue())
    url = client.post("/check/", {"file": upload})["Location"]
    assert "改为 部署" in decide(client, url, first(), "accept:0").content.decode()
    checked = CheckedText.objects.select_related("blob").get()
    second = [f for f in checking.findings_in(checked, checking.settings_of(COUNTY)) if f.text == "布署"][1]
    assert decide(client, url, second, "ignore").status_code == 422, "ignoring wants a reason"
    assert "忽略：原文如此" in decide(client, url, second, "ignore", reason="原文如此").content.decode()
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(client.get(f"{url}export/corrected").content)).paragraphs)
    assert "年初部署各项工作" in text and "布署下一步工作" in text
    commented = docx.Document(io.BytesIO(client.get(f"{url}export/commented").content))
    assert sum("布署" in c.text for c in commented.comments) == 1
    assert client.get(f"{url}export/list").content[:2] == b"PK"
    assert client.get(f"{url}export/other").status_code == 404
    decide(client, url, first(), "undo")
    assert checking.key_of(first()) not in CheckedText.objects.get().decisions


def test_never_again_holds_for_the_whole_bureau_and_can_be_taken_back(world: World) -> None:
    client = world.client("editor")
    url = bring(client)
    assert decide(client, url, first(), "never").status_code == 422
    response = decide(client, url, first(), "never", reason="本局惯用")
    assert response.status_code == 204 and response["HX-Redirect"] == url
    other = world.client("clerk")
    assert "改为 部署" not in other.get(bring(other, DRAFT + "另一份。")).content.decode()
    row = Dismissal.objects.get()
    client.post("/check/settings", {"do": "dismissal", "pk": str(row.pk)})
    assert not Dismissal.objects.exists() and "改为 部署" in client.get(url).content.decode()


def test_a_rule_is_switched_off_and_on(world: World) -> None:
    client = world.client("editor")
    url = bring(client)
    rule = first().rule
    client.post("/check/settings", {"do": "off", "rule": rule, "reason": "试运行"})
    assert "改为 部署" not in client.get(url).content.decode()
    client.post("/check/settings", {"do": "on", "rule": rule})
    assert "改为 部署" in client.get(url).content.decode()


def test_the_bureaus_own_words(world: World) -> None:
    client = world.client("editor")
    url = bring(client, "虚谷区2015年工作总结\n科枝局召开会议。布署工作。\n")
    assert "改为 科技局" not in client.get(url).content.decode()
    assert client.post("/check/settings", {"do": "word", "word": "科枝局", "to": "", "way": "typos"}).status_code == 422
    client.post("/check/settings", {"do": "word", "word": "科枝局", "to": "科技局", "way": "typos"})
    client.post("/check/settings", {"do": "word", "word": "布署", "way": "off"})
    page = client.get(url).content.decode()
    assert "改为 科技局" in page and "改为 部署" not in page
    client.post("/check/settings", {"do": "word-drop", "pk": str(OfficeWord.objects.get(word="科枝局").pk)})
    assert "改为 科技局" not in client.get(url).content.decode()


@pytest.mark.parametrize("role", ["specialist", "village_worker", "inspector"])
def test_who_writes_nothing_sets_nothing(world: World, role: str) -> None:
    client = world.client(role)
    url = bring(client)
    assert client.post("/check/settings", {"do": "word", "word": "科枝局", "to": "科技局", "way": "typos"}).status_code == 403
    assert decide(client, url, first(), "never", reason="不想看").status_code == 422
    assert not Dismissal.objects.exists() and not OfficeWord.objects.exists()


def test_the_texts_of_others_do_not_exist(world: World) -> None:
    url = bring(world.client("director"), DRAFT + "绝不外传的一句话。\n")
    other = world.client("editor")
    for path in ("", "?tab=claims", "alike", "export/list", "export/corrected"):
        assert other.get(url + path).status_code == 404
    for path in ("decide", "period", "drop", "claim"):
        assert other.post(url + path, {"do": "sure", "of": "2014"}).status_code == 404
    mine = bring(other, DRAFT + "绝不外传的一句话，我也写了，这一句足够长，可以拿来比对的。\n")
    for page in ("/check/", mine, f"{mine}alike"):
        assert url not in other.get(page).content.decode()
    assert CheckedText.objects.filter(created_by=world.users["director"]).count() == 1


@pytest.mark.parametrize("role", ["system_admin", "security_admin", "audit_admin"])
def test_administrators_check_nothing(world: World, role: str) -> None:
    client = world.client(role)
    assert client.get("/check/").status_code == 404 and client.get("/check/settings").status_code == 404
    assert client.post("/check/", {"pasted": DRAFT}).status_code == 404


def test_numbers_against_the_records(world: World) -> None:
    for n in (1, 2):
        world.patent(n, state="confirmed")
    client = world.client("editor")
    url = bring(client)
    page = client.get(f"{url}?tab=claims").content.decode()
    assert "不符" in page and "/l/patents/?figure=" in page and "采用台账数" in page
    key = page.split('name="key" value="')[1].split('"')[0]
    client.post(f"{url}claim", {"key": key, "do": "accept"})
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(client.get(f"{url}export/corrected").content)).paragraphs)
    assert "专利申请量2件" in text
    client.post(f"{url}period", {"of": "2014", "tab": "claims"})
    assert "<b>2014年</b>" in client.get(f"{url}?tab=claims").content.decode()
    client.post(f"{url}period", {"of": "上半年"})
    assert CheckedText.objects.get().period == "2014", "what is no period changes nothing"


def test_words_that_the_records_contradict_are_shown_with_the_record(world: World) -> None:
    world.add("projects", state="confirmed", title="枸杞烘干装备研制", level="city", approved_on="2015-01-10", started_on="2015-02-01")
    client = world.client("editor")
    page = client.get(f"{bring(client, '2015年，市级项目全面结题，申请专利2件。')}?tab=claims").content.decode()
    assert "与台账不符的说法" in page and "枸杞烘干装备研制</a>" in page and "市级项目全面结题" in page


def test_who_sees_one_township_compares_nothing(world: World) -> None:
    world.patent(1, state="confirmed")
    client = world.client("village_worker")
    url = bring(client)
    page = client.get(f"{url}?tab=claims").content.decode()
    assert "对账</a>" not in page and "figure=" not in page


def test_repeated_paragraphs_are_found_among_ones_own(world: World) -> None:
    client = world.client("editor")
    long = "围绕全区中心工作，深入企业开展科技服务，帮助企业解决技术难题并对接高校院所资源。"
    bring(client, f"虚谷区2014年工作总结\n{long}\n")
    url = bring(client, f"虚谷区2015年工作总结\n{long}\n今年另有新的打算。\n")
    page = client.get(f"{url}alike").content.decode()
    assert "1 段与以往雷同" in page and "2014年工作总结" in page


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [("图.png", b"\x89PNG\r\n\x1a\n" + b"0" * 99, "OCR"), ("空.txt", b"  \n ", "没有文字"), ("坏.docx", b"PK\x03\x04broken", "坏.docx")],
)
def test_what_cannot_be_read_is_said(world: World, name: str, data: bytes, words: str) -> None:
    response = world.client("editor").post("/check/", {"file": SimpleUploadedFile(name, data)})
    assert response.status_code == 422 and words in response.content.decode()
    assert not CheckedText.objects.exists()


def test_size_is_bounded(world: World) -> None:
    response = world.client("editor").post("/check/", {"pasted": "全年开展培训。" * 30_000})
    assert response.status_code == 422 and "拆分" in response.content.decode()


def test_another_county_sees_neither_words_nor_dismissals(world: World) -> None:
    client = world.client("editor")
    url = bring(client)
    decide(client, url, first(), "never", reason="本局惯用")
    with scope.use(scope.of_counties(["990121"], "外人")):
        assert checking.settings_of("990121") == checking.Settings()
        assert not CheckedText.objects.exists() and not Dismissal.objects.exists()


def test_the_command_line_uses_the_bureaus_settings(world: World, tmp_path: Any, capsys: Any) -> None:
    import json

    from jushi.site.cli.check import main

    path = tmp_path / "总结.txt"
    path.write_text(DRAFT + "科枝局另有安排。\n", encoding="utf-8")

    def found(*more: str) -> set[str]:
        assert main([str(path), "--format", "json", *more]) == 0
        return {f["text"] for f in json.loads(capsys.readouterr().out)["findings"]}

    org = ("--org", COUNTY, "--period", "2015")
    assert "布署" in found() and "布署" in found(*org) and "科枝局" not in found(*org)
    checking.dismiss(COUNTY, first_rule(world), "布署", "本局惯用", world.users["editor"])
    checking.add_word(COUNTY, "科枝局", "科技局", "typos", "", world.users["editor"])
    assert "布署" not in found(*org) and "科枝局" in found(*org)
    assert "布署" in found() and "科枝局" not in found(), "without a bureau the shipped rules hold"


def first_rule(world: World) -> str:
    bring(world.client("editor"))
    return first().rule
