"""What the benchmarks share: a scratch database, a bureau, repeated timing, and results as ratios."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

COUNTY = "990102"


@dataclass(frozen=True)
class Result:
    """A measurement against its floor in the same run. ``aim`` is the ratio, or the milliseconds, to stay within."""

    name: str
    seconds: float
    floor: float | None = None
    against: str = ""
    aim: float | None = None
    aim_ms: float | None = None
    extra: str = ""

    def __str__(self) -> str:
        words = [f"{self.name}：{self.seconds * 1000:.1f} ms"]
        if self.floor is not None:
            words.append(f"= {self.seconds / self.floor:.2f}× {self.against}（{self.floor * 1000:.1f} ms）")
        if self.aim is not None:
            words.append(f"目标 ≤ {self.aim}×")
        if self.aim_ms is not None:
            words.append(f"目标 ≤ {self.aim_ms} ms")
        return "  ".join([*words, self.extra]).rstrip()


def best_of(times: int, run: Callable[[], float]) -> float:
    """The shortest of several runs: the one least disturbed."""
    return min(run() for _ in range(times))


@contextmanager
def start() -> Iterator[None]:
    """A migrated scratch database with one bureau, under its scope."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["JUSHI_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "jushi.site.settings"
        import django

        django.setup()
        from django.core.management import call_command

        from jushi.kernel import scope
        from jushi.site.demo.world import demo_scope, make_areas, make_bureau

        call_command("migrate", verbosity=0, interactive=False)
        make_areas()
        with scope.use(demo_scope(COUNTY)):
            make_bureau(COUNTY)
            yield
        from django.db import connections

        connections.close_all()


def bureau() -> Any:
    """The bureau of the scratch database."""
    from jushi.kernel.models import Bureau

    return Bureau.objects.select_related("area").get(county=COUNTY)


def say(text: str) -> None:
    """A line of progress."""
    print(text, file=sys.stderr, flush=True)
