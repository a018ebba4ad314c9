"""The evidence store: files by content hash under ``$JUSHI_HOME/evidence``, typed by content, bounded, never executed.

A file is written once under its SHA-256 (a/b/rest); the same photo attached to ten records lies on the disk once.
"""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
import zipfile
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from jushi.kernel import oplog
from jushi.kernel.models import Blob, Evidence

# What a file begins with → its type. Anything else is refused, whatever its name says.
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole"),
    (b"PK\x03\x04", "application/zip"),
    (b"OFD", "application/ofd"),
)
FORBIDDEN = ((b"MZ", "可执行程序"), (b"\x7fELF", "可执行程序"), (b"#!", "脚本"), (b"\xca\xfe\xba\xbe", "可执行程序"))
OFFICE = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "OFD.xml": "application/ofd",
}
INLINE = {"application/pdf", "image/jpeg", "image/png", "image/gif", "text/plain"}
UNPACKED_LIMIT = 500 * 1024 * 1024


class RejectedFileError(ValueError):
    """The file is not taken; the message says why and what to do."""


def attach(record: Any, upload: IO[bytes], name: str, actor: str, caption: str = "") -> Evidence:
    """Store a file and attach it to a record, as one logged operation. Raises :class:`RejectedFileError`."""
    blob = store(upload)
    row = Evidence(
        county=record.county, ledger_model=record._meta.label, record_id=record.pk, blob=blob, name=clean_name(name),
        caption=caption[:200], added_by=actor,
    )  # fmt: skip
    with oplog.operation("上传佐证", county=record.county):
        row.save()
    return row


def detach(row: Evidence) -> None:
    """Remove a file from its record; the content stays, because the log and frozen documents may name it."""
    with oplog.operation("移除佐证", county=row.county):
        row.delete()


def of_record(record: Any) -> list[Evidence]:
    """Files of a record, oldest first."""
    rows = Evidence.objects.filter(county=record.county, record_id=record.pk)
    return list(rows.select_related("blob").order_by("added_at"))


def store(upload: IO[bytes]) -> Blob:
    """Write the bytes under their hash and return the blob; an interrupted write leaves nothing behind."""
    root = Path(settings.EVIDENCE_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    upload.seek(0)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=root, delete=False) as draft:
        try:
            while chunk := upload.read(1 << 20):
                size += len(chunk)
                if size > settings.UPLOAD_LIMIT:
                    raise RejectedFileError(f"文件超过 {settings.UPLOAD_LIMIT >> 20} MB，请压缩图片或拆分后再上传")
                digest.update(chunk)
                draft.write(chunk)
            draft.flush()
            os.fsync(draft.fileno())
            mime = sniff(Path(draft.name))
        except BaseException:
            os.unlink(draft.name)
            raise
    if size == 0:
        os.unlink(draft.name)
        raise RejectedFileError("文件是空的，请重新选择")
    key = digest.hexdigest()
    target = path_of(key)
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(draft.name, target)
    blob, _ = Blob.objects.get_or_create(sha256=key, defaults={"size": size, "mime": mime})
    return blob


def path(blob: Blob) -> Path:
    """Where a blob's bytes lie."""
    return path_of(blob.sha256)


def path_of(key: str) -> Path:
    """Where bytes with this hash lie."""
    return Path(settings.EVIDENCE_ROOT) / key[:2] / key[2:4] / key


def sniff(file: Path) -> str:
    """The type of a file by its content; raises :class:`RejectedFileError` for programs, scripts, bombs and unknown kinds."""
    with file.open("rb") as source:
        head = source.read(4096)
    for start, what in FORBIDDEN:
        if head.startswith(start):
            raise RejectedFileError(f"这是{what}，不能作为佐证上传；请上传照片、扫描件、Word、Excel 或 PDF")
    for start, mime in SIGNATURES:
        if head.startswith(start):
            return _zip_type(file) if mime == "application/zip" else mime
    if head[8:12] == b"WEBP":
        return "image/webp"
    if b"\x00" not in head and _is_text(head):
        return "text/plain"
    raise RejectedFileError("认不出文件类型；可上传 jpg、png、pdf、doc(x)、xls(x)、ppt(x)、wps、ofd、txt、zip")


def _zip_type(file: Path) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as error:
        raise RejectedFileError("压缩文件已损坏，请重新制作后上传") from error
    if sum(e.file_size for e in entries) > UNPACKED_LIMIT or len(entries) > 10_000:
        raise RejectedFileError("压缩文件解开后过大，请拆分后上传")
    names = [e.filename for e in entries]
    if any("vbaProject.bin" in n for n in names):
        raise RejectedFileError("文件带有宏，不能上传；请另存为不带宏的 docx、xlsx")
    if any(n.lower().endswith((".exe", ".dll", ".bat", ".cmd", ".js", ".vbs", ".ps1", ".scr")) for n in names):
        raise RejectedFileError("压缩包内有程序或脚本，不能上传")
    for mark, mime in OFFICE.items():
        if any(n.startswith(mark) for n in names):
            return mime
    return "application/zip"


def _is_text(head: bytes) -> bool:
    for encoding in ("utf-8", "gb18030"):
        try:
            head[: len(head) - len(head) % 2 if encoding == "gb18030" else len(head)].decode(encoding)
        except UnicodeDecodeError as error:
            if error.start > len(head) - 5:
                return True
            continue
        return True
    return False


def clean_name(name: str) -> str:
    """A file name without path or control characters, at most 200 characters, its ending kept."""
    bare = "".join(c for c in name.replace("\\", "/").split("/")[-1] if c.isprintable()).strip(". ") or "未命名"
    if len(bare) <= 200:
        return bare
    stem, dot, ending = bare.rpartition(".")
    return stem[: 195 - len(ending)] + dot + ending if dot and len(ending) <= 10 else bare[:200]


def stripped(blob: Blob) -> bytes:
    """The bytes as exported: JPEG pictures without EXIF (place, device, time), everything else as it is."""
    data = path(blob).read_bytes()
    return without_exif(data) if blob.mime == "image/jpeg" else data


def without_exif(data: bytes) -> bytes:
    """A JPEG without its APP1…APP15 and comment segments except ICC (APP2); other bytes stay (ISO/IEC 10918-1)."""
    if data[:2] != b"\xff\xd8":
        return data
    out, at = io.BytesIO(), 2
    out.write(data[:2])
    while at + 4 <= len(data) and data[at] == 0xFF:
        kind = data[at + 1]
        if kind == 0xDA:
            break
        length = int.from_bytes(data[at + 2 : at + 4], "big") + 2
        if not (0xE1 <= kind <= 0xEF and kind != 0xE2 or kind == 0xFE):
            out.write(data[at : at + length])
        at += length
    out.write(data[at:])
    return out.getvalue()
