"""What leaves the checker: JSON, text, Word with comments, the corrected document, the command line."""

import io
import json

import docx
import pytest

from jushi.proof import as_json, as_text, certain, check, commented, corrected, corrected_text
from jushi.proof.catalogue import catalogue
from jushi.proof.command import main
from jushi.text import read, understand

TEXT = "县科技局工作总结\n截止目前，全县布署项目5项。。\n下一步抓好落实。\n"
FIELDS = {"rule", "kind", "level", "start", "end", "text", "message", "suggestions", "basis"}


def word_file():
    word = docx.Document()
    word.add_paragraph("县科技局工作总结")
    paragraph = word.add_paragraph("截止目")
    paragraph.add_run("前，全县").bold = True
    paragraph.add_run("布署项目5项。。")
    table = word.add_table(rows=1, cols=1)
    table.cell(0, 0).text = "截止12月底，完成投资约500万元左右。"
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def checked(data, name):
    document = read(data, name)
    return document, check(understand(document))


def test_json_is_as_documented():
    document, found = checked(TEXT.encode(), "a.txt")
    data = json.loads(json.dumps(as_json(document, found, "a.txt"), ensure_ascii=False))
    assert data["file"] == "a.txt"
    assert data["chars"] == len(TEXT)
    assert {f["rule"] for f in data["findings"]} >= {"N24", "E13", "P33"}
    for finding in data["findings"]:
        assert finding.keys() >= FIELDS
        assert TEXT[finding["start"] : finding["end"]] == finding["text"]
        assert "paragraph" not in finding


def test_docx_findings_carry_the_paragraph():
    document, found = checked(word_file(), "a.docx")
    places = {f["text"]: f.get("paragraph") for f in as_json(document, found)["findings"]}
    assert places["布署"] == 1
    assert places["截止"] is None or places["截止"] == 1


def test_text_shows_line_context_and_suggestion():
    document, found = checked(TEXT.encode(), "a.txt")
    plain, coloured = as_text(document, found, "a.txt"), as_text(document, found, "a.txt", colour=True)
    assert "2:1  必改" in plain
    assert "【截止】目前" in plain
    assert "建议：“截至”" in plain
    assert "\x1b[" not in plain
    assert "\x1b[31m" in coloured


def test_comments_stand_at_the_words_and_keep_the_formatting():
    document, found = checked(word_file(), "a.docx")
    word = docx.Document(io.BytesIO(commented(document, found, word_file())))
    assert len(list(word.comments)) == len(found)
    assert [p.text for p in word.paragraphs] == ["县科技局工作总结", "截止目前，全县布署项目5项。。"]
    assert [r.text for r in word.paragraphs[1].runs if r.bold] == ["前，全县"]
    body = word.element.xml
    assert body.index("commentRangeStart") < body.index("截止")
    assert any("布署" in c.text and "部署" in c.text for c in word.comments)


def test_comments_on_other_formats_make_a_word_file():
    document, found = checked(TEXT.encode(), "a.txt")
    word = docx.Document(io.BytesIO(commented(document, found)))
    assert "\n".join(p.text for p in word.paragraphs) + "\n" == TEXT
    assert len(list(word.comments)) == len(found)


def test_corrections_are_written_into_the_runs():
    document, found = checked(word_file(), "a.docx")
    word = docx.Document(io.BytesIO(corrected(document, certain(found), word_file())))
    assert word.paragraphs[1].text == "截至目前，全县部署项目5项。"
    assert [r.text for r in word.paragraphs[1].runs if r.bold] == ["前，全县"]
    assert word.tables[0].cell(0, 0).text.startswith("截至12月底")


def test_corrected_text():
    _, found = checked(TEXT.encode(), "a.txt")
    assert corrected_text(TEXT, certain(found)).splitlines()[1] == "截至目前，全县部署项目5项。"


def test_broken_word_file_is_refused_in_chinese():
    document, found = checked(TEXT.encode(), "a.txt")
    with pytest.raises(ValueError, match="docx"):
        commented(document, found, b"not a word file")


@pytest.fixture
def draft(tmp_path):
    path = tmp_path / "稿.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_command_exit_codes(draft, capsys):
    assert main(["check", str(draft)]) == 0
    assert main(["check", str(draft), "--fail-on", "error"]) == 1
    clean = draft.with_name("净.txt")
    clean.write_text("科技局工作总结\n全年完成项目5项。\n", encoding="utf-8")
    assert main(["check", str(clean), "--fail-on", "warning"]) == 0
    capsys.readouterr()
    assert main(["check", str(draft.with_name("无.txt"))]) == 2
    assert "没有这个文件" in capsys.readouterr().err
    assert main(["check"]) == 2
    assert "缺少参数" in capsys.readouterr().err
    assert main(["check", str(draft), "--format", "pdf"]) == 2
    assert main([]) == 2


def test_command_reads_standard_input(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode()), encoding="utf-8"))
    assert main(["check", "-", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["chars"] == len(TEXT)


def test_command_options(draft, tmp_path, capsys):
    assert main(["check", str(draft), str(draft), "--format", "json", "--off", "typo"]) == 0
    both = json.loads(capsys.readouterr().out)
    assert len(both) == 2
    assert {f["kind"] for f in both[0]["findings"]} == {"punct_wrong"}
    gone = tmp_path / "gone.json"
    gone.write_text(json.dumps([{"rule": "N24", "text": None, "reason": "单位习惯"}]), encoding="utf-8")
    mine = tmp_path / "mine.tsv"
    mine.write_text("table\tword\tto\tkind\tlevel\ntypos\t下一步\t下步\ttypo\twarning\n", encoding="utf-8")
    assert main(["check", str(draft), "--format", "json", "--dismissed", str(gone), "--lexicon", str(mine)]) == 0
    rules = [(f["rule"], f["text"]) for f in json.loads(capsys.readouterr().out)["findings"]]
    assert ("E13", "下一步") in rules
    assert "N24" not in dict(rules)
    mine.write_text("word\tto\n甲\t乙\n", encoding="utf-8")
    assert main(["check", str(draft), "--lexicon", str(mine)]) == 2


def test_command_writes_word_files(draft, tmp_path, capsys):
    out, mended = tmp_path / "out" / "批注.docx", tmp_path / "改.docx"
    assert main(["check", str(draft), "--format", "docx", "-o", str(out), "--corrected", str(mended)]) == 0
    assert list(docx.Document(out).comments)
    assert "截至目前" in docx.Document(mended).paragraphs[1].text


def test_rules_command(capsys):
    assert main(["rules", "list"]) == 0
    assert "E02" in capsys.readouterr().out
    assert main(["rules", "show", "e02"]) == 0
    assert "序号断号" in capsys.readouterr().out
    assert main(["rules", "show", "nope"]) == 2


def test_catalogue_lists_every_rule():
    from jushi.proof import RULES

    page = catalogue()
    for rule in RULES:
        assert f"### {rule.id} {rule.name}" in page


SCRAPED = "县科技局工作总结\n今年,我局推进改革,强化服务;完成项目3项(省级1项),截止目前,投资1,234万元:成效明显,群众满意,企业受益,再接再厉.\n"


def test_accepted_folding_is_written_into_the_text():
    document, found = checked(SCRAPED.encode(), "a.txt")
    whole = [f for f in found if f.kind == "halfwidth_punct"]
    assert len(whole) == 1
    folded = corrected_text(SCRAPED, whole)
    assert len(folded) == len(SCRAPED)
    assert "改革，强化服务；完成项目3项（省级1项），截止目前，投资1,234万元：成效" in folded
    every = corrected_text(SCRAPED, certain(found))
    assert "，截至目前，" in every
    assert corrected_text(SCRAPED, [f for f in found if f.rule == "N24"]).count(",") == SCRAPED.count(",")


def test_one_finding_for_many_marks_folds_them_all():
    text = "今年，我局推进改革；强化服务。一是,抓项目；二是,抓人才；三是,抓平台，成效明显。\n"
    _, found = checked(text.encode(), "a.txt")
    marks = [f for f in found if f.kind == "halfwidth_punct"]
    assert len(marks) == 1
    assert "," not in corrected_text(text, marks)


def test_accepted_folding_is_written_into_word_without_splitting_runs():
    word = docx.Document()
    for line in SCRAPED.splitlines():
        paragraph = word.add_paragraph(line[:9])
        paragraph.add_run(line[9:]).bold = True
    buffer = io.BytesIO()
    word.save(buffer)
    document, found = checked(buffer.getvalue(), "a.docx")
    made = docx.Document(io.BytesIO(corrected(document, [f for f in found if f.kind == "halfwidth_punct"], buffer.getvalue())))
    assert made.paragraphs[1].text == corrected_text(SCRAPED, [f for f in found if f.kind == "halfwidth_punct"]).splitlines()[1]
    assert len(made.paragraphs[1].runs) == 2
    both = docx.Document(io.BytesIO(corrected(document, certain(found), buffer.getvalue())))
    assert "，截至目前，投资1,234万元：" in both.paragraphs[1].text
