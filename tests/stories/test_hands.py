"""Hands at the keyboard: rows pasted from Excel, work left and taken up again, two people at one record, a warning heard."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

Sit = Callable[..., Any]
PASTE = """([where, text]) => {
  const data = new DataTransfer();
  data.setData('text/plain', text);
  document.querySelector(where).dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def paste(page: Page, where: str, text: str) -> None:
    page.evaluate(PASTE, [where, text])


def test_rows_pasted_into_a_line_table_are_saved_by_keyboard(desk: Sit) -> None:
    clerk = desk("yewuyuan02")
    page = clerk.open("/l/projects/")
    page.keyboard.press("n")
    page.wait_for_url(re.compile(r"/l/projects/new"))
    page.fill("[name=title]", "键盘录入的项目")
    page.fill("[name=approved_on]", "2015-09-16")
    first = "[name='line.milestones.0.name']"
    page.focus(first)
    paste(
        page,
        first,
        "完成方案\t2016-03-01\t\t承担单位\n设备安装\t2016年8月5日\t\t承担单位\n试运行\t2017/1/9\t\t承担单位\n结题\t2017-6-30\t\t承担单位\n",
    )
    assert page.input_value("[name='line.milestones.1.due_on']") == "2016-08-05"
    assert page.input_value("[name='line.milestones.3.name']") == "结题"  # more rows than the table had
    page.keyboard.press("Control+s")
    page.wait_for_url(re.compile(r"/l/projects/[0-9a-f-]{36}/"))
    for word in ("完成方案", "2016-08-05", "2017-01-09", "结题"):
        expect(page.locator("main")).to_contain_text(word)


def test_rows_pasted_on_a_list_come_to_its_import(desk: Sit) -> None:
    clerk = desk("zhichanyuan02")
    page = clerk.open("/l/patents/")
    paste(page, "main", "申请号\t专利名称\t类型\t申请日\nabc\t一种粘贴样机\t发明\t2015-12-30")
    page.wait_for_url(re.compile(r"/l/patents/import$"))
    assert "一种粘贴样机" in page.input_value("#pasted")
    page.click("text=上传并检查")
    expect(page.locator("#wrong-count")).to_have_text("有误 1")


def test_work_left_is_taken_up_again(desk: Sit) -> None:
    clerk = desk("kepuyuan02")
    page = clerk.open("/l/community_events/new")
    page.fill("[name=title]", "还没填完的活动")
    page.fill("[name=leaflets]", "260")
    clerk.open("/l/")
    page = clerk.open("/l/community_events/new")
    expect(page.locator(".draft-note")).to_contain_text("尚未保存的内容")
    assert page.input_value("[name=title]") == "还没填完的活动" and page.input_value("[name=leaflets]") == "260"
    page.click(".draft-note button")
    assert page.input_value("[name=title]") == ""


def test_two_people_at_one_record_keep_both_works(desk: Sit) -> None:
    clerk, head = desk("zhichanyuan02"), desk("zhichan02")
    page = clerk.open("/l/patents/?state=pending")
    page.click("table.ledger a.open >> nth=0")
    page.wait_for_url(re.compile(r"/l/patents/[0-9a-f-]{36}/"))
    path = page.url.removeprefix(clerk.site).split("?")[0]
    mine, other = clerk.open(path + "edit"), head.open(path + "edit")
    mine.fill("[name=agency]", "甲代理所")
    mine.click("button:has-text('保存') >> nth=0")
    mine.wait_for_url(re.compile(r"/l/patents/[0-9a-f-]{36}/$"))
    other.fill("[name=agency]", "乙代理所")
    other.fill("[name=inventors]", "后来的人")
    other.click("button:has-text('保存') >> nth=0")
    expect(other.locator(".conflict")).to_contain_text("甲代理所")
    assert other.input_value("[name=inventors]") == "后来的人" and other.input_value("[name=agency]") == "乙代理所"
    other.check("[name='take.agency'][value=theirs]")
    other.click("button:has-text('保存') >> nth=0")
    other.wait_for_url(re.compile(r"/l/patents/[0-9a-f-]{36}/$"))
    expect(other.locator("main")).to_contain_text("甲代理所")
    expect(other.locator("main")).to_contain_text("后来的人")


def test_a_warning_is_heard_and_the_second_press_saves(desk: Sit) -> None:
    treasurer = desk("caiwu02")
    page = treasurer.open("/l/public_spending/new")
    page.fill("[name=title]", "超支的接待")
    page.select_option("[name=category]", label="公务接待")
    page.fill("[name=plan_year]", "2015")
    page.fill("[name=amount]", "900000")
    page.fill("[name=occurred_on]", "2015-11-30")
    page.click("button:has-text('保存') >> nth=0")
    expect(page.locator(".errors.warned")).to_contain_text("限额")
    assert page.input_value("[name=title]") == "超支的接待" and page.input_value("[name=amount]") == "900000"
    page.click("button:has-text('仍然保存') >> nth=0")
    page.wait_for_url(re.compile(r"/l/public_spending/[0-9a-f-]{36}/"))
    expect(page.locator("main .alert-warning")).to_contain_text("限额")


def test_the_palette_leads_to_a_document_by_keyboard(desk: Sit) -> None:
    chief = desk("juzhang02")
    page = chief.open("/")
    page.keyboard.press("Control+k")
    page.keyboard.type("2015年工作总结")
    expect(page.locator("#palette-list a:has-text('文稿')").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/documents/[0-9a-f-]{36}/"))
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile(r"/documents/$"))
