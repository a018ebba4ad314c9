"""The yearly assessment of specialists: points counted from records, only the opinion of villages is typed (F04).

Criteria, weights, full marks and grades are the rule ``specialist_assessment`` in force on the day of scoring.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Q

from jushi.entities.models import Activity, Assessment, AssessmentScore, Designation, Project
from jushi.kernel import oplog
from jushi.kernel.models import Bureau, User
from jushi.kernel.states import State
from jushi.ledger import registry, store
from jushi.ledgers.f_terms import account_of
from jushi.ledgers.rules import rule

OPINION = "opinion"
CLASSES = ("farmer_class", "talent_class")


@dataclass(frozen=True, slots=True)
class Mark:
    """One line of the sheet: criterion, weight, points (None while the opinion is awaited), whether counted from records, and why."""

    criterion: str
    weight: Decimal
    score: Decimal | None
    is_computed: bool
    comment: str


def scheme(county: str, on: date) -> Mapping[str, Any]:
    """The criteria and grades in force; raises RefusedError when a bureau has removed them."""
    found = rule("specialist_assessment", county, on)
    if not found:
        raise store.RefusedError({"": "没有特派员考核办法，请先在规则里设置“specialist_assessment”"})
    return found


def counted_marks(designation: Designation, year: int, criteria: list[dict[str, Any]]) -> list[Mark]:
    """Points of every criterion that is counted from records, each with its evidence in words."""
    marks = []
    for item in criteria:
        if item["source"] == OPINION:
            continue
        done, words = SOURCES[item["source"]](designation, year)
        weight, full = Decimal(str(item["weight"])), Decimal(str(item["full"]))
        score = min(weight, (weight * done / full).quantize(Decimal("0.1"), ROUND_HALF_UP))
        marks.append(Mark(item["name"], weight, score, True, f"{words}；满分标准 {full.normalize():f}，得 {score} 分"))
    return marks


def fill(assessment: Any) -> Any:
    """Write the counted points as score lines and the total that follows; counting again after new logs replaces them."""
    on = assessment.held_on
    rules = scheme(assessment.county, on)
    marks = counted_marks(assessment.designation, int(assessment.period), rules["criteria"])
    with oplog.operation("考核计分", county=assessment.county):
        for old in AssessmentScore.objects.filter(assessment=assessment, is_computed=True):
            old.delete()
        for position, mark in enumerate(marks):
            AssessmentScore(
                county=assessment.county, assessment=assessment, position=position, criterion=mark.criterion, weight=mark.weight,
                score=mark.score, is_computed=True, comment=mark.comment,
            ).save()  # fmt: skip
        assessment.criteria = rules["criteria"]
        if assessment.stage in {"planned", "self", "appealed"}:
            assessment.stage = "scored"
        derive_total(assessment, {})
        assessment.save()
    return assessment


def score_at_stage(record: Any, values: Mapping[str, Any]) -> None:
    """Points are counted whenever a sheet stands at 数据计分, so that nobody types them and late logs are not lost."""
    if record.stage == "scored":
        fill(record)


def close_year(bureau: Bureau, year: int, on: date, user: User | None = None) -> list[Any]:
    """Open (or find) and score the assessment of everybody who was a specialist for a while in the year."""
    ledger = registry.get("specialist_assessments")
    rows = Designation.objects.filter(county=bureau.county, kind="specialist", state__in=State.counted())
    rows = rows.filter(Q(ends_on=None) | Q(ends_on__gt=date(year, 1, 1)), starts_on__lte=date(year, 12, 31))
    known = {a.designation_id: a for a in Assessment.objects.filter(county=bureau.county, kind=ledger.kind, period=str(year))}
    made = []
    with oplog.operation("年度考核", county=bureau.county, reason=str(year)):
        for row in rows.order_by("title"):
            found = known.get(row.pk)
            if found is None:
                raw = {"designation": str(row.pk), "period": str(year), "held_on": on}
                found = store.create(ledger, raw, store.author_for(ledger, bureau, user))
            if found.state in State.editable():
                made.append(fill(found))
    return made


def give_to_person(record: Any, values: Mapping[str, Any]) -> None:
    """The sheet is the specialist's own to see: it goes to his account, unless somebody is named."""
    if record.handler_id is None and record.designation_id is not None:
        record.handler_id = account_of(record.designation.person_id, record.county)


def derive_total(record: Any, values: Mapping[str, Any]) -> None:
    """Total and grade from the counted lines and the typed opinion; both stay empty until the opinion is in."""
    if record._state.adding or record.held_on is None:
        return
    typed = (record.details or {}).get("opinion_score")
    counted = list(AssessmentScore.objects.filter(assessment=record, is_computed=True).values_list("score", flat=True))
    if typed is None or not counted:
        record.total, record.grade = None, ""
        return
    record.total = sum((score or Decimal(0) for score in counted), Decimal(typed))
    grades = scheme(record.county, record.held_on)["grades"]
    record.grade = next(item["name"] for item in grades if record.total >= Decimal(str(item["from"])))


def sheet(assessment: Any) -> list[Mark]:
    """Every line of the sheet with its explanation, the opinion last: what the person sees, and what is printed."""
    marks = [
        Mark(row.criterion, row.weight, row.score, True, row.comment)
        for row in AssessmentScore.objects.filter(assessment=assessment, is_computed=True).order_by("position")
    ]
    item = next((c for c in assessment.criteria if c["source"] == OPINION), None)
    if item:
        typed = (assessment.details or {}).get("opinion_score")
        source = (assessment.details or {}).get("opinion_from", "")
        words = f"{source or '乡镇村'}评议" if typed is not None else "等待乡镇村评议"
        marks.append(Mark(item["name"], Decimal(str(item["weight"])), None if typed is None else Decimal(typed), False, words))
    return marks


def _year(year: int) -> Q:
    return Q(held_on__gte=date(year, 1, 1), held_on__lte=date(year, 12, 31))


def _logs(designation: Designation, year: int) -> Any:
    """Service logs that count: confirmed, not sent back."""
    rows = Activity.objects.filter(_year(year), county=designation.county, kind="service_log", designation=designation)
    return rows.filter(state__in=State.counted()).exclude(stage="rejected")


def _days(designation: Designation, year: int) -> tuple[Decimal, str]:
    days = _logs(designation, year).values("held_on").distinct().count()
    return Decimal(days), f"服务日志合 {days} 天（同一天多次算一天）"


def _trainings(designation: Designation, year: int) -> tuple[Decimal, str]:
    """Trainings in the log, and classes that the person taught; both on one day are one."""
    own = set(_logs(designation, year).filter(form="training").values_list("held_on", flat=True))
    taught = Activity.objects.filter(_year(year), county=designation.county, kind__in=CLASSES, state__in=State.counted())
    days = own | set(taught.filter(speaker_id=designation.person_id).values_list("held_on", flat=True))
    return Decimal(len(days)), f"培训 {len(days)} 次（日志 {len(own)} 天，授课一并计入，同日不重复）"


def _projects(designation: Designation, year: int) -> tuple[Decimal, str]:
    rows = Project.objects.filter(county=designation.county, kind="specialist_project", leader_id=designation.person_id)
    rows = rows.filter(state__in=State.counted(), approved_on__lte=date(year, 12, 31))
    count = rows.filter(Q(accepted_on=None) | Q(accepted_on__gte=date(year, 1, 1))).count()
    return Decimal(count), f"在实施创业项目 {count} 项"


SOURCES: Mapping[str, Callable[[Designation, int], tuple[Decimal, str]]] = {
    "days": _days, "trainings": _trainings, "projects": _projects,
}  # fmt: skip
