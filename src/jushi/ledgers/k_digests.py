"""Digests of K 党建与整改: talks by pairs, styles by tiers, opinions and what became of them, the three public expenses over the years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import combinations
from typing import Any

from django.db.models import Sum

from jushi.entities.models import ActivityParty, Case
from jushi.kernel.models import Bureau
from jushi.kernel.states import State
from jushi.ledger.digests import YEAR, Act, Ask, Cell, Digest, Inquiry, Line, Table, this_year, to_form, to_record
from jushi.ledger.rows import EMPTY, FILLED, mask
from jushi.ledger.standing import counted, names_of, standing
from jushi.ledger.store import RefusedError
from jushi.ledgers.crossing import cross
from jushi.ledgers.offers import merge_opinions

ANONYMOUS = "匿名"


# --- K16 ---------------------------------------------------------------------------------------------------------------
def _pairs(inquiry: Inquiry) -> tuple[Table, ...]:
    """Members against members: the day of the latest talk, and in red the pairs that have not talked."""
    meeting = inquiry.record
    members = dict(meeting.parties.filter(role="member").order_by("position").values_list("person_id", "person__title"))
    planned = meeting.held_on or meeting.planned_on
    talks = _talks(inquiry, planned.year if planned else meeting.year)
    people = list(members)
    lines, missing = [], 0
    for one in people[:-1]:
        cells: list[Cell] = []
        for other in people[1:]:
            is_pair = people.index(other) > people.index(one)
            cells.append(_pair(talks.get(frozenset((one, other)), []), members[one], members[other]) if is_pair else Cell("—"))
            missing += is_pair and cells[-1].tone == "bad"
        lines.append(Line((Cell(members[one]), *cells)))
    every = len(list(combinations(people, 2)))
    notes = (f"应谈 {every} 对，已谈 {every - missing} 对，还差 {missing} 对。",) if lines else ()
    return (Table(("成员", *(members[p] for p in people[1:])), tuple(lines), notes=notes, empty="请先在会议上写明参加的班子成员，至少两人。"),)


def _pair(talks: list[Any], one: str, other: str) -> Cell:
    if not talks:
        found = to_form("未谈", "talks", title=f"{one}与{other}谈心谈话", pair=f"{one}、{other}")
        return Cell(found.value, form=found.form, tone="bad")
    latest = max(talks, key=lambda t: t.held_on)
    return to_record(latest, f"{latest.held_on:%m-%d}" + (f"（{len(talks)}次）" if len(talks) > 1 else ""), tone="ok")


def _talks(inquiry: Inquiry, year: int) -> dict[frozenset[Any], list[Any]]:
    """Pair of people → their talks of the year; a talk of three counts for its three pairs."""
    talks = {t.pk: t for t in standing("talks", inquiry).filter(held_on__year=year)}
    sides: dict[Any, set[Any]] = defaultdict(set)
    for talk, person in ActivityParty.objects.filter(activity__in=list(talks), role="talker").values_list("activity_id", "person_id"):
        sides[talk].add(person)
    found: dict[frozenset[Any], list[Any]] = defaultdict(list)
    for talk, people in sides.items():
        for pair in combinations(people, 2):
            found[frozenset(pair)].append(talks[talk])
    return found


PAIRS = Digest("pairs", "谈心谈话对照", _pairs, of_record=True, hint="参加会议的成员两两之间都要谈过；红色的还没有谈，点开可登记谈话。")


# --- K14 ---------------------------------------------------------------------------------------------------------------
def _styles(inquiry: Inquiry) -> tuple[Table, ...]:
    """Styles down, tiers across: open and struck off; below, what has no owner yet."""
    year = inquiry.answers["year"]
    rows = standing("style_faults", inquiry).filter(**({"raised_on__year": year} if year else {}))
    styles, tiers = names_of("style_faults", "category"), names_of("style_faults", "tier")
    found = cross(rows, "category", "tier", inquiry.on)
    used = [t for t in tiers if any(t == tier for _, tier in found)]
    shared = {"period": str(year)} if year else {}
    lines = tuple(
        Line((Cell(styles[style]), *_tallied(found, style, used, shared))) for style in styles if any(style == row for row, _ in found)
    )  # fmt: skip
    head = ("作风问题", *(f"{tiers[t]}{word}" for t in used for word in ("在改", "已销号")), "在改合计", "已销号合计")
    total = (Cell("合计"), *_tallied(found, "", used, shared)) if lines else ()
    matrix = Table(head, lines, f"{year}年查摆" if year else "历年查摆", total, empty="没有登记“四风”问题。")
    return (matrix, _ownerless(rows))


def _tallied(found: Mapping[tuple[str, str], Any], style: str, tiers: list[str], shared: Mapping[str, str]) -> Iterable[Cell]:
    """Open and closed of one style ('' for all) by tier, then over all tiers; each number opens its rows."""
    for tier in (*tiers, ""):
        own = [n for (a, b), n in found.items() if style in ("", a) and tier in ("", b)]
        filters = {**shared, **({"category": style} if style else {}), **({"tier": tier} if tier else {})}
        still, struck = sum(n.open for n in own), sum(n.closed for n in own)
        yield Cell(still, rows=("style_faults", {**filters, "closed_on": EMPTY}), tone="wait" if still else "")
        yield Cell(struck, rows=("style_faults", {**filters, "closed_on": FILLED}))


def _ownerless(rows: Any) -> Table:
    lacking = rows.filter(closed_on=None).filter(owner_user=None).order_by("due_on", "number")
    lines = tuple(Line((to_record(row), Cell(row.due_on), Cell("未定责任人", tone="bad"))) for row in lacking)
    return Table(("问题", "整改期限", "缺什么"), lines, "还没有责任人的问题", empty="每个在改问题都有责任人和期限。")


STYLES = Digest("styles", "“四风”问题矩阵", _styles, hint="按作风问题和责任层级列出在改、已销号的条数；点数字看是哪几条。",
                asks=(Ask("year", "查摆年度", "year", help="不填看历年"),))  # fmt: skip


# --- K15 ---------------------------------------------------------------------------------------------------------------
def _unmerged(inquiry: Inquiry) -> tuple[Table, ...]:
    """Opinions that are part of no problem yet; an anonymous one is called so and nothing more."""
    year = inquiry.answers["year"]
    rows = standing("opinions", inquiry).filter(derived_links=None, **({"raised_on__year": year} if year else {}))
    rows = rows.order_by("category", "source", "number")
    lines = tuple(Line((to_record(row), Cell(row.category), *_origin(row), Cell(row.raised_on)), str(row.pk)) for row in rows)
    return (
        Table(("意见", "归类", "来源群体", "渠道", "提出人", "收集日期"), lines, f"还没有归并的意见 {len(lines)} 条", empty="意见都已归并成问题。"),
    )


def _origin(row: Any) -> tuple[Cell, ...]:
    """Group, channel and person of an opinion."""
    sources, channels = names_of("opinions", "source"), names_of("opinions", "channel")
    raiser = ANONYMOUS if (row.details or {}).get("is_anonymous") else mask("name", row.raiser)
    return (Cell(sources.get(row.source, row.source)), Cell(channels.get(row.channel, row.channel)), Cell(raiser))


def _open_problems(bureau: Bureau) -> Mapping[str, str]:
    rows = Case.objects.filter(county=bureau.county, kind="rectification", closed_on=None).exclude(state=State.VOID)
    return {str(pk): f"{number} {title}" for pk, number, title in rows.order_by("number").values_list("pk", "number", "title")}


def _merge(inquiry: Inquiry, keys: tuple[str, ...]) -> str:
    """The ticked opinions become origins of a problem in the rectification ledger."""
    opinions = [row for row in standing("opinions", inquiry) if str(row.pk) in keys]
    if not opinions:
        raise RefusedError({"": "所选意见已不在台账里，请刷新后再试"})
    problem = Case.objects.get(pk=inquiry.answers["problem"])
    merge_opinions(problem, opinions)
    return f"已把 {len(opinions)} 条意见归并到“{problem.title}”"


MERGING = Digest(
    "merging", "归并意见", _unmerged, asks=(Ask("year", "收集年度", "year", default=this_year, help="不填看历年"),),
    hint="勾选说同一件事的意见，归并到整改台账的一个问题；问题上可以看到来源，匿名的仍是匿名。",
    acts=(Act("merge", "归并到问题", _merge, permission="change", asks=(Ask("problem", "问题", "choice", True, options=_open_problems),)),),
)  # fmt: skip


def _origins(inquiry: Inquiry) -> tuple[Table, ...]:
    """The opinions that a problem was made from."""
    rows = standing("opinions", inquiry).filter(derived_links__case=inquiry.record).distinct().order_by("source", "number")
    lines = tuple(Line((to_record(row), *_origin(row), Cell(row.raised_on))) for row in rows)
    hidden = inquiry.record.links.filter(origin__kind="opinion").count() - len(lines)
    notes = (f"另有 {hidden} 条意见，您的角色不能查看。",) if hidden > 0 else ()
    return (Table(("意见", "来源群体", "渠道", "提出人", "收集日期"), lines, notes=notes, empty="这个问题没有可查看的来源意见。"),)


ORIGINS = Digest("origins", "来源意见", _origins, of_record=True, fits=lambda record: record.links.filter(origin__kind="opinion").exists())


# --- K24 ---------------------------------------------------------------------------------------------------------------
def _years(inquiry: Inquiry) -> tuple[Table, ...]:
    """Limit and spending of a year beside the year before, by item; growth only on a base."""
    year = inquiry.answers["year"]
    names = names_of("public_spending", "category")
    limits = _sums(counted("spending_limits", inquiry), year)
    now, before = (_sums(counted("public_spending", inquiry), y) for y in (year, year - 1))
    codes = [c for c in names if c in limits or c in now or c in before]
    lines = tuple(Line((Cell(names[c]), *_compared(limits.get(c), now.get(c), before.get(c), year, c))) for c in codes)
    every = [sum(x.values(), Decimal(0)) if x else None for x in (limits, now, before)]
    alike = set(now) == set(before)  # an item without a figure is missing, not zero: then the sums say nothing of growth
    total = (Cell("合计"), *_compared(every[0], every[1], every[2], year, "", alike=alike)) if lines else ()
    notes = ("只计已核定的支出。",) if alike or not (now and before) else ("只计已核定的支出。", "两年登记的项目不同，合计不作比较。")
    head = ("支出项目", f"{year}年限额（元）", f"{year}年支出（元）", "限额使用率", f"{year - 1}年支出（元）", "增减（元）", "同比")
    return (Table(head, lines, f"{year}年“三公”经费", total, notes, ("财务人员", "分管领导"), f"{year}年没有已核定的限额和支出。"),)


def _sums(rows: Any, year: int) -> dict[str, Decimal]:
    found = rows.filter(plan_year=year).order_by().values_list("category").annotate(total=Sum("amount"))
    return {code: Decimal(total or 0) for code, total in found}


def _compared(
    limit: Decimal | None, now: Decimal | None, before: Decimal | None, year: int, code: str, *, alike: bool = True
) -> tuple[Cell, ...]:  # fmt: skip
    filters = {"category": code} if code else {}
    spent = [
        Cell(n, rows=None if n is None else ("public_spending", {"state": State.CONFIRMED, "period": str(y), **filters}))
        for n, y in ((now, year), (before, year - 1))
    ]
    used = "" if not limit or now is None else f"{now * 100 / limit:.1f}%"
    over = bool(limit is not None and now is not None and now > limit)
    change = Cell() if now is None or before is None or not alike else Cell(now - before)
    growth = "" if now is None or not before or not alike else f"{(now - before) * 100 / before:+.1f}%"
    return (Cell(limit), spent[0], Cell(used, tone="bad" if over else ""), spent[1], change, Cell(growth))


YEARS = Digest("years", "“三公”经费同比", _years, asks=(YEAR,), hint="限额、支出与上年比较，供年末公开。")


# --- K26 ---------------------------------------------------------------------------------------------------------------
def _unpublished(inquiry: Inquiry) -> tuple[Table, ...]:
    """What should be public by today and is not, and what falls due soon, with the office that owes it."""
    rows = standing("disclosures", inquiry).filter(published_on=None).select_related("office").order_by("due_on", "title")
    names = names_of("disclosures", "category")
    lines = tuple(
        Line((to_record(row), Cell(names.get(row.category, row.category)), Cell(row.office.name), Cell(row.due_on),
              Cell("应公开未公开", tone="bad") if row.due_on <= inquiry.on else Cell("未到期", tone="wait")))
        for row in rows
    )  # fmt: skip
    late = sum(row.due_on <= inquiry.on for row in rows)
    return (Table(("公开事项", "类别", "股室", "应公开日期", "状态"), lines, f"应公开未公开 {late} 项", empty="应公开的事项都已公开。"),)


UNPUBLISHED = Digest("unpublished", "应公开未公开", _unpublished)
