"""XML without surprises: no entities, no network, bounded depth (OWASP XXE and billion-laughs)."""

from __future__ import annotations

from lxml import etree

from jushi.text.model import UnreadableError

MAX_DEPTH = 250


def parse(data: bytes, name: str) -> etree._Element:
    """The root element of a part.

    :raises UnreadableError: malformed, carrying a document type (entities), or nested beyond any office document.
    """
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:65536]:
        raise UnreadableError(f"“{name}”含有不允许的 XML 实体声明，可能是恶意文件，已拒绝读取。")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        # libxml2 itself stops at a depth of 256 without huge_tree.
        raise UnreadableError(f"“{name}”的内容不是合法的 XML 或嵌套过深：请用 WPS 或 Word 打开后重新保存。") from error
    if root is None:
        raise UnreadableError(f"“{name}”没有内容。")
    return root
