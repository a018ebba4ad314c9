"""Browser assets of the desk: icons, and the check that the distributed files are in place.

The files come from npm by ``tools/assets.py`` and are packed by the wheel; nothing is ever fetched from another host.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.core import checks
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

VENDOR = Path(__file__).parent / "static/vendor"


@cache
def manifest() -> dict[str, Any]:
    """What ``tools/assets.py`` wrote: packages, icons, files; empty when the assets were never prepared."""
    path = VENDOR / "manifest.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


@cache
def icon(name: str, css: str = "") -> SafeString:
    """SVG that shows one Tabler icon of the sprite, hidden from screen readers: the word beside it says the same."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        css,
        static("vendor/icons.svg"),
        name,
    )


def missing_files() -> list[str]:
    """Names of distributed files that the manifest lists and the folder lacks."""
    return [name for name in manifest().get("files", {}) if not (VENDOR / name).exists()]


@checks.register(checks.Tags.staticfiles)
def check_assets(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Say at start-up that pages will have no style, instead of leaving it to the first user."""
    if not manifest():
        missing = "没有网页资源（样式、图标、图表）"
    elif absent := missing_files():
        missing = f"缺少网页资源：{'、'.join(absent[:5])}"
    else:
        return []
    return [checks.Warning(missing, hint="在源码目录执行 make setup；安装包缺文件时请重新安装。", id="desk.W001")]
