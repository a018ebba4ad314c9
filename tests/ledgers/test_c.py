"""Projects and funds: what the acceptance of C01, C02, C15, C17, C20, C21, C22, C29, C30 and C31 asks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jushi.entities.models import PlanItem, Progress, Project
from jushi.indicators.evaluate import behind, measure
from jushi.kernel import oplog
from jushi.kernel.models import Area
from jushi.kernel.periods import parse
from jushi.ledger import registry, rows, store
from jushi.ledger.marks import bearing, marked
from jushi.ledger.reminders import due

FUND, COUNTY_PROGRAMME = "创新基金", "富民强县"


def area() -> Area:
    return Area.objects.get(code="990102000000")


def figures(period: str, *codes: str) -> list[Any]:
    return [measure(codes, area(), parse(period))[code].value for code in codes]


def names(code: str, period: str) -> list[str]:
    return [row.title for row in behind(code, area(), parse(period)).rows]


@pytest.fixture
def plan(add: Any, firm: str) -> str:
    """Schemes: a plan with two kinds under it, and two national ones by their codes."""
    add("schemes", title="平台认定", code="platform", category="platform", level="county", starts_on="2010-01-01")
    for title, code in (("孵化器", "incubator"), ("众创空间", "makerspace")):
        add(
            "schemes",
            title=title,
            code=code,
            category="platform",
            level="county",
            parent="平台认定",
            starts_on="2010-01-01",
        )
    add("schemes", title=FUND, code="innovation_fund", category="fund", level="nation", starts_on="1999-05-21")
    add(
        "schemes",
        title=COUNTY_PROGRAMME,
        code="county_programme",
        category="plan",
        level="nation",
        starts_on="2005-07-01",
    )
    return "孵化器"


def apply(add: Any, firm: str, title: str = "试样项目", **more: Any) -> Any:
    raw = {
        "title": title,
        "scheme": "孵化器",
        "organisation": firm,
        "level": "city",
        "submitted_on": "2015-03-01",
        "plan_year": 2015,
    }
    return add("applications", **raw | more)


def project(add: Any, title: str = "试样项目", **more: Any) -> Any:
    raw = {
        "title": title,
        "level": "city",
        "approved_on": "2015-01-10",
        "started_on": "2015-02-01",
        "due_on": "2015-12-31",
        "stage": "running",
    }
    stage = (raw | more)["stage"]
    made = add("projects", **{k: v for k, v in (raw | more).items() if k != "stage"})
    if made.stage != stage:
        with oplog.operation("修改", county="990102"):
            made.stage = stage
            made.save()
    return made


def test_c01_a_late_submission_is_refused_with_the_deadline_until_the_call_is_reopened(add: Any, firm: str, plan: str) -> None:
    call = add("calls", title="认定通知", scheme="平台认定", received_on="2015-05-01", closes_on="2015-06-30")
    late = {"call": "认定通知", "submitted_on": "2015-07-01"}
    with pytest.raises(store.RefusedError, match="2015-06-30"):
        apply(add, firm, **late)
    ledger = registry.get("calls")
    for stage in ("announced", "accepting"):
        store.advance(ledger, call, stage, on=date(2015, 5, 10))
    with pytest.raises(store.RefusedError, match="延期"):
        store.advance(ledger, call, "reopened", on=date(2015, 7, 1))
    with pytest.raises(store.RefusedError, match="2015-06-30"):  # a date alone reopens nothing: it takes the signed stage
        store.change(ledger, call, {"reopened_until": "2015-07-10", "reopen_reason": "系统故障"})
        apply(add, firm, **late)
    call = ledger.queryset().get(pk=call.pk)
    store.advance(ledger, call, "reopened", on=date(2015, 7, 1), raw={"reopened_until": "2015-07-10", "reopen_reason": "系统故障"})
    assert apply(add, firm, **late).pk
    assert ledger.stage("reopened").permission == "sign"


def test_c01_one_notice_collects_applications_of_both_schemes_and_no_other(add: Any, firm: str, plan: str) -> None:
    call = add("calls", title="认定通知", scheme="平台认定", received_on="2015-05-01", closes_on="2015-06-30")
    for n, scheme in enumerate(("孵化器", "众创空间")):
        apply(add, firm, f"试样{n}", scheme=scheme, call="认定通知")
    with pytest.raises(store.RefusedError, match="不是这个类别"):
        apply(add, firm, "试样9", scheme=FUND, call="认定通知")
    assert rows.fetch_one(registry.get("calls"), call.pk).cells["applications"] == 2


def test_c01_papers_not_sent_up_are_reminded_and_red(add: Any, plan: str) -> None:
    add("calls", title="认定通知", received_on="2015-05-01", closes_on="2015-06-30", report_due_on="2015-07-10")
    ledger = registry.get("calls")
    assert not [r for r in due("990102", date(2015, 7, 2)) if r.ledger == "calls"]
    assert [r for r in due("990102", date(2015, 7, 3)) if r.ledger == "calls"]
    assert [bearing(ledger, ledger.marks[0], "990102", date(2015, 7, d)).count() for d in (10, 11)] == [0, 1]


def test_c01_the_same_content_twice_is_refused(add: Any, firm: str, plan: str) -> None:
    apply(add, firm)
    with pytest.raises(store.RefusedError, match="已经登记"):
        apply(add, firm)
    assert apply(add, firm, plan_year=2016).pk


def test_c02_the_funnel_counts_collected_applied_and_approved(add: Any, firm: str, plan: str) -> None:
    for n in range(5):
        idea = add("pool", title=f"点子{n}", organisation=firm, collected_on="2015-01-10")
        if n < 3:
            apply(add, firm, f"申报{n}", project=str(idea.pk), recommended_on="2015-03-20" if n < 2 else None)
    project(add, "申报0", plan_year=2015)
    assert figures("2015", "pool.collected", "projects.applied", "projects.approved") == [5, 2, 1]
    assert names("IC09", "2015") == ["申报0", "申报1"] and names("IC10", "2015") == ["申报0"]


def test_c02_the_pool_is_a_stock_and_leaving_needs_a_reason(add: Any, firm: str) -> None:
    idea = add("pool", title="点子", organisation=firm, collected_on="2015-01-10", score=80, listed_on="2015-02-01")
    with pytest.raises(store.RefusedError, match="去向"):
        store.change(registry.get("pool"), idea, {"delisted_on": "2015-09-01"})
    store.change(registry.get("pool"), Project.objects.get(pk=idea.pk), {"delisted_on": "2015-09-01", "end_reason": "已申报"})
    assert [figures(f"@2015-{md}", "pool.size")[0] for md in ("01-31", "02-01", "08-31", "09-01")] == [0, 1, 1, 0]


def test_c15_c17_national_programmes_are_told_by_their_codes(add: Any, firm: str, plan: str) -> None:
    for scheme in (FUND, COUNTY_PROGRAMME, "孵化器"):
        apply(add, firm, f"{scheme}试样", scheme=scheme, recommended_on="2015-04-20")
    assert figures("2015H1", "IC19", "IC20", "IC09") == [1, 1, 3]


def test_c17_an_application_without_result_is_carried_over(add: Any, firm: str, plan: str) -> None:
    apply(add, firm, "甲", scheme=COUNTY_PROGRAMME)
    apply(add, firm, "乙", resulted_on="2015-06-01", result="rejected")
    apply(add, firm, "丙", withdrawn_on="2015-05-01")
    assert names("applications.pending", "2015H1") == ["甲"]


def test_c15_a_running_project_not_tracked_for_90_days_is_red(add: Any) -> None:
    made = project(add, tracked_on="2015-03-01")
    ledger = registry.get("projects")
    red = lambda day: [m.code for m in marked(ledger, [made.pk], "990102", day).get(made.pk, []) if m.level == "red"]  # noqa: E731
    assert red(date(2015, 5, 30)) == [] and red(date(2015, 5, 31)) == ["untracked"]
    with oplog.operation("跟踪", county="990102"):
        Progress(county="990102", project=made, reported_on=date(2015, 5, 20), note="按计划").save()
    assert red(date(2015, 5, 31)) == []
    store.change(ledger, Project.objects.get(pk=made.pk), {"field": "industry"})
    assert Project.objects.get(pk=made.pk).tracked_on == date(2015, 5, 20)


def test_c20_running_projects_add_up_by_level_and_past_its_end_one_is_overdue(add: Any) -> None:
    for n in range(8):
        project(add, f"项目{n}", level="province" if n < 5 else "county", due_on="2016-12-31")
    assert figures("2015", "projects.running", "projects.running_province", "projects.running_county") == [8, 5, 3]
    late = project(add, "到期", due_on="2015-06-30")
    ledger = registry.get("projects")
    marks = lambda day: [m.name for m in marked(ledger, [late.pk], "990102", day).get(late.pk, [])]  # noqa: E731
    assert "逾期" not in marks(date(2015, 6, 30)) and "逾期" in marks(date(2015, 7, 1))
    told = [r for r in due("990102", date(2015, 7, 1)) if r.ledger == "projects" and r.record_id == late.pk and "逾期" in r.message]
    assert len(told) == 1 and told[0].due_on == date(2015, 6, 30) and told[0].is_overdue(date(2015, 7, 1))
    assert "即将到期" in marks(date(2015, 4, 1)) and "即将到期" not in marks(date(2015, 3, 31))


def test_c20_money_must_add_up(add: Any) -> None:
    with pytest.raises(store.RefusedError, match="自筹"):
        project(add, budget=100, grant=30, own_funds=60)
    assert project(add, budget=100, grant=30, own_funds=70).budget == 1000000


def test_c21_a_confirmed_verdict_closes_the_project_on_its_day(add: Any) -> None:
    made = project(add, level="province")
    add(
        "acceptances",
        state="draft",
        title="验收一",
        project="试样项目",
        held_on="2015-06-30",
        result="pass",
        opinion="同意",
    )
    assert Project.objects.get(pk=made.pk).accepted_on is None
    add("acceptances", title="验收二", project="试样项目", held_on="2015-06-30", result="pass", opinion="同意")
    closed = Project.objects.get(pk=made.pk)
    assert (closed.stage, closed.accepted_on, closed.ended_on) == ("accepted", date(2015, 6, 30), date(2015, 6, 30))
    assert figures("2015", "IC21", "projects.accepted_province", "projects.running") == [1, 1, 0]


def test_c21_the_open_city_project_is_named_against_all_closed(add: Any) -> None:
    project(add, "已结题", stage="accepted", acceptance="pass", accepted_on="2015-11-01", ended_on="2015-11-01")
    project(add, "还在实施")
    assert figures("2015", "projects.accepted_city", "projects.running_city") == [1, 1]
    assert names("projects.running_city", "2015") == ["还在实施"]


def test_c21_mending_closes_nothing_and_needs_an_opinion(add: Any) -> None:
    made = project(add)
    with pytest.raises(store.RefusedError, match="整改意见"):
        add("acceptances", title="验收", project="试样项目", held_on="2015-06-30", result="mend")
    add("acceptances", title="验收", project="试样项目", held_on="2015-06-30", result="mend", opinion="补充检测报告")
    assert Project.objects.get(pk=made.pk).accepted_on is None


def test_c21_accepted_by_hand_needs_verdict_date_and_end(add: Any) -> None:
    made = project(add)
    with pytest.raises(store.RefusedError) as refused:
        store.change(registry.get("projects"), made, {"accepted_on": "2015-06-30"})
    assert {"acceptance", "ended_on"} <= set(refused.value.problems)


def test_c22_approved_and_received_stand_apart(add: Any, firm: str) -> None:
    project(add, level="province")
    fund = {"project": "试样项目", "level": "province", "approved_on": "2015-05-01", "payee": firm}
    add("project_funds", title="首批", amount=150, received_on="2015-06-01", **fund)
    add("project_funds", title="尾款", amount=50, **fund)
    assert figures("2015", "funds.approved", "IC16", "funds.received", "funds.awaited", "funds.held") == [
        200,
        200,
        150,
        50,
        150,
    ]


def test_c22_money_goes_forward_in_time(add: Any) -> None:
    with pytest.raises(store.RefusedError, match="早于"):
        add("project_funds", title="首批", amount=150, approved_on="2015-05-01", received_on="2015-04-01")
    with pytest.raises(store.RefusedError, match="到账"):
        add("project_funds", title="首批", amount=150, approved_on="2015-05-01", paid_on="2015-06-01")


def test_c29_growth_is_12_percent_and_the_execution_rate_is_shown(add: Any) -> None:
    for year, amount in ((2017, 500), (2018, 560)):
        add("science_budget", title=f"{year}年预算", plan_year=year, amount=amount, assigned_on=f"{year}-02-26")
    add("science_spending", title="示范补助", plan_year=2018, amount=420, paid_on="2018-08-01")
    now, before = figures("2018", "science.appropriated")[0], figures("2017", "science.appropriated")[0]
    assert (now - before) / before * 100 == 12
    assert figures("2018", "science.execution") == [Decimal("75.0")]
    with pytest.raises(store.RefusedError, match="余额不够"):
        add("science_spending", title="再补助", plan_year=2018, amount=141, paid_on="2018-09-01")


def test_c30_the_output_of_a_project_is_on_record_with_owner_and_hand_over(add: Any) -> None:
    made = project(add, level="province", output="服务平台", output_owner="某社区", handed_over_on="2015-06-30",
                   stage="accepted", acceptance="pass", accepted_on="2015-06-30", ended_on="2015-06-30")  # fmt: skip
    cells = rows.fetch_one(registry.get("projects"), made.pk).cells
    assert (cells["output"], cells["output_owner"], cells["handed_over_on"]) == (
        "服务平台",
        "某社区",
        date(2015, 6, 30),
    )
    found = behind("projects.accepted_province", area(), parse("2015"))
    assert found.rows[0].date == date(2015, 6, 30) and "{day}" in found.value.indicator.item


def test_c31_built_is_not_accepted(add: Any) -> None:
    project(add, level="province", stage="built", built_on="2015-10-28")
    assert figures("2015", "projects.built", "IC21", "projects.accepted_province") == [1, 0, 0]
    assert figures("@2015-10-27", "projects.built") == [0]


def test_c02_the_funnel_shows_each_step_and_opens_its_rows(add: Any, firm: str, plan: str, build: Any) -> None:
    for n in range(6):
        idea = add("pool", title=f"点子{n}", organisation=firm, collected_on="2015-01-10", level="city")
        if n < 4:
            apply(add, firm, f"申报{n}", project=str(idea.pk), recommended_on="2015-03-20" if n < 3 else None)
    add("pool", title="草稿点子", organisation=firm, collected_on="2015-01-10", state="draft")
    project(add, "申报0", plan_year=2015)
    (table,) = build("pool", "funnel", year=2015)
    assert [line.cells[0].value for line in table.lines] == ["征集", "申报", "立项"]
    assert [line.cells[1].value for line in table.lines] == [6, 3, 1]
    assert [line.cells[-1].value for line in table.lines] == ["", "50.0%", "33.3%"]
    assert [line.cells[1].rows for line in table.lines] == [
        ("pool", {"figure": "pool.collected", "period": "2015"}),
        ("applications", {"figure": "projects.applied", "period": "2015"}),
        ("projects", {"figure": "projects.approved", "period": "2015"}),
    ]
    assert table.head == ("环节", "合计（项）", "市级", "占上一环节") and figures("2015", "pool.collected", "IC09", "IC10") == [6, 3, 1]


def test_c21_what_is_open_is_named_before_all_closed_is_written(add: Any, build: Any) -> None:
    project(add, "已结题", stage="accepted", acceptance="pass", accepted_on="2015-11-01", ended_on="2015-11-01")
    project(add, "还在实施")
    project(add, "省里的", level="province", stage="accepted", acceptance="pass", accepted_on="2015-06-30", ended_on="2015-06-30")
    levels, still = build("projects", "closing", on=date(2015, 12, 31))
    said = {line.cells[0].value: (line.cells[1].value, line.cells[2].value, line.cells[3].value) for line in levels.lines}
    assert said == {"省级": (1, 0, "已全面结题"), "市级": (1, 1, "尚有 1 项未结题")}
    assert [line.cells[0].value for line in still.lines] == ["还在实施"]
    early = build("projects", "closing", on=date(2015, 6, 29))[0]
    assert [line.cells[1].value for line in early.lines] == [0, 0]


def test_c22_the_four_bases_stand_side_by_side(add: Any, firm: str, build: Any) -> None:
    project(add, level="province")
    fund = {"project": "试样项目", "level": "province", "approved_on": "2015-05-01", "payee": firm}
    add("project_funds", title="首批", amount=150, received_on="2015-06-01", **fund)
    add("project_funds", title="尾款", amount=50, **fund)
    (table,) = build("project_funds", "bases", year=2015)
    assert [cell.value for cell in table.total] == ["合计", 200, 0, 150, 0]
    assert table.lines[0].cells[0].value == "试样项目" and table.notes[1] == "截至年末已批复未到账 50 万元。"
    assert table.total[3].rows == ("project_funds", {"figure": "funds.received", "period": "2015"})


def test_c29_the_page_of_the_budget_shows_growth_and_execution(add: Any, build: Any) -> None:
    for year, amount in ((2017, 500), (2018, 560)):
        add("science_budget", title=f"{year}年预算", plan_year=year, amount=amount, assigned_on=f"{year}-02-26")
    add("science_spending", title="示范补助", plan_year=2018, amount=420, paid_on="2018-08-01")
    (table,) = build("science_budget", "growth", year=2018)
    assert [[cell.value for cell in line.cells] for line in table.lines] == [
        ["2017年", 500, "", 0, "0.0%", ""],
        ["2018年", 560, "12.0%", 420, "75.0%", ""],
    ]


def test_c01_the_notice_lists_the_applications_of_both_schemes(add: Any, firm: str, plan: str, build: Any) -> None:
    call = add("calls", title="认定通知", scheme="平台认定", received_on="2015-05-01", closes_on="2015-06-30")
    assert build("calls", "received", call)[0].lines == ()
    for n, scheme in enumerate(("孵化器", "众创空间", "众创空间")):
        apply(add, firm, f"试样{n}", scheme=scheme, call="认定通知")
    tables = build("calls", "received", call)
    assert [t.caption for t in tables] == ["众创空间（2 项）", "孵化器（1 项）"]
    assert [[line.cells[0].value for line in t.lines] for t in tables] == [["试样1", "试样2"], ["试样0"]]


def test_c17_an_application_without_result_is_offered_to_the_next_plan_once(add: Any, firm: str, plan: str, build: Any, act: Any) -> None:
    kept = apply(add, firm, "甲", scheme=COUNTY_PROGRAMME, submitted_on="2014-04-10", plan_year=2014)
    apply(add, firm, "乙", submitted_on="2014-04-10", resulted_on="2014-06-01", result="rejected", plan_year=2014)
    (table,) = build("applications", "pending", on=date(2014, 6, 30))
    assert [(line.cells[0].value, line.key) for line in table.lines] == [("甲", str(kept.pk))]
    told = act("applications", "pending", "plan", keys=(str(kept.pk),), on=date(2014, 6, 30), period="2014H2")
    item = PlanItem.objects.get(kind="plan_item")
    assert "草稿 1 项" in told and (item.title, item.period, item.due_on) == ("“甲”申报和落地", "2014H2", date(2014, 12, 31))
    (again,) = build("applications", "pending", on=date(2014, 6, 30))
    assert [line.cells[-1].value for line in again.lines] == ["已列入计划"] and again.lines[0].key == ""
    with pytest.raises(store.RefusedError, match="已列入"):
        act("applications", "pending", "plan", keys=(str(kept.pk),), on=date(2014, 6, 30), period="2014H2")


def test_c29_a_problem_cites_the_budget_with_its_growth(add: Any, build: Any) -> None:
    for year, amount in ((2017, 500), (2018, 560)):
        add("science_budget", title=f"{year}年预算", plan_year=year, amount=amount, assigned_on=f"{year}-02-26")
    problem = add("problems", title="投入不足", plan_year=2018, raised_on="2018-12-20", indicators="science.appropriated")
    table = build("problems", "answers", problem)[0]
    assert [c.value for c in table.lines[0].cells][:4] == ["本级财政科技经费", "560.00万元", "500.00万元", "+12.0%"]
    assert table.lines[0].cells[1].rows == ("science_budget", {"figure": "science.appropriated", "period": "2018"})


def test_c29_a_cited_rate_moves_by_points_not_by_percent(add: Any, build: Any) -> None:
    for year, spent in ((2017, 1), (2018, 2)):
        for name, value in (("地区生产总值", 100), ("研发经费支出", spent)):
            add("external_figures", measure=name, period=year, value=value, unit="亿元", as_of=f"{year}-12-31", source="统计公报")
    problem = add("problems", title="研发投入不足", plan_year=2018, raised_on="2018-12-31", indicators="rd.share_of_gdp")
    cells = [c.value for c in build("problems", "answers", problem)[0].lines[0].cells]
    assert cells[3] == "+1.0 个百分点"
