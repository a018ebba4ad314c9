"""Targets, plans and problems: what the acceptance of N01, N02, N06 and K13 asks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jushi.ledger import registry, reminders, store
from jushi.ledger.marks import bearing
from jushi.planning.carrying import carry_over
from jushi.planning.gaps import unanswered_problems, unfulfilled_items
from jushi.planning.targets import colour, progress


def target(add: Any, **more: Any) -> Any:
    raw = {
        "title": "征收包干",
        "period": "2015",
        "indicator": "household_visits.times",
        "operator": "不少于",
        "target": 200,
        "unit": "次",
    }
    return add("targets", assigned_on="2015-02-20", **raw | more)


def test_n01_the_board_holds_the_value_against_the_time_gone_by(add: Any, people: Any, households: Any) -> None:
    days = [f"2015-{m:02d}-{d:02d}" for m in range(1, 12) for d in range(1, 19)][:195]
    for n, day in enumerate(days):
        add("household_visits", title="走访", household=households[n % 5], officers=people[n % 4], held_on=day)
    stand = progress(target(add), date(2015, 11, 30))
    assert (stand.value, stand.rate, stand.elapsed, stand.colour) == (195, Decimal("97.5"), Decimal("91.7"), "green")
    assert progress(target(add, title="高目标", target=400), date(2015, 11, 30)).colour == "red"


@pytest.mark.parametrize(("rate", "expected"), [("91.5", "green"), ("81.5", "yellow"), ("81.4", "red"), (None, "grey")])
def test_n01_colours(rate: str | None, expected: str) -> None:
    assert colour(None if rate is None else Decimal(rate), Decimal("91.5")) == expected


def test_n01_a_target_names_a_known_indicator_in_its_unit(add: Any) -> None:
    with pytest.raises(store.RefusedError, match="没有指标"):
        target(add, indicator="no.such")
    with pytest.raises(store.RefusedError, match="单位是“次”"):
        target(add, unit="件")
    with pytest.raises(store.RefusedError, match="目标方向"):
        target(add, operator="")
    with pytest.raises(store.RefusedError, match="看不懂期间"):
        target(add, period="今年")


def test_n01_without_indicator_progress_is_reported_by_hand_with_proof(add: Any, evidence: Any) -> None:
    ledger, row = registry.get("targets"), target(add, indicator="", operator="", target="", unit="")
    store.advance(ledger, row, "running", on=date(2015, 3, 1))
    with pytest.raises(store.RefusedError, match="人工填报"):
        store.advance(ledger, row, "assessed", on=date(2015, 12, 20))
    row.refresh_from_db()
    with pytest.raises(store.RefusedError, match="佐证"):
        store.advance(ledger, row, "assessed", on=date(2015, 12, 20), raw={"progress": 90})
    evidence(row)
    row.refresh_from_db()
    assert store.advance(ledger, row, "assessed", on=date(2015, 12, 20), raw={"progress": 90}).done_on == date(2015, 12, 20)
    assert progress(row, date(2015, 12, 31)).by_hand


def test_n02_an_item_without_record_is_listed(add: Any) -> None:
    done = add("plan_items", title="办培训", period="2015", due_on="2015-12-20")
    idle = add("plan_items", title="建基地", period="2015", due_on="2015-12-20")
    assert {x.pk for x in unfulfilled_items("990102", "2015")} == {done.pk, idle.pk}
    from jushi.entities.models import Activity
    from jushi.kernel import oplog

    session = add("study_sessions", title="培训动员", held_on="2015-05-08")
    with oplog.operation("关联", county="990102"):
        row = Activity.objects.get(pk=session.pk)
        row.plan_item = done
        row.save()
    assert [x.pk for x in unfulfilled_items("990102", "2015")] == [idle.pk]


def test_n02_what_is_carried_or_answers_names_its_source(add: Any) -> None:
    for source, column in (("结转", "carried_from"), ("问题", "answers")):
        with pytest.raises(store.RefusedError) as refused:
            add("plan_items", title="事项", period="2015", due_on="2015-12-20", source=source)
        assert list(refused.value.problems) == [column]


def test_n06_a_problem_without_plan_item_is_flagged(add: Any, measured: Any) -> None:
    for title in ("力量单薄", "投入不足"):
        add("problems", title=title, plan_year=2015, raised_on="2015-12-10", indicators="rd.share_of_gdp")
    for n in range(2):
        add("plan_items", title=f"措施{n}", period="2016", due_on="2016-12-20", source="问题", answers="投入不足")
    assert [p.title for p in unanswered_problems("990102", 2015)] == ["力量单薄"]
    assert measured("2015", "problems.raised", "problems.answered") == {"problems.raised": 2, "problems.answered": 1}
    ledger = registry.get("problems")
    assert [p.title for p in bearing(ledger, ledger.marks[0], "990102", date(2016, 1, 5))] == ["力量单薄"]


def test_n06_evidence_must_be_indicators(add: Any) -> None:
    with pytest.raises(store.RefusedError, match="没有这些指标：no.such"):
        add("problems", title="问题", plan_year=2015, raised_on="2015-12-10", indicators="rd.share_of_gdp, no.such")


def test_k13_what_is_open_at_the_end_of_june_is_carried_into_the_second_half_once(add: Any, world: Any) -> None:
    name = "党的群众路线教育实践活动"
    for title, begun, due in (("第二环节", "2014-05-04", "2014-07-31"), ("第三环节", "2014-08-01", "2014-09-30")):
        add("campaign_phases", title=title, category=name, period="2014", starts_on=begun, due_on=due)
    add("campaign_actions", title="对照检查", parent="第二环节", period="2014", starts_on="2014-05-04", due_on="2014-06-20", done_on="2014-06-19",
        result="完成")  # fmt: skip
    late = add(
        "campaign_actions",
        title="谈心谈话",
        parent="第二环节",
        period="2014",
        starts_on="2014-05-04",
        due_on="2014-06-27",
    )
    add("campaign_actions", title="整改", parent="第三环节", period="2014", starts_on="2014-08-01", due_on="2014-09-20")
    add("plan_items", title="已列下半年", period="2014H2", starts_on="2014-07-01", due_on="2014-12-20")
    [note] = [r for r in reminders.due("990102", date(2014, 6, 25)) if r.ledger == "plan_items"]
    assert note.due_on == date(2014, 6, 30) and "谈心谈话" in note.message
    made = carry_over(world.bureau, "2014H2", date(2014, 6, 30))
    assert [(x.title, x.due_on) for x in made] == [("谈心谈话", date(2014, 12, 31)), ("整改", date(2014, 9, 20))]
    assert made[0].carried_from_id == late.pk and made[0].source == "carried" and made[0].period == "2014H2"
    assert carry_over(world.bureau, "2014H2", date(2014, 6, 30)) == []


@pytest.mark.parametrize(
    ("period", "months"), [("2015", 12), ("2014H1", 6), ("2015Q3", 3), ("2015-11", 1), ("2015-01..11", 11), ("2015-11-03", None)]
)
def test_in01_the_period_reported_on_is_told_in_months(world: Any, period: str, months: int | None) -> None:
    from jushi.indicators.evaluate import behind, measure
    from jushi.kernel.periods import parse

    value = measure(["IN01"], world.bureau.area, parse(period))["IN01"]
    assert value.value == months and value.rows == 0
    assert behind("reports.months", world.bureau.area, parse(period)).rows == ()


def test_in01_a_year_cut_off_in_november_is_eleven_months(world: Any) -> None:
    from jushi.indicators.evaluate import measure
    from jushi.kernel.periods import parse

    year = parse("2015").until(date(2015, 11, 30))
    assert measure(["reports.months"], world.bureau.area, year)["reports.months"].value == 11
