"""Checks of G 科普与培训: ``(record, values) -> {column: what to do}``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jushi.ledgers.current import value_of
from jushi.ledgers.g_calendar import last_week, theme_of
from jushi.ledgers.rules import rule

MARKS = str.maketrans("", "", " 　“”\"'，,、。·：:")


def edition_follows(record: Any, values: Mapping[str, Any]) -> dict[str, str]:
    """One science week a year: its edition follows the last one by as many as years have passed (G01)."""
    if record.edition is None or record.held_on is None:
        return {}
    previous = last_week(record.county, record.held_on.year, other_than=record.pk)
    if previous is None:
        return {}
    expected = previous[1] + record.held_on.year - previous[0]
    if record.edition == expected:
        return {}
    return {"edition": f"{previous[0]}年是第{previous[1]}届，{record.held_on.year}年应为第{expected}届，现在填的是第{record.edition}届"}


def theme_is_official(record: Any, values: Mapping[str, Any]) -> dict[str, str]:
    """The theme is stored as published (G01); quotation marks and blanks do not matter."""
    official = theme_of(record.held_on.year) if record.held_on else ""
    if not official or not record.theme or record.theme.translate(MARKS) == official.translate(MARKS):
        return {}
    return {"theme": f"{record.held_on.year}年活动周的公布主题是“{official}”，请照原文填写；本地自定主题请写在“内容”里"}


def people_within_consultations(record: Any, values: Mapping[str, Any]) -> dict[str, str]:
    """Everybody who came to ask asked at least once: 人 cannot exceed 人次 (G04)."""
    people = value_of(record, values, "residents", "community_events")
    times = value_of(record, values, "consultations", "community_events")
    if people is None or times is None or people <= times:
        return {}
    return {"residents": f"前来咨询居民 {people} 人多于咨询 {times} 人次；人次应不少于人数，请核对两项是否填反"}


def attendance_agrees(record: Any, values: Mapping[str, Any]) -> dict[str, str]:
    """The typed 人次 and the signed list say the same, or the reason is written down (G10)."""
    ledger = "talent_classes" if record.kind == "talent_class" else "farmer_classes"
    typed = value_of(record, values, "attendances", ledger)
    signed = value_of(record, values, "attendees", ledger)
    if typed is None or not signed or int(typed) == len(signed) or value_of(record, values, "difference_reason", ledger):
        return {}
    return {"attendances": f"签到名单有 {len(signed)} 人，填报 {int(typed)} 人次，两者不符：请改正，或填写“人次与名单不符的原因”"}


def poor_within_all(record: Any, values: Mapping[str, Any]) -> dict[str, str]:
    """Poor labour is part of those trained (G12)."""
    poor = value_of(record, values, "poor_attendances", "talent_classes")
    all_of_them = value_of(record, values, "attendances", "talent_classes")
    if poor is None or (all_of_them is not None and poor <= all_of_them):
        return {}
    return {"poor_attendances": f"贫困劳动力 {int(poor)} 人次超过参训总人次 {int(all_of_them or 0)}，请核对"}


def contest_edition_fits(record: Any, values: Mapping[str, Any]) -> dict[str, str]:
    """An edition belongs to one year: the series' first year (rule ``contest_first_years``) counts on by one (G14)."""
    if record.edition is None or record.held_on is None:
        return {}
    first = rule("contest_first_years", record.county, record.held_on, {}).get(record.series)
    if first is None or record.edition == record.held_on.year - first + 1:
        return {}
    fits = first + record.edition - 1
    return {"edition": f"第{record.edition}届应在{fits}年，举办日期在{record.held_on.year}年；请核对届次或日期"}


def prize_within_contest(record: Any, values: Mapping[str, Any]) -> dict[str, str]:
    """A prize is not granted before its contest was held."""
    if record.activity_id is None or record.granted_on is None or record.activity.held_on is None:
        return {}
    if record.granted_on >= record.activity.held_on:
        return {}
    return {"granted_on": f"获奖日期早于赛事举办日期（{record.activity.held_on}），请核对"}


def take_edition(record: Any, values: Mapping[str, Any]) -> None:
    """The prize carries the edition of its contest."""
    if record.activity_id is not None:
        record.edition = record.activity.edition
