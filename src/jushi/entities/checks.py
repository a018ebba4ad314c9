"""Checks of numbers that carry their own proof: pure functions, no database.

Each takes what a clerk typed, returns the number in its normal form, and raises
:class:`~django.core.exceptions.ValidationError` with a message that says what to type. They serve as Django
validators too.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from operator import mul

from django.core.exceptions import ValidationError

_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_DIGITS = "10X98765432"
_PATENT_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_PATENT_TYPES = {"1": "发明", "2": "实用新型", "3": "外观设计", "8": "发明", "9": "实用新型"}
_NORMAL_PATENT = re.compile(r"(?:[0-9]{4}[12389][0-9]{7}|[0-9]{2}[12389][0-9]{5})\.[0-9X]")
_ANY_PATENT = re.compile(r"[0-9]{8}[0-9X]|[0-9]{12}[0-9X]")
_PATENT_PREFIX = re.compile(r"^(ZL|CN)")
_FIRST_PATENT_YEAR = 1985
_TWELVE_DIGITS_SINCE = 2003


def _plain(value: str, drop: str = "") -> str:
    """``value`` in half-width capitals, without blanks and the characters in ``drop``."""
    text = str(value)
    folded = text if text.isascii() else unicodedata.normalize("NFKC", text)
    for char in drop:
        folded = folded.replace(char, "")
    return "".join(folded.split()).upper()


def _reject(message: str, code: str) -> ValidationError:
    return ValidationError(message, code=code)


def credit_code(value: str) -> str:
    """A unified social credit code: 18 characters, the last a check character (GB 32100—2015)."""
    code = _plain(value, "-")
    if len(code) != 18:
        raise _reject(f"统一社会信用代码应为18位，现在是{len(code)}位，请对照营业执照补全", "length")
    wrong = sorted({char for char in code if char not in _CREDIT_ALPHABET})
    if wrong:
        raise _reject(f"统一社会信用代码只用数字和大写字母（没有 I、O、S、V、Z），请改正：{'、'.join(wrong)}", "alphabet")
    if not code[2:8].isdigit():
        raise _reject(f"统一社会信用代码第3至8位是行政区划，应为6位数字，现在是{code[2:8]}", "area")
    total = sum(_CREDIT_ALPHABET.index(char) * weight for char, weight in zip(code[:17], _CREDIT_WEIGHTS, strict=True))
    if code[17] != _CREDIT_ALPHABET[(31 - total % 31) % 31]:
        raise _reject("统一社会信用代码的校验位不对，请逐位对照营业执照重新输入", "checksum")
    return code


def id_number(value: str) -> str:
    """A resident identity number: area, date of birth, sequence, check character (GB 11643—1999)."""
    number = _plain(value)
    if len(number) == 15 and number.isdigit():
        raise _reject("15位身份证号已停用，请填换证后的18位号码", "length")
    if not re.fullmatch(r"[1-9][0-9]{16}[0-9X]", number):
        raise _reject("身份证号应为18位：前17位数字，末位数字或X，请对照证件重新输入", "format")
    try:
        born = datetime.datetime.strptime(number[6:14], "%Y%m%d").date()
    except ValueError as error:
        raise _reject(f"身份证号第7至14位是出生日期，{number[6:14]}不是日期，请对照证件重新输入", "date") from error
    if born.year < 1850:
        raise _reject(f"身份证号中的出生年份{born.year}过早，请对照证件重新输入", "date")
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _ID_WEIGHTS, strict=True))
    if number[17] != _ID_DIGITS[total % 11]:
        raise _reject("身份证号的校验位不对，请逐位对照证件重新输入", "checksum")
    return number


def gender_of(number: str) -> str:
    """男 or 女, from the sequence number of a valid identity number (GB 11643—1999: odd for men)."""
    return "男" if int(id_number(number)[16]) % 2 else "女"


def patent_number(value: str) -> str:
    """A Chinese patent application number with its check digit, as ``201710601862.3`` (ZC 0006—2003).

    Twelve digits (year, type, serial) since October 2003, eight before. The prefixes ZL and CN, blanks and
    the point may be typed or not.
    """
    is_normal = _NORMAL_PATENT.fullmatch(str(value))
    number = value.replace(".", "") if is_normal else _PATENT_PREFIX.sub("", _plain(value, ".·-、"))
    if not _ANY_PATENT.fullmatch(number):
        raise _reject("专利申请号应为12位数字加一位校验位（2003年10月以前为8位数字加一位），例如 201710601862.3", "format")
    body, check = number[:-1], number[-1]
    year = int(body[:4]) if len(body) == 12 else 1900 + int(body[:2]) + (100 if body[0] == "0" else 0)
    kind = body[4] if len(body) == 12 else body[2]
    oldest, newest = (_TWELVE_DIGITS_SINCE, 2999) if len(body) == 12 else (_FIRST_PATENT_YEAR, _TWELVE_DIGITS_SINCE)
    if not oldest <= year <= newest:
        raise _reject(f"专利申请号开头的年份{year}不对，请对照受理通知书或证书重新输入", "year")
    if kind not in _PATENT_TYPES:
        raise _reject(f"专利申请号的种类位是{kind}，应为1（发明）、2（实用新型）、3（外观设计）、8或9", "type")
    total = sum(map(mul, body.encode(), _PATENT_WEIGHTS)) - ord("0") * sum(_PATENT_WEIGHTS[: len(body)])
    total %= 11
    if check != ("X" if total == 10 else str(total)):
        raise _reject("专利申请号的校验位（小数点后一位）不对，请逐位对照受理通知书或证书重新输入", "checksum")
    return f"{body}.{check}"


def patent_type(number: str) -> str:
    """发明, 实用新型 or 外观设计, from the type digit of a valid number; 8 and 9 are PCT (ZC 0006—2003)."""
    body = (number if _NORMAL_PATENT.fullmatch(number) else patent_number(number)).split(".")[0]
    return _PATENT_TYPES[body[4] if len(body) == 12 else body[2]]


def document_number(value: str) -> str:
    """An official document number such as 某科发〔2020〕15号 (GB/T 9704—2012, 7.2.5)."""
    number = "".join(str(value).split())
    if re.fullmatch(r"[\u4e00-\u9fa5A-Z]+〔\d{4}〕[1-9]\d*号", number):
        return number
    if re.search(r"[\[(（【［]\s*\d{4}", number):
        raise _reject("发文字号的年份用六角括号“〔〕”括起，例如 某科发〔2020〕15号", "bracket")
    if re.search(r"〕(第|0)", number):
        raise _reject("发文字号的序号不加“第”字、不编虚位，例如 某科发〔2020〕15号", "serial")
    raise _reject("发文字号应为“机关代字〔年份〕序号号”，例如 某科发〔2020〕15号", "format")


def phone(value: str) -> str:
    """A mobile number (11 digits from 13 to 19) or a landline with its area code (0912-1234567)."""
    number = _plain(value, "()（）").replace("+86", "", 1).strip("-")
    if re.fullmatch(r"1[3-9]\d{9}", number.replace("-", "")):
        return number.replace("-", "")
    landline = re.fullmatch(r"(0(?:10|2\d|[3-9]\d{2}))-?(\d{7,8})", number)
    if landline:
        return f"{landline[1]}-{landline[2]}"
    raise _reject("电话应为11位手机号，或带区号的固定电话，例如 0912-1234567", "format")


def postcode(value: str) -> str:
    """A postal code: six digits."""
    number = _plain(value)
    if not re.fullmatch(r"\d{6}", number):
        raise _reject("邮政编码应为6位数字", "format")
    return number


def area_code(value: str) -> str:
    """An administrative division code: 6 digits to the county (GB/T 2260—2007), 12 to the village (统计用区划)."""
    code = _plain(value)
    if not re.fullmatch(r"[1-9]\d{5}(\d{6})?", code):
        raise _reject("行政区划代码应为6位（到县）或12位（到村）数字，且不以0开头", "format")
    if len(code) == 12 and code[6:9] == "000" and code[9:] != "000":
        raise _reject("12位区划代码写到村时，第7至9位的乡级代码不能是000，请补上乡镇（街道）", "town")
    return code


def industry_code(value: str) -> str:
    """A class of national economic activity: section letter and two to four digits, as ``C2730`` (GB/T 4754—2017)."""
    code = _plain(value)
    if not re.fullmatch(r"[A-T](\d{2,4})?", code):
        raise _reject("国民经济行业代码应为门类字母加2至4位数字，例如 C2730", "format")
    return code
