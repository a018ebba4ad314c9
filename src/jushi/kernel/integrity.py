"""Verification: is the change log unbroken, do the files match their hashes, do the rows keep the rules of storage?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps

from jushi.kernel import evidence, oplog
from jushi.kernel.models import Blob, ChainHead, ChangeLine, CountyRow, Operation


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it was left."""

    where: str
    message: str


def verify() -> Iterator[Problem]:
    """Every problem found, under the scope in force (all counties for maintenance)."""
    for head in ChainHead.objects.order_by("county"):
        yield from verify_chain(head.county)
    yield from verify_blobs()
    yield from verify_references()


def verify_chain(county: str) -> Iterator[Problem]:
    """Walk a county's chain: sequence, hashes, and the digest of each operation's lines."""
    previous, expected = oplog.FIRST_HASH, 0
    for entry in Operation.objects.filter(county=county).order_by("sequence").iterator(chunk_size=500):
        expected += 1
        place = f"{county} 日志第 {entry.sequence} 条"
        if entry.sequence != expected:
            yield Problem(place, f"序号不连续：应为第 {expected} 条，其间有日志被删除")
            expected = entry.sequence
        if entry.previous != previous:
            yield Problem(place, "与前一条不相接：前面的日志被改动或删除")
        if oplog.hash_of(entry) != entry.hash:
            yield Problem(place, "内容与散列不符：这条日志被改动")
        rows = ChangeLine.objects.filter(county=county, operation_id=entry.pk).order_by("position")
        lines = [oplog.Line(x.model, x.object_id, x.owner_id, x.action, x.before, x.after) for x in rows.iterator(chunk_size=2000)]
        if len(lines) != entry.lines or oplog.digest_of(lines) != entry.digest:
            yield Problem(place, "变更明细与摘要不符：明细被改动或删除")
        previous = entry.hash
    head = ChainHead.objects.get(county=county)
    if head.sequence != expected or head.hash != previous:
        yield Problem(f"{county} 日志", "末尾被截去：链头与最后一条不符")


def verify_blobs() -> Iterator[Problem]:
    """Every stored file must be there and match its hash."""
    for blob in Blob.objects.order_by("sha256").iterator(chunk_size=500):
        path = evidence.path(blob)
        if not path.exists():
            yield Problem(f"佐证 {blob.sha256[:12]}", "文件不见了，请从备份恢复")
            continue
        digest = hashlib.sha256()
        with path.open("rb") as source:
            while chunk := source.read(1 << 20):
                digest.update(chunk)
        if digest.hexdigest() != blob.sha256:
            yield Problem(f"佐证 {blob.sha256[:12]}", "文件内容被改动")


def verify_references() -> Iterator[Problem]:
    """No foreign key may lead to another county's row."""
    for model in apps.get_models():
        if not issubclass(model, CountyRow):
            continue
        for field in model._meta.concrete_fields:
            target = field.related_model
            if not field.is_relation or not isinstance(target, type) or not issubclass(target, CountyRow):
                continue
            rows = model.objects.exclude(**{field.attname: None}).exclude(**{f"{field.name}__county": _own()})
            for pk in rows.values_list("pk", flat=True)[:5]:
                yield Problem(f"{model._meta.verbose_name} {pk}", f"{field.verbose_name}指向了别的县区")


def _own() -> object:
    from django.db.models import F

    return F("county")
