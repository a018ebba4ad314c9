"""Files: the grid of GB/T 9704—2012 measured in the finished page, words that cannot become markup, JSON that comes back whole."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import pypdfium2
import pytest

from jushi.compose import ComposeError, Composition, FigureRef, Paragraph, Run, Section, Typed, render
from jushi.compose.render import json as json_render

SENTENCE = "局里组织干部深入村社了解情况并逐项记录在册以备核对"


def document(lines: int = 40) -> Composition:
    runs = (
        Run(SENTENCE * 20),
        Run("36项", FigureRef("projects.applied", Decimal(36), "项", rows=36)),
        Run("3户", Typed("手填")),
    )
    sections = tuple(Section(1, "工作情况", (Paragraph(runs),), marker="一、") for _ in range(lines // 10))
    return Composition("某县科学技术局2015年工作总结", "990102", "2015", sections, issuer="某县科学技术局", date=date(2015, 12, 8))


def pages(pdf: bytes) -> list[list[str]]:
    found = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_bounded() for page in found]
    return [[line for line in text.splitlines() if line.strip()] for text in texts]


def test_a_pdf_page_holds_22_lines_of_28_characters() -> None:
    first, *rest = pages(render(document(), "pdf").content)
    full = rest[0]
    body = [line for line in full if "—" not in line]
    assert len(body) == 22
    assert max(len(line) for line in body) == 28
    assert rest[0][-1].replace(" ", "") == "—2—"
    assert first[-1].replace(" ", "") == "—1—"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="没有安装 LibreOffice")
def test_a_word_page_holds_22_lines_of_28_characters(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(render(document(), "docx").content)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path],
        check=True,
        capture_output=True,
        timeout=120,
    )
    bodies = [[line for line in page if "—" not in line] for page in pages((tmp_path / "a.pdf").read_bytes())]
    assert max(len(body) for body in bodies) == 22  # fewer where a heading goes over with its first line
    assert max(len(line) for body in bodies for line in body if not any(c.isdigit() for c in line)) == 28


def test_word_names_the_fonts_of_the_standard() -> None:
    book = docx.Document(io.BytesIO(render(document(), "docx").content))
    xml = book.element.xml
    for name in ("方正小标宋简体", "黑体"):
        assert name in xml
    assert "仿宋_GB2312" in book.styles["Normal"].element.xml
    assert 'w:linePitch="580"' in xml and "evenAndOddHeaders" in book.settings.element.xml


@pytest.mark.parametrize("words", ['#eval("1")', "$x$ *粗* _斜_", "</w:t><b>", "\\u{0}\x00\x07", '#include "/etc/passwd"', "]"])
@pytest.mark.parametrize("format", ["pdf", "docx", "html"])
def test_words_never_become_markup(words: str, format: str) -> None:
    made = render(Composition(words, "990102", "2015", (Section(1, words, (Paragraph((Run(words),)),), marker="一、"),)), format)
    assert made.content
    if format == "html":
        assert "<b>" not in made.content.decode()


def test_json_comes_back_whole() -> None:
    composition = document(10)
    data = json.loads(render(composition, "json").content)
    run = data["sections"][0]["paragraphs"][0]["runs"][1]
    assert run["ref"]["indicator"] == "projects.applied" and run["ref"]["rows"] == 36 and run["text"] == "36项"
    again = json_render.load(json_render.data(composition))
    assert [r.text for r in again.runs()] == [r.text for r in composition.runs()]
    assert [type(r.ref) for r in again.runs()] == [type(r.ref) for r in composition.runs()]


def test_unknown_formats_are_named() -> None:
    with pytest.raises(ComposeError, match="可选"):
        render(document(), "rtf")
