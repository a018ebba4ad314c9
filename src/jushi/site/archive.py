"""Backup and restore: one zip with the database as it was at one moment, the evidence files, and a list of their hashes.

SQLite is copied by its online backup (consistent while others write); on PostgreSQL the dump of ``pg_dump`` in custom format is taken.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import zipfile
import zlib
from contextlib import closing
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

MANIFEST = "manifest.json"


class ArchiveError(Exception):
    """The archive cannot be used; the message says why."""


def backup(target: str | Path) -> int:
    """Write the archive; returns how many evidence files it holds. It appears under its name only when complete."""
    target = Path(target).resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        database = Path(folder) / "database"
        _dump(database)
        draft = Path(folder) / "archive.zip"
        sums: dict[str, str] = {}
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            _put(archive, database, "database", sums)
            root = Path(settings.EVIDENCE_ROOT)
            files = sorted(p for p in root.rglob("*") if p.is_file() and len(p.name) == 64) if root.exists() else []
            for path in files:
                _put(archive, path, f"evidence/{path.relative_to(root).as_posix()}", sums)
            manifest = {
                "vendor": connection.vendor,
                "made": datetime.now().isoformat(timespec="seconds"),
                "sha256": sums,
            }
            archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        os.replace(draft, target)
    return len(files)


def _put(archive: zipfile.ZipFile, path: Path, name: str, sums: dict[str, str]) -> None:
    archive.write(path, name)
    sums[name] = _sha256(path)


def _sha256(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _dump(path: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(path) as copy:
            connection.connection.backup(copy)
        copy.close()
        return
    done = subprocess.run(["pg_dump", "-Fc", "-f", str(path), *_server()], env=_environment(), capture_output=True, text=True)  # noqa: S603, S607
    if done.returncode:
        raise ArchiveError(f"pg_dump 失败：{done.stderr.strip().splitlines()[-1]}")


def restore(source: str | Path) -> str:
    """Check the archive completely, then put it in place; returns where the former database is kept ('' when there was none)."""
    path = Path(source)
    if not path.exists():
        raise ArchiveError(f"没有文件 {path}")
    home = Path(settings.JUSHI_HOME)
    with tempfile.TemporaryDirectory(dir=home) as folder:
        manifest = _unpack(path, Path(folder))
        if manifest["vendor"] != connection.vendor:
            raise ArchiveError(f"备份来自 {manifest['vendor']}，当前数据库是 {connection.vendor}，请换用相同的数据库")
        if connection.vendor == "sqlite":
            _require_stopped(_database_file())
        for file in (Path(folder) / "evidence").rglob("*"):
            if file.is_file():
                place = Path(settings.EVIDENCE_ROOT) / file.relative_to(Path(folder) / "evidence")
                place.parent.mkdir(parents=True, exist_ok=True)
                os.replace(file, place)
        return _load(Path(folder) / "database", home)


def _unpack(path: Path, folder: Path) -> dict[str, object]:
    try:
        with zipfile.ZipFile(path) as archive:
            manifest: dict[str, object] = json.loads(archive.read(MANIFEST))
            sums = dict(manifest["sha256"])  # type: ignore[call-overload]
            for name in sums:
                if name.startswith(("/", "..")) or ".." in Path(name).parts:
                    raise ArchiveError("备份文件内有越界的路径，拒绝恢复")
                archive.extract(name, folder)
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, NotImplementedError, RuntimeError) as error:
        raise ArchiveError("这不是据实的备份文件，或文件已损坏") from error
    for name, expected in sums.items():
        if _sha256(folder / name) != expected:
            raise ArchiveError(f"备份中的 {name} 与清单不符，文件已损坏")
    return manifest


def _load(database: Path, home: Path) -> str:
    if connection.vendor == "sqlite":
        now, kept = _database_file(), ""
        if now.exists():
            kept = str(home / f"{now.stem}-{datetime.now():%Y%m%d-%H%M%S}{now.suffix}")
            for ending in ("", "-wal", "-shm"):  # what a damaged database has left beside it belongs to it
                if (part := now.with_name(now.name + ending)).exists():
                    shutil.move(part, kept + ending)
        os.replace(database, now)
        return kept
    done = subprocess.run(  # noqa: S603
        ["pg_restore", "--clean", "--if-exists", "--single-transaction", "--no-owner", *_server(), str(database)],  # noqa: S607
        env=_environment(), capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise ArchiveError(f"pg_restore 失败，数据库未改动：{done.stderr.strip().splitlines()[-1]}")
    return ""


def _database_file() -> Path:
    return Path(str(settings.DATABASES["default"]["NAME"]))


def _require_stopped(database: Path) -> None:
    """Fold the log of committed changes into a database that nobody else has open, so that the kept file is whole.

    ArchiveError while another process has it open: a running server would go on writing into the file that was set aside.
    """
    connections.close_all()
    if not database.exists():
        return
    with closing(sqlite3.connect(database, timeout=1)) as opened:
        try:
            opened.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            raise ArchiveError("据实正在运行：请先停止 jushi serve（和别的 jushi 命令），再恢复") from error
        except sqlite3.DatabaseError:
            return  # damaged beyond reading: the very reason to restore


def _server() -> list[str]:
    s = connection.settings_dict
    words = ["-d", str(s["NAME"])]
    for flag, key in (("-h", "HOST"), ("-p", "PORT"), ("-U", "USER")):
        if s[key]:
            words += [flag, str(s[key])]
    return words


def _environment() -> dict[str, str]:
    return {**os.environ, "PGPASSWORD": str(connection.settings_dict["PASSWORD"] or "")}
