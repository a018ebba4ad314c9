"""Residue: site chrome, template marks, titles said twice, texts that break off, code and pinyin left in, sections promised and absent."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jushi.proof.build import Emit, pattern, rule
from jushi.proof.model import Finding, Rule
from jushi.proof.rules.layout import FORMAT, heading_mark
from jushi.proof.view import View, behind

CLEAN = "公文内容应完整、准确，不夹带网页和模板痕迹"


_ENDS = "。！？…：；”）》】"


_PLAN_WORD = re.compile(r"(?:工作)?(?:安排|计划|打算|思路|谋划|要点)")


_PLAN_HEAD = re.compile(
    r"(?:计划|安排|打算|思路|方案|谋划|要点|目标任务?)(?:和|及|与|$)|下一步|下步|下阶段|下半年|明年|来年|今后|展望|20\d\d年.{0,6}(?:重点|工作)"
)


_SIGNED = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日\s*$|[〇一二三四五六七八九]{4}年.{2,3}月.{1,3}日\s*$|(?:局|委|办|厅|院|所|协会|中心)\s*$")


def _chrome(view: View, emit: Emit) -> Iterator[Finding]:
    blocks = [b for b in view.reading.document.blocks if b.role in ("boilerplate", "page_mark")]
    start = end = -1
    for block in blocks:
        if end >= 0 and not view.text[end : block.start].strip():
            end = block.end
            continue
        if end >= 0:
            yield emit(view, (start, end), "网页或文库留下的文字，应删去")
        start, end = block.start, block.end
    if end >= 0:
        yield emit(view, (start, end), "网页或文库留下的文字，应删去")


def _title_twice(view: View, emit: Emit) -> Iterator[Finding]:
    for block in view.reading.document.blocks:
        if block.role == "title" and block.attrs.get("copy"):
            yield emit(view, (block.start, block.end), "标题重复，删去一个", "")
            return
    lines = [(s, e) for s, e in view.paragraphs[:6] if not view.in_chrome(s)]
    for (start, end), (again, stop) in zip(lines, lines[1:], strict=False):
        if 8 <= end - start <= 60 and view.norm[start:end].strip() == view.norm[again:stop].strip():
            yield emit(view, (start, end), "标题重复，删去一个", "")
            return
    yield from _title_again(view, emit)


def _title_again(view: View, emit: Emit) -> Iterator[Finding]:
    """The title on a line of the site's own before the text, or once more right before the first sentence."""
    title = view.title_span
    if not title or len(view.title.strip()) < 8:
        return
    words = view.norm[title.start : title.end].strip()
    before, after = view.norm.rfind("\n" + words + "\n", 0, title.start), view.norm.find(words, title.end, title.end + 160)
    if before >= 0:
        yield emit(view, (before + 1, before + 1 + len(words)), "标题重复，删去一个", "")
    elif after >= 0 and not re.search(r"[。；]|(?:印发|根据|按照|现将)[^\n]{0,4}$", view.norm[title.end : after]):
        yield emit(view, (after, after + len(words)), "标题重复，删去一个", "")


def _broken_off(view: View, emit: Emit) -> Iterator[Finding]:
    bodies = [b for b in view.reading.document.blocks if b.role in ("body", "heading", "signature", "table", "footnote")]
    if not bodies or bodies[-1].role not in ("body", "heading"):
        return
    last = view.norm[bodies[-1].start : bodies[-1].end].rstrip()
    if bodies[-1].role == "heading" and (len(last) < 40 or "。" not in last) and "hard_wrapped" not in view.reading.document.notes:
        # A heading that stands alone has no stop; one that runs on into its paragraph has.
        return
    end = bodies[-1].start + len(last)
    prose = max((b.end - b.start for b in bodies), default=0)
    if "hard_wrapped" in view.reading.document.notes:
        # The last line is a piece of its paragraph.
        last, prose = view.norm[max(0, end - 200) : end], 200
    if len(last) < 12 or prose < 60 or last[-1] in _ENDS or _SIGNED.search(last) or len(last) < 40 and "。" not in last:
        return
    yield emit(view, (max(0, end - 2), end), "文末断句，疑被截断")


def _promised(view: View, emit: Emit) -> Iterator[Finding]:
    title, size = view.title_span, len(view.text)
    if not title or size < 600 or not re.search(r"总结|报告|汇报", view.title):
        return
    promise = _PLAN_WORD.search(view.title, view.title.find("总结") + 1)
    heads = [h.text for h in view.reading.outline if h.level in (1, 2, 3)]
    planned = any(_PLAN_HEAD.search(text) for text in heads) or re.search(
        r"\n[^\n]{0,12}(?:下一步|明年|来年|下半年)[^\n]{0,30}", view.norm[size // 2 :]
    )
    if promise and not planned:
        at = title.start + promise.start()
        yield emit(view, (at, title.start + promise.end()), "标题写有计划（安排），正文没有这一部分")


_TRADITIONAL = re.compile(
    "[結實發國產業經濟學術創會議員處務專對開關門間問聞隊陽際陳陸險隨離難電雲靈靜頁項順須領頭題額風飛養館馬駐驗體"
    "魚鳥鹽麗黨齊齡龍優傳傷價儲億兒內兩冊凍別則剛劃劇劉勞動勝勢勵區協單廣應庫張強彈彙後從復徵態慶憂擇擊擔據擴"
    "數斷時書東條極構標樓樣機檔檢權歐歲歷殘毀氣決沒溫準滿漁漢漲潔澤濕灣營爭爾牆獎獨獲現環異當畝盡監盤眾確禮種"
    "積穩競範築節簡糧紀約紅級納純紙細終組絡給統維網緊線編緩練縣總績繼續織罰義習聯聲職腦臺與興舊萬葉蘇藝藥號蟲"
    "補裝製複見規視覺觀計訂訊訓託記設許診評試詳認語誠說課調談請論證識譜讀變讓負財責貧貨販購貴費資質賴贊軍軟輕"
    "輔輪輸轄轉農遠適選遺邊還郵鄉醫釋針鋼錄錢鍵鎮鎖鐵鑽長]"
)


def _traditional(view: View, emit: Emit) -> Iterator[Finding]:
    """Traditional characters in a simplified text: each, where they are few; once, where the whole is traditional."""
    found = [m for m in _TRADITIONAL.finditer(view.text) if not view.in_chrome(m.start())]
    if len(found) > 12:
        yield emit(view, found[0].span(), f"繁体字{len(found)}处，应整篇转为简体")
        return
    yield from (emit(view, m.span(), f"“{m[0]}”是繁体字，应用规范字") for m in found)


_PINYIN = re.compile(r"[\u4e00-\u9fff]（[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňḿ]{1,7}）")


def _pinyin(view: View, emit: Emit) -> Iterator[Finding]:
    """Pinyin put behind characters against copying: each, where there is little; once, where it runs through the text."""
    found = list(view.around(behind("（", r"(?=[^\u4e00-\u9fff\d]{1,7}）)"), _PINYIN, 1, 10))
    if len(found) > 6:
        places = tuple(m.span() for m in found[1:])
        yield emit(view, found[0].span(), f"字后夹带拼音（防复制），全文{len(found)}处，应全部删去", related=places)
        return
    yield from (emit(view, m.span(), "字后夹带拼音（防复制），应删去", m[0][0]) for m in found)


RESIDUE: tuple[Rule, ...] = (
    rule(
        "L22",
        "typo",
        "warning",
        "繁体字",
        "《通用规范汉字表》（2013）",
        _traditional,
        ["科技局工作总結"],
        ["科技局工作总结"],
    ),
    rule(
        "L01",
        "boilerplate",
        "warning",
        "网页文字",
        CLEAN,
        _chrome,
        ["下面是小编为大家整理的科技局工作总结,供大家参考。\n科技局工作总结\n一年来，我局积极工作，取得成效。\n"],
        ["科技局工作总结\n一年来，我局积极工作，取得成效。\n"],
        scope="全文",
    ),
    pattern(
        "L01b",
        "boilerplate",
        "warning",
        "夹带网址",
        CLEAN,
        r"(?:[\u4e00-\u9fff]{2,8}，[\u4e00-\u9fff]{4,14}，)?(?:(?:下载|链接|本文)?(?:网址|地址)：? ?)?(?:https?：//|www\.)[\w./%?=&-]{4,80}",
        "正文里夹带网址，应删去",
        guard=lambda view, m: not re.search(r"\.(?:gov|edu|org)\b", m[0]) and not view.in_chrome(m.start()),
        fix="",
        anchors=("www.", "http"),
        window=(34, 90),
        bad=["某某文秘，海量公文素材资料，网址：www.abcwenmi.com今年以来，我局扎实工作。"],
        good=["登录www.most.gov.cn查询。"],
        scope="全文",
    ),
    pattern(
        "L02",
        "template_marker",
        "error",
        "范文模板痕迹",
        CLEAN,
        r"范文(?=及|\n|大全|精选|模板|参考|[一二三四五六七八九\d]|（)|\[标签[：:][^\]\n]{0,20}\]|【(?:篇|范文)[^】\n]{1,12}】|（?(?:通用|精选|最新|优秀)\d+篇）?"
        r"|(?:^|\n)第 ?[\d一二三四五六七八九]{1,2} ?篇[ ：:][^\n]{4,50}"
        r"|(?:^|\n)[^\n]{0,20}篇[一二三四五六七八九]\b|(?:总结|计划|报告)(?:模板|范本|精选|大全|集锦|汇总)",
        "范文或模板留下的标记",
        anchors=("范文", "标签", "【", "篇", "模板", "范本", "精选", "大全", "集锦", "汇总"),
        window=(24, 24),
        bad=["科技局年度总结范文及下年安排", "[标签:介绍]科技局总结"],
        good=["科技局2021年度工作总结", "发表论文5篇。"],
        scope="全文",
    ),
    rule(
        "L03",
        "title_dup",
        "error",
        "标题重复",
        FORMAT,
        _title_twice,
        ["县科技局2021年度工作总结\n县科技局2021年度工作总结\n一年来，我局认真落实各项任务，取得较好成效。\n"],
        ["县科技局2021年度工作总结\n一年来，我局认真落实各项任务，取得较好成效。\n"],
        scope="标题",
    ),
    rule(
        "L07",
        "truncated",
        "error",
        "文本截断",
        CLEAN,
        _broken_off,
        [
            "科技局工作总结\n一年来，我局认真落实各项任务，组织开展了形式多样的活动，培训农民三千人次，发放资料五千份，取得了较好的成效。全体党员认真学习，对全体党员进",
            "卫健局工作总结\n一、主要工作\n（一）加强防控。全年接种疫苗三万剂次，培训乡村医生一百五十人次，组织健康讲座二十场。\n"
            "（二）提升服务能力。创建省级重点专科一个，引进紧缺人才二十五名，培训业务骨干一百五十人次，添置设备十二台。家庭医生签约服务做到应签",
        ],
        ["科技局工作总结\n一年来，我局认真落实各项任务，组织开展了形式多样的活动，培训农民三千人次，发放资料五千份，取得了较好的成效。\n"],
    ),
    pattern(
        "L07b",
        "truncated",
        "error",
        "付费截断标记",
        CLEAN,
        r"(?:开头|以下|中间)?部分已省略\d*字?|未完，全文共\d+字|剩余\d+%未读|此处省略\d*字|\.{3}（?试读结束",
        "文本被站点截断",
        bad=["……（开头部分已省略573字）"],
        good=["全文完。"],
        anchors=("省略", "未完", "未读", "试读"),
        window=(8, 20),
        scope="全文",
    ),
    rule(
        "L08",
        "missing_section",
        "warning",
        "承诺部分缺失",
        FORMAT,
        _promised,
        [
            "县科协2018年度总结及2019年度安排\n"
            + "一、主要工作\n"
            + "我局落实各项任务，推进项目建设，完成年度目标，服务企业发展，取得良好成效。\n" * 20
        ],
        [
            "县科协2018年度总结及2019年度安排\n"
            + "一、主要工作\n"
            + "我局落实各项任务，推进项目建设，完成年度目标，服务企业发展，取得良好成效。\n" * 20
            + "二、2019年度安排\n继续推进。\n"
        ],
        scope="标题",
    ),
    rule(
        "P07b",
        "punct_wrong",
        "warning",
        "标题末不用冒号",
        FORMAT,
        heading_mark(r"\n[ \t]*[一二三四五六七八九十]{1,3}、[^。，；：\n]{2,20}(：)(?=[ \t]*\r?\n)", "独立成行的标题末尾不用冒号"),
        bad=["总结\n二、主要问题：\n企业规模偏小。"],
        good=["总结\n二、主要问题\n企业规模偏小。", "现汇报如下：\n一、主要工作\n"],
    ),
    pattern(
        "L21",
        "repeat",
        "error",
        "年份重复",
        CLEAN,
        r"(20\d\d)年?[、和及] ?\1 ?年",
        "同一年份说了两遍，其一有误",
        bad=["2019、2019年县本级投入分别增长。"],
        good=["2018、2019年县本级投入分别增长。"],
    ),
    pattern(
        "L15",
        "truncated",
        "error",
        "段末断句",
        CLEAN,
        r"[，、](?=[ \t]*\r?\n\s*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.、．](?!\d)))",
        "段落以逗号（顿号）结束，下文另起标题：疑有缺文",
        guard=lambda view, m: not view.in_chrome(m.end() + len(view.norm[m.end() : m.end() + 20]) - len(view.norm[m.end() : m.end() + 20].lstrip())),
        bad=["（一）改进作风。严格落实中央八项规定精神，\n（二）推进项目建设。"],
        good=["（一）改进作风，\n抓好落实。"],
        anchors=(
            "，\n",
            "、\n",
            "， ",
            "、 ",
            "，\t",
            "、\t",
        ),
        window=(0, 60),
    ),
    pattern(
        "L19",
        "garbled",
        "error",
        "年份缺位",
        CLEAN,
        r"(?<![\d.近约有第])20\d年(?=度|第|底|初|我[局县市区]|全[县市区]|工作|上半年|下半年|\d{1,2}月)|(?<![\d.])20年(?=我局|我县|全县工作)|(?<=[在于从自比])20[1-9]年(?=的?基础|以来|起|同期)",
        "年份缺了一位",
        anchors=("20年", *(f"20{digit}年" for digit in range(10))),
        window=(1, 9),
        bad=["205年第一批项目。", "204年度工作总结", "在201年的基础上。"],
        good=["2015年第一批项目。", "历时200年。"],
    ),
    pattern(
        "L20",
        "garbled",
        "error",
        "“R&D”缺字符",
        CLEAN,
        r"R D(?=经费|投入|活动|人员|强度)|R&amp;D",
        "“R&D”缺“&”",
        fix="R&D",
        bad=["R D经费支出3亿元。"],
        good=["R&D经费支出3亿元。"],
    ),
    pattern(
        "L11",
        "garbled",
        "error",
        "网页代码残留",
        CLEAN,
        r"&(?:nbsp|amp|quot|lt|gt|ldquo|rdquo|middot|mdash);?|</?(?:p|br|div|span|strong|font)\b[^>\n]{0,40}>|``",
        "网页代码残留",
        anchors=("&", "<", "``"),
        window=(1, 50),
        bad=["推进&nbsp;项目建设。", "R&amp;D经费。"],
        good=["R&D经费增长。"],
    ),
    rule(
        "L12",
        "garbled",
        "error",
        "注入拼音",
        CLEAN,
        _pinyin,
        ["工作計(jì)劃"],
        ["工作计划（草案）"],
    ),
    pattern(
        "L12b",
        "garbled",
        "error",
        "夹带外文乱串",
        CLEAN,
        r"（[a-z]{14,}）",
        "括号里是没有分词的外文，系网页插入，应删去",
        fix="",
        anchors=("（",),
        window=(0, 90),
        bad=["新型农村合作医疗（thesystemofruralcooperativemedical）稳步推进。"],
        good=["研究与试验发展（R&D）经费增长。"],
    ),
    pattern(
        "L13",
        "garbled",
        "error",
        "年份残句",
        CLEAN,
        r"(?:19|20)\d\d(?=今年|去年|本年)",
        "年份与“今年”重叠",
        bad=["2023今年以来，我局推进改革。"],
        good=["2023年以来，我局推进改革。"],
        anchors=("今年", "去年", "本年"),
        window=(4, 3),
    ),
    pattern(
        "L14",
        "title_wrong",
        "warning",
        "标题时段不合",
        FORMAT,
        r"上半年[^\n，。]{0,10}总结[^\n，。]{0,6}(?:下年|明年|来年)|乡镇年度科技局|市区科技局|(?:上年|下年)(?:工作)?总结",
        "标题的时段或主体不合",
        bad=["上半年工作总结与下年工作思路"],
        good=["上半年工作总结与下半年工作思路"],
        anchors=("总结", "科技局"),
        window=(16, 16),
        scope="标题",
    ),
)
