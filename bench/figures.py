"""20 indicators of one bureau and year, against the same answers from hand-written SQL over covering indexes, as other bureaus grow.

One bureau-year holds the same rows at every size: 10 years, and 1 or 10 bureaus. ``--plans`` prints how each query is answered.
"""

from __future__ import annotations

import sys
from typing import Any

from bulk_rows import activities, patents
from common import COUNTY, Result, Say, best_pair, raw, report, say, seconds, sizes, start

CODES = (
    "patents.filed", "patents.filed_inventions", "patents.filed_utility", "patents.filed_design", "patents.granted",
    "patents.granted_inventions", "patents.valid", "patents.valid_inventions", "farmer_classes.held", "farmer_classes.trained",
    "talent_classes.held", "talent_classes.trained", "talent_classes.poor", "tech_trips.held", "tech_trips.leaflets", "tech_trips.themes",
    "visits.firms", "visits.firms_reached", "publicity_days.held", "publicity_days.leaflets",
)  # fmt: skip
FLOWS = tuple(code for code in CODES if not code.startswith("patents.valid"))
EACH = 10_000  # patents in one bureau-year; half as many activities and as many outputs
START, END = "2015-01-01", "2015-12-31"
COUNTED = "state IN ('confirmed', 'locked')"
INDEXES = (
    "CREATE INDEX floor_filed ON entities_ipright (county, kind, applied_on, state, type)",
    "CREATE INDEX floor_granted ON entities_ipright (county, kind, granted_on, state, type, ended_on)",
    "CREATE INDEX floor_held ON entities_activity (county, kind, held_on, state, theme, organisation_id, id)",
    "CREATE INDEX floor_yield ON entities_activityoutput (county, activity_id, measure, item_class, quantity)",
)
FLOW_SQL = (
    "SELECT count(*), sum(type = 'invention'), sum(type = 'utility'), sum(type = 'design') FROM entities_ipright"
    f" WHERE county = ? AND kind = 'patent' AND {COUNTED} AND applied_on BETWEEN ? AND ?",
    "SELECT count(*), sum(type = 'invention') FROM entities_ipright"
    f" WHERE county = ? AND kind = 'patent' AND {COUNTED} AND granted_on BETWEEN ? AND ?",
    "SELECT kind, count(*), count(DISTINCT theme), count(DISTINCT organisation_id) FROM entities_activity WHERE county = ?"
    f" AND kind IN ('farmer_class', 'talent_class', 'tech_trip', 'firm_visit', 'publicity_day') AND {COUNTED}"
    " AND held_on BETWEEN ? AND ? GROUP BY kind",
    "SELECT a.kind, o.measure, sum(o.quantity) FROM entities_activity a CROSS JOIN entities_activityoutput o"
    " ON o.county = a.county AND o.activity_id = a.id WHERE a.county = ?"
    f" AND a.kind IN ('farmer_class', 'talent_class', 'tech_trip', 'publicity_day') AND a.{COUNTED}"
    " AND a.held_on BETWEEN ? AND ? GROUP BY a.kind, o.measure",
)  # fmt: skip
STOCK_SQL = (
    "SELECT count(*), sum(type = 'invention') FROM entities_ipright WHERE county = ? AND kind = 'patent'"
    f" AND {COUNTED} AND granted_on <= ? AND (ended_on IS NULL OR ended_on > ?)"
)


def floor(stocks: bool) -> float:
    """Seconds of the bare queries."""
    base = raw()

    def run() -> None:
        for sql in FLOW_SQL:
            base.execute(sql, (COUNTY, START, END)).fetchall()
        if stocks:
            base.execute(STOCK_SQL, (COUNTY, END, END)).fetchall()

    return seconds(run)


def ours(codes: tuple[str, ...]) -> float:
    """Seconds of measuring the indicators."""
    from jushi.indicators.evaluate import area_named, measure
    from jushi.kernel.periods import parse

    area, period = area_named(COUNTY), parse("2015")
    return seconds(lambda: measure(codes, area, period))


def agree() -> None:
    """Both must say the same."""
    from jushi.indicators.evaluate import area_named, measure
    from jushi.kernel.periods import parse

    found = measure(CODES, area_named(COUNTY), parse("2015"))
    base = raw()
    filed = base.execute(FLOW_SQL[0], (COUNTY, START, END)).fetchone()
    valid = base.execute(STOCK_SQL, (COUNTY, END, END)).fetchone()
    kinds = {row[0]: row[1:] for row in base.execute(FLOW_SQL[2], (COUNTY, START, END))}
    yields = {row[:2]: row[2] for row in base.execute(FLOW_SQL[3], (COUNTY, START, END))}
    pairs = {
        "patents.filed": filed[0], "patents.filed_utility": filed[2], "patents.valid": valid[0], "patents.valid_inventions": valid[1],
        "farmer_classes.held": kinds["farmer_class"][0], "tech_trips.themes": kinds["tech_trip"][1],
        "visits.firms_reached": kinds["firm_visit"][2], "farmer_classes.trained": yields["farmer_class", "attendances"] / 1000,
        "publicity_days.leaflets": yields["publicity_day", "leaflets"] / 1000,
    }  # fmt: skip
    wrong = {code: (found[code].value, number) for code, number in pairs.items() if found[code].value != number}
    assert not wrong, wrong


def plans() -> None:
    """How SQLite answers each query of the measurement."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as caught:
        ours(CODES)
    for query in caught.captured_queries:
        say(f"{query['time']} s {query['sql'][:160]}…")
        for row in raw().execute("EXPLAIN QUERY PLAN " + query["sql"]):
            say(f"    {row[3]}")


def main(say_result: Say, bureaus: int, earlier: float | None) -> float:
    """Fill, compare, measure; returns the seconds of the flows."""
    counties = [COUNTY, *(f"9902{n:02d}" for n in range(1, bureaus))]
    count = EACH * 10 * bureaus
    patents(count, counties)
    activities(count // 2, counties)
    rows = f"{2 * count:,} 行（{bureaus} 局 × 10 年）"
    ours(CODES)
    if "--plans" in sys.argv:
        plans()
    flows, everything = [ours(FLOWS) for _ in range(15)], [ours(CODES) for _ in range(15)]
    base: Any = raw()
    for sql in INDEXES:
        base.execute(sql)
    agree_floor = [best_pair(15, lambda s=s: floor(s), lambda: 0.0)[0] for s in (False, True)]  # type: ignore[misc]
    agree()
    flow, full = min(flows), min(everything)
    extra = f"为小库的 {flow / earlier:.2f} 倍" if earlier else ""
    say_result(Result(f"一局一年 18 项流量指标，{rows}", flow, agree_floor[0], "覆盖索引扫描", aim=2.0, extra=extra))
    say_result(Result(f"一局一年 20 项指标（含 2 项时点数），{rows}", full, agree_floor[1], "覆盖索引扫描", aim=2.0))
    return flow


if __name__ == "__main__":
    last = None
    for size in sizes(1, 10, 1):
        with start():
            last = main(report, size, last)
