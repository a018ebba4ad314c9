"""Install Jushi from this folder without a network: an environment of its own, every wheel checked against its hash.

Nothing outside the user's own folders is touched: the program goes to %LOCALAPPDATA%\\Jushi\\program on Windows, to ~/.local/lib/jushi
elsewhere (JUSHI_PROGRAM names another place). An installation that is there is replaced; data lie elsewhere and stay.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
WINDOWS = os.name == "nt"


def main() -> int:
    """Install; 1 with the reason when it cannot be done."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # an old console may lack a character
    if not (3, 11) <= sys.version_info[:2] <= (3, 13) or sys.maxsize < 2**32:
        return _failed(f"这个 Python（{sys.version.split()[0]}）不合用：要 64 位的 3.11、3.12 或 3.13。")
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        return _failed("Python 缺少 venv 组件。Debian：apt-get install python3-venv")
    place = Path(os.environ.get("JUSHI_PROGRAM") or _usual())
    print(f"用 Python {sys.version.split()[0]} 安装到 {place}，约需一分钟……", flush=True)
    python = place / ("Scripts/python.exe" if WINDOWS else "bin/python")
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index", "--find-links", "wheels", "--require-hashes"]
    steps = (
        ([sys.executable, "-m", "venv", "--clear", str(place)], "不能建立程序文件夹。若据实正在运行，请先停止它。"),
        ([*pip, "-r", "requirements.txt"], "安装包不全或被改动过（上面有说明）。请重新复制整个文件夹。"),
        ([str(python.with_name("jushi.exe" if WINDOWS else "jushi")), "--version"], "程序不能启动。"),
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
    for command, trouble in steps:
        if subprocess.run(command, cwd=HERE, env=clean).returncode:  # noqa: S603 — our own commands
            return _failed(trouble)
    print(_windows(place) if WINDOWS else _linux(place))
    print("以后升级：先备份（jushi backup 文件），再用新的安装包重复本步骤，数据不受影响。")
    return 0


def _usual() -> Path:
    return Path(os.environ["LOCALAPPDATA"]) / "Jushi/program" if WINDOWS else Path.home() / ".local/lib/jushi"


def _windows(place: Path) -> str:
    """Put the start file beside the program and on the desktop, where there is one."""
    for name in ("jushi-start.bat", "open_browser.py"):
        shutil.copy(HERE / name, place.parent / name)
    try:
        shutil.copy(HERE / "jushi-start.bat", Path.home() / "Desktop/据实.bat")
    except OSError:
        return f"安装完成。双击 {place.parent / 'jushi-start.bat'} 启动，浏览器会自动打开；关掉黑窗口即停止。"
    return "安装完成。双击桌面上的“据实”启动，浏览器会自动打开；关掉黑窗口即停止。"


def _linux(place: Path) -> str:
    command = Path.home() / ".local/bin/jushi"
    command.parent.mkdir(parents=True, exist_ok=True)
    command.unlink(missing_ok=True)
    command.symlink_to(place / "bin/jushi")
    return f"安装完成。启动：{command} serve ，然后用浏览器打开 http://127.0.0.1:8000"


def _failed(words: str) -> int:
    print(f"没有装成：{words}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
