"""Both demonstration documents against the numbers of the summaries they replay; freezing, and what moves afterwards."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.utils import timezone

from jushi.compose import Composition, FigureRef, Run
from jushi.indicators.evaluate import behind
from jushi.indicators.values import Behind
from jushi.kernel.models import Correction, User
from jushi.kernel.periods import parse
from jushi.kernel.roles import Rights, rights_of
from jushi.ledger import correcting, registry, store
from jushi.ledger.indicators import Coverage, Formula, Months, Ratio
from jushi.reports import editions
from jushi.reports.causes import causes
from jushi.reports.models import STEPS, Edition, EditionSection, FrozenError, FrozenFigure
from jushi.reports.pack import write_pack

# section → its numbers in the order of its sentences, each with its exact value where the words round it
YEAR = {
    "projects": "36项 13项", "vegetables": "7个 223亩 32座 25座 5项", "varieties": "17个 10个 8个 6个 23个 3项 6项",
    "ip": "195件 200件以上=206",
    "outreach": "355户 160座 180座 750人次 1000余本=1042 6场 700人次 50块 8000余份=8045 6000多人=6050 3300余份=3340 8000人次"
    " 8项 8项 10项 47名",
    "specialists": "5名 5项 3名 3项", "investment": "4项 2项 2510万元",
    "party": "2名 10名 1名 2400元 500人次 200份 120户",
}  # fmt: skip
HALF = {
    "management": "1项 1项 7人", "outreach": "5次 1.5万余份=15050 80余块=83 近1.2万人次=11860", "expropriation": "4户 2户",
    "three_send": "4件 2次 3万余元=30600 800余份=806 近200人=196", "plan_expropriation": "2户",
}  # fmt: skip


def edition_of(county: str, period: str) -> Edition:
    return Edition.objects.select_related("area").get(county=county, period=period)


def counted(composition: Composition) -> dict[str, list[Run]]:
    return {
        s.key: [run for p in s.paragraphs for run in p.runs if isinstance(run.ref, FigureRef)] for s in composition.sections
    }  # fmt: skip


def claims(wanted: dict[str, str]) -> Iterator[tuple[str, str, Decimal]]:
    for section, words in wanted.items():
        for word in words.split():
            text, _, exact = word.partition("=")
            yield section, text, Decimal(exact or re.match(r"[\d.]+", text)[0])


def total(found: Behind) -> Decimal | None:
    """What the records behind a figure add up to, by the definition of its kind."""
    indicator = found.value.indicator
    if isinstance(indicator, Formula):
        parts = {p.value.code: total(p) or Decimal(0) for p in found.parts}
        return sum(parts[c] for c in indicator.plus) - sum((parts[c] for c in indicator.minus), Decimal(0))
    if isinstance(indicator, Ratio):
        top, bottom = (total(p) for p in found.parts)
        return round(top * indicator.scale / bottom, indicator.places) if top is not None and bottom else None
    if not found.rows and indicator.missing != "zero":
        return None
    return sum((row.quantity for row in found.rows), Decimal(0))


@pytest.mark.parametrize(("county", "period", "wanted"), [("990102", "2015", YEAR), ("990124", "2014H1", HALF)])
def test_every_number_of_the_summary_is_a_run_with_its_records(demo: None, county: str, period: str, wanted: dict[str, str]) -> None:
    edition = edition_of(county, period)
    runs = {key: iter(found) for key, found in counted(editions.shown(edition)).items()}
    for section, text, exact in claims(wanted):
        run = next((r for r in runs[section] if r.text.removeprefix("预计").startswith(text)), None)
        assert run is not None, f"{section}：缺 {text}，或次序不对"
        assert run.ref.value == exact, (text, run.ref)
        own = parse(run.ref.period) if run.ref.period else editions.period_of(edition)
        assert total(behind(run.ref.indicator, edition.area, own)) == exact, text


def test_the_number_of_claims_is_that_of_the_summaries() -> None:
    assert (len(list(claims(YEAR))), len(list(claims(HALF)))) == (46, 15)


@pytest.mark.parametrize(("county", "period"), [("990102", "2015"), ("990102", "2014"), ("990124", "2014H1")])
def test_the_records_behind_add_up_for_every_indicator(demo: None, county: str, period: str) -> None:
    area = edition_of(county, period).area
    wrong = []
    for _, indicator in registry.indicators():
        if isinstance(indicator, Coverage | Months):
            continue  # a share of a list: its reached things are told by its own ledger; months follow from the period, not from rows
        found = behind(indicator.code, area, parse(period))
        if total(found) != found.value.value:
            wrong.append((indicator.code, total(found), found.value.value))
    assert wrong == []


def test_a_figure_with_its_own_cut_off_says_so(demo: None) -> None:
    runs = counted(editions.shown(edition_of("990102", "2015")))
    assert {run.ref.period for run in runs["ip"]} == {"2015-01..11", ""}
    assert {run.ref.period for key, found in runs.items() if key != "ip" for run in found} == {""}


def account(name: str) -> tuple[User, Rights]:
    user = User.objects.select_related("bureau").get(username=name)
    return user, rights_of(user, timezone.localdate())


def signed(edition: Edition) -> Edition:
    director, _ = account("juzhang02")
    for step, _ in STEPS[1:]:
        editions.advance(edition, step, user=director)
    return edition


def corrected(ledger: Any, record: Any, raw: dict[str, str], reason: str, action: str = "change") -> Correction:
    wish = correcting.ask_correction(ledger, record, raw, reason=reason, user=account("nongcunyuan02")[0], action=action)
    return correcting.decide_correction(ledger, wish, approve=True, user=account("fenguan02")[0])


def household_seen_once() -> tuple[Any, Any, list[Any]]:
    """A visit, one household that only this visit reached, and all households of the visit."""
    ledger = registry.get("field_visits")
    for visit in ledger.queryset().filter(county="990102", held_on__year=2015):
        households = [p.household for p in visit.parties.filter(role="visited").select_related("household")]
        for household in households:
            if ledger.queryset().filter(parties__household=household).count() == 1:
                return visit, household, households
    raise AssertionError("没有只走访过一次的农户")


@pytest.fixture
def frozen_with_single_visit(demo: None) -> tuple[Edition, Any]:
    """The 2015 edition signed while one household of the 355 rests on one visit of its own."""
    ledger = registry.get("field_visits")
    visit, household, others = household_seen_once()
    rest = "、".join(h.number for h in others if h.pk != household.pk)
    corrected(ledger, visit, {"households": rest}, "该户另记一次")
    author = store.author_for(ledger, account("nongcunyuan02")[0].bureau, account("nongcunyuan02")[0])
    raw = {"title": "单独入户指导", "held_on": "2015-06-09", "households": household.number}
    single = store.create(ledger, raw, author, state="confirmed")
    return signed(edition_of("990102", "2015")), single


def test_a_frozen_document_keeps_text_values_ids_and_digest(frozen_with_single_visit: tuple[Edition, Any]) -> None:
    edition, _ = frozen_with_single_visit
    kept = FrozenFigure.objects.get(edition=edition, code="field_visits.households")
    assert (kept.value, kept.rows, len(kept.record_ids)) == ("355", 355, 355)
    assert kept.digest == editions.digest(list(behind("field_visits.households", edition.area, parse("2015")).rows))
    filed = FrozenFigure.objects.get(edition=edition, code="patents.filed")
    assert (filed.period, filed.value) == ("2015-01..11", "195")
    edition.refresh_from_db()
    assert edition.signed_by.username == "juzhang02" and edition.frozen_at and "355户" in str(edition.frozen)
    assert editions.drift(edition) == []


def test_a_correction_after_the_signature_shows_as_drift_with_who_and_why(
    frozen_with_single_visit: tuple[Edition, Any],
) -> None:
    edition, single = frozen_with_single_visit
    corrected(registry.get("field_visits"), single, {}, "核对签到表，此次走访未发生", "void")
    text = "".join(run.text for run in editions.shown(edition).runs())
    assert "355户" in text and "354户" not in text
    moved = {d.figure.code: d for d in editions.drift(edition)}
    households = moved["field_visits.households"]
    assert (households.before, households.now.value, households.difference) == (355, 354, -1)
    assert len(households.gone) == 1 and households.came == households.changed == ()
    [cause] = causes(edition, households, account("nongcun02")[1])
    assert cause.way == "减少" and cause.seen and cause.steps[0].actor
    assert cause.steps[0].reason == "核对签到表，此次走访未发生" and cause.steps[0].name == "更正"
    [veiled] = causes(edition, households, account("tonggao02")[1])
    assert not veiled.seen and veiled.steps == ()


def test_equal_values_on_other_records_are_drift_too(frozen_with_single_visit: tuple[Edition, Any]) -> None:
    edition, single = frozen_with_single_visit
    ledger = registry.get("field_visits")
    other = ledger.queryset().exclude(pk=single.pk).filter(held_on__year=2015).first()
    fresh = store.create(
        registry.get("households"), {"number": "990102-9999", "title": "新登户", "category": "poor", "registered_on": "2013-05-10"},
        store.author_for(registry.get("households"), account("nongcunyuan02")[0].bureau), state="confirmed",
    )  # fmt: skip
    members = [p.household.number for p in other.parties.filter(role="visited").select_related("household")]
    corrected(ledger, other, {"households": "、".join([*members, fresh.number])}, "补记一户")
    corrected(ledger, single, {}, "重复登记", "void")
    moved = {d.figure.code: d for d in editions.drift(edition)}["field_visits.households"]
    assert (moved.before, moved.now.value) == (355, 355) and len(moved.came) == len(moved.gone) == 1


def test_a_frozen_document_cannot_be_changed(frozen_with_single_visit: tuple[Edition, Any]) -> None:
    from jushi.kernel import oplog

    edition, _ = frozen_with_single_visit
    section = EditionSection.objects.get(edition=edition, key="plans")
    with pytest.raises(store.RefusedError, match="冻结"):
        editions.write_section(section, version=section.version, notes={"下年打算": {"text": "改"}})
    with pytest.raises(store.RefusedError, match="冻结"):
        editions.advance(edition, "director", user=None, reason="想改")
    edition.title = "别的题目"
    for change in (edition.save, section.save, section.delete, FrozenFigure.objects.filter(edition=edition).first().save):
        with pytest.raises(FrozenError), oplog.operation("改", county="990102"):
            change()


def test_a_gap_keeps_the_document_from_being_signed(demo: None) -> None:
    edition = edition_of("990102", "2015")
    section = EditionSection.objects.get(edition=edition, key="party")
    editions.write_section(section, version=section.version, notes={})
    with pytest.raises(store.RefusedError, match="1 处空缺"):
        signed(edition)
    edition.refresh_from_db()
    assert edition.step == "director" and not FrozenFigure.objects.filter(edition=edition).exists()


def test_steps_are_not_skipped_and_going_back_needs_a_reason(demo: None) -> None:
    edition = edition_of("990102", "2015")
    with pytest.raises(store.RefusedError, match="下一步"):
        editions.advance(edition, "director", user=None)
    editions.advance(editions.advance(edition, "gathering", user=None), "editing", user=None)
    with pytest.raises(store.RefusedError, match="原因"):
        editions.advance(edition, "gathering", user=None)
    assert editions.advance(edition, "gathering", user=None, reason="科普股漏报").step == "gathering"


def test_the_pack_holds_document_workbook_and_only_what_the_account_may_see(demo: None) -> None:
    edition = edition_of("990102", "2014")
    titles = {}
    for name in ("nongcun02", "tonggao02"):
        target = io.BytesIO()
        write_pack(edition, account(name)[1], target)
        archive = zipfile.ZipFile(target)
        assert archive.testzip() is None and f"{edition.title}.docx" in archive.namelist()
        book = openpyxl.load_workbook(io.BytesIO(archive.read("数字与记录.xlsx")))
        overview = [row for row in book["指标一览"].iter_rows(min_row=3, values_only=True) if row[0]]
        rows = list(book["记录"].iter_rows(min_row=2, values_only=True))
        assert len(overview) == FrozenFigure.objects.filter(edition=edition).count()
        for number, _, code, *_rest in overview:
            kept = FrozenFigure.objects.filter(edition=edition, code=code).first()
            quantity = sum(row[7] for row in rows if row[0] == number)
            indicator = registry.indicator(code)[1]
            if kept.value and not isinstance(indicator, (Ratio, Formula, Coverage)):
                assert Decimal(str(quantity)).quantize(Decimal("0.0001")) == Decimal(kept.value).quantize(Decimal("0.0001")), code
        titles[name] = {row[5] for row in rows if row[3] == registry.get("households").name}
    assert titles["tonggao02"] == {"（无权查看）"} and "（无权查看）" not in titles["nongcun02"]
