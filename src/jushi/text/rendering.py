"""A reading as JSON (jushi read --format json) and as Markdown."""

from __future__ import annotations

from typing import Any

from jushi.text.model import Claim, CountedList, Heading, Passage, Reading


def as_json(reading: Reading) -> dict[str, Any]:
    """The reading as plain data, in the form that ``jushi read FILE --format json`` prints; offsets are code points."""
    text = reading.document.text
    title = reading.title
    return {
        "text": text,
        "title": None if title is None else {"start": title.start, "end": title.end, "text": title.of(text)},
        "period": {
            "kind": reading.period.kind,
            "value": reading.period.value,
            "evidence": [{"text": e.text, "start": e.start, "end": e.end, "says": e.says} for e in reading.period.evidence],
        },
        "outline": [_heading(h, text) for h in reading.outline],
        "claims": [_claim(c) for c in reading.claims],
        "lists": [_list(x) for x in reading.lists],
        "names": [{"type": n.type, "text": n.text, "start": n.start, "end": n.end} for n in reading.names],
        "plans": [_passage(p) for p in reading.plans],
        "problems": [_passage(p) for p in reading.problems],
    }


def _heading(h: Heading, text: str) -> dict[str, Any]:
    return {
        "id": h.id, "level": h.level, "marker": h.marker, "text": text[h.start : h.end], "start": h.start, "end": h.end,
        "parent": h.parent, "run_in": h.run_in,
    }  # fmt: skip


def _claim(c: Claim) -> dict[str, Any]:
    return {
        "start": c.start, "end": c.end, "value": c.value, "placeholder": c.placeholder, "unit": c.unit, "subject": c.subject,
        "modifiers": list(c.modifiers), "sentence": list(c.sentence),
    }  # fmt: skip


def _list(x: CountedList) -> dict[str, Any]:
    return {
        "start": x.start, "end": x.end, "stated": x.stated, "unit": x.unit, "items": list(x.items), "open": x.open,
        "verdict": x.verdict,
    }  # fmt: skip


def _passage(p: Passage) -> dict[str, Any]:
    return {"start": p.start, "end": p.end, "text": p.text}


def as_markdown(reading: Reading) -> str:
    """The reading for people: outline, then the claims, lists, names, plans and problems as Markdown."""
    data = as_json(reading)
    title = data["title"]["text"] if data["title"] else "（无标题）"
    lines = [f"# {title}", "", f"期间：{reading.period.value or '未能判断'}", "", "## 提纲", ""]
    lines += ["  " * max(0, h.level - 1) + f"- {_one_line(h.text)}" for h in reading.outline if h.level]
    lines += ["", "## 数量", "", "| 主体 | 值 | 单位 | 限定 |", "|---|---|---|---|"]
    lines += [f"| {_cell(c.subject)} | {_cell(c.value)} | {_cell(c.unit)} | {_cell('、'.join(c.modifiers))} |" for c in reading.claims]
    if reading.lists:
        lines += ["", "## 列举", ""]
        lines += [
            f"- {x.stated}{x.unit}：{'、'.join(map(_one_line, x.items))}{'等' if x.open else ''}（{_VERDICTS[x.verdict]}）" for x in reading.lists
        ]
    if reading.names:
        lines += ["", "## 名称", ""]
        lines += [f"- {_TYPES[kind]}：{'、'.join(names)}" for kind, names in _by_type(reading).items()]
    for heading, passages in (("问题", reading.problems), ("计划", reading.plans)):
        if passages:
            lines += ["", f"## {heading}", "", *(f"- {_one_line(p.text)}" for p in passages)]
    return "\n".join(lines) + "\n"


_VERDICTS = {"ok": "相符", "ok_ge": "列举未尽，不矛盾", "mismatch": "不符", "unknown": "无法核对"}
_TYPES = {
    "organisation": "单位", "project": "项目", "award": "奖项", "document": "文件", "place": "地名", "person": "人物", "event": "活动",
}  # fmt: skip


def _by_type(reading: Reading) -> dict[str, list[str]]:
    result: dict[str, list[str]] = {}
    for name in reading.names:
        found = result.setdefault(name.type, [])
        if _one_line(name.text) not in found:
            found.append(_one_line(name.text))
    return result


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _cell(words: str) -> str:
    return _one_line(words).replace("|", "\\|")
