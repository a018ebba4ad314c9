"""Copy the few browser assets that Jushi uses from node_modules into the package.

Result: ``src/jushi/desk/static/vendor/`` with the distributed files, one icon sprite, the licences and
``manifest.json`` (name, version, licence, bytes and SHA-256 of every file). The folder is rebuilt whole, so nothing
stale survives.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sys
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "src/jushi/desk/static/vendor"
ICON_LIST = ROOT / "tools/icons.txt"

# package -> distributed file -> name in the vendor folder
FILES: dict[str, dict[str, str]] = {
    "@tabler/core": {"dist/css/tabler.min.css": "tabler.min.css", "dist/js/tabler.min.js": "tabler.min.js"},
    "htmx.org": {"dist/htmx.min.js": "htmx.min.js"},
    "echarts": {"dist/echarts.min.js": "echarts.min.js"},
}
# Compiled into the files above or into the sprite: their licences travel along.
BUNDLED = ("@tabler/icons", "bootstrap", "@popperjs/core", "zrender", "tslib")
SOURCE_MAP = re.compile(r"(/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=.*?$)", re.MULTILINE)


def package_info(package: str) -> dict[str, str]:
    """Name, version and licence of one installed npm package."""
    path = MODULES / package / "package.json"
    if not path.exists():
        raise SystemExit(f"✗ 缺少 npm 包 {package}：请先执行 make setup（npm ci）。")
    data = json.loads(path.read_text(encoding="utf-8"))
    return {"name": package, "version": data["version"], "license": data.get("license", "")}


def copy_files(package: str) -> None:
    """Copy the files of one package without their source-map comments.

    The maps are not shipped, and a storage that hashes file names refuses a stylesheet that names a missing file.
    """
    for source, target in FILES[package].items():
        text = (MODULES / package / source).read_text(encoding="utf-8")
        (VENDOR / target).write_text(SOURCE_MAP.sub("", text).rstrip() + "\n", encoding="utf-8")


def copy_licences(info: dict[str, str]) -> None:
    """Copy LICENSE and NOTICE files; a package without one states its licence in the banner of its files."""
    folder = MODULES / info["name"]
    target = VENDOR / "licenses" / info["name"].strip("@").replace("/", "-")
    target.mkdir(parents=True)
    found = [path for path in folder.iterdir() if re.match(r"(?i)(licen[cs]es?|notice|copying)(\.|$)", path.name)]
    for path in found:
        if path.is_dir():
            shutil.copytree(path, target / path.name)
        else:
            shutil.copy(path, target / path.name)
    if not found:
        banners = [re.match(r"/\*!.*?\*/", (MODULES / info["name"] / f).read_text("utf-8"), re.S) for f in FILES[info["name"]]]
        words = [f"{info['name']} {info['version']}: {info['license']}", *(b.group() for b in banners if b)]
        (target / "LICENSE").write_text("\n\n".join(words) + "\n", encoding="utf-8")


def icon_names() -> list[str]:
    """The icons asked for in tools/icons.txt, sorted, without comments."""
    lines = (line.strip() for line in ICON_LIST.read_text(encoding="utf-8").splitlines())
    return sorted({line for line in lines if line and not line.startswith("#")})


def write_sprite(names: list[str]) -> None:
    """One SVG file with a symbol for each icon; `<use href="icons.svg#home">` needs neither font nor script."""
    ElementTree.register_namespace("", "http://www.w3.org/2000/svg")
    symbols = []
    for name in names:
        path = MODULES / "@tabler/icons/icons/outline" / f"{name}.svg"
        if not path.exists():
            raise SystemExit(f"✗ tools/icons.txt 中的图标 {name} 不在 @tabler/icons 中：请改正名称。")
        root = ElementTree.parse(path).getroot()  # noqa: S314 - our own locked dependency
        shapes = [s for s in root if s.get("d") != "M0 0h24v24H0z"]  # the invisible bounding box
        body = "".join(ElementTree.tostring(s, encoding="unicode") for s in shapes)
        body = re.sub(r'\s*xmlns="[^"]*"|\n\s*', "", body)
        symbols.append(
            f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
            f'stroke-linecap="round" stroke-linejoin="round">{body}</symbol>'
        )
    text = '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"
    (VENDOR / "icons.svg").write_text(text, encoding="utf-8")


def write_manifest(packages: list[dict[str, str]], icons: list[str]) -> None:
    """Record what is in the folder: the start-up check, the wheel check and the notices read it."""
    files = {}
    for path in sorted(p for p in VENDOR.rglob("*") if p.is_file()):
        data = path.read_bytes()
        files[path.relative_to(VENDOR).as_posix()] = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    manifest = {"packages": packages, "icons": icons, "files": files}
    (VENDOR / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main() -> int:
    packages = [package_info(name) for name in (*FILES, *BUNDLED)]
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    for name in FILES:
        copy_files(name)
    icons = icon_names()
    write_sprite(icons)
    for info in packages:
        copy_licences(info)
    write_manifest(packages, icons)
    size = sum(p.stat().st_size for p in VENDOR.rglob("*") if p.is_file())
    print(f"— 网页资源：{len(FILES)} 个包、{len(icons)} 个图标，共 {size // 1024} KB → {VENDOR.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
