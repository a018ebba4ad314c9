"""Write THIRD_PARTY_NOTICES.md from the installed distributions and npm packages.

``--check`` changes nothing and fails when the file is out of date. The section 数据来源 belongs to people:
whatever stands between its two marks is kept word for word.
"""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "THIRD_PARTY_NOTICES.md"
MANIFEST = ROOT / "src/jushi/desk/static/vendor/manifest.json"
BEGIN, END = "<!-- 数据来源：以下手工维护 -->", "<!-- 数据来源：到此为止 -->"
EMPTY_SOURCES = "（各部分随所用数据在此逐条登记：名称、发布机关、文号或网址、取得日期、使用条件。）"
EXTRAS = {"postgres"}
# Where neither the licence field nor a classifier says it, the licence file of the distribution was read.
LONG_NAMES = {
    "MIT License": "MIT",
    "BSD License": "BSD",
    "Apache Software License": "Apache-2.0",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}


def runtime_names() -> list[str]:
    """Canonical names of everything that an installed Jushi imports: the closure of its requirements."""
    seen: set[str] = set()
    queue = [("jushi", frozenset(EXTRAS))]
    while queue:
        name, extras = queue.pop()
        try:
            requirements = distribution(name).requires or []
        except PackageNotFoundError:
            continue
        for requirement in map(Requirement, requirements):
            wanted = requirement.marker is None or any(requirement.marker.evaluate({"extra": extra}) for extra in (extras or {""}) | {""})
            key = canonicalize_name(requirement.name)
            if wanted and key not in seen:
                seen.add(key)
                queue.append((key, frozenset(requirement.extras)))
    return sorted(seen)


def licence(dist: Distribution) -> str:
    """Short licence name: the expression of PEP 639, else the classifiers, else the first line of the old field."""
    meta = dist.metadata
    if expression := meta.get("License-Expression"):
        return expression
    classifiers = [c.rsplit(" :: ", 1)[-1] for c in meta.get_all("Classifier") or [] if c.startswith("License :: OSI Approved ::")]
    if classifiers:
        return " / ".join(LONG_NAMES.get(c, c) for c in classifiers)
    field = (meta.get("License") or "").strip().splitlines()
    return field[0].strip() if field and len(field[0]) < 60 else "见发行包内的许可证文件"


def python_rows() -> list[str]:
    """Table rows of the Python distributions that are installed, sorted by name."""
    rows = []
    for name in runtime_names():
        try:
            dist = distribution(name)
        except PackageNotFoundError:  # for another platform
            continue
        rows.append(f"| {dist.metadata['Name']} | {dist.version} | {licence(dist)} |")
    return rows


def npm_rows() -> list[str]:
    """Table rows of the npm packages whose files are shipped."""
    if not MANIFEST.exists():
        raise SystemExit("✗ 缺少网页资源清单，请先执行 make setup。")
    packages = json.loads(MANIFEST.read_text(encoding="utf-8"))["packages"]
    return [f"| {p['name']} | {p['version']} | {p['license']} |" for p in packages]


def kept_sources() -> str:
    """What people wrote in 数据来源, without the marks."""
    text = TARGET.read_text(encoding="utf-8") if TARGET.exists() else ""
    match = re.search(re.escape(BEGIN) + r"\n(.*?)\n" + re.escape(END), text, re.S)
    if match:
        return match.group(1)
    loose = re.search(r"^## 数据来源\n(.*)\Z", text, re.S | re.M)  # written before the marks existed
    return loose.group(1).strip() if loose and loose.group(1).strip() else EMPTY_SOURCES


def render() -> str:
    """The whole file."""
    head = ["| 名称 | 版本 | 许可证 |", "|---|---|---|"]
    parts = [
        "# 第三方声明",
        "",
        "据实（Jushi）以 Apache-2.0 发布，使用下列软件与数据，其权利属于各自的作者。本文件由 `make notices` 生成。",
        "",
        "## Python 运行依赖",
        "",
        *head,
        *python_rows(),
        "",
        "## 网页资源",
        "",
        "随程序分发于 `jushi/desk/static/vendor/`，许可证原文在其中的 `licenses/`。",
        "",
        *head,
        *npm_rows(),
        "",
        "## 数据来源",
        "",
        BEGIN,
        kept_sources(),
        END,
    ]
    return "\n".join(parts) + "\n"


def main(arguments: list[str]) -> int:
    text = render()
    if "--check" in arguments:
        if not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text:
            print("✗ THIRD_PARTY_NOTICES.md 与已安装的依赖不一致：请执行 make notices 并提交。", file=sys.stderr)
            return 1
        return 0
    TARGET.write_text(text, encoding="utf-8")
    print(f"— 已写入 {TARGET.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
