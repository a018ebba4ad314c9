"""Every ledger can be read in its usual order from one index, and its waiting rows be counted from another."""

from __future__ import annotations

import pytest
from django.db.models import Q

from jushi.ledger import registry
from jushi.ledger.declaration import Ledger


@pytest.mark.parametrize("ledger", registry.ledgers(), ids=lambda ledger: ledger.code)
def test_the_usual_order_stands_in_an_index(ledger: Ledger) -> None:
    leading = ["county", "kind", ledger.at, "id"]
    assert any(index.fields[:4] == leading for index in ledger.model._meta.indexes), f"{ledger.code}: no index on {leading}"


@pytest.mark.parametrize("ledger", registry.ledgers(), ids=lambda ledger: ledger.code)
def test_waiting_rows_stand_in_an_index_of_their_own(ledger: Ledger) -> None:
    found = [index for index in ledger.model._meta.indexes if index.condition == Q(state="pending")]
    assert [index.fields for index in found] == [["county", "state", "kind"]]
