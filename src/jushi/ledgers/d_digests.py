"""Digests of D 知识产权、成果: protocols with codes to scan, and those that a class should be taught by (D13)."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Q

from jushi.entities.models import AgriTech
from jushi.kernel.states import State
from jushi.ledger.digests import Cell, Digest, Inquiry, Line, Table, to_record
from jushi.ledger.standing import counted

_QUALITY = re.compile(r"^(?:无公害|绿色|有机)")


def _codes(inquiry: Inquiry) -> tuple[Table, ...]:
    """Protocols in force with the code that opens each of them."""
    rows = counted("protocols", inquiry).filter(issued_on__lte=inquiry.on).filter(Q(revised_on=None) | Q(revised_on__gt=inquiry.on))
    lines = tuple(
        Line((to_record(row), Cell(row.crop), Cell(row.edition), Cell(row.issued_on),
              to_record(row.document, "打开") if row.document_id else Cell("未附"),
              Cell("扫码打开", record=(row._meta.label, row.pk), is_code=True)))
        for row in rows.select_related("document").order_by("crop", "title")
    )  # fmt: skip
    notes = ("打印后张贴在示范点、温室或课堂，扫码登录后打开规程。",) if lines else ()
    head = ("技术规程", "适用作物", "版本", "发布日期", "规程文本", "二维码")
    return (Table(head, lines, "现行技术规程", notes=notes, empty="还没有发布的技术规程。"),)


CODES = Digest("codes", "规程二维码", _codes, hint="现行规程一项一码，可打印张贴。")


def for_training(record: Any, county: str) -> Any:
    """Protocols in force on the day of a class that are for what it teaches."""
    on = record.held_on
    rows = AgriTech.objects.filter(county=county, kind="protocol", state__in=State.counted())
    if on is not None:
        rows = rows.filter(issued_on__lte=on).filter(Q(revised_on=None) | Q(revised_on__gt=on))
    text = f"{record.crop or ''} {record.title}"
    return [row for row in rows.order_by("crop", "title") if _is_for(row, text, record.crop or "")]


def _is_for(protocol: Any, text: str, crop: str) -> bool:
    """Named alike: the crop, the class's subject within the title, or the class of crops (无公害蔬菜 is 蔬菜)."""
    kind = _QUALITY.sub("", protocol.category or "")
    return bool((protocol.crop and protocol.crop in text) or (crop and crop in protocol.title) or (len(kind) >= 2 and kind in text))


def _taught(inquiry: Inquiry) -> tuple[Table, ...]:
    """The protocols that a class should be taught by, each one click or one scan away."""
    lines = tuple(
        Line((to_record(row), Cell(row.crop), Cell(row.edition), to_record(row.document, "打开") if row.document_id else Cell("未附"),
              Cell("扫码打开", record=(row._meta.label, row.pk), is_code=True)))
        for row in for_training(inquiry.record, inquiry.county)
    )  # fmt: skip
    head = ("技术规程", "适用作物", "版本", "规程文本", "二维码")
    return (Table(head, lines, "本次培训适用的技术规程", empty="没有对应作物的现行规程；按“培训内容（作物）”与规程的适用作物对应。"),)


TAUGHT = Digest("protocols", "适用规程", _taught, of_record=True, hint="按作物找出开班当日现行的规程，可打印发给学员扫码。")
