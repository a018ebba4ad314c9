"""What a plausible row of a ledger needs to know beyond its declaration: numbers with check digits, dates in order, links that fit.

A value is raw, or a function ``(maker, n)`` of the row's number; None leaves the column empty.
"""

from __future__ import annotations

from typing import Any


def patent_number(maker: Any, n: int) -> str:
    """An invented application number of an invention of 2015 whose check digit is right (ZC 0006—2003)."""
    body = f"20151{n:07d}"
    rest = sum(int(d) * w for d, w in zip(body, (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5), strict=True)) % 11
    return f"{body}.{'X' if rest == 10 else rest}"


def later(days: int) -> Any:
    """A day so long after the row's own."""
    return lambda maker, n: str(maker.day(n + days))


def two_people(maker: Any, n: int) -> str:
    """Two registered people."""
    first = maker.title_of("entities.Person")
    other = "试样谈话人乙"
    maker.once("people", other, title=other)
    return f"{first}、{other}"


def budget(maker: Any, n: int) -> None:
    """A budget of the year that spending can be taken from."""
    maker.once("science_budget", "预算", title="试样年度预算", plan_year="2015", amount="900", assigned_on="2015-01-05")


def specialist(maker: Any, n: int) -> str:
    """Somebody who is a specialist in office."""
    maker.record_of("entities.Designation", ("specialist",))
    return str(maker.title_of("entities.Person"))


def new_member(maker: Any, n: int) -> str:
    """Somebody who is at no stage of membership yet."""
    maker.once("people", f"试样党员{n}", title=f"试样党员{n}")
    return f"试样党员{n}"


TARGET = {"period": "2015", "indicator": "patents.filed", "unit": "件"}
# The state that people and things are in decides the rest of these rows, so optional columns that contradict each other stay empty.
SPECIAL: dict[str, dict[str, Any]] = {
    "calls": {"reopened_until": later(30), "reopen_reason": "节假日顺延"},
    "projects": {"budget": None, "fiscal_amount": "3", "own_amount": "4"},
    "science_budget": {"plan_year": "2015"},
    "science_spending": {"plan_year": lambda maker, n: budget(maker, n) or "2015"},
    "patents": {"number": patent_number},
    "field_visits": {"households": lambda maker, n: maker.title_of("entities.Household")},
    "specialist_projects": {"leader": specialist},
    "specialist_assessments": {"period": "2015"},
    "science_weeks": {"theme": "创新创业 科技惠民", "edition": "2015"},
    "contests": {"edition": "30"},
    "deeds": {"result": "已办结"},
    "targets": TARGET,
    "plan_items": TARGET,
    "investment_targets": TARGET,
    "past_figures": {"period": "2014"},
    "problems": {"indicators": "patents.filed"},
    "study_sessions": {"absentees": None, "participants": "1"},
    "branch_meetings": {"absentees": None, "participants": "1"},
    "party_courses": {"absentees": None, "participants": "1"},
    "party_exams": {"total": "88"},
    "party_members": {"person": new_member},
    "outreach_returns": {"survey": lambda maker, n: maker.record_of("entities.Survey", ("outreach_survey",)).title},
    "private_returns": {"survey": lambda maker, n: maker.record_of("entities.Survey", ("private_survey",)).title},
    "opinions": {"raiser": None},
    "talks": {"pair": two_people},
    "public_spending": {"plan_year": "2015"},
    "spending_limits": {"plan_year": "2015"},
    "disclosures": {"ends_on": later(12)},
}
ALWAYS: dict[str, Any] = {}
