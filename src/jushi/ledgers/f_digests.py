"""Digests of F 科技特派员: places without one (F01), the assessment sheet and its year (F04), talents with their projects (F09),
what was paid to whom (F13)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from jushi.kernel.models import Area
from jushi.ledger import registry, store
from jushi.ledger.digests import AS_AT, YEAR, Act, Ask, Cell, Digest, Inquiry, Line, Table, to_record, to_rows
from jushi.ledger.standing import counted, names_of, standing
from jushi.ledger.store import RefusedError
from jushi.ledgers.f_assessment import close_year, fill, sheet
from jushi.ledgers.f_terms import vacancies

OFFICES = ("科技局", "组织部", "人社局")
SIGNED = ("signed_bureau", "signed_organisation", "signed_personnel")


def _vacant(inquiry: Inquiry) -> tuple[Table, ...]:
    """Towns and villages that had a specialist and have none at a day, the last one beside."""
    on = inquiry.answers["on"]
    found = vacancies(inquiry.county, on)
    rows = standing("specialists", inquiry).in_bulk([v.designation for v in found])
    towns = dict(Area.objects.filter(code__in={f"{v.area[:9]}000" for v in found}).values_list("code", "name"))
    lines = tuple(
        Line((Cell(v.name), Cell(towns.get(f"{v.area[:9]}000", "")), to_record(rows.get(v.designation), v.last), Cell(v.since)))
        for v in found if v.designation in rows
    )  # fmt: skip
    serving = to_rows(_serving(inquiry, on), "specialists", figure="specialists.in_office", period=f"@{on}")
    head = ("缺员乡镇、村", "所在乡镇", "原特派员", "离任日期")
    summary = Table(("截至", "在任特派员（人）", "缺员地点（个）"), (Line((Cell(on), serving, Cell(len(lines)))),))
    return (summary, Table(head, lines, "缺员地点", empty="服务过的乡镇、村都有在任特派员。"))


def _serving(inquiry: Inquiry, on: date) -> int:
    rows = counted("specialists", inquiry).filter(starts_on__lte=on)
    return int(rows.exclude(ends_on__lte=on).count())


VACANT = Digest(
    "vacant", "缺员地点", _vacant, asks=(AS_AT,),
    hint="特派员离任后还没有接任的乡镇、村；在名册里登记新任期后自动消失。",
)  # fmt: skip


def _sheet(inquiry: Inquiry) -> tuple[Table, ...]:
    """The sheet of one person: every criterion with its points and where they come from."""
    record = inquiry.record
    marks = sheet(record)
    details = record.details or {}
    lines = tuple(
        Line((Cell(m.criterion), Cell(m.weight), Cell(m.score if m.score is not None else ""), Cell("按记录" if m.is_computed else "评议填写"),
              Cell(m.comment))) for m in marks
    )  # fmt: skip
    total = (Cell("合计"), Cell(sum((m.weight for m in marks), Decimal(0))), Cell(record.total if record.total is not None else ""),
             Cell(record.grade or "待定"), Cell())  # fmt: skip
    notes = tuple(
        f"{label}：{text}" for label, text in (
            ("本人异议", details.get("appeal")), ("联审意见", record.opinion), ("结果应用", record.result),
            *((f"{office}签署", details.get(name)) for office, name in zip(OFFICES, SIGNED, strict=True)),
        ) if text
    )  # fmt: skip
    caption = f"{record.title} {record.period}年度科技特派员考核表"
    return (Table(("考核内容", "权重", "得分", "计分方式", "依据"), lines, caption, total if marks else (), notes, (*OFFICES, "本人"),
                  "还没有计分；请先“按记录计分”。"),)  # fmt: skip


def _recount(inquiry: Inquiry, keys: tuple[str, ...]) -> str:
    """Count the points again from the records as they stand."""
    record = inquiry.record
    _by_office(inquiry)
    if record.stage in {"graded", "applied"}:
        raise RefusedError({"": "已经定等的考核不再计分；有误的请走更正"})
    fill(record)
    return f"已按{record.period}年记录计分"


def _appeal(inquiry: Inquiry, keys: tuple[str, ...]) -> str:
    """The person's objection, by his own account or taken down by the office; a published sheet goes back to be looked at again."""
    record, text = inquiry.record, inquiry.answers["appeal"]
    if record.stage in {"graded", "applied"}:
        raise RefusedError({"": "已经定等，请向科技局书面反映"})
    ledger = registry.get("specialist_assessments")
    if record.stage == "published":
        store.advance(ledger, record, "appealed", on=inquiry.on, actor=inquiry.user, raw={"appeal": text})
    else:
        store.change(ledger, record, {"appeal": text})
    return "异议已记录，复核后会重新计分或说明"


def _by_office(inquiry: Inquiry) -> None:
    if inquiry.rights.own_only("change"):
        raise RefusedError({"": "计分由农村科技股办理"})


SHEET = Digest(
    "sheet", "考核表", _sheet, of_record=True, hint="服务天数、培训、项目由记录计分，只有评议分是填写的；本人可以看到并提出异议。",
    acts=(Act("recount", "按记录计分", _recount, permission="change", picks=False),
          Act("appeal", "提出异议", _appeal, permission="change", picks=False,
              asks=(Ask("appeal", "异议内容", "long", True, example="漏记三次培训"),))),
)  # fmt: skip


def _year(inquiry: Inquiry) -> tuple[Table, ...]:
    """Everybody assessed for a year with the points by criterion, ready to be signed by the three offices."""
    year = inquiry.answers["year"]
    rows = list(standing("specialist_assessments", inquiry).filter(period=str(year)).order_by("title"))
    marks = {row.pk: {m.criterion: m for m in sheet(row)} for row in rows}
    criteria = list(dict.fromkeys(name for found in marks.values() for name in found))
    stages = {s.code: s.name for s in registry.get("specialist_assessments").stages}
    lines = []
    for row in rows:
        points = (marks[row.pk].get(name) for name in criteria)
        lines.append(Line((
            to_record(row), *(Cell(m.score if m is not None and m.score is not None else "") for m in points),
            Cell(row.total if row.total is not None else ""), Cell(row.grade or "待定", tone="ok" if row.grade else "wait"),
            Cell(stages.get(row.stage, "")), Cell("有" if (row.details or {}).get("appeal") else ""),
        )))  # fmt: skip
    grades: dict[str, int] = defaultdict(int)
    for row in rows:
        grades[row.grade or "待定"] += 1
    words = "，".join(f"{name} {count} 人" for name, count in grades.items())
    notes = (f"共 {len(rows)} 人：{words}。",) if rows else ()
    head = ("特派员", *criteria, "总分", "等次", "进展", "异议")
    return (Table(head, tuple(lines), f"{year}年度科技特派员考核结果", notes=notes, signatures=OFFICES, empty="这一年还没有开始考核。"),)


def _close(inquiry: Inquiry, keys: tuple[str, ...]) -> str:
    """Open and score the sheets of everybody who was in office in the year."""
    _by_office(inquiry)
    year = inquiry.answers["year"]
    on = min(inquiry.on, date(year + 1, 12, 31))
    made = close_year(inquiry.bureau, year, on, inquiry.user)
    return f"{year}年度考核：已按记录计分 {len(made)} 份，等待乡镇村评议"


RESULTS = Digest(
    "year", "年度考核结果", _year, asks=(YEAR,), hint="年末一次为全部在任特派员开考核表并按记录计分；三家单位在打印件上签署。",
    acts=(Act("close", "全部按记录计分", _close, permission="add", picks=False, confirm="为本年度在任的全部特派员开考核表并计分？"),),
)  # fmt: skip


def _pairs(inquiry: Inquiry) -> tuple[Table, ...]:
    """Talents selected in a year, each beside the one project; who has none, and which project has nobody, is said."""
    year = inquiry.answers["year"]
    first, last = date(year, 1, 1), date(year, 12, 31)
    people = counted("young_talents", inquiry).filter(starts_on__gte=first, starts_on__lte=last).select_related("person", "project")
    projects = {p.pk: p for p in counted("talent_projects", inquiry).filter(approved_on__gte=first, approved_on__lte=last)}
    taken, lines = set(), []
    for row in people.order_by("starts_on", "title"):
        taken.add(row.project_id)
        state = Cell("一人一项", tone="ok") if row.project_id else Cell("未配项目", tone="wait")
        approved = row.project.approved_on if row.project_id else ""
        lines.append(Line((to_record(row), Cell(row.starts_on), to_record(row.project), Cell(approved), state)))
    for pk, project in projects.items():
        if pk not in taken:
            lines.append(Line((Cell(), Cell(), to_record(project), Cell(project.approved_on), Cell("没有对应人才", tone="wait"))))
    total = (to_rows(people.count(), "young_talents", figure="young_talents.named", period=str(year)), Cell(),
             to_rows(len(projects), "talent_projects", figure="young_talents.projects", period=str(year)), Cell(), Cell())  # fmt: skip
    head = ("青年创新人才", "入选日期", "创业项目", "立项日期", "对应")
    return (Table(head, tuple(lines), f"{year}年青年创新人才和创业项目", total if lines else (), empty="这一年没有入选的青年创新人才。"),)


PAIRS = Digest("pairs", "人才与项目", _pairs, asks=(YEAR,), hint="人才和项目一一对应；人数、项数点开看名单。")


def _paid(inquiry: Inquiry) -> tuple[Table, ...]:
    """What each specialist received in a year, by measure; the sum is the fund ledger's."""
    year = inquiry.answers["year"]
    rows = counted("specialist_support", inquiry).filter(paid_on__gte=date(year, 1, 1), paid_on__lte=date(year, 12, 31))
    measures = names_of("specialist_support", "category")
    sums: dict[Any, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    people = {}
    for row in rows.select_related("payee_person"):
        people[row.payee_person_id] = row.payee_person
        sums[row.payee_person_id][row.category] += row.amount or Decimal(0)
    used = [code for code in measures if any(found.get(code) for found in sums.values())]
    lines = tuple(
        Line((to_record(people[pk]), *(Cell(sums[pk].get(code, "")) for code in used), _all_of(pk, sums, year)))
        for pk in sorted(people, key=lambda pk: str(people[pk]))
    )  # fmt: skip
    every = {code: sum((found.get(code, Decimal(0)) for found in sums.values()), Decimal(0)) for code in used}
    total = (Cell(f"{len(people)} 人"), *(Cell(every[code]) for code in used),
             to_rows(sum(every.values(), Decimal(0)), "specialist_support", figure="specialists.support", period=str(year)))  # fmt: skip
    head = ("特派员", *(f"{measures[code]}（元）" for code in used), "合计（元）")
    return (Table(head, lines, f"{year}年特派员待遇兑现", total if lines else (), signatures=("经办人", "股室负责人", "财务"),
                  empty="这一年没有兑现的待遇。"),)  # fmt: skip


def _all_of(pk: Any, sums: dict[Any, dict[str, Decimal]], year: int) -> Cell:
    own = sum(sums[pk].values(), Decimal(0))
    return to_rows(own, "specialist_support", payee_person=str(pk), paid_on=f"{year}-01-01~{year}-12-31")


PAID = Digest("paid", "按人汇总", _paid, asks=(YEAR,), hint="每人当年兑现了什么、多少；合计等于资金台账。")
