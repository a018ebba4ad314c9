"""One-to-one folding: scraped half-width punctuation and full-width digits become one form; every offset stays what it was.

The patterns of this package are written once, in the punctuation of GB/T 15834—2011; scraping has often replaced it.
"""

from __future__ import annotations

import re
from functools import lru_cache

_PAIRS = (
    (",", "，"), (";", "；"), (":", "："), ("(", "（"), (")", "）"), ("!", "！"), ("?", "？"),
    ("〞", "”"), ("〝", "“"), ("″", "”"), ("＂", '"'), ("\u3000", " "), ("\xa0", " "), ("\t", " "), ("％", "%"), ("．", "."),
    ("＊", "*"), ("＿", "_"), ("Ｘ", "X"), ("ｘ", "x"), ("╳", "×"), ("✕", "×"), ("﹪", "%"), ("﹙", "（"), ("﹚", "）"), ("\u2002", " "),
    ("\u2003", " "), ("\u2028", "\n"), ("\x0b", "\n"), ("\x0c", "\n"), ("\x85", "\n"), ("︰", "："), ("｡", "。"), ("､", "、"),
)  # fmt: skip
_THOUSANDS = re.compile(r"[0-9](,)(?=[0-9]{3}(?![0-9]))")
_WIDE_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


@lru_cache(maxsize=2)
def fold(text: str) -> str:
    """The text with punctuation, blanks and digits in one form; exactly as long as the input."""
    separators = [m.start(1) for m in _THOUSANDS.finditer(text)] if "，" in text and "," in text else []
    for old, new in _PAIRS:
        text = text.replace(old, new)
    if separators:
        # In a text with Chinese commas an ASCII comma inside digits divides thousands (3,215) and stays.
        letters = list(text)
        for at in separators:
            letters[at] = ","
        text = "".join(letters)
    if "\r" in text:
        text = text.replace("\r", " " if "\n" in text else "\n")
    # Full-width digits are rare; the translate pass over the whole text is only paid for when one is there.
    if any(digit in text for digit in "０１２３４５６７８９"):
        text = text.translate(_WIDE_DIGITS)
    return text
