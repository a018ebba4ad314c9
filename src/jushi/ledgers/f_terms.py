"""Terms of specialists: who is in office, which villages are left without one, which projects have lost their leader (F01, F07)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from jushi.entities.models import Designation, DesignationPlace, Project
from jushi.kernel.states import State
from jushi.ledger.reminders import Reminder
from jushi.ledgers.rules import rule


def in_force(on: date, prefix: str = "") -> Q:
    """Appointments in force at a date: begun, and not ended by then (the day of leaving no longer counts)."""
    return Q(**{f"{prefix}starts_on__lte": on}) & (Q(**{f"{prefix}ends_on": None}) | Q(**{f"{prefix}ends_on__gt": on}))


def serving(county: str, on: date, kinds: Iterable[str] = ("specialist",)) -> Any:
    """Confirmed appointments of some kinds in force at a date."""
    rows = Designation.objects.filter(county=county, kind__in=list(kinds), state__in=State.counted())
    return rows.filter(in_force(on))


def account_of(person_id: Any, county: str) -> Any:
    """The account (id) of a specialist: the one that his row on the roster names, if it holds the specialists' role; None without."""
    rows = Designation.objects.filter(county=county, kind="specialist", person_id=person_id, handler__grants__role="specialist")
    return rows.exclude(state=State.VOID).order_by("-starts_on").values_list("handler_id", flat=True).first()


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A village or town that had a specialist and has none now; ``last`` was the last one, gone since ``since``."""

    area: str
    name: str
    last: str
    since: date
    designation: Any


def vacancies(county: str, on: date) -> list[Vacancy]:
    """Places without a specialist in office at a date (缺员), by place code."""
    places = DesignationPlace.objects.filter(
        county=county,
        designation__kind="specialist",
        designation__state__in=State.counted(),
        designation__starts_on__lte=on,
    )
    covered = set(places.filter(in_force(on, "designation__")).exclude(ends_on__lte=on).values_list("area_id", flat=True))
    gone: dict[str, Vacancy] = {}
    for place in places.exclude(area_id__in=covered).select_related("area", "designation"):
        since = min(day for day in (place.ends_on, place.designation.ends_on) if day is not None)
        if place.area_id not in gone or since > gone[place.area_id].since:
            gone[place.area_id] = Vacancy(place.area_id, place.area.name, place.designation.title, since, place.designation_id)
    return [gone[code] for code in sorted(gone)]


def vacancies_due(county: str, on: date) -> Iterable[Reminder]:
    """One reminder per place without a specialist."""
    for item in vacancies(county, on):
        message = f"{item.name}缺员：特派员{item.last}已于{item.since}离任，请补派"
        yield Reminder("specialists", message, "rural", item.since, item.designation)


def terms_ending(county: str, on: date) -> Iterable[Reminder]:
    """Terms that end within the days of rule ``specialist_term_notice_days``."""
    days = int(rule("specialist_term_notice_days", county, on, 60))
    rows = serving(county, on).filter(ends_on__lte=on + timedelta(days=days)).select_related("office")
    for row in rows.order_by("ends_on"):
        message = f"特派员{row.title}任期到{row.ends_on}，请办理续派或调整"
        yield Reminder("specialists", message, row.office.code, row.ends_on, row.pk)


def led_by_nobody(county: str, on: date) -> Q:
    """Running start-up projects whose leader is not a specialist in office at a date."""
    running = (Q(accepted_on=None) | Q(accepted_on__gt=on)) & (Q(ended_on=None) | Q(ended_on__gt=on))
    led = Q(leader_id__in=serving(county, on).values("person_id"))
    return Q(approved_on__lte=on) & running & ~led


def leaders_out_of_term(county: str, on: date) -> Iterable[Reminder]:
    """One reminder per running start-up project whose leader is no longer a specialist in office."""
    rows = Project.objects.filter(led_by_nobody(county, on), county=county, kind="specialist_project")
    rows = rows.exclude(state=State.VOID)
    for row in rows.select_related("leader", "office").order_by("approved_on"):
        name = row.leader.title if row.leader else "（未填）"
        message = f"创业项目“{row.title}”的负责人{name}不在科技特派员任期内，请确定新的负责人"
        yield Reminder("specialist_projects", message, row.office.code, None, row.pk)
