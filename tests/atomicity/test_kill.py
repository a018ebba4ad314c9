"""A process killed in the middle of writing leaves the database as before or after, never between."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SOURCE = HERE.parents[1] / "src"
ROWS = 300
KILLS = 4

SETUP = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from jushi.kernel import scope
from jushi.kernel.reference import load_reference
from jushi.site.demo.world import make_areas, make_bureau, demo_scope
load_reference()
make_areas()
with scope.use(demo_scope("990102")):
    make_bureau("990102")
"""
VERIFY = """
import django
django.setup()
from jushi.kernel import integrity, scope
with scope.use(scope.of_system()):
    print([f"{p.where} {p.message}" for p in integrity.verify()])
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A bureau in a real SQLite file of its own."""
    place = tmp_path_factory.mktemp("home")
    python(place, "-c", SETUP)
    yield place


def environment(home: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    return {**kept, "JUSHI_HOME": str(home), "PYTHONPATH": str(SOURCE), "DJANGO_SETTINGS_MODULE": "jushi.site.settings"}


def python(home: Path, *args: str) -> str:
    done = subprocess.run([sys.executable, *args], env=environment(home), capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


def counts(home: Path) -> tuple[int, int, int, int]:
    """People, their lines in the log, their entries in the search, operations that made them."""
    with closing(sqlite3.connect(home / "jushi.sqlite3")) as database:
        one = [
            database.execute(sql).fetchone()[0]
            for sql in (
                "SELECT count(*) FROM entities_person",
                "SELECT count(*) FROM kernel_changeline WHERE model = 'entities.Person'",
                "SELECT count(*) FROM kernel_searchentry WHERE model = 'entities.Person'",
                "SELECT count(*) FROM kernel_operation WHERE name = '导入'",
            )
        ]
    return one[0], one[1], one[2], one[3]


def killed(home: Path, script: str, progress: Path, after: float) -> None:
    """Start a script that writes for ever and kill it some time after its first write has begun."""
    child = subprocess.Popen([sys.executable, str(HERE / script), str(progress)], env=environment(home), stderr=subprocess.PIPE)
    waited = time.monotonic() + 90
    while not progress.exists() and time.monotonic() < waited and child.poll() is None:
        time.sleep(0.02)
    assert progress.exists(), child.stderr.read().decode()[-2000:] if child.stderr else ""
    time.sleep(after)
    child.send_signal(signal.SIGKILL)
    assert child.wait() == -signal.SIGKILL


def test_an_import_killed_at_any_moment_is_whole_or_absent(home: Path, tmp_path: Path) -> None:
    chance, former = random.Random(20151231), 0
    for kill in range(KILLS):
        killed(home, "child.py", tmp_path / f"progress{kill}", chance.uniform(0.05, 1.0))
        people, lines, entries, operations = counts(home)
        assert people % ROWS == 0 and people >= former
        assert people == lines == entries == operations * ROWS
        former = people
    assert former > 0, "nothing was ever written: the test would prove nothing"
    assert python(home, "-c", VERIFY) == "[]"


def values(home: Path, *queries: str) -> list[int]:
    with closing(sqlite3.connect(home / "jushi.sqlite3")) as database:
        return [database.execute(sql).fetchone()[0] for sql in queries]


def test_an_import_page_killed_at_any_moment_says_what_is_there(home: Path, tmp_path: Path) -> None:
    chance, rows = random.Random(20140630), 0
    for kill in range(3):
        killed(home, "child_wizard.py", tmp_path / f"wizard{kill}", chance.uniform(0.05, 1.5))
        rows, done = values(home, "SELECT count(*) FROM entities_ipright", "SELECT count(*) FROM ledger_importbatch WHERE state = 'done'")
        assert rows == done * 200, "a batch is marked as imported exactly when its rows are there"
    assert rows > 0
    assert python(home, "-c", VERIFY) == "[]"


def test_a_signature_killed_at_any_moment_is_whole_or_absent(home: Path, tmp_path: Path) -> None:
    chance, frozen = random.Random(20161231), 0
    for kill in range(3):
        killed(home, "child_freeze.py", tmp_path / f"freeze{kill}", chance.uniform(0.05, 1.5))
        frozen, texts, figures, loose = values(
            home,
            "SELECT count(*) FROM reports_edition WHERE step = 'frozen'",
            "SELECT count(*) FROM reports_edition WHERE frozen IS NOT NULL",
            "SELECT count(*) FROM reports_frozenfigure",
            "SELECT count(*) FROM reports_frozenfigure f JOIN reports_edition e ON e.id = f.edition_id WHERE e.step <> 'frozen'",
        )
        assert frozen == texts and figures == frozen * 3 and loose == 0
    assert frozen > 0
    assert python(home, "-c", VERIFY) == "[]"


def test_backup_and_restore_bring_back_what_was_there(home: Path, tmp_path: Path) -> None:
    archive = tmp_path / "backup.zip"
    run = ("-c", "from jushi.site.cli import main; import sys; sys.exit(main(sys.argv[1:]))")
    before = counts(home)
    python(home, *run, "backup", str(archive))
    with closing(sqlite3.connect(home / "jushi.sqlite3")) as database, database:
        database.execute("UPDATE kernel_operation SET actor = '别人'")
    assert python(home, "-c", VERIFY) != "[]"
    assert "已恢复" in python(home, *run, "restore", str(archive))
    assert counts(home) == before
    assert python(home, "-c", VERIFY) == "[]"
    spoilt = bytearray(archive.read_bytes())
    spoilt[len(spoilt) // 2] ^= 0xFF
    archive.write_bytes(spoilt)
    refused = subprocess.run([sys.executable, *run, "restore", str(archive)], env=environment(home), capture_output=True, text=True, timeout=60)
    assert refused.returncode != 0 and "损坏" in refused.stderr
    assert counts(home) == before


def test_restoring_is_refused_while_the_program_runs_and_keeps_every_committed_row(home: Path, tmp_path: Path) -> None:
    archive = tmp_path / "backup.zip"
    run = ("-c", "from jushi.site.cli import main; import sys; sys.exit(main(sys.argv[1:]))")
    python(home, *run, "backup", str(archive))
    before, crashed = counts(home), tmp_path / "crashed"
    crashed.mkdir()
    with closing(sqlite3.connect(home / "jushi.sqlite3")) as server:
        assert server.execute("PRAGMA journal_mode=WAL").fetchone()[0] == "wal"
        server.execute("CREATE TABLE committed (word TEXT)")
        server.execute("INSERT INTO committed VALUES ('已提交')")
        server.commit()
        refused = subprocess.run([sys.executable, *run, "restore", str(archive)], env=environment(home), capture_output=True, text=True, timeout=60)
        assert refused.returncode == 2 and "请先停止 jushi serve" in refused.stderr
        assert server.execute("SELECT word FROM committed").fetchone() == ("已提交",)
        for name in ("jushi.sqlite3", "jushi.sqlite3-wal"):  # as a power cut leaves them
            shutil.copy(home / name, crashed / name)
        server.execute("DROP TABLE committed")
        server.commit()
    said = python(crashed, *run, "restore", str(archive))
    assert counts(crashed) == before
    with closing(sqlite3.connect(said.rsplit(" ", 1)[1])) as kept:
        assert kept.execute("SELECT word FROM committed").fetchone() == ("已提交",)
    (crashed / "jushi.sqlite3").write_bytes(b"no database at all" * 100)
    assert "已恢复" in python(crashed, *run, "restore", str(archive)), "a damaged database is the very reason to restore"
    assert counts(crashed) == before


def test_an_archive_damaged_anywhere_is_refused_in_words(tmp_path: Path) -> None:
    from jushi.site.archive import ArchiveError, _unpack

    content = b"".join(f"{n * n}".encode() for n in range(4000))
    archive = tmp_path / "whole.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("database", content)
        made.writestr("manifest.json", json.dumps({"vendor": "sqlite", "sha256": {"database": hashlib.sha256(content).hexdigest()}}))
    whole, refused = archive.read_bytes(), 0
    for place in range(0, len(whole), max(1, len(whole) // 150)):
        spoilt = bytearray(whole)
        spoilt[place] ^= 0xFF
        archive.write_bytes(spoilt)
        (tmp_path / "out").mkdir(exist_ok=True)
        try:
            _unpack(archive, tmp_path / "out")
        except ArchiveError:
            refused += 1
        else:  # dates, attributes and the like: what comes out is what went in
            assert (tmp_path / "out" / "database").read_bytes() == content
    assert refused > 100
