"""Washed vocabulary: a document run through a synonym table, proved by evidence words, with the original word restored."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from jushi.proof.build import Emit, rule
from jushi.proof.lexicon import Entry
from jushi.proof.model import Finding, Rule
from jushi.proof.view import View

Decide = Callable[[View, int, int], bool]
BASIS = "对公开文稿站洗稿副本的比对归纳：证据词出现方可启用"
_ACTIVITY = re.compile(
    r"(?:活动|工作|教育|宣传|培训|调研|检查|服务|效劳|行动|学习|研究|合作|交流|讨论|评选|推荐|竞赛|大赛|执法|整治|演练|监测|评价|评估|审计|"
    r"走访|慰问|帮扶|咨询|讲座|对接|试验|示范|推广|攻关|创建|创立|普查|调查|督查|督导|自查|排查|招商|志愿|谈心|谈话|展示|展览|征集|申报|认定|"
    r"验收|考核|整改|巡查|巡讲|宣讲|会商|业务|课题|项目|治理|防治|建设|测试|论证|指导|技术合同|研讨|情况|检测|斗争|筛查|会议|清查|整顿|攻坚|治疗|"
    r"义诊|比赛|比武|评比|考评|自评|互评|查摆|批评|核查|抽查|稽查|巡视|审查|复查|回头看|试点|主题党日|党课|运动|演讲|征文|征求|体检|普法|打击|专项|清理|"
    r"采样|抽样|接种|消毒|救助|救援|救治|联谊|演出|展演|阅读|读书|植树|造林|回访|家访|问卷|测评|登记|摸底|教研|实践|招聘|练兵|辅导|约谈|签约|承诺|结对|双拥)"
)
_MODIFIER = re.compile(
    r"(?:深入|广泛|扎实|积极|组织|大力|全面|认真|集中|持续|稳步|有序|已|正在|先后|共|未|陆续|同步|定期|继续|联合|协同|系列|有效|顺利|正常|如期|蓬勃|逐步|按时|统一|同时)$"
)
_NOUN_END = re.compile(
    r"[，。；、）”\s]|$|的|和|与|及|提供|打下|奠定|需要|战略|指标|经费|规划|方案生|理念|环境|格局|态势|水平|前景|阶段|成果|成效|纲要|中的"
)
_THING = re.compile(
    r"(?:基地|园区|产业|经济|企业|特派员|队伍|党员|蔬菜|苗木|林果|合作社|组织|事业|农业|工业|旅游业?|集群|会员|市场|水平)(?:\d+[\u4e00-\u9fff])?$"
)
_PARTY = re.compile(r"(?:党员|新党员|预备党员)")
_PROJECT_KEEP = re.compile(
    r"(?:示范|水利|民生|惠民|系统|安居|希望|园林|土木|实事|育种|安全|平安|饮水|绿化|建筑|基因|生物|化学|软件|五大|重大|节能|生态|廉政|素质|一号|菜篮子|德政)$"
)
_PROJECT_AFTER = re.compile(r"技术|师|学|院|中心|建设|质量|机械|化|实验|造价|监理|车|队|公司|措施")
_PLAN_BEFORE = re.compile(r"(?:科技|年度|工作|三年|五年|开展|行动|生产|招商|培训|支持|人才|专项)$")
_PLAN_KEEP = re.compile(r"(?:实施|制定|治理|整改|应急|技术|建设|改革|设计|规划|工作|活动|评审|预案|总体|具体|帮扶)$")


def _evidence(view: View) -> set[str]:
    """The tables that the document proves; tables B and C travel together when the proof is ample."""
    hits = view.hits.get("wash_evidence", ())
    proved = {entry.kind for _, _, entry in hits}
    return proved | {"B", "C"} if proved & {"B", "C"} and len(hits) >= 3 else proved


def _table(view: View, emit: Emit) -> Iterator[Finding]:
    tables = _evidence(view)
    if not tables:
        return
    seen_end = -1
    for start, end, entry in sorted(view.hits.get("wash", ()), key=lambda hit: (hit[0], -hit[1])):
        if entry.kind in tables and end > seen_end:
            seen_end = end
            message = f"疑似洗稿换词：“{entry.word}”原词应为“{entry.to[0]}”"
            low, high, right = _changed(entry.word, entry.to[0])
            span = (start + low, start + high)
            yield view.finding(emit.id, emit.kind, entry.level or emit.level, span, message, (right,), emit.basis)


def _changed(word: str, original: str) -> tuple[int, int, str]:
    """The part of a word that was replaced (平安生产, 安全生产 → 0, 2, 安全); at least two characters where the word has them."""
    low = next((i for i, (a, b) in enumerate(zip(word, original, strict=False)) if a != b), 0)
    tail = next((i for i, (a, b) in enumerate(zip(reversed(word), reversed(original), strict=False)) if a != b), 0)
    tail = min(tail, len(word) - low - 1, len(original) - low - 1)
    if len(word) - low - tail < 2 and low:
        low -= 1
    elif len(word) - tail < 2 and tail:
        tail -= 1
    return low, len(word) - tail, original[low : len(original) - tail]


def _became_develop(view: View, start: int, end: int) -> bool:
    """True where 开展 stands for 发展: as a noun, or with an object that one cannot “carry out”."""
    norm = view.norm
    if norm[end : end + 1] in "了着过":
        return False
    if _PARTY.match(norm, end):
        return True
    before, after = norm[max(0, start - 4) : start], norm[end : end + 40]
    if _NOUN_END.match(after):
        return not _MODIFIER.search(before)
    if before.endswith(
        ("与", "促进", "推动", "加快", "培育", "创新", "产业", "经济", "健康", "科学", "事业", "可持续", "协调")
    ) and not before.endswith("活动"):
        return True
    clause = re.split(r"[，。；\n]", after, maxsplit=1)[0]
    if before.endswith("以") and "为" in clause:
        return True
    return bool(clause) and (bool(_THING.search(clause)) or not _ACTIVITY.search(clause))


def _became_project(view: View, start: int, end: int) -> bool:
    return not _PROJECT_KEEP.search(view.norm[max(0, start - 3) : start]) and not _PROJECT_AFTER.match(view.norm, end)


def _became_plan(view: View, start: int, end: int) -> bool:
    before = view.norm[max(0, start - 8) : start]
    if re.search(r"年(?:度)?工作$", before):
        return True
    return bool(_PLAN_BEFORE.search(before)) and not _PLAN_KEEP.search(before)


AMBIGUOUS: tuple[tuple[str, str, str, Decide], ...] = (
    ("A", "开展", "发展", _became_develop),
    ("A", "工程", "项目", _became_project),
    ("A", "方案", "计划", _became_plan),
)


@lru_cache(maxsize=256)
def _context(demand: str) -> tuple[bool, re.Pattern[str]]:
    """(must it match, pattern) of a demand on the neighbours; “!” in front refuses."""
    return not demand.startswith("!"), re.compile(demand.lstrip("!"))


def _listed_contexts(view: View) -> Iterator[tuple[str, str, str, Decide]]:
    for entry in view.lexicon["wash_context"]:
        yield entry.kind, entry.word, entry.to[0], _decider(entry)


def _decider(entry: Entry) -> Decide:
    def decide(view: View, start: int, end: int) -> bool:
        for demand, place in ((entry.before, "before"), (entry.after, "after")):
            if demand:
                wanted, regex = _context(demand)
                near = view.norm[max(0, start - 6) : start] if place == "before" else view.norm[end : end + 8]
                found = regex.search(near) if place == "before" else regex.match(near)
                if bool(found) != wanted:
                    return False
        return True

    return decide


def _ambiguous(view: View, emit: Emit) -> Iterator[Finding]:
    tables = _evidence(view)
    if not tables:
        return
    taken = {i for start, end, entry in view.hits.get("wash", ()) if entry.kind in tables for i in range(start, end)}
    for table, word, original, decide in (*AMBIGUOUS, *_listed_contexts(view)):
        if table not in tables:
            continue
        at = view.norm.find(word)
        while at >= 0:
            end = at + len(word)
            if at not in taken and decide(view, at, end):
                yield emit(view, (at, end), f"疑似洗稿换词：“{word}”原词应为“{original}”", original)
            at = view.norm.find(word, end)


def _ungated(view: View, emit: Emit) -> Iterator[Finding]:
    """The document as a whole: said once, at the first evidence."""
    hits = view.hits.get("wash_evidence", ())
    if len(hits) >= 3:
        start, end, _ = hits[0]
        yield emit(view, (start, end), f"全文疑似经同义词替换（证据词{len(hits)}处），引用前应找回原文核对")


WASH: tuple[Rule, ...] = (
    rule(
        "E12",
        "wash",
        "error",
        "洗稿换词（词表）",
        BASIS,
        _table,
        ["提高效劳水平，打下坚实根底。", "优待政策落实，亲密围绕目标推举项目。", "进行平安检查，效劳企业。"],
        ["提高服务水平，打下坚实基础。", "平安检查站已建成。", "积极推举代表。"],
    ),
    rule(
        "E12b",
        "wash",
        "error",
        "洗稿换词（多义词）",
        BASIS,
        _ambiguous,
        ["推动产业开展，效劳群众。", "申报科技工程5项，效劳企业。", "效劳群众，受益群众到达800人。"],
        [
            "广泛开展科技服务活动。",
            "累计开展核酸检测三万人次，深入开展扫黑除恶专项斗争，夯实根底。",
            "实施示范工程5项。",
            "深入开展宣传教育，夯实根底设施建设工程质量。",
        ],
    ),
    rule(
        "E12c",
        "wash",
        "hint",
        "全文疑似洗稿",
        BASIS,
        _ungated,
        ["提高效劳水平。改善根底设施。打下坚实根底。"],
        ["提高服务水平。"],
    ),
)
