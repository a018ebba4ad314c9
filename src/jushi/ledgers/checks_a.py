"""Rules and effects of enterprise work: a demand noted on a visit becomes a case with an owner; it closes only when confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from jushi.entities.models import Case, Project
from jushi.kernel.models import Bureau, Rule
from jushi.kernel.states import State
from jushi.ledger import registry, store
from jushi.ledger.columns import Target


def demand_is_confirmed_before_closing(record: Any, values: Mapping[str, Any]) -> dict[str, str]:
    """Only the firm's word, or the visitor's call to the firm, ends a demand."""
    problems: dict[str, str] = {}
    closing = record.closed_on is not None or record.stage == "closed"
    if closing and record.confirmed_on is None:
        problems["closed_on"] = "须先由企业本人（或走访人电话回访）确认，再办结；请先填确认日期和确认方式"
    if record.confirmed_on is not None and not record.details.get("confirmed_by"):
        problems["confirmed_by"] = "请写明由谁确认：企业本人，还是走访人电话回访"
    if record.confirmed_on is not None and not record.answer:
        problems["answer"] = "没有答复就没有可确认的，请先填答复内容"
    return problems


def lines_of(record: Any, name: str) -> list[str]:
    """The non-empty lines of a detail text, doubles dropped."""
    text = (record.details or {}).get(name) or ""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def raise_demands(record: Any, values: Mapping[str, Any]) -> None:
    """Each line of the visit's demands becomes one demand: owner the visitor's account, due after the rule's days."""
    wanted = lines_of(record, "demands") if record.state != State.VOID else []
    known = set(Case.objects.filter(source_activity_id=record.pk).values_list("title", flat=True)) if wanted else set()
    for line in wanted:
        if line[:200] in known:
            continue
        days = int(Rule.current("demand_answer_days", record.county, record.held_on))
        _add(record, "firm_demands", {
            "title": line[:200], "text": line, "raised_on": record.held_on, "due_on": record.held_on + timedelta(days=days),
            "organisation": _target(record.organisation), "source_activity": Target(record.pk, record.title),
            "owner_user": _target(record.handler or record.created_by),
        })  # fmt: skip


def collect_ideas(record: Any, values: Mapping[str, Any]) -> None:
    """Each project idea noted on a visit enters the pool as collected that day, unless the firm's idea is there already."""
    wanted = lines_of(record, "ideas") if record.state != State.VOID else []
    rows = Project.objects.filter(kind="pool", organisation_id=record.organisation_id)
    known = set(rows.values_list("title", flat=True)) if wanted else set()
    for line in wanted:
        if line[:200] not in known:
            raw = {"title": line[:200], "organisation": _target(record.organisation), "collected_on": record.held_on}
            _add(record, "pool", raw)


def _add(record: Any, code: str, raw: Mapping[str, Any]) -> None:
    """Register a row that follows from ``record``: same author and data state; a refusal refuses the whole."""
    bureau = Bureau.objects.get(county=record.county)
    author = store.Author(bureau, record.office, record.created_by)
    state = record.state if record.state != State.LOCKED else State.CONFIRMED
    store.create(registry.get(code), {"area": record.area_id, **raw}, author, state=state)


def _target(row: Any) -> Target | None:
    return Target(row.pk, str(row)) if row is not None else None
