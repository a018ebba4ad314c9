"""The product as a new user meets it: a demonstration served by the installed command, driven in a real Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync"]  # fmt: skip
PASSWORD = "Jushi-2015"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/stories/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="没有安装 Chromium"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a demonstration being served."""
    home = tmp_path_factory.mktemp("home")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}} | {"JUSHI_HOME": str(home)}
    command = str(Path(sys.executable).with_name("jushi"))
    log = (home / "serve.log").open("w")
    server = subprocess.Popen([command, "serve", "--demo", "--port", str(port)], env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, server, home)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(address: str, server: subprocess.Popen[bytes], home: Path) -> None:
    until = time.monotonic() + 300
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{address}/login", timeout=2)
            return
        except OSError:
            time.sleep(0.5)
    raise RuntimeError((home / "serve.log").read_text()[-3000:])


@pytest.fixture(scope="session")
def browser(site: str) -> Iterator[Browser]:
    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield found
        found.close()


class Desk:
    """Somebody signed in at a desk; ``page`` fails the test on an error in the page's console."""

    def __init__(self, browser: Browser, site: str, login: str, width: int = 1366, height: int = 768) -> None:
        self.site = site
        self.context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(15000)
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto(f"{site}/login")
        self.page.fill("[name=username]", login)
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_selector("#side", state="attached")

    def open(self, path: str) -> Page:
        self.page.goto(self.site + path)
        return self.page

    def close(self) -> None:
        self.context.close()
        assert self.errors == []


@pytest.fixture
def desk(browser: Browser, site: str) -> Iterator[object]:
    """Opens desks by login name; all are closed, and checked for page errors, at the end."""
    opened: list[Desk] = []

    def sit(login: str, width: int = 1366, height: int = 768) -> Desk:
        opened.append(Desk(browser, site, login, width, height))
        return opened[-1]

    yield sit
    for one in opened:
        one.close()
