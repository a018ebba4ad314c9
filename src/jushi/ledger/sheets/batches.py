"""An import between upload and confirmation: the file is kept, every answer is computed anew from it, nothing else is stored."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from jushi.kernel import oplog
from jushi.kernel.models import User
from jushi.ledger import registry
from jushi.ledger.declaration import Ledger
from jushi.ledger.models import ImportBatch
from jushi.ledger.sheets import writing
from jushi.ledger.sheets.mapping import find_header, guess, recalled
from jushi.ledger.sheets.plan import Plan, plan
from jushi.ledger.sheets.reading import Sheet, UnreadableSheetError, read_sheet
from jushi.ledger.store import Author, RefusedError

KEPT = 4  # plans remembered in this process, so that confirming does not parse the file again
_plans: OrderedDict[tuple[UUID, str], Plan] = OrderedDict()


def folder() -> Path:
    """Where files wait for confirmation."""
    place = Path(settings.JUSHI_HOME) / "imports"
    place.mkdir(parents=True, exist_ok=True)
    return place


def begin(ledger: Ledger, data: bytes, name: str, county: str, user: User | None) -> ImportBatch:
    """Keep a readable file and guess its mapping. Raises UnreadableSheetError."""
    sheet = read_sheet(data, name)
    header = find_header(ledger, sheet.rows)
    headings = sheet.rows[header] if sheet.rows else []
    mapping = recalled(ledger, headings, county)
    if mapping is None:
        mapping = guess(ledger, headings)
    sha = hashlib.sha256(data).hexdigest()
    (folder() / sha).write_bytes(data)
    batch = ImportBatch(
        county=county, ledger=ledger.code, file_name=name[:200], sha256=sha, sheet=sheet.name[:80], header_row=header + 1,
        mapping={str(k): v for k, v in mapping.items()}, created_by=user,
    )  # fmt: skip
    with oplog.operation("上传导入文件", county=county, reason=name[:100]):
        batch.save()
    return batch


def sheet_of(batch: ImportBatch) -> Sheet:
    """The file's sheet, read again. Raises UnreadableSheetError when the file has been cleared away."""
    path = folder() / batch.sha256
    if not path.exists():
        raise UnreadableSheetError("导入文件已清理，请重新上传")
    return read_sheet(path.read_bytes(), batch.file_name, batch.sheet)


def plan_of(batch: ImportBatch, author: Author, *, fresh: bool = False) -> Plan:
    """What the batch would do; ``fresh`` computes it anew, because others may have written since."""
    stamp = json.dumps([batch.mapping, batch.edits, batch.sheet, batch.header_row], sort_keys=True)
    key = (batch.pk, stamp)
    if not fresh and key in _plans:
        return _plans[key]
    found = plan(
        registry.get(batch.ledger), sheet_of(batch), batch.header_row - 1, {int(k): v for k, v in batch.mapping.items()}, author,
        batch.edits,
    )  # fmt: skip
    _plans[key] = found
    while len(_plans) > KEPT:
        _plans.popitem(last=False)
    return found


def revise(batch: ImportBatch, **changes: Any) -> None:
    """Store a changed mapping or corrected cells."""
    for name, value in changes.items():
        setattr(batch, name, value)
    with oplog.operation("调整导入", county=batch.county):
        batch.save()


def edited(batch: ImportBatch, cells: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The batch's edits with some cells corrected: line → column → value."""
    edits = {line: dict(own) for line, own in batch.edits.items()}
    for line, own in cells.items():
        edits.setdefault(line, {}).update(own)
    return edits


def confirm(batch: ImportBatch, author: Author, *, state: str) -> dict[str, Any]:
    """Write the batch: computed anew, all or nothing; a second confirmation is refused. Progress is kept beside the file."""
    if batch.state not in {"open", "running", "failed"}:
        raise RefusedError({"": "这批数据已经导入过"})
    with oplog.operation("导入", county=batch.county, reason=batch.file_name[:100]) as opened:
        locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if locked.state == "done":
            raise RefusedError({"": "这批数据已经导入过"})
        summary = writing.carry_out(plan_of(batch, author, fresh=True), author, state=state, say=lambda d, t: tell(batch, d, t))
        locked.state, locked.progress = "done", 100
        locked.save()
    summary["operation"] = opened.sequence
    batch.refresh_from_db()
    batch.summary = summary
    revise(batch, summary=summary)
    _plans.clear()
    return summary


def undo(batch: ImportBatch) -> int:
    """Take a confirmed batch back while nobody has touched its rows."""
    if batch.state != "done":
        raise RefusedError({"": "这批数据还没有导入"})
    with oplog.operation("撤销导入", county=batch.county, reason=batch.file_name[:100]):
        count = writing.undo(registry.get(batch.ledger), batch.county, int(batch.summary["operation"]))
        batch.state = "undone"
        batch.save()
    return count


def tell(batch: ImportBatch, done: int, total: int) -> None:
    """Note how far a running import is, outside its transaction."""
    (folder() / f"{batch.pk}.progress").write_text(f"{done}/{total}", encoding="ascii")


def progress(batch: ImportBatch) -> tuple[int, int]:
    """(done, total) of a running import; (0, 0) before its first word."""
    try:
        done, total = (folder() / f"{batch.pk}.progress").read_text(encoding="ascii").split("/")
    except (OSError, ValueError):
        return 0, 0
    return int(done), int(total)
