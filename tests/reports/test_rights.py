"""Who may do what with an edition, role by role and step by step."""

from __future__ import annotations

from typing import Any

import pytest

from jushi.kernel.models import Office
from jushi.kernel.roles import Holding, Rights, catalogue
from jushi.reports import rights as allowed
from jushi.reports.models import STEPS, Edition, EditionSection

COUNTY = "990102"
EVERY = tuple(code for code, _ in STEPS)


def holder(*roles: str, office: str = "", county: str = COUNTY) -> Rights:
    return Rights(1, "某人", county, tuple(Holding(catalogue()[role], office) for role in roles))


def edition(step: str) -> Edition:
    return Edition(county=COUNTY, step=step, title="小结")


def section(code: str) -> EditionSection:
    return EditionSection(county=COUNTY, key="a", office=Office(county=COUNTY, code=code, name=code) if code else None)


def steps(judge: Any) -> tuple[str, ...]:
    """The steps at which something is allowed."""
    return tuple(step for step in EVERY if judge(step))


@pytest.mark.parametrize(
    ("role", "wanted"),
    [("editor", ("drafting", "gathering", "editing", "checking")), ("deputy", ("deputy",)), ("director", ("deputy", "director"))],
)
def test_steps_wait_for_their_holders(role: str, wanted: tuple[str, ...]) -> None:
    assert steps(lambda s: allowed.may_pass(holder(role), edition(s))) == wanted


@pytest.mark.parametrize("role", sorted(set(catalogue()) - {"editor", "deputy", "director"}))
def test_nobody_else_passes_an_edition_on(role: str) -> None:
    assert steps(lambda s: allowed.may_pass(holder(role, office="ip"), edition(s))) == ()


def test_an_edition_of_another_county_is_nobodys_here() -> None:
    for role in ("editor", "deputy", "director"):
        stranger = holder(role, county="990121")
        assert steps(lambda s, who=stranger: allowed.may_pass(who, edition(s))) == ()
        assert steps(lambda s, who=stranger: allowed.may_write(who, edition(s), section("ip"))) == ()
        assert steps(lambda s, who=stranger: allowed.may_edit(who, edition(s))) == ()


def test_sections_are_written_by_their_office_until_the_text_is_checked() -> None:
    for role in ("clerk", "office_head"):
        own = holder(role, office="ip")
        assert steps(lambda s, who=own: allowed.may_write(who, edition(s), section("ip"))) == allowed.OFFICE_STEPS
        for other in ("rural", "party", ""):
            assert steps(lambda s, who=own, o=other: allowed.may_write(who, edition(s), section(o))) == ()


def test_the_party_section_belongs_to_the_party_secretary() -> None:
    secretary = holder("party_secretary")
    assert steps(lambda s: allowed.may_write(secretary, edition(s), section("party"))) == allowed.OFFICE_STEPS
    assert steps(lambda s: allowed.may_write(secretary, edition(s), section("ip"))) == ()


def test_the_editor_writes_everything_until_it_goes_to_be_signed() -> None:
    for code in ("ip", "party", ""):
        assert steps(lambda s, c=code: allowed.may_write(holder("editor"), edition(s), section(c))) == allowed.EDITOR_STEPS
    assert steps(lambda s: allowed.may_edit(holder("editor"), edition(s))) == allowed.EDITOR_STEPS


@pytest.mark.parametrize("role", sorted(set(catalogue()) - {"editor"}))
def test_only_the_editor_edits_sentences_and_begins_documents(role: str) -> None:
    who = holder(role, office="ip")
    assert steps(lambda s: allowed.may_edit(who, edition(s))) == () and not allowed.may_create(who)


def test_every_refusal_says_who_does_it_instead() -> None:
    assert "分管副局长" in allowed.may_pass(holder("clerk", office="ip"), edition("deputy")).reason
    assert "冻结" in allowed.may_pass(holder("director"), edition("frozen")).reason
    assert "农村科技股" in allowed.may_write(
        holder("clerk", office="ip"), edition("drafting"),
        EditionSection(county=COUNTY, key="a", office=Office(county=COUNTY, code="rural", name="农村科技股")),
    ).reason  # fmt: skip


@pytest.mark.parametrize("role", sorted(catalogue()))
def test_drafts_are_for_those_who_work_in_the_bureau(role: str) -> None:
    wanted = "view" in catalogue()[role].actions and catalogue()[role].scope in {"county", "office"}
    assert allowed.inside(holder(role)) is wanted
