"""The clerk's day: an activity with outputs and two files; 355 visits of which three rows are bad."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter
from playwright.sync_api import expect

Sit = Callable[..., Any]


def test_an_activity_with_outputs_and_two_files(desk: Sit, tmp_path: Path) -> None:
    photo = tmp_path / "现场.png"
    photo.write_bytes(bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010806000000"
                                    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"))  # fmt: skip
    paper = tmp_path / "签到.txt"
    paper.write_text("签到名单", encoding="utf-8")
    clerk = desk("kepuyuan02")
    page = clerk.open("/l/community_events/new")
    page.fill("[name=title]", "社区科普大讲堂")
    page.fill("[name=held_on]", "2015-11-20")
    page.fill("[name=leaflets]", "320")
    page.fill("[name=panels]", "12")
    page.set_input_files("input[type=file]", [str(photo), str(paper)])
    page.click("button[name=submit]")
    page.wait_for_url(re.compile(r"/l/community_events/[0-9a-f-]{36}/"))
    expect(page.locator("h1")).to_contain_text("社区科普大讲堂")
    body = page.inner_text("main")
    assert "待核" in body and "320" in body
    page.goto(page.url.split("?")[0] + "?tab=files")
    expect(page.locator("main")).to_contain_text("现场.png")
    expect(page.locator("main")).to_contain_text("签到.txt")


def test_a_forgotten_field_is_named_and_nothing_typed_is_lost(desk: Sit) -> None:
    clerk = desk("kepuyuan02")
    page = clerk.open("/l/community_events/new")
    page.fill("[name=title]", "没有日期的活动")
    page.fill("[name=leaflets]", "三百")
    page.click("button[name=submit]")
    expect(page.locator(".errors").first).to_be_visible()
    text = page.inner_text("main")
    assert "必填" in text and "不是数字" in text
    assert page.input_value("[name=title]") == "没有日期的活动"
    assert page.input_value("[name=leaflets]") == "三百"


def visits(path: Path) -> None:
    """355 visits to registered households; three rows carry a wrong date, a household nobody knows, and no officer."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("走访事由", "走访农户", "走访干部", "走访日期"))
        for n in range(355):
            day = (date(2015, 12, 1) + timedelta(days=n % 28)).isoformat()
            sheet.write_row(n + 1, 0, (f"冬季入户走访{n + 1}", f"990102-{n + 1:04d}", "驻村干部", day))
        sheet.write(10, 3, "腊月初八")
        sheet.write(20, 1, "990102-9999")
        sheet.write(30, 2, " ")


def test_355_visits_of_which_three_are_bad(desk: Sit, tmp_path: Path) -> None:
    clerk = desk("nongcunyuan02")
    page = clerk.open("/l/household_visits/new")
    officer = page.get_attribute("[name=officers]", "data-suggest-many")
    path = tmp_path / "走访.xlsx"
    visits(path)
    if officer:  # the officers column names people of the register: take one that the demonstration knows
        people = page.request.get(f"{clerk.site}/suggest?ledger=household_visits&column=officers&q=").json()
        _fill_officer(path, people)
    page.goto(clerk.site + "/l/household_visits/import")
    page.set_input_files("input[type=file]", str(path))
    page.click("text=上传并检查")
    page.wait_for_selector("#wrong-count")
    assert page.inner_text("#wrong-count") == "有误 3"
    assert page.is_disabled("text=确认导入")
    page.fill('[name="cell.11.held_on"]', "2015-12-10")
    page.fill('[name="cell.21.household"]', "990102-0020")
    page.fill('[name="cell.31.officers"]', page.input_value('[name="cell.11.officers"]'))
    page.get_by_role("button", name="重新检查", exact=True).click()
    page.wait_for_selector("text=有误 0")
    page.click("text=确认导入 355 行")
    page.wait_for_selector("text=导入完成", timeout=60000)
    page.goto(clerk.site + "/l/household_visits/?q=冬季入户走访&period=2015")
    expect(page.locator("main")).to_contain_text("355")


def _fill_officer(path: Path, people: dict[str, Any]) -> None:
    import openpyxl

    items = people["results"]
    name = items[0]["value"]
    book = openpyxl.load_workbook(path)
    for row in range(2, 357):
        if book.active.cell(row, 3).value.strip():
            book.active.cell(row, 3, name)
    book.save(path)
