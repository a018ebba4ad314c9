"""Grammar: doubled words, missing parts of the sentence, connectives, order of bodies, forms of address."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jushi.proof.build import Emit, pattern, rule
from jushi.proof.model import Finding, Rule
from jushi.proof.rules.words import DICTIONARY
from jushi.proof.view import View

# Verbs double lawfully (研究研究), these do not.
_ADVERBS = "大力|积极|认真|深入|全面|切实|不断|继续|进一步|充分|及时|逐步|主动|广泛|扎实|有序|有力"
_DOUBLED = re.compile(r"([\u4e00-\u9fff]{2,6})\1")
_DONE_AND_DONE = re.compile(r"了(?<=([\u4e00-\u9fff]{2})了)\1(?=[“\u4e00-\u9fff])")  # 应对了应对
# 服务服务业, 规范规范性文件, 学习学习型组织: the second is the head of another word.
_HEADS_ANOTHER = frozenset("业性型化区员者部局厅委办所费金点权法站家地线率度量品物论师组课厂站生级")
_DOING = re.compile(
    "研究|讨论|商量|考虑|学习|交流|了解|总结|调研|检查|服务|规范|教育|发展|管理|建设|培训|保障|投资|审计|统计|监督|宣传|执行|"
    "招标|适应|考核|开发|指导|支持|推进|促进|提升|提高|推广|保护|完善|改革|创新|优化|维护|整治|治理|帮助|帮扶|扶持|落实|解决|"
    "关心|关注|重视|引导|组织|举办|开展|参加|实施|规划|计划|生产|经营|销售|消费|采购|运输|设计|评价|评估|监测|检测|试验|示范|"
    "非常|许多|很多|慢慢|渐渐"
)


def _doubled(view: View, emit: Emit) -> Iterator[Finding]:
    """A word said twice in a row; verbs of two characters double lawfully (研究研究), so of those only adjectives and nouns."""
    for match in _DOUBLED.finditer(view.norm):
        word = match[1]
        if word[0] in "一逐挨每越" or len(set(word)) == 1:
            continue
        if len(word) == 2 and (_DOING.fullmatch(word) or view.norm[match.end() : match.end() + 1] in _HEADS_ANOTHER):
            continue
        yield emit(view, match.span(), f"“{word}”连写两遍", word)
    for match in _DONE_AND_DONE.finditer(view.norm):
        yield emit(view, (match.start() - 2, match.end()), f"“{match[1]}”说了两遍", match[1])


GRAMMAR: tuple[Rule, ...] = (
    pattern(
        "C16",
        "collocation",
        "warning",
        "“开展”与“力度”",
        "《现代汉语词典》第7版、公文搭配习惯",
        r"(?:开展|进行|举办)了?[^，。；、：\n加]{2,16}的?力度|(?:提高|增强|扩大)[^，。；、：\n和与加]{2,10}的力度",
        "“力度”与“加大”搭配",
        anchors=("力度",),
        window=(24, 3),
        bad=["开展了防灾知识的宣传力度。", "提高科技工作的力度。"],
        good=["加大宣传力度。", "开展专项行动，加大执法力度。", "组织开展加大投入力度的调研。"],
    ),
    pattern(
        "P29i",
        "punct_list_mix",
        "warning",
        "党委政府并列用顿号",
        "GB/T 15834—2011《标点符号用法》",
        r"(?<=[省市县区旗]委)(，)(?=[省市县区旗]政府(?:的|和|及|统一|决策|正确|坚强))",
        "“县委”“县政府”并列用顿号",
        group=1,
        fix="、",
        anchors=("委，",),
        window=(2, 8),
        bad=["在县委，县政府的坚强领导下。"],
        good=["在县委、县政府的坚强领导下。"],
    ),
    pattern(
        "E14b",
        "repeat",
        "error",
        "虚词重复",
        DICTIONARY,
        r"(的)的(?!确)|(了)了(?![解结然断却])|(在)在(?!建|校|职|岗|册|线|场)|(和)和(?![美气睦平谐])|(是)是(?!非|否)|(被)被|(对)对(?![接照标口联应])|(与)与(?!会)",
        "“{0}”重复",
        guard=lambda view, m: (
            view.norm[m.start() - 1 : m.start()] not in tuple("目标有")
            and view.norm[m.start() - 2 : m.start() - 1] != view.norm[m.start() - 1 : m.start()]
        ),
        fix=lambda m: m[0][0],
        anchors=("的的", "了了", "在在", "和和", "是是", "被被", "对对", "与与"),
        window=(0, 3),
        bad=["占财政支出的的比重偏低。", "开展了了解社情民意活动，取得了了成效。"],
        good=["达到目的的同时，的的确确有实实在在的进步。", "一目了然，建立了了解民情的机制。"],
    ),
    rule(
        "E14c",
        "repeat",
        "warning",
        "词语连写两遍",
        DICTIONARY,
        _doubled,
        ["推进科技创新科技创新平台建设。", "全镇全镇43名干部走访农户。", "评选优秀优秀教研组长3名。", "成功应对了应对强降雨。"],
        ["一项一项抓落实，研究研究再定。", "推进科技创新平台建设。", "服务服务业发展，规范规范性文件管理。"],
    ),
    pattern(
        "E14d",
        "repeat",
        "error",
        "副词重复",
        DICTIONARY,
        rf"({_ADVERBS})\1(?!性|度)",
        "副词连写两遍",
        fix=r"\1",
        anchors=tuple(word * 2 for word in _ADVERBS.split("|")),
        window=(0, 8),
        bad=["大力大力推进科技招商。"],
        good=["大力推进科技招商。", "研究研究再定。"],
    ),
    pattern(
        "C02",
        "collocation",
        "warning",
        "介词“从…至…”与“进行”",
        DICTIONARY,
        r"从([\dxX×〇一二三四五六七八九]{1,4}年?[—－\-至到][\dxX×]{1,4}年度?)(?=[^。；\n]{4,90}进行(?:评选|评审|统计|考核|评价|审核))",
        "介词误用：“从…年度”与“进行”不搭配，宜作“对”",
        fix=r"对\1",
        bad=["从2018—2019年度在自主创新中取得效益的成果进行评选。"],
        good=["对2018—2019年度取得的成果进行评选。"],
    ),
    pattern(
        "C14",
        "collocation",
        "warning",
        "“提供”与“作用”",
        DICTIONARY,
        r"提供[^，。；、\n]{0,12}?作用(?=[，。；])",
        "“提供”与“作用”不搭配，宜作“发挥…作用”",
        bad=["确保科技人员提供全方位的指导作用。"],
        good=["为决策提供支撑，发挥示范作用。"],
    ),
    pattern(
        "C15",
        "missing_char",
        "warning",
        "“我县”漏“县”",
        DICTIONARY,
        r"我(?=[xX×]{1,4}(?:[\u4e00-\u9fff]{0,6})公司)",
        "“我”后缺“县（区）”",
        bad=["今年以来，我xx有限公司申报星火项目。"],
        good=["今年以来，我县xx有限公司申报星火项目。"],
    ),
    pattern(
        "C03",
        "collocation",
        "warning",
        "“以…为主题”的搭配",
        DICTIONARY,
        r"围绕(“[^”\n]{2,30}”)为主题",
        "“围绕…”与“以…为主题”杂糅",
        fix=r"以\1为主题",
        bad=["围绕“科技惠民”为主题开展活动。"],
        good=["以“科技惠民”为主题开展活动。"],
    ),
    pattern(
        "C17",
        "collocation",
        "warning",
        "“发展”与“实施”",
        DICTIONARY,
        r"(?:大力|积极|加快)发展[^，。；、\n]{2,14}的实施(?=[，。；])",
        "“发展”的宾语不能是“实施”",
        bad=["大力发展“一村一品”工程的实施。"],
        good=["推进“一村一品”工程的实施。", "大力发展特色产业。"],
    ),
    pattern(
        "C18",
        "redundancy",
        "warning",
        "“力争”“确保”不叠用",
        DICTIONARY,
        r"力争[^，。；、\n]{0,10}(?:争取|力争)(?!资金|上级|项目|政策|到)|确保[^，。；、\n]{0,10}确保|争取[^，。；、\n]{0,8}力争",
        "目标词重复，只用一个",
        bad=["力争年底前争取通过评审。"],
        good=["力争通过评审，争取上级资金支持。", "力争向上争取资金2亿元。"],
    ),
    pattern(
        "C04",
        "missing_char",
        "hint",
        "宾语残缺",
        DICTIONARY,
        r"提高(?:资源|水资源|能源|土地)?综合利用(?=，|。)",
        "“提高…利用”缺宾语中心词，宜作“利用率”或“利用水平”",
        fix=r"\g<0>率",
        bad=["提高资源综合利用，延伸产业链。"],
        good=["提高资源综合利用率，延伸产业链。"],
    ),
    pattern(
        "C05",
        "missing_char",
        "hint",
        "标题漏“建设”",
        DICTIONARY,
        r"(?:狠抓|加强|抓好|强化)党风廉政(?=。|\n)",
        "“党风廉政”后缺“建设”",
        fix=r"\g<0>建设",
        bad=["（三）狠抓党风廉政。"],
        good=["（三）狠抓党风廉政建设。"],
        anchors=("党风廉政",),
        window=(3, 6),
    ),
    pattern(
        "C06",
        "missing_char",
        "warning",
        "中心词脱落",
        DICTIONARY,
        r"专题讲(?=[，。；])",
        "“专题讲”后缺宾语，宜作“专题讲党课”",
        fix="专题讲党课",
        bad=["邀请局党组书记专题讲，组织研讨。"],
        good=["邀请局党组书记专题讲党课，组织研讨。"],
    ),
    pattern(
        "C07",
        "missing_char",
        "hint",
        "周年前数字脱落",
        DICTIONARY,
        r"(?:庆祝|纪念)[\u4e00-\u9fff]{2,8}?(?<![\d一二三四五六七八九十百xX×])周年",
        "“周年”前缺数字",
        bad=["开展庆祝建党周年系列活动。"],
        good=["开展庆祝建党99周年系列活动。", "庆祝中国共产党成立一百周年。"],
        anchors=(
            "庆祝",
            "纪念",
        ),
        window=(0, 14),
    ),
    pattern(
        "C08",
        "collocation",
        "hint",
        "“投入到”后接处所",
        DICTIONARY,
        r"投入到[^，。；\n]{1,20}[村乡镇](?=，)",
        "“投入到”的宾语残缺：宜作“投入到…工作中”或“深入…”",
        bad=["组织干部积极投入到东沟村，协助整治环境。"],
        good=["组织干部深入东沟村，协助整治环境。"],
    ),
    pattern(
        "C09",
        "punct_wrong",
        "warning",
        "分句之间不用顿号",
        "GB/T 15834—2011《标点符号用法》",
        r"(?:较好|较快|良好|顺利|明显|稳定|有序|显著)(、)(?=[^，。；、\n]{1,8}(?:已|正在|基本|全部|逐步)[^，。；、\n]{1,12})",
        "分句之间用逗号，不用顿号",
        group=1,
        fix="，",
        bad=["目前长势较好、玉米已成熟并采收。"],
        good=["目前长势较好，玉米已成熟并采收。", "运行良好、管理规范。"],
        anchors=(
            "较好、",
            "较快、",
            "良好、",
            "顺利、",
            "明显、",
            "稳定、",
            "有序、",
            "显著、",
        ),
        window=(0, 30),
    ),
    pattern(
        "C10",
        "punct_wrong",
        "warning",
        "动宾分句之间不用顿号",
        "GB/T 15834—2011《标点符号用法》",
        r"是(?:扶持|加强|强化|推进|实施|建立|完善|培育|组织|开展|加大|抓好|深化)[^，。；、\n]{4,14}(、)(?:带动|推动|促进|提升|提高|增强|加快|确保|完善|强化)[^，。；、\n]{4,20}[。；]",
        "动宾分句之间用逗号，不用顿号",
        group=1,
        fix="，",
        guard=lambda view, m: view.norm[m.start() - 1 : m.start()] in tuple("一二三四五六七八九十"),
        bad=["一是培育茶叶加工龙头、带动茶农增收致富。"],
        good=["一是培育茶叶加工龙头，带动茶农增收致富。"],
    ),
    pattern(
        "C11",
        "collocation",
        "hint",
        "双“了”",
        DICTIONARY,
        r"推荐了[^，。；了\n]{2,30}申报了",
        "“了”字重复，前一“了”可删",
        bad=["推荐了甲公司申报了省级孵化器。"],
        good=["推荐甲公司申报了省级孵化器。"],
    ),
    pattern(
        "C12",
        "collocation",
        "hint",
        "“同时…的同时”",
        DICTIONARY,
        r"同时，[^。；\n]{4,80}的同时",
        "“同时”重复",
        bad=["同时，党员在做好防控的同时，积极捐款。"],
        good=["党员在做好防控的同时，积极捐款。"],
    ),
    pattern(
        "C13",
        "punct_wrong",
        "hint",
        "后句没有主语",
        "GB/T 15834—2011《标点符号用法》",
        r"(。)(?:有效|极大地?|切实|大大|显著|有力)(?:地)?(?:提升|提高|改善|促进|增强|推动|推进|带动)了",
        "后句没有主语，前面的句号宜改为逗号",
        group=1,
        fix="，",
        anchors=("。有", "。极", "。切", "。大", "。显"),
        window=(1, 10),
        bad=["组织干部整治环境。有效提升了村容村貌。"],
        good=["组织干部整治环境，有效提升了村容村貌。"],
    ),
)
