"""The change log: chained, append-only, and every tampering is found at its place (GB/T 22239—2019, 安全审计)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from jushi.entities.models import FundFlow, Person
from jushi.kernel import bulk, integrity, oplog, scope
from jushi.kernel.models import ChangeLine, Operation
from jushi.kernel.models.changelog import AppendOnlyError
from jushi.ledger import registry, store

COUNTY = "990102"


def problems() -> list[str]:
    return [f"{p.where}：{p.message}" for p in integrity.verify_chain(COUNTY)]


def execute(sql: str, *values: Any) -> None:
    """What somebody with the database in his hands could do."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_an_untouched_chain_verifies(person: Callable[..., Any]) -> None:
    record = person("试样甲")
    store.change(registry.get("people"), record, {"note": "补记"})
    assert problems() == []
    assert Operation.objects.count() >= 3


def test_a_changed_line_is_found_at_its_operation(person: Callable[..., Any]) -> None:
    person("试样甲")
    last = Operation.objects.latest("sequence")
    execute("UPDATE kernel_changeline SET after = %s WHERE operation_id = %s AND position = 0", '{"title":"别人"}', last.pk)
    assert problems() == [f"{COUNTY} 日志第 {last.sequence} 条：变更明细与摘要不符：明细被改动或删除"]


def test_a_changed_operation_breaks_its_own_hash(person: Callable[..., Any]) -> None:
    person("试样甲")
    person("试样乙")
    first = Operation.objects.order_by("sequence")[1]
    execute("UPDATE kernel_operation SET actor = %s WHERE id = %s", "别人", first.pk)
    assert any(f"第 {first.sequence} 条：内容与散列不符" in text for text in problems())


def test_a_removed_operation_leaves_a_gap(person: Callable[..., Any]) -> None:
    for name in ("试样甲", "试样乙", "试样丙"):
        person(name)
    gone = Operation.objects.order_by("sequence")[1]
    execute("DELETE FROM kernel_changeline WHERE operation_id = %s", gone.pk)
    execute("DELETE FROM kernel_operation WHERE id = %s", gone.pk)
    found = problems()
    assert any("序号不连续" in text for text in found) and any("不相接" in text for text in found)


def test_a_cut_tail_is_found_by_the_head(person: Callable[..., Any]) -> None:
    person("试样甲")
    last = Operation.objects.latest("sequence")
    execute("DELETE FROM kernel_changeline WHERE operation_id = %s", last.pk)
    execute("DELETE FROM kernel_operation WHERE id = %s", last.pk)
    assert any("末尾被截去" in text for text in problems())


def test_the_program_itself_only_appends(person: Callable[..., Any]) -> None:
    person("试样甲")
    entry = Operation.objects.latest("sequence")
    with pytest.raises(AppendOnlyError):
        entry.save()
    with pytest.raises(AppendOnlyError):
        entry.delete()


def test_nothing_is_written_outside_an_operation_or_scope(person: Callable[..., Any]) -> None:
    record = person("试样甲")
    with pytest.raises(oplog.UnloggedWriteError):
        record.save()
    with scope.use(scope.of_counties(["990124"], "外人")), oplog.operation("改", county="990124"), pytest.raises(scope.OutOfScopeError):
        record.save()


def test_bulk_insert_logs_what_save_logs(person: Callable[..., Any]) -> None:
    saved = person("试样甲", note="一句")
    twin = bulk.copy_of(saved)
    with oplog.operation("导入", county=COUNTY) as opened:
        opened.insert_many([twin])
    lines = {line.object_id: oplog.load(line.after) for line in ChangeLine.objects.filter(object_id__in=[saved.pk, twin.pk])}
    varying = {"id", "created_at", "updated_at"}
    first, second = ({k: v for k, v in lines[pk].items() if k not in varying} for pk in (saved.pk, twin.pk))
    assert first == second
    assert set(lines[saved.pk]) == set(lines[twin.pk])
    assert problems() == []


def test_sums_are_exact_on_the_database(world: Any) -> None:
    from django.db.models import Sum

    rows = [{"title": f"试样{n}", "plan_year": "2015", "amount": "0.10", "assigned_on": "2015-01-05"} for n in range(30)]
    ledger = registry.get("science_budget")
    column = ledger.column("amount")
    made = world.add("science_budget", [{**row, "amount": "0.000010" if column.unit == "万元" else "0.10"} for row in rows])
    assert len(made) == 30
    unit = Decimal("0.10") if column.unit == "万元" else Decimal("0.10")
    assert FundFlow.objects.aggregate(total=Sum("amount"))["total"] == unit * 30


def test_a_query_without_scope_raises(person: Callable[..., Any]) -> None:
    from contextvars import Context

    for query in (Person.objects.all, Person._base_manager.all, ChangeLine.objects.all):
        with pytest.raises(scope.ScopeMissingError):
            Context().run(query)
