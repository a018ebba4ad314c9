"""Records that propose another: a villager's matter that was done may stand as a good deed; a survey's scope out of the register."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from jushi.entities.models import Case, CaseLink, CaseStep, Organisation, Return, Survey
from jushi.kernel import oplog
from jushi.kernel.models import Bureau
from jushi.kernel.states import State
from jushi.ledger import registry, store

TO_DEED = "民情转实事"
MERGED = "归并"
MATTER_TO_DEED = {"water": "water", "road": "road", "technique": "service", "environment": "environment"}


def deed_candidates(county: str, among: Any = None) -> list[Any]:
    """Matters that were done, were more than an answer on the spot, and are no deed yet (H10 → H11), the latest first.

    ``among`` are those that the reader may see.
    """
    taken = CaseLink.objects.filter(county=county, case__kind="deed").exclude(case__state=State.VOID).values("origin_id")
    worked = CaseStep.objects.filter(county=county, action__in=("上报", "分办")).values("case_id")
    rows = Case.objects.filter(county=county, kind="matter") if among is None else among
    rows = rows.filter(state__in=State.counted(), closed_on__isnull=False)
    rows = rows.filter(Q(escalated_on__isnull=False) | Q(assigned_on__isnull=False) | Q(pk__in=worked))
    return list(rows.exclude(pk__in=taken).order_by("-closed_on", "title"))


def adopt_as_deed(matter: Any, bureau: Bureau, user: Any = None) -> Any:
    """Register a done matter as a deed (a draft to be completed), linked to where it came from; RefusedError when it is not done."""
    if matter.closed_on is None:
        raise store.RefusedError({"closed_on": "还没有办结的民情事项不能列为实事"})
    ledger = registry.get("deeds")
    raw = {
        "title": matter.title, "category": MATTER_TO_DEED.get(matter.category, "relief"), "raised_on": matter.raised_on,
        "closed_on": matter.closed_on, "result": matter.result, "area": matter.area_id,
    }  # fmt: skip
    with oplog.operation("列为实事", county=matter.county):
        deed = store.create(ledger, raw, store.author_for(ledger, bureau, user))
        deed.stage = "finished"
        deed.save()
        CaseLink(county=matter.county, case=deed, origin=matter, relation=TO_DEED).save()
    return deed


def merge_opinions(problem: Any, opinions: list[Any]) -> None:
    """Say that a problem was made from opinions (K15); each opinion keeps its channel and group, anonymous ones stay so."""
    known = set(problem.links.values_list("origin_id", flat=True))
    with oplog.operation("归并意见", county=problem.county):
        for position, opinion in enumerate(opinions, len(known)):
            if opinion.pk in known:
                continue
            CaseLink(county=problem.county, case=problem, origin=opinion, relation=MERGED, position=position).save()
            opinion.stage = "merged"
            opinion.save()


def proposed_units(survey: Any) -> list[Any]:
    """Organisations that a survey should ask and does not yet: private technology firms for theirs (J06), last year's units for 科普统计."""
    asked = Return.objects.filter(county=survey.county, survey=survey).exclude(state=State.VOID).values("organisation_id")
    units = Organisation.objects.filter(county=survey.county, state__in=State.counted())
    units = units.filter(Q(ended_on=None) | Q(ended_on__gt=survey.opens_on)).exclude(pk__in=asked)
    if survey.kind == "private_survey":
        return list(units.filter(category="firm", is_private=True).order_by("title"))
    before = Survey.objects.filter(county=survey.county, kind=survey.kind, opens_on__lt=survey.opens_on).order_by("opens_on").last()
    former = Return.objects.filter(county=survey.county, survey=before).exclude(state=State.VOID).values("organisation_id")
    return list(units.filter(pk__in=former).order_by("title"))
