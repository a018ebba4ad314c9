"""Cross-field rules of party building, rectification, integrity and disclosure (K)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from jushi.entities.models import Assessment, Designation, FundFlow
from jushi.kernel.models import Rule
from jushi.kernel.states import State
from jushi.ledger.columns import Target
from jushi.ledgers.pairs import blanks, talks_of

Values = Mapping[str, Any]


def roll_matches_number(record: Any, values: Values) -> dict[str, str]:
    """Who is on the attendance list and how many are said to have come must agree; nobody is present and absent at once."""
    present, absent = _named(record, values, "attendees", "attendee"), _named(record, values, "absentees", "absentee")
    number = values["participants"] if "participants" in values else _participants(record)
    problems: dict[str, str] = {}
    both = {t.pk for t in present} & {t.pk for t in absent}
    if both:
        names = "、".join(t.name for t in present if t.pk in both)
        problems["absentees"] = f"{names}既在到会名单、又在缺席名单，请删去一处"
    if present and number is not None and Decimal(number) != len(present):
        problems["participants"] = f"到会名单有 {len(present)} 人，填的人数是 {number}，请核对（可不填，按名单计）"
    if absent and not (record.details or {}).get("absence_reason"):
        problems["absence_reason"] = "有人缺席的，请写明原因"
    return problems


def _named(record: Any, values: Values, column: str, role: str) -> list[Target]:
    """Who is on a list: as typed now, else as stored."""
    if column in values or record._state.adding:
        return list(values.get(column) or [])
    return [Target(*row) for row in record.parties.filter(role=role).values_list("person_id", "person__title")]


def _participants(record: Any) -> Decimal | None:
    if record._state.adding:
        return None
    number = record.outputs.filter(measure="participants").values_list("quantity", flat=True).first()
    return None if number is None else Decimal(number)


def resolution_needs_minutes(record: Any, values: Values) -> dict[str, str]:
    """What a meeting resolved rests on its minutes."""
    if record.result and not record.minutes:
        return {"minutes": "写了决议的会议须有会议记录"}
    return {}


def stage_follows_stage(record: Any, values: Values) -> dict[str, str]:
    """A member's stages follow each other without overlap, and none comes before its time (发展党员工作细则)."""
    if not (record.person_id and record.category and record.starts_on):
        return {}
    others = Designation.objects.filter(county=record.county, kind=record.kind, person_id=record.person_id)
    others = others.exclude(pk=record.pk).exclude(state=State.VOID)
    for other in others:
        if _overlap(record, other):
            return {"starts_on": f"与这名同志 {other.starts_on} 起的另一阶段重叠，请先写明前一阶段的终止日期"}
    return _too_early(record, [o for o in others if o.ends_on and o.ends_on <= record.starts_on])


def _overlap(one: Any, two: Any) -> bool:
    if two.starts_on is None:
        return False
    one_end, two_end = one.ends_on or date.max, two.ends_on or date.max
    return one.starts_on < two_end and two.starts_on < one_end


def _too_early(record: Any, earlier: list[Any]) -> dict[str, str]:
    needed = {"candidate": "activist", "probation": "candidate", "full": "probation"}.get(record.category)
    before = [o for o in earlier if o.category == needed]
    if needed is None or not before:
        return {}
    months = _rule("party_stage_months", record.county, record.starts_on).get(record.category, 0)
    first = max(before, key=lambda o: o.starts_on)
    earliest = add_months(first.starts_on, months)
    if record.starts_on < earliest:
        return {"starts_on": f"前一阶段从 {first.starts_on} 起，须满 {months} 个月，最早 {earliest}"}
    return {}


def add_months(day: date, months: int) -> date:
    """The same day some months later; the last of a month stays inside it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("每个月都有 28 日")


def pass_needs_mark(record: Any, values: Values) -> dict[str, str]:
    """成绩合格 is said only of a score at or above the pass mark."""
    if record.total is None:
        return {}
    mark = _rule("party_exam_pass_mark", record.county, record.held_on or timezone.localdate())
    passed = Decimal(record.total) >= Decimal(mark)
    if record.result and (record.result == "pass") != passed:
        right = "合格" if passed else "不合格"
        return {"result": f"成绩 {record.total} 分、合格线 {mark} 分，结论应为“{right}”"}
    return {}


def one_promise_a_year(record: Any, values: Values) -> dict[str, str]:
    """Each member has one row of promises a year."""
    same = Assessment.objects.filter(county=record.county, kind=record.kind, person_id=record.person_id)
    same = same.filter(year=record.year).exclude(pk=record.pk).exclude(state=State.VOID)
    if record.person_id and record.year and same.exists():
        return {"person": "这名党员本年度已有承诺，请修改原有记录"}
    return {}


def anonymous_stays_so(record: Any, values: Values) -> dict[str, str]:
    """An anonymous opinion never carries a name."""
    if (record.details or {}).get("is_anonymous") and record.raiser:
        return {"raiser": "匿名意见不能写姓名，请删去姓名，或取消“匿名”"}
    return {}


def pair_of_two(record: Any, values: Values) -> dict[str, str]:
    """A heart-to-heart talk has exactly two sides."""
    if "pair" in values and len(values["pair"] or ()) != 2:
        return {"pair": f"谈心谈话须写明双方两人，现在是 {len(values['pair'] or ())} 人"}
    return {}


def within_limit(record: Any) -> dict[str, str]:
    """Before a sum beyond the year's limit counts, somebody other than its handler approves it a second time."""
    over = beyond_limit(record)
    if over <= 0 or record.stage == "approved":
        return {}
    return {"amount": f"超出年度限额 {over:.2f} 元，须先复批再核定：请由登记人以外的局领导在“进展”中办理“复批”"}


def needs_second_approval(record: Any) -> dict[str, str]:
    """A second approval is for sums beyond the limit only."""
    return {} if beyond_limit(record) > 0 else {"": "这笔支出没有超出年度限额，不需要复批"}


def approval_is_for_this_sum(record: Any, values: Values) -> None:
    """Whoever changes the sum, the item or the year after the second approval needs another one."""
    if record.stage != "approved" or record._state.adding or not {"amount", "category", "plan_year"} & set(values):
        return
    stored = FundFlow.objects.filter(pk=record.pk).values_list("amount", "category", "plan_year").first()
    if stored is not None and stored != (record.amount, record.category, record.plan_year):
        record.stage, record.approved_on = "recorded", None


def near_limit(record: Any, values: Values) -> dict[str, str]:
    """Speak when the year's spending comes near its limit or passes it."""
    limit, spent = limit_and_spent(record)
    if limit is None:
        return {"amount": "本年度没有登记这一项的限额，无法比对"} if record.category else {}
    total = spent + (record.amount or Decimal(0))
    percent = _rule("three_public_warn_percent", record.county, record.occurred_on or timezone.localdate())
    if total > limit:
        approval = f"已于 {record.approved_on} 复批" if record.stage == "approved" else "须复批"
        return {"amount": f"已支出 {spent:.2f} 元，加上本笔 {record.amount:.2f} 元，超出限额 {limit:.2f} 元，{approval}"}
    if total * 100 >= limit * percent:
        return {"amount": f"加上本笔共 {total:.2f} 元，已达限额 {limit:.2f} 元的 {total * 100 / limit:.1f}%"}
    return {}


def limit_and_spent(record: Any) -> tuple[Decimal | None, Decimal]:
    """The limit (元) of the record's item and year, and what was spent on it besides this record; void rows aside."""
    rows = FundFlow.objects.filter(county=record.county, category=record.category, plan_year=record.plan_year)
    rows = rows.exclude(state=State.VOID)
    limits = rows.filter(kind="three_public_limit", state__in=State.counted())
    limit = limits.aggregate(total=Sum("amount"))["total"]
    spent = rows.filter(kind="three_public").exclude(pk=record.pk).aggregate(total=Sum("amount"))["total"]
    return (None if limit is None else Decimal(limit)), Decimal(spent or 0)


def beyond_limit(record: Any) -> Decimal:
    """By how much (元) the year's spending with this record passes its limit; 0 within it or without one."""
    limit, spent = limit_and_spent(record)
    if limit is None:
        return Decimal(0)
    return max(spent + (record.amount or Decimal(0)) - limit, Decimal(0))


def year_of_spending(record: Any, values: Values) -> dict[str, str]:
    """A sum is held against the limit of the year in which it was spent."""
    if record.occurred_on and record.plan_year != record.occurred_on.year:
        return {"plan_year": f"发生在 {record.occurred_on.year} 年的支出，预算年度应为 {record.occurred_on.year}"}
    return {}


def publication_long_enough(record: Any, values: Values) -> dict[str, str]:
    """What is published has its place, and is not withdrawn before its days are over."""
    if record.published_on and not record.link:
        return {"link": "已公开的事项须填网址或公开栏位置"}
    days = _rule("disclosure_min_days", record.county, record.published_on or timezone.localdate()).get(record.category)
    if days and record.published_on and record.ends_on:
        earliest = record.published_on + timedelta(days=days)
        if record.ends_on < earliest:
            return {"ends_on": f"这类事项至少公示 {days} 天，最早 {earliest} 结束"}
    return {}


def struck_has_result(record: Any, values: Values) -> dict[str, str]:
    """A matter that was struck off says what came of it."""
    if record.closed_on and not record.result:
        return {"result": "已销号的问题须写明整改结果"}
    return {}


def all_pairs_have_talked(record: Any) -> dict[str, str]:
    """A life meeting may be declared ready only when every pair of its members has talked (谈心谈话) in its year."""
    members = dict(record.parties.filter(role="member").values_list("person_id", "person__title"))
    if len(members) < 2:
        return {"members": "请先写明参加会议的班子成员"}
    planned = record.held_on or record.planned_on
    missing = blanks(members, talks_of(record.county, planned.year if planned else record.year))
    if not missing:
        return {}
    names = "；".join(f"{members[a]}与{members[b]}" for a, b in missing)
    return {"": f"还有 {len(missing)} 对没有谈心谈话：{names}"}


def _rule(name: str, county: str, on: date) -> Any:
    return Rule.current(name, county, on)
