"""Enterprise work: what the acceptance of A09 and A10 asks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jushi.entities.models import Case, Project
from jushi.indicators.evaluate import measure
from jushi.kernel.models import Area
from jushi.kernel.periods import parse
from jushi.ledger import registry, rows, store
from jushi.ledger.marks import bearing
from jushi.ledger.reminders import due


def figure(code: str, period: str) -> Any:
    return measure([code], Area.objects.get(code="990102000000"), parse(period))[code].value


def test_a09_a_demand_noted_on_a_visit_becomes_a_case_with_owner_and_deadline(add: Any, firm: str, world: Any) -> None:
    visit = add("firm_visits", organisation=firm, held_on="2015-05-10", demands="冷库用电容量不足\n\n缺少技工\n缺少技工")
    cases = list(Case.objects.filter(kind="firm_demand").order_by("title"))
    assert [c.title for c in cases] == ["冷库用电容量不足", "缺少技工"]
    assert all(c.owner_user_id == visit.created_by_id and c.due_on == date(2015, 5, 25) for c in cases)
    assert {str(c.organisation) for c in cases} == {firm} and {c.source_activity_id for c in cases} == {visit.pk}
    todo = [r for r in due("990102", date(2015, 5, 20)) if r.ledger == "firm_demands"]
    assert len(todo) == 2 and "请答复" in todo[0].message


def test_a09_saving_a_visit_again_raises_no_demand_twice(add: Any, firm: str) -> None:
    visit = add("firm_visits", state="draft", organisation=firm, held_on="2015-05-10", demands="缺少技工")
    store.change(registry.get("firm_visits"), visit, {"demands": "缺少技工\n用水不稳"})
    assert sorted(Case.objects.values_list("title", flat=True)) == ["用水不稳", "缺少技工"]
    assert add("firm_visits", organisation=firm, held_on="2015-06-10").pk and Case.objects.count() == 2


def test_a09_project_ideas_of_a_visit_enter_the_pool(add: Any, firm: str) -> None:
    add("firm_visits", organisation=firm, held_on="2015-05-10", ideas="余热回收改造")
    idea = Project.objects.get(kind="pool")
    assert (idea.title, idea.collected_on, str(idea.organisation)) == ("余热回收改造", date(2015, 5, 10), firm)


def test_a09_closes_only_after_the_firm_confirms(add: Any, firm: str) -> None:
    add("firm_visits", organisation=firm, held_on="2015-05-10", demands="缺少技工")
    case, ledger = Case.objects.get(), registry.get("firm_demands")
    for stage, raw in (("assigned", {}), ("answered", {"answer": "已联系培训"})):
        store.advance(ledger, case, stage, on=date(2015, 5, 12), raw=raw)
    with pytest.raises(store.RefusedError, match="不能直接到这一步"):
        store.advance(ledger, case, "closed", on=date(2015, 5, 13))
    with pytest.raises(store.RefusedError, match="确认"):
        store.change(ledger, Case.objects.get(), {"closed_on": "2015-05-13"})
    case = Case.objects.get()
    store.advance(ledger, case, "confirmed", on=date(2015, 5, 14), raw={"confirmed_by": "call"})
    store.advance(ledger, case, "closed", on=date(2015, 5, 15))
    assert figure("demands.closed", "2015") == 1 and figure("demands.open", "2015") == 0


def test_a09_a_demand_past_its_deadline_is_red(add: Any, firm: str) -> None:
    add("firm_visits", organisation=firm, held_on="2015-05-10", demands="缺少技工")
    ledger = registry.get("firm_demands")
    assert bearing(ledger, ledger.marks[0], "990102", date(2015, 5, 25)).count() == 0
    assert bearing(ledger, ledger.marks[0], "990102", date(2015, 5, 26)).count() == 1


def posted(add: Any, firm: str) -> Any:
    add("people", title="李试样")
    return add("park_experts", person="李试样", host=firm, starts_on="2014-03-01", category="park", stage="posted")


def test_a10_an_expert_is_counted_once_with_the_days_of_his_logs(add: Any, firm: str) -> None:
    expert = posted(add, firm)
    for day, days in (("2014-03-20", 6), ("2014-04-22", 4.5)):
        add("park_expert_logs", designation=str(expert.pk), held_on=day, days=days)
    assert figure("park_experts.serving", "2014H1") == 1
    assert figure("park_experts.days", "2014H1") == 10.5 and figure("park_experts.active", "2014H1") == 1
    row = rows.fetch_one(registry.get("park_experts"), expert.pk)
    ledger = registry.get("park_experts")
    assert ledger.column("days").text(row.cells["days"]) == "10.5"
    assert ledger.column("last_log").text(row.cells["last_log"]) == "2014-04-22"


def test_a10_a_missing_monthly_log_is_red_from_the_sixth(add: Any, firm: str) -> None:
    expert = posted(add, firm)
    ledger = registry.get("park_experts")
    add("park_expert_logs", designation=str(expert.pk), held_on="2014-03-20", days=6)
    on = lambda day: bearing(ledger, ledger.marks[0], "990102", day).count()  # noqa: E731
    assert on(date(2014, 4, 6)) == 0  # March is in
    assert on(date(2014, 5, 5)) == 0  # April is not due yet
    assert on(date(2014, 5, 6)) == 1
