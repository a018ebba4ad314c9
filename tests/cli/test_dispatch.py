"""The installed command reaches every pure command with the words it expects."""

from __future__ import annotations

import io
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from jushi.site.cli import main


def test_read_and_check_take_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "稿.txt"
    path.write_text("某县科技局2015年工作总结\n\n全年申请专利195件。一是抓项目。三是抓平台。\n", encoding="utf-8")
    assert main(["read", str(path), "--format", "json"]) == 0
    assert [c["value"] for c in json.loads(capsys.readouterr().out)["claims"]] == ["195"]
    assert main(["check", str(path), "--format", "json", "--fail-on", "error"]) == 1
    assert "enum_skip" in {f["kind"] for f in json.loads(capsys.readouterr().out)["findings"]}
    assert main(["rules", "show", "E02"]) == 0
    assert main(["--version"]) == 0


def test_mistakes_end_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "没有这个文件.txt"]) == 2
    assert main(["没有这个命令"]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_serving_on_a_taken_port_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == 2
    assert f"端口 {port} 已被占用" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [(["--port", "70000"], "1 到 65535"), (["--host", "203.0.113.7"], "不是本机的地址"), (["--host", "nirgendwo.invalid"], "监听地址")],
)
def test_an_address_that_cannot_be_listened_on_is_named(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", *words]) == 2
    assert said in capsys.readouterr().err


def test_output_survives_an_encoding_that_lacks_a_character(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "稿.txt"
    path.write_text("全县增长㍿百分之20%。\n", encoding="utf-8")
    raw = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(raw, encoding="gbk"))
    assert main(["check", str(path)]) == 0
    sys.stdout.flush()
    assert "\\u337f" in raw.getvalue().decode("gbk")


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"JUSHI_HOME": "/dev/null/数据"}, "打不开 /dev/null/数据：路径中有一段不是文件夹"),
        ({"DATABASE_URL": "postgresql://甲:乙@127.0.0.1:1/丙"}, "连不上数据库"),
    ],
)
def test_a_place_that_cannot_be_used_is_named_in_one_line(environment: dict[str, str], said: str, tmp_path: Path) -> None:
    clean = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    words = [sys.executable, "-c", "import sys; from jushi.site.cli import main; sys.exit(main(['verify']))"]
    source = str(Path(__file__).parents[2] / "src")
    done = subprocess.run(
        words, env={**clean, "JUSHI_HOME": str(tmp_path), "PYTHONPATH": source, **environment}, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2 and done.stderr.startswith("jushi：") and said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.django_db
def test_a_demonstration_may_be_reset_but_a_bureau_of_ones_own_may_not(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from jushi.kernel.models import Area, Bureau
    from jushi.site.cli import demo

    done: list[str] = []
    monkeypatch.setattr(demo, "call_command", lambda name, **_: done.append(name))
    monkeypatch.setattr(demo.load, "load", lambda tell: None)
    city = Area.objects.create(code="990100000000", name="演示市", rank="city")
    Bureau.objects.create(area=city, county="", name="演示市科学技术局")
    assert main(["demo", "--reset"]) == 0 and "flush" in done
    done.clear()
    own = Area.objects.create(code="420999000000", name="某县", rank="county")
    Bureau.objects.create(area=own, county="420999", name="某县科学技术局")
    assert main(["demo", "--reset"]) == 2 and "flush" not in done
    assert "不能清空" in capsys.readouterr().err
