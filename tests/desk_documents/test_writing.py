"""Writing documents: whose section it is, two people at once, sentences judged, steps and who takes them."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from documents_world import Desk

from jushi.reports.compiling import variables
from jushi.reports.models import Edition, EditionSection, Template
from jushi.reports.sentences import VARIABLES, check_line


def at(edition: Edition, part: str = "") -> str:
    return f"/documents/{edition.pk}/{part}"


def opened(client: Client, edition: Edition, key: str = "relief") -> dict[str, str]:
    """The fields of the note form as a browser would send them back."""
    html = client.get(at(edition, f"section/{key}/notes")).content.decode()
    areas = re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', html, re.S)
    inputs = re.findall(r'<input[^>]*name="((?:name|reason)-\d+)"[^>]*value="([^"]*)"', html)
    return {name: unescape(text) for name, text in [*areas, *inputs]}


def stored(desk: Desk, edition: Edition, name: str, key: str = "relief") -> Any:
    return desk.section(edition, key).notes.get(name, {}).get("text")


def test_an_office_writes_its_own_section_only(desk: Desk) -> None:
    edition = desk.edition()
    rural, ip = desk.browser("nongcunyuan02"), desk.browser("zhichanyuan02")
    html = rural.get(at(edition)).content.decode()
    assert "section/relief/notes" in html and "section/ip/notes" not in html and "/sentences" not in html
    form = opened(rural, edition) | {"note-0": "逐户定方案，发放种子3袋。", "reason-0": "领用登记"}
    saved = rural.post(at(edition, "section/relief/notes"), form)
    assert saved.status_code == 200 and stored(desk, edition, "帮扶做法") == "逐户定方案，发放种子3袋。"
    html = saved.content.decode()
    assert 'id="outline" hx-swap-oob' in html and re.search(r'class="typed" title="领用登记">3', html)
    for client in (ip, desk.browser("juzhang02"), desk.browser("dangwu02")):
        for method in (client.get, client.post):
            assert method(at(edition, "section/relief/notes"), form).status_code == 403
    assert rural.post(at(edition, "section/relief/sentences"), {"line-0": "随便。"}).status_code == 403
    assert stored(desk, edition, "帮扶做法") == "逐户定方案，发放种子3袋。"


def test_two_writers_of_one_fragment_both_see_both_texts(desk: Desk) -> None:
    edition = desk.edition()
    clerk, editor = desk.browser("nongcunyuan02"), desk.browser("tonggao02")
    first, second = opened(clerk, edition), opened(editor, edition)
    assert clerk.post(at(edition, "section/relief/notes"), first | {"note-0": "股室写的话。"}).status_code == 200
    clash = editor.post(at(edition, "section/relief/notes"), second | {"note-0": "统稿人写的话。"})
    html = clash.content.decode()
    assert clash.status_code == 422 and "股室写的话。" in html and "统稿人写的话。" in html and "冯清清" in html
    assert stored(desk, edition, "帮扶做法") == "股室写的话。"
    again = second | {"note-0": "合并后的话。", "was-0": "股室写的话。"}
    assert editor.post(at(edition, "section/relief/notes"), again).status_code == 200
    assert stored(desk, edition, "帮扶做法") == "合并后的话。"


def test_writers_of_two_fragments_of_one_section_do_not_disturb_each_other(desk: Desk) -> None:
    edition = desk.edition()
    section = desk.section(edition, "relief")
    editor, clerk = desk.browser("tonggao02"), desk.browser("nongcunyuan02")
    lines = {"line-0": "{#甲段}", "line-1": "{#乙段}", "title": "帮扶", "version": str(section.version)}
    assert editor.post(at(edition, "section/relief/sentences"), lines).status_code == 200
    first, second = opened(clerk, edition), opened(editor, edition)
    clerk.post(at(edition, "section/relief/notes"), first | {"note-0": "甲的话。"})
    assert editor.post(at(edition, "section/relief/notes"), second | {"note-1": "乙的话。"}).status_code == 200
    assert (stored(desk, edition, "甲段"), stored(desk, edition, "乙段")) == ("甲的话。", "乙的话。")


def test_sentences_are_judged_before_they_are_saved_and_a_stale_form_keeps_both(desk: Desk) -> None:
    edition, editor = desk.edition(), desk.browser("tonggao02")
    address = at(edition, "section/ip/sentences")
    version = str(desk.section(edition, "ip").version)
    for broken, words in (
        ("申请{patents.filed", "第"), ("申请{patents.nothing}。", "没有指标"), ("{$不存在}年", "没有“{$不存在}”"),
        ("@no.such", "没有名为"),
    ):  # fmt: skip
        response = editor.post(address, {"line-0": broken, "title": "保护知识产权", "version": version})
        html = unescape(response.content.decode())
        assert response.status_code == 422 and words in html and broken in html, broken
    wrong = editor.post(address, {"line-0": "申请{patents.filed}。", "line-0-until": "11-29", "version": version})
    assert wrong.status_code == 422 and "月末" in wrong.content.decode()
    good = {"line-0": "共申请{patents.filed}。", "line-0-until": "11-30", "title": "知识产权", "version": version}
    assert editor.post(address, good).status_code == 200
    assert desk.section(edition, "ip").lines == [{"text": "共申请{patents.filed}。", "until": "11-30"}]
    late = editor.post(address, good | {"line-0": "后到的句子。"})
    html = late.content.decode()
    assert late.status_code == 422 and "后到的句子。" in html and "共申请{patents.filed}。" in html
    assert desk.section(edition, "ip").lines[0]["text"] == "共申请{patents.filed}。"


def test_the_check_while_typing_answers_in_chinese(desk: Desk) -> None:
    editor = desk.browser("tonggao02")
    said = editor.post("/documents/sentence", {"line-0": "申请{patents.filed}，{#做法}"}).content.decode()
    assert "1 项指标" in said and "做法" in said
    assert "没有指标" in editor.post("/documents/sentence", {"line-0": "{no.such}"}).content.decode()
    assert "月末" in editor.post("/documents/sentence", {"line-0-until": "2-3"}).content.decode()


def test_a_sentence_broken_from_elsewhere_does_not_make_its_page_unreachable(desk: Desk) -> None:
    edition = desk.edition()
    EditionSection.objects.filter(edition=edition, key="ip").update(lines=["坏{patents.filed"])
    editor = desk.browser("tonggao02")
    html = editor.get(at(edition)).content.decode()
    assert "编不出来" in html and "section/ip/sentences" in html and "编不出" in editor.get("/documents/").content.decode()


def step(client: Client, edition: Edition, to: str, **more: str) -> str:
    edition.refresh_from_db()
    client.post(at(edition, "step"), {"to": to, "at": edition.step, **more})
    edition.refresh_from_db()
    return edition.step


def test_each_step_is_taken_by_whom_it_waits_for(desk: Desk) -> None:
    edition = desk.filled()
    editor, deputy, director = (desk.browser(f"{name}02") for name in ("tonggao", "fenguan", "juzhang"))
    clerk = desk.browser("zhichanyuan02")
    for to in ("gathering", "editing", "checking", "deputy"):
        now = edition.step
        for other in (clerk, deputy, director, desk.browser("nongcun02")):
            assert other.post(at(edition, "step"), {"to": to, "at": now}).status_code == 403
        assert step(editor, edition, to) == to
    assert step(editor, edition, "director") == "deputy"
    assert editor.get(at(edition, "section/relief/notes")).status_code == 403  # 送审后不能再改
    assert step(deputy, edition, "editing") == "deputy"  # 没有写原因
    assert step(deputy, edition, "editing", reason="第二部分要补充") == "editing"
    for to in ("checking", "deputy"):
        step(editor, edition, to)
    assert step(deputy, edition, "frozen") == "deputy"  # 不能越过局长
    assert step(deputy, edition, "director") == "director"
    assert step(deputy, edition, "frozen") == "director"
    assert step(director, edition, "frozen") == "frozen"
    assert edition.signed_by.username == "juzhang02"
    assert director.post(at(edition, "step"), {"to": "director", "at": "frozen", "reason": "改"}).status_code == 403
    assert editor.post(at(edition, "section/relief/notes"), {"name-0": "帮扶做法", "note-0": "改"}).status_code == 403


def test_a_page_left_open_does_not_move_what_another_has_moved(desk: Desk) -> None:
    edition, editor = desk.filled(), desk.browser("tonggao02")
    step(editor, edition, "gathering")
    html = editor.post(at(edition, "step"), {"to": "gathering", "at": "drafting"}, follow=True).content.decode()
    edition.refresh_from_db()
    assert edition.step == "gathering"
    assert editor.post(at(edition, "step"), {"to": "editing", "at": "drafting"}, follow=True) is not None
    edition.refresh_from_db()
    assert edition.step == "gathering" and html


def test_gaps_stop_the_signature_with_their_names(desk: Desk) -> None:
    edition = desk.edition()
    for name, to in (("tonggao", "gathering"), ("tonggao", "editing"), ("tonggao", "checking"), ("tonggao", "deputy"), ("fenguan", "director")):
        step(desk.browser(f"{name}02"), edition, to)
    html = desk.browser("juzhang02").post(at(edition, "step"), {"to": "frozen", "at": "director"}, follow=True).content.decode()
    edition.refresh_from_db()
    assert edition.step == "director" and "1 处空缺" in html and "帮扶做法" in html


def test_handing_in_and_returning_a_section(desk: Desk) -> None:
    edition = desk.edition()
    clerk, editor = desk.browser("nongcunyuan02"), desk.browser("tonggao02")
    address = at(edition, "section/relief/state")
    assert clerk.post(address, {"to": "returned"}).status_code == 403
    clerk.post(address, {"to": "done"})
    assert desk.section(edition, "relief").state == "done" and "已交稿" in editor.get(at(edition)).content.decode()
    editor.post(address, {"to": "returned"})
    assert desk.section(edition, "relief").state == "returned"
    assert desk.browser("zhichanyuan02").post(address, {"to": "done"}).status_code == 403


def test_a_new_document_is_begun_by_the_editor(desk: Desk) -> None:
    editor = desk.browser("tonggao02")
    assert desk.browser("zhichanyuan02").post("/documents/new", {"template": "small", "period": "2015"}).status_code == 403
    for given, words in (
        ({"period": "去年"}, "没有建成"), ({"period": "2015", "cutoff": "2016-02-01"}, "之内"),
        ({"period": "2015", "template": "没有的"}, "没有模板"),
    ):  # fmt: skip
        response = editor.post("/documents/new", {"template": "small", **given})
        assert response.status_code == 422 and words in response.content.decode()
    made = editor.post("/documents/new", {"template": "small", "period": "2015", "cutoff": "2015-11-25"})
    edition = Edition.objects.get()
    assert made["Location"] == at(edition) and edition.created_by.username == "tonggao02"
    html = editor.get(at(edition)).content.decode()
    assert html.count("3件") >= 2 and "4件" not in html  # 12月24日申请的一件在截止日之后
    again = editor.post("/documents/new", {"template": "small", "period": "2015"})
    assert again.status_code == 422 and "已经建稿" in again.content.decode()


def test_a_bureau_edits_its_own_copy_of_a_shipped_template(desk: Desk) -> None:
    editor = desk.browser("tonggao02")
    address = "/documents/templates/year_items/"
    assert desk.browser("zhichanyuan02").post(f"{address}copy").status_code == 403
    editor.post(f"{address}copy")
    own = Template.objects.get(code="year_items", county="990102")
    html = editor.get(f"{address}edit").content.decode()
    form = {n: unescape(t) for n, t in re.findall(r'<textarea[^>]*name="(s[^"]+)"[^>]*>\n?(.*?)</textarea>', html, re.S)}
    form |= {n: unescape(v) for n, v in re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', html) if n != "csrfmiddlewaretoken"}
    unchanged = editor.post(f"{address}edit", form)
    own.refresh_from_db()
    shipped = Template.objects.get(code="year_items", county="")
    assert unchanged.status_code == 302 and own.version == 2
    for mine, theirs in zip(own.outline, shipped.outline, strict=True):
        assert (mine["key"], mine.get("lines", [])) == (theirs["key"], theirs.get("lines", []))
    broken = editor.post(f"{address}edit", form | {"version": "2", "s0-0": "坏{patents.filed"})
    assert broken.status_code == 422 and "坏{patents.filed" in broken.content.decode()
    stale = editor.post(f"{address}edit", form | {"version": "1", "s0-0": "后到的句子。"})
    assert stale.status_code == 422 and "后到的句子。" in stale.content.decode()
    editor.post(f"{address}edit", form | {"version": "2", "s0-0": "本局自己的开头。"})
    editor.post("/documents/new", {"template": "year_items", "period": "2015"})
    assert "本局自己的开头。" in editor.get(at(Edition.objects.get())).content.decode()
    editor.post(f"{address}copy", {"drop": "1"})
    assert not Template.objects.filter(code="year_items", county="990102").exists()


def test_the_variables_that_are_checked_are_those_that_are_filled(desk: Desk) -> None:
    from jushi.kernel.periods import parse

    bureau = desk.world.bureau
    assert set(variables(bureau, bureau.area, parse("2015"))) == VARIABLES


@pytest.mark.django_db
def test_every_shipped_sentence_can_be_compiled() -> None:
    from jushi.reports.outline import shipped

    wrong = [check_line(line).problem for row in shipped() for s in row["section"] for line in s.get("lines", [])]
    assert [problem for problem in wrong if problem] == []
