"""What the tests of the desk begin with: a county, its bureau, an account of every role, invented patents."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.test import Client

from jushi.kernel.models import Bureau, User
from jushi.ledger import registry, store

COUNTY = "990102"
BACKEND = "jushi.desk.signin.AccountBackend"
ROLES = {
    "director": "", "deputy": "", "office_head": "ip", "clerk": "ip", "editor": "", "party_secretary": "", "system_admin": "",
    "specialist": "", "village_worker": "",
}  # fmt: skip


@dataclass
class World:
    """What a test begins with."""

    bureau: Bureau
    users: dict[str, User] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """A browser signed in as the account with ``role``."""
        client = Client()
        client.force_login(self.users[role], backend=BACKEND)
        return client

    def add(self, code: str, by: str = "clerk", state: str = "draft", **raw: Any) -> Any:
        """A record of a ledger, registered by an account."""
        ledger = registry.get(code)
        return store.create(ledger, raw, store.author_for(ledger, self.bureau, self.users[by]), state=state)

    def patent(self, n: int = 1, **raw: Any) -> Any:
        """The n-th invented patent."""
        kind = {"实用新型": 2, "外观设计": 3}.get(raw.get("type", ""), 1)
        day = raw.get("applied_on", f"2015-03-{n % 28 + 1:02d}")
        values = {"number": number(n, kind, day[:4]), "title": f"一种可调式样机{n}", "type": "发明", "applied_on": day}
        state, by = raw.pop("state", "draft"), raw.pop("by", "clerk")
        return self.add("patents", by, state, **(values | raw))


def number(n: int, kind: int = 1, year: str = "2015") -> str:
    """A patent number (kind 1 invention, 2 utility model, 3 design) whose check digit is right."""
    body = f"{year}{kind}{n:07d}"
    rest = sum(int(d) * w for d, w in zip(body, (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5), strict=True)) % 11
    return f"{body}.{'X' if rest == 10 else rest}"


def stored_form(html: str) -> dict[str, str]:
    """Hidden version and snapshot of an edit form."""
    found = dict(re.findall(r'name="(version|was)" value="([^"]*)"', html))
    return {k: unescape(v) for k, v in found.items()}
