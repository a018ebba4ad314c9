"""Whether a sentence can be compiled: grammar, known figures, variables, shared sentences, cut-off dates — told in Chinese before saving."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from jushi.compose import Needs, SentenceError, codes, parse
from jushi.ledger import registry
from jushi.reports.outline import Line, line_of

VARIABLES = frozenset({
    "年", "下年", "上年", "期间", "月份", "截至", "截至日", "下期", "本期", "全称", "简称", "地区", "级", "全域", "我域",
})  # fmt: skip
STYLES = ("", "body", "item", "run_in")


@dataclass(frozen=True, slots=True)
class Checked:
    """What a sentence asks for, or the ``problem`` that keeps it from being compiled."""

    problem: str = ""
    needs: Needs | None = None


def check_line(raw: Any) -> Checked:
    """A stored line (text or table) as it would be compiled."""
    line = line_of(raw)
    problem = until_problem(line.until)
    return Checked(problem) if problem else check(line)


def check(line: Line, known: Collection[str] = VARIABLES) -> Checked:
    """Read the sentence and look up all that it names."""
    try:
        needs = codes(parse(line.sentence))
    except KeyError as error:
        return Checked(f"没有名为 {error.args[0]} 的公用句子，可在台账说明中查到各句的代码")
    except SentenceError as error:
        return Checked(str(error))
    strange = [name for name in needs.variables if name not in known]
    if strange:
        return Checked(f"没有“{{${strange[0]}}}”这个变量，可用：{'、'.join(sorted(known))}")
    unknown = [code for code in needs.figures if not registry.has_indicator(code)]
    if unknown:
        return Checked(f"没有指标“{unknown[0]}”，请在“指标”页查找代码")
    return Checked(needs=needs)


def until_problem(until: str) -> str:
    """Why a cut-off of a line is not one: MM-DD, the last day of a month."""
    if not until:
        return ""
    try:
        month, day = (int(part) for part in until.split("-"))
        last = calendar.monthrange(2015, month)[1]
    except (ValueError, calendar.IllegalMonthError):
        return "数据截止须写成“月-日”，如 11-30"
    return "" if day == last else f"数据截止须是月末，{month}月请写 {month:02d}-{last}"


def notes_of(lines: Iterable[Any]) -> tuple[str, ...]:
    """Names of the narrative fragments that stored lines ask for, in order; broken sentences ask for none."""
    found: dict[str, None] = {}
    for raw in lines:
        needs = check_line(raw).needs
        found |= dict.fromkeys(needs.notes) if needs else {}
    return tuple(found)
