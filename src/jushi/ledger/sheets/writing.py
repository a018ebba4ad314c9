"""Carrying out a planned import: one atomic, logged operation; and taking it back while nobody has touched its rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jushi.kernel import bulk, oplog
from jushi.kernel.models import ChangeLine, Operation
from jushi.kernel.states import State
from jushi.ledger.building import write_values
from jushi.ledger.declaration import Ledger
from jushi.ledger.sheets.mapping import remember
from jushi.ledger.sheets.plan import Plan
from jushi.ledger.store import Author, RefusedError, insert_many, write_parts

Say = Callable[[int, int], None]


def carry_out(plan: Plan, author: Author, *, state: str = State.PENDING, say: Say = lambda done, total: None) -> dict[str, Any]:
    """Write the new and changed rows of a plan; all or nothing. Refuses while any row is wrong.

    Returns counts and the sequence of the operation, by which it can be undone. ``say`` hears (done, total).
    """
    wrong = plan.of("wrong")
    if wrong:
        raise RefusedError({"": f"还有 {len(wrong)} 行有误，请先改正或删去后再导入；本次没有写入任何数据"})
    ledger, county = plan.ledger, author.bureau.county
    fresh, changed = plan.of("new"), plan.of("change")
    total = len(fresh) + len(changed)
    with bulk.quiet(), oplog.operation("导入", county=county, reason=f"{ledger.name} {total} 行") as opened:
        records = [row.record for row in fresh]
        for record in records:
            record.state = state
        insert_many(ledger, records, [row.values for row in fresh])
        say(len(fresh), total)
        for number, row in enumerate(changed, len(fresh) + 1):
            record = ledger.model.objects.get(pk=row.record_id)
            write_values(ledger, record, row.values)
            record.save()
            write_parts(ledger, record, row.values)
            if number % 200 == 0:
                say(number, total)
        remember(ledger, plan.headings, plan.mapping, county)
    say(total, total)
    return {"new": len(fresh), "changed": len(changed), "same": plan.count("same"), "operation": opened.sequence}


def undo(ledger: Ledger, county: str, sequence: int) -> int:
    """Delete the rows that an import added, when all are still as it left them and it changed no older row; returns how many."""
    entry = Operation.objects.get(county=county, sequence=sequence)
    lines = ChangeLine.objects.filter(county=county, operation=entry)
    if lines.filter(action="update", model=ledger.model._meta.label).exists():
        raise RefusedError({"": "这次导入改动过原有记录，不能整批撤销；请在这些记录的“历史”中逐条恢复"})
    ids = list(lines.filter(action="create", model=ledger.model._meta.label).values_list("object_id", flat=True))
    records = []
    for start in range(0, len(ids), 500):
        records += list(ledger.model.objects.filter(pk__in=ids[start : start + 500]))
    touched = [r for r in records if r.version > 0 or r.state not in State.editable()]
    if touched or len(records) != len(ids):
        raise RefusedError({"": f"这批记录中已有 {len(touched) + len(ids) - len(records)} 条被审核、修改或删除，不能整批撤销"})
    with oplog.operation("撤销导入", county=county, reason=f"第 {sequence} 号操作"):
        for record in records:
            record.delete()
    return len(records)
