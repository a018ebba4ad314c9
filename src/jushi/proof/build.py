"""Small constructors for rules: a pattern, a lexicon, or a function."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from jushi.proof.lexicon import searched
from jushi.proof.model import Finding, Level, Rule
from jushi.proof.view import View, behind

Fix = str | Callable[[re.Match[str]], "str | tuple[str, ...] | None"]
Finder = Callable[[View], Iterator[re.Match[str]]]
Guard = Callable[[View, re.Match[str]], bool]


@dataclass(frozen=True, slots=True)
class Emit:
    """Makes findings of one rule: the rule's id, kind, level and basis are said once."""

    id: str
    kind: str
    level: Level
    basis: str

    def __call__(
        self,
        view: View,
        span: tuple[int, int],
        message: str,
        *suggestions: str,
        level: Level | None = None,
        kind: str | None = None,
        related: tuple[tuple[int, int], ...] = (),
    ) -> Finding:
        """A finding of this rule on ``span``."""
        return view.finding(self.id, kind or self.kind, level or self.level, span, message, suggestions, self.basis, related)


Check = Callable[[View, Emit], Iterable[Finding]]


def rule(
    id: str,
    kind: str,
    level: Level,
    name: str,
    basis: str,
    check: Check,
    bad: Iterable[str],
    good: Iterable[str],
    **more: Any,
) -> Rule:
    """A rule from a function of the view and an emitter."""
    emit = Emit(id, kind, level, basis)
    return Rule(id, kind, level, name, basis, lambda view: check(view, emit), tuple(bad), tuple(good), **more)


def _suggest(fix: Fix | None, match: re.Match[str]) -> tuple[str, ...]:
    if fix is None:
        return ()
    if isinstance(fix, str):
        return (match.expand(fix),)
    found = fix(match)
    if found is None:
        return ()
    return (found,) if isinstance(found, str) else tuple(found)


def _finder(regex: re.Pattern[str], anchors: Sequence[str | re.Pattern[str]], window: tuple[int, int]) -> Finder:
    """All matches in a view: by scanning, or around the anchors, each place once."""

    def find(view: View) -> Iterator[re.Match[str]]:
        if not anchors:
            yield from regex.finditer(view.norm)
            return
        seen: set[int] = set()
        for anchor in anchors:
            for match in view.around(anchor, regex, *window):
                if match.start() not in seen:
                    seen.add(match.start())
                    yield match

    return find


def pattern(
    id: str,
    kind: str,
    level: Level,
    name: str,
    basis: str,
    regex: str,
    message: str,
    *,
    bad: Iterable[str],
    good: Iterable[str],
    fix: Fix | None = None,
    group: int | str = 0,
    guard: Guard | None = None,
    anchors: tuple[str, ...] = (),
    window: tuple[int, int] = (40, 40),
    test: str = "",
    **more: Any,
) -> Rule:
    """A rule that fires at each match of ``regex`` in the folded text.

    A pattern that does not begin with a literal scans slowly; give ``anchors``, literals one of which every match contains,
    and only the windows around them are tried. Where an anchor is frequent, a ``test`` says what stands behind it (or, by a
    lookbehind, before it) in every match. ``message`` may use ``{0}`` for the matched text.
    """
    matches = _finder(re.compile(regex), [behind(anchor, test) for anchor in anchors] if test else searched(*anchors), window)

    def check(view: View, emit: Emit) -> Iterator[Finding]:
        for match in matches(view):
            if guard is None or guard(view, match):
                text = message.replace("{0}", match[group])
                yield emit(view, match.span(group), text, *_suggest(fix, match))

    return rule(id, kind, level, name, basis, check, bad, good, **more)
