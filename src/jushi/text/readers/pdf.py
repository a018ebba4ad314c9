"""PDF with a text layer, by PDFium. Scans have none and are refused with the remedy."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from jushi.text.model import UnreadableError

if TYPE_CHECKING:
    import pypdfium2

MAX_PAGES = 3_000
MAX_CHARS = 20_000_000
# PDFium keeps global state and is not thread-safe.
_LOCK = threading.Lock()


def read_pdf(data: bytes, name: str) -> str:
    """The text of all pages, one after the other, each ending its line.

    :raises UnreadableError: scanned, locked, damaged or too long.
    """
    import pypdfium2  # 5 MB, in memory only where a PDF is read

    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if "assword" in str(error):
                raise UnreadableError(f"“{name}”设有打开密码：请去掉密码后再读。") from error
            raise UnreadableError(f"“{name}”已损坏或不是 PDF：请重新导出后再读。") from error
        try:
            return _text(document, name)
        except pypdfium2.PdfiumError as error:
            raise UnreadableError(f"“{name}”已损坏，有的页读不出来：请重新导出后再读。") from error
        finally:
            document.close()


def _text(document: pypdfium2.PdfDocument, name: str) -> str:
    count = len(document)
    if count > MAX_PAGES:
        raise UnreadableError(f"“{name}”有 {count} 页，超过 {MAX_PAGES} 页的上限：请拆分后再读。")
    pages, total = [], 0
    for page in document:
        textpage = page.get_textpage()
        words = textpage.get_text_range().replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").replace("\ufffe", "")
        textpage.close()
        page.close()
        total += len(words)
        if total > MAX_CHARS:
            raise UnreadableError(f"“{name}”的文字超过 {MAX_CHARS} 字：请拆分后再读。")
        pages.append(words)
    if count and sum(len("".join(p.split())) for p in pages) < 8 * count:
        raise UnreadableError(f"“{name}”是扫描件，没有可读的文字：请先用文字识别（OCR）软件转换，或提供 Word、WPS 原稿。")
    return "\n".join(pages)
