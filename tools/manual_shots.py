"""Pictures of the manual: a demonstration of its own, a real Chromium, the pages as an office sees them at 1366×768.

Every picture is a recipe: who signs in, what is opened, what is done before the shutter. The demonstration lives in a temporary folder and
ends with the command.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync"]  # fmt: skip
PASSWORD = "Jushi-2015"  # noqa: S105 — the demonstration's, printed on its sign-in page
DESKTOP, PHONE = (1366, 768), (390, 780)
WAIT = 300  # seconds until the demonstration must be there
DRAFT = """2015年科技工作总结

    一年来，全区共申报国家、省、市级项目36项，其中国家级2项，省级10项，市级23项。发放宣传资料约5000余份，，
受益群众达xx人次。专利申请量达到120件，同比增长百分之20%。

    一是抓好项目申报。二是抓好科普宣传。四是抓好特派员工作。
"""


@dataclass(frozen=True)
class Shot:
    """One picture: ``act`` runs on the page after ``path`` was opened by ``login``."""

    name: str
    login: str
    path: str
    act: Callable[[Page], None] = lambda page: None
    size: tuple[int, int] = DESKTOP


def _first_record(page: Page) -> None:
    page.goto(page.locator("tbody a[href^='/l/']").first.evaluate("a => a.href"))


def _typed(page: Page) -> None:
    page.fill("[name=title]", "社区科普大讲堂")
    page.fill("[name=held_on]", "2015-11-20")
    page.fill("[name=leaflets]", "三百")
    page.click("button[name=submit]")
    page.wait_for_selector(".errors")


def _wrong_rows(page: Page) -> None:
    officer = page.request.get(page.url.split("/l/")[0] + "/suggest?ledger=household_visits&column=officers&q=").json()
    name = officer["results"][0]["value"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "走访.xlsx"
        _visits(path, name)
        page.set_input_files("input[type=file]", str(path))
        page.click("text=上传并检查")
        page.wait_for_selector("#wrong-count")


def _visits(path: Path, officer: str) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("走访事由", "走访农户", "走访干部", "走访日期"))
        for n in range(40):
            day = (date(2015, 12, 1) + timedelta(days=n % 28)).isoformat()
            sheet.write_row(n + 1, 0, (f"冬季入户走访{n + 1}", f"990102-{n + 1:04d}", officer, day))
        sheet.write(4, 3, "腊月初八")
        sheet.write(9, 1, "990102-9999")


def _edition_figure(page: Page) -> None:
    page.click("text=2015年工作总结")
    page.wait_for_selector(".sheet")
    page.click(".sheet a.figure:has-text('195件')")
    page.wait_for_selector(".figure-card")
    page.wait_for_timeout(500)


def _checked(page: Page) -> None:
    page.fill("textarea", DRAFT)
    page.locator("main form button[type=submit], main form button:not([type])").first.click()
    page.wait_for_load_state("networkidle")


SHOTS = (
    Shot("workbench", "kepu02", "/"),
    Shot("list", "kepuyuan02", "/l/tech_trips/?period=2015"),
    Shot("form", "kepuyuan02", "/l/community_events/new", _typed),
    Shot("record", "kepu02", "/l/tech_trips/?period=2015", _first_record),
    Shot("import", "nongcunyuan02", "/l/household_visits/import", _wrong_rows),
    Shot("indicators", "juzhang02", "/indicators/?period=2015"),
    Shot("indicator", "juzhang02", "/indicators/activities.leaflets/?period=2015"),
    Shot("documents", "tonggao02", "/documents/"),
    Shot("edition", "tonggao02", "/documents/", _edition_figure),
    Shot("check", "tonggao02", "/check/", _checked),
    Shot("plan", "juzhang02", "/plan/"),
    Shot("phone", "kepuyuan02", "/l/tech_trips/?period=2015", size=PHONE),
)


def shoot(folder: Path, names: list[str]) -> int:
    """Take all pictures, or the named ones; returns 1 when one could not be taken."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    unknown = set(names) - {shot.name for shot in SHOTS}
    if chromium is None or unknown:
        print(f"✗ 没有这张截图：{'、'.join(sorted(unknown))}" if unknown else "✗ 没有找到 Chromium，不能拍截图", file=sys.stderr)
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    failed = 0
    with _site() as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=SWITCHES)
        for shot in SHOTS:
            if not names or shot.name in names:
                failed += _take(browser, address, shot, folder)
        browser.close()
    return 1 if failed else 0


def _take(browser: Browser, address: str, shot: Shot, folder: Path) -> int:
    width, height = shot.size
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN", color_scheme="light", reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(15000)
    try:
        page.goto(f"{address}/login")
        page.fill("[name=username]", shot.login)
        page.fill("[name=password]", PASSWORD)
        page.click("form[data-login] button.btn-primary")
        page.wait_for_url(f"{address}/")
        answer = page.goto(address + shot.path)
        if answer is None or not answer.ok:
            raise RuntimeError(f"{shot.path} 的回答是 {answer.status if answer else '空'}")
        shot.act(page)
        page.wait_for_load_state("networkidle")
        path = folder / f"{shot.name}.png"
        page.screenshot(path=path)
    except Exception as error:  # one failed picture must not keep the others away
        print(f"✗ {shot.name}：{str(error).splitlines()[0]}", file=sys.stderr)
        return 1
    finally:
        context.close()
    print(f"— docs/images/{path.name}（{path.stat().st_size // 1024} KB）")
    return 0


@contextmanager
def _site() -> Iterator[str]:
    """The address of a demonstration in a temporary folder, ended afterwards; JUSHI_SHOTS_AT names one that is running already."""
    running = os.environ.get("JUSHI_SHOTS_AT")
    if running:
        yield running.rstrip("/")
        return
    with tempfile.TemporaryDirectory(prefix="jushi-shots-", ignore_cleanup_errors=True) as home:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        clean = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
        log = Path(home) / "serve.log"
        command = [str(Path(sys.executable).with_name("jushi")), "serve", "--demo", "--port", str(port)]
        with log.open("wb") as out:
            server = subprocess.Popen(command, env=clean | {"JUSHI_HOME": home}, stdout=out, stderr=out)  # noqa: S603 — our own command
        try:
            _wait(f"http://127.0.0.1:{port}", server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + WAIT
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/login", timeout=2)  # noqa: S310 — our own address
            return
        except OSError:
            time.sleep(0.5)
    raise RuntimeError("演示没有启动：" + log.read_text(encoding="utf-8")[-2000:])
