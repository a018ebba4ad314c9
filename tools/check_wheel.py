"""Check that the wheel in a folder carries every browser asset of the manifest, byte for byte, and its own templates.

Usage: ``python tools/check_wheel.py dist``. Exit code 1 with the list of what is missing or different.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from pathlib import Path

VENDOR = "jushi/desk/static/vendor/"
SOURCE = Path(__file__).resolve().parent.parent / "src"
CODE = {".py", ".pyc"}


def problems(wheel: Path) -> list[str]:
    """Sentences about what the wheel lacks, empty when it is complete."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        if VENDOR + "manifest.json" not in names:
            return ["没有网页资源（manifest.json）：请先执行 make setup"]
        manifest = json.loads(archive.read(VENDOR + "manifest.json"))
        found = []
        for name, entry in manifest["files"].items():
            if VENDOR + name not in names:
                found.append(f"缺少 {name}")
            elif hashlib.sha256(archive.read(VENDOR + name)).hexdigest() != entry["sha256"]:
                found.append(f"内容与清单不符：{name}")
    data = (p for p in SOURCE.rglob("*") if p.is_file() and p.suffix not in CODE and "__pycache__" not in p.parts)
    found += [f"缺少 {name}" for name in sorted(p.relative_to(SOURCE).as_posix() for p in data) if name not in names]
    return found


def main(folder: str) -> int:
    wheels = sorted(Path(folder).glob("*.whl"))
    if len(wheels) != 1:
        print(f"✗ {folder}/ 中应当恰有一个 wheel，现有 {len(wheels)} 个", file=sys.stderr)
        return 1
    found = problems(wheels[0])
    for sentence in found:
        print(f"✗ {wheels[0].name}：{sentence}", file=sys.stderr)
    if not found:
        print(f"— {wheels[0]}（{wheels[0].stat().st_size // 1024} KB），网页资源与模板齐全")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "dist"))
