"""Ids handed to the database together: which of them belong to a query's rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jushi.entities.models import Person
from jushi.kernel import ids


def test_a_sieve_answers_as_the_query_would(person: Callable[..., Any]) -> None:
    people = [person(name) for name in ("欧阳知产", "知识产权员", "产权人")]
    wanted = [*(p.pk for p in people), ids.new_id()]
    sieve = ids.Sieve(Person.objects.filter(title__contains="产权"))
    assert sorted(sieve.among(wanted)) == sorted(p.pk for p in people[1:])
    assert sieve.among(wanted[:1]) == [] and sieve.among([]) == []
    late = person("产权新人")
    assert sieve.among([late.pk]) == [late.pk], "the question is kept, never its answer"
    assert ids.Sieve(Person.objects.filter(pk__in=[])).among(wanted) == []
    assert set(ids.among(Person.objects.all(), wanted)) == set(people)
    assert set(ids.among(Person.objects.all(), [p.pk.hex for p in people])) == set(people)
