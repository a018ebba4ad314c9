"""What the ledgers of lines E, F and G export, they read back as unchanged: headings are told apart, cells keep their meaning."""

from __future__ import annotations

from pathlib import Path

import pytest

from jushi.kernel import scope
from jushi.kernel.models import Bureau
from jushi.ledger import registry, store
from jushi.ledger.sheets import exporting, mapping, plan, reading


@pytest.mark.parametrize("code", [x.code for x in registry.ledgers() if x.line in "EFG" and not x.read_only])
@pytest.mark.parametrize("county", ["990102", "990124"])
def test_export_reads_back_unchanged(demo: None, tmp_path: Path, code: str, county: str) -> None:
    ledger = registry.get(code)
    rows = ledger.queryset().filter(county=county, state="confirmed")
    if not rows.exists():
        pytest.skip("演示数据中没有这本台账的记录")
    target = tmp_path / "out.xlsx"
    exporting.to_xlsx(ledger, rows, ledger.editable, target, unmask=True, rights=None)
    sheet = reading.read_sheet(target.read_bytes(), target.name)
    header = mapping.find_header(ledger, sheet.rows)
    found = mapping.guess(ledger, sheet.rows[header])
    assert {c.name for c in ledger.editable} == set(found.values())
    with scope.use(scope.of_counties([county], "测试")):
        bureau = Bureau.objects.get(county=county)
        made = plan.plan(ledger, sheet, header, found, store.author_for(ledger, bureau))
    wrong = [(row.line, row.problems, row.differences) for row in made.rows if row.action != "same"]
    assert len(made.rows) == rows.count()
    assert wrong == []
