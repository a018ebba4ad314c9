"""Digests of C 科技项目: from idea to approval, what became of the money won, and what the county itself puts in and spends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count as Number
from django.db.models import Sum

from jushi.entities.models import Project
from jushi.kernel.models.record import LEVELS
from jushi.ledger import registry
from jushi.ledger.digests import AS_AT, YEAR, Ask, Cell, Digest, Inquiry, Line, Table, this_year, to_record, to_rows
from jushi.ledger.rows import EMPTY
from jushi.ledger.standing import counted, names_of, standing
from jushi.ledgers.checks_c import PASSED

# step, ledger, figure: the figure's own dates and conditions decide what belongs to the year
FUNNEL = (
    ("征集", "pool", "pool.collected"),
    ("申报", "applications", "projects.applied"),
    ("立项", "projects", "projects.approved"),
)
MONEY = (("批复", "funds.approved"), ("下达", "funds.assigned"), ("到账", "funds.received"), ("拨付", "funds.paid"))
YEARS = 6


def _flow(inquiry: Inquiry, ledger: str, figure: str, year: int) -> Any:
    """The rows that a figure over one year is made of."""
    declared = next(x for x in registry.get(ledger).indicators if x.code == figure)
    at = declared.at or registry.get(ledger).at
    where = declared.where() if callable(declared.where) else declared.where
    return counted(ledger, inquiry).filter(where, **{f"{at}__gte": date(year, 1, 1), f"{at}__lte": date(year, 12, 31)})


def _percent(part: Any, whole: Any) -> str:
    """A share with one place; '' where there is nothing to divide by."""
    if not whole or part is None:
        return ""
    return f"{(Decimal(part) * 100 / Decimal(whole)).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def _funnel(inquiry: Inquiry) -> tuple[Table, ...]:
    """How many ideas were collected, applications sent up and projects approved in a year, by level; each number opens its rows."""
    year = inquiry.answers["year"]
    steps = []
    for name, ledger, figure in FUNNEL:
        rows = _flow(inquiry, ledger, figure, year).order_by().values("level").annotate(n=Number("pk"))
        steps.append((name, ledger, figure, {row["level"]: row["n"] for row in rows}))
    levels = [(code, name) for code, name in (*LEVELS, ("", "未填级别")) if any(found.get(code) for *_, found in steps)]
    lines, before = [], None
    for name, ledger, figure, found in steps:
        total = sum(found.values())
        per_level = (to_rows(found.get(code, 0), ledger, figure=figure, period=str(year), level=code or EMPTY) for code, _ in levels)
        share = Cell(_percent(total, before) if before is not None else "")
        lines.append(Line((Cell(name), to_rows(total, ledger, figure=figure, period=str(year)), *per_level, share)))
        before = total
    head = ("环节", "合计（项）", *(name for _, name in levels), "占上一环节")
    listed, size = _flow(inquiry, "pool", "pool.listed", year).count(), _in_pool(inquiry, date(year, 12, 31))
    notes = (f"当年新入库 {listed} 项，年末在库 {size} 项。",
             "征集按征集日期、申报按推荐日期、立项按立项日期各自计年；当年立项的项目可以是以前年度申报的。")  # fmt: skip
    return (Table(head, tuple(lines), f"{year}年科技项目征集、申报、立项", notes=notes),)


def _in_pool(inquiry: Inquiry, on: date) -> int:
    rows = counted("pool", inquiry).filter(listed_on__lte=on)
    return int(rows.exclude(delisted_on__lte=on).count())


FUNNEL_OF_YEAR = Digest(
    "funnel", "征集—申报—立项", _funnel, asks=(YEAR,), hint="从征集的点子到申报、立项各有多少；点数字看是哪些项目。",
)  # fmt: skip


def _closing(inquiry: Inquiry) -> tuple[Table, ...]:
    """Projects by level at a day: closed in that year, closed with another end, and — named one by one — still open."""
    on = inquiry.answers["on"]
    rows = list(counted("projects", inquiry).filter(started_on__lte=on).order_by("level", "due_on", "title"))
    stages = {s.code: s.name for s in registry.get("projects").stages}
    lines = []
    for code, name in LEVELS:
        own = [p for p in rows if p.level == code]
        if not own:
            continue
        passed = sum(p.acceptance in PASSED and p.accepted_on is not None and date(on.year, 1, 1) <= p.accepted_on <= on for p in own)
        still = [p for p in own if p.ended_on is None or p.ended_on > on]
        verdict = Cell("已全面结题", tone="ok") if not still else Cell(f"尚有 {len(still)} 项未结题", tone="wait")
        done = to_rows(passed, "projects", figure="projects.accepted", period=str(on.year), accepted_on=f"{on.year}-01-01~{on}", level=code)
        running = to_rows(len(still), "projects", figure="projects.running", period=f"@{on}", level=code)
        lines.append(Line((Cell(name), done, running, verdict)))
    open_rows = [p for p in rows if p.ended_on is None or p.ended_on > on]
    named = tuple(
        Line((to_record(p), Cell(dict(LEVELS).get(p.level, "")), Cell(stages.get(p.stage, p.stage)), Cell(p.due_on),
              Cell("逾期", tone="bad") if p.due_on and p.due_on < on else Cell()))
        for p in open_rows
    )  # fmt: skip
    by_level = ("级别", "当年通过验收（项）", "未结题（项）", "结论")
    return (Table(by_level, tuple(lines), f"截至{on}项目结题情况", empty="到这一天还没有开始实施的项目。"),
            Table(("未结题项目", "级别", "进展", "计划完成日期", ""), named, "未结题项目", empty="没有未结题的项目，可以写“全面结题”。"))  # fmt: skip


CLOSING = Digest(
    "closing", "结题情况", _closing, asks=(AS_AT,),
    hint="写“全面结题”之前先看这里：哪一级还有项目没有结题，逐项列出。",
)  # fmt: skip


def _money(inquiry: Inquiry) -> tuple[Table, ...]:
    """Money from above in a year on its four bases, by project; what was approved and has not come stands beside it."""
    year = inquiry.answers["year"]
    sums: dict[Any, dict[str, Decimal]] = defaultdict(dict)
    for name, figure in MONEY:
        for row in _flow(inquiry, "project_funds", figure, year).order_by().values("project").annotate(total=Sum("amount")):
            sums[row["project"]][name] = row["total"] or Decimal(0)
    titles = Project.objects.in_bulk([pk for pk in sums if pk])
    order = sorted(sums, key=lambda pk: (pk is None, titles[pk].title if pk in titles else ""))
    lines = tuple(
        Line((to_record(titles.get(pk)) if pk else Cell("（未对应项目）"), *(Cell(_wan(sums[pk].get(name, 0))) for name, _ in MONEY))) for pk in order
    )
    total = (Cell("合计"), *(to_rows(_wan(sum(s.get(name, Decimal(0)) for s in sums.values())), "project_funds", figure=figure, period=str(year))
                           for name, figure in MONEY))  # fmt: skip
    open_rows = counted("project_funds", inquiry).filter(approved_on__lte=date(year, 12, 31)).exclude(received_on__lte=date(year, 12, 31))
    awaited = _wan(open_rows.aggregate(total=Sum("amount"))["total"] or 0)
    notes = ("四个口径各按自己的日期计年：写进文稿时须写明口径，例如“批复”“到账”。", f"截至年末已批复未到账 {awaited} 万元。")
    head = ("项目", *(f"{name}（万元）" for name, _ in MONEY))
    return (Table(head, lines, f"{year}年上级项目资金", total if lines else (), notes, empty="这一年没有登记上级项目资金。"),)


MONEY_OF_YEAR = Digest("bases", "批复—到账—拨付", _money, asks=(YEAR,), hint="同一笔钱的四个口径放在一起看；点合计看是哪几笔。")


def _wan(amount: Any) -> Decimal:
    """An amount in 元 as 万元."""
    return Decimal(amount) / 10000


def _budget(inquiry: Inquiry) -> tuple[Table, ...]:
    """Appropriation, growth, spending, execution rate and score of the last years up to one; figures in 万元."""
    last = inquiry.answers["year"]
    years = range(last - YEARS + 1, last + 1)
    given = {y: _sum(_flow(inquiry, "science_budget", "science.appropriated", y)) for y in (last - YEARS, *years)}
    spent = {y: _sum(_flow(inquiry, "science_spending", "science.spent", y)) for y in years}
    reviews = _reviews(inquiry, years)
    lines = []
    for year in years:
        if not (given[year] or spent[year] or year in reviews):
            continue
        growth, before = "", given[year - 1]
        if before:
            growth = _percent(given[year] - before, before)
        lines.append(Line((
            Cell(f"{year}年"), to_rows(_wan(given[year]), "science_budget", figure="science.appropriated", period=str(year)), Cell(growth),
            to_rows(_wan(spent[year]), "science_spending", figure="science.spent", period=str(year)), Cell(_percent(spent[year], given[year])),
            reviews.get(year, Cell()),
        )))  # fmt: skip
    head = ("年度", "下达（万元）", "增长", "支出（万元）", "执行率", "绩效考评")
    notes = ("增长与上一年度下达数相比；执行率为当年支出除以当年下达（含追加）。",)
    return (Table(head, tuple(lines), "本级财政科技经费", notes=notes, empty="还没有登记本级科技预算。"),)


def _reviews(inquiry: Inquiry, years: Iterable[int]) -> dict[int, Cell]:
    """Year of the budget → its latest review: score and grade, leading to the record."""
    grades = names_of("science_reviews", "grade")
    rows = counted("science_reviews", inquiry).filter(period__in=[str(y) for y in years]).order_by("held_on")
    return {int(r.period): to_record(r, f"{r.total.normalize():f}分 {grades.get(r.grade, '')}".strip()) for r in rows if r.total is not None}


def _sum(rows: Any) -> Decimal:
    return Decimal(rows.aggregate(total=Sum("amount"))["total"] or 0)


BUDGET_BY_YEAR = Digest(
    "growth", "增长与执行率", _budget, asks=(Ask("year", "截至年度", "year", True, this_year, example="2018"),),
    hint="本级财政科技投入逐年的下达、增长、支出和执行率；写“投入不足”之类的问题时引用这里的数。",
)  # fmt: skip


def _received(inquiry: Inquiry) -> tuple[Table, ...]:
    """The applications of a call, one table for each scheme they were made under."""
    call, ledger = inquiry.record, registry.get("applications")
    rows = standing("applications", inquiry).filter(call=call).select_related("scheme", "organisation").order_by("submitted_on", "title")
    stages, results = {s.code: s.name for s in ledger.stages}, names_of("applications", "result")
    by_scheme: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        by_scheme[str(row.scheme)].append(row)
    head = ("项目名称", "申报单位", "申报日期", "进展", "结果")
    return tuple(
        Table(head, tuple(Line((
            to_record(row), to_record(row.organisation), Cell(row.submitted_on), Cell(stages.get(row.stage, "")), Cell(results.get(row.result, "")),
        )) for row in own), f"{name}（{len(own)} 项）", signatures=("股室初审", "分管副局长"))
        for name, own in sorted(by_scheme.items())
    ) or (Table(head, (), empty="这一批还没有收到申报。"),)  # fmt: skip


RECEIVED = Digest("received", "收到的申报", _received, of_record=True, hint="这份通知下各类别的申报，可打印送审签。")
