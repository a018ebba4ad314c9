"""Sentences as form fields, for a section of an edition and for a template: one text area, cut-off and place per sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from jushi.ledger import registry
from jushi.reports.outline import SHARED, line_of
from jushi.reports.sentences import STYLES, check_line

MOST = 60  # sentences of one section
STYLE_NAMES = {"": "随本节", "body": "另起一段", "item": "单列一行", "run_in": "一是、二是"}


@dataclass(frozen=True, slots=True)
class LineField:
    """One sentence as it is edited."""

    name: str
    text: str
    until: str
    style: str
    problem: str

    @property
    def shared(self) -> list[tuple[str, str]]:
        """The shared sentences that the text names, in full."""
        known = registry.sentences()
        return [(code, known[code]) for code in dict.fromkeys(SHARED.findall(self.text)) if code in known]

    @property
    def rows(self) -> int:
        """Height of the text area."""
        return max(2, min(8, len(self.text) // 34 + 1))

    @property
    def styles(self) -> list[tuple[str, str, bool]]:
        """Choices of place, the present one marked."""
        return [(code, name, code == self.style) for code, name in STYLE_NAMES.items()]


def fields(prefix: str, lines: Iterable[Any], *, spare: int = 1) -> list[LineField]:
    """The sentences, each judged, and ``spare`` empty ones."""
    found = []
    for number, raw in enumerate([*lines, *[""] * spare]):
        line = line_of(raw)
        problem = check_line(raw).problem if line.text else ""
        found.append(LineField(f"{prefix}-{number}", line.text, line.until, line.style, problem))
    return found


def posted(data: Mapping[str, str], prefix: str) -> list[Any]:
    """The sentences of a submitted form as they are stored; empty ones are gone."""
    found: list[Any] = []
    for number in range(MOST):
        name = f"{prefix}-{number}"
        if name not in data:
            break
        text = " ".join(data[name].split("\r\n")).replace("\n", " ").strip()
        until, style = data.get(f"{name}-until", "").strip(), data.get(f"{name}-style", "")
        more = {"until": until, "style": style if style in STYLES else ""}
        more = {key: value for key, value in more.items() if value}
        if text:
            found.append({"text": text, **more} if more else text)
    return found


def problems(lines: Iterable[Any]) -> list[str]:
    """What keeps the sentences from being compiled, by number."""
    checked = [check_line(raw).problem for raw in lines]
    return [f"第 {number} 句：{problem}" for number, problem in enumerate(checked, 1) if problem]
