"""Paragraphs that repeat earlier documents are found, with or without this year's figures."""

from jushi.proof import similar
from jushi.text import read_text, understand

LAST = (
    "县科技局2021年工作总结\n"
    "一、主要工作\n"
    "全年推荐申报国家高新技术企业12家，新增科技型中小企业30家，企业创新主体地位进一步增强。\n"
    "组织科普大篷车进校园活动，受到师生普遍欢迎，营造了崇尚科学的浓厚氛围。\n"
)
THIS = (
    "县科技局2022年工作总结\n"
    "一、主要工作\n"
    "全年推荐申报国家高新技术企业15家，新增科技型中小企业41家，企业创新主体地位进一步增强。\n"
    "建成专家工作站三个，引进团队攻关，解决了龙头企业菌种退化的技术难题。\n"
)


def test_last_years_sentence_with_this_years_figures():
    now, before = understand(read_text(THIS)), understand(read_text(LAST))
    found = similar(now, [before])
    assert [THIS[s.start : s.start + 12] for s in found] == ["全年推荐申报国家高新技术"]
    assert found[0].other == 0
    assert LAST[found[0].other_start : found[0].other_end].startswith("全年推荐申报")
    assert found[0].ratio >= 95


def test_nothing_alike_and_nothing_earlier():
    now = understand(read_text(THIS))
    assert similar(now, []) == []
    assert similar(now, [understand(read_text("完全不同的内容，讲的是水利工程建设和防汛抗旱的安排部署情况。"))]) == []


def test_the_right_one_of_several_is_named():
    now = understand(read_text(THIS))
    other = understand(read_text("水利局总结\n全县水库大坝安全鉴定工作按期完成，除险加固工程进入收尾阶段，防汛物资储备充足。\n"))
    assert [s.other for s in similar(now, [other, understand(read_text(LAST))])] == [1]
