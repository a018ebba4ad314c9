"""Import, export and template through the pages."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from desk_world import World

from jushi.entities.models import IPRight
from jushi.kernel.models import Operation
from jushi.ledger.models import ImportBatch


def number(n: int) -> str:
    digits = f"20151{n:07d}"
    rest = sum(int(d) * w for d, w in zip(digits, (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5), strict=True)) % 11
    return f"{digits}.{'X' if rest == 10 else rest}"


def workbook(rows: list[list[Any]], head: tuple[str, ...] = ("申请号", "专利名称", "类型", "申请日")) -> io.BytesIO:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, head)
        for n, row in enumerate(rows, 1):
            sheet.write_row(n, 0, row)
    out.seek(0)
    out.name = "专利.xlsx"
    return out


def good(n: int) -> list[Any]:
    return [number(n), f"一种装置{n}", "发明", "2015-03-12"]


def start(client: Any, file: io.BytesIO) -> str:
    response = client.post("/l/patents/import", {"file": file})
    assert response.status_code == 302, response.content.decode()[:2000]
    return str(response["Location"])


def test_all_errors_are_shown_corrected_in_place_and_then_written_once(world: World) -> None:
    client = world.client("clerk")
    rows = [good(n) for n in range(1, 31)]
    rows[3][0] = "2015123"
    rows[7][2] = "发现"
    rows[9][3] = "去年"
    url = start(client, workbook(rows))
    page = client.get(url).content.decode()
    assert "有误 3" in page and "新增 27" in page
    for words in ("没有“发现”这个选项", "不是日期", "专利申请号应为12位"):
        assert words in page
    refused = client.post(url, {"action": "confirm", "state": "pending"}, follow=True).content.decode()
    assert "还有 3 行有误" in refused
    assert IPRight.objects.count() == 0
    client.post(url, {"action": "fix", "cell.5.number": number(4), "cell.9.type": "发明", "drop.11": "1"})
    page = client.get(url).content.decode()
    assert "有误 0" in page and "新增 29" in page
    done = client.post(url, {"action": "confirm", "state": "pending"}, follow=True).content.decode()
    assert "导入完成" in done
    assert IPRight.objects.filter(state="pending").count() == 29
    again = start(client, workbook([r for n, r in enumerate(rows) if n not in (3, 7, 9)]))
    assert "无变化 27" in client.get(again).content.decode()


def test_changes_are_shown_cell_by_cell_and_an_untouched_import_can_be_undone(world: World) -> None:
    client = world.client("clerk")
    url = start(client, workbook([good(1), good(2)]))
    client.post(url, {"action": "confirm", "state": "draft"})
    changed = good(1)
    changed[1] = "改名后的装置"
    second = start(client, workbook([changed, good(2)]))
    page = client.get(second).content.decode()
    assert "更新 1" in page and "一种装置1" in page and "改名后的装置" in page
    client.post(second, {"action": "confirm", "state": "draft"})
    assert IPRight.objects.filter(title="改名后的装置").count() == 1
    assert "已有 1 条被审核、修改" in client.post(url, {"action": "undo"}, follow=True).content.decode()
    third = start(client, workbook([good(8)]))
    client.post(third, {"action": "confirm", "state": "draft"})
    assert IPRight.objects.count() == 3
    assert "已撤销，删去 1 条" in client.post(third, {"action": "undo"}, follow=True).content.decode()
    assert IPRight.objects.count() == 2


def test_a_second_confirmation_changes_nothing(world: World) -> None:
    client = world.client("clerk")
    url = start(client, workbook([good(1)]))
    client.post(url, {"action": "confirm", "state": "draft"})
    before = Operation.objects.count()
    client.post(url, {"action": "confirm", "state": "draft"})
    assert IPRight.objects.count() == 1 and Operation.objects.count() == before


def test_pasted_cells_are_taken_like_a_file(world: World) -> None:
    client = world.client("clerk")
    text = "申请号\t专利名称\t类型\t申请日\n" + "\t".join(good(5))
    response = client.post("/l/patents/import", {"pasted": text})
    client.post(response["Location"], {"action": "confirm", "state": "draft"})
    assert IPRight.objects.get().number == number(5)


def test_formulas_are_refused_cell_by_cell(world: World) -> None:
    client = world.client("clerk")
    row = good(1)
    row[1] = "=1+1"
    page = client.get(start(client, workbook([row]))).content.decode()
    assert "单元格是公式" in page and "有误 1" in page


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"MZ\x90\x00" + b"\x00" * 200, "不是表格文件"),
        (b"", "文件是空的"),
        (b"PK\x03\x04broken", "已损坏"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "不是表格文件"),
    ],
)
def test_what_is_not_a_sheet_is_refused_in_words(world: World, content: bytes, words: str) -> None:
    file = io.BytesIO(content)
    file.name = "名单.xlsx"
    page = world.client("clerk").post("/l/patents/import", {"file": file}).content.decode()
    assert words in page or (words == "文件是空的" and "请选择一个文件" in page)
    assert ImportBatch.objects.count() == 0


def test_a_zip_bomb_and_ten_thousand_columns_are_refused(world: World) -> None:
    client = world.client("clerk")
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"")
        for n in range(70):
            archive.writestr(f"xl/media/{n}.bin", b"\0" * (10 * 1024 * 1024))
    bomb.seek(0)
    bomb.name = "大.xlsx"
    assert "解开后过大" in client.post("/l/patents/import", {"file": bomb}).content.decode()
    wide = workbook([], tuple(f"列{n}" for n in range(10_000)))
    assert "超过 300 列" in client.post("/l/patents/import", {"file": wide}).content.decode()


def test_the_template_is_what_import_expects(world: World) -> None:
    client = world.client("clerk")
    book = openpyxl.load_workbook(io.BytesIO(client.get("/l/patents/template").content))
    sheet = book.worksheets[0]
    heads = {cell.value.removesuffix(" *"): n for n, cell in enumerate(sheet[1], 1)}
    for label, value in zip(("申请号", "专利名称", "类型", "申请日"), good(7), strict=True):
        sheet.cell(2, heads[label], value)
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    out.name = "填好.xlsx"
    url = start(client, out)
    page = client.get(url).content.decode()
    assert "有误 0" in page, re.findall(r'<div class="cell-problem"[^>]*>(.*?)</div>|第一行内容.*?</tbody>', page)[:9]
    client.post(url, {"action": "confirm", "state": "draft"})
    assert IPRight.objects.get().number == number(7)


def test_export_follows_the_filter_and_is_logged(world: World) -> None:
    client = world.client("clerk")
    client.post(start(client, workbook([good(1), good(2)])), {"action": "confirm", "state": "draft"})
    content = client.get("/l/patents/export?q=一种装置1").content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    values = [c.value for c in sheet[2]]
    assert number(1) in values
    text = b"".join(client.get("/l/patents/export?format=csv")).decode("utf-8-sig")
    assert number(1) in text and number(2) in text
    assert Operation.objects.filter(name="导出").count() == 2


def test_text_that_looks_like_a_formula_stays_text(world: World) -> None:
    client = world.client("clerk")
    row = good(1)
    row[1] = "-1+2 装置"
    client.post(start(client, workbook([row])), {"action": "confirm", "state": "draft"})
    text = b"".join(client.get("/l/patents/export?format=csv")).decode("utf-8-sig")
    assert "'-1+2 装置" in text


def test_another_office_or_a_reader_may_not_import(world: World) -> None:
    assert world.client("editor").get("/l/patents/import").status_code == 403
