"""Plain text: UTF-8 with or without mark, UTF-16, GB 18030."""

from __future__ import annotations

import codecs

from jushi.text.model import UnreadableError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes, name: str = "") -> str:
    """The characters of a text file, line ends kept, byte order mark dropped.

    :raises UnreadableError: when the bytes are no text in any of the encodings that offices use.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    else:
        return _plain(text, name)
    guess = _utf16_without_mark(data)
    return _plain(_strict(data, guess or "gb18030", name), name)


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"无法识别“{name or '文件'}”的文字编码：请用记事本或 WPS 打开后另存为 UTF-8 编码的文本，或直接提供 .docx 文件。"
        ) from error


def _plain(text: str, name: str) -> str:
    if text.count("\0") > len(text) // 1000:
        raise UnreadableError(f"“{name or '文件'}”不是文本文件：请提供 .docx、.doc、.wps、.pdf、.html、.md 或 .txt 文件。")
    return text


def _utf16_without_mark(data: bytes) -> str:
    """UTF-16 without mark shows by zero bytes in line ends and digits, or by the lead byte of common Han characters."""
    sample = data[:4000]
    if len(sample) < 4 or len(data) % 2:
        return ""
    low, high = sample[0::2], sample[1::2]
    for encoding, lead in (("utf-16-le", high), ("utf-16-be", low)):
        if sum(b in range(0x4E, 0xA0) or b in (0, 0x30, 0xFF) for b in lead) > 0.95 * len(lead):
            return encoding
    return ""
