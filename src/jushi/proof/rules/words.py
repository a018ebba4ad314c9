"""Words: typos and redundant words, collocations, fixed phrases and colloquial words, all from the dated lexicons."""

from __future__ import annotations

from collections.abc import Iterator

from jushi.proof.build import Check, Emit, rule
from jushi.proof.lexicon import Entry
from jushi.proof.model import Finding, Rule
from jushi.proof.view import View

DICTIONARY = "《现代汉语词典》第7版、《第一批异形词整理表》（2001）"
OFFICIAL = "党和国家重要文献固定表述，以最新权威发布为准"
_SAY = {
    "typo": "疑为错字",
    "missing_char": "疑有漏字",
    "extra_char": "疑有衍字",
    "redundancy": "词义重复",
    "repeat": "词语重复",
    "garbled": "语句残乱",
    "term_wrong": "用语有误",
    "collocation": "搭配不当",
    "fixed_phrase": "固定表述有误",
    "unit_wrong": "量词或单位不当",
    "punct_missing": "疑缺标点",
    "quote_missing": "特定称谓或简称缺引号",
}


def _message(entry: Entry, kind: str) -> str:
    say = _SAY.get(kind, "用词应核对")
    right = "或".join(word if word[0] == "“" else f"“{word}”" for word in entry.to)
    better = f"，宜作{right}" if right else ""
    return f"{say}：“{entry.word}”{better}" + (f"（{entry.note}）" if entry.note else "")


def listed(table: str, *kinds: str) -> Check:
    """Findings for the hits of one lexicon, of the given kinds; the entry's own level holds."""

    def check(view: View, emit: Emit) -> Iterator[Finding]:
        for start, end, entry in view.hits.get(table, ()):
            kind = entry.kind or emit.kind
            if kinds and kind not in kinds:
                continue
            level = entry.level or emit.level
            yield view.finding(emit.id, kind, level, (start, end), _message(entry, kind), entry.to, entry.basis or emit.basis)

    return check


WORDS: tuple[Rule, ...] = (
    rule(
        "E13",
        "typo",
        "error",
        "错字漏字衍字",
        DICTIONARY,
        listed("typos", "typo", "missing_char", "extra_char", "garbled", "term_wrong", "punct_missing"),
        ["全面布署工作。", "科普大棚车进村。", "推动经济社会质量发展。"],
        ["全面部署工作。", "科普大篷车进村。", "推动经济社会高质量发展。"],
    ),
    rule(
        "E14",
        "redundancy",
        "warning",
        "词义或词语重复",
        DICTIONARY,
        listed("typos", "redundancy", "repeat"),
        ["凯旋归来的队伍。", "取得又一新的进展。", "今年又今年又推荐了一批。"],
        ["凯旋的队伍。", "取得新的进展。"],
    ),
    rule(
        "C01",
        "collocation",
        "warning",
        "词语搭配",
        DICTIONARY,
        listed("collocations"),
        ["新品种通过专家组一致认可。", "带动5户贫困人口增收。"],
        ["新品种得到专家组一致认可。", "带动5户贫困户增收。"],
    ),
    rule(
        "E11",
        "collocation",
        "hint",
        "口语词",
        "机关公文用语习惯",
        listed("colloquial"),
        ["俺局今年搞了三场活动。"],
        ["我局今年开展了三场活动。"],
    ),
    rule(
        "D701",
        "fixed_phrase",
        "error",
        "固定政治表述",
        OFFICIAL,
        listed("phrases"),
        ["坚定“四个意识”。", "学习习近平新时代特色社会主义思想。", "围绕“两不愁，三保障”。"],
        [
            "增强“四个意识”、坚定“四个自信”、做到“两个维护”。",
            "学习习近平新时代中国特色社会主义思想。",
            "围绕“两不愁三保障”。",
        ],
    ),
)
