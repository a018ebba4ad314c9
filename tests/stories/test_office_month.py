"""The office head's month: confirm, lock, correct with a reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

Sit = Callable[..., Any]


def number(n: int) -> str:
    digits = f"20152{n:07d}"
    rest = sum(int(d) * w for d, w in zip(digits, (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5), strict=True)) % 11
    return f"{digits}.{'X' if rest == 10 else rest}"


def test_confirm_lock_and_correct(desk: Sit) -> None:
    clerk, head, deputy = desk("zhichanyuan02"), desk("zhichan02"), desk("fenguan02")
    page = clerk.open("/l/patents/new")
    page.fill("[name=number]", number(987654))
    page.fill("[name=title]", "一种演示用支架")
    page.select_option("[name=type]", label="实用新型")
    page.fill("[name=applied_on]", "2015-10-12")
    page.click("button[name=submit]")
    page.wait_for_url(re.compile(r"/l/patents/[0-9a-f-]{36}/"))
    path = page.url.removeprefix(clerk.site).split("?")[0]
    assert page.locator("button[name=do][value=confirm]:not([disabled])").count() == 0  # nobody confirms his own

    page = head.open(path)
    page.click("button[value=confirm]")
    expect(page.locator("main")).to_contain_text("已核")
    page.click("button[value=lock]")
    expect(page.locator("main")).to_contain_text("锁定")

    page = head.open(path + "correct")
    page.fill("[name=title]", "一种改进的演示用支架")
    page.fill("[name=reason]", "受理通知书上的名称与登记不一致")
    page.click("main form button.btn-primary")
    expect(page.locator("main")).to_contain_text("更正")

    page = deputy.open("/corrections")
    page.click("text=一种演示用支架")
    expect(page.locator("main")).to_contain_text("受理通知书上的名称与登记不一致")
    page.click("button[value=approve], button:has-text('批准')")
    page = deputy.open(path)
    expect(page.locator("h1")).to_contain_text("一种改进的演示用支架")
    page = deputy.open(path + "?tab=history")
    expect(page.locator("main")).to_contain_text("更正")
