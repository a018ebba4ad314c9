"""The items of an enumeration: dividing a row at its separators and freeing first and last item from the words around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources
from statistics import median

_OPEN, _CLOSE = "（“‘《「【", "）”’》」】"
_MARK = re.compile(f"[{_OPEN}{_CLOSE}、，：；]")


@cache
def listed_words(purpose: str) -> tuple[str, ...]:
    """The words of one purpose in data/listing.tsv, longest first."""
    for line in resources.files("jushi.text").joinpath("data/listing.tsv").read_text("utf-8").splitlines():
        if line.startswith(purpose + "\t"):
            return tuple(sorted(line.split("\t")[1].split("|"), key=len, reverse=True))
    raise KeyError(purpose)


@cache
def _verb_pattern() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, listed_words("verbs"))))


@cache
def _opener_pattern() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, listed_words("openers"))))


def split(words: str, separators: str = "、") -> list[str]:
    """Split at separators outside brackets and quotations; neighbouring quotations are items of their own."""
    items, depth, begin, quoted = [], 0, 0, False
    listed = "、" in separators
    for m in _MARK.finditer(words):
        char, at = m[0], m.start()
        if char in "“”":
            # “甲“: a second opening mark in a quotation is a closing one of the wrong shape.
            char = "”" if char == "”" or quoted else char
            quoted = char == "“"
        if char in _OPEN:
            if depth == 0 and listed and char == "“" and at and words[at - 1] == "”":
                items.append(words[begin:at])
                begin = at
            depth += 1
        elif char in _CLOSE:
            depth = depth - 1 if depth else 0
        elif depth == 0 and char in separators:
            items.append(words[begin:at])
            begin = at + 1
    items.append(words[begin:])
    return [item for item in map(str.strip, items) if item]


def split_and(items: Sequence[str]) -> list[str]:
    """Items with the last one divided at 及, 和, 以及, where it may be two."""
    divided = re.split(r"以及|及|和|与", items[-1], maxsplit=1)
    return [*items[:-1], *divided] if len(divided) == 2 and all(divided) else list(items)


def position_of_deng(item: str) -> int | None:
    for i in range(len(item) - 1, 0, -1):
        if item[i] == "等" and item[i - 1] not in "同平优高中初均对特头一二三" and item[i + 1 : i + 2] not in ("级", "于", "奖", "候", "待"):
            return i
    return None


def trim_first(items: list[str]) -> list[str]:
    """Drop the predicate before the first item: of the possible cuts, that which leaves an item like the others."""
    first, others = items[0], items[1:]
    target = median(map(len, others))
    if first.startswith("“"):
        return items
    if "“" in first:
        return [first[first.index("“") :], *others]
    cuts = {0, *(m.end() for m in _verb_pattern().finditer(first))}
    cuts = {c for c in cuts if len(first) - c >= 1}
    best = min(cuts, key=lambda c: (abs(len(first) - c - target), -c))
    item = first[best:]
    verb = _verb_pattern().match(item)
    if any(_verb_pattern().match(other) for other in others):
        return [item, *others]
    while verb and len(verb[0]) > 1 and len(item) - verb.end() >= 2:
        item = item[verb.end() :]
        verb = _verb_pattern().match(item)
    return [item, *others]


def head_of(last: str, target: float) -> str:
    """The item at the head of “item + class noun”: up to the first word that opens a class, else as long as the others."""
    org = re.match(r".{2,30}?(?:公司|合作社|研究院|研究所|大学|学院|医院|中心|协会|村|镇|乡|社区)", last)
    if org:
        return org[0]
    cuts = [m.start() for m in _opener_pattern().finditer(last, 1)]
    return last[: min(cuts, key=lambda c: abs(c - target))] if cuts else last[: max(1, round(target))]


def parallel(items: list[str]) -> list[str]:
    """Items of one list are alike: a scrap of a few characters among long ones belongs to its neighbour."""
    typical = median(map(len, items))
    result: list[str] = []
    carry = ""
    for item in items:
        whole = carry + item
        if typical >= 8 and len(item) <= 4:
            carry = whole + "、"
            continue
        result.append(whole)
        carry = ""
    return result
