"""Words: typos and redundant words, collocations, fixed phrases and colloquial words, all from the dated lexicons."""

from __future__ import annotations

from collections.abc import Iterator

from jushi.proof.build import Check, Emit, pattern, rule
from jushi.proof.lexicon import Entry
from jushi.proof.model import Finding, Rule
from jushi.proof.view import View

DICTIONARY = "《现代汉语词典》第7版、《第一批异形词整理表》（2001）"
OFFICIAL = "党和国家重要文献固定表述，以最新权威发布为准"
_SAY = {
    "typo": "疑为错字", "missing_char": "疑有漏字", "extra_char": "疑有衍字", "redundancy": "词义重复", "repeat": "词语重复", "garbled": "语句残乱",
    "term_wrong": "用语有误", "collocation": "搭配不当", "fixed_phrase": "固定表述有误", "unit_wrong": "量词或单位不当", "punct_missing": "疑缺标点", "quote_missing": "特定称谓或简称缺引号",
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
            yield view.finding(emit.id, kind, level, (start, end), _message(entry, kind), entry.to, entry.basis or emit.basis)  # type: ignore[arg-type]

    return check


WORDS: tuple[Rule, ...] = (
    rule("E13", "typo", "error", "错字漏字衍字", DICTIONARY, listed("typos", "typo", "missing_char", "extra_char", "garbled", "term_wrong", "punct_missing"),
         ["全面布署工作。", "科普大棚车进村。", "推动经济社会质量发展。"], ["全面部署工作。", "科普大篷车进村。", "推动经济社会高质量发展。"]),
    rule("E14", "redundancy", "warning", "词义或词语重复", DICTIONARY, listed("typos", "redundancy", "repeat"), ["凯旋归来的队伍。", "取得又一新的进展。", "今年又今年又推荐了一批。"], ["凯旋的队伍。", "取得新的进展。"]),
    rule("C01", "collocation", "warning", "词语搭配", DICTIONARY, listed("collocations"), ["新品种通过专家组一致认可。", "带动5户贫困人口增收。"], ["新品种得到专家组一致认可。", "带动5户贫困户增收。"]),
    rule("E11", "collocation", "hint", "口语词", "机关公文用语习惯", listed("colloquial"), ["俺局今年搞了三场活动。"], ["我局今年开展了三场活动。"]),
    rule("D701", "fixed_phrase", "error", "固定政治表述", OFFICIAL, listed("phrases"), ["坚定“四个意识”。", "学习习近平新时代特色社会主义思想。", "围绕“两不愁，三保障”。"], ["增强“四个意识”、坚定“四个自信”、做到“两个维护”。", "学习习近平新时代中国特色社会主义思想。", "围绕“两不愁三保障”。"]),
    pattern("C02", "collocation", "warning", "介词“从…至…”与“进行”", DICTIONARY, r"从([\dxX×〇一二三四五六七八九]{1,4}年?[—－\-至到][\dxX×]{1,4}年度?)(?=[^。；\n]{4,90}进行(?:评选|评审|统计|考核|评价|审核))", "介词误用：“从…年度”与“进行”不搭配，宜作“对”", fix=r"对\1",
            bad=["从2018—2019年度在自主创新中取得效益的成果进行评选。"], good=["对2018—2019年度取得的成果进行评选。"]),
    pattern("C03", "collocation", "warning", "“以…为主题”的搭配", DICTIONARY, r"围绕(“[^”\n]{2,30}”)为主题", "“围绕…”与“以…为主题”杂糅", fix=r"以\1为主题", bad=["围绕“科技惠民”为主题开展活动。"], good=["以“科技惠民”为主题开展活动。"]),
    pattern("C04", "missing_char", "hint", "宾语残缺", DICTIONARY, r"提高(?:资源|水资源|能源|土地)?综合利用(?=，|。)", "“提高…利用”缺宾语中心词，宜作“利用率”或“利用水平”", fix=r"\g<0>率", bad=["提高资源综合利用，延伸产业链。"], good=["提高资源综合利用率，延伸产业链。"]),
    pattern("C05", "missing_char", "hint", "标题漏“建设”", DICTIONARY, r"(?:狠抓|加强|抓好|强化)党风廉政(?=。|\n)", "“党风廉政”后缺“建设”", fix=r"\g<0>建设", bad=["（三）狠抓党风廉政。"], good=["（三）狠抓党风廉政建设。"]),
    pattern("C06", "missing_char", "warning", "中心词脱落", DICTIONARY, r"专题讲(?=[，。；])", "“专题讲”后缺宾语，宜作“专题讲党课”", fix="专题讲党课", bad=["邀请局党组书记专题讲，组织研讨。"], good=["邀请局党组书记专题讲党课，组织研讨。"]),
    pattern("C07", "missing_char", "hint", "周年前数字脱落", DICTIONARY, r"(?:庆祝|纪念)[\u4e00-\u9fff]{2,8}?(?<![\d一二三四五六七八九十百xX×])周年", "“周年”前缺数字", bad=["开展庆祝建党周年系列活动。"], good=["开展庆祝建党99周年系列活动。", "庆祝中国共产党成立一百周年。"]),
    pattern("C08", "collocation", "hint", "“投入到”后接处所", DICTIONARY, r"投入到[^，。；\n]{1,20}[村乡镇](?=，)", "“投入到”的宾语残缺：宜作“投入到…工作中”或“深入…”", bad=["组织干部积极投入到东沟村，协助整治环境。"], good=["组织干部深入东沟村，协助整治环境。"]),
    pattern("C09", "punct_wrong", "warning", "分句之间不用顿号", "GB/T 15834—2011《标点符号用法》", r"(?:较好|较快|良好|顺利|明显|稳定|有序|显著)(、)(?=[^，。；、\n]{1,8}(?:已|正在|基本|全部|逐步)[^，。；、\n]{1,12})", "分句之间用逗号，不用顿号", group=1, fix="，",
            bad=["目前长势较好、玉米已成熟并采收。"], good=["目前长势较好，玉米已成熟并采收。", "运行良好、管理规范。"]),
    pattern("C10", "punct_wrong", "warning", "动宾分句之间不用顿号", "GB/T 15834—2011《标点符号用法》", r"是(?:扶持|加强|强化|推进|实施|建立|完善|培育|组织|开展|加大|抓好|深化)[^，。；、\n]{4,14}(、)(?:带动|推动|促进|提升|提高|增强|加快|确保|完善|强化)[^，。；、\n]{4,20}[。；]", "动宾分句之间用逗号，不用顿号", group=1, fix="，", guard=lambda view, m: view.norm[m.start() - 1 : m.start()] in tuple("一二三四五六七八九十"),
            bad=["一是扶持深加工龙头企业、带动农产品销售。"], good=["一是扶持深加工龙头企业，带动农产品销售。"]),
    pattern("C11", "collocation", "hint", "双“了”", DICTIONARY, r"推荐了[^，。；了\n]{2,30}申报了", "“了”字重复，前一“了”可删", bad=["推荐了甲公司申报了省级孵化器。"], good=["推荐甲公司申报了省级孵化器。"]),
    pattern("C12", "collocation", "hint", "“同时…的同时”", DICTIONARY, r"同时，[^。；\n]{4,80}的同时", "“同时”重复", bad=["同时，党员在做好防控的同时，积极捐款。"], good=["党员在做好防控的同时，积极捐款。"]),
    pattern("C13", "punct_wrong", "hint", "后句没有主语", "GB/T 15834—2011《标点符号用法》", r"(。)(?:有效|极大地?|切实|大大|显著|有力)(?:地)?(?:提升|提高|改善|促进|增强|推动|推进|带动)了", "后句没有主语，前面的句号宜改为逗号", group=1, fix="，", anchors=("。有", "。极", "。切", "。大", "。显"), window=(1, 10), bad=["组织干部整治环境。有效提升了村容村貌。"], good=["组织干部整治环境，有效提升了村容村貌。"]),
    pattern("E15", "collocation", "hint", "关联词不配套", DICTIONARY, r"不仅(?![^。；\n]{0,120}(?:而且|还|也|更|又|并且|甚至|同时))[^。；\n]{4,100}[。；]", "“不仅”后缺“而且”“还”等呼应", bad=["不仅提高了产量，农民增收。"], good=["不仅提高了产量，而且增加了收入。"]),
    pattern("E16", "collocation", "hint", "主语残缺", DICTIONARY, r"(?:\A|[。；\n])\s*通过[^，。；\n]{2,30}，使(?!用|命|得)", "“通过…，使…”缺主语，删去“通过”或“使”", anchors=("，使",), window=(36, 3), bad=["通过培训，使农户掌握了技术。"], good=["培训使农户掌握了技术。", "通过培训，农户掌握了技术。"]),
    pattern("E23", "punct_wrong", "error", "关联词独立成句", DICTIONARY, r"(?:\A|[。；\n])(?:此外|同时|另外|首先|其次)。", "关联词后无内容", anchors=("此外。", "同时。", "另外。", "首先。", "其次。"), window=(1, 3), bad=["完成任务。此外。"], good=["完成任务。此外，开展了培训。"]),
    pattern("E06", "title_wrong", "warning", "文种不叠用", "《党政机关公文处理工作条例》（2012）", r"关于[^。，；\n]{2,40}的(?:请示报告|报告请示|意见报告|请示函|申请请示|通知决定|函请示)", "文种不能叠用", bad=["关于申请经费的请示报告"], good=["关于申请经费的请示"]),
    pattern("E09", "term_wrong", "warning", "党委在前政府在后", "机关公文用语习惯", r"([省市县区旗])政府、(?:\1)委(?!员|托|派)", "党委在前、政府在后", fix=r"\1委、\1政府", anchors=("政府、",), window=(1, 6), bad=["在县政府、县委的领导下。"], good=["在县委、县政府的领导下。"]),
    pattern("E10", "term_wrong", "warning", "职务与“同志”不并用", "机关公文用语习惯", r"(?:县|市|区|局|镇|乡|处|科|院|所|省|厅)长同志|(?:书记|主任)同志(?!们)", "职务与“同志”不并用", fix=lambda m: m[0][:-2], anchors=("同志",), window=(3, 3), bad=["张三县长同志出席会议。"], good=["张三同志出席会议。", "县长张三出席会议。"]),
    pattern("E20", "term_wrong", "warning", "统计主体混用", "统计用语：主体与范围一致", r"我局(?:现有|共有|拥有|目前有)(?=[^，。；\n]{0,12}(?:高新技术企业|高企|科技型中小企业|规上企业|有效发明专利))", "企业和专利属全县（区）统计范围，主体宜作“全县（区）”", bad=["我局共有高新技术企业30家。"], good=["全县共有高新技术企业30家。", "我局共有干部12名。"]),
    pattern("T05", "term_inconsistent", "hint", "人称", "机关公文用语习惯", r"(?<![\u4e00-\u9fff“])我们(?=[与和同还积组先按结])", "全文自称“我局”，此处作“我们”", fix="我局", guard=lambda view, m: view.norm.count("我局") >= 2, anchors=("我们",), window=(2, 4), bad=["我局推进项目。今年以来，我们与院校合作。我局选派专家。"], good=["我局推进项目。今年以来，我局与院校合作。", "明年，我们将继续努力。"]),
    pattern("E09b", "term_inconsistent", "hint", "“县政府”省略", "机关公文用语习惯", r"按照([省市县区])委、(政府)(?=统一|安排|部署|要求|决策)", "他处作全称时，此处宜作全称", group=2, fix=r"\1政府", bad=["按照县委、政府统一安排部署。"], good=["按照县委、县政府统一安排部署。"]),
)
