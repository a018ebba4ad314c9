"""Evidence by item: one folder per record, numbered in the order of the list, for inspections (文明创建迎检、考核)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import IO, Any

from jushi.kernel import evidence

LISTING = "目录.txt"


def write_folders(records: Iterable[Any], target: IO[bytes]) -> list[Any]:
    """Write a zip of the records' files to ``target``; returns the records that have none, which the listing names too.

    Pictures are stripped of where and when they were taken. Files of one name in one folder get a number behind it.
    """
    lacking, lines = [], []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, record in enumerate(records, 1):
            folder, files = f"{number:02d} {_folder(record.title)}", evidence.of_record(record)
            lines.append(f"{folder}：{len(files)}份" if files else f"{folder}：没有佐证")
            if not files:
                lacking.append(record)
            for name, row in _named(files):
                archive.writestr(f"{folder}/{name}", evidence.stripped(row.blob))
        archive.writestr(LISTING, "\n".join(lines) + "\n")
    return lacking


def _folder(title: str) -> str:
    """A title as a folder name: strokes become ／, so that the whole of it stays."""
    return evidence.clean_name(title.replace("/", "／").replace("\\", "＼"))


def _named(files: Iterable[Any]) -> list[tuple[str, Any]]:
    used: dict[str, int] = {}
    found = []
    for row in files:
        name = PurePosixPath(evidence.clean_name(row.name))
        used[name.name] = used.get(name.name, 0) + 1
        times = used[name.name]
        found.append((name.name if times == 1 else f"{name.stem}（{times}）{name.suffix}", row))
    return found
