"""Many rows at once: what is stored and what the log keeps is what saving them one by one would store and keep."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jushi.entities.models import Activity, ActivityOutput, IPRight
from jushi.kernel import integrity, oplog
from jushi.kernel.models import ChangeLine
from jushi.ledger import registry, store
from jushi.site.demo.world import World

COUNTY = "990102"


def patents(world: World, contents: Sequence[dict[str, Any]]) -> list[Any]:
    ledger = registry.get("patents")
    like = store.author_for(ledger, world.bureau)
    made = []
    for values in contents:
        record = store.prototype(ledger, like)
        record.title, record.year, record.type = "样本", 2015, "utility"
        for name, value in values.items():
            setattr(record, name, value)
        made.append(record)
    return made


def inserted(rows: Sequence[Any]) -> None:
    with oplog.operation("导入", county=COUNTY) as opened:
        opened.insert_many(rows)


def as_saved(rows: Sequence[Any]) -> None:
    """Every row reads back as it was, and its line in the log is the one that a save would have written."""
    model = type(rows[0])
    for row in rows:
        stored = model.objects.get(pk=row.pk)
        assert oplog.values_of(stored) == oplog.values_of(row)
        assert ChangeLine.objects.get(object_id=row.pk).after == oplog.dump(oplog.filled(oplog.values_of(row)))
    assert list(integrity.verify_chain(COUNTY)) == []


VARIED = (
    {"title": "甲", "number": "201510000001.1", "fee": Decimal("500.0"), "is_pledged": True, "applied_on": date(2015, 1, 2), "details": {"备注": 1}},
    {"title": "乙's “50%” \\ %s", "fee": Decimal("500.00"), "granted_on": date(2015, 1, 2), "note": "两\n行"},
    {"title": "丙", "number": "201510000002.X", "agency": "甲'; --", "inventors": "王\t一"},
)
SHARED = {
    "quoted": {"note": "O'Neill 100% %s"}, "plain": {"agency": "abc-1", "level": "county"}, "number": {"fee": Decimal("1.50")},
    "day": {"applied_on": date(2015, 3, 1)}, "json": {"details": {"a": "b"}}, "flag": {"is_pledged": True},
}  # fmt: skip


def test_varied_rows_are_stored_and_logged_as_saved(world: World) -> None:
    rows = patents(world, VARIED)
    inserted(rows)
    as_saved(rows)


@pytest.mark.parametrize("name", list(SHARED))
def test_what_all_rows_share_is_stored_in_each(world: World, name: str) -> None:
    rows = patents(world, [SHARED[name]] * 3)
    inserted(rows)
    as_saved(rows)


def test_one_row_is_a_row(world: World) -> None:
    rows = patents(world, VARIED[1:2])
    inserted(rows)
    as_saved(rows)
    assert IPRight.objects.count() == 1


def test_parts_are_logged_under_their_record(world: World) -> None:
    ledger = registry.get("farmer_classes")
    with oplog.operation("新建", county=COUNTY):
        record = store.prototype(ledger, store.author_for(ledger, world.bureau))
        record.title, record.year, record.held_on = "培训", 2015, date(2015, 5, 1)
        record.save()
    rows = [ActivityOutput(county=COUNTY, activity_id=record.pk, measure="attendances", quantity=Decimal(n), unit="人次") for n in (20, 30)]
    inserted(rows)
    as_saved(rows)
    assert set(ChangeLine.objects.filter(model="entities.ActivityOutput").values_list("owner_id", flat=True)) == {record.pk}
    assert Activity.objects.count() == 1
