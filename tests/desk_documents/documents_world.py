"""What the tests of documents begin with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from jushi.kernel.periods import parse
from jushi.ledger import registry, store
from jushi.reports import editions
from jushi.reports.models import STEPS, Edition, EditionSection
from jushi.site.demo.world import World

COUNTY = "990102"
BACKEND = "jushi.desk.signin.AccountBackend"
OUTLINE = [
    {"key": "lead", "level": 0, "title": "", "office": "office", "lines": ["{$年}主要工作如下。"]},
    {"key": "ip", "level": 1, "title": "保护知识产权", "office": "ip",
     "lines": [{"text": "{$月份}申请专利{patents.filed}。", "until": "11-30"}, "全年申请专利{patents.filed}。{?{#做法}?}"]},
    {"key": "relief", "level": 1, "title": "帮扶", "office": "rural", "lines": ["入户走访{household_visits.households}。{#帮扶做法}"]},
]  # fmt: skip


@dataclass
class Desk:
    """The bureau, and shortcuts to what its people do."""

    world: World
    visits: list[Any] = field(default_factory=list)

    def browser(self, name: str) -> Client:
        """A browser signed in as an account (juzhang02)."""
        from jushi.kernel.models import User

        client = Client()
        client.force_login(User.objects.get(username=name), backend=BACKEND)
        return client

    def add(self, code: str, **raw: Any) -> Any:
        """A confirmed record."""
        ledger = registry.get(code)
        author = store.author_for(ledger, self.world.bureau, self.world.clerk(ledger))
        return store.create(ledger, raw, author, state="confirmed")

    @staticmethod
    def patent_number(n: int) -> str:
        """The number of an invented patent with a right check digit."""
        body = f"20151{n:07d}"
        rest = sum(int(d) * w for d, w in zip(body, (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5), strict=True)) % 11
        return f"{body}.{'X' if rest == 10 else rest}"

    def edition(self) -> Edition:
        """A new edition of the small template."""
        bureau = self.world.bureau
        return editions.create(bureau, bureau.area, parse("2015"), template="small", user=self.world.users["tonggao"])

    def section(self, edition: Edition, key: str) -> EditionSection:
        """A section as stored."""
        return EditionSection.objects.get(edition=edition, key=key)

    def filled(self) -> Edition:
        """An edition without gaps."""
        edition = self.edition()
        relief = self.section(edition, "relief")
        editions.write_section(relief, version=relief.version, notes={"帮扶做法": {"text": "逐户定方案。"}})
        return edition

    def frozen(self) -> Edition:
        """A signed edition."""
        edition = self.filled()
        for step, _ in STEPS[1:]:
            editions.advance(edition, step, user=self.world.users["juzhang"])
        return edition
