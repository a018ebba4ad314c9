"""Fuzzing of readers and rules with Atheris (dependency group ``fuzz``): whatever the bytes, a clear refusal or a sound result.

    python bench/fuzz.py [-max_total_time=300] [other options of libFuzzer]

Half of the inputs are bytes for the readers, half are scraps of official prose put together. A crash is anything but
UnreadableError, or a span outside the text. The inputs that crash are written to the working folder.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["jushi.text", "jushi.proof"]):
    from jushi.proof import as_json, as_text, check, corrected_text
    from jushi.text import UnreadableError, read, read_text, understand

NAMES = ("a.txt", "a.docx", "a.doc", "a.wps", "a.pdf", "a.html", "a.mht", "a.md")
SCRAPS = (
    "一、", "（一）", "(二)", "1、", "2.", "①", "一是", "二是", "首先，", "。", "；", "，", "、", "：", "\n",
    "\r\n", " ", "\u3000", "“", "”", "《", "》", "（", "）", "(", ")", "36", "2023", "xx", "×", "*", "**", "＿",
    "1.2", "1,234", "数百", "三万多", "百分之五", "第3", "2015年", "项", "家", "万元", "亿元", "个百分点", "%",
    "人次", "余", "近", "以上", "其中", "共", "同比增长", "由", "到", "从", "等", "和", "分别为", "申报", "立项",
    "高新技术企业", "有限公司", "科技局", "工作总结", "下载文档", "第7页 共7页", "某县", "XX县", "(jì)", "計劃",
    "存在问题", "下一步计划", "效劳", "根底", "完成率", "目标任务", "尚差", "其余", "截止目前", "比上年", "减少",
    "分别", "为主题", "“十三五”", "收官之年", "\n2、", "〔2015〕", "[2015]", "号", "\x00", "\u200b", "😀",
    "&nbsp;", "<br>", "R&D", "&", "科学研究院", "开展", "力度", "篇一", "附件：", "———", "……", "年", "月", "日",
    "县", "省", "返",
)  # fmt: skip


def one(data: bytes) -> None:
    """One input, through reading, understanding, checking and both renderings."""
    source = atheris.FuzzedDataProvider(data)
    if source.ConsumeBool():
        name = NAMES[source.ConsumeIntInRange(0, len(NAMES) - 1)]
        try:
            document = read(source.ConsumeBytes(source.remaining_bytes()), name)
        except UnreadableError:
            return
    else:
        parts = []
        while source.remaining_bytes() > 1 and len(parts) < 400:
            at = source.ConsumeIntInRange(0, len(SCRAPS) + 4)
            parts.append(SCRAPS[at] if at < len(SCRAPS) else source.ConsumeUnicodeNoSurrogates(6))
        document = read_text("".join(parts))
    reading = understand(document)
    size = len(document.text)
    assert all(0 <= c.start < c.end <= size for c in reading.claims)
    assert all(0 <= h.start < h.end <= size for h in reading.outline)
    findings = check(reading)
    assert all(0 <= f.start <= f.end <= size and document.text[f.start : f.end] == f.text for f in findings)
    as_json(document, findings)
    as_text(document, findings)
    corrected_text(document.text, findings)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
