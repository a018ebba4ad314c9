"""Outline, damage, lists, period, plans and problems, in sentences of our own."""
# ruff: noqa: E501 — sentences of the examples stay in one piece

import pytest

from jushi.text import read_text, understand
from jushi.text.model import Heading
from jushi.text.passages import passages

BODY = "今年以来，我局围绕中心任务开展工作，各项指标稳步推进，取得了较好的成绩，得到了上级部门和群众的充分肯定。"


def outline(text: str) -> list[tuple[int, str, int | None]]:
    return [(h.level, text[h.start : h.end], h.parent) for h in understand(read_text(text)).outline]


def test_levels_of_a_regular_document() -> None:
    text = f"某县科技局2019年工作总结\n{BODY}\n一、工作情况\n（一）平台\n1.孵化器。新建2家。\n2.实验室。新建1家。\n（二）人才。一是抓引进。引进3人。二是抓培养，成效好。\n二、不足\n"
    assert outline(text) == [
        (0, "某县科技局2019年工作总结", None),
        (1, "一、工作情况", 0),
        (2, "（一）平台", 1),
        (3, "1.孵化器", 2),
        (3, "2.实验室", 2),
        (2, "（二）人才", 1),
        (4, "一是抓引进", 5),
        (4, "二是抓培养", 5),
        (1, "二、不足", 0),
    ]


def test_one_line_document_is_the_same_document() -> None:
    text = f"某县科技局2019年工作总结{BODY}一、工作情况(一)平台建设1、孵化器扩容。新建2家。2、实验室提质。新建1家。(二)人才引育一是抓引进。引进3人。二是抓培养,成效好。二、存在不足人手少。"
    reading = understand(read_text(text))
    assert reading.title is not None and reading.title.of(text) == "某县科技局2019年工作总结"
    assert [(h.level, h.marker) for h in reading.outline] == [
        (0, ""), (1, "一、"), (2, "(一)"), (3, "1、"), (3, "2、"), (2, "(二)"), (4, "一是"), (4, "二是"), (1, "二、"),
    ]  # fmt: skip
    assert "one_line" in read_text(text * 8).notes


def test_a_class_used_twice_nests() -> None:
    text = (
        "一、主要工作\n成效明显。\n二、下步计划\n一、抓项目。多跑多要。\n二、抓人才。引育并举。\n三、抓作风。从严从实。\n三、有关建议\n请予支持。\n"
    )
    levels = [(h.level, h.text, h.parent) for h in understand(read_text(text)).outline]
    assert levels == [(1, "一、主要工作", None), (1, "二、下步计划", None), (2, "一、抓项目", 1), (2, "二、抓人才", 1), (2, "三、抓作风", 1), (1, "三、有关建议", None)] or levels[:5] == [
        (1, "一、主要工作", None), (1, "二、下步计划", None), (2, "一、抓项目", 1), (2, "二、抓人才", 1), (2, "三、抓作风", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "sentence",
    [
        "推进一、二、三产业融合发展。",
        "坚持每周一、四学习。",
        "这是第一、二环节。",
        "进一步统一思想，唯一目标不变。",
        "增长3.5，其中1.2归零。",
        "会议于2015.3召开。",
        "编号1.2.3的设备。",
    ],
)
def test_numbers_in_prose_are_no_headings(sentence: str) -> None:
    assert understand(read_text(sentence)).outline == ()


def test_a_missing_enumerator_is_passed_over() -> None:
    text = "主要办了实事：一是修路，方便出行。二是修渠，保障灌溉。四是建亭，便于休息。"
    assert [h.marker for h in understand(read_text(text)).outline] == ["一是", "二是", "四是"]


def test_order_words_and_circles() -> None:
    text = "首先，摸清底数。其次，建立台账。最后，逐项销号。任务有：①修订办法；②组织培训；③开展检查。"
    assert [h.marker for h in understand(read_text(text)).outline] == ["首先", "其次", "最后", "①", "②", "③"]


def test_viewer_page_numbers_are_page_marks() -> None:
    line = "我县的试点工作稳步推进并且内容很长很长以至于阅读器在这里把一页的文字截断开来形成新的一段稳步推"
    text = f"{line}\n2、进，全年完成申请30件，{line}\n3、动，授权12件。"
    reading = understand(read_text(text))
    assert reading.outline == ()
    assert [text[b.start : b.end] for b in reading.document.blocks if b.role == "page_mark"] == ["2、", "3、"]
    assert [c.value for c in reading.claims] == ["30", "12"]


def test_site_chrome_before_and_after() -> None:
    text = f"您的位置：首页 > 范文\n某县科技局2018年工作总结\n时间：2021-01-01\n某县科技局2018年工作总结\n{BODY}共立项6项。\n第1页 共3页\n下载文档\n分享\n"
    reading = understand(read_text(text))
    roles = [b.role for b in reading.document.blocks]
    assert roles == ["boilerplate", "title", "boilerplate", "title", "body", "page_mark", "boilerplate", "boilerplate"]
    assert reading.document.blocks[1].attrs == {"copy": "1"}
    assert [h.level for h in reading.outline] == [0]
    assert [c.value for c in reading.claims] == ["6"]


def test_words_of_chrome_in_prose_are_prose() -> None:
    text = f"某县科技局2018年工作总结\n{BODY}\n1、全年查处侵权案件12件，组织作品下载展示，收藏图书30册。\n2、欢迎企业来访，分享经验5次。\n"
    assert all(b.role != "boilerplate" for b in read_text(text).blocks)


def test_hard_wraps_inside_figures() -> None:
    words = "我局组织申报各类计划项目并开展培训和宣传活动全年共组织专家下乡" * 12 + "，引进品种1" + "4个，推广技术9项。"
    text = "\n".join(words[i : i + 26] for i in range(0, len(words), 26))
    reading = understand(read_text(text))
    assert "hard_wrapped" in reading.document.notes
    assert [(c.value, c.unit) for c in reading.claims][-2:] == [("14", "个"), ("9", "项")]
    assert all(0 <= c.start < c.end <= len(text) for c in reading.claims)


def test_injected_pinyin_and_traditional_characters() -> None:
    text = "區(qū)科技局舉辦(bàn)培訓(xùn)班5期,培訓(xùn)農(nóng)民300人次,發(fā)放資料(liào)2000份,新增專(zhuān)利15件,爭(zhēng)取資金80萬(wàn)元。"
    reading = understand(read_text(text))
    assert {"pinyin", "traditional"} <= set(reading.document.notes)
    assert [(c.value, c.unit) for c in reading.claims] == [
        ("5", "期"),
        ("300", "人次"),
        ("2000", "份"),
        ("15", "件"),
        ("80", "万元"),
    ]
    assert [text[c.start : c.end] for c in reading.claims] == ["5", "300", "2000", "15", "80"]


def test_letter_spaced_text() -> None:
    text = "全 年 共 建 立 高 企 培 育 库 3 0 家 ， 新 增 高 企 5 家 ， 产 值 为 8 . 5 亿 元 。" * 3
    reading = understand(read_text(text))
    assert "letter_spaced" in reading.document.notes
    assert ("5", "家") in [(c.value, c.unit) for c in reading.claims]


LISTS = [
    ("引进黄豆、绿豆、红豆3个品种。", "3", 3, False, "ok"),
    ("青山公司、碧水公司、蓝天公司等5家企业获补助。", "5", 3, True, "ok_ge"),
    ("推荐东风厂、南海公司、西岭公司、北原公司3家企业参评。", "3", 4, False, "mismatch"),
    ("下达课题3项：节水灌溉研究、土壤改良研究、良种选育研究。", "3", 3, False, "ok"),
    ("办成两件实事：一是通水，解决吃水难。二是通电，解决用电难。", "两", 2, False, "ok"),
    ("办成三件实事：一是通水，解决吃水难。二是通电，解决用电难。", "三", 2, False, "mismatch"),
    ("聚焦装备制造、生物医药、新材料三大领域。", "三", 3, False, "ok"),
    ("开展“四个一”活动（即读一本书，讲一堂课，写一篇文章，办一场比赛）。", "四", 4, False, "ok"),
    ("帮扶柳树村和杨家村两个村。", "两", 2, False, "ok"),
    ("共获奖6项，其中一等奖1项、二等奖2项、三等奖3项。", "6", 3, False, "ok"),
    ("共获奖9项，其中一等奖1项、二等奖2项、三等奖7项。", "9", 3, False, "mismatch"),
    ("入库×家，分别是：甲山公司、乙水公司、丙林公司。", "×", 3, False, "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "stated", "items", "open_", "verdict"), LISTS)
def test_counted_lists(sentence: str, stated: str, items: int, open_: bool, verdict: str) -> None:
    found = {x.stated: x for x in understand(read_text(sentence)).lists}
    assert (len(found[stated].items), found[stated].open, found[stated].verdict) == (items, open_, verdict)


@pytest.mark.parametrize(
    "sentence",
    [
        "申报国家、省、市级项目36项。",
        "走访机关、学校、企业120家。",
        "开展育苗、嫁接、修剪等培训2场。",
        "联合农业、林业、水利部门检查5次。",
        "种植小麦、玉米、大豆800亩。",
        "党员20名，其中女党员6名、35岁以下18名。",
        "走访企业12家，认定高企5家，备案科小8家，新建平台3家，共新增平台20家。",
        "联合农业、林业、水利、气象、畜牧、教育部门12个。",
    ],
)
def test_attributes_in_a_row_are_no_counted_list(sentence: str) -> None:
    assert all(x.verdict != "mismatch" for x in understand(read_text(sentence)).lists)


def test_list_items_as_written() -> None:
    found = understand(read_text("共引进新麦(春性)、早稻、晚稻3个品种。")).lists[0]
    assert found.items == ("新麦(春性)", "早稻", "晚稻")


PERIODS = [
    (f"某县科技局2016年工作总结\n2016年，{BODY}", "year", "2016"),
    (f"某县科技局上半年工作总结\n2014年上半年，{BODY}", "half", "2014H1"),
    (f"某县科技局2021年第三季度工作总结\n{BODY}", "quarter", "2021Q3"),
    (f"某县科技局2022年1—11月工作情况汇报\n{BODY}", "months", "2022-01..11"),
    (f"某县科技局2023年工作总结\n2023年，{BODY}深入开展“三严三实”专题教育，学习十八届五中全会精神，参加第30届全省青少年科技创新大赛。", "year", "2015"),
    (f"某县科技局202x年工作总结及2025年工作计划\n{BODY}", "year", "2024"),
    ("没有年份的话。", "unknown", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "value"), PERIODS)
def test_periods(text: str, kind: str, value: str) -> None:
    spoken = understand(read_text(text)).period
    assert (spoken.kind, spoken.value) == (kind, value)
    assert all(text[e.start : e.end] == e.text for e in spoken.evidence)


def test_plans_and_problems() -> None:
    text = f"某局2019年工作总结\n{BODY}\n一、存在的问题\n一年来取得一定成绩，但仍有不足。一是平台偏少；二是人才短缺。\n二、2020年工作计划\n1、建设孵化器。争取年内开工。\n2、引进团队，力争3个以上。\n"
    reading = understand(read_text(text))
    assert [p.text for p in reading.problems] == ["平台偏少", "人才短缺"]
    assert [p.text for p in reading.plans] == ["建设孵化器", "引进团队，力争3个以上"]
    assert all(text[p.start : p.end] == p.text for p in (*reading.problems, *reading.plans))


def test_headings_that_solve_problems_are_no_problem_sections() -> None:
    assert understand(read_text(f"{BODY}\n一、着力解决突出问题\n已经解决。\n")).problems == ()


def test_lead_paragraph() -> None:
    text = f"某局2019年工作总结\n{BODY}现将情况总结如下：\n一、主要工作\n新建平台2个。\n"
    lead = understand(read_text(text)).lead
    assert lead is not None and lead.of(text) == f"{BODY}现将情况总结如下："
    assert understand(read_text("一、主要工作\n新建平台2个。\n")).lead is None


def test_several_documents_in_one_file() -> None:
    one = f"某县科技局2019年工作总结\n{BODY}\n一、主要工作\n新建平台2个。\n"
    text = f"篇一：{one}篇二：某县科技局2020年上半年工作总结\n{BODY}\n一、工作成效\n新建基地3个。\n"
    reading = understand(read_text(text))
    assert [h.level for h in reading.outline] == [0, 1, 0, 1]
    assert [h.parent for h in reading.outline] == [None, 0, None, 2]
    assert [c.value for c in reading.claims] == ["2", "3"]


def test_table_of_contents_is_no_outline() -> None:
    text = f"某局2019年工作总结\n目录\n一、主要工作............1\n二、存在不足…………3\n{BODY}\n一、主要工作\n新建平台2个。\n二、存在不足\n人手少。\n"
    assert [h.marker for h in understand(read_text(text)).outline] == ["", "一、", "二、"]


def test_references_are_no_headings() -> None:
    assert outline("按照第（三）项要求，依据第1、2款执行。") == []


def test_items_inside_items() -> None:
    text = "(1)建制度。①定办法。②定流程。(2)抓落实。①查进度。②查质量。"
    assert [(level, parent) for level, _, parent in outline(text)] == [
        (4, None),
        (5, 0),
        (5, 0),
        (4, None),
        (5, 3),
        (5, 3),
    ]


def test_a_section_cut_short_by_chrome_lists_nothing() -> None:
    text = "二、存在问题\n（一）投入不足\n三、其他\n"
    headings = [
        Heading(0, 1, "二、", "二、存在问题", 0, 6, None, False, 15),
        Heading(1, 2, "（一）", "（一）投入不足", 7, 14, 0, False, 15),
    ]
    assert passages(text, headings, [(6, 20)]) == ([], [])
