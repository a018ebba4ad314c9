"""One door for all formats: bytes or a path in, a :class:`Document` out."""

from __future__ import annotations

from pathlib import Path

from jushi.text import damage
from jushi.text.model import Document, UnreadableError
from jushi.text.readers import txt

MAX_BYTES = 64 * 1024 * 1024
MAX_CHARS = 40_000_000


def read_text(text: str, name: str = "") -> Document:
    """A document from characters already decoded, as from a text field."""
    _bounded(text, name)
    return Document(text, tuple(damage.mark(text)), name, "txt")


def read(source: str | Path | bytes, name: str = "") -> Document:
    """The document in a file or in its bytes; ``name`` tells the format of bytes and is used in messages.

    :raises UnreadableError: in Chinese with the remedy, when the file cannot be read.
    """
    if isinstance(source, bytes):
        data = source
    else:
        path = Path(source)
        name = name or path.name
        try:
            if path.stat().st_size > MAX_BYTES:
                raise UnreadableError(f"“{name}”超过 {MAX_BYTES // 1024 // 1024} MB：请拆分后再读。")
            data = path.read_bytes()
        except OSError as error:
            raise UnreadableError(f"打不开“{name}”：{error.strerror or '无法读取'}。请检查路径和权限。") from error
    if len(data) > MAX_BYTES:
        raise UnreadableError(f"“{name}”超过 {MAX_BYTES // 1024 // 1024} MB：请拆分后再读。")
    return read_text(txt.decode(data, name), name)


def _bounded(text: str, name: str) -> None:
    if len(text) > MAX_CHARS:
        raise UnreadableError(f"“{name}”有 {len(text)} 字，超过 {MAX_CHARS} 字的上限：请拆分后再读。")
