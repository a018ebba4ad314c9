"""What the tests of digests share: the ledgers' world with browsers of its demonstration accounts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.test import Client

from jushi.ledger import registry, store

BACKEND = "jushi.desk.signin.AccountBackend"


@dataclass
class Desk:
    """A bureau and who clicks in it."""

    world: Any
    add: Any

    def client(self, login: str) -> Client:
        """A browser signed in as an account (``kepuyuan``, ``dangwu`` …)."""
        client = Client()
        client.force_login(self.world.users[login], backend=BACKEND)
        return client

    def read(self, login: str, url: str, **asks: Any) -> str:
        """A page as plain text; it must open."""
        response = self.client(login).get(url, asks)
        assert response.status_code == 200, (url, response.status_code)
        return words(response.content.decode())

    def advance(self, code: str, record: Any, to: str, on: Any, login: str, **raw: Any) -> Any:
        """Take a record to a stage as an account."""
        return store.advance(registry.get(code), record, to, on=on, actor=self.world.users[login], raw=raw)


def words(html: str) -> str:
    """The text of a page's main part, cells parted by strokes."""
    main = re.search(r"<main.*?</main>", html, re.S)
    text = re.sub(r"</t[dh]>", "|", main[0] if main else html)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", text)))


def picks(html: str) -> list[str]:
    """The keys that may be ticked."""
    return re.findall(r'name="pick" value="([^"]+)"', html)


def links(html: str, start: str) -> list[str]:
    """Addresses on the page that begin so."""
    return [unescape(u) for u in re.findall(r'href="([^"]+)"', html) if u.startswith(start)]
