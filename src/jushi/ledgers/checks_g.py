"""Checks of G 科普与培训: ``(record, values) -> {column: what to do}``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jushi.ledgers.current import value_of
from jushi.ledgers.g_calendar import last_week, theme_of

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
