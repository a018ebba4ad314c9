"""Digests of H 帮扶: villagers' matters that may stand as deeds, and the sheet on which households sign for goods."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from jushi.kernel.models import Bureau, Term
from jushi.ledger.digests import YEAR, Act, Ask, Cell, Digest, Inquiry, Line, Table, to_record
from jushi.ledger.rows import mask
from jushi.ledger.standing import in_full, names_of, personal, standing
from jushi.ledger.store import RefusedError
from jushi.ledgers.offers import adopt_as_deed, deed_candidates

HOUSEHOLD = "household"


def _candidates(inquiry: Inquiry) -> list[Any]:
    seen = standing("matters", inquiry)
    return deed_candidates(inquiry.county, among=seen)


def _matters(inquiry: Inquiry) -> tuple[Table, ...]:
    """Matters that were worked on and done, and are no deed yet."""
    classes = names_of("matters", "category")
    lines = tuple(
        Line((to_record(row), Cell(classes.get(row.category, row.category)), Cell(row.raised_on), Cell(row.closed_on), Cell(row.result)), str(row.pk))
        for row in _candidates(inquiry)
    )
    return (Table(("民情事项", "类别", "记录日期", "办结日期", "结果"), lines, empty="没有可列为实事的民情：办结的都已列入，或只是当场答复。"),)


def _adopt(inquiry: Inquiry, keys: tuple[str, ...]) -> str:
    """A draft deed for each ticked matter, linked to where it came from."""
    chosen = [row for row in _candidates(inquiry) if str(row.pk) in keys]
    if not chosen:
        raise RefusedError({"": "所选事项已列为实事，请刷新后再看"})
    made = [adopt_as_deed(row, inquiry.bureau, inquiry.user) for row in chosen]
    return f"已生成实事草稿 {len(made)} 件：{'、'.join(row.title for row in made)}；请补齐受益人数和资金后提交"


OFFERED = Digest(
    "offered", "可列为实事的民情", _matters, acts=(Act("adopt", "列为实事", _adopt),),
    hint="上报或分办后办结的民情可以列为实事；勾选后生成实事草稿，来源事项自动关联。",
)  # fmt: skip


def _occasions(bureau: Bureau) -> Mapping[str, str]:
    """Occasions of handing out, those of former years included."""
    rows = Term.objects.filter(dictionary="aid_occasion", county__in=("", bureau.county)).order_by("position")
    return dict(rows.values_list("code", "name"))


def _sheet(inquiry: Inquiry) -> tuple[Table, ...]:
    """What each household got and signed for; the sums must agree before the sheet is complete."""
    year, occasion = inquiry.answers["year"], inquiry.answers["occasion"]
    rows = standing("aid_goods", inquiry).filter(occurred_on__year=year).select_related("payee_household")
    rows = rows.filter(category=occasion) if occasion else rows
    shown = list(rows.order_by("payee_household__title", "occurred_on", "goods"))
    is_full = in_full(inquiry, "names", f"{year}年慰问物资签收单", HOUSEHOLD)
    lines = tuple(Line(_goods(row, is_full)) for row in shown)
    every = sum((row.amount or Decimal(0) for row in shown), Decimal(0))
    signed = sum((row.amount or Decimal(0) for row in shown if row.received_on), Decimal(0))
    homes = {row.payee_household_id for row in shown}
    agree = "发放与签收一致。" if every == signed else f"还有 {every - signed:f} 元没有签收，请补签收日期。"
    total = (Cell(f"{len(homes)}户"), Cell("合计"), Cell(), Cell(every), Cell(), Cell(f"已签收 {signed:f} 元"), Cell())
    head = ("农户", "物资", "数量", "折价（元）", "发放日期", "签收日期", "签字")
    name = _occasions(inquiry.bureau).get(occasion, "")
    return (Table(head, lines, f"{year}年{name}慰问物资签收单", total if shown else (), (agree,) if shown else (), ("经办人", "村委会"),
                  "这一年没有登记慰问物资。"),)  # fmt: skip


def _goods(row: Any, is_full: bool) -> tuple[Cell, ...]:
    house = row.payee_household
    name = house.title if house and is_full else mask("name", house.title) if house else ""
    quantity = f"{row.goods_quantity.normalize():f}{row.goods_unit}" if row.goods_quantity is not None else ""
    received = Cell(row.received_on) if row.received_on else Cell("未签收", tone="wait")
    return (to_record(row, name), Cell(row.goods), Cell(quantity), Cell(row.amount), Cell(row.occurred_on), received, Cell())


SIGNING = Digest(
    "signing", "慰问物资签收单", _sheet, hint="按农户列出物资和折价，可打印后由农户签字；签收日期补齐后，发放与签收应当一致。",
    asks=(YEAR, Ask("occasion", "发放节点", "choice", options=_occasions), personal("names", "农户姓名")),
)  # fmt: skip
