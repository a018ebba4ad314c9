"""The yearly science week in its sequence, and campaigns that belong to fixed dates (rule ``campaign_days``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from jushi.entities.models import Activity
from jushi.kernel.models import Term
from jushi.kernel.states import State
from jushi.ledger.reminders import Reminder
from jushi.ledgers.rules import rule

WEEK_TITLE = "第{edition}届科技活动周"


def theme_of(year: int) -> str:
    """The official theme of a year's science week (dictionary ``science_week_theme``, dated), '' when none is known."""
    found = Term.valid("science_week_theme", "", date(year, 6, 1)).exclude(valid_from=None).first()
    return found.name if found else ""


def last_week(county: str, before: int, *, other_than: Any = None) -> tuple[int, int] | None:
    """(year, edition) of the latest science week held before a year; voided rows do not count."""
    rows = Activity.objects.filter(county=county, kind="science_week", year__lt=before).exclude(edition=None)
    found = rows.exclude(state=State.VOID).exclude(pk=other_than).order_by("-year").values_list("year", "edition").first()
    return None if found is None else (found[0], found[1])


def next_week(county: str, on: date) -> Mapping[str, Any]:
    """Raw values for this year's science week: the edition that follows, the official theme, last time's units."""
    previous = last_week(county, on.year)
    values: dict[str, Any] = {"theme": theme_of(on.year)}
    if previous is None:
        return values
    year, edition = previous
    edition += on.year - year
    last = Activity.objects.filter(county=county, kind="science_week", year=year).exclude(state=State.VOID).first()
    units = [] if last is None else last.parties.filter(role="unit").order_by("position")
    names = "、".join(str(party.organisation) for party in units if party.organisation_id)
    return values | {"edition": edition, "title": WEEK_TITLE.format(edition=edition), "units": names}


def fixed_dates_due(county: str, on: date) -> Iterable[Reminder]:
    """Campaigns of fixed dates that the year has no record of, from the day itself; overdue after the last day for entering."""
    for item in rule("campaign_days", county, on, []):
        day = date(on.year, item["month"], item["day"])
        last = date(on.year, item["enter_month"], item["enter_day"])
        if (
            on < day
            or Activity.objects.filter(county=county, kind="publicity_day", category=item["category"], year=on.year)
            .exclude(state=State.VOID)
            .exists()
        ):
            continue
        message = f"{on.year}年{item['name']}活动还没有登记，请在{last.month}月{last.day}日前补登；没有开展的请说明"
        yield Reminder("publicity_days", message, item["office"], last)
