"""Make the folder that an office installs from without a network: the wheel, every dependency as a wheel, installers, one zip.

Usage: ``python tools/bundle.py dist [--platforms windows linux linux-arm] [--pythons 3.11 3.12 3.13]``. Versions and hashes are those of
uv.lock; pip checks every hash when fetching and again when installing. Wheels only: nothing is compiled in the office.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from packaging.markers import Marker

ROOT = Path(__file__).resolve().parent.parent
INSTALLERS = ROOT / "tools/offline"
LINUX = ["manylinux_2_28", "manylinux_2_17", "manylinux2014", "manylinux_2_12", "manylinux2010", "manylinux_2_5", "manylinux1"]
# name → (tags that pip takes, what decides which dependencies apply there)
PLATFORMS: dict[str, tuple[list[str], dict[str, str]]] = {
    "windows": (["win_amd64"], {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"}),
    "linux": (
        [f"{tag}_x86_64" for tag in LINUX],
        {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": "x86_64"},
    ),
    "linux-arm": (
        [f"{tag}_aarch64" for tag in LINUX[:3]],
        {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": "aarch64"},
    ),
}
CPYTHON = {"implementation_name": "cpython", "platform_python_implementation": "CPython"}


def main(argv: list[str]) -> int:
    """Build the zip; 1 when a dependency has no wheel for a platform that was asked for."""
    parser = argparse.ArgumentParser(prog="tools/bundle.py", description="制作离线安装包")
    parser.add_argument("folder", type=Path, help="放 wheel 和离线安装包的文件夹")
    parser.add_argument("--platforms", nargs="+", choices=PLATFORMS, default=["windows", "linux"])
    parser.add_argument("--pythons", nargs="+", default=["3.11", "3.12", "3.13"], metavar="3.N")
    args = parser.parse_args(argv)
    wheels = sorted(args.folder.glob("jushi-*.whl"))
    if len(wheels) != 1:
        print(f"✗ {args.folder}/ 中应当恰有一个 jushi 的 wheel，现有 {len(wheels)} 个：请先执行 make wheel", file=sys.stderr)
        return 1
    version = wheels[0].name.split("-")[1]
    locked = _locked()
    with tempfile.TemporaryDirectory(prefix="jushi-bundle-") as temporary:
        store = Path(temporary)
        for platform in args.platforms:
            for python in args.pythons:
                print(f"— 取得依赖：{platform}，Python {python}", flush=True)
                if not _download(locked, platform, python, store):
                    print(f"✗ 有依赖没有 {platform}、Python {python} 的安装包，见上", file=sys.stderr)
                    return 1
        target = args.folder / f"jushi-{version}-offline.zip"
        _pack(target, wheels[0], sorted(store.glob("*.whl")), locked, version)
    print(f"— {target}（{target.stat().st_size / 1e6:.0f} MB）：解压后 Windows 双击 install.bat，Linux 执行 sh install.sh")
    return 0


def _locked() -> str:
    """Requirements with versions, markers and hashes, as locked; the project itself left out."""
    command = [str(Path(sys.executable).with_name("uv")), "export", "--locked", "--quiet", "--no-dev", "--no-emit-project", "--extra", "postgres",
               "--no-annotate", "--no-header"]  # fmt: skip
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout  # noqa: S603 — our own tool


def _applying(locked: str, environment: dict[str, str]) -> Iterator[str]:
    """The requirements that apply in an environment, without their markers: pip would judge those by the machine it runs on."""
    for block in re.split(r"\n(?=\S)", locked.strip()):
        line, *hashes = block.split(" \\\n")
        requirement, _, marker = line.partition(" ; ")
        if not marker or Marker(marker).evaluate(environment):
            yield " \\\n".join([requirement.strip(), *hashes])


def _download(locked: str, platform: str, python: str, store: Path) -> bool:
    tags, facts = PLATFORMS[platform]
    environment = CPYTHON | facts | {"python_version": python, "python_full_version": f"{python}.0", "extra": ""}
    wanted = store / "wanted.txt"
    wanted.write_text("\n".join(_applying(locked, environment)) + "\n", encoding="utf-8")
    number = python.replace(".", "")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:",
               "--require-hashes",
               "--implementation", "cp", "--python-version", python, "--abi", f"cp{number}", "--abi", "abi3", "--abi", "none",
               *(word for tag in tags for word in ("--platform", tag)), "-r", str(wanted), "-d", str(store)]  # fmt: skip
    return subprocess.run([str(ROOT / "tools/retry.sh"), *command]).returncode == 0  # noqa: S603 — our own tool


def _pack(target: Path, wheel: Path, others: list[Path], locked: str, version: str) -> None:
    """Write the zip: stored wheels (they are compressed already), installers as their systems want them."""
    top = f"jushi-{version}-offline"
    own = f"jushi=={version} \\\n    --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"
    texts = {"requirements.txt": (own + locked).encode(), "LICENSE": (ROOT / "LICENSE").read_bytes(),
             "THIRD_PARTY_NOTICES.md": (ROOT / "THIRD_PARTY_NOTICES.md").read_bytes()}  # fmt: skip
    for path in sorted(p for p in INSTALLERS.iterdir() if p.is_file()):
        texts[path.name] = _as_wanted(path)
    texts["no-python-windows.txt"] = (INSTALLERS / "no-python.txt").read_text(encoding="utf-8").replace("\n", "\r\n").encode("gbk")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in texts.items():
            entry = zipfile.ZipInfo(f"{top}/{name}", date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o100755 if name.endswith(".sh") else 0o100644) << 16
            archive.writestr(entry, data)
        for path in [wheel, *others]:
            archive.write(path, f"{top}/wheels/{path.name}", zipfile.ZIP_STORED)


def _as_wanted(path: Path) -> bytes:
    """Files for Windows with its line ends: batch files in ASCII, whatever a console prints in the code page of a Chinese Windows."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".bat":
        return text.replace("\n", "\r\n").encode("ascii")
    if path.name == "README.txt":  # for Notepad
        return text.replace("\n", "\r\n").encode("utf-8-sig")
    return text.encode()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
