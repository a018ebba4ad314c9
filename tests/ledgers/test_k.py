"""Party building, rectification and integrity: what the acceptance of K01–K26 asks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from jushi.kernel.periods import parse
from jushi.kernel.states import State
from jushi.ledger import checking, registry, reminders, store
from jushi.ledger.marks import bearing
from jushi.ledgers.crossing import cross
from jushi.ledgers.offers import merge_opinions
from jushi.ledgers.pairs import blanks, pair_matrix
from jushi.planning.gaps import overdue_by_office, unapproved_promises, unproven_duties
from jushi.planning.routines import compliance_of, matrix


def routine(add: Any, category: str, frequency: str) -> Any:
    return add("meeting_routines", title=f"{category}制度", activity_ledger="branch_meetings", category=category, frequency=frequency,
               starts_on="2015-01-01")  # fmt: skip


def test_k01_no_assembly_by_june_25_reminds_and_turns_the_cell_red(add: Any) -> None:
    routine(add, "assembly", "每季度")
    add("branch_meetings", title="一季度大会", category="党员大会", held_on="2015-03-20")
    add("branch_meetings", title="支委会", category="支委会", held_on="2015-05-20")
    [row] = matrix("990102", parse("2015"), date(2015, 6, 25))
    assert [c.colour for c in row.compliance.cells] == ["green", "red", "white", "white"]
    [note] = [r for r in reminders.due("990102", date(2015, 6, 25)) if r.ledger == "branch_meetings"]
    assert (note.office, note.due_on) == ("party", date(2015, 6, 30)) and "第二季度" in note.message
    add("branch_meetings", title="二季度大会", category="党员大会", held_on="2015-06-26")
    [row] = matrix("990102", parse("2015"), date(2015, 6, 27))
    assert [c.colour for c in row.compliance.cells][:2] == ["green", "green"]
    assert [r for r in reminders.due("990102", date(2015, 6, 27)) if r.ledger == "branch_meetings"] == []


def test_k01_drafts_do_not_keep_a_routine(add: Any) -> None:
    routine(add, "assembly", "每季度")
    add("branch_meetings", state=State.DRAFT, title="一季度大会", category="党员大会", held_on="2015-03-20")
    [row] = matrix("990102", parse("2015"), date(2015, 4, 1))
    assert row.compliance.cells[0].state == "missing"


MEETING = {"title": "大会", "category": "党员大会", "held_on": "2015-03-20"}


@pytest.mark.parametrize(
    ("roll", "message"),
    [
        ({"attendees": "试甲、试乙", "participants": 3}, "到会名单有 2 人"),
        ({"attendees": "试甲", "absentees": "试乙"}, "写明原因"),
        ({"attendees": "试甲", "absentees": "试甲", "absence_reason": "病假"}, "又在缺席名单"),
    ],
)
def test_k01_the_roll_and_the_number_agree(add: Any, people: Any, roll: dict[str, Any], message: str) -> None:
    with pytest.raises(store.RefusedError, match=message):
        add("branch_meetings", **MEETING | roll)


def test_k01_a_change_of_one_side_is_held_against_the_other(add: Any, people: Any) -> None:
    ledger = registry.get("branch_meetings")
    row = add("branch_meetings", state=State.DRAFT, attendees="试甲、试乙", participants=2, **MEETING)
    with pytest.raises(store.RefusedError, match="到会名单有 2 人"):
        store.change(ledger, row, {"participants": 5})
    row.refresh_from_db()
    with pytest.raises(store.RefusedError, match="到会名单有 1 人"):
        store.change(ledger, row, {"attendees": "试甲"})
    row.refresh_from_db()
    store.change(ledger, row, {"participants": 3, "attendees": "试甲、试乙、试丙"})
    assert row.parties.filter(role="attendee").count() == 3


def test_k02_three_sessions_against_about_a_hundred(add: Any, measured: Any) -> None:
    add(
        "study_routines",
        title="周一、四学习",
        activity_ledger="study_sessions",
        frequency="每周",
        weekdays="1,4",
        starts_on="2020-01-01",
    )
    for day in ("2020-03-02", "2020-06-04", "2020-09-07"):
        add("study_sessions", title="学习", held_on=day)
    kept = compliance_of("study_sessions", "990102", parse("2020"), date(2021, 1, 4))
    assert kept is not None and (kept.expected, kept.done, kept.is_kept) == (105, 3, False)
    assert measured("2020", "IK01", "IK14") == {"IK01": 3, "IK14": 2}
    assert compliance_of("branch_meetings", "990102", parse("2020"), date(2021, 1, 4)) is None


def stage(add: Any, person: str, category: str, begun: str, ended: str = "", **more: Any) -> Any:
    return add(
        "party_members",
        title=f"{person}·{category}",
        person=person,
        category=category,
        starts_on=begun,
        ends_on=ended,
        **more,
    )


def test_k10_two_confirmed_make_ten(add: Any, measured: Any) -> None:
    for n in range(10):
        add("people", title=f"党员{n}")
    for n in range(8):
        stage(add, f"党员{n}", "正式党员", "2005-07-01")
    for n in (8, 9):
        before = stage(add, f"党员{n}", "预备党员", "2014-06-26", "2015-07-01")
        stage(add, f"党员{n}", "正式党员", "2015-07-01", previous=before.title)
    assert measured("@2015-01-01", "IK07", "party_members.probation") == {"IK07": 8, "party_members.probation": 2}
    assert measured("2015", "IK06", "IK07") == {"IK06": 2, "IK07": 10}
    assert measured("2016", "IK06", "IK07") == {"IK06": 0, "IK07": 10}


def test_k10_probation_lasts_a_year_and_stages_do_not_overlap(add: Any, people: Any) -> None:
    stage(add, "试甲", "预备党员", "2014-06-26", "2015-03-01")
    with pytest.raises(store.RefusedError, match="最早 2015-06-26"):
        stage(add, "试甲", "正式党员", "2015-03-01")
    stage(add, "试乙", "预备党员", "2014-06-26")
    with pytest.raises(store.RefusedError, match="重叠"):
        stage(add, "试乙", "正式党员", "2015-07-01")


def test_k11_a_member_without_approved_promise_is_shown_after_the_day(add: Any, people: Any) -> None:
    for name in people:
        stage(add, name, "正式党员", "2005-07-01")
    for name, day in zip(people, ("2015-03-12", "2015-03-31", "2015-04-02", ""), strict=True):
        add("member_promises", title=f"{name}承诺", person=name, year=2015, approved_on=day)
    assert unapproved_promises("990102", 2015, date(2015, 3, 30)) == []
    assert sorted(p.title for p in unapproved_promises("990102", 2015, date(2015, 3, 31))) == ["试丁", "试丙"]
    for day, count in ((date(2015, 3, 30), 0), (date(2015, 4, 1), 2), (date(2015, 4, 2), 1)):
        shown = [r for r in reminders.due("990102", day) if r.ledger == "member_promises"]
        assert len(shown) == count and all(r.is_overdue(day) for r in shown)
    with pytest.raises(store.RefusedError, match="已有承诺"):
        add("member_promises", title="又一份", person="试甲", year=2015)


def test_k12_a_pass_is_a_pass(add: Any, people: Any, measured: Any) -> None:
    raw = {"title": "考试", "held_on": "2015-05-20"}
    add("party_exams", person="试甲", total=86, result="合格", **raw)
    add("party_exams", person="试乙", total=91, result="合格", **raw)
    assert measured("2015", "party_exams.people", "party_exams.passed") == {
        "party_exams.people": 2,
        "party_exams.passed": 2,
    }
    with pytest.raises(store.RefusedError, match="应为“不合格”"):
        add("party_exams", person="试丙", total=59, result="合格", **raw)
    add("party_exams", person="试丙", total=59, result="不合格", **raw)
    assert measured("2015", "party_exams.people", "party_exams.passed") == {
        "party_exams.people": 3,
        "party_exams.passed": 2,
    }


def problem(add: Any, world: Any, n: int, tier: str = "领导班子", code: str = "rectifications", **more: Any) -> Any:
    raw = {"number": f"整{n}", "title": f"问题{n}", "source": "自查", "tier": tier, "raised_on": "2014-05-05", "due_on": "2014-06-25",
           "owner_user": world.users["fenguan"].full_name, "measures": "定人定时"}  # fmt: skip
    return add(code, **raw | more)


def test_k17_fifteen_are_nine_and_six(add: Any, world: Any, measured: Any) -> None:
    for n in range(15):
        done = {"closed_on": "2014-06-20", "result": "已改"} if n < 9 else {}
        problem(add, world, n, "领导班子" if n < 9 else "股室", **done)
    found = measured("2014H1", "rectifications.listed", "rectifications.struck", "rectifications.open", "IK12", "IK13")
    assert list(found.values()) == [15, 9, 6, 9, 6]
    assert measured("2014Q1", "rectifications.listed") == {"rectifications.listed": 0}


def test_k17_no_strike_off_without_proof_or_by_the_owner_himself(add: Any, world: Any, evidence: Any) -> None:
    ledger, row = registry.get("rectifications"), problem(add, world, 1)
    owner, head = world.users["fenguan"], world.users["juzhang"]

    def go(to: str, actor: Any, **raw: Any) -> Any:
        row.refresh_from_db()
        return store.advance(ledger, row, to, on=date(2014, 6, 20), actor=actor, raw=raw)

    go("assigned", head)
    go("working", owner)
    with pytest.raises(store.RefusedError, match="佐证"):
        go("requested", owner, result="已改")
    evidence(row)
    go("requested", owner, result="已改")
    with pytest.raises(store.RefusedError, match="不能由责任人本人办理"):
        go("reviewed", owner)
    go("reviewed", head)
    with pytest.raises(store.RefusedError, match="不能由责任人本人办理"):
        go("struck", owner)
    with pytest.raises(store.RefusedError, match="不能直接到这一步"):
        go("assigned", head)
    assert go("struck", head).closed_on == date(2014, 6, 20)


def test_k17_overdue_and_soon_due_are_marked(add: Any, world: Any) -> None:
    late, soon = problem(add, world, 1, due_on="2014-06-10"), problem(add, world, 2, due_on="2014-06-27")
    problem(add, world, 3, due_on="2014-06-10", closed_on="2014-06-09", result="已改")
    ledger = registry.get("rectifications")
    red, yellow = ({r.pk for r in bearing(ledger, m, "990102", date(2014, 6, 20))} for m in ledger.marks)
    assert (red, yellow) == ({late.pk}, {soon.pk})


def test_k14_matrix_of_style_and_level(add: Any, world: Any, measured: Any) -> None:
    done = {"closed_on": "2014-06-01", "result": "已改"}
    for n, (style, tier, more) in enumerate((("形式主义", "领导班子", done), ("形式主义", "领导班子", {}), ("奢靡之风", "班子成员", done))):
        problem(add, world, n, tier, "style_faults", category=style, **more)
    found = cross(registry.get("style_faults").queryset(), "category", "tier", date(2014, 6, 30))
    assert found == {("formalism", "team"): (1, 1), ("extravagance", "member"): (0, 1)}
    assert cross(registry.get("style_faults").queryset(), "category", "tier", date(2014, 5, 20))["formalism", "team"] == (2, 0)
    assert measured("2014H1", "style_faults.found", "style_faults.open") == {
        "style_faults.found": 3,
        "style_faults.open": 1,
    }


def test_k15_merged_opinions_stay_visible_in_their_problem(add: Any, world: Any, measured: Any) -> None:
    made = [add("opinions", number=f"意{n}", title=f"意见{n}", channel="走出去", source=("企业", "联系农户")[n % 2], raised_on="2014-03-10",
                is_anonymous="是" if n == 0 else "否", raiser="" if n == 0 else "村民") for n in range(4)]  # fmt: skip
    row = problem(add, world, 1)
    merge_opinions(row, made[:3])
    merge_opinions(row, made[:3])
    assert [link.origin.number for link in row.links.order_by("position")] == ["意0", "意1", "意2"]
    assert row.links.order_by("position").first().origin.raiser == ""
    assert measured("2014", "opinions.collected", "opinions.merged") == {"opinions.collected": 4, "opinions.merged": 3}
    with pytest.raises(store.RefusedError, match="匿名"):
        add(
            "opinions",
            number="意9",
            title="意见",
            channel="走出去",
            source="企业",
            raised_on="2014-03-10",
            is_anonymous="是",
            raiser="某人",
        )


def test_k16_the_pair_matrix_is_pure() -> None:
    talks = [frozenset("ab"), frozenset("ab"), frozenset("cd"), frozenset("ax")]
    assert pair_matrix("abcd", talks) == {
        ("a", "b"): 2,
        ("a", "c"): 0,
        ("a", "d"): 0,
        ("b", "c"): 0,
        ("b", "d"): 0,
        ("c", "d"): 1,
    }
    assert blanks("abc", [frozenset("abc")]) == [] and blanks("a", []) == []


def test_k16_the_meeting_is_ready_only_when_every_pair_has_talked(add: Any, people: Any) -> None:
    ledger = registry.get("life_meetings")
    row = add(
        "life_meetings",
        title="专题民主生活会",
        category="democratic",
        members="试甲、试乙、试丙",
        planned_on="2014-07-15",
    )
    add("talks", title="一", pair="试甲、试乙", held_on="2014-06-02")
    add("talks", title="去年", pair="试甲、试丙", held_on="2013-06-02")
    with pytest.raises(store.RefusedError, match="还有 2 对") as refused:
        store.advance(ledger, row, "ready", on=date(2014, 7, 1))
    assert "试丙" in str(refused.value)
    add("talks", title="二", pair="试甲、试丙", held_on="2014-06-03")
    add("talks", title="三", pair="试乙、试丙", held_on="2014-06-04")
    row.refresh_from_db()
    assert store.advance(ledger, row, "ready", on=date(2014, 7, 1)).stage == "ready"
    with pytest.raises(store.RefusedError, match="双方两人"):
        add("talks", title="四", pair="试甲", held_on="2014-06-05")


def test_k16_self_checks_are_read_by_author_secretary_and_supervisors_only(add: Any, people: Any, world: Any) -> None:
    from jushi.kernel.models import Grant
    from jushi.kernel.roles import rights_of
    from jushi.ledger.visibility import visible

    ledger, users = registry.get("self_checks"), world.users
    for login in ("juzhang", "fenguan"):
        Grant.objects.create(user=users[login], role="text_author")
    Grant.objects.create(user=users["caiwu"], role="supervision_team")
    raw = {"title": "对照检查", "author": "试甲", "edition": "第一稿", "drafted_on": "2014-06-12"}
    row = store.create(ledger, raw, store.author_for(ledger, world.bureau, users["juzhang"]))
    readers = {login for login, user in users.items() if row in visible(ledger.queryset(), ledger, rights_of(user, date(2014, 6, 20)))}
    supervisors = {login for login, user in users.items() if user.grants.filter(role="supervision_team").exists()}
    assert readers == {"juzhang", "dangwu"} | supervisors and "caiwu" in supervisors
    assert not rights_of(users["dangwu"], date(2014, 6, 20)).may("change", zone=ledger.zone, entity="Document")


def test_k20_a_duty_without_proof_in_the_quarter_is_shown(add: Any) -> None:
    made = [add("integrity_duties", title=f"责任{n}", category=("领导班子集体责任", "班子成员领导责任")[n % 2], period="2015",
                assigned_on="2015-02-20") for n in range(2)]  # fmt: skip
    add("duty_records", title="履责", plan_item="责任0", held_on="2015-05-15")
    assert [d.pk for d in unproven_duties("990102", parse("2015Q2"))] == [made[1].pk]
    assert len(unproven_duties("990102", parse("2015Q3"))) == 2

    def reminded(on: date) -> list[Any]:
        return [r.record_id for r in reminders.due("990102", on) if r.ledger == "integrity_duties"]

    assert reminded(date(2015, 6, 1)) == [] and reminded(date(2015, 6, 25)) == [made[1].pk]


def spend(add: Any, amount: int, state: str = State.CONFIRMED, **more: Any) -> Any:
    raw = {"title": f"接待{amount}", "category": "公务接待", "plan_year": 2015, "occurred_on": "2015-11-05"}
    return add("public_spending", state=state, amount=amount, **raw | more)


def test_k24_beyond_the_limit_warns_and_wants_a_second_approval_of_another(add: Any, world: Any) -> None:
    add("spending_limits", title="限额", category="公务接待", plan_year=2015, amount=30000, approved_on="2015-01-20")
    ledger = registry.get("public_spending")
    spend(add, 20000)
    spend(add, 8000)
    over = spend(add, 3000, state=State.PENDING)
    assert "超出限额 30000.00 元" in checking.warnings_of(ledger, over, {})["amount"]
    with pytest.raises(store.RefusedError, match="超出年度限额 1000.00 元"):
        store.move(ledger, over, "confirm")
    over.refresh_from_db()
    author, deputy = world.clerk(ledger), world.users["fenguan"]
    with pytest.raises(store.RefusedError, match="不能由责任人本人办理"):
        store.advance(ledger, over, "approved", on=date(2015, 11, 6), actor=author)
    store.advance(ledger, over, "approved", on=date(2015, 11, 6), actor=deputy)
    store.change(ledger, over, {"amount": 3500})
    assert over.stage == "recorded" and over.approved_on is None
    store.advance(ledger, over, "approved", on=date(2015, 11, 7), actor=deputy)
    store.change(ledger, over, {"title": "接待考察组"})
    assert store.move(ledger, over, "confirm").state == State.CONFIRMED


def test_k24_near_the_limit_warns_within_it_is_silent(add: Any, measured: Any) -> None:
    add("spending_limits", title="限额", category="公务接待", plan_year=2015, amount=30000, approved_on="2015-01-20")
    ledger = registry.get("public_spending")
    assert checking.warnings_of(ledger, spend(add, 26000), {}) == {}
    near = spend(add, 2000, state=State.PENDING)
    assert "93.3%" in checking.warnings_of(ledger, near, {})["amount"]
    assert store.move(ledger, near, "confirm").state == State.CONFIRMED
    assert measured("2015", "three_public.reception", "three_public.used") == {
        "three_public.reception": 28000,
        "three_public.used": Decimal("93.33"),
    }


def test_k25_leaflets_and_viewers_are_said_by_the_rounding_rule(add: Any, measured: Any) -> None:
    from jushi.compose.words import approximate

    for n, (copies, heads) in enumerate(((500, 100), (306, 96))):
        add(
            "integrity_publicity",
            title=f"宣传{n}",
            form="发放资料",
            held_on="2014-05-21",
            leaflets=copies,
            viewers=heads,
        )
    found = measured("2014H1", "integrity_publicity.leaflets", "IH22")
    assert (approximate(found["integrity_publicity.leaflets"], "余", "份"), approximate(found["IH22"], "近", "人")) == (
        "800余份",
        "近200人",
    )


def disclose(add: Any, title: str, **more: Any) -> Any:
    return add("disclosures", title=title, category="奖励名单", due_on="2015-06-01", **more)


def test_k26_what_is_due_and_unpublished_is_shown(add: Any, measured: Any) -> None:
    late = disclose(add, "甲")
    disclose(add, "乙", published_on="2015-05-28", ends_on="2015-06-05", link="门户网站")
    assert measured("2015H1", "disclosures.due", "disclosures.open") == {"disclosures.due": 2, "disclosures.open": 1}
    ledger = registry.get("disclosures")
    assert [r.pk for r in bearing(ledger, ledger.marks[0], "990102", date(2015, 6, 1))] == [late.pk]


def test_k26_a_reward_list_stays_public_for_seven_days(add: Any) -> None:
    with pytest.raises(store.RefusedError, match="至少公示 7 天"):
        disclose(add, "甲", published_on="2015-05-28", ends_on="2015-06-01", link="门户网站")
    with pytest.raises(store.RefusedError, match="公开栏"):
        disclose(add, "乙", published_on="2015-05-28")


def test_k26_overdue_work_is_ranked_by_office(add: Any, world: Any) -> None:
    for n in range(2):
        problem(add, world, n)
    add("problems", title="问题", plan_year=2014, raised_on="2014-12-01")
    add("campaign_phases", title="环节", category="mass_line", period="2014", due_on="2014-06-01")
    assert overdue_by_office("990102", date(2014, 7, 1)) == [("办公室", 2), ("党支部", 1)]
