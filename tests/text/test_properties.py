"""Whatever the input: no crash, no hang, blocks and spans inside the text and in order, only UnreadableError from readers."""
# ruff: noqa: E501 — sentences of the examples stay in one piece

import json

from hypothesis import given, settings
from hypothesis import strategies as st
from word97 import word97

from jushi.text import Document, Reading, UnreadableError, as_json, as_markdown, read, read_text, understand

_SCRAPS = [
    "一、", "（一）", "(二)", "1、", "2.", "①", "一是", "二是", "首先，", "其次，", "第三，", "。", "；", "，", "、", "：", "\n", "\r\n", " ", "　", "“", "”", "《", "》", "（", "）", "(", ")",
    "36", "xx", "×", "*", "1.2", "1,234", "数百", "三万多", "百分之五", "第3", "2015年", "项", "家", "万元", "亿元", "个百分点", "%", "人次", "余", "近", "以上", "其中", "共", "同比增长",
    "等", "和", "及", "分别为", "申报", "立项", "高新技术企业", "有限公司", "科技局", "工作总结", "下载文档", "第7页 共7页", "某县", "XX县", "(jì)", "計劃", "存在问题", "下一步计划", "七个一", "两个", "\u200b", "😀",
]  # fmt: skip
_DOCUMENTS = st.lists(st.one_of(st.sampled_from(_SCRAPS), st.text(max_size=6)), max_size=80).map("".join)


def _check(document: Document, reading: Reading) -> None:
    size = len(document.text)
    at = 0
    for block in document.blocks:
        assert at <= block.start < block.end <= size
        at = block.end
    spans = [(c.start, c.end) for c in reading.claims]
    assert spans == sorted(spans) and all(0 <= a < b <= size for a, b in spans)
    for c in reading.claims:
        assert c.sentence[0] <= c.start and c.end <= c.sentence[1] <= size
        assert c.part_of is None or 0 <= c.part_of < len(reading.claims)
    for i, h in enumerate(reading.outline):
        assert h.id == i and 0 <= h.start < h.end <= size and h.end <= max(h.end, h.body_end) <= size
        assert h.parent is None or h.parent < i
    for items in (reading.lists, reading.names, reading.plans, reading.problems):
        assert all(0 <= x.start < x.end <= size for x in items)
        assert [x.start for x in items] == sorted(x.start for x in items)
    json.dumps(as_json(reading), ensure_ascii=False)
    assert as_markdown(reading).startswith("# ")


@given(_DOCUMENTS)
@settings(max_examples=250, deadline=2000)
def test_understanding_any_text(text: str) -> None:
    document = read_text(text)
    assert document.text == text
    _check(document, understand(document))


@given(
    st.binary(max_size=400),
    st.sampled_from(["a.txt", "a.docx", "a.doc", "a.pdf", "a.html", "a.mht", "a.md"]),
    st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.4\n", b"<html>", b"MIME-Version: 1.0\nContent-Type: text/html\n\n"]),
)
@settings(max_examples=200, deadline=3000)
def test_reading_any_bytes(data: bytes, name: str, head: bytes) -> None:
    try:
        document = read(head + data, name)
    except UnreadableError as refusal:
        assert any("一" <= c <= "鿿" for c in str(refusal))
    else:
        _check(document, understand(document))


_DOC = word97("Summary 某县2016年总结\r申报12项\r", "注\r")


@given(st.lists(st.tuples(st.integers(0, len(_DOC) - 1), st.integers(0, 255)), max_size=12))
@settings(max_examples=150, deadline=3000)
def test_reading_damaged_doc(changes: list[tuple[int, int]]) -> None:
    data = bytearray(_DOC)
    for at, byte in changes:
        data[at] = byte
    try:
        document = read(bytes(data), "a.doc")
    except UnreadableError as refusal:
        assert "a.doc" in str(refusal)
    else:
        _check(document, understand(document))


@given(_DOCUMENTS)
@settings(max_examples=60, deadline=2000)
def test_html_of_any_text(text: str) -> None:
    try:
        document = read(f"<html><body><p>{text}</p><div>{text}</div></body></html>".encode("utf-8", "replace"), "a.html")
    except UnreadableError as refusal:
        assert "a.html" in str(refusal)
    else:
        _check(document, understand(document))
