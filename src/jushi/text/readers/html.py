"""Web pages (.html) and web archives (.mht): the visible text, block by block; navigation and footers are known as such."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator

from lxml import etree

from jushi.text.model import BlockRole, UnreadableError
from jushi.text.readers import txt
from jushi.text.readers.docx import Piece

_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body br center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr"
        " html legend li main nav ol option p pre section select table tbody td tfoot th thead title tr ul",
    )
)
_SILENT = frozenset(("script", "style", "noscript", "template", "head", "iframe", "object", "svg", "math", "select", "button"))
_CHROME = frozenset(["nav", "footer", "aside"])
_CHROME_CLASS = re.compile(
    r"(?:^|[\s_-])(?:nav|breadcrumb|crumb|footer|sidebar|share|copyright|related|recommend|toolbar|pager|menu|ad|ads)(?:$|[\s_-])",
    re.I,
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.I)
MAX_PARTS = 500
# Stands for a line break that <pre> keeps; browsers treat this control character as no text.
_KEPT = "\x0b"


def read_html(data: bytes, name: str) -> list[Piece]:
    """The pieces of a page.

    :raises UnreadableError: when there is no page in the bytes.
    """
    return list(_pieces(_decode(data, name), name))


def read_mht(data: bytes, name: str) -> list[Piece]:
    """The pieces of the page in a web archive (RFC 2557)."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        parts = [p for p, _ in zip(message.walk(), range(MAX_PARTS), strict=False)]
        for wanted in ("text/html", "text/plain"):
            for part in parts:
                payload = part.get_payload(decode=True) if part.get_content_type() == wanted else None
                if isinstance(payload, bytes) and payload.strip():
                    charset = part.get_content_charset() or ""
                    body = _with_charset(payload, charset)
                    if wanted == "text/html":
                        return list(_pieces(body if body is not None else _decode(payload, name), name))
                    return [Piece(line, "body") for line in (body or txt.decode(payload, name)).splitlines() if line.strip()]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError) as error:
        raise UnreadableError(f"“{name}”已损坏：请在浏览器中打开后另存为网页（.html）再读。") from error
    raise UnreadableError(f"“{name}”中没有网页正文：请在浏览器中打开后另存为网页（.html）再读。")


def _with_charset(data: bytes, charset: str) -> str | None:
    charset = "gb18030" if charset.lower() in ("gb2312", "gbk", "gb_2312-80", "x-gbk") else charset
    try:
        return data.decode(charset, "replace") if charset else None
    except LookupError:
        return None


def _decode(data: bytes, name: str) -> str:
    declared = _CHARSET.search(data[:8192])
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        text = _with_charset(data, declared[1].decode("ascii"))
        if text is not None and text.count("\ufffd") <= len(text) // 200:
            return text
    return txt.decode(data, name)


def _pieces(page: str, name: str) -> Iterator[Piece]:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, recover=True)
    try:
        root = etree.fromstring(page.encode("utf-8", "replace"), parser) if page.strip() else None
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"“{name}”不是网页或嵌套过深：请在浏览器中打开，复制正文后另存为文本。") from error
    if root is None:
        raise UnreadableError(f"“{name}”是空白网页。")
    yield from _walk(root)


def _walk(root: etree._Element) -> Iterator[Piece]:
    line: list[str] = []
    chrome = kept = hushed = 0

    def put(words: str | None) -> None:
        if words and not hushed:
            line.append(words.replace("\n", _KEPT) if kept else words)

    for event, node in etree.iterwalk(root, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if tag in _BLOCKS:
            yield from _flush(line, chrome > 0)
        if event == "start":
            chrome += _is_chrome(node, tag)
            kept += tag == "pre"
            hushed += _silent(node)
            put(node.text)
        else:
            chrome -= _is_chrome(node, tag)
            kept -= tag == "pre"
            hushed -= _silent(node)
            if node is not root:
                put(node.tail)
    yield from _flush(line, False)


def _silent(node: etree._Element) -> bool:
    return node.tag in _SILENT or not isinstance(node.tag, str)


def _is_chrome(node: etree._Element, tag: str) -> bool:
    if tag in _CHROME:
        return True
    return tag in ("div", "ul", "p", "span", "section") and _CHROME_CLASS.search(f"{node.get('class', '')} {node.get('id', '')}") is not None


def _flush(line: list[str], chrome: bool) -> Iterator[Piece]:
    role: BlockRole = "boilerplate" if chrome else "body"
    words = re.sub(r"[ \t\r\n\x0c]+", " ", "".join(line))
    line.clear()
    for row in words.split(_KEPT):
        if row.strip():
            yield Piece(row.strip(" "), role)
