"""Pictures of the manual: a demonstration of its own, a real Chromium, the pages as an office sees them at 1366×768.

Every picture is a recipe: who signs in, what is opened, what is done before the shutter. The demonstration lives in a temporary folder and
ends with the command.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync"]  # fmt: skip
COLOURS = 96
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


def _answers(page: Page) -> None:
    page.fill("[name=code]", "980102")  # no province has 98
    page.fill("[name=area_name]", "试验县")
    page.fill("[name=bureau]", "试验县科学技术局")


def _accounts(page: Page) -> None:
    page.click("text=建立单位和账户")
    page.wait_for_selector("table code")


def _ways(page: Page) -> None:
    """The system administrator signs in with the password just shown, changes it, and sees three ways to begin."""
    word = page.locator("tr:has-text('系统管理员') code").inner_text()
    page.click("text=去登录")
    page.fill("[name=username]", "xitong")
    page.fill("[name=password]", word)
    page.click("form[data-login] button.btn-primary")
    new = word[::-1] + "Aa1#"
    page.fill("[name=old_password]", word)
    page.fill("[name=new_password1]", new)
    page.fill("[name=new_password2]", new)
    page.locator("main form button.btn-primary").click()
    page.wait_for_url(re.compile(r"[0-9]/$"))
    page.goto(page.url + "start/ways")


def _loading(page: Page) -> None:
    page.click("button:text-is('装载')")
    page.wait_for_selector("text=/第 [3-9] 步/", timeout=60000)


# The first start, in the order in which its pages follow each other.
FIRST: tuple[tuple[str, Callable[[Page], None]], ...] = (
    ("start", _answers), ("start-accounts", _accounts), ("start-ways", _ways), ("start-loading", _loading),
)  # fmt: skip
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
    Shot("admin-accounts", "xitong02", "/admin/accounts"),
    Shot("admin-ledgers", "xitong02", "/admin/ledgers"),
    Shot("admin-grants", "anquan02", "/admin/grants"),
    Shot("admin-log", "shenji02", "/admin/log"),
    Shot("phone", "kepuyuan02", "/l/tech_trips/?period=2015", size=PHONE),
)


def shoot(folder: Path, names: list[str]) -> int:
    """Take all pictures, or the named ones; returns 1 when one could not be taken."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    demo, first = [shot.name for shot in SHOTS], [name for name, _ in FIRST]
    unknown = set(names) - {*demo, *first}
    if chromium is None or unknown:
        print(f"✗ 没有这张截图：{'、'.join(sorted(unknown))}" if unknown else "✗ 没有找到 Chromium，不能拍截图", file=sys.stderr)
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    failed = 0
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=SWITCHES)
        if not names or set(names) & set(first):
            with site() as address:
                failed += _take_first(browser, address, folder, names or first)
        if not names or set(names) & set(demo):
            with site("--demo", running=os.environ.get("JUSHI_SHOTS_AT", "")) as address:
                failed += sum(_take(browser, address, shot, folder) for shot in SHOTS if not names or shot.name in names)
        browser.close()
    return 1 if failed else 0


@contextmanager
def _page(browser: Browser, size: tuple[int, int]) -> Iterator[Page]:
    """A page of a fresh browser profile; what goes wrong inside is reported by the caller."""
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN", color_scheme="light", reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(15000)
    try:
        yield page
    finally:
        context.close()


def _take(browser: Browser, address: str, shot: Shot, folder: Path) -> int:
    try:
        with _page(browser, shot.size) as page:
            page.goto(f"{address}/login")
            page.click(f"[data-fill='{shot.login}']")
            page.wait_for_url(f"{address}/")
            answer = page.goto(address + shot.path)
            if answer is None or not answer.ok:
                raise RuntimeError(f"{shot.path} 的回答是 {answer.status if answer else '空'}")
            shot.act(page)
            _save(page, folder / f"{shot.name}.png")
    except Exception as error:  # one failed picture must not keep the others away
        print(f"✗ {shot.name}：{str(error).splitlines()[0]}", file=sys.stderr)
        return 1
    return 0


def _take_first(browser: Browser, address: str, folder: Path, wanted: Sequence[str]) -> int:
    """The first start, page after page in one browser: each goes on where the one before ended."""
    try:
        with _page(browser, DESKTOP) as page:
            page.goto(address)
            for name, act in FIRST:
                act(page)
                if name in wanted:
                    _save(page, folder / f"{name}.png")
    except Exception as error:
        print(f"✗ 首次设置：{str(error).splitlines()[0]}", file=sys.stderr)
        return 1
    return 0


def _save(page: Page, path: Path) -> None:
    """A picture with a palette: a third of the size, and flat colours stay flat."""
    page.wait_for_load_state("networkidle")
    box = page.locator(".bare-box")  # pages without the frame: the box alone, to its end
    with Image.open(BytesIO(box.screenshot() if box.count() else page.screenshot())) as full:
        full.convert("RGB").quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"— docs/images/{path.name}（{path.stat().st_size // 1024} KB）")


@contextmanager
def site(*options: str, running: str = "") -> Iterator[str]:
    """The address of a program in a temporary folder, ended afterwards; or of one that is ``running`` already (JUSHI_SHOTS_AT)."""
    if running:
        yield running.rstrip("/")
        return
    with tempfile.TemporaryDirectory(prefix="jushi-shots-", ignore_cleanup_errors=True) as home:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        clean = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
        log = Path(home) / "serve.log"
        command = [str(Path(sys.executable).with_name("jushi")), "serve", "--port", str(port), *options]
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
