"""Numerals as written in Chinese prose: Arabic, Chinese, mixed (1亿2000万), vague (数百) and masked (xx)."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

MASKS = "xX×*_□○●"
DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "壹": 1,
    "贰": 2,
    "叁": 3,
    "肆": 4,
    "伍": 5,
}
_SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_MIXED = re.compile(r"[0-9][0-9.]*|[零一二三四五六七八九〇两壹贰叁肆伍]|[十百千拾佰仟万亿]")
_VAGUE = frozenset("数几上多余半")
_MASK = re.compile(f"[{re.escape(MASKS)}]")


def is_masked(word: str) -> bool:
    """Whether the word holds a mask character (x, X, ×, *, ＿ …) instead of digits, wholly or in part."""
    return _MASK.search(word) is not None


@lru_cache(maxsize=4096)
def parse(word: str) -> Decimal | None:
    """The exact value of a numeral; None for masks, vague words (数百, 几十) and ranges.

    >>> parse("一亿二千万"), parse("1亿2000"), parse("36"), parse("数百")
    (Decimal('120000000'), Decimal('100002000'), Decimal('36'), None)
    """
    if word.isascii() and word.isdigit():
        return Decimal(word)
    plain = word.replace(" ", "").replace("，", "").replace(",", "")
    if plain.isascii():
        try:
            value = Decimal(plain)
        except InvalidOperation:
            return None
        return value if value.is_finite() else None
    if any(c in _VAGUE for c in plain):
        return None
    return _parse_chinese(plain)


def _parse_chinese(word: str) -> Decimal | None:
    parts = _MIXED.findall(word)
    if "".join(parts) != word:
        return None
    if len(parts) > 1 and all(part in DIGITS for part in parts):
        return Decimal("".join(str(DIGITS[part]) for part in parts))
    total = section = current = Decimal(0)
    for part in parts:
        if part in _SMALL:
            section += (current or 1) * _SMALL[part]
            current = Decimal(0)
        elif part == "亿":
            total, section, current = (total + section + current or Decimal(1)) * _LARGE[part], Decimal(0), Decimal(0)
        elif part == "万":
            total, section, current = total + (section + current or Decimal(1)) * _LARGE[part], Decimal(0), Decimal(0)
        elif part in DIGITS:
            current = Decimal(DIGITS[part])
        else:
            try:
                current = Decimal(part)
            except InvalidOperation:
                return None
    return total + section + current


def _below_hundred() -> dict[str, int]:
    digits = "零一二三四五六七八九"
    table = {digits[n]: n for n in range(1, 10)} | {"两": 2, "十": 10}
    for tens in range(1, 10):
        head = "十" if tens == 1 else digits[tens] + "十"
        table |= {head + (digits[n] if n else ""): tens * 10 + n for n in range(10)}
    return table


_ORDINALS = _below_hundred()


def ordinal(word: str) -> int:
    """The number of an enumerator (三, 十二, 12); 0 where it is none.

    >>> ordinal("十二"), ordinal("3"), ordinal("甲")
    (12, 3, 0)
    """
    known = _ORDINALS.get(word)
    if known is not None:
        return known
    value = parse(word)
    return int(value) if value is not None else 0
