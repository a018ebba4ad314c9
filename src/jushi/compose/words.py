"""Numbers as words, by rule from the exact value (GB/T 15835—2011; rounding words: house rule, domain A0.2).

Nothing here is stored: the exact value is, and the word is chosen anew each time. Every function is pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import lru_cache

from jushi.compose.model import Approx

WAN, YI = Decimal(10**4), Decimal(10**8)
DIGITS = "零一二三四五六七八九"
HUNDRED = Decimal(100)


class WordRefused(ValueError):
    """The wording asked for would be untrue of the value; the message says why."""


def plain(value: Decimal) -> str:
    """The number without exponent and without trailing zeros of the fraction."""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def rounded(value: Decimal, places: int) -> Decimal:
    """Half up (四舍五入), the custom in reports; GB/T 8170—2008 leaves the choice open."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _scale(value: Decimal, unit: str, places: int = 2) -> tuple[str, str, str]:
    """(mantissa, 万/亿 or "", unit) when that loses nothing within ``places``; the unit's own 万 climbs to 亿."""
    steps: tuple[tuple[Decimal, str], ...]
    if unit[:1] == "万" and len(unit) > 1:
        steps, rest = ((WAN, "亿"),), unit[1:]
    elif unit[:1] == "亿" and len(unit) > 1:
        steps, rest = ((WAN, "万亿"),), unit[1:]
    else:
        steps, rest = ((YI, "亿"), (WAN, "万")), unit
    for size, word in steps:
        mantissa = value / size
        if abs(mantissa) >= 1 and rounded(mantissa, places) == mantissa:
            return plain(mantissa), word, rest
    return "", "", unit


def number(value: Decimal, unit: str = "", decimals: int = 0) -> str:
    """The exact value with its unit: 36项, 12.86%, 1.5万份; 万 and 亿 only where nothing is lost (GB/T 15835)."""
    shown = rounded(value, decimals)
    if shown == shown.to_integral_value():
        mantissa, word, rest = _scale(shown, unit)
        if word:
            return f"{mantissa}{word}{rest}"
    return f"{shown:f}{unit}"


def _step(value: Decimal) -> Decimal:
    """The weight of the last digit kept: the second significant one, the first when the value is below 100."""
    return Decimal(1).scaleb(value.adjusted() - (0 if value < HUNDRED else 1))


def _round_part(value: Decimal, rounding: str) -> Decimal:
    step = _step(value)
    return (value / step).to_integral_value(rounding=rounding) * step


def _placed(base: Decimal, unit: str, word: str) -> str:
    """Where 余 stands: 80余人, 3万余元, 3200余万元 — after a round ten or after 万/亿, never “3余万”."""
    mantissa, scale, rest = _scale(base, unit)
    if scale:
        return f"{mantissa}{scale}{word}{rest}"
    if unit[:1] in ("万", "亿") and len(unit) > 1 and base % 10 != 0:
        return f"{plain(base)}{unit[0]}{word}{unit[1:]}"
    return f"{plain(base)}{word}{unit}"


def _above(value: Decimal, unit: str, word: str) -> str:
    base = _round_part(value, ROUND_FLOOR)
    scaled = unit[:1] in ("万", "亿") and len(unit) > 1
    if value <= base:
        raise WordRefused(f"{plain(value)}已是整数，不能写“{word}”，请写确数。")
    if value >= base * Decimal("1.1"):
        raise WordRefused(f"{plain(value)}比{plain(base)}多出一成以上，不宜写“{word}”，请写确数。")
    if base < 10 and not scaled:
        raise WordRefused(f"{plain(value)}太小，不能写“{word}”，请写确数。")
    if word in ("余", "多"):
        return _placed(base, unit, word)
    shown = number(base, unit)
    return f"超{shown}" if word == "超" else f"{shown}以上"


def _below(value: Decimal, unit: str) -> str:
    ceiling = _round_part(value, ROUND_CEILING)
    if not ceiling * Decimal("0.95") <= value < ceiling:
        raise WordRefused(f"{plain(value)}没有接近{plain(ceiling)}（差距超过百分之五或已达到），不能写“近”，请写确数。")
    return f"近{number(ceiling, unit)}"


def _about(value: Decimal, unit: str) -> str:
    near = _round_part(value, ROUND_HALF_UP)
    if near == value:
        raise WordRefused(f"{plain(value)}已是整数，不必写“约”，请写确数。")
    return f"约{number(near, unit)}"


def approximate(value: Decimal, word: Approx, unit: str = "") -> str:
    """The value worded with 余, 多, 近, 约, 超 or 以上; 概数 takes 余, else 近, else the exact value (domain A0.2).

    Raises :class:`WordRefused` where the word would be untrue: 余 at or below the round number, 近 at or above it, any of them
    on values below one or on numbers too small to be round.
    """
    if word == "exact":
        return number(value, unit, max(0, -int(value.as_tuple().exponent)))
    if word == "概数":
        candidates: tuple[Approx, ...] = ("余", "近")
        for candidate in candidates:
            try:
                return approximate(value, candidate, unit)
            except WordRefused:
                continue
        return approximate(value, "exact", unit)
    if value < 1:
        raise WordRefused(f"{plain(value)}不能写“{word}”：零、负数和不足一的数只写确数。")
    if word == "近":
        return _below(value, unit)
    return _about(value, unit) if word == "约" else _above(value, unit, word)


def percent(value: Decimal, places: int | None = None) -> str:
    """12.86%; two places without trailing zeros unless ``places`` fixes them."""
    shown = rounded(value, 2 if places is None else places)
    return f"{plain(shown) if places is None else format(shown, 'f')}%"


def growth_rate(now: Decimal | None, base: Decimal | None) -> Decimal | None:
    """Percent; None on a missing, zero or negative base (domain A0.3)."""
    if now is None or base is None or base <= 0:
        return None
    return (now - base) / base * 100


def growth(now: Decimal | None, base: Decimal | None, unit: str = "", places: int | None = None) -> str | None:
    """增长12.86%, 下降3.5%, 持平; rates move by 百分点 (提高0.7个百分点). None where no growth may be stated."""
    if unit == "%":
        return None if now is None or base is None else _points(now - base, places)
    rate = growth_rate(now, base)
    if rate is None:
        return None
    if rounded(rate, 2 if places is None else places) == 0:
        return "持平"
    return f"{'增长' if rate > 0 else '下降'}{percent(abs(rate), places)}"


def _points(change: Decimal, places: int | None) -> str:
    shown = rounded(change, 2 if places is None else places)
    if shown == 0:
        return "持平"
    amount = plain(abs(shown)) if places is None else format(abs(shown), "f")
    return f"{'提高' if shown > 0 else '下降'}{amount}个百分点"


def difference(now: Decimal | None, base: Decimal | None, unit: str, decimals: int = 0) -> str | None:
    """比上年增加3项, 比上年减少2项, 与上年持平; rates by 百分点."""
    if now is None or base is None:
        return None
    if now == base:
        return "与上年持平"
    if unit == "%":
        return f"比上年{_points(now - base, None)}"
    return f"比上年{'增加' if now > base else '减少'}{number(abs(now - base), unit, decimals)}"


def completion(actual: Decimal | None, target: Decimal | None, inverse: bool = False) -> Decimal | None:
    """完成率 in percent; for indicators where less is better 目标/实际. None without target."""
    if actual is None or target is None:
        return None
    top, bottom = (target, actual) if inverse else (actual, target)
    return top / bottom * 100 if bottom > 0 else None


def completion_words(actual: Decimal | None, target: Decimal | None, inverse: bool = False) -> str | None:
    """超额完成目标任务，完成率130% / 完成目标任务 / 完成目标任务的86.67%."""
    rate = completion(actual, target, inverse)
    if rate is None:
        return None
    if rate > 100:
        return f"超额完成目标任务，完成率{percent(rate)}"
    return "完成目标任务" if rate == 100 else f"完成目标任务的{percent(rate)}"


def shortfall(actual: Decimal | None, target: Decimal | None, unit: str, decimals: int = 0) -> str | None:
    """尚差4件 when the target is not reached, None otherwise."""
    if actual is None or target is None or target <= actual:
        return None
    return f"尚差{number(target - actual, unit, decimals)}"


@lru_cache(maxsize=512)
def chinese(value: int) -> str:
    """Chinese numeral of a whole number below 一万亿: 12 → 十二, 305 → 三百零五. Raises ValueError beyond."""
    if not 0 <= value < 10**12:
        raise ValueError("只能写零到九千九百九十九亿余的整数。")
    if value == 0:
        return "零"
    parts: list[str] = []
    gap = False
    for power, word in ((8, "亿"), (4, "万"), (0, "")):
        group = value // 10**power % 10**4
        if group:
            if parts and (gap or group < 1000):
                parts.append("零")
            parts.append(_thousands(group) + word)
        gap = bool(parts) and group == 0
    text = "".join(parts)
    return text[1:] if text.startswith("一十") else text


def _thousands(value: int) -> str:
    text = ""
    for power, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // power % 10
        if digit:
            text += DIGITS[digit] + word
        elif text and not text.endswith("零"):
            text += "零"
    return text.rstrip("零")


def counted(value: int, unit: str) -> str:
    """四件, 两家 (two of a thing is 两), 十二项."""
    return f"{'两' if value == 2 else chinese(value)}{unit}"


def join(items: Sequence[str], limit: int | None = None, more: bool = False) -> str:
    """甲、乙、丙; with 等 when ``limit`` cuts the list or ``more`` are known to exist."""
    shown = list(items if limit is None else items[:limit])
    tail = "等" if shown and (more or len(shown) < len(items)) else ""
    return "、".join(shown) + tail


def one_by_one(items: Sequence[str]) -> str:
    """一是甲；二是乙；三是丙 — the count is known, so no number is ever skipped."""
    return "；".join(f"{chinese(index)}是{item}" for index, item in enumerate(items, start=1))
