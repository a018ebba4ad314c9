"""The ``jushi`` command. Messages are Chinese, option names English; exit codes: 0 done, 1 found something to fail on, 2 bad usage or input."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.metadata import version

# command → (module with ``main(argv) -> int``, needs Django, what it does)
COMMANDS: dict[str, tuple[str, bool, str]] = {
    "serve": ("jushi.site.cli.serve", True, "启动网页服务（先升级数据库；--demo 装载演示数据）"),
    "demo": ("jushi.site.cli.demo", True, "装载演示省数据（--reset 先清空演示库）"),
    "compile": ("jushi.site.cli.compile", True, "由台账编成文稿（docx/pdf/html/md/json）"),
    "check": ("jushi.site.cli.check", False, "校核文稿（文本自查；给出 --org、--period 时与台账对账）"),
    "read": ("jushi.text.command", False, "读出一份文稿的提纲、数字、名单、名称、计划"),
    "figures": ("jushi.site.cli.figures", True, "指标值"),
    "rows": ("jushi.site.cli.rows", True, "一个指标背后的记录"),
    "ledger": ("jushi.site.cli.ledger", True, "台账目录、Excel 模板、导入、导出"),
    "indicators": ("jushi.site.cli.indicators", True, "指标目录（list / show 代码）"),
    "rules": ("jushi.proof.command", False, "校核规则目录（list / show 编号）"),
    "backup": ("jushi.site.cli.backup", True, "备份数据库与佐证为一个文件"),
    "restore": ("jushi.site.cli.restore", True, "从备份恢复"),
    "verify": ("jushi.site.cli.verify", True, "核验操作日志链、佐证散列和台账健康"),
    "manage": ("jushi.site.cli.manage", True, "Django 管理命令（供维护人员）"),
}


# what the database or the system says → what the office reads
DATABASE_TROUBLE = {
    "no such table": "数据库还没有建立，请先运行 jushi serve（正式使用）或 jushi demo（演示）",
    "does not exist": "数据库还没有建立，请先运行 jushi serve（正式使用）或 jushi demo（演示）",
    "locked": "数据库正忙，请稍后再试",
    "disk is full": "磁盘已满，没有写入；请清理后再试",
    "readonly": "数据文件夹只读，不能写入；请检查权限，或用 JUSHI_HOME 换一个文件夹",
    "unable to open": "打不开数据库文件；请检查数据文件夹的权限，或用 JUSHI_HOME 换一个文件夹",
    "connect": "连不上数据库，请检查 DATABASE_URL 和数据库服务",
}
SYSTEM_TROUBLE = {
    errno.ENOENT: "没有这个文件或文件夹", errno.EACCES: "没有权限", errno.EPERM: "没有权限", errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件", errno.ENOSPC: "磁盘已满", errno.EROFS: "磁盘是只读的",
}  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; called by the installed script."""
    words = list(sys.argv[1:] if argv is None else argv)
    _speak_any_script()
    if not words or words[0] in {"-h", "--help", "help"}:
        print(usage())
        return 0 if words else 2
    if words[0] in {"-V", "--version"}:
        print(f"据实 Jushi {version('jushi')}")
        return 0
    name, rest = words[0], words[1:]
    if name not in COMMANDS:
        print(f"jushi：没有“{name}”这个命令。可用：{'、'.join(COMMANDS)}", file=sys.stderr)
        return 2
    module, django, _ = COMMANDS[name]

    def command(words: list[str]) -> int:
        if django or _needs_ledgers(name, rest):
            _start_django(name)
        return int(import_module(module).main(words))

    return run(command, [name, *rest] if module == "jushi.proof.command" else rest)


def _speak_any_script() -> None:
    """Keep output from failing where the console's or a file's encoding lacks a character (Windows: GBK): it is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def run(command: Callable[[list[str]], int], rest: list[str]) -> int:
    """Call a command; a broken pipe and Ctrl+C end quietly, everything foreseen ends in one clear line."""
    from jushi.site.cli.common import UsageError

    try:
        return command(rest)
    except UsageError as error:
        print(f"jushi：{error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        words = _foreseen(error)
        if not words:
            raise
        print(f"jushi：{words}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("已停止", file=sys.stderr)
        return 130


def _foreseen(error: Exception) -> str:
    """One line for what goes wrong around the program: no database yet, no room, no right to write; '' for anything else."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db.utils import OperationalError, ProgrammingError

    text = str(error)
    if isinstance(error, (OperationalError, ProgrammingError)):
        return next((words for sign, words in DATABASE_TROUBLE.items() if sign in text), "")
    if isinstance(error, ImproperlyConfigured) and "psycopg" in text:
        return "没有装 PostgreSQL 驱动：请用离线安装包重装，或 pip install 'jushi[postgres]'；不用 PostgreSQL 则不要设 DATABASE_URL"
    if isinstance(error, OSError) and (error.filename or error.errno in SYSTEM_TROUBLE):
        return f"打不开 {error.filename or '文件'}：{SYSTEM_TROUBLE.get(error.errno or 0, error.strerror)}"
    return ""


def usage() -> str:
    """The list of commands."""
    lines = ["用法：jushi 命令 [选项]", "", *(f"  {name:<11}{text}" for name, (_, _, text) in COMMANDS.items())]
    return "\n".join([*lines, "", "每个命令都有 --help。"])


def _needs_ledgers(name: str, rest: Sequence[str]) -> bool:
    return name == "check" and any(word.split("=")[0] == "--org" for word in rest)


def _start_django(name: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jushi.site.settings")
    if name in {"serve", "demo"}:
        os.environ.setdefault("JUSHI_DEMO", "1" if name == "demo" or "--demo" in sys.argv else "0")
    import django

    django.setup()
