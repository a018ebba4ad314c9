"""Slips of one character in set expressions: a homophone or a look-alike in its place (因地治宜), or a character lost (基础设建设).

The expressions are data; each is looked for by its halves, so that a text is searched once for all of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from jushi.proof.build import Emit, rule
from jushi.proof.lexicon import Literals
from jushi.proof.model import Finding, Rule
from jushi.proof.rules.words import DICTIONARY
from jushi.proof.view import View

# Between two words these may stand by themselves: 集中，其中 …; what looks like a slip is then two words side by side.
_PARTICLES = frozenset("的地得了着是在有和与及也都就很更各每这那上下前后内外一二三四五六七八九十百千万不没个我你他她它们你，。、；：")
_ANY = "?"


def _words(name: str) -> Iterator[str]:
    text = resources.files("jushi.proof").joinpath("data", name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            yield from line.split()


def _wildcards(pair: str) -> tuple[str, str]:
    return _ANY + pair[1], pair[0] + _ANY


_LISTED = tuple(_words("sayings.txt"))
_SAYINGS = frozenset(word for word in _LISTED if len(word) == 4)
_REAL = frozenset(word[1:] for word in _LISTED if word[0] == "-")


def _halves(first: bool) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Half of an expression → the other half with one character open → the halves that it may be."""
    table: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for word in sorted(_SAYINGS):
        kept, other = (word[:2], word[2:]) if first else (word[2:], word[:2])
        for key in _wildcards(other):
            table[kept][key] = (*table[kept].get(key, ()), other)
    return table


_AFTER, _BEFORE = _halves(True), _halves(False)
_SHORT = {
    word[:i] + word[i + 1 :]: word
    for word in _LISTED
    if len(word) > 4 and word[0] != "-"
    for i in range(2, len(word) - 2)
    if word[i] not in (word[i - 1], "、")
}


def _wrong_words() -> dict[str, str]:
    """Words written with a homophone or a look-alike that make no word: 挖崛 → 挖掘."""
    text = resources.files("jushi.proof").joinpath("data", "slips.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and line[0] != "#")
    return {wrong: right for right, listed in rows for wrong in listed.split()}


_WRONG = _wrong_words()
_COMMON = frozenset(_WRONG.values()) | frozenset(_AFTER) | frozenset(_BEFORE)
_NAME = re.compile(r"[\u4e00-\u9fff]{0,10}?(?:公司|集团|合作社|农场|厂|店|中心|小区|花园|广场|学校|医院|村|镇|乡|社区|街道|路|品牌|牌|同志|基地)")
_Sides = Mapping[str, tuple[set[str], set[str]]]


def _threes() -> _Sides:
    """Three characters of expressions in a row → those that complete them in front, and behind."""
    table: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for word in _SAYINGS:
        table[word[1:]][0].add(word[0])
        table[word[:3]][1].add(word[3])
    return dict(table)


def _pairs() -> _Sides:
    """Two characters with one between → what stands in front where they are the second and last, behind where the first and third."""
    table: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for word in _SAYINGS:
        table[word[1] + word[3]][0].add(word[0])
        table[word[0] + word[2]][1].add(word[3])
    return dict(table)


# Where an expression has one character wrong, the other three stand: in a row, or two of them with another between, which are
# a pair in the text without every other character. Both are far rarer than the halves, and most are whole expressions.
_THREES, _PAIRS = _threes(), _pairs()
_LITERALS = (*_THREES, *_WRONG, *_SHORT)


@dataclass(frozen=True, slots=True)
class _Found:
    """Where the second half of an expression may be miswritten, where the first; misspelt words and shortened expressions."""

    second: set[int]
    first: set[int]
    wrong: list[tuple[int, str]]
    short: list[tuple[int, str]]


@lru_cache(maxsize=1)
def _literals() -> tuple[Literals, Literals]:
    """Apart from the lexicons' automaton: these are thousands of words of which a text holds few, and none has conditions."""
    return Literals(_LITERALS), Literals(_PAIRS)


def _search(view: View) -> _Found:
    found = _Found(set(), set(), [], [])
    literals, pairs = _literals()
    threes, known = tuple(_THREES.values()), len(_THREES)
    text = f"\n{view.norm}\n\n\n"  # so that something stands on either side of every place
    for index, start, end in literals.find(view.norm):
        if index < known:
            before, behind = threes[index]
            if behind and text[end + 1] not in behind:
                found.second.add(start + 2)
            if before and text[start] not in before:
                found.first.add(start - 1)
        elif end - start > 2:
            found.short.append((start, _LITERALS[index]))
        else:
            found.wrong.append((start, _LITERALS[index]))
    sides = tuple(_PAIRS.values())
    for odd in (0, 1):
        for low, _, matches in pairs.pieces(view.norm[odd::2]):
            shift = 2 * low + odd
            for index, start, _ in matches:
                # A byte of the pair's text is a character of the whole.
                at = shift + start
                before, behind = sides[index]
                if text[at] in before and not start & 1 and text[at : at + 4] not in _SAYINGS:
                    found.second.add(at + 1)
                if text[at + 4] in behind and not start & 1 and text[at + 1 : at + 5] not in _SAYINGS:
                    found.first.add(at)
    return found


def _found(view: View) -> _Found:
    return view.shared("slips", _search)


@lru_cache(maxsize=1)
def _sounds() -> Mapping[str, frozenset[str]]:
    """Character → how it sounds; z and zh, in and ing are written for each other and so count as one."""
    table: dict[str, set[str]] = defaultdict(set)
    words = iter(_words("sounds.tsv"))
    for syllable, characters in zip(words, words, strict=True):
        key = syllable.replace("zh", "z").replace("ch", "c").replace("sh", "s")
        key = key.removesuffix("g") if key.endswith(("ing", "eng")) else key
        for character in characters:
            table[character].add(key)
    return {character: frozenset(keys) for character, keys in table.items()}


@lru_cache(maxsize=1)
def _shapes() -> frozenset[tuple[str, str]]:
    return frozenset((a, b) for group in _words("shapes.txt") for a in group for b in group if a != b)


def confusable(written: str, right: str) -> bool:
    """True where one character is easily written for the other: they sound alike or look alike."""
    sounds = _sounds()
    return bool(sounds.get(written, frozenset()) & sounds.get(right, frozenset())) or (written, right) in _shapes()


@lru_cache(maxsize=1 << 16)
def _slipped(half: str, written: str, first: bool) -> str | None:
    """What ``written`` should be beside ``half`` (``first``: before it stands the half); None where nothing is wrong with it."""
    table = (_AFTER if first else _BEFORE)[half]
    if len(written) < 2 or written in _REAL or (half + written if first else written + half) in _SAYINGS:
        return None
    for key in _wildcards(written):
        for right in table.get(key, ()):
            at = 0 if written[0] != right[0] else 1
            if written[at] not in _PARTICLES and confusable(written[at], right[at]):
                return right
    return None


def _one_wrong(view: View, emit: Emit) -> Iterator[Finding]:
    norm, found = view.norm, _found(view)
    for low in sorted((found.second | found.first) - {-1}):
        written = norm[low : low + 2]
        before, behind = norm[max(0, low - 2) : low], norm[low + 2 : low + 4]
        right = _slipped(before, written, True) if low in found.second and before in _AFTER else None
        whole = f"{before}{right}"
        if not right and low in found.first and behind in _BEFORE:
            right = _slipped(behind, written, False)
            whole = f"{right}{behind}"
        if right:
            yield emit(view, (low, low + 2), f"疑为错字：“{written}”，“{whole}”宜作“{right}”", right)


def _one_lost(view: View, emit: Emit) -> Iterator[Finding]:
    for at, short in _found(view).short:
        yield emit(view, (at, at + len(short)), f"疑有漏字：“{short}”，宜作“{_SHORT[short]}”", _SHORT[short])


def _misspelt(view: View, emit: Emit) -> Iterator[Finding]:
    """挖崛, 满义度: no word. Where its characters belong to the words on either side, or to a name, nothing is said."""
    norm = view.norm
    for at, written in _found(view).wrong:
        beside = (norm[max(0, at - 1) : at + 1], norm[at + 1 : at + 3])
        if _COMMON.isdisjoint(beside) and not _NAME.match(norm, at) and norm[at - 1 : at] not in ("“", "《"):
            right = _WRONG[written]
            yield emit(view, (at, at + 2), f"疑为错字：“{written}”，宜作“{right}”", right)


SLIPS: tuple[Rule, ...] = (
    rule(
        "E13b",
        "typo",
        "warning",
        "成语和惯用语中的别字",
        DICTIONARY,
        _one_wrong,
        ["做到因地治宜、学以至用。", "项目如其竣工。", "切实为企业排优解难。", "坚持攻艰克难，统酬推进各项工作。"],
        ["做到因地制宜、学以致用。", "组织专题培训，其中学习讨论3次。", "加强法制宣传，接受监督检察。", "项目如期竣工。"],
    ),
    rule(
        "E13d",
        "typo",
        "warning",
        "双音词中的别字",
        DICTIONARY,
        _misspelt,
        ["校园文化有待挖崛。", "完善体制，哇掘潜力。"],
        ["校园文化有待挖掘。", "挖崛公司与合作社签约。"],
    ),
    rule(
        "E13c",
        "missing_char",
        "warning",
        "固定说法中漏字",
        DICTIONARY,
        _one_lost,
        ["加强基础设建设。", "推动高质发展。", "弘扬社会主义核价值观。"],
        ["加强基础设施建设。", "推动高质量发展。", "弘扬社会主义核心价值观。"],
    ),
)
