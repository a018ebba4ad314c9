"""The scripts behind make: what is missing is named, a failed download is tried again, an empty test run does not pass."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / "tools"
sys.path.insert(0, str(TOOLS))


def script(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n" + text, encoding="utf-8")
    path.chmod(0o755)


def run(*words: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True, timeout=60)


@pytest.fixture
def runner(tmp_path: Path) -> Path:
    """A folder with the real test script, and stand-ins for what it calls: pytest notes its words and ends as told."""
    (tmp_path / "tools").mkdir()
    shutil.copy(TOOLS / "test.sh", tmp_path / "tools/test.sh")
    script(tmp_path / "tools/lint.sh", "exit 0\n")
    script(tmp_path / "tools/with_postgres.sh", '[ "$1" = --available ] && exit 0\nDATABASE_URL=postgres; export DATABASE_URL\nexec "$@"\n')
    script(
        tmp_path / ".venv/bin/python",
        'for word in "$@"; do printf "[%s]" "$word" >> words; done; echo >> words\n[ -n "$DATABASE_URL" ] && exit "${PG:-0}"\nexit "${LITE:-0}"\n',
    )
    return tmp_path


def test_both_databases_are_tested_and_the_marker_stays_one_word(runner: Path) -> None:
    assert run("bash", "tools/test.sh", cwd=runner, DATABASE_URL="").returncode == 0
    postgres, lite = (runner / "words").read_text(encoding="utf-8").splitlines()
    assert "[-m][not browser]" in postgres and "[--ignore=tests/text]" in postgres
    assert "browser" not in lite


@pytest.mark.parametrize(
    ("words", "postgres", "lite", "expected"),
    [((), "5", "0", 1), ((), "1", "0", 1), ((), "0", "5", 1), (("tests/text",), "5", "0", 0), (("tests/text",), "1", "0", 1), ((), "0", "0", 0)],
)
def test_a_run_that_collected_nothing_passes_only_where_pure_tests_were_named(
    runner: Path, words: tuple[str, ...], postgres: str, lite: str, expected: int
) -> None:
    assert run("bash", "tools/test.sh", *words, cwd=runner, DATABASE_URL="", PG=postgres, LITE=lite).returncode == expected


def test_everything_that_is_missing_is_named_at_once(tmp_path: Path) -> None:
    for name in ("bash", "dirname", "id"):
        (tmp_path / name).symlink_to(shutil.which(name) or name)
    for name in ("python3", "python3.11"):
        script(tmp_path / name, '[ "$1" = --version ] && echo Python 3.9.2 && exit 0\nexit 1\n')
    done = run("/bin/bash", "tools/preflight.sh", str(tmp_path / "venv"), str(tmp_path / "manifest.json"), PATH=str(tmp_path))
    assert done.returncode == 1
    assert "现有 Python 3.9.2" in done.stderr and "Node.js 20" in done.stderr
    script(tmp_path / "node", "echo v16.3.0\n")
    script(tmp_path / "npm", "exit 0\n")
    done = run("/bin/bash", "tools/preflight.sh", str(tmp_path / "venv"), str(tmp_path / "manifest.json"), PATH=str(tmp_path))
    assert "现有的 16.3.0 太旧" in done.stderr
    script(tmp_path / "venv/bin/uv", "exit 0\n")
    (tmp_path / "manifest.json").touch()
    done = run("/bin/bash", "tools/preflight.sh", str(tmp_path / "venv"), str(tmp_path / "manifest.json"), PATH=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, ""), "what is prepared already needs nothing"


def test_a_download_is_tried_three_times_and_its_last_words_are_shown(tmp_path: Path) -> None:
    script(tmp_path / "sleep", "exit 0\n")
    script(
        tmp_path / "fetch",
        f'echo x >> {tmp_path}/tries\n[ "$(wc -l < {tmp_path}/tries)" -ge "$1" ] && echo 好了 && exit 0\necho 连不上 >&2\nexit 7\n',
    )
    path = f"{tmp_path}:{os.environ['PATH']}"
    good = run("bash", "tools/retry.sh", "fetch", "3", PATH=path)
    assert good.returncode == 0 and "好了" in good.stdout and "未成功" in good.stderr
    (tmp_path / "tries").unlink()
    bad = run("bash", "tools/retry.sh", "fetch", "4", PATH=path)
    assert bad.returncode == 7 and "连不上" in bad.stderr and "HTTPS_PROXY" in bad.stderr
    assert len((tmp_path / "tries").read_text(encoding="utf-8").split()) == 3


def test_the_offline_package_takes_what_applies_on_its_target() -> None:
    import bundle

    locked = (
        "甲==1.0 \\\n    --hash=sha256:aa\ntzdata==2 ; sys_platform == 'win32' \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\n"
        "老==1 ; python_version < '3.12'\n"
    )
    facts = bundle.CPYTHON | bundle.PLATFORMS["windows"][1] | {"python_version": "3.12", "python_full_version": "3.12.0", "extra": ""}
    found = list(bundle._applying(locked, facts))
    assert found == ["甲==1.0 \\\n    --hash=sha256:aa", "tzdata==2 \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc"]
    linux = bundle.CPYTHON | bundle.PLATFORMS["linux"][1] | {"python_version": "3.11", "python_full_version": "3.11.0", "extra": ""}
    assert [x.split("==")[0] for x in bundle._applying(locked, linux)] == ["甲", "老"]


def test_files_for_windows_are_as_windows_reads_them() -> None:
    import bundle

    for path in bundle.INSTALLERS.glob("*.bat"):
        assert bundle._as_wanted(path).count(b"\r\n") == path.read_text(encoding="utf-8").count("\n")
    assert (bundle.INSTALLERS / "no-python.txt").read_text(encoding="utf-8").encode("gbk")
