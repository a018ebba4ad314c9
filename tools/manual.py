"""The manual's generated half: one page per line of business, an index of all ledgers, the roles; with ``--shots`` also the pictures.

Usage: ``python tools/manual.py [--check] [--shots [NAME …]]``. Text pages come from the declarations alone: no database, no clock, so the
same code gives the same pages. ``--check`` writes nothing and ends with 1 when a page is out of date. Pictures are taken by
``manual_shots`` in a demonstration that it starts and ends itself.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
MANUAL = ROOT / "docs/manual"
NOTICE = "本页由 `make manual` 从台账声明生成，请勿手改。"
ACTIONS = {
    "view": "查看", "add": "新建", "change": "修改", "delete": "删除草稿", "confirm": "核定、退回", "lock": "锁定、锁账", "correct": "批准更正",
    "import": "导入", "export": "导出", "unmask": "看全个人信息", "report": "写总结", "compile": "建稿、统稿", "freeze": "冻结", "sign": "签发",
    "plan": "计划", "admin": "管理账户", "grant": "授权", "audit": "看日志", "signed": "看已签发的文稿",
}  # fmt: skip
SCOPES = {"county": "全局", "office": "本股室", "area": "所驻乡镇、村", "own": "本人登记的"}


def main(argv: list[str]) -> int:
    """Write or check the pages; take the pictures when asked."""
    parser = argparse.ArgumentParser(prog="tools/manual.py", description="生成手册中的台账页和截图")
    parser.add_argument("--check", action="store_true", help="只核对，不写；有一页不是最新则退出码为 1")
    parser.add_argument("--shots", nargs="*", metavar="NAME", help="拍截图（不写名称则全部）")
    args = parser.parse_args(argv)
    if args.shots is not None:
        from manual_shots import shoot

        return shoot(ROOT / "docs/images", args.shots)
    _start()
    pages = generated()
    if args.check:
        return _check(pages)
    for name, text in pages.items():
        path = MANUAL / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for path in _left_over(pages):
        path.unlink()
    print(f"— 手册：{len(pages)} 页已生成（docs/manual/）")
    return 0


def _check(pages: Mapping[str, str]) -> int:
    old = [name for name, text in pages.items() if not (MANUAL / name).exists() or (MANUAL / name).read_text("utf-8") != text]
    old += [path.relative_to(MANUAL).as_posix() for path in _left_over(pages)]
    for name in old:
        print(f"✗ docs/manual/{name} 不是最新，请执行 make manual", file=sys.stderr)
    return 1 if old else 0


def _left_over(pages: Mapping[str, str]) -> list[Path]:
    return [p for p in sorted((MANUAL / "ledgers").glob("*.md")) if f"ledgers/{p.name}" not in pages]


def _start() -> None:
    import os
    import tempfile

    os.environ["JUSHI_HOME"] = tempfile.mkdtemp(prefix="jushi-manual-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jushi.site.settings")
    import django

    django.setup()


def generated() -> dict[str, str]:
    """Every generated page by its name below docs/manual; the registry must be open (Django started)."""
    from manual_ledgers import ledger_section

    from jushi.ledger import registry
    from jushi.ledger.lines_of_business import LINES

    lines = {line: [x for x in registry.ledgers() if x.line == line] for line in LINES}
    lines = {line: ledgers for line, ledgers in lines.items() if ledgers}
    pages = {"ledgers/README.md": _index(lines), "roles.md": _roles()}
    for line, ledgers in lines.items():
        head = [f"# {LINES[line]}", "", NOTICE, "", f"共 {len(ledgers)} 本台账：" + "、".join(f"[{x.name}](#{x.code})" for x in ledgers) + "。"]
        pages[f"ledgers/{line.lower()}.md"] = page([*head, *(text for x in ledgers for text in ledger_section(x))])
    return pages


def _index(lines: Mapping[str, list[Any]]) -> str:
    from manual_ledgers import table

    from jushi.ledger.lines_of_business import LINES

    total = sum(len(found) for found in lines.values())
    figures = sum(len(x.indicators) for found in lines.values() for x in found)
    out = ["# 台账目录", "", NOTICE, "", f"{total} 本台账，{figures} 项指标。点名称看这本台账的列、流转、检查、指标和句子。", ""]
    out += table(("条线", "台账", "代码", "指标", "记什么"), (
        (LINES[line] if n == 0 else "", f"[{x.name}]({line.lower()}.md#{x.code})", f"`{x.code}`", str(len(x.indicators)), x.hint)
        for line, found in lines.items() for n, x in enumerate(found)
    ))  # fmt: skip
    return page(out)


def _roles() -> str:
    from manual_ledgers import ZONES, table

    rows = tomllib.loads((files("jushi.kernel") / "data/roles.toml").read_text(encoding="utf-8"))
    out = ["# 角色与权限", "", NOTICE, "", "一个账户可以有几个角色，权限相加；“不得兼任”的角色不能给同一个人。自己登记的记录自己不能核定。", ""]
    out += table(("角色", "范围", "能做什么", "能看的密区", "不得兼任"), (
        (row["name"], SCOPES[row["scope"]], "、".join(ACTIONS[a] for a in row["actions"]),
         "、".join(ZONES[z] for z in row["zones"]) or "—", "、".join(rows[c]["name"] for c in row.get("excludes", ())) or "—")
        for row in rows.values()
    ))  # fmt: skip
    return page(out)


def page(lines: Iterable[str]) -> str:
    """One page: no blank at line ends, one line break at the end."""
    return "\n".join(line.rstrip() for line in lines).rstrip() + "\n"


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    sys.exit(main(sys.argv[1:]))
