"""How one ledger reads in the manual: what it is for, columns, stages, checks, figures, sentences."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import files
from types import FunctionType
from typing import Any

from jushi.ledger import registry
from jushi.ledger.columns import AreaLink, Choice, Column, Day, Flag, Link, LongText, Moment, Number, OfficeLink, Parties, Tags, Tally, UserLink
from jushi.ledger.declaration import COMMON, Ledger, Stage

CHINESE = re.compile(r"[\u4e00-\u9fff]")
SLOT = re.compile(r"\{([A-Za-z][\w.]*)(?:\|([^}]*))?\}")
OWN_CODE = "jushi.ledgers"
PARTY_NAMES = {"organisation": "单位名册", "person": "人员名册", "household": "农户名册", "area": "本县区乡镇、村的规范名称"}
LONGEST_LIST = 16
ZONES = {"party": "党务", "household": "农户", "money": "资金", "text": "对照检查材料"}


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """The lines of a Markdown table."""
    titles = list(head)
    yield "| " + " | ".join(titles) + " |"
    yield "|" + "---|" * len(titles)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |"


def ledger_section(ledger: Ledger) -> Iterator[str]:
    """The lines of a ledger's part of its page."""
    yield from ("", f'<a id="{ledger.code}"></a>', "", f"## {ledger.name}", "")
    yield f"{ledger.hint or '—'}"
    yield ""
    yield from _facts(ledger)
    yield from _columns(ledger)
    yield from _lines(ledger)
    yield from _stages(ledger)
    yield from _checks(ledger)
    yield from _figures(ledger)
    yield from _sentences(ledger)


def _facts(ledger: Ledger) -> Iterator[str]:
    def named(name: str) -> str:
        return ledger.column(name).label_for(ledger.model)

    yield f"- 代码：`{ledger.code}`；计数单位：{ledger.unit}"
    yield f"- 归入期间的日期：{ledger.at_field.verbose_name}"
    if ledger.read_only:
        yield "- 只供查看：记录在各自的台账中登记"
    else:
        yield f"- 同一条记录按“{'、'.join(named(n) for n in ledger.key)}”识别，再次导入时更新，不会重复"
    if ledger.zone:
        yield f"- 密区：{ZONES[ledger.zone]}，须有相应权限才能看到"


def _columns(ledger: Ledger) -> Iterator[str]:
    common = {c.name for c in COMMON}
    names = list(dict.fromkeys(name for group in ledger.groups for name in group.columns))
    shown = [ledger.column(n) for n in names if n not in common or n in {c.name for c in ledger.columns}]
    if ledger.read_only:
        shown = list(ledger.columns)
    shown += [c for c in ledger.columns if c.readonly and c not in shown and c.name not in names]
    yield from ("", "**列**", "")
    yield from table(("列", "必填", "怎么填"), ((c.label_for(ledger.model), "是" if c.required else "", how(c, ledger.model)) for c in shown))


def _lines(ledger: Ledger) -> Iterator[str]:
    from django.apps import apps

    for lines in ledger.lines:
        model = apps.get_model(lines.model)
        yield from ("", f"**附属行：{lines.title}**", "")
        yield from table(("列", "必填", "怎么填"), ((c.label_for(model), "是" if c.required else "", how(c, model)) for c in lines.columns))


def how(column: Column, model: Any) -> str:
    """How the column is filled in: its kind, then what its declaration adds."""
    parts = [_kind(column, model)]
    if column.help:
        parts.append(column.help)
    if column.example:
        parts.append(f"例：{column.example}")
    if column.personal:
        parts.append("个人信息，默认脱敏显示")
    return "；".join(part for part in parts if part)


def _kind(column: Column, model: Any) -> str:
    if isinstance(column, Tally):
        return "系统自动汇总"
    if column.readonly:
        return "系统填写"
    if isinstance(column, (Parties, Tags)):
        return _several(column)
    if isinstance(column, Link):
        return _link(column, model)
    if isinstance(column, Flag):
        return "是或否"
    if isinstance(column, Choice):
        return _options(column, model)
    if isinstance(column, Number):
        return "整数" if column.places == 0 else f"数字，最多 {column.places} 位小数"
    if isinstance(column, Day):
        return "日期，如 2015-03-12"
    if isinstance(column, Moment):
        return "日期和时间，如 2015-03-12 03:10"
    return "一段文字，可分段" if isinstance(column, LongText) else "文字"


def _several(column: Parties | Tags) -> str:
    if isinstance(column, Tags):
        names = list((column.options or terms(column.dictionary)).values())
        return f"可选多个，用顿号隔开：{_shortened(names)}"
    if column.to == "text":
        return "名称，多个用顿号隔开"
    return f"填{PARTY_NAMES[column.to]}{'' if column.to == 'area' else '中已登记的名称'}，多个用顿号隔开"


def _link(column: Link, model: Any) -> str:
    if isinstance(column, AreaLink):
        return "" if column.help else "乡镇、村的规范名称或 12 位代码"
    if isinstance(column, OfficeLink):
        return "选股室"
    if isinstance(column, UserLink):
        return "选本局账户"
    target = column.target(model)._meta.label
    over = [x for x in registry.ledgers() if x.model._meta.label == target and not x.tagged and not x.read_only]
    names = [x.name for x in over if not column.kinds or set(x.kinds) & set(column.kinds)]
    if not 0 < len(names) <= 3:
        return f"填已登记的{column.target(model)._meta.verbose_name}的名称"
    return f"填“{'”或“'.join(names)}”中已登记的名称"


def _options(column: Choice, model: Any) -> str:
    if column.options is not None:
        names = list(column.options.values())
    elif column.dictionary:
        names = list(terms(column.dictionary).values())
    else:
        field = column.field_of(model)
        names = [str(name) for _, name in (field.choices or ())] if field is not None else []
    return f"选：{_shortened(names)}" if names else "从下拉中选（词表由本局自定）"


def _shortened(names: list[str]) -> str:
    if len(names) <= LONGEST_LIST:
        return "、".join(names)
    return "、".join(names[:LONGEST_LIST]) + f"等 {len(names)} 项"


@cache
def terms(dictionary: str) -> dict[str, str]:
    """Code → name of a shipped dictionary, in its order; words of other years are marked with their years."""
    folder = files("jushi.kernel") / "data/terms"
    found: dict[str, str] = {}
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get(dictionary, {}) if path.name.endswith(".toml") else {}
        found |= {code: _term(row) for code, row in rows.items()}
    return found


def _term(row: Any) -> str:
    if isinstance(row, str):
        return row
    first, last = row.get("from"), row.get("to")
    years = f"{first.year if first else ''}—{last.year if last else ''}" if last else ""
    return f"{row['name']}（{years}）" if years else str(row["name"])


def _stages(ledger: Ledger) -> Iterator[str]:
    if not ledger.stages:
        return
    names = {s.code: s.name for s in ledger.stages}
    yield from ("", "**进展**", "")
    yield from table(("进展", "下一步", "要求"), ((s.name, "、".join(names[t] for t in s.to) or "—", _demands(ledger, s)) for s in ledger.stages))


def _demands(ledger: Ledger, stage: Stage) -> str:
    parts = []
    if stage.needs:
        parts.append("须先填" + "、".join(ledger.column(n).label_for(ledger.model) for n in stage.needs))
    if stage.evidence:
        parts.append("须有佐证")
    if stage.other:
        parts.append("须由经办人以外的人办理")
    if stage.date:
        dates = (str(ledger.model._meta.get_field(n).verbose_name) for n in stage.date.split())  # type: ignore[union-attr]
        parts.append("记下" + "、".join(dates))
    if stage.rule is not None:
        parts += messages(stage.rule)
    return "；".join(parts)


def _checks(ledger: Ledger) -> Iterator[str]:
    groups = (
        ("不通过则不能保存", [m for f in ledger.checks for m in messages(f)]),
        ("提醒，不拦", [m for f in ledger.warnings for m in messages(f)]),
        ("核定前检查", [m for f in ledger.gates for m in messages(f)]),
        ("到期和异常提示", [f"{m.name}{'：' + m.remedy if m.remedy else ''}" for m in ledger.marks]
         + [m for f in ledger.reminders for m in messages(f)]),
    )  # fmt: skip
    found = [(title, list(dict.fromkeys(sentences))) for title, sentences in groups if sentences]
    if found:
        yield from ("", "**检查**（“…”处是当时的内容）")
    for title, sentences in found:
        yield from ("", f"{title}：", "", *(f"- {sentence}" for sentence in sentences))


def messages(check: Callable[..., Any]) -> list[str]:
    """The Chinese sentences that a check may answer with, read from its source: what people are told is its best description."""
    return list(_messages(check, set()))


def _messages(check: Any, seen: set[Any]) -> Iterator[str]:
    check = inspect.unwrap(check)
    if not isinstance(check, FunctionType) or check in seen or not check.__module__.startswith(OWN_CODE):
        return
    seen.add(check)
    body = ast.parse(textwrap.dedent(inspect.getsource(check))).body[0]
    for node in _outermost_strings(body):
        text = _words(node)
        if len(CHINESE.findall(text)) >= 6:
            yield text
    for name in sorted(_names(body)):
        yield from _messages(check.__globals__.get(name), seen)


def _outermost_strings(node: ast.AST) -> Iterator[ast.expr]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.JoinedStr) or (isinstance(child, ast.Constant) and isinstance(child.value, str)):
            yield child
        else:
            yield from _outermost_strings(child)


def _words(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    assert isinstance(node, ast.JoinedStr)
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)


def _names(node: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


def _figures(ledger: Ledger) -> Iterator[str]:
    if not ledger.indicators:
        return
    yield from ("", "**指标**", "")
    yield from table(("指标", "代码", "单位", "种类", "口径"), ((i.name, f"`{i.code}`", i.unit, i.kind, i.words) for i in ledger.indicators))


def _sentences(ledger: Ledger) -> Iterator[str]:
    if not ledger.sentences:
        return
    yield from ("", "**句子**（〔〕处由指标填入，？…？内无数时略去）", "")
    for code, text in ledger.sentences.items():
        yield f"- `@{code}`　{spoken(text)}"


def spoken(sentence: str) -> str:
    """A sentence with the names of its figures in place of codes."""

    def named(match: re.Match[str]) -> str:
        name = registry.indicator(match[1])[1].name
        return f"〔{name}{'｜' + match[2] if match[2] else ''}〕"

    return SLOT.sub(named, sentence).replace("{?", "？").replace("?}", "？")
