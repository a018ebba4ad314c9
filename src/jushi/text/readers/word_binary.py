"""Word 97–2003 (.doc) and WPS Office (.wps): the text by the piece table of the WordDocument stream.

Source: [MS-DOC] §2.4.1 (retrieving text), §2.5 (Fib), §2.9.38 (Clx). WPS Office writes the same structures into .wps.
Word 95 and older keep the text in one run of bytes in the local code page (GBK).
"""

from __future__ import annotations

import io
import re
import struct

from jushi.text.model import BlockRole, UnreadableError
from jushi.text.readers.docx import Piece

_MAX_PIECES = 200_000
_FIELD = re.compile(r"\x13[^\x13\x14\x15]*\x14([^\x13\x14\x15]*)\x15|\x13[^\x13\x14\x15]*\x15")
_DROPPED = dict.fromkeys([*range(1, 7), 8, *range(14, 30), 31], None) | {
    0: None,
    11: "\n",
    12: "\n",
    30: "-",
    7: "\t\n",
}
_STORIES: tuple[tuple[int, BlockRole], ...] = (
    (0x4C, "body"), (0x50, "footnote"), (0x54, "boilerplate"), (0x58, "boilerplate"), (0x5C, "comment"), (0x60, "footnote"), (0x64, "body"),
)  # fmt: skip


def read_word_binary(data: bytes, name: str) -> list[Piece]:
    """The pieces of a binary Word or WPS document: body, notes, comments, text boxes.

    :raises UnreadableError: encrypted, damaged, or another format in the same container.
    """
    import olefile  # 3 MB, in memory only where such a document is read

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            if ole.exists("EncryptedPackage"):
                raise UnreadableError(f"“{name}”设有打开密码：请去掉密码后另存再读。")
            if not ole.exists("WordDocument"):
                raise UnreadableError(f"“{name}”不是 Word 或 WPS 文字文档（可能是表格、演示或旧版 WPS）：请用 WPS 打开后另存为 .docx。")
            main = ole.openstream("WordDocument").read()
            tables = {t: ole.openstream(t).read() for t in ("0Table", "1Table") if ole.exists(t)}
        return _pieces(main, tables, name)
    except UnreadableError:
        raise
    except (
        OSError,
        struct.error,
        ValueError,
        IndexError,
        KeyError,
        AttributeError,
        TypeError,
        RecursionError,
        EOFError,
    ) as error:
        raise UnreadableError(f"“{name}”已损坏，读不出正文：请用 WPS 或 Word 打开后另存为 .docx。") from error


def _pieces(main: bytes, tables: dict[str, bytes], name: str) -> list[Piece]:
    ident, version = struct.unpack_from("<HH", main, 0)
    flags = struct.unpack_from("<H", main, 0x0A)[0]
    if ident not in (0xA5EC, 0xA5DC, 0xA5DB):
        raise UnreadableError(f"“{name}”不是 Word 97—2003 或 WPS 文字文档：请用 WPS 打开后另存为 .docx。")
    if flags & 0x0100:
        raise UnreadableError(f"“{name}”设有打开密码：请去掉密码后另存再读。")
    if version < 0x00C1:
        first, last = struct.unpack_from("<II", main, 0x18)
        return _split(main[first:last].decode("gb18030", "replace"), "body")
    table = tables["1Table" if flags & 0x0200 else "0Table"]
    text = _text(main, table)
    result, at = [], 0
    for offset, role in _STORIES:
        length = struct.unpack_from("<i", main, offset)[0]
        if length < 0 or length > len(text):
            continue
        if role != "boilerplate":
            result.extend(_split(text[at : at + length], role))
        at += length
    return result


def _text(main: bytes, table: bytes) -> str:
    """All characters by the piece table: 8-bit pieces are Windows-1252, others UTF-16."""
    start, size = struct.unpack_from("<II", main, 0x01A2)
    clx = table[start : start + size]
    at = 0
    while clx[at] == 1:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if clx[at] != 2:
        raise ValueError("no piece table")
    length = struct.unpack_from("<I", clx, at + 1)[0]
    plc = clx[at + 5 : at + 5 + length]
    count = (len(plc) - 4) // 12
    if not 0 < count <= _MAX_PIECES:
        raise ValueError("piece table out of bounds")
    bounds = struct.unpack_from(f"<{count + 1}I", plc, 0)
    parts = []
    for i in range(count):
        offset = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * i + 2)[0]
        chars = bounds[i + 1] - bounds[i]
        if chars < 0 or chars > len(main):
            raise ValueError("piece out of bounds")
        if offset & 0x40000000:
            begin = (offset & 0x3FFFFFFF) // 2
            parts.append(main[begin : begin + chars].decode("cp1252", "replace"))
        else:
            parts.append(main[offset : offset + 2 * chars].decode("utf-16-le", "replace"))
    return "".join(parts)


def _split(text: str, role: BlockRole) -> list[Piece]:
    # Fields nest; the innermost go first, and a document with more layers than that is none that an office wrote.
    for _ in range(8):
        text, changed = _FIELD.subn(lambda m: m[1] or "", text)
        if not changed:
            break
    pieces, ordinal = [], -1
    for paragraph in re.split(r"[\r\x07]", text):
        ordinal += 1
        words = paragraph.translate(_DROPPED)
        if words.strip():
            pieces.append(Piece(words, role, ordinal if role == "body" else None))
    return pieces
