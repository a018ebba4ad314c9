"""``jushi read``: JSON as documented, Markdown, exit codes, messages."""

import io
import json
import sys
from pathlib import Path

import pytest

from jushi.text.command import main

TEXT = "某县科技局2019年工作总结\n2019年，我局共申报项目36项，立项13项，新建平台、基地、中心等5个示范点，争取资金xx万元。\n一、存在问题\n平台数量偏少。\n"  # noqa: E501


@pytest.fixture
def summary(tmp_path: Path) -> Path:
    path = tmp_path / "总结.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_json_follows_the_documented_form(summary: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main([str(summary)]) == 0
    data = json.loads(capfdbinary.readouterr().out)
    assert data["text"] == TEXT
    assert data["title"] == {"start": 0, "end": 14, "text": TEXT[:14]}
    assert (data["period"]["kind"], data["period"]["value"]) == ("year", "2019")
    assert set(data["outline"][1]) == {"id", "level", "marker", "text", "start", "end", "parent", "run_in"}
    first = data["claims"][0]
    assert (first["value"], first["unit"], first["placeholder"], first["modifiers"]) == ("36", "项", False, ["2019年", "共"])
    assert TEXT[first["start"] : first["end"]] == "36" and TEXT[slice(*first["sentence"])].startswith("2019年")
    assert set(first) == {"start", "end", "value", "placeholder", "unit", "subject", "modifiers", "sentence"}
    assert data["claims"][-1]["placeholder"] is True
    assert set(data["lists"][0]) == {"start", "end", "stated", "unit", "items", "open", "verdict"}
    assert data["problems"] == [{"start": TEXT.index("平台数量"), "end": TEXT.index("平台数量") + 6, "text": "平台数量偏少"}]


def test_markdown(summary: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main([str(summary), "--format", "md"]) == 0
    shown = capfdbinary.readouterr().out.decode()
    assert shown.startswith("# 某县科技局2019年工作总结") and "| 36 | 项 |" in shown and "## 问题" in shown


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode("gb18030"))))
    assert main(["-"]) == 0
    assert json.loads(capfdbinary.readouterr().out)["text"] == TEXT


@pytest.mark.parametrize("arguments", [[], ["a", "b"], ["a", "--format", "xml"], ["没有这个文件.txt"]])
def test_bad_usage_and_unreadable_input(arguments: list[str], capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(arguments) == 2
    message = capfdbinary.readouterr().err.decode()
    assert message.count("\n") == 1 and any("一" <= c <= "鿿" for c in message) and "Traceback" not in message
