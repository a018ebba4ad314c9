"""Sayings that list their members in a fixed order: 四个意识, 新发展理念, 六大纪律 (D7)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

from jushi.proof.build import Emit, rule
from jushi.proof.lexicon import searched
from jushi.proof.model import Finding, Rule
from jushi.proof.rules.words import OFFICIAL
from jushi.proof.view import View

Group = tuple[str, tuple[str, ...], bool]
_SEPARATORS = frozenset(("、", "，", "和", "以及", "与", "及", "”“", "”、“"))


@lru_cache(maxsize=1)
def _groups() -> tuple[Group, ...]:
    """(name, members in order, whether a missing one is an error) from data/groups.tsv."""
    text = resources.files("jushi.proof").joinpath("data", "groups.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith(("#", "name\t"))]
    return tuple((name, tuple(members.split("|")), complete == "1") for name, members, complete in rows)


searched(*(member for _, members, _ in _groups() for member in members))


def _runs(view: View, members: tuple[str, ...]) -> Iterator[list[tuple[int, str]]]:
    """Rows of two or more members with nothing but a separator between them."""
    hits = sorted((at, member) for member in members for at in view.places(member))
    run: list[tuple[int, str]] = []
    for at, member in hits:
        between = view.norm[run[-1][0] + len(run[-1][1]) : at] if run else ""
        if run and between in _SEPARATORS:
            run.append((at, member))
            continue
        if len(run) > 1:
            yield run
        run = [(at, member)]
    if len(run) > 1:
        yield run


def _ordered(view: View, emit: Emit) -> Iterator[Finding]:
    for name, members, complete in _groups():
        for run in _runs(view, members):
            said = [member for _, member in run]
            span = (run[0][0], run[-1][0] + len(said[-1]))
            right = [member for member in members if member in said]
            whole = len(said) >= min(3, len(members) - 1) and len(set(said)) == len(said)
            if whole and said != right and (len(said) >= 3 or len(members) == 3):
                yield emit(view, span, f"“{name}”的次序固定：{'、'.join(members)}", _joined(view, run, right))
            elif complete and said == right and len(said) == len(members) - 1 and _ends(view, span):
                lost = next(member for member in members if member not in said)
                yield emit(view, span, f"“{name}”缺“{lost}”", level="warning")


def _ends(view: View, span: tuple[int, int]) -> bool:
    """The row stands alone: nothing is listed before it and no 等 behind it."""
    before, after = view.norm[max(0, span[0] - 1) : span[0]], view.norm[span[1] : span[1] + 1]
    return before not in ("、", "和", "与", "及") and after in tuple("。，；”）\n") and view.norm[span[1] : span[1] + 2] != "，等"


def _joined(view: View, run: list[tuple[int, str]], right: list[str]) -> str:
    gaps = [view.norm[run[i][0] + len(run[i][1]) : run[i + 1][0]] for i in range(len(run) - 1)]
    return "".join(word + gap for word, gap in zip(right, [*gaps, ""], strict=True))


GROUPS: tuple[Rule, ...] = (
    rule(
        "D702",
        "fixed_phrase",
        "error",
        "固定并列的次序与成员",
        OFFICIAL,
        _ordered,
        [
            "增强政治意识、核心意识、大局意识、看齐意识。",
            "贯彻创新、绿色、协调、开放、共享的新发展理念。",
            "严查形式主义、享乐主义、官僚主义和奢靡之风。",
            "严守政治纪律、组织纪律、廉洁纪律、群众纪律、工作纪律。",
        ],
        [
            "增强政治意识、大局意识、核心意识、看齐意识。",
            "贯彻创新、协调、绿色、开放、共享的新发展理念。",
            "力戒形式主义、官僚主义。",
            "推动绿色、创新发展，促进经济、社会协调进步。",
            "加强作风建设、政治建设，严明组织纪律、工作纪律。",
        ],
    ),
)
