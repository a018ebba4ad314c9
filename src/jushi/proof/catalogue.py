"""The rules as a page: ``python -m jushi.proof.catalogue [-o docs/rules.md]``, and as the listing of ``jushi rules``."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from jushi.proof.lexicon import builtin
from jushi.proof.model import Rule
from jushi.proof.render_text import LEVEL_NAMES
from jushi.proof.rules import RULES


def listing(rules: Iterable[Rule] = RULES) -> str:
    """One line a rule: id, level, kind, name."""
    return "".join(f"{rule.id:<6}{LEVEL_NAMES[rule.level]}  {rule.kind:<26}{rule.name}\n" for rule in rules)


def page_of(rule: Rule) -> str:
    """One rule as Markdown: what it says, on what basis, with the examples that prove it."""
    years = f"；适用：{rule.since or '始'}—{rule.until or '今'}年" if rule.since or rule.until else ""
    head = f"### {rule.id} {rule.name}\n\n级别：{LEVEL_NAMES[rule.level]}；种类：`{rule.kind}`；范围：{rule.scope}{years}\n\n依据：{rule.basis}\n\n"
    return head + _examples("报", rule.bad) + _examples("不报", rule.good)


def _examples(label: str, texts: tuple[str, ...]) -> str:
    return "".join(f"- {label}：{_quoted(text)}\n" for text in texts)


def _quoted(text: str) -> str:
    short = text if len(text) <= 120 else text[:120] + "…"
    return "`" + short.replace("`", "ˋ").replace("\n", "⏎") + "`"


def catalogue(rules: Sequence[Rule] = RULES) -> str:
    """The whole page: totals, rules by kind in order, and the size of each lexicon."""
    kinds = Counter(rule.kind for rule in rules)
    lexicon = builtin()
    parts = [
        "# 校核规则\n\n本页由 `python -m jushi.proof.catalogue` 生成，请勿手改。",
        f"\n\n规则{len(rules)}条，覆盖{len(kinds)}类问题。每条规则的“报”“不报”两种例子都是测试。级别：必改、建议、提示。\n\n",
        "| 词表 | 条数 |\n|---|---:|\n" + "".join(f"| {name} | {len(rows)} |\n" for name, rows in lexicon.items()) + "\n",
    ]
    for kind in kinds:
        parts.append(f"## {kind}\n\n")
        parts += [page_of(rule) + "\n" for rule in rules if rule.kind == kind]
    return "".join(parts)


def main(argv: Sequence[str] | None = None) -> int:
    """Writes the page to ``-o FILE`` or to standard output."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    text = catalogue()
    if len(arguments) == 2 and arguments[0] == "-o":
        Path(arguments[1]).write_text(text, encoding="utf-8")
        return 0
    if arguments:
        sys.stderr.write("用法：python -m jushi.proof.catalogue [-o 文件]\n")
        return 2
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
