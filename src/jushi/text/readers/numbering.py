"""Automatic numbers of Word, rebuilt: what the page shows before a paragraph (一、, （一）, 1., ①), by numbering definition.

ISO/IEC 29500-1 §17.9 (numbering), §17.18.59 (ST_NumberFormat).
"""

from __future__ import annotations

import re

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HAN = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_MAX = 9999


def chinese(number: int) -> str:
    """A counting numeral: 12 → 十二, 105 → 一百零五."""
    if not 0 < number <= _MAX:
        return str(number)
    words, zero = "", False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            words += ("零" if zero and words else "") + _HAN[digit] + unit
            zero = False
        else:
            zero = True
    return words[1:] if words.startswith("一十") else words


def _letters(number: int, first: str) -> str:
    # Word repeats the letter after Z: 27 → AA, 28 → BB.
    return chr(ord(first) + (number - 1) % 26) * min((number - 1) // 26 + 1, 20) if number > 0 else ""


def _roman(number: int) -> str:
    result = ""
    pairs = (
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    )
    for value, word in pairs:
        while number >= value:
            result, number = result + word, number - value
    return result


def render(number: int, form: str) -> str:
    """The number in a Word number format; formats without their own rule show Arabic digits, as Word does."""
    number = max(0, min(number, _MAX))
    if form in (
        "chineseCounting",
        "chineseCountingThousand",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "japaneseCounting",
        "ideographDigital",
        "ideographTraditionalCounting",
    ):
        return chinese(number)
    if form in ("chineseLegalSimplified", "ideographLegalTraditional"):
        return "".join(_LEGAL[_HAN.index(c)] if c in _HAN else {"十": "拾", "百": "佰", "千": "仟"}.get(c, c) for c in chinese(number))
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese"):
        return chr(0x245F + number) if 1 <= number <= 20 else str(number)
    if form == "decimalEnclosedParen":
        return f"({number})"
    if form == "decimalEnclosedFullstop":
        return f"{number}."
    if form == "decimalZero":
        return f"{number:02d}"
    if form == "decimalFullWidth":
        return "".join(chr(0xFF10 + int(d)) for d in str(number))
    if form in ("upperLetter", "lowerLetter"):
        return _letters(number, "A" if form == "upperLetter" else "a")
    if form in ("upperRoman", "lowerRoman"):
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    if form == "ideographTraditional":
        return _STEMS[(number - 1) % 10] if number else ""
    if form == "ideographZodiac":
        return _BRANCHES[(number - 1) % 12] if number else ""
    return "" if form == "none" else str(number)


class _Level:
    __slots__ = ("form", "restart", "start", "text")

    def __init__(self, node: etree._Element) -> None:
        def value(tag: str, default: str) -> str:
            found = node.find(W + tag)
            return default if found is None else found.get(W + "val", default)

        self.form = value("numFmt", "decimal")
        self.text = value("lvlText", "")
        self.start = int(value("start", "1")) if value("start", "1").isdigit() else 1
        self.restart = int(value("lvlRestart", "-1")) if value("lvlRestart", "-1").isdigit() else -1


class Numbering:
    """Counters over one document; :meth:`of` must see the paragraphs in order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self.lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        self.counts: dict[str, dict[int, int]] = {}
        self.styles: dict[str, tuple[str, str, int]] = {}
        self.default_style = ""
        if numbering is not None:
            self._load(numbering)
        for style in styles.iter(W + "style") if styles is not None else ():
            self._load_style(style)

    def _load(self, numbering: etree._Element) -> None:
        abstracts: dict[str, dict[int, _Level]] = {}
        for node in numbering.iterchildren(W + "abstractNum"):
            levels = {int(x.get(W + "ilvl", "0")): _Level(x) for x in node.iterchildren(W + "lvl") if x.get(W + "ilvl", "0").isdigit()}
            abstracts[node.get(W + "abstractNumId", "")] = levels
        for node in numbering.iterchildren(W + "num"):
            link = node.find(W + "abstractNumId")
            abstract = "" if link is None else link.get(W + "val", "")
            levels = dict(abstracts.get(abstract, {}))
            number, own = node.get(W + "numId", ""), False
            for override in node.iterchildren(W + "lvlOverride"):
                at = int(override.get(W + "ilvl", "0")) if override.get(W + "ilvl", "0").isdigit() else 0
                fresh, start = override.find(W + "lvl"), override.find(W + "startOverride")
                if fresh is not None:
                    levels[at], own = _Level(fresh), True
                if start is not None and at in levels:
                    level = _copy(levels[at])
                    level.start = int(start.get(W + "val", "1")) if start.get(W + "val", "1").isdigit() else 1
                    levels[at], own = level, True
            # Lists of one abstract definition count on together unless a list overrides it.
            self.lists[number] = (number if own else f"abstract {abstract}", levels)

    def _load_style(self, style: etree._Element) -> None:
        ident = style.get(W + "styleId", "")
        based = style.find(W + "basedOn")
        number = style.find(f"{W}pPr/{W}numPr/{W}numId")
        level = style.find(f"{W}pPr/{W}numPr/{W}ilvl")
        at = level.get(W + "val", "0") if level is not None else "0"
        self.styles[ident] = (
            based.get(W + "val", "") if based is not None else "",
            number.get(W + "val", "") if number is not None else "",
            int(at) if at.isdigit() else 0,
        )
        if style.get(W + "default") == "1" and style.get(W + "type") == "paragraph":
            self.default_style = ident

    def of(self, p: etree._Element) -> tuple[str, str]:
        """(style id, number as shown with a blank where Word sets a space) of the next paragraph."""
        properties = p.find(W + "pPr")
        if properties is None:
            style, number, level = self.default_style, "", 0
        else:
            named = properties.find(W + "pStyle")
            style = named.get(W + "val", "") if named is not None else self.default_style
            number, level = self._direct(properties)
        if not number:
            number, level = self._inherited(style)
        if not number or number == "0" or number not in self.lists:
            return style, ""
        return style, self._next(number, level)

    @staticmethod
    def _direct(properties: etree._Element) -> tuple[str, int]:
        node = properties.find(W + "numPr")
        if node is None:
            return "", 0
        number, level = node.find(W + "numId"), node.find(W + "ilvl")
        at = level.get(W + "val", "0") if level is not None else "0"
        return (number.get(W + "val", "") if number is not None else ""), int(at) if at.isdigit() else 0

    def _inherited(self, style: str) -> tuple[str, int]:
        for _ in range(12):
            based, number, level = self.styles.get(style, ("", "", 0))
            if number:
                return number, level
            if not based:
                return "", 0
            style = based
        return "", 0

    def _next(self, number: str, level: int) -> str:
        key, levels = self.lists[number]
        definition = levels.get(level)
        if definition is None:
            return ""
        counts = self.counts.setdefault(key, {})
        counts[level] = counts[level] + 1 if level in counts else definition.start
        for deeper in [at for at in counts if at > level]:
            if levels.get(deeper) is None or levels[deeper].restart != 0:
                del counts[deeper]
        if definition.form == "bullet":
            return ""

        def shown(m: re.Match[str]) -> str:
            at = int(m[1]) - 1
            other = levels.get(at)
            return "" if other is None else render(counts.get(at, other.start), other.form)

        return re.sub(r"%([1-9])", shown, definition.text)


def _copy(level: _Level) -> _Level:
    fresh = _Level.__new__(_Level)
    fresh.form, fresh.text, fresh.start, fresh.restart = level.form, level.text, level.start, level.restart
    return fresh
