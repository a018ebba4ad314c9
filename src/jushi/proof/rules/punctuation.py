"""Punctuation, GB/T 15834—2011 (P01–P40): marks between items, inside brackets and after enumerators."""

from __future__ import annotations

import re

from jushi.proof.build import pattern
from jushi.proof.model import Rule
from jushi.proof.view import View

STANDARD = "GB/T 15834—2011《标点符号用法》"
_DIGIT_WORDS = "一二三四五六七八九"
_AND_WORDS = "和谐|和平|和睦|和美|和县|和解|和顺|和田|和硕|和龙|和林|和气|和善|与时俱进|与会|与民|与众|及时|及早|及格|及第|以及时"
_ANNEX_NOTE = re.compile(r"（(?:[一二三四五六七八九十\d]+|此件|联系人|附|注)")
_DAYS = (
    "知识产权日|防震减灾日|防灾减灾日|科技工作者日|安全生产|国家安全|国家宪法日|消费者权益日|植树节|护士节|环境日|禁毒日|地球日|卫生日|湿地日|"
    "宪法日|土地日|水日|青年节|劳动节|儿童节|旅游日|博物馆日|国际禁毒|戒烟日|无烟日|助残日|学雷锋|交通安全日|消防日|法治宣传|普法"
)


def _consecutive(view: View, match: re.Match[str]) -> bool:
    """Neighbouring numbers, and neither an enumerator nor part of an ordinal."""
    if match[3]:
        return True
    first, second = match[1], match[2]
    before = view.norm[match.start() - 1] if match.start() else "\n"
    return _DIGIT_WORDS.index(second) == _DIGIT_WORDS.index(first) + 1 and before not in "第周期\n "


def _inside_sentence(view: View, match: re.Match[str]) -> bool:
    before = view.norm[match.start() - 1] if match.start() else "\n"
    return before not in "。！？\n "


_LONE_COLON = re.compile(r"：([^，。；：\n“”《》（）]{1,10})：(?=[^\n])")


def _exclaims(view: View, match: re.Match[str]) -> bool:
    """Outside quotation: slogans and titles in quotes may exclaim."""
    low = max(0, match.start() - 60)
    before = view.norm[low : match.start()]
    return before.rfind("“") <= before.rfind("”") and before.rfind("《") <= before.rfind("》")


def _unannounced(view: View, match: re.Match[str]) -> bool:
    before = view.norm[max(0, match.start() - 12) : match.start()]
    closed = view.norm[match.end() + 2 : match.end() + 3] in tuple("，。；、") or view.norm.startswith(("要求", "精神"), match.end() + 2)
    return "关于" not in before and (closed or not re.search(r"印发|转发|修订|公布|发布|颁布|制定|出台|实施", before))


PUNCTUATION: tuple[Rule, ...] = (
    pattern(
        "P01",
        "punct_wrong",
        "warning",
        "并列书名号之间不用顿号",
        STANDARD,
        r"》(、)《",
        "并列书名号之间通常不用顿号",
        group=1,
        fix="",
        bad=["印发了《方案》、《办法》和《细则》。"],
        good=["印发了《方案》《办法》《细则》。", "《甲》（2024年版）、《乙》同时施行。"],
    ),
    pattern(
        "P02",
        "punct_wrong",
        "hint",
        "并列引号之间不用顿号",
        STANDARD,
        r"”(、)“",
        "并列引号之间通常不用顿号",
        group=1,
        fix="",
        bad=["建设“一站”、“两库”。"],
        good=["建设“一站”“两库”。"],
    ),
    pattern(
        "P03",
        "punct_missing",
        "hint",
        "书名号后有括注时加顿号",
        STANDARD,
        r"》（[^（）\n]{1,20}）(?=《)",
        "书名号后有括注，与下一书名号之间可加顿号",
        fix=lambda m: m[0] + "、",
        bad=["学习《甲办法》（2024版）《乙办法》。"],
        good=["学习《甲办法》（2024年版）、《乙办法》。"],
    ),
    pattern(
        "P04",
        "punct_wrong",
        "warning",
        "括号序号后不加顿号",
        STANDARD,
        r"（[一二三四五六七八九十\d]{1,3}）([、，．.])(?!（)",
        "带括号的序号后不再加标点",
        group=1,
        fix="",
        bad=["（一）、强化企业培育。"],
        good=["（一）强化企业培育。", "（二）做好服务、管理工作。", "附件（一）、（二）已报送。"],
    ),
    pattern(
        "P06",
        "punct_wrong",
        "warning",
        "“一是”后不加标点",
        STANDARD,
        r"(?<=[一二三四五六七八九十]是)(?<!之一是)[，：、]",
        "“一是”“二是”后面不加标点",
        fix="",
        bad=["一是，抓项目；二是抓人才。"],
        good=["一是抓项目；二是抓人才。", "任务之一是，确保安全度汛。"],
        anchors=("是，", "是：", "是、"),
        window=(2, 4),
    ),
    pattern(
        "P10",
        "punct_wrong",
        "hint",
        "分句内已有句号，项间不用分号",
        STANDARD,
        r"一是[^。；\n]{2,80}。[^。；\n]{2,80}(；)\s*二是",
        "“一是”项内已有句号，项与项之间不再用分号串联",
        group=1,
        fix="。",
        bad=["一是补短板。抓平台建设；二是扩增量。"],
        good=["一是补短板，抓平台建设；二是扩增量。"],
    ),
    pattern(
        "P11",
        "punct_wrong",
        "error",
        "句号后又用分号",
        STANDARD,
        r"。；",
        "句号与分号连用",
        fix="。",
        bad=["一是查问题。；二是抓整改。"],
        good=["一是查问题。二是抓整改。"],
    ),
    pattern(
        "P12",
        "numeral_style",
        "warning",
        "相邻概数不加顿号",
        STANDARD,
        rf"([{_DIGIT_WORDS}])、([{_DIGIT_WORDS}])(?:十|百|千|万)?(?=[户个家项名人天次场件亩])|(两)、(三)(?:十|百|千|万)?(?=[户个家项名人天次场件亩])",
        "表示概数的相邻两数之间不加顿号",
        anchors=("、",),
        window=(1, 4),
        test=rf"(?<=[两{_DIGIT_WORDS}]、)(?=[{_DIGIT_WORDS}])",
        guard=_consecutive,
        fix=lambda m: m[0].replace("、", ""),
        bad=["带动二、三百户农户增收。", "用时两、三个月。"],
        good=["带动二三百户农户增收。", "推进一、二、三产业融合。"],
    ),
    pattern(
        "P15",
        "punct_wrong",
        "warning",
        "引语作成分时引号内不用句号",
        STANDARD,
        r"“[^“”\n。]{2,30}(。)[^“”\n。]{0,30}”(?=的|为|等|活动|主题)",
        "引语作句子成分，引号内不用句号",
        group=1,
        fix="",
        bad=["提出“向科技要产量。”的要求。", "以“绿色发展。低碳生活”为主题开展宣传。"],
        good=["提出“向科技要产量”的要求。", "他强调：“要抓好落实。”"],
    ),
    pattern(
        "P16",
        "punct_wrong",
        "warning",
        "句内括号末不加点号",
        STANDARD,
        r"（[^（）\n]{1,60}([。；，])）",
        "句内括号的末尾不加点号",
        group=1,
        guard=_inside_sentence,
        fix="",
        bad=["完成三项任务（共三项。），成效明显。"],
        good=["完成三项任务（共三项），成效明显。", "任务已完成。（数据截至11月底。）"],
    ),
    pattern(
        "P17",
        "punct_missing",
        "hint",
        "句外括号独立成句",
        STANDARD,
        r"。（[^（）\n。]{4,60}）(?=[ \t]*(?:\n|\Z))",
        "句外括号自成一句，点号应放在括号之内",
        guard=lambda view, m: not _ANNEX_NOTE.match(m[0][1:]),
        fix=lambda m: m[0][:-1] + "。）",
        bad=["任务已完成。（数据截至11月底）\n"],
        good=["任务已完成。（数据截至11月底。）\n"],
    ),
    pattern(
        "P23",
        "punct_wrong",
        "warning",
        "省略号后不加“等”",
        STANDARD,
        r"…{1,2}(?=等)",
        "省略号与“等”不并用",
        fix="",
        bad=["企业、合作社……等参加。"],
        good=["企业、合作社等参加。"],
        anchors=("…等",),
        window=(2, 2),
    ),
    pattern(
        "P24",
        "punct_wrong",
        "warning",
        "省略号前不用顿号",
        STANDARD,
        r"、(?=…)",
        "省略号前不用顿号",
        fix="",
        bad=["苹果、梨、……等待采收。"],
        good=["苹果、梨……"],
    ),
    pattern(
        "P26",
        "punct_wrong",
        "hint",
        "冒号不套用",
        STANDARD,
        _LONE_COLON.pattern,
        "一句之内冒号套用",
        bad=["任务：目标：培育企业10家。"],
        good=["任务目标为培育企业10家。", "会议于9:30开始。"],
        guard=lambda view, m: not m[1][-1:].isdigit(),
    ),
    pattern(
        "P28",
        "punct_wrong",
        "warning",
        "句首关联词后用逗号",
        STANDARD,
        r"(?:同时|此外|另外|首先|其次|因此|总之|为此)(、)(?!同[步期时]|[首其]次|另外)",
        "句首关联词后用逗号，不用顿号",
        group=1,
        fix="，",
        bad=["同时、要抓好服务。"],
        good=["同时，要抓好服务。"],
        anchors=(
            "同时、",
            "此外、",
            "另外、",
            "首先、",
            "其次、",
            "因此、",
            "总之、",
            "为此、",
        ),
        window=(0, 4),
    ),
    pattern(
        "P33",
        "punct_wrong",
        "error",
        "标点连用",
        STANDARD,
        r"([，。；：、])\1+|，[。；、：]|、[，。；：]|；[，。、：]|。[，、：]|：[，。；、]",
        "标点连用",
        fix=lambda m: m[0][-1] if m[0][0] != "。" else "。",
        bad=["完成任务。。", "推进项目，，抓好落实。", "抓项目，。"],
        good=["完成任务。", "怎么办？"],
        anchors=tuple(one + two for one in "，。；：、" for two in "，。；：、" if one + two not in ("，、", "。；")),
        window=(0, 8),
    ),
    pattern(
        "P39b",
        "punct_wrong",
        "error",
        "“其中”后不用句号",
        STANDARD,
        r"(?<=，)其中([。；])",
        "“其中”后误用句号（分号）",
        group=1,
        fix="",
        anchors=("其中。", "其中；"),
        window=(1, 4),
        bad=["全市共有医疗机构18个，其中。市直5个，乡级13个。"],
        good=["全市共有医疗机构18个，其中市直5个、乡级13个。", "把互助内容纳入其中。"],
    ),
    pattern(
        "P34",
        "punct_wrong",
        "hint",
        "总结不用叹号问号",
        STANDARD,
        r"[！？]",
        "总结文稿原则上不用叹号、问号",
        fix="。",
        guard=_exclaims,
        bad=["成效显著！"],
        good=["成效显著。", "开展“科技，让生活更美好！”主题活动。"],
        anchors=("！", "？"),
        window=(0, 1),
    ),
    pattern(
        "P35",
        "punct_wrong",
        "warning",
        "月日节日用间隔号",
        STANDARD,
        rf"(?<![\d.])\d{{1,2}}([.．])\d{{1,2}}(?=”?(?:世界|全国|国际)?(?:{_DAYS}))",
        "月、日简称之间用间隔号，并加引号",
        group=1,
        fix="·",
        anchors=(".", "．"),
        window=(3, 16),
        test=rf"(?=\d{{1,2}}”?(?:世界|全国|国际)?(?:{_DAYS}))",
        bad=["开展5.12防震减灾日宣传。"],
        good=["开展“5·12”全国防灾减灾日宣传。", "增长5.12%。"],
    ),
    pattern(
        "P37",
        "punct_wrong",
        "warning",
        "破折号不与冒号连用",
        STANDARD,
        r"：——| —— ",
        "破折号不与冒号连用，前后也不空格",
        fix="——",
        bad=["目标：——增长一成。"],
        good=["主要目标\n——增长一成。"],
        anchors=(
            "：——",
            " —— ",
        ),
        window=(0, 5),
    ),
    pattern(
        "P38",
        "punct_wrong",
        "warning",
        "“和”前不用顿号",
        STANDARD,
        rf"、(?!{_AND_WORDS})(?:和|以及|及|与)",
        "“和”“及”等连词前不用顿号",
        fix=lambda m: m[0][1:],
        bad=["甲、乙、和丙参加。"],
        good=["甲、乙和丙参加。", "建设美丽、和谐、宜居乡村。"],
    ),
    pattern(
        "P39",
        "punct_wrong",
        "warning",
        "“其中”后不重复用冒号",
        STANDARD,
        r"其中：[^，。；：\n]{1,12}(：)",
        "“其中”后冒号套用",
        group=1,
        fix="",
        bad=["共5个（其中：省级：3个，市级2个）。"],
        good=["共5个（其中省级3个，市级2个）。"],
    ),
    pattern(
        "P22",
        "title_bracket",
        "warning",
        "“通知”与书名号",
        STANDARD,
        r"《[^《》\n]{2,60}(?:办法|方案|意见|规定|细则|规划|制度|要点|计划)》(?=通知)",
        "书名号与“通知”之间缺“的”，或“通知”应入书名号",
        guard=_unannounced,
        fix=r"\g<0>的",
        bad=["学习《项目管理办法》通知。", "印发《安全生产管理办法》通知。"],
        good=["学习《项目管理办法》的通知。", "印发《项目管理办法》。", "印发《项目管理办法》通知各乡镇执行。"],
    ),
    pattern(
        "P22c",
        "title_bracket",
        "warning",
        "文种应在书名号内",
        STANDARD,
        r"《关于[^《》\n]{3,40}(?<!通知)(?<!意见)(?<!办法)(?<!方案)(?<!规定)(?<!决定)(?<!细则)(?<!报告)(?<!批复)(?<!公告)(?<!措施)(?<!计划)(?<!要点)(?<!制度)》的(?:通知|意见|报告|决定)",
        "“关于…的通知”整个是文件名，都在书名号内",
        bad=["转发《关于做好防汛工作》的通知。"],
        good=["转发《关于做好防汛工作的通知》。", "学习《关于加强督查的意见》的通知要求。"],
    ),
    pattern(
        "P22b",
        "title_bracket",
        "hint",
        "发文标题不完整",
        STANDARD,
        r"《[^《》\n]{2,60}(?:办法|方案|意见|规定|细则|规划|制度)》的通知",
        "所引通知的标题不完整：应作《关于印发〈…〉的通知》或“关于印发《…》的通知”",
        guard=_unannounced,
        bad=["积极响应《机关干部下沉管理办法》的通知，全员参与。"],
        good=["收到《关于印发〈机关干部下沉管理办法〉的通知》。", "关于印发《管理办法》的通知已收悉。"],
    ),
)
