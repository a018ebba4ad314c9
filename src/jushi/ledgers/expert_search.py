"""Who can help: experts and specialists in order of field match and load, and their engagement with its fee (F12)."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q

from jushi.entities.models import Activity, ActivityParty, DesignationPlace, Person
from jushi.kernel import oplog
from jushi.kernel.models import Bureau, User
from jushi.kernel.states import State
from jushi.ledger import registry, store
from jushi.ledger.columns.choices import terms_named
from jushi.ledgers.f_terms import in_force, serving
from jushi.ledgers.rules import rule

POOL = ("expert", "specialist")
ROLES = ("expert", "teacher")
DAY = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]?")
COUNT = re.compile(r"(\d+)\s*(?:名|位|个|人)")
NOISE = re.compile(r"专家|特派员|技术人员|需要|请|派|服务|指导")


@dataclass(frozen=True, slots=True)
class Need:
    """What is asked for: topic in words, how many people, which day."""

    topic: str
    count: int
    on: date


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody who could go. ``match`` 0–1 is the share of the topic that the field covers; ``load`` the engagements around the day."""

    person: Any
    name: str
    field: str
    match: float
    load: int
    is_busy: bool
    reason: str


def parse_need(text: str, today: date) -> Need:
    """A need as it is said (设施蔬菜病虫害 专家 2 名 5月10日); one person and today where nothing is said.

    Raises RefusedError when no topic is left or the date does not exist.
    """
    day, count = DAY.search(text), COUNT.search(text)
    try:
        on = date(int(day[1] or today.year), int(day[2]), int(day[3])) if day else today
    except ValueError as error:
        raise store.RefusedError({"need": f"没有“{day[0]}”这一天，请核对日期" if day else str(error)}) from error
    rest = text
    for found in (day, count):
        rest = rest.replace(found[0], " ") if found else rest
    topic = "".join(NOISE.sub(" ", rest).split())
    if not topic:
        raise store.RefusedError({"need": "请写明需要哪方面的专家，例如“设施蔬菜病虫害 专家 2 名 5月10日”"})
    return Need(topic, int(count[1]) if count else 1, on)


def propose(county: str, need: Need, limit: int = 20) -> list[Proposal]:
    """Candidates for a need: free ones first, then by field match, then by load, then by name; those without any match are left out."""
    rows = serving(county, need.on, POOL).filter(person__is_available=True).select_related("person")
    fields: dict[Any, tuple[Any, set[str]]] = {}
    names = terms_named("agri_speciality")
    for row in rows:
        words = {names.get(row.field, row.field), row.person.speciality, row.duty} - {""}
        fields.setdefault(row.person_id, (row.person, set()))[1].update(words)
    loads, busy = _loads(county, need.on, list(fields))
    found = []
    for pk, (person, words) in fields.items():
        match = round(max((covered(need.topic, word) for word in words), default=0.0), 2)
        if match <= 0:
            continue
        reason = f"领域{'、'.join(sorted(words))}，吻合 {match:.0%}；前后任务 {loads[pk]} 次"
        found.append(Proposal(
            pk, person.title, "、".join(sorted(words)), match, loads[pk], pk in busy,
            reason + (f"；{need.on} 已有安排" if pk in busy else ""),
        ))  # fmt: skip
    return sorted(found, key=lambda p: (p.is_busy, -p.match, p.load, p.name))[:limit]


def covered(topic: str, field: str) -> float:
    """The share of the topic's character pairs that the field contains, 0–1; a topic of one character counts as such."""
    pairs = {topic[n : n + 2] for n in range(len(topic) - 1)} or {topic}
    return sum(pair in field for pair in pairs) / len(pairs)


def _loads(county: str, on: date, people: list[Any]) -> tuple[Counter[Any], set[Any]]:
    """Engagements of each within the days of rule ``expert_load_days`` around a date, and who is taken on the day itself."""
    days = timedelta(days=int(rule("expert_load_days", county, on, 90)))
    window = Q(held_on__gte=on - days, held_on__lte=on + days)
    events = Activity.objects.filter(window, county=county).exclude(state=State.VOID).exclude(stage="cancelled")
    met = set(events.filter(speaker_id__in=people).values_list("speaker_id", "pk", "held_on"))
    parts = ActivityParty.objects.filter(county=county, role__in=ROLES, person_id__in=people, activity__in=events)
    met |= set(parts.values_list("person_id", "activity_id", "activity__held_on"))
    return Counter(person for person, _, _ in met), {person for person, _, day in met if day == on}


def expert_for(county: str, topic: str, area: str, on: date) -> Person | None:
    """Whom to call for a place: the specialist who serves it, else the best match of the pool, else nobody."""
    town = area[:9].ljust(12, "0")
    places = DesignationPlace.objects.filter(
        in_force(on, "designation__"), county=county, area_id__in=(area, town), designation__kind="specialist",
        designation__state__in=State.counted(),
    ).exclude(ends_on__lte=on)  # fmt: skip
    # the village's own specialist before the town's; the name settles ties
    own = places.order_by(models.Case(models.When(area_id=area, then=0), default=1), "designation__title").first()
    if own is not None and own.designation.person_id:
        return own.designation.person
    best = next(iter(propose(county, Need(topic, 1, on), limit=1)), None)
    return Person.objects.filter(pk=best.person).first() if best else None


def engage(
    bureau: Bureau,
    person: Any,
    title: str,
    on: date,
    *,
    purpose: str = "field",
    fee: Decimal | None = None,
    user: User | None = None,
) -> Any:
    """Register an engagement in the expert's record, and its fee (元) as a draft in the fee ledger; raises RefusedError."""
    ledger, fees = registry.get("expert_engagements"), registry.get("expert_fees")
    with oplog.operation("安排专家", county=bureau.county):
        found = store.create(
            ledger, {"title": title, "held_on": on, "experts": [{"name": str(person)}], "purpose": purpose},
            store.author_for(ledger, bureau, user), state=State.CONFIRMED,
        )  # fmt: skip
        if fee:
            raw = {"title": f"{title}专家劳务费", "payee_person": str(person), "activity": str(found.pk), "amount": fee}
            store.create(fees, raw, store.author_for(fees, bureau, user))
    return found
