"""Digests of duties: integrity duties by quarter, promises of members, work past its day by office, hazards of a check."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import Q

from jushi.entities.models import Case, PlanItem
from jushi.kernel import periods
from jushi.kernel.models import Evidence
from jushi.kernel.states import State
from jushi.ledger import visibility
from jushi.ledger.digests import YEAR, Ask, Cell, Digest, Inquiry, Line, Table, offer, to_form, to_record
from jushi.ledger.standing import counted, names_of, standing
from jushi.ledger.store import RefusedError
from jushi.planning.gaps import unapproved_promises, unproven_duties


# --- K20 ---------------------------------------------------------------------------------------------------------------
def _quarter(inquiry: Inquiry) -> tuple[Table, ...]:
    """Each integrity duty with the records and files of the quarter; those without either in red."""
    quarter = _read(inquiry.answers["quarter"])
    duties = list(counted("integrity_duties", inquiry).filter(period=str(quarter.year)).select_related("owner_user").order_by("category", "title"))
    lacking = {duty.pk for duty in unproven_duties(inquiry.county, quarter)}
    holders = names_of("integrity_duties", "category")
    records = _tally(
        counted("duty_records", inquiry).filter(held_on__gte=quarter.start, held_on__lte=quarter.end).values_list("plan_item_id", flat=True)
    )
    files = Evidence.objects.filter(county=inquiry.county, record_id__in=[d.pk for d in duties])
    proofs = _tally(files.filter(added_at__date__gte=quarter.start, added_at__date__lte=quarter.end).values_list("record_id", flat=True))
    lines = tuple(
        Line((to_record(d), Cell(holders.get(d.category, d.category)), Cell(_person(d.owner_user)),
              Cell(records[d.pk], rows=("duty_records", {"plan_item": str(d.pk), "period": quarter.code})), Cell(proofs[d.pk]),
              to_form("缺履责记录", "duty_records", plan_item=d.title, held_on=quarter.end) if d.pk in lacking else Cell("有", tone="ok")))
        for d in duties
    )  # fmt: skip
    note = f"{len(lacking)} 项本季度既无履责记录、也无佐证，请责任人补报。" if lacking else "本季度各项责任都有履责记录或佐证。"
    return (Table(("责任事项", "责任类别", "责任人", "履责记录", "佐证", "检查"), lines, f"{quarter.name}履责检查", notes=(note,) if lines else (),
                  signatures=("检查人", "单位负责人"), empty="这一年没有分解责任事项。"),)  # fmt: skip


def _read(code: str) -> periods.Period:
    try:
        found = periods.parse(code)
    except periods.PeriodError as error:
        raise RefusedError({"quarter": str(error)}) from error
    if found.kind != "quarter":
        raise RefusedError({"quarter": "请填一个季度，例如 2015Q2"})
    return found


def _tally(keys: Any) -> defaultdict[Any, int]:
    found: defaultdict[Any, int] = defaultdict(int)
    for key in keys:
        found[key] += 1
    return found


def _person(user: Any) -> str:
    return "" if user is None else user.full_name or user.username


QUARTER = Digest(
    "quarter", "季度履责检查", _quarter, hint="一个季度里没有履责记录也没有佐证的责任事项标红，点开可补登。",
    asks=(Ask("quarter", "季度", required=True, default=lambda today: periods.of_day("quarter", today).code, example="2015Q2"),),
)  # fmt: skip


# --- K11 ---------------------------------------------------------------------------------------------------------------
def _promises(inquiry: Inquiry) -> tuple[Table, ...]:
    """Full members of a year with promise, approval and final score, in the order of their names — no order of merit."""
    year = inquiry.answers["year"]
    day = periods.parse(str(year))
    missing = {person.pk for person in unapproved_promises(inquiry.county, year, min(inquiry.on, day.end))}
    rows = {row.person_id: row for row in standing("member_promises", inquiry).filter(year=year)}
    members = standing("party_members", inquiry).filter(category="full", starts_on__lte=day.end).exclude(ends_on__lte=day.start)
    people = {m.person_id: m.person for m in members.select_related("person").order_by("person__title")}
    lines = tuple(Line(_promise(person, rows.get(pk), pk in missing, year)) for pk, person in people.items())
    rated = [row.total for row in rows.values() if row.total is not None]
    notes = [f"{len(missing)} 名党员到期没有审定的承诺。"] if missing else []
    if rated:
        notes.append(f"已评诺 {len(rated)} 名，平均 {sum(rated) / len(rated):.1f} 分，供民主评议参考。")
    return (Table(("党员", "承诺", "审诺日期", "践诺进度", "评诺得分", "进展"), lines, f"{year}年党员“五诺”", notes=tuple(notes),
                  signatures=("党支部书记",), empty="党员名册里没有这一年的正式党员。"),)  # fmt: skip


def _promise(person: Any, row: Any, is_missing: bool, year: int) -> tuple[Cell, ...]:
    if row is None:
        word = to_form("没有承诺，点开登记", "member_promises", person=person.title, year=year, title=f"{person.title}{year}年承诺")
        return (to_record(person), word, Cell(), Cell(), Cell(), Cell("未提诺", tone="bad" if is_missing else "wait"))
    details = row.details or {}
    stages = {"proposed": "提诺", "approved": "审诺", "shown": "亮诺", "kept": "践诺", "rated": "评诺"}
    state = Cell("逾期未审定", tone="bad") if is_missing else Cell(stages.get(row.stage, row.stage))
    done = f"{details['progress']}%" if details.get("progress") is not None else ""
    return (to_record(person), to_record(row), Cell(details.get("approved_on") or ""), Cell(done), Cell(row.total), state)


PROMISES = Digest("year", "年度承诺与评议参考", _promises, asks=(YEAR,),
                  hint="正式党员逐名列出承诺、审定和评诺得分；只列情况，不排名次。")  # fmt: skip


# --- K26 ---------------------------------------------------------------------------------------------------------------
def _overdue(inquiry: Inquiry) -> tuple[Table, ...]:
    """Work past its day by office, the most first, and each piece of it; persons are not counted (no ranking of people)."""
    on = inquiry.answers["on"] or inquiry.on
    late = _late(Case, inquiry, on, "closed_on"), _late(PlanItem, inquiry, on, "done_on", "cancelled_on")
    offices: dict[str, list[int]] = {}
    for n, rows in enumerate(late):
        for row in rows:
            offices.setdefault(row.office.name, [0, 0])[n] += 1
    order = sorted(offices.items(), key=lambda item: (-sum(item[1]), item[0]))
    counts = tuple(Line((Cell(name), *map(Cell, n), Cell(sum(n)))) for name, n in order)
    rows = sorted((row for part in late for row in part), key=lambda row: (row.due_on, row.title))
    pieces = tuple(Line((to_record(r), Cell(r.office.name), Cell(r.due_on), Cell(f"逾期 {(on - r.due_on).days} 天", tone="bad"))) for r in rows)
    return (
        Table(("股室", "逾期事项", "逾期计划", "合计"), counts, f"截至 {on:%Y-%m-%d}", empty="没有逾期事项。"),
        Table(("事项", "股室", "期限", "状态"), pieces, "逾期明细", empty="没有逾期事项。"),
    )


def _late(model: Any, inquiry: Inquiry, on: date, *ends: str) -> list[Any]:
    """Rows due before a date and not ended by then (by any of the dates ``ends``), within what the account may see."""
    rows = model.objects.filter(county=inquiry.county, due_on__lt=on).exclude(state=State.VOID)
    for end in ends:
        rows = rows.filter(Q(**{end: None}) | Q(**{f"{end}__gt": on}))
    return list(visibility.visible_of(rows, model, inquiry.rights).select_related("office").order_by("due_on"))


OVERDUE = Digest("overdue", "各股室逾期事项", _overdue, asks=(Ask("on", "截至", "day", default=date.isoformat),),
                 hint="到期没有办结的事项和计划，按股室统计；只到股室，不排个人。")  # fmt: skip


# --- L13 ---------------------------------------------------------------------------------------------------------------
def _hazards(inquiry: Inquiry) -> tuple[Table, ...]:
    """The hazards of a check that are tracked, and how many of those found are not yet."""
    check = inquiry.record
    rows = standing("hazards", inquiry).filter(source_activity=check).select_related("owner_user").order_by("due_on", "title")
    lines = tuple(
        Line((to_record(r), Cell(_person(r.owner_user)), Cell(r.due_on), Cell(r.closed_on),
              Cell("已整改", tone="ok") if r.closed_on else Cell("整改中", tone="bad" if r.due_on < inquiry.on else "wait")))
        for r in rows
    )  # fmt: skip
    found = check.outputs.filter(measure="hazards").values_list("quantity", flat=True).first()
    lack = int(found or 0) - len(lines)
    more = (
        Line(
            (
                to_form(f"还有 {lack} 条没有登记，点开登记", "hazards", source_activity=check.title, raised_on=check.held_on),
                *(Cell() for _ in range(4)),
            )
        ),
    )
    caption = f"发现 {int(found or 0)} 条，登记 {len(lines)} 条"
    return (Table(("隐患", "责任人", "整改期限", "整改日期", "状态"), lines + (more if lack > 0 else ()), caption,
                  empty="这次检查没有发现隐患。"),)  # fmt: skip


HAZARDS = Digest("hazards", "隐患跟踪", _hazards, of_record=True, hint="查出的隐患逐条登记，跟踪到整改。")

offer("safety_checks", HAZARDS)
offer("integrity_duties", QUARTER)
offer("member_promises", PROMISES)
offer("disclosures", OVERDUE)
