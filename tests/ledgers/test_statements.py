"""Words that records contradict: the acceptance of C21 and C31 (closed, accepted) and of E09 (named and counted)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jushi.ledger.statements import contradictions

YEAR_END = date(2015, 12, 31)


def said(text: str, on: date = YEAR_END) -> list[str]:
    return [c.message for c in contradictions(text, "990102", on)]


@pytest.fixture
def projects(add: Any) -> None:
    common = {"approved_on": "2014-05-10", "started_on": "2014-06-01", "due_on": "2015-12-20"}
    closed = {"stage": "accepted", "acceptance": "pass"}
    add("projects", title="数字化服务平台示范项目", level="province", accepted_on="2015-06-30", ended_on="2015-06-30", **closed, **common)
    add("projects", title="环境综合治理示范项目", level="province", built_on="2015-10-28", **common)
    add("projects", title="枸杞烘干装备研制", level="city", **common)
    add("projects", title="草稿里的项目", level="county", state="draft", **common)


@pytest.mark.parametrize(
    "text", ["市级项目全面结题。", "市级工程也均按任务书要求全面结题。", "市级科技计划项目已全部通过验收。", "所有项目均已结题。"]
)
def test_c21_all_closed_is_contradicted_by_the_open_project(projects: None, text: str) -> None:
    (message,) = said(text)
    assert "枸杞烘干装备研制" in message and "没有结题" in message


@pytest.mark.parametrize(
    "text",
    [
        "县级项目全面结题。",
        "力争年底市级项目全面结题。",
        "市级项目尚未全面结题。",
        "确保市级项目全部验收。",
        "组织项目全面排查。",
        "3个项目全部通过验收。",
    ],
)
def test_c21_nothing_is_said_of_plans_denials_and_what_is_true(projects: None, text: str) -> None:
    assert said(text) == []


def test_c21_what_was_open_then_counts_not_what_is_open_now(projects: None, add: Any) -> None:
    assert len(said("省级项目全面结题。", date(2015, 6, 29))) == 1
    assert "数字化" in said("省级项目全面结题。", date(2015, 6, 29))[0] and "数字化" not in said("省级项目全面结题。")[0]


def test_c31_built_is_not_accepted(projects: None) -> None:
    (message,) = said("环境综合治理示范项目顺利通过验收。")
    assert "2015-10-28完成建设任务" in message
    assert said("环境综合治理示范项目完成了建设任务，正在准备验收。") == []
    assert said("数字化服务平台示范项目已在6月末通过结题验收。") == []
    assert said("环境综合治理示范项目完成了建设任务，数字化服务平台示范项目通过验收。") == []


@pytest.fixture
def techniques(add: Any) -> None:
    for title in ("果树防风", "起垄栽培", "地膜覆盖", "秸秆填坑", "双层缠裹", "根域限制"):
        add("techniques", title=title, field="fruit", introduced_on="2015-03-01", trialled_on="2015-04-01")


def test_e09_five_named_without_deng_and_six_written_is_asked_about(techniques: None) -> None:
    (message,) = said("试验示范起垄栽培、果树防风、双层缠裹、地膜覆盖、秸秆填坑高档经济林果栽培技术6项。")
    assert "写明6项，点名的是5项" in message and "根域限制" in message and "等" in message


@pytest.mark.parametrize(
    "text",
    [
        "试验示范起垄栽培、果树防风、双层缠裹、地膜覆盖、秸秆填坑等高档经济林果栽培技术6项。",
        "试验示范起垄栽培、果树防风、双层缠裹、地膜覆盖、秸秆填坑栽培技术5项。",
        "走访了甲村、乙村、丙村、丁村农户6项。",
    ],
)
def test_e09_with_deng_or_the_right_number_nothing_is_said(techniques: None, text: str) -> None:
    assert said(text) == []


@pytest.fixture
def fridays(add: Any) -> None:
    """Study on Mondays and Thursdays, three times recorded; an assembly in each quarter but the second."""
    add("study_routines", title="集中学习制度", activity_ledger="study_sessions", frequency="每周", weekdays="1,4", starts_on="2020-01-01")
    for day in ("2020-01-06", "2020-01-09", "2020-03-05"):
        add("study_sessions", title=f"学习{day}", held_on=day, form="study")
    for code in ("assembly", "lesson"):
        add("meeting_routines", title=f"{code}制度", activity_ledger="branch_meetings", category=code, frequency="每季度", starts_on="2020-01-01")
        for month in (2, 8, 11) if code == "assembly" else (2, 5, 8, 11):
            add("branch_meetings", title=f"{code}{month}", category=code, held_on=f"2020-{month:02d}-10")


@pytest.mark.parametrize(("text", "message"), [
    ("坚持每周一、四集中学习，共组织集中学习3次。", "应有105次，台账有3次，缺1月2日"),
    ("严格执行“三会一课”制度。", "按“assembly制度”应有4次，台账有3次，缺第二季度"),
    ("严格落实每季度召开党员大会。", "缺第二季度"),
])  # fmt: skip
def test_k02_a_habit_is_held_against_what_the_routine_asks(fridays: None, text: str, message: str) -> None:
    [found] = said(text, date(2020, 12, 31))
    assert message in found


@pytest.mark.parametrize("text", ["坚持每季度讲党课。", "明年坚持每周一、四集中学习。", "坚持每周下企业。", "组织集中学习3次。", "坚持学习。"])
def test_k02_what_was_kept_or_is_no_habit_is_left_alone(fridays: None, text: str) -> None:
    assert said(text, date(2020, 12, 31)) == []
