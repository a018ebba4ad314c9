"""Names: organisations, projects, awards, documents, places, events, persons; near-duplicates; the table of places."""
# ruff: noqa: E501 — sentences of the examples stay in one piece

import pytest

from jushi.text import places, read_text, understand
from jushi.text.names import near_duplicates


@pytest.mark.parametrize(
    ("sentence", "kind", "name"),
    [
        ("年初推荐云岭种业有限公司参评。", "organisation", "云岭种业有限公司"),
        ("依托省农科院，与青石镇果蔬专业合作社合作。", "organisation", "青石镇果蔬专业合作社"),
        ("市科技局、县财政局联合检查。", "organisation", "市科技局"),
        ("“山地果园宜机化改造技术研究与示范”项目通过验收。", "project", "山地果园宜机化改造技术研究与示范"),
        ("荣获省科技进步奖二等奖。", "award", "省科技进步奖"),
        ("印发《科技特派员管理办法》。", "document", "科技特派员管理办法"),
        ("依据国科发〔2016〕32号组织评价。", "document", "国科发〔2016〕32号"),
        ("赴湖南省长沙市考察。", "place", "湖南省"),
        ("在XX县青石镇柳树村驻点。", "place", "XX县"),
        ("参加第21届全省青少年机器人竞赛，获奖。", "event", "第21届全省青少年机器人竞赛"),
        ("局长王小明带队调研。", "person", "王小明"),
    ],
)
def test_names(sentence: str, kind: str, name: str) -> None:
    found = [(n.type, n.text) for n in understand(read_text(sentence)).names]
    assert (kind, name) in found
    assert all(sentence[n.start : n.end] == n.text for n in understand(read_text(sentence)).names)


@pytest.mark.parametrize("sentence", ["建设示范县和示范村。", "上级科技部门支持。", "获得一等奖。", "全县各乡镇、贫困村。", "集中学习文件。"])
def test_common_words_are_no_names(sentence: str) -> None:
    assert understand(read_text(sentence)).names == ()


def test_near_duplicates() -> None:
    text = "推荐禾丰农业开发有限责任公司、禾丰农业有限公司、青松药业股份有限公司、青松药业有限公司、白云机械有限公司。"
    pairs = [(a.text, b.text) for a, b in near_duplicates(understand(read_text(text)).names)]
    assert ("禾丰农业开发有限责任公司", "禾丰农业有限公司") in pairs
    assert ("青松药业股份有限公司", "青松药业有限公司") in pairs
    assert not any("白云" in a + b for a, b in pairs)


def test_places_are_dated() -> None:
    assert len(places.table()) > 4000
    gone = [p for rows in places.table().values() for p in rows if p.until]
    assert len(gone) > 3000 and all(p.since is None or p.since <= (p.until or 9999) for p in gone)
    old = places.lookup("襄樊市", 2005)
    assert old and not places.lookup("襄樊市", 2015)
    assert places.lookup("襄阳市", 2015)


def test_short_forms_and_boundaries() -> None:
    text = "赴陕西学习，范县来访，建设示范县。"
    assert [text[a:b] for a, b in places.find(text)] == ["范县", "陕西"]


def test_projects_without_quotation_marks() -> None:
    text = "重点实施山茶良种选育、稻田养虾技术推广、果园节水示范等科技项目5项。省级智慧农田示范工程于5月通过验收。一是冷链仓储建设项目，已完工。二是粮油加工扩建项目，已开工。"
    found = {n.text for n in understand(read_text(text)).names if n.type == "project"}
    assert {
        "山茶良种选育",
        "稻田养虾技术推广",
        "果园节水示范",
        "省级智慧农田示范工程",
        "冷链仓储建设项目",
        "粮油加工扩建项目",
    } <= found


def test_gatherings_and_laws() -> None:
    found = {(n.type, n.text) for n in understand(read_text("先后参加了全国茶产业发展高峰论坛，宣传专利法、科普法。")).names}
    assert ("event", "全国茶产业发展高峰论坛") in found
    assert {("document", "专利法"), ("document", "科普法")} <= found
