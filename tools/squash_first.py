"""重写初始迁移：把自动生成的操作改为“只记状态”，由 CreateTables 一次建表。只在 0001 尚未发布前使用。"""

from __future__ import annotations

import sys
from pathlib import Path

HEAD = "from jushi.kernel.tables import CreateTables, StateOnly\n"


def main(folder: str) -> None:
    """Rewrite every numbered migration of an app's folder; the last one makes the tables."""
    paths = sorted(p for p in Path(folder).glob("0*.py") if "operations = [" in p.read_text(encoding="utf-8"))
    for path in paths:
        text = path.read_text(encoding="utf-8")
        if "StateOnly" in text:
            continue
        text = text.replace("    operations = [\n", "    operations = [StateOnly([\n", 1)
        end = text.rstrip().rfind("]")
        tail = "]), CreateTables()]\n" if path == paths[-1] else "])]\n"
        text = text[:end] + tail
        at = text.index("\n\n\nclass Migration")
        path.write_text(text[:at] + "\n" + HEAD.rstrip() + text[at:], encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
