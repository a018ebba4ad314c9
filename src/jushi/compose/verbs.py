"""What each verb says of a figure: (text, number said, unit said), or None where nothing true can be said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from jushi.compose import words
from jushi.compose.grammar import APPROX_VERBS, Slot, Verb
from jushi.compose.model import Approx, Figure


@dataclass(frozen=True, slots=True)
class Said:
    """``text`` as printed; ``value`` and ``unit`` what it asserts; ``lead`` is dropped after the same word."""

    text: str
    value: Decimal | None
    unit: str
    verb: str = ""
    lead: str = ""
    zero: bool = False


@dataclass(frozen=True, slots=True)
class Silent:
    """Nothing can be said, and why (for the gap shown outside a clause)."""

    reason: str


Outcome = Said | Silent
Figures = Mapping[str, Figure]
Speaker = Callable[[Figure, Verb, Figures], Outcome]


def say(figure: Figure, slot: Slot, figures: Figures) -> Outcome:
    """Word the figure as the slot asks."""
    selectors = [verb for verb in slot.verbs if verb.name not in APPROX_VERBS]
    rounding = next((verb.name for verb in slot.verbs if verb.name in APPROX_VERBS), figure.approx)
    first = selectors[0] if selectors else Verb("")
    if first.name in ("", "预计", "累计", "目标", "上年"):
        tail = selectors[1].name if len(selectors) > 1 else ""
        return _amount(figure, first.name, rounding, tail)  # type: ignore[arg-type]
    return SPEAKERS[first.name](figure, first, figures)


def _amount(figure: Figure, source: str, rounding: Approx, tail: str) -> Outcome:
    value = {"累计": figure.cumulative, "目标": figure.target, "上年": figure.previous}.get(source, figure.known)
    if value is None:
        return Silent({"累计": "没有累计数", "目标": "没有下达目标", "上年": "没有上年同期数"}.get(source, "没有数据"))
    lead = "" if source == "预计" and figure.basis != "预计" else source  # a verified figure is no forecast any more
    said = Said("", value, figure.unit, source, zero=value == 0)
    if tail == "值":
        return _with(said, words.number(value, "", figure.decimals), lead)
    if tail == "大写":
        return _spelled(value, figure.unit, source)
    text = words.number(value, figure.unit, figure.decimals)
    if rounding != "exact":
        try:
            text = words.approximate(value, rounding, figure.unit)
        except words.WordRefused:
            pass  # the exact value is always true; the word returns when the value allows it
        else:
            said = Said("", value, figure.unit, source or rounding, zero=False)
    return _with(said, text, lead)


def _with(said: Said, text: str, lead: str) -> Said:
    return Said(text, said.value, said.unit, said.verb, lead if lead in ("累计", "预计") else "", said.zero)


def _spelled(value: Decimal, unit: str, verb: str = "大写") -> Outcome:
    if value != value.to_integral_value() or not 0 <= value < 10**12:
        return Silent("不是整数，不能写成汉字数目")
    return Said(words.counted(int(value), unit), value, unit, verb or "大写", zero=value == 0)


def _bare(figure: Figure, verb: Verb, _: Figures) -> Outcome:
    value = figure.known
    if value is None:
        return Silent("没有数据")
    if verb.name == "大写":
        return _spelled(value, figure.unit)
    return Said(words.number(value, "", figure.decimals), value, figure.unit, "值", zero=value == 0)


def _unit(figure: Figure, _: Verb, __: Figures) -> Outcome:
    return Said(figure.unit, None, figure.unit, "单位")


def _name(figure: Figure, _: Verb, __: Figures) -> Outcome:
    return Said(figure.name, None, "", "全称")


def _growth(figure: Figure, verb: Verb, _: Figures) -> Outcome:
    base, word = (figure.previous, "上年同期") if verb.name == "同比" else (figure.before, "上期")
    now = figure.known
    if now is None:
        return Silent("没有数据")
    text = words.growth(now, base, figure.unit, verb.count)
    if text is None or base is None:
        return Silent(f"没有{word}数" if base is None else f"{word}数不大于零，不算增速")
    places = 2 if verb.count is None else verb.count
    if figure.unit == "%":
        return Said(text, words.rounded(now - base, places), "个百分点", verb.name, verb.name)
    return Said(text, words.rounded((now - base) / base * 100, places), "%", verb.name, verb.name)


def _share(figure: Figure, verb: Verb, figures: Figures) -> Outcome:
    whole = figures[verb.argument].known if verb.argument in figures else (None if verb.argument else figure.total)
    if figure.known is None:
        return Silent("没有数据")
    if whole is None or whole <= 0:
        return Silent("没有总数" if whole is None else "总数为零，不算占比")
    rate = figure.known / whole * 100
    return Said(words.percent(rate), words.rounded(rate, 2), "%", "占比", zero=rate == 0)


def _completion(figure: Figure, verb: Verb, _: Figures) -> Outcome:
    rate = words.completion(figure.known, figure.target, figure.inverse)
    if rate is None:
        return Silent("没有下达目标" if figure.target is None else "没有数据")
    if verb.name == "完成率":
        return Said(words.percent(rate), words.rounded(rate, 2), "%", "完成率", zero=rate == 0)
    text = words.completion_words(figure.known, figure.target, figure.inverse) or ""
    return Said(text, words.rounded(rate, 2), "%", "完成情况")


def _shortfall(figure: Figure, _: Verb, __: Figures) -> Outcome:
    if figure.known is None or figure.target is None:
        return Silent("没有下达目标" if figure.target is None else "没有数据")
    text = words.shortfall(figure.known, figure.target, figure.unit, figure.decimals)
    if text is None:
        return Said("无差额", Decimal(0), figure.unit, "差额", zero=True)
    return Said(text, figure.target - figure.known, figure.unit, "差额")


def _difference(figure: Figure, _: Verb, __: Figures) -> Outcome:
    text = words.difference(figure.known, figure.previous, figure.unit, figure.decimals)
    if text is None or figure.known is None or figure.previous is None:
        return Silent("没有上年同期数" if figure.previous is None else "没有数据")
    return Said(text, figure.known - figure.previous, "个百分点" if figure.unit == "%" else figure.unit, "比上年")


def _rank(figure: Figure, _: Verb, __: Figures) -> Outcome:
    if figure.rank is None:
        return Silent("没有排名")
    return Said(f"第{figure.rank}位", Decimal(figure.rank), "位", "排名")


def _list(figure: Figure, verb: Verb, _: Figures) -> Outcome:
    if not figure.lists:
        return Silent("没有名单") if figure.known is None else Said("", figure.known, figure.unit, verb.name, zero=True)
    if verb.name == "逐项":
        text = words.one_by_one(figure.lists[: verb.count])
    else:
        short = figure.known is not None and figure.known > len(figure.lists)
        text = words.join(figure.lists, verb.count, more=short)
    return Said(text, figure.known, figure.unit, verb.name)


def _breakdown(figure: Figure, verb: Verb, _: Figures) -> Outcome:
    name = verb.argument or (next(iter(figure.by)) if len(figure.by) == 1 else "")
    if name not in figure.by:
        known = "、".join(figure.by) or "无"
        return Silent(f"没有“{name}”这个维度（现有：{known}）" if name else f"要写明维度（现有：{known}）")
    parts = [(label, amount) for label, amount in figure.by[name] if amount]
    if verb.name == "前":
        parts = sorted(parts, key=lambda part: -part[1])[: verb.count]
    text = "、".join(f"{label}{words.number(amount, figure.unit, figure.decimals)}" for label, amount in parts)
    label = f"前{verb.count}" if verb.name == "前" else f"按{name}"
    return Said(text, figure.known, figure.unit, label, zero=not parts)


SPEAKERS: Mapping[str, Speaker] = {
    "值": _bare,
    "大写": _bare,
    "单位": _unit,
    "全称": _name,
    "同比": _growth,
    "环比": _growth,
    "占比": _share,
    "完成率": _completion,
    "完成情况": _completion,
    "差额": _shortfall,
    "比上年": _difference,
    "排名": _rank,
    "名单": _list,
    "逐项": _list,
    "按": _breakdown,
    "前": _breakdown,
}
