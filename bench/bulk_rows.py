"""Large ledgers for the benchmarks, written straight into the tables: how rows get there is measured elsewhere (import_xlsx)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from common import COUNTY, bureau, raw

CHUNK = 20_000
YEARS = range(2006, 2016)
TYPES = ("invention", "utility", "design")
THINGS = (
    "温室通风", "滴灌施肥", "秸秆还田", "土壤墒情", "马铃薯脱毒", "枸杞烘干", "奶牛饲喂", "光伏提水", "沼气净化", "农机导航", "粮食仓储", "中药切片",
)  # fmt: skip
PARTS = ("装置", "方法", "系统", "控制器", "传感器", "支架", "检测仪", "收获机")


def row_id(n: int) -> str:
    """The id of the n-th row of a table, in the form of a time-ordered UUID."""
    return f"01b20000{n >> 16:08x}8000{n & 0xFFFF:012x}"


def title(n: int) -> str:
    """A patent's title; a pair of words recurs in every hundredth."""
    return f"一种{THINGS[n % 12]}用{PARTS[n // 12 % 8]}及其第{n // 96}号改进"


@contextmanager
def careless() -> Iterator[Any]:
    """The connection without safety against power cuts and without foreign keys, while rows are poured in."""
    base = raw()
    base.execute("PRAGMA synchronous=OFF")
    base.execute("PRAGMA foreign_keys=OFF")
    try:
        yield base
    finally:
        base.execute("PRAGMA foreign_keys=ON")
        base.execute("PRAGMA synchronous=FULL")
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        from jushi.kernel import statistics

        statistics.refresh()


def pattern(record: Any) -> dict[str, Any]:
    """Column → stored value of an unsaved row: what all its copies share."""
    from django.db import connection
    from django.utils import timezone

    record.created_at = record.updated_at = timezone.now()
    return {f.column: f.get_db_prep_save(getattr(record, f.attname), connection) for f in record._meta.local_concrete_fields}


def pour(base: Any, table: str, shared: Mapping[str, Any], count: int, own: Callable[[int], Mapping[str, Any]]) -> None:
    """Insert ``count`` rows: shared values, and for each row its own."""
    names = list(shared)
    varying = list(own(0))
    places = [names.index(name) for name in varying]
    sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608
    plain = list(shared.values())

    def rows(low: int, high: int) -> Iterator[Sequence[Any]]:
        for n in range(low, high):
            row = plain.copy()
            for place, value in zip(places, own(n).values(), strict=True):
                row[place] = value
            yield row

    for low in range(0, count, CHUNK):
        base.execute("BEGIN")
        base.executemany(sql, rows(low, min(low + CHUNK, count)))
        base.execute("COMMIT")


def prototype(code: str, **values: Any) -> dict[str, Any]:
    """The stored form of a confirmed row of a ledger."""
    from jushi.ledger import registry, store

    ledger = registry.get(code)
    record = store.prototype(ledger, store.author_for(ledger, bureau()))
    record.state, record.year, record.title = "confirmed", 2015, "样本"
    for name, value in values.items():
        setattr(record, name, value)
    return pattern(record)


def day(n: int, year: int) -> str:
    """A day of a year, spread over its months."""
    return f"{year}-{1 + n * 7 % 12:02d}-{1 + n * 11 % 28:02d}"


def patents(count: int, counties: Sequence[str] = (COUNTY,), years: Sequence[int] = YEARS, *, searched: bool = False) -> None:
    """Patents spread evenly over counties and years, oldest first; every third granted two years on, some of them ended."""
    each = max(1, count // len(years))

    def own(n: int) -> dict[str, Any]:
        year = years[min(n // each, len(years) - 1)]
        county, m = counties[n % len(counties)], n // len(counties)
        return {
            "id": row_id(n), "county": county, "area_id": county.ljust(12, "0"), "title": title(n), "number": f"{year}{n:09d}.1",
            "serial": f"{year}-PATENTS-{n}", "type": TYPES[m % 3], "applied_on": day(m, year), "year": year,
            "granted_on": day(m, year + 2) if m % 3 == 0 else None, "ended_on": day(m, year + 8) if m % 30 == 0 else None,
            "state": "pending" if m % 20 == 0 else "confirmed", "fee": 50000 + m % 300 * 100, "agency": f"代理{m % 7}",
            "inventors": f"张{m % 97}、李{m % 89}",
        }  # fmt: skip

    with careless() as base:
        pour(base, "entities_ipright", prototype("patents"), count, own)
        if searched:
            _searchable(base, count, counties, own)


def _searchable(base: Any, count: int, counties: Sequence[str], own: Callable[[int], Mapping[str, Any]]) -> None:
    from jushi.kernel.search import grams, place

    seats: Counter[str] = Counter()

    def entry(n: int) -> tuple[int, str, str, str, str]:
        filed = own(n)["applied_on"]
        seats[filed] += 1
        return place(date.fromisoformat(filed)) + seats[filed], counties[n % len(counties)], row_id(n), title(n), grams(title(n))

    sql = "INSERT INTO kernel_searchentry (id, county, model, object_id, text, grams) VALUES (?, ?, 'entities.IPRight', ?, ?, ?)"
    base.execute("BEGIN")
    base.executemany(sql, sorted(map(entry, range(count))))
    base.execute("INSERT INTO kernel_searchfts (rowid, grams) SELECT id, grams FROM kernel_searchentry ORDER BY id")
    base.execute("COMMIT")


def activities(count: int, counties: Sequence[str], years: Sequence[int] = YEARS) -> None:
    """Activities of five ledgers in turn, each with one measured output."""
    each = max(1, count // len(years))
    kinds = ("farmer_class", "talent_class", "tech_trip", "firm_visit", "publicity_day")
    measures = ("attendances", "attendances", "leaflets", "panels", "leaflets")

    def own(n: int) -> dict[str, Any]:
        year = years[min(n // each, len(years) - 1)]
        county, m = counties[n % len(counties)], n // len(counties)
        return {
            "id": row_id(n), "county": county, "area_id": county.ljust(12, "0"), "kind": kinds[m % 5], "title": f"第{n}次活动", "year": year,
            "held_on": day(m, year), "theme": f"主题{m % 11}", "organisation_id": row_id(m % 400) if m % 5 == 3 else None,
            "state": "pending" if m % 20 == 0 else "confirmed",
        }  # fmt: skip

    def output(n: int) -> dict[str, Any]:
        m = n // len(counties)
        return {"id": row_id(n), "county": counties[n % len(counties)], "activity_id": row_id(n), "measure": measures[m % 5],
                "quantity": 1000 * (20 + m % 50)}  # fmt: skip

    from jushi.entities.models import ActivityOutput

    shared = pattern(ActivityOutput(county=COUNTY, measure="attendances", unit="人次", quantity=0))
    with careless() as base:
        pour(base, "entities_activity", prototype("farmer_classes"), count, own)
        pour(base, "entities_activityoutput", shared, count, output)
