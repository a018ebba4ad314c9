"""What the benchmarks share: a scratch database, a bureau, sizes, repeated timing, and results as ratios to a floor."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

COUNTY = "990102"
QUICK, LARGE, JSON, CPU = "--quick", "--large", "--json", "--cpu"
# on a busy machine the processor time of this process says more than the clock on the wall; only for what runs in this process
clock = process_time if CPU in sys.argv else perf_counter


@dataclass(frozen=True)
class Result:
    """A measurement beside its floor of the same run. ``aim`` is the ratio, ``aim_ms`` the milliseconds to stay within.

    Other measures (requests a second, MB) are given as ``value`` with ``unit``; ``least`` and ``most`` are then the aim.
    """

    name: str
    seconds: float | None = None
    floor: float | None = None
    against: str = ""
    aim: float | None = None
    aim_ms: float | None = None
    value: float | None = None
    unit: str = ""
    least: float | None = None
    most: float | None = None
    extra: str = ""

    @property
    def measured(self) -> str:
        """What was measured, in words."""
        return f"{self.value:,.0f} {self.unit}" if self.seconds is None else f"{self.seconds * 1000:,.1f} ms"

    @property
    def ratio(self) -> float | None:
        """How many times the floor."""
        return self.seconds / self.floor if self.seconds is not None and self.floor else None

    @property
    def aimed(self) -> str:
        """The aim in words."""
        words = [f"≤ {self.aim:g}×" if self.aim else "", f"≤ {self.aim_ms:g} ms" if self.aim_ms else ""]
        words += [f"≥ {self.least:g} {self.unit}" if self.least else "", f"≤ {self.most:g} {self.unit}" if self.most else ""]
        return "，".join(filter(None, words))

    @property
    def is_met(self) -> bool | None:
        """Whether the aim is met; None without one."""
        checks = [
            None if self.aim is None or self.ratio is None else self.ratio <= self.aim,
            None if self.aim_ms is None or self.seconds is None else self.seconds * 1000 <= self.aim_ms,
            None if self.least is None or self.value is None else self.value >= self.least,
            None if self.most is None or self.value is None else self.value <= self.most,
        ]
        known = [check for check in checks if check is not None]
        return all(known) if known else None

    def __str__(self) -> str:
        words = [f"{self.name}：{self.measured}"]
        if self.ratio is not None and self.floor is not None:
            words.append(f"= {self.ratio:.2f}× {self.against}（{self.floor * 1000:,.1f} ms）")
        if self.aimed:
            words.append(f"目标 {self.aimed} {'✓' if self.is_met else '✗'}")
        return "  ".join([*words, self.extra]).rstrip()


Say = Callable[[Result], None]


def report(result: Result) -> None:
    """Print a result: as a line to read, or as JSON when another program collects it."""
    print(json.dumps(asdict(result), ensure_ascii=False) if JSON in sys.argv else result, flush=True)


def sizes(usual: int, large: int, quick: int) -> list[int]:
    """Which sizes to run, by the options given."""
    if QUICK in sys.argv:
        return [quick]
    return [usual, large] if LARGE in sys.argv else [usual]


def best_of(times: int, run: Callable[[], float]) -> float:
    """The shortest of several runs: the one least disturbed."""
    return min(run() for _ in range(times))


def best_pair(times: int, floor: Callable[[], float], ours: Callable[[], float]) -> tuple[float, float]:
    """(floor, ours): the shortest of each, run in turn so that a busy moment touches both."""
    pairs = [(floor(), ours()) for _ in range(times)]
    return min(a for a, _ in pairs), min(b for _, b in pairs)


def seconds(run: Callable[[], Any]) -> float:
    """How long one call takes."""
    begun = clock()
    run()
    return clock() - begun


@contextmanager
def start() -> Iterator[None]:
    """A migrated scratch database with one bureau, under its scope. ``JUSHI_HOME`` names its folder meanwhile."""
    with tempfile.TemporaryDirectory(prefix="jushi-bench-") as home:
        os.environ["JUSHI_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "jushi.site.settings"
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command
        from django.db import connection

        from jushi.kernel import scope
        from jushi.site.demo.world import demo_scope, make_areas, make_bureau

        connection.close()  # a second scratch database in the same process
        connection.settings_dict["NAME"] = Path(home) / "jushi.sqlite3"
        settings.JUSHI_HOME = Path(home)
        (Path(home) / "secret.key").write_text(settings.SECRET_KEY, encoding="ascii")  # a server started on it reads the sessions made here
        call_command("migrate", verbosity=0, interactive=False)
        make_areas()
        with scope.use(demo_scope(COUNTY)):
            make_bureau(COUNTY)
            yield
        connection.close()


def bureau() -> Any:
    """The bureau of the scratch database."""
    from jushi.kernel.models import Bureau

    return Bureau.objects.select_related("area").get(county=COUNTY)


def raw() -> Any:
    """The bare sqlite3 connection to the scratch database."""
    from django.db import connection

    connection.ensure_connection()
    return connection.connection


def say(text: str) -> None:
    """A line of progress."""
    print(text, file=sys.stderr, flush=True)
