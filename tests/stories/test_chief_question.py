"""The chief's question: the year's document, the number 195, the patents behind it, one of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

Sit = Callable[..., Any]


def test_from_195_in_the_document_to_one_patent(desk: Sit) -> None:
    chief = desk("juzhang02")
    page = chief.open("/documents/")
    page.click("text=2015年工作总结")
    page.wait_for_selector(".sheet")
    page.click(".sheet a.figure:has-text('195件')")
    card = page.locator(".figure-card")
    expect(card).to_contain_text("专利申请量")
    expect(card).to_contain_text("195")
    card.locator("a:has-text('全部')").click()
    page.wait_for_url(re.compile(r"/l/patents/\?"))
    expect(page.locator("h1")).to_contain_text("专利")
    assert "195" in page.inner_text(".page-title")
    page.click("table.ledger tbody tr a.open >> nth=0")
    page.wait_for_url(re.compile(r"/l/patents/[0-9a-f-]{36}/"))
    expect(page.locator("main")).to_contain_text("申请号")


def test_every_main_page_fits_a_phone(desk: Sit) -> None:
    chief = desk("juzhang02", 390, 844)
    for path in ("/", "/l/", "/l/patents/?period=2015", "/indicators/?period=2015", "/documents/", "/search?q=温室"):
        page = chief.open(path)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 392, f"{path} 宽 {width}"
