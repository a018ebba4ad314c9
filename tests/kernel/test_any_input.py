"""Whatever is typed or sent: a value or a message, never a crash."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jushi.ledger.columns import CellError, Choice, Day, Flag, LongText, Lookup, Moment, Money, Number, Text
from jushi.ledger.sheets.reading import Sheet, UnreadableSheetError, read_sheet

COLUMNS = (
    Text("a"), LongText("a"), Day("a"), Moment("a"), Number("a", unit="件"), Number("a", places=3, minimum=None), Money("a"),
    Money("a", unit="万元"), Flag("a"), Choice("a", options={"x": "甲", "y": "乙"}),
)  # fmt: skip
CELLS = st.one_of(
    st.none(), st.text(max_size=40), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.decimals(),
    st.from_regex(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?", fullmatch=True), st.from_regex(r"[\d,，.eE+-]{1,20}(万元|件)?", fullmatch=True),
)  # fmt: skip


@given(cell=CELLS)
@settings(max_examples=400, deadline=None)
def test_any_cell_is_a_value_or_a_message(cell: Any) -> None:
    lookup = Lookup("990102", date(2015, 3, 1))
    for column in COLUMNS:
        try:
            value = column.parse(cell, lookup)
        except CellError as error:
            assert str(error)
        else:
            assert isinstance(column.text(value), str)


@given(data=st.one_of(st.binary(max_size=600), st.binary(max_size=400).map(lambda b: b"PK\x03\x04" + b), st.text(max_size=300).map(str.encode)))
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_are_a_sheet_or_a_message(data: bytes) -> None:
    try:
        found = read_sheet(data, "表.xlsx")
    except UnreadableSheetError as error:
        assert str(error)
    else:
        assert isinstance(found, Sheet)
