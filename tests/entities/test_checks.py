"""Numbers with check digits: vectors computed from the standards named in each docstring of the module under test."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from jushi.entities import checks

ACCEPTED = [
    (checks.credit_code, "91512081MA62K0260E", "91512081MA62K0260E"),
    (checks.credit_code, " 91350100m000100y43", "91350100M000100Y43"),
    (checks.credit_code, "９１３１０１１５ＭＡ１Ｇ４Ｌ１ＷＸ７", "91310115MA1G4L1WX7"),
    (checks.id_number, "11010519491231002X", "11010519491231002X"),
    (checks.id_number, "11010519491231002x", "11010519491231002X"),
    (checks.id_number, "440524188001010014", "440524188001010014"),
    (checks.patent_number, "201710601862.3", "201710601862.3"),
    (checks.patent_number, "ZL 2017 1 0601862.3", "201710601862.3"),
    (checks.patent_number, "CN2017106018623", "201710601862.3"),
    (checks.patent_number, "95115608.x", "95115608.X"),
    (checks.patent_number, "2003101023445", "200310102344.5"),
    (checks.document_number, "某科发〔2020〕15号", "某科发〔2020〕15号"),
    (checks.document_number, "某政办函 〔2018〕 3 号", "某政办函〔2018〕3号"),
    (checks.phone, "138 0000 1234", "13800001234"),
    (checks.phone, "+86-13800001234", "13800001234"),
    (checks.phone, "（0912）1234567", "0912-1234567"),
    (checks.phone, "010-12345678", "010-12345678"),
    (checks.postcode, "100000", "100000"),
    (checks.area_code, "990102", "990102"),
    (checks.area_code, "990102001000", "990102001000"),
    (checks.industry_code, "c2730", "C2730"),
]

REFUSED = [
    (checks.credit_code, "91310115MA1G4L1WXK", "checksum"),
    (checks.credit_code, "91512081MA62K0206E", "checksum"),
    (checks.credit_code, "91512081MA62K0260", "length"),
    (checks.credit_code, "91512081MA62KO260E", "alphabet"),
    (checks.credit_code, "91A12081MA62K0260E", "area"),
    (checks.id_number, "110105194912310021", "checksum"),
    (checks.id_number, "110105491231002", "length"),
    (checks.id_number, "110105194913310021", "date"),
    (checks.id_number, "01010519491231002X", "format"),
    (checks.patent_number, "201710601862.4", "checksum"),
    (checks.patent_number, "201710601826.3", "checksum"),
    (checks.patent_number, "201770601862.3", "type"),
    (checks.patent_number, "190010601862.3", "year"),
    (checks.patent_number, "2017106018", "format"),
    (checks.document_number, "某科发[2020]15号", "bracket"),
    (checks.document_number, "某科发（2020）15号", "bracket"),
    (checks.document_number, "某科发〔2020〕第15号", "serial"),
    (checks.document_number, "某科发〔2020〕015号", "serial"),
    (checks.document_number, "〔2020〕15号", "format"),
    (checks.phone, "12345678901", "format"),
    (checks.phone, "1234567", "format"),
    (checks.postcode, "10000", "format"),
    (checks.area_code, "0990102", "format"),
    (checks.area_code, "99010200", "format"),
    (checks.area_code, "990102000201", "town"),
    (checks.industry_code, "Z27", "format"),
]


@pytest.mark.parametrize(("check", "typed", "normal"), ACCEPTED)
def test_accepts_and_normalises(check: Callable[[str], str], typed: str, normal: str) -> None:
    assert check(typed) == normal
    assert check(normal) == normal


@pytest.mark.parametrize(("check", "typed", "code"), REFUSED)
def test_refuses_with_a_chinese_remedy(check: Callable[[str], str], typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        check(typed)
    assert caught.value.code == code
    assert any("\u4e00" <= char <= "\u9fa5" for char in caught.value.messages[0])


@pytest.mark.parametrize("check_and_number", [row[::2] for row in ACCEPTED if row[0] in (checks.credit_code, checks.id_number)])
def test_every_single_wrong_digit_is_noticed(check_and_number: tuple[Callable[[str], str], str]) -> None:
    """The weights are prime to the modulus, so no substitution of one character may pass."""
    check, number = check_and_number
    for place, char in enumerate(number):
        for other in "0123456789":
            if other == char:
                continue
            with pytest.raises(ValidationError):
                check(number[:place] + other + number[place + 1 :])


def test_patent_type_follows_the_type_digit() -> None:
    assert checks.patent_type("201710601862.3") == "发明"
    assert checks.patent_type("95115608.X") == "发明"


def test_gender_follows_the_sequence() -> None:
    assert checks.gender_of("11010519491231002X") == "女"
    assert checks.gender_of("440524188001010014") == "男"
