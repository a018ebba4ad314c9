"""``check`` and ``rules`` of the command line: pure, no Django. Exit codes: 0 done, 1 found what ``--fail-on`` names, 2 bad usage or input."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from jushi.proof.catalogue import listing, page_of
from jushi.proof.engine import apply_dismissals, check, select, worst
from jushi.proof.lexicon import Entry, parse_table
from jushi.proof.model import LEVELS, Dismissal, Finding
from jushi.proof.render_docx import certain, commented, corrected
from jushi.proof.render_text import as_json, as_text
from jushi.proof.rules import RULES
from jushi.text import Document, Reading, UnreadableError, read, understand


class UsageError(Exception):
    """Bad usage; the message says in Chinese what to do."""


_MESSAGES = (
    ("the following arguments are required", "缺少参数"),
    ("unrecognized arguments", "不认识的参数"),
    ("invalid choice", "取值不在可选范围"),
    ("choose from", "可选"),
    ("expected one argument", "后面要有一个值"),
    ("invalid int value", "应为整数"),
    ("ambiguous option", "选项有歧义"),
    ("argument ", "参数 "),
)


def _chinese(message: str) -> str:
    for english, chinese in _MESSAGES:
        message = message.replace(english, chinese)
    return message


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"用法有误：{_chinese(message)}。用 {self.prog} --help 看用法。")


# What a bureau's records say about a reading: further findings, and every claim with its verdict as JSON data.
Reconcile = Callable[[Reading], tuple[list[Finding], list[dict[str, Any]]]]

# What a bureau has set for all its texts: its own dictionary and its dismissals.
House = tuple[Mapping[str, Sequence[Entry]], Sequence[Dismissal]]


@dataclass(frozen=True, slots=True)
class Checked:
    """One file with its bytes, as read, what was found, and how its claims stand against records (None: not asked)."""

    name: str
    data: bytes
    document: Document
    findings: list[Finding]
    reconciled: list[dict[str, Any]] | None = None


def _check_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="jushi check",
        description="校核文稿：错字、标点、数字、序号、列举与合计、前后不一、越期表述、占位与网页残留。",
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="文件；“-”为标准输入")
    parser.add_argument("--format", choices=("text", "json", "docx"), default="text", help="输出形式，默认 text；docx 为带批注的文稿")
    parser.add_argument("-o", "--output", metavar="FILE", help="输出文件；多个文件时为文件夹")
    parser.add_argument("--corrected", metavar="FILE", help="另存一份写入确定改法的 .docx")
    parser.add_argument("--fail-on", choices=LEVELS, help="有此级别或更重的问题时退出码为 1")
    parser.add_argument("--off", action="append", default=[], metavar="ID", help="关闭规则（编号或种类，可多次）")
    parser.add_argument("--only", action="append", metavar="ID", help="只用这些规则（编号或种类，可多次）")
    parser.add_argument("--year", type=int, help="报告年度：用于判断越期表述")
    parser.add_argument("--lexicon", metavar="TSV", help="本单位词典（列同内置词表，另有 table 列）")
    parser.add_argument("--dismissed", metavar="JSON", help="不再提示的问题：[{rule, text, reason}]")
    return parser


def check_command(argv: Sequence[str], reconcile: Reconcile | None = None, house: House | None = None) -> int:
    """Runs ``jushi check`` with its arguments and returns the exit code.

    ``reconcile`` compares each reading with records; ``house`` is what a bureau has set, before what the arguments add.
    """
    options = _check_parser().parse_args(list(argv))
    rules = select(RULES, off=options.off, only=options.only, year=options.year)
    own, settled = house or ({}, ())
    given = office_lexicon(Path(options.lexicon)) if options.lexicon else {}
    lexicon = {name: [*own.get(name, ()), *given.get(name, ())] for name in {*own, *given}} or None
    dismissed = [*settled, *(dismissals(Path(options.dismissed)) if options.dismissed else [])]
    facts = {"year": options.year} if options.year else None
    done: list[Checked] = []
    failed = False
    for name in options.files:
        try:
            data = sys.stdin.buffer.read() if name == "-" else _bytes(Path(name))
            document = read(data, "" if name == "-" else name)
            reading = understand(document)
            found = check(reading, lexicon, rules, facts)
            further, stands = reconcile(reading) if reconcile else ([], None)
            found = apply_dismissals(sorted([*found, *further], key=lambda f: (f.start, f.end)), dismissed)
            done.append(Checked("（标准输入）" if name == "-" else name, data, document, found, stands))
        except UnreadableError as error:
            failed = True
            sys.stderr.write(f"{error}\n")
    if done:
        _write(options, done)
    if failed:
        return 2
    return int(any(_fails(item.findings, options.fail_on) for item in done))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = "没有这个文件" if isinstance(error, FileNotFoundError) else "这是文件夹或不能读取"
        raise UnreadableError(f"打不开“{path}”：{reason}。请检查路径和权限。") from error


def _fails(findings: list[Finding], level: str | None) -> bool:
    gravest = worst(findings)
    return bool(level and gravest and LEVELS.index(gravest) <= LEVELS.index(level))


def _write(options: argparse.Namespace, done: list[Checked]) -> None:
    if options.format == "docx":
        for item in done:
            source = item.data if item.document.format == "docx" else None
            _save(_target(options, item, len(done)), commented(item.document, item.findings, source))
    else:
        colour = options.format == "text" and not options.output and sys.stdout.isatty()
        _emit(options.output, _rendered(options.format, done, colour))
    if options.corrected:
        item = done[0]
        source = item.data if item.document.format == "docx" else None
        _save(Path(options.corrected), corrected(item.document, certain(item.findings), source))


def _rendered(form: str, done: list[Checked], colour: bool) -> str:
    if form == "text":
        return "\n".join(as_text(item.document, item.findings, item.name, colour) + _stands(item) for item in done)
    data: list[dict[str, Any]] = []
    for item in done:
        one = as_json(item.document, item.findings, item.name)
        data.append(one if item.reconciled is None else one | {"reconciled": item.reconciled})
    return json.dumps(data[0] if len(data) == 1 else data, ensure_ascii=False, indent=1) + "\n"


def _stands(item: Checked) -> str:
    """The claims against the records, a line each."""
    if item.reconciled is None:
        return ""
    lines = [f"  {r['verdict']}  {r['stated']}{r['unit']}  {r['name'] or '—'}  台账：{r['recorded'] or '—'}" for r in item.reconciled]
    return "\n对账：\n" + "\n".join(lines or ["  没有可对账的数字"]) + "\n"


def _target(options: argparse.Namespace, item: Checked, count: int) -> Path:
    stem = "标准输入" if item.name.startswith("（") else Path(item.name).stem
    if not options.output:
        return Path(f"{stem}-校核.docx")
    target = Path(options.output)
    return target / f"{stem}-校核.docx" if count > 1 or target.is_dir() else target


def _save(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise UsageError(f"写不了“{path}”：请检查文件夹和权限，或用 -o 另指位置。") from error
    sys.stderr.write(f"已写出 {path}\n")


def _emit(output: str | None, text: str) -> None:
    if not output:
        sys.stdout.write(text)
        return
    try:
        Path(output).write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"写不了“{output}”：请检查文件夹和权限。") from error


def office_lexicon(path: Path) -> dict[str, list[Entry]]:
    """An office's own dictionary: the columns of the shipped tables, and ``table`` naming which one each row extends."""
    try:
        return parse_table(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, UnicodeDecodeError) as error:
        raise UsageError(f"读不了词典“{path}”：应为 UTF-8 的 TSV，首行有 table、word、to 等列。") from error


def dismissals(path: Path) -> list[Dismissal]:
    """Dismissals from a JSON list of ``{rule, text, reason, by}``."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return [Dismissal(row["rule"], row.get("text"), row["reason"], row.get("by", "")) for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"读不了“{path}”：应为 JSON 列表，每项有 rule、text、reason。") from error


def rules_command(argv: Sequence[str]) -> int:
    """Runs ``jushi rules [list | show ID]``."""
    match list(argv):
        case [] | ["list"]:
            sys.stdout.write(listing())
        case ["show", wanted]:
            chosen = [rule for rule in RULES if wanted.lower() in (rule.id.lower(), rule.kind)]
            if not chosen:
                raise UsageError(f"没有规则“{wanted}”：用 jushi rules list 看全部编号。")
            sys.stdout.write("\n".join(page_of(rule) for rule in chosen))
        case _:
            raise UsageError("用法：jushi rules [list | show 编号]")
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    """``check …`` or ``rules …``; never a traceback for bad usage or input."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    commands = {"check": check_command, "rules": rules_command}
    try:
        if not arguments or arguments[0] not in commands:
            raise UsageError("用法：check 文件… 或 rules [list | show 编号]")
        return commands[arguments[0]](arguments[1:])
    except UsageError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except SystemExit as stop:
        return int(stop.code or 0)


if __name__ == "__main__":
    sys.exit(main())
