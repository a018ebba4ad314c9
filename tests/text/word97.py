"""Writes minimal Word 97 files (compound file, Fib, piece table) so that the reader is tested without an office suite."""
# ruff: noqa: E501 — sentences of the examples stay in one piece

import struct

SECTOR = 512


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file ([MS-CFB], version 3) with these streams; each is padded beyond the mini-stream limit."""
    padded = {name: data + b"\0" * (-len(data) % SECTOR if len(data) >= 4096 else 4096 - len(data)) for name, data in streams.items()}
    fat, body, entries = [0xFFFFFFFD], b"", []
    for name, data in padded.items():
        first, count = len(fat), len(data) // SECTOR
        fat += [first + i + 1 for i in range(count - 1)] + [0xFFFFFFFE]
        body += data
        entries.append((name, first, len(data)))
    directory_at = len(fat)
    directory = _entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)
    for i, (name, first, size) in enumerate(entries):
        directory += _entry(name, 2, first, size, right=i + 2 if i + 1 < len(entries) else 0xFFFFFFFF)
    directory += b"\0" * (-len(directory) % SECTOR)
    sectors = len(directory) // SECTOR
    fat += [directory_at + i + 1 for i in range(sectors - 1)] + [0xFFFFFFFE]
    fat += [0xFFFFFFFF] * (SECTOR // 4 - len(fat))
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        1,
        directory_at,
        0,
        4096,
        0xFFFFFFFE,
        0,
        0xFFFFFFFE,
        0,
    )
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return header + struct.pack(f"<{SECTOR // 4}I", *fat) + body + directory


def _entry(name: str, kind: int, first: int, size: int, right: int = 0xFFFFFFFF, child: int = 0xFFFFFFFF) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    return raw.ljust(64, b"\0") + struct.pack("<HBBIII16sIQQIQ", len(raw), kind, 1, 0xFFFFFFFF, right, child, b"", 0, 0, 0, first, size)


def word97(body: str, footnotes: str = "", encrypted: bool = False, version: int = 0x00C1) -> bytes:
    """A .doc whose main text is two pieces: the first ASCII characters 8-bit, the rest UTF-16."""
    text = body + footnotes
    plain = len(text) - len(text.lstrip("".join(map(chr, range(32, 127)))))
    eight, wide = text[:plain].encode("cp1252"), text[plain:].encode("utf-16-le")
    at = 1024
    main = bytearray(at)
    struct.pack_into("<HH", main, 0, 0xA5EC, version)
    struct.pack_into("<H", main, 0x0A, 0x0200 | (0x0100 if encrypted else 0))
    struct.pack_into("<ii", main, 0x4C, len(body), len(footnotes))
    main += eight + wide
    bounds = struct.pack("<III", 0, plain, len(text))
    pieces = struct.pack("<HIH", 0, at * 2 | 0x40000000, 0) + struct.pack("<HIH", 0, at + len(eight), 0)
    clx = b"\x01" + struct.pack("<H", 2) + b"\0\0" + b"\x02" + struct.pack("<I", len(bounds + pieces)) + bounds + pieces
    struct.pack_into("<II", main, 0x01A2, 0, len(clx))
    return compound({"WordDocument": bytes(main), "1Table": clx})
