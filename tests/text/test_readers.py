"""Readers: what stands in the file is in the text, with roles; what cannot be read is refused in Chinese with the remedy."""
# ruff: noqa: E501 — sentences of the examples stay in one piece

import io
import zipfile
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from word97 import compound, word97

from jushi.text import UnreadableError, read, read_text, understand
from jushi.text.readers.numbering import chinese, render

SAMPLE = "某县科学技术局2016年工作总结\n2016年，我局申报项目12项，立项5项。\n一、主要工作\n（一）平台建设。新建平台3个。\n二、存在问题\n人才不足。\n"


@pytest.mark.parametrize(
    "data",
    [
        SAMPLE.encode(),
        b"\xef\xbb\xbf" + SAMPLE.encode(),
        SAMPLE.encode("utf-16"),
        SAMPLE.encode("utf-16-le"),
        SAMPLE.encode("utf-16-be"),
        SAMPLE.encode("gb18030"),
    ],
    ids=["utf-8", "utf-8 mark", "utf-16 mark", "utf-16-le", "utf-16-be", "gb18030"],
)
def test_plain_text_encodings(data: bytes) -> None:
    document = read(data, "a.txt")
    assert document.text == SAMPLE
    assert [c.value for c in understand(document).claims] == ["12", "5", "3"]


def test_line_ends_are_kept() -> None:
    text = SAMPLE.replace("\n", "\r\n")
    reading = understand(read(text.encode(), "a.txt"))
    assert reading.document.text == text
    assert [text[h.start : h.end] for h in reading.outline] == [
        "某县科学技术局2016年工作总结",
        "一、主要工作",
        "（一）平台建设",
        "二、存在问题",
    ]


def _docx(build: "docx.document.Document") -> bytes:
    stream = io.BytesIO()
    build.save(stream)
    return stream.getvalue()


def _numbered(document: "docx.document.Document", forms: list[tuple[str, str]]) -> str:
    """Adds a multi-level numbering definition; returns its number id."""
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{shown}"/></w:lvl>'
        for i, (form, shown) in enumerate(forms)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    return "77"


def _item(document: "docx.document.Document", words: str, number: str, level: int) -> None:
    properties = document.add_paragraph(words)._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'))


def test_docx_automatic_numbers_are_part_of_the_text() -> None:
    document = docx.Document()
    document.add_paragraph("某区科技局2019年工作总结")
    number = _numbered(document, [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")])
    for words, level in (
        ("平台", 0),
        ("孵化器", 1),
        ("数量", 2),
        ("质量", 2),
        ("众创空间", 1),
        ("人才", 0),
        ("引才", 1),
    ):
        _item(document, words, number, level)
    reading = understand(read(_docx(document), "a.docx"))
    assert reading.document.text.split("\n")[1:] == [
        "一、平台",
        "（一）孵化器",
        "1.数量",
        "2.质量",
        "（二）众创空间",
        "二、人才",
        "（一）引才",
    ]
    assert [(h.level, h.parent) for h in reading.outline] == [
        (0, None),
        (1, 0),
        (2, 1),
        (3, 2),
        (3, 2),
        (2, 1),
        (1, 0),
        (2, 6),
    ]
    assert [b.paragraph for b in reading.document.blocks] == list(range(8))


def test_docx_tables_notes_boxes_changes_comments() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("培训农民")
    run = OxmlElement("w:ins")
    run.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>300人</w:t></w:r>"))
    paragraph._p.append(run)
    paragraph._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>200人</w:delText></w:r></w:del>"))
    box = f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>文本框里的话</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    document.add_paragraph("带框")._p.append(parse_xml(box))
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "指标", "36项"
    document.add_paragraph("表后")
    read_back = read(_docx(document), "a.docx")
    assert read_back.text.split("\n") == ["培训农民300人", "带框", "文本框里的话", "指标", "36项", "表后"]
    roles = {read_back.text[b.start : b.end]: b for b in read_back.blocks}
    assert roles["培训农民300人"].attrs["deleted"] == "200人"
    assert roles["36项"].role == "table" and roles["36项"].attrs["cell"] == "1"
    assert roles["表后"].paragraph == 2


def test_docx_paragraph_ordinals_are_those_of_python_docx() -> None:
    document = docx.Document()
    for i in range(3):
        document.add_paragraph(f"第{i}段")
        document.add_paragraph("")
        document.add_table(rows=1, cols=1).cell(0, 0).text = "格"
    data = _docx(document)
    paragraphs = docx.Document(io.BytesIO(data)).paragraphs
    for block in read(data, "a.docx").blocks:
        if block.paragraph is not None:
            assert paragraphs[block.paragraph].text == f"第{block.paragraph // 2}段"


def test_docx_title_and_heading_styles() -> None:
    document = docx.Document()
    document.add_heading("关于推进某项工作的说明", 0)
    document.add_heading("背景", 1)
    document.add_paragraph("正文说明背景，内容比较长，足以作为一个段落来看待，没有其他特别之处，只是为了凑够长度。")
    result = read(_docx(document), "a.docx")
    assert [b.role for b in result.blocks] == ["title", "heading", "body"]
    assert [(h.level, h.text) for h in understand(result).outline] == [(0, "关于推进某项工作的说明"), (1, "背景")]


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [(12, "chineseCounting", "十二"), (20, "chineseCountingThousand", "二十"), (105, "chineseCounting", "一百零五"), (3, "decimalEnclosedCircle", "③"),
     (27, "upperLetter", "AA"), (14, "lowerRoman", "xiv"), (7, "decimalZero", "07"), (2, "ideographTraditional", "乙"), (3, "none", ""), (3, "chineseLegalSimplified", "叁")],
)  # fmt: skip
def test_number_formats(number: int, form: str, shown: str) -> None:
    assert render(number, form) == shown


def test_chinese_numerals_are_unique() -> None:
    assert len({chinese(n) for n in range(1, 1000)}) == 999


def test_doc_by_piece_table() -> None:
    body = "Report 某县2016年总结\r申报12项\x13HYPERLINK x\x14立项5项\x15\x07完成\r"
    result = read(word97(body, "注一\r"), "a.doc")
    assert result.format == "doc"
    assert result.text.split("\n") == ["Report 某县2016年总结", "申报12项立项5项", "完成", "注一"]
    assert result.blocks[-1].role == "footnote"
    assert read(word97(body), "a.wps").format == "wps"


def test_html_blocks_and_site_chrome() -> None:
    page = "<html><head><title>x</title><style>p{}</style></head><body><nav>首页 &gt; 总结</nav><h1>某局2015年工作总结</h1><p>申报<b>12</b>项，<br>立项5项。</p><script>var a='7项'</script><div class='footer'>版权所有</div></body></html>"
    for data in (page.encode(), page.replace("<head>", "<head><meta charset='gb2312'>").encode("gb18030")):
        result = read(data, "a.html")
        assert result.text.split("\n") == ["首页 > 总结", "某局2015年工作总结", "申报12项，", "立项5项。", "版权所有"]
        assert [b.role for b in result.blocks] == ["boilerplate", "title", "body", "body", "boilerplate"]


def test_web_archive() -> None:
    import base64

    page = base64.encodebytes("<html><body><p>申报12项。</p></body></html>".encode("gbk")).decode()
    data = f'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: base64\r\n\r\n{page}\r\n--b--\r\n'
    assert read(data.encode(), "a.mht").text == "申报12项。"


def test_markdown_marks_stay_and_do_not_disturb() -> None:
    text = "# 某局2015年工作总结\n\n## 一、主要工作\n\n共申报**36项**，立项`13`项。\n"
    reading = understand(read(text.encode(), "a.md"))
    assert reading.document.text == text and reading.document.format == "md"
    assert reading.title is not None and reading.title.of(text) == "某局2015年工作总结"
    assert [(c.value, c.unit, text[c.start : c.end]) for c in reading.claims] == [
        ("36", "项", "36"),
        ("13", "项", "13"),
    ]
    assert [h.level for h in reading.outline] == [0, 1]


def test_pdf_without_text_is_refused() -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 200)
    stream = io.BytesIO()
    document.save(stream)
    with pytest.raises(UnreadableError, match="扫描件"):
        read(stream.getvalue(), "a.pdf")


def _zip(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


_XXE = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>'
_DEEP = (
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    + b"<w:p>" * 5000
    + b"</w:p>" * 5000
    + b"</w:body></w:document>"
)
_TYPES = {"[Content_Types].xml": b"<Types/>"}


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (_zip({**_TYPES, "word/document.xml": _XXE}), "a.docx", "实体"),
        (_zip({**_TYPES, "word/document.xml": _DEEP}), "a.docx", "嵌套过深"),
        (_zip({**_TYPES, "word/document.xml": b"\0" * (80 * 1024 * 1024)}), "a.docx", "异常庞大"),
        (_zip({**_TYPES, "word/document.xml": b"<w:document"}), "a.docx", "XML"),
        (_zip({**_TYPES}), "a.docx", "缺少正文"),
        (_zip({**_TYPES, "xl/workbook.xml": b"<a/>"}), "a.xlsx", "表格"),
        (_zip({"a.txt": b"a"}), "a.zip", "压缩包"),
        (b"PK\x03\x04broken", "a.docx", "已损坏"),
        (b"{\\rtf1 a}", "a.rtf", "RTF"),
        (b"\x89PNG\r\n\x1a\n", "a.png", "图片"),
        (b"%PDF-1.7 broken", "a.pdf", "PDF"),
        (word97("某县", encrypted=True), "a.doc", "密码"),
        (compound({"EncryptedPackage": b"x"}), "a.docx", "密码"),
        (compound({"Workbook": b"x"}), "a.xls", "不是 Word"),
        (compound({"WordDocument": b"\xec\xa5" + b"\xff" * 3000, "1Table": b"\xff" * 10}), "a.doc", "密码"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "a.doc", "已损坏"),
        (bytes(range(256)) * 8, "a.txt", "编码"),
        (b"ab\0\0" * 500, "a.txt", "不是文本"),
    ],
)  # fmt: skip
def test_refusals_say_why_and_what_to_do(data: bytes, name: str, says: str) -> None:
    with pytest.raises(UnreadableError, match=says):
        read(data, name)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="找不到"):
        read(tmp_path / "没有.txt")
    with pytest.raises(UnreadableError, match="文件夹"):
        read(tmp_path)


def test_text_field_is_bounded() -> None:
    with pytest.raises(UnreadableError, match="上限"):
        read_text("字" * 40_000_001)
