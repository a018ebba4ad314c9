"""What pages of the wild taught the reader: each case is small and in our own words."""

import pytest

from jushi.text import read_text, understand


def said(text):
    return [(c.value, c.unit) for c in understand(read_text(text)).claims]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("接种疫苗98.6万剂次，日检测能力达2000人份。", [("98.6", "万剂次"), ("2000", "人份")]),
        ("发表核心期刊论文9篇、SCI2篇。", [("9", "篇"), ("2", "篇")]),
        ("对89所学校食堂开展检查。", [("89", "所")]),
        ("上线率6 2.4%，缺口1 3 0余名。", [("6 2.4", "%"), ("1 3 0", "名")]),
        ("投资增速-4.7%，位居全市第12位。", [("-4.7", "%"), ("12", "位")]),
        ("下达我镇2018年减贫计划，脱贫39户。", [("39", "户")]),
        ("阅读次数602\n县水务局开展巡查5次。", [("5", "次")]),
        ("粮食产量24.5万以上。", [("24.5", "万")]),
        ("安排科技三项经费55万元，成立七人普领导小组。", [("55", "万元")]),
    ],
)
def test_claims(text, claims):
    assert said(text) == claims


def headings(text):
    return [(h.level, h.text) for h in understand(read_text(text)).outline if h.level]


def test_enumerators_of_one_character():
    text = "县农业局上半年工作总结\n一、调整产业结构\n㈠春耕生产主动\n推广良种二十万公斤。\n㈡板块经济落地\n落实基地两千亩。\n"
    assert headings(text) == [(1, "一、调整产业结构"), (2, "㈠春耕生产主动"), (2, "㈡板块经济落地")]


def test_items_numbered_through_a_fused_text():
    text = (
        "县统计局工作要点一、抓好普查工作1.发布主要数据。编印资料十套，撰写分析十篇。2.做好总结表彰。评选先进个人六十名。"
        "二、抓好常规统计3.加强单位入库。全年新增单位四十家。4.规范农业统计。完成抽样样方一百个。"
    )
    assert [text[:2] for level, text in headings(text) if level == 3] == ["1.", "2.", "3.", "4."]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "标题：平山区统计局2020年工作总结 | |\n在区委的领导下，我局统计工作又上新台阶，服务能力不断增强，各项任务圆满完成。\n",
            "平山区统计局2020年工作总结",
        ),
        (
            "第1篇 山阳县卫生局年度工作总结 1350字\n一、完成情况\n发放宣传单十万份，举办培训班四期，培训五百人次。\n",
            "山阳县卫生局年度工作总结 1350字",
        ),
        (
            "山阳县科技局2016年上半年工作总结 2016年全县科技工作紧紧围绕县委、县政府中心任务，落实科教兴县战略，推动科技进步，取得新的成效。",
            "山阳县科技局2016年上半年工作总结",
        ),
    ],
)
def test_titles(text, title):
    reading = understand(read_text(text))
    assert reading.title is not None
    assert reading.title.of(text) == title


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("甲公司的“甘薯高产栽培”和乙公司的“兰花种苗繁育”2个项目获得立项。", "ok"),
        ("甲公司的“甘薯高产栽培”和乙公司的“兰花种苗繁育”3个项目获得立项。", "mismatch"),
        ("胸痛中心、卒中中心、创伤中心三大中心通过验收。", "ok"),
        ("胸痛中心、卒中中心、创伤中心四大中心通过验收。", "mismatch"),
    ],
)
def test_lists(text, verdict):
    assert [found.verdict for found in understand(read_text(text)).lists] == [verdict]
