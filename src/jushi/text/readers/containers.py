"""Bounded opening of containers: a zip that would burst, nest or name odd paths is refused before it is unpacked."""

from __future__ import annotations

import io
import zipfile

from jushi.text.model import UnreadableError

MAX_MEMBERS = 5_000
MAX_MEMBER = 256 * 1024 * 1024
MAX_TOTAL = 512 * 1024 * 1024
MAX_RATIO = 400


def open_zip(data: bytes, name: str) -> zipfile.ZipFile:
    """The archive, checked against bombs by its directory; members are read with :func:`member`.

    :raises UnreadableError: damaged, encrypted, or larger unpacked than any office document.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError) as error:
        raise UnreadableError(f"“{name}”已损坏，无法解开：请用 WPS 或 Word 打开后重新保存。") from error
    total = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos) or 1
    if len(infos) > MAX_MEMBERS or total > MAX_TOTAL or (total > 16 * 1024 * 1024 and total / packed > MAX_RATIO):
        raise UnreadableError(f"“{name}”解开后异常庞大（{total // 1024 // 1024} MB），可能是恶意文件，已拒绝读取。")
    if any(info.flag_bits & 1 for info in infos):
        raise UnreadableError(f"“{name}”设有打开密码：请去掉密码后另存再读。")
    return archive


def member(archive: zipfile.ZipFile, path: str, name: str) -> bytes | None:
    """The bytes of one member, None when there is none of that path; never more than its bound."""
    try:
        info = archive.getinfo(path)
    except KeyError:
        return None
    if info.file_size > MAX_MEMBER:
        raise UnreadableError(f"“{name}”中的 {path} 过大，已拒绝读取。")
    try:
        with archive.open(info) as stream:
            data = stream.read(MAX_MEMBER + 1)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError) as error:
        raise UnreadableError(f"“{name}”已损坏（{path}）：请用 WPS 或 Word 打开后重新保存。") from error
    if len(data) > MAX_MEMBER:
        raise UnreadableError(f"“{name}”中的 {path} 过大，已拒绝读取。")
    return data
