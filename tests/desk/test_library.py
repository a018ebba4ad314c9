"""资料: files of visible records only, found by name and type, leading to their records."""

from __future__ import annotations

import io
from typing import Any

import pytest
from desk_world import World

from jushi.kernel import evidence

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 60


@pytest.fixture
def files(world: World, settings: Any, tmp_path: Any) -> World:
    """A photo at a patent, a note at a party meeting, a note at a patent."""
    settings.JUSHI_HOME = tmp_path
    patent, meeting = world.patent(1), world.add("branch_meetings", "party_secretary", title="支委会", **MEETING)
    evidence.attach(patent, io.BytesIO(PNG), "受理现场.png", "测试clerk", "受理大厅")
    evidence.attach(meeting, io.BytesIO("会议记录".encode()), "支委会记录.txt", "测试party_secretary")
    evidence.attach(patent, io.BytesIO("说明".encode()), "专利说明.txt", "测试clerk")
    return world


MEETING = {"category": "支委会", "held_on": "2015-03-05"}


def test_files_are_listed_with_their_records(files: World) -> None:
    page = files.client("clerk").get("/library").content.decode()
    assert page.index("专利说明.txt") < page.index("受理现场.png")
    assert "一种可调式样机1" in page and "?tab=files" in page and "受理大厅" in page


def test_files_of_closed_records_do_not_exist(files: World) -> None:
    assert "支委会记录" not in files.client("clerk").get("/library").content.decode()
    assert "支委会记录.txt" in files.client("party_secretary").get("/library").content.decode()
    assert files.client("system_admin").get("/library").status_code == 404


def test_files_are_narrowed_by_name_and_type(files: World) -> None:
    clerk = files.client("clerk")
    for asked, found, other in (("q=大厅", "受理现场", "专利说明"), ("kind=image", "受理现场", "专利说明"), ("kind=other", "专利说明", "受理现场")):
        page = clerk.get(f"/library?{asked}").content.decode()
        assert found in page and other not in page, asked
    assert "没有符合条件" in clerk.get("/library?q=查无").content.decode()
    assert clerk.get("/library?after=nonsense").status_code == 200


def test_pages_go_on_where_they_stopped(files: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from jushi.desk.views import library

    monkeypatch.setattr(library, "SIZE", 1)
    clerk = files.client("clerk")
    first = clerk.get("/library").content.decode()
    assert "专利说明.txt" in first and "受理现场.png" not in first
    onward = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = clerk.get(f"/library{onward}").content.decode()
    assert "受理现场.png" in second and "专利说明.txt" not in second and 'rel="next"' not in second
