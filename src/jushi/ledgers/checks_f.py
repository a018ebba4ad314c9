"""Checks of F 科技特派员: ``(record, values) -> {column: what to do}``."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Q

from jushi.entities.models import ActivityParty, Assessment, Designation
from jushi.kernel.states import State
from jushi.ledgers.f_terms import in_force
from jushi.ledgers.rules import rule


def term_is_free(record: Any, values: Mapping[str, Any]) -> dict[str, str]:
    """Nobody holds the same title twice at a time; an end needs its reason unless the term simply ran out (F01)."""
    if record.starts_on is None or record.person_id is None:
        return {}
    same = Designation.objects.filter(county=record.county, kind=record.kind, person_id=record.person_id, level=record.level)
    overlap = Q(ends_on=None) | Q(ends_on__gt=record.starts_on)
    if record.ends_on is not None:
        overlap &= Q(starts_on__lt=record.ends_on)
    found = same.filter(overlap).exclude(pk=record.pk).exclude(state=State.VOID).first()
    if found is None:
        return {}
    until = found.ends_on or "今"
    return {"starts_on": f"此人已有同级任期（{found.starts_on}至{until}），请先填前一任的止日，再登记新任期"}


def log_is_within_term(record: Any, values: Mapping[str, Any]) -> dict[str, str]:
    """Service is logged for days in office only."""
    if record.designation_id is None or record.held_on is None:
        return {}
    if Designation.objects.filter(in_force(record.held_on), pk=record.designation_id).exists():
        return {}
    return {"held_on": "服务日期不在这位特派员的任期内，请核对日期或先登记任期"}


def opinion_within_weight(record: Any, values: Mapping[str, Any]) -> dict[str, str]:
    """The opinion cannot give more than its weight in the rules in force (F04)."""
    typed = (record.details or {}).get("opinion_score")
    if typed is None or record.held_on is None:
        return {}
    found = rule("specialist_assessment", record.county, record.held_on, {"criteria": []})
    weight = next((item["weight"] for item in found["criteria"] if item["source"] == "opinion"), None)
    if weight is None or Decimal(typed) <= Decimal(str(weight)):
        return {}
    return {"opinion_score": f"评议满分 {weight} 分，现在填的是 {typed} 分"}


def assessed_once(record: Any, values: Mapping[str, Any]) -> dict[str, str]:
    """One sheet per specialist and year; the year is four digits because logs are counted by it."""
    problems = {}
    if record.period and not (len(record.period) == 4 and record.period.isdigit()):
        problems["period"] = "考核年度请填四位年份，例如 2015"
    same = Assessment.objects.filter(county=record.county, kind=record.kind, period=record.period, designation_id=record.designation_id)
    if record.designation_id and same.exclude(pk=record.pk).exclude(state=State.VOID).exists():
        problems["designation"] = f"{record.period}年已有这位特派员的考核表，请打开原表"
    return problems


def leader_is_specialist(record: Any, values: Mapping[str, Any]) -> dict[str, str]:
    """A start-up project is led by a specialist in office when it is approved (F07)."""
    if record.leader_id is None or record.approved_on is None or ("leader" not in values and "approved_on" not in values):
        return {}
    held = Designation.objects.filter(in_force(record.approved_on), county=record.county, kind="specialist", person_id=record.leader_id)
    if held.exclude(state=State.VOID).exists():
        return {}
    # a new leader after a change need only be in office from then on
    later = Designation.objects.filter(county=record.county, kind="specialist", person_id=record.leader_id, ends_on=None)
    if not record._state.adding and later.exclude(state=State.VOID).exists():
        return {}
    return {"leader": "负责人在立项时不是在任科技特派员，请先在特派员名册登记任期，或另选负责人"}


def project_is_own(record: Any, values: Mapping[str, Any]) -> dict[str, str]:
    """Person and project go in pairs: the project is led by the person and by nobody else's talent row (F09)."""
    if record.project_id is None:
        return {}
    if record.project.leader_id != record.person_id:
        return {"project": f"这个项目的负责人是{record.project.leader}，不是本人，请核对"}
    same = Designation.objects.filter(county=record.county, kind=record.kind, project_id=record.project_id)
    other = same.exclude(pk=record.pk).exclude(person_id=record.person_id).exclude(state=State.VOID).first()
    return {"project": f"这个项目已经配给{other.title}，一人一项，请另选"} if other else {}


def expert_is_free(record: Any, values: Mapping[str, Any]) -> dict[str, str]:
    """Nobody is sent to two places on one day (F12)."""
    wanted = [target.pk for target in values.get("experts") or ()]
    if not wanted or record.held_on is None:
        return {}
    taken = ActivityParty.objects.filter(
        county=record.county,
        role="expert",
        person_id__in=wanted,
        activity__held_on=record.held_on,
        activity__kind=record.kind,
    )
    taken = taken.exclude(activity_id=record.pk).exclude(activity__state=State.VOID).exclude(activity__stage="cancelled")
    names = "、".join(sorted(set(taken.values_list("person__title", flat=True))))
    return {"experts": f"{names}当天已有安排，请换人或改期"} if names else {}
