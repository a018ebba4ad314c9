"""Items with their proof: which have files and which lack them, with who owes them, and the folders for an inspection (G17, L01)."""

from __future__ import annotations

from collections import Counter
from typing import IO, Any

from jushi.kernel.models import Evidence
from jushi.ledger.digests import Ask, Cell, Digest, Download, Inquiry, Line, Table, this_year, to_record
from jushi.ledger.standing import standing
from jushi.ledgers.folders import write_folders


def _items(code: str, inquiry: Inquiry) -> list[Any]:
    rows = standing(code, inquiry).filter(cancelled_on=None).select_related("organisation", "owner_user", "office")
    return list(rows.filter(period=inquiry.answers["period"]).order_by("category", "due_on", "title"))


def _owner(row: Any) -> str:
    """Who owes the proof: the unit, else the person, else the office."""
    if row.organisation:
        return str(row.organisation.title)
    return str(row.owner_user.full_name or row.owner_user.username) if row.owner_user else str(row.office.name)


def _table(code: str, inquiry: Inquiry) -> tuple[Table, ...]:
    items = _items(code, inquiry)
    files = Counter(Evidence.objects.filter(county=inquiry.county, record_id__in=[i.pk for i in items]).values_list("record_id", flat=True))
    lines = tuple(
        Line((to_record(i), Cell(_owner(i)), Cell(i.due_on), Cell(files[i.pk]), _state(i, files[i.pk])))
        for i in items
    )  # fmt: skip
    lacking = [i for i in items if not files[i.pk]]
    gaps = tuple(Line((to_record(i), Cell(_owner(i)), Cell(i.due_on))) for i in lacking)
    done = len(items) - len(lacking)
    caption = f"{inquiry.answers['period']}：{len(items)} 项，有佐证 {done} 项" + (f"，达标率 {done * 100 / len(items):.1f}%" if items else "")
    return (
        Table(("缺佐证的指标", "责任单位（人）", "期限"), gaps, f"缺口 {len(gaps)} 项", empty="没有缺口。"),
        Table(("指标", "责任单位（人）", "期限", "佐证（份）", "状态"), lines, caption, empty="这一期没有登记指标。"),
    )


def _state(item: Any, files: int) -> Cell:
    if not files:
        return Cell("缺佐证", tone="bad")
    return Cell("已落实", tone="ok") if item.done_on else Cell("有佐证", tone="wait")


def proof_of(code: str, hint: str) -> Digest:
    """The digest of the items of the ledger ``code``, with its folders as a zip."""

    def build(inquiry: Inquiry) -> tuple[Table, ...]:
        return _table(code, inquiry)

    def write(inquiry: Inquiry, target: IO[bytes]) -> str:
        write_folders(_items(code, inquiry), target)
        return f"佐证材料-{inquiry.answers['period']}.zip"

    return Digest(
        "proof", "佐证与缺口", build, hint=hint, asks=(Ask("period", "创建期", required=True, default=this_year, example="2015"),),
        downloads=(Download("按指标导出佐证", write),),
    )  # fmt: skip
