"""资料: every evidence file that the account may see, newest first, each with the record that it proves; and the ledgers of papers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.apps import apps
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jushi.desk.access import DeskRequest
from jushi.entities.models import Document
from jushi.kernel import evidence
from jushi.kernel.ids import uuid_of
from jushi.kernel.models import Evidence
from jushi.ledger import registry, visibility

SIZE = 50
BATCH = 200  # files looked at in one go: those of hidden records fall out
LOOKS = 10  # so many batches at most; who may see nothing is answered soon
OPEN = "application/vnd.openxmlformats-officedocument."
# code → name, what the content's type begins with
KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "image": ("图片", ("image/",)),
    "pdf": ("PDF、OFD", ("application/pdf", "application/ofd")),
    "word": ("Word 文档", (OPEN + "wordprocessingml",)),
    "sheet": ("Excel 表格", (OPEN + "spreadsheetml",)),
}


def _of_kind(kind: str) -> Q:
    """The condition on files of a kind; ``other`` are those of none, anything else asks for all."""
    if kind == "other":
        return ~reduce(or_, (_of_kind(code) for code in KINDS))
    begins = KINDS[kind][1] if kind in KINDS else ("",)
    return reduce(or_, (Q(blob__mime__startswith=begin) for begin in begins))


@dataclass(frozen=True, slots=True)
class Item:
    """A file with its record, as the page shows it."""

    file: Evidence
    kind: str
    inline: bool
    url: str
    title: str
    record_url: str
    ledger: str


@login_required
def library(request: DeskRequest) -> HttpResponse:
    """One page of files; ``q`` narrows by name and caption, ``kind`` by type, ``after`` goes on."""
    if "view" not in request.rights.actions():
        raise Http404
    text, kind = request.GET.get("q", "").strip()[:60], request.GET.get("kind", "")
    rows = Evidence.objects.select_related("blob")
    if text:
        rows = rows.filter(Q(name__contains=text) | Q(caption__contains=text))
    items, last = _page(request, rows.filter(_of_kind(kind)), uuid_of(request.GET.get("after", "")))
    bureau = request.user.bureau
    papers = [x for x in visibility.ledgers_of(request.rights, bureau.switched_off if bureau else ()) if x.model is Document]
    kept = {"q": text, "kind": kind}
    context = {
        "title": "资料", "crumbs": [{"label": "资料"}], "items": items, "papers": papers, "q": text, "chosen": kind, "show_period": False,
        "kinds": [("", "全部"), *((code, name) for code, (name, _) in KINDS.items()), ("other", "其他")],
        "next_url": f"?{urlencode({**kept, 'after': last})}" if last else "", "first_url": f"?{urlencode(kept)}" if request.GET.get("after") else "",
    }  # fmt: skip
    return render(request, "desk/library.html", context)


def _page(request: DeskRequest, rows: Any, after: UUID | None) -> tuple[list[Item], str]:
    """Up to :data:`SIZE` files of visible records, and the id after which to go on ('' at the end). Ids follow time, so they order."""
    found: list[Item] = []
    for _ in range(LOOKS):
        batch = list((rows.filter(pk__lt=after) if after else rows).order_by("-pk")[:BATCH])
        for item in _visible(request, batch):
            if len(found) == SIZE:
                return found, str(found[-1].file.pk)
            found.append(item)
        if len(batch) < BATCH:
            return found, ""
        after = batch[-1].pk
    return found, str(after)


def _visible(request: DeskRequest, batch: list[Evidence]) -> list[Item]:
    """The files whose records the account may see: one query per entity among them."""
    by_model: dict[str, set[UUID]] = defaultdict(set)
    for row in batch:
        by_model[row.ledger_model].add(row.record_id)
    records: dict[UUID, Any] = {}
    for label, ids in by_model.items():
        model: Any = apps.get_model(label)
        seen = visibility.visible_of(model.objects.filter(pk__in=ids), model, request.rights)
        records |= {record.pk: record for record in seen.only("pk", "kind", "title")}
    items = (_item(request, row, records[row.record_id]) for row in batch if row.record_id in records)
    return [item for item in items if item is not None]


def _item(request: DeskRequest, row: Evidence, record: Any) -> Item | None:
    bureau = request.user.bureau
    ledger = registry.of_record(record)
    if ledger is None or not visibility.opens(ledger, request.rights, bureau.switched_off if bureau else ()):
        return None
    mime = row.blob.mime
    kind = next((name for name, begins in KINDS.values() if mime.startswith(begins)), "其他")
    url = reverse("file", args=[ledger.code, record.pk, row.pk])
    return Item(row, kind, mime in evidence.INLINE, url, record.title, reverse("record", args=[ledger.code, record.pk]) + "?tab=files", ledger.name)
