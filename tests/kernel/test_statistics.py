"""Planner statistics and the bulk path: what they promise about large counties and about what is logged."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection

from jushi.entities.models import IPRight
from jushi.kernel import bulk, oplog, statistics
from jushi.ledger import registry, store


def _patents(world: Any, count: int) -> list[Any]:
    ledger = registry.get("patents")
    like = store.prototype(ledger, store.author_for(ledger, world.bureau))
    rows = []
    for n in range(count):
        row = bulk.copy_of(like)
        row.title, row.number, row.year, row.applied_on = f"第{n}号装置", f"2015{n:09d}.1", 2015, date(2015, 1 + n % 12, 1)
        rows.append(row)
    return rows


def test_many_ids_are_looked_up_not_scanned(world: Any) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL 自行维护统计信息")
    rows = _patents(world, 4000)
    with oplog.operation("导入", county=world.county) as opened:
        opened.insert_many(rows)
    statistics.refresh()
    found = IPRight.objects.filter(pk__in=[row.pk for row in rows[:400]])
    assert "(id=?)" in found.explain()
    assert found.count() == 400


def test_rows_in_bulk_are_stored_and_logged_like_single_ones(world: Any) -> None:
    rows = _patents(world, 3)
    rows[1].fee, rows[1].details = 12, {"a": "乙"}
    rows[2].is_pledged = True
    with oplog.operation("导入", county=world.county) as opened:
        opened.insert_many(rows)
        texts = [line.after for line in opened.lines]
    for row, text in zip(rows, texts, strict=True):
        stored = IPRight.objects.get(pk=row.pk)
        assert (stored.title, stored.fee, stored.details, stored.is_pledged) == (row.title, row.fee, row.details, row.is_pledged)
        assert text == oplog.dump(oplog.filled(oplog.values_of(row)))
