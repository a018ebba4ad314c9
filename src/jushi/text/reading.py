"""One door for all formats: bytes or a path in, a :class:`Document` out. The format is told by the bytes, not by the name."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from pathlib import Path

from jushi.text import damage
from jushi.text.bulk import in_bulk
from jushi.text.model import Block, Document, UnreadableError
from jushi.text.readers import html, markdown, pdf, txt, word_binary
from jushi.text.readers.containers import open_zip
from jushi.text.readers.docx import Piece, read_docx

MAX_BYTES = 64 * 1024 * 1024
MAX_CHARS = 40_000_000
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8", b"BM")


@in_bulk
def read_text(text: str, name: str = "") -> Document:
    """A document from characters already decoded, as from a text field.

    :raises UnreadableError: longer than the bound.
    """
    if len(text) > MAX_CHARS:
        raise UnreadableError(f"“{name or '文本'}”有 {len(text)} 字，超过 {MAX_CHARS} 字的上限：请拆分后再读。")
    damaged = damage.notes(text)
    return Document(text, tuple(damage.mark(text, damaged)), name, "txt", damaged)


@in_bulk
def read(source: str | Path | bytes, name: str = "") -> Document:
    """The document in a file or in its bytes; ``name`` is used in messages and for Markdown.

    Reads .txt, .docx, .doc, .wps, .pdf (with text), .html, .mht and .md.

    :raises UnreadableError: in Chinese with the remedy, when the file cannot be read.
    """
    data = source if isinstance(source, bytes) else _load(Path(source))
    name = name or ("文件" if isinstance(source, bytes) else Path(source).name)
    if len(data) > MAX_BYTES:
        raise UnreadableError(f"“{name}”超过 {MAX_BYTES // 1024 // 1024} MB：请拆分后再读。")
    suffix = name.rpartition(".")[2].lower()
    head = data[:2048].lstrip().lower()
    if data.startswith(b"PK\x03\x04"):
        return _zip(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _from_pieces(word_binary.read_word_binary(data, name), name, "wps" if suffix == "wps" else "doc")
    if b"%PDF-" in data[:1024]:
        return replace(read_text(pdf.read_pdf(data, name), name), format="pdf")
    if data.startswith(b"{\\rtf"):
        raise UnreadableError(f"“{name}”是 RTF 格式：请用 WPS 或 Word 打开后另存为 .docx。")
    if data.startswith(_IMAGES):
        raise UnreadableError(f"“{name}”是图片：请先用文字识别（OCR）软件转换，或提供 Word、WPS 原稿。")
    if suffix in ("mht", "mhtml") or (b"mime-version:" in head and b"content-type:" in head):
        return _from_pieces(html.read_mht(data, name), name, "mht")
    if suffix in ("htm", "html", "xhtml") or head.startswith((b"<!doctype html", b"<html")):
        return _from_pieces(html.read_html(data, name), name, "html")
    document = read_text(txt.decode(data, name), name)
    if suffix in ("md", "markdown"):
        blocks = tuple(markdown.with_headings(document.text, list(document.blocks)))
        return replace(document, format="md", blocks=blocks, notes=(*document.notes, "markdown"))
    return document


def _load(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableError(f"“{path.name}”有 {size // 1024 // 1024} MB，超过 {MAX_BYTES // 1024 // 1024} MB：请拆分后再读。")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableError(f"找不到“{path}”：请检查路径。") from error
    except IsADirectoryError as error:
        raise UnreadableError(f"“{path}”是文件夹：请指明其中的文件。") from error
    except (OSError, ValueError) as error:
        raise UnreadableError(f"打不开“{path}”：请检查路径和权限。") from error


def _zip(data: bytes, name: str) -> Document:
    names = set(open_zip(data, name).namelist())
    if any(n.startswith("xl/") for n in names):
        raise UnreadableError(f"“{name}”是表格文件，不是文字材料：请用台账导入，或另存为 .docx。")
    if any(n.startswith("ppt/") for n in names) or "content.xml" in names:
        raise UnreadableError(f"“{name}”不是 Word 文档：请用 WPS 打开后另存为 .docx。")
    if "[Content_Types].xml" not in names:
        raise UnreadableError(f"“{name}”是压缩包：请解压后逐个读取其中的文件。")
    return _from_pieces(read_docx(data, name), name, "docx")


def _from_pieces(pieces: list[Piece], name: str, form: str) -> Document:
    """Pieces become one text, a line or more each; roles of the format and roles seen in the text are put together."""
    parts, starts, at = [], [], 0
    for piece in pieces:
        starts.append(at)
        parts.append(piece.text)
        at += len(piece.text) + 1
    document = read_text("\n".join(parts), name)
    blocks = []
    for block in document.blocks:
        where = bisect_right(starts, block.start) - 1
        blocks.append(_merged(block, pieces[where]))
    return replace(document, blocks=tuple(_titled(blocks)), format=form)


def _merged(block: Block, piece: Piece) -> Block:
    role = block.role
    if piece.role != "body" and role != "page_mark":
        role = piece.role
    elif piece.attrs.get("style_level") and role == "body":
        role = "title" if piece.attrs["style_level"] == "0" else "heading"
    return Block(block.start, block.end, role, piece.paragraph, {**block.attrs, **piece.attrs})


def _titled(blocks: list[Block]) -> list[Block]:
    """A title by style outweighs titles guessed from the words before the text."""
    styled = [b for b in blocks if b.attrs.get("style_level") == "0"]
    if not styled:
        return blocks
    return [replace(b, role="body") if b.role == "title" and b.attrs.get("style_level") != "0" and b.start < styled[0].start else b for b in blocks]
