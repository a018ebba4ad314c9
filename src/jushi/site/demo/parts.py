"""Part rows of the demonstration: steps and origins of a case, exceptions of a routine — as a clerk would add them in the record's page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jushi.entities.models import CaseLink, CaseStep, RoutineException
from jushi.kernel import oplog
from jushi.site.demo.world import World


def add_steps(world: World, case: Any, entries: Iterable[tuple[str, str, str]]) -> None:
    """Write (day, action, content) into the log of a case."""
    rows = [
        CaseStep(county=world.county, case=case, position=n, done_on=day, action=action, content=content)
        for n, (day, action, content) in enumerate(entries)
    ]
    with oplog.operation("演示数据", county=world.county) as opened:
        opened.insert_many(rows)


def add_origins(world: World, case: Any, origins: Iterable[Any], relation: str) -> None:
    """Say which cases this one was made from."""
    rows = [CaseLink(county=world.county, case=case, position=n, origin=x, relation=relation) for n, x in enumerate(origins)]
    with oplog.operation("演示数据", county=world.county) as opened:
        opened.insert_many(rows)


def add_exceptions(world: World, routine: Any, days: Iterable[tuple[Any, Any, str]]) -> None:
    """Say on which days a routine does not apply."""
    rows = [
        RoutineException(county=world.county, routine=routine, position=n, starts_on=start, ends_on=end, reason=reason)
        for n, (start, end, reason) in enumerate(days)
    ]
    with oplog.operation("演示数据", county=world.county) as opened:
        opened.insert_many(rows)
