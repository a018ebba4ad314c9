"""谈心谈话: who of a team has talked with whom, and which pairs are still blank."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import Any

from jushi.entities.models import ActivityParty
from jushi.kernel.states import State

Pair = tuple[Any, Any]


def pair_matrix(members: Iterable[Any], talks: Iterable[frozenset[Any]]) -> dict[Pair, int]:
    """How often each pair of members talked, keyed (earlier, later) in the members' order; 0 marks a blank.

    ``talks`` are the sides of each talk. Talks with outsiders count for nobody; a talk of three counts for its three pairs.
    """
    people = list(dict.fromkeys(members))
    counts = dict.fromkeys(combinations(people, 2), 0)
    for sides in talks:
        for pair in counts:
            if sides.issuperset(pair):
                counts[pair] += 1
    return counts


def blanks(members: Iterable[Any], talks: Iterable[frozenset[Any]]) -> list[Pair]:
    """Pairs that have not talked."""
    return [pair for pair, times in pair_matrix(members, talks).items() if not times]


def talks_of(county: str, year: int) -> list[frozenset[Any]]:
    """The sides (person ids) of each talk held in a year; void rows aside."""
    rows = ActivityParty.objects.filter(county=county, role="talker", activity__kind="talk", activity__held_on__year=year)
    sides: dict[Any, set[Any]] = {}
    for talk, person in rows.exclude(activity__state=State.VOID).values_list("activity_id", "person_id"):
        sides.setdefault(talk, set()).add(person)
    return [frozenset(people) for people in sides.values()]
