"""Numbers typed by hand in running text: found by local rules, marked, never changed.

A count, an amount or a rate is marked with its measure word; dates, ordinals, enumerators, document numbers, names in 《》
and set phrases (四个全面) are not counts and are left alone.
"""

from __future__ import annotations

import re

from jushi.compose.model import Run, Typed

UNITS = (
    "个百分点|平方公里|平方千米|立方米|平方米|人次|户次|场次|万元|亿元|公里|公顷|千米|千瓦|项次|批次|家次|件次|"
    "个|家|项|件|名|人|户|村|场|次|期|份|册|本|套|块|幅|条|篇|部|台|辆|头|只|株|棵|亩|吨|元|位|支|批|处|座|张|枚|种|类|门|天|年|周|小时|"
    "月|分钟|米|%|％|‰|倍|成|km|kg|kW|hm²|m²"
)
SET_PHRASES = "全面|代表|维护|意识|自信|确立|一律|服从|坚持|不|统筹|一批|革命|建设|文明|现代化|严|实|讲|必须|明确|能力|巩固|融合|带头|专项|结合"
HAN = "一二两三四五六七八九十百千万亿零〇"
LEFT_ALONE = re.compile(
    rf"""
      《[^《》]*》 | 〔\d{{4}}〕\d*号?                                            # names of documents, 文号
    | (?:19|20)\d{{2}}\s*[—\-–~～至]\s*(?:19|20)\d{{2}}年?                            # years
    | \d{{4}}年(?:度|\d{{1,2}}月(?:\d{{1,2}}日|份)?)?
    | \d{{1,2}}月\d{{1,2}}日 | \d{{1,2}}\s*[—\-–~～至]\s*\d{{1,2}}[月日]               # dates
    | \d{{1,2}}月(?:份|底|初|末|中旬|上旬|下旬)? | \d{{1,2}}[日号时]
    | \d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}} | “\d{{1,2}}[.·]\d{{1,2}}”
    | \d{{1,2}}[.·]\d{{1,2}}(?=世界|全国|知识产权|防灾|国际)
    | 第\d+(?:[个届次期批条号位名]|季度)? | 第[{HAN}]+(?:[个届次期批条位名]|季度)?                 # ordinals
    | (?:^|(?<=[\s。；，：]))\d{{1,2}}[.．、](?!\d) | [（(]\d{{1,2}}[）)] | [①-⑳]               # enumerators
    | (?:^|(?<=[\s。；]))[{HAN}]{{1,3}}、 | [（(][{HAN}]{{1,3}}[）)] | [{HAN}]{{1,3}}(?:是|要|则|来)
    | [A-Z]{{2,}}(?:/[A-Z]+)?\s\d+(?:\.\d+)?(?:[—-]\d{{4}})?                              # GB/T 9704—2012
    | [A-Za-z][A-Za-z0-9&/._-]*\d[A-Za-z0-9/._-]* | \d+[A-Z][A-Za-z]*                      # 5G, A4, GB/T
    | “[{HAN}]{{1,3}}[个\w]?”                                                        # quoted slogans
    | [{HAN}]{{1,2}}[个项种](?={SET_PHRASES})
    """,
    re.VERBOSE,
)
COUNT = re.compile(
    rf"""
      (?:\d+(?:,\d{{3}})+|\d+)(?:\.\d+)?(?:[{HAN[10:]}])?[余多几]?(?:[万亿])?[余多]?(?:{UNITS})?
    | 百分之[{HAN}点]+
    | (?:[二两三四五六七八九]|[{HAN}]{{2,}})[余多]?(?:{UNITS})
    """,
    re.VERBOSE,
)


def mark_typed(text: str, reason: str = "") -> list[Run]:
    """Each hand-typed number with its measure word as a run of its own; joined, the runs are the text."""
    runs: list[Run] = []
    plain_from = at = 0
    while at < len(text):
        skipped = LEFT_ALONE.match(text, at)
        if skipped and skipped.end() > at:
            at = skipped.end()
            continue
        found = COUNT.match(text, at)
        if not found or not _starts_clean(text, at):
            at += 1
            continue
        if at > plain_from:
            runs.append(Run(text[plain_from:at]))
        runs.append(Run(found[0], Typed(reason)))
        plain_from = at = found.end()
    if plain_from < len(text):
        runs.append(Run(text[plain_from:]))
    return runs


def _starts_clean(text: str, at: int) -> bool:
    """A numeral inside a longer word (某某三村, 十几) does not begin a count; digits after a letter do not either."""
    before = text[at - 1] if at else ""
    return not (before and (before in HAN or before.isascii() and (before.isalnum() or before in "._")))
