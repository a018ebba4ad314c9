"""Selection, dismissals, office lexicons, and what must hold for any text whatever."""

from hypothesis import given, settings
from hypothesis import strategies as st

from jushi.proof import RULES, Dismissal, Entry, apply_dismissals, certain, check, corrected_text, select, worst
from jushi.proof.lexicon import _PIECE, Lexicon
from jushi.text import read_text, understand


def findings(text, **more):
    return check(understand(read_text(text)), **more)


def test_a_document_is_understood_first():
    assert [f.rule for f in check(read_text("截止目前，任务完成。"))] == ["N24"]


def test_rules_can_be_switched_off_by_id_and_by_kind():
    text = "截止目前，全面布署工作。"
    assert {f.rule for f in findings(text)} == {"N24", "E13"}
    assert {f.rule for f in findings(text, rules=select(off=["N24"]))} == {"E13"}
    assert findings(text, rules=select(off=["typo"])) == []
    assert {f.rule for f in findings(text, rules=select(only=["E13"]))} == {"E13"}


def test_rules_have_years_of_validity():
    from dataclasses import replace

    dated = replace(RULES[0], since=2020, until=2022)
    assert select([dated], year=2019) == ()
    assert select([dated], year=2021) == (dated,)
    assert select([dated], year=2023) == ()


def test_dismissals_by_text_and_by_rule():
    found = findings("截止目前，任务完成。截止12月底，投资完成。")
    assert len(found) == 2
    assert apply_dismissals(found, [Dismissal("N24", "截止", "单位习惯")]) == []
    assert apply_dismissals(found, [Dismissal("N24", "别的词", "无关")]) == found
    assert apply_dismissals(found, [Dismissal("N24", None, "本单位不用")]) == []


def test_office_lexicon_adds_replaces_and_removes():
    mine = {"typos": [Entry("科特团", ("科技特派团",), "typo", "error"), Entry("布署", kind="off")]}
    found = findings("科特团布署工作。", lexicons=mine)
    assert [(f.text, f.suggestions) for f in found] == [("科特团", ("科技特派团",))]


def test_facts_give_the_year():
    text = "我局开展决战脱贫攻坚工作，成效明显。"
    assert findings(text) == []
    assert [f.rule for f in findings(text, facts={"year": 2025})] == ["E17"]


def test_systematic_half_width_is_one_finding():
    found = findings("年初,我局推进项目;完成投资(含续建)8亿元,培训5期,验收3项:都已完成,效果好,群众满意,企业欢迎。")
    assert [f.kind for f in found] == ["halfwidth_punct"]
    assert (found[0].start, found[0].end) == (
        0,
        len("年初,我局推进项目;完成投资(含续建)8亿元,培训5期,验收3项:都已完成,效果好,群众满意,企业欢迎。"),
    )


def test_worst():
    assert worst([]) is None
    assert worst(findings("截止目前，任务完成。")) == "error"


def test_findings_come_in_order_and_are_not_repeated():
    found = findings("xx县科技局\n截止目前，申报xx项。。投入约500万元左右。\n")
    assert found == sorted(found, key=lambda f: (f.start, f.end))
    assert len({(f.start, f.end, f.kind) for f in found}) == len(found)


WORDS = (
    "截止目前 一是 二是 四是 （一） 一、 1. 2、 xx ×项 家 约 余 以上 增长 -3.5% 10项 （省级5项、市级4项） "
    "2023年 “十三五”规划收官之年 效劳 根底 开展 , ; : ( ) “ ” 《 》 〞 。 、 ， ； \n 等3家 共 其中 公司 "
    "有限公司 第30届青少年科技创新大赛 X省 总结 计划 由 从 增加到 翻了一番 2月30日 每周 集中学习3次 "
    "100亩（约67公顷） 13912345678 "
)
PIECES = st.sampled_from(WORDS.split(" "))


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=200))
def test_no_text_breaks_the_checker_and_spans_stay_inside(text):
    found = findings(text)
    for finding in found:
        assert 0 <= finding.start <= finding.end <= len(text)
        assert finding.text == text[finding.start : finding.end]
        assert all(0 <= a <= b <= len(text) for a, b in finding.related)
    corrected_text(text, certain(found))


def test_windows_line_ends_change_nothing():
    text = (
        "县科技局工作总结\n一、主要工作。\n现将工作总结如下\n二、存在问题：\n完成任务（数据截至11月底）\n截止目前，完成5项，\n三、打算\n继续推进。\n"
    )
    unix, windows = findings(text), findings(text.replace("\n", "\r\n"))
    assert [(f.rule, f.text) for f in unix] == [(f.rule, f.text) for f in windows]
    assert {"P07", "P07b", "L18", "L15", "N24"} <= {f.rule for f in unix}


def test_words_are_found_across_the_pieces_of_a_long_text_and_beside_half_characters() -> None:
    lexicon = Lexicon({"typos": (Entry("按装", ("安装",)), Entry("按装设备"), Entry("装设"))})
    text = "空" * (2 * _PIECE - 3) + "\ud800按装设备" + "空" * _PIECE + "按装"
    found = [(start, end, text[start:end]) for start, end, _ in lexicon.scan(text).hits["typos"]]
    at = 2 * _PIECE - 2
    assert found == [(at, at + 2, "按装"), (at + 1, at + 3, "装设"), (at, at + 4, "按装设备"), (len(text) - 2, len(text), "按装")]
    for shift in range(6):
        assert len(lexicon.scan("空" * (_PIECE - shift) + "按装设备").hits["typos"]) == 3


def test_words_with_rare_characters_are_found_in_their_places() -> None:
    lexicon = Lexicon({"typos": (Entry("𠮷田"), Entry("按装"))})
    assert [(start, end) for start, end, _ in sorted(lexicon.scan("𠀀按装𠮷田按装").hits["typos"], key=lambda hit: hit[0])] == [
        (1, 3),
        (3, 5),
        (5, 7),
    ]
    # The second byte of one character and the first of the next are no character.
    assert Lexicon({"typos": (Entry("\u3145\u884e"),)}).scan("\u4500\u4e31\u4588").hits["typos"] == []
