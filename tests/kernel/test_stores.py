"""Evidence, search, roles: what is kept, what is found, who may not be one person."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jushi.entities.models import Person
from jushi.kernel import evidence, integrity, roles, search
from jushi.kernel.models import Blob
from jushi.ledger import registry, store
from jushi.ledger.rows import mask

JPEG = b"\xff\xd8" + b"\xff\xe1\x00\x10Exif\x00\x00GPS-HERE" + b"\xff\xda\x00\x02picture\xff\xd9"


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.EVIDENCE_ROOT = tmp_path / "evidence"


def test_pictures_leave_without_their_place(world: Any) -> None:
    blob = evidence.store(io.BytesIO(JPEG))
    assert blob.mime == "image/jpeg" and b"GPS-HERE" in evidence.path(blob).read_bytes()
    assert evidence.stripped(blob) == b"\xff\xd8\xff\xda\x00\x02picture\xff\xd9"


def test_the_same_content_lies_on_the_disk_once(person: Callable[..., Any]) -> None:
    rows = [evidence.attach(person(name), io.BytesIO(JPEG), "照片.jpg", "测试") for name in ("试样甲", "试样乙")]
    assert rows[0].blob == rows[1].blob and Blob.objects.count() == 1
    assert len([p for p in evidence.path(rows[0].blob).parents[2].rglob("*") if p.is_file()]) == 1
    assert list(integrity.verify_blobs()) == []
    evidence.path(rows[0].blob).write_bytes(b"other")
    assert [p.message for p in integrity.verify_blobs()] == ["文件内容被改动"]
    evidence.path(rows[0].blob).unlink()
    assert "不见了" in next(integrity.verify_blobs()).message


def archive(**files: bytes) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in files.items():
            made.writestr(name.replace("__", "."), data)
    return out


@pytest.mark.parametrize(
    ("data", "words"),
    [(io.BytesIO(b"MZ\x90\x00"), "可执行程序"), (archive(vbaProject__bin=b"x"), "宏"), (archive(a__exe=b"x"), "程序或脚本"),
     (io.BytesIO(b"PK\x03\x04broken"), "损坏"), (io.BytesIO(b""), "认不出|空"), (io.BytesIO(b"#!/bin/sh"), "脚本"),
     (io.BytesIO(b"\x00\x01\x02"), "认不出")],
)  # fmt: skip
def test_what_is_refused_leaves_nothing(world: Any, data: io.BytesIO, words: str) -> None:
    with pytest.raises(evidence.RejectedFileError, match=words):
        evidence.store(data)
    from django.conf import settings

    assert not [p for p in Path(settings.EVIDENCE_ROOT).rglob("*") if p.is_file()]
    assert not Blob.objects.exists()


def found(text: str) -> list[str]:
    return sorted(search.narrow(Person.objects.all(), Person, text, "990102").values_list("title", flat=True))


def test_words_of_two_characters_and_phrases_are_found(person: Callable[..., Any]) -> None:
    for name in ("欧阳知产", "知识产权员", "产权人"):
        person(name)
    assert found("产权") == ["产权人", "知识产权员"]
    assert found("知识产权") == ["知识产权员"]
    assert found("知产") == ["欧阳知产"]
    assert found("权产") == [] and found("阳") == ["欧阳知产"]


def test_search_follows_edits_and_deletions(person: Callable[..., Any]) -> None:
    record, ledger = person("欧阳知产"), registry.get("people")
    store.change(ledger, record, {"title": "司马改名"})
    assert found("欧阳") == [] and found("改名") == ["司马改名"]
    store.delete(ledger, record)
    assert found("改名") == []


def test_the_three_administrators_are_three_people() -> None:
    three = ("system_admin", "security_admin", "audit_admin")
    for one in three:
        for other in three:
            assert bool(roles.conflicts({one, other})) == (one != other)
    assert roles.conflicts({"clerk", "editor"}) == []


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [("phone", "13912345678", "139****5678"), ("id", "11010519491231002X", "110105********002X"), ("name", "张小三", "张*三"),
     ("name", "张三", "张*"), ("phone", "123", "****"), ("name", "", "")],
)  # fmt: skip
def test_masks(kind: str, text: str, shown: str) -> None:
    assert mask(kind, text) == shown
