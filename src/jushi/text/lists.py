"""Counted lists: what is enumerated beside the count stated for it (A、B、C等5家; 3项：…; 四件实事：一是…; 其中 …).

A list is reported only where the text really enumerates what it counts; attributes in a row (国家、省、市级项目36项) are no list.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from statistics import median

from jushi.text.great_lists import great, ones
from jushi.text.list_items import head_of, listed_words, parallel, position_of_deng, split, split_and, trim_first
from jushi.text.model import Claim, CountedList, Heading, ListVerdict
from jushi.text.numerals import ordinal
from jushi.text.quantities import Quantity

_INTRODUCED = re.compile(
    r"[^，。；：（\n]{0,24}?(?:[，](?:他们|它们)?(?:分别是|分别为|即|包括|具体为|具体是|名单如下|依次为|主要是|主要包括)|分别是|分别为|名单如下|如下|包括)?："
    r"|[^，。；：（\n]{0,24}?[，](?:分别是|分别为|即为|即|包括)"
)
_BRACKET = re.compile(r"[^，。；：（\n]{0,12}?，?（")
_QUOTED = re.compile(r"“([^”\n]{2,80})”")
_ORG = re.compile(r"公司|合作社|集团|研究院|研究所|大学|学院|医院|中心|协会|商会|工厂|厂$|学校|村$|镇$|乡$|街道办?$|社区$|小区$|局$|楼$")
_PARTIES = re.compile(r"([^，。；：“”]{1,14})(?:与|和|同)([^，。；：]{2,80}?)(?:成功|共同|联合|正式)*(?:签订|签署|达成|合作|缔结)")
_PLACE_NAME = re.compile(r"[\u4e00-\u9fff]{1,4}[村庄镇乡屯寨湾坝岭沟]|[\u4e00-\u9fff]{1,4}(?:社区|街道)")
_PROJECTS = re.compile(r"(?:[一-鿿]{0,4})(?:项目|课题|成果|品种|技术)")
_JOINED = re.compile(r"(?:、|，|；|和|以及|及|与)?[^，。；“”\n]{0,30}的?")
_VERBAL = re.compile(r"[了着过并把被]|实现|进行|加强|促进|推进|推动|提高")
_TOTAL_WORDS = re.compile(r"共计|合计|总计|共|组织|申报|推荐|争取|实施|完成|各类|项目")
_SPECIES = re.compile(r"品种|树种|菌种|药材|作物|种类|苗木|花卉|乡镇|镇$|村$")
_TOTAL = re.compile(r"(?:共计|合计|总计|共)[^，。；：]{0,16}$")
_EXCLUSIVE = re.compile(
    r"(?:国家|部|省|市|州|县|区|镇|乡|村)级|[一二三特优][等秀]?奖|发明|实用新型|外观|工业类?$|农业类?$|重点|一般|面上|社会发展|省财政|市财政|县财政|自筹|^(?:国家|省|市|县|区)$"
)
_NO_PART = frozenset(("共", "共计", "合计", "总计", "累计", "总共"))
_STOCK = re.compile(r"总数|累计|目前|截至|全县|全市|全区|拥有|达")


def lists(text: str, found: Sequence[Quantity], claims: Sequence[Claim], headings: Sequence[Heading]) -> list[CountedList]:
    """The counted lists of a folded text, in order; ``found`` and ``claims`` run in parallel."""
    result: dict[int, CountedList] = {}
    units = frozenset(listed_words("units"))
    parts = _parts(claims)
    starts = [h.start for h in headings]
    for at, (q, claim) in enumerate(zip(found, claims, strict=True)):
        if q.kind != "count" or (q.unit not in units and q.unit != "次"):
            continue
        made = (
            _bracketed(text, q, claim)
            or _introduced(text, q, claim)
            or _quoted_names(text, q, claim)
            or (_from_parts(text, at, parts[at], found, claims) if at in parts else None)
            or _before(text, at, found, claim)
            or _run_in(text, q, headings, starts)
            or _total(text, at, found, claims)
        )
        if made:
            result[made.start] = made
    for other in (*great(text), *ones(text)):
        result.setdefault(other.start, other)
    return [result[key] for key in sorted(result)]


def _verdict(stated: str, counts: Sequence[int], open_: bool) -> ListVerdict:
    number = ordinal(stated)
    if not number:
        return "unknown"
    if number in counts:
        return "ok"
    if open_ and min(counts) < number:
        return "ok_ge"
    return "mismatch"


def _list(q: Quantity, items: Sequence[str], open_: bool, counts: Sequence[int] = ()) -> CountedList:
    verdict = _verdict(q.value, counts or (len(items),), open_)
    return CountedList(q.start, q.end, q.value, q.unit, tuple(items), open_, verdict)


def _bracketed(text: str, q: Quantity, claim: Claim) -> CountedList | None:
    m = _BRACKET.match(text, q.stop, min(len(text), q.stop + 20)) if "（" in text[q.stop : q.stop + 16] else None
    if not m:
        return None
    close = text.find("）", m.end(), m.end() + 600)
    while close > 0 and text.count("（", m.end(), close) > text.count("）", m.end(), close):
        close = text.find("）", close + 1, m.end() + 600)
    if close < 0:
        return None
    inside = text[m.end() : close]
    if re.search(r"[0-9xX×*]+[一-鿿]", inside) and "“" not in inside:
        return None
    quoted = _QUOTED.findall(inside)
    if quoted and ("项目" in inside or "、" in inside):
        made = _list(q, quoted, False)
        return None if made.verdict == "mismatch" or (len(quoted) < 2 and made.verdict == "unknown") else made
    items = split(inside)
    if len(items) >= 2 and all(len(i) <= 30 for i in items) and "。" not in inside and "，" not in inside:
        open_ = items[-1].endswith("等")
        items[-1] = items[-1].removesuffix("等")
        return _safe(_list(q, items, open_), items, definite=False)
    return None


def _introduced(text: str, q: Quantity, claim: Claim) -> CountedList | None:
    near = text[q.stop : q.stop + 50]
    if "：" not in near and "分别" not in near and "包括" not in near and "即" not in near:
        return None
    m = _INTRODUCED.match(text, q.stop, min(len(text), q.stop + 60))
    if not m:
        return None
    stop = min((p for p in (text.find(c, m.end(), m.end() + 1500) for c in "。\n") if p > 0), default=-1)
    segment = text[m.end() : stop] if stop > 0 else ""
    if not segment.strip("；，、 ") or re.match(r"一是|（一）|1[.、]|①", segment):
        return None
    rows = split(segment, "；")
    if len(rows) > 1 and "、" in rows[0]:
        # A；B where A is itself a row: the enumeration ends with its clause.
        rows = rows[:1]
    items = rows if len(rows) > 1 else split(rows[0])
    if len(items) > 1 and "，" not in "".join(items[:-1]):
        items[-1] = split(items[-1], "，")[0]
    if len(items) < 2 or max(map(len, items)) > 60:
        return None
    open_ = items[-1].endswith(("等", "等等"))
    items[-1] = items[-1].removesuffix("等").removesuffix("等")
    numbered = [re.search(r"([0-9]+)[一-鿿]{1,3}$", item) for item in items]
    if all(numbered):
        total = sum(int(m[1]) for m in numbered if m)
        return _list(q, items, open_, (total, len(items)))
    counts = (len(items), len(split_and(items)), _with_next_clause(rows[0]))
    return _safe(_list(q, items, open_, counts), items, definite="分别" in m[0] or "如下" in m[0])


def _with_next_clause(row: str) -> int:
    """甲、乙（…），丙及丁，…: the list may go on behind a bracket with a comma; how many names there are then."""
    head, comma, rest = row.partition("），")
    clause = rest.split("，", 1)[0]
    if not comma or len(clause) > 24 or not re.search("[及和、]", clause):
        return -1
    return len(split(re.sub("（[^）]*", "", head), "、")) + len(re.split("及|和|、", clause))


def _before(text: str, at: int, found: Sequence[Quantity], claim: Claim) -> CountedList | None:
    """A、B、C（等 class）N unit: the items stand before the count."""
    q = found[at]
    if q.unit == "方":
        return _parties(text, q, claim)
    near = text[max(claim.sentence[0], q.start - 60) : q.start]
    if "、" not in near and "等" not in near and "”“" not in text[max(claim.sentence[0], q.start - 120) : q.start]:
        return _pair(q, near) if q.value in ("两", "二") else None
    begin = max(claim.sentence[0], q.start - 700)
    segment = text[begin : q.start]
    if q.value in ("两", "二") and "、" not in segment[-60:]:
        return _pair(q, segment)
    if "、" not in segment and "”“" not in segment:
        return None
    clauses = split(segment, "，：；")
    if not clauses:
        return None
    clause = clauses[-1]
    if "、" not in clause and "”“" not in clause:
        return _announced(text, clauses, q)
    items = split(clause)
    # Another figure among the items: a row of claims, not a list of names.
    if not 2 <= len(items) <= 200 or (at and found[at - 1].stop > q.start - len(clause)):
        return None
    last = items[-1]
    cut = position_of_deng(last)
    if cut is not None:
        rest = last[cut + 1 :]
        if "、" in rest or "共" in rest or len(rest) > 24 or q.unit == "次":
            return None
        return _open_list(q, [*items[:-1], last[:cut]])
    if q.unit == "次":
        return _quoted_series(q, items)
    return _closed_list(text, q, items)


def _quoted_names(text: str, q: Quantity, claim: Claim) -> CountedList | None:
    """甲公司的“…”和乙公司的“…”等2个项目: names in quotation marks, each behind its owner."""
    if not _PROJECTS.match(text, q.stop):
        return None
    begin = max(claim.sentence[0], q.start - 400)
    rows = _outer_quotes(text[begin : q.start])
    if len(rows) < 2:
        return None
    tail = text[begin + rows[-1][1] : q.start]
    if tail not in ("", "等", "共", "这"):
        return None
    kept = [rows[-1]]
    for row in reversed(rows[:-1]):
        if not _JOINED.fullmatch(text, begin + row[1], begin + kept[0][0]):
            break
        kept.insert(0, row)
    if len(kept) < 2:
        return None
    items = [text[begin + start + 1 : begin + end - 1] for start, end in kept]
    return _list(q, items, tail == "等")


def _outer_quotes(text: str) -> list[tuple[int, int]]:
    """Where the outermost quotations begin and end; another pair inside belongs to them."""
    found, depth, start = [], 0, 0
    for m in re.finditer("[“”]", text):
        if m[0] == "“":
            start = m.start() if not depth else start
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                found.append((start, m.end()))
    return found


def _open_list(q: Quantity, items: list[str]) -> CountedList | None:
    items = trim_first(items)
    if not all(items):
        return None
    divided = split_and(items)
    if len(divided) > len(items) and abs(len(divided[-1]) - median(map(len, items[:-1]))) <= 3:
        items = divided
    made = _list(q, items, True, (len(items),))
    if made.verdict == "mismatch" and not all(map(_ORG.search, items)):
        return None
    return made


def _pair(q: Quantity, segment: str) -> CountedList | None:
    """A和B两项: two items joined by 和, 与 or 及 right before the count."""
    clause = split(segment, "，：；")[-1:] or [""]
    both = re.split(r"和|以及|及|与", clause[0], maxsplit=1)
    if len(both) < 2 or not 2 <= len(both[0]) <= 30 or not 2 <= len(both[1]) <= 30 or any(map(_VERBAL.search, both)):
        return None
    return _list(q, trim_first(both), False)


def _closed_list(text: str, q: Quantity, items: list[str]) -> CountedList | None:
    attributes = frozenset(listed_words("attributes"))
    if sum(item in attributes for item in items[:-1]) * 2 >= len(items) - 1:
        return None
    if any(position_of_deng(item) is not None for item in items):
        return None
    items = trim_first(items)
    target = median(map(len, items[:-1]))
    last = items[-1]
    glued = len(last) <= max(target + 3, 4) or _ORG.search(last[-3:]) is not None
    divided = split_and(items)
    if not glued:
        items[-1] = head_of(last, target)
        divided[-1] = head_of(divided[-1], target)
    if not all(items) or any(_VERBAL.search(item) for item in items):
        return None
    counts = (len(items), len(divided))
    if ordinal(q.value) == len(divided) != len(items):
        items = divided
    made = _list(q, items, False, counts)
    sure = glued and (not made.stated.isdigit() or all(_ORG.search(i) for i in items[:-1]) or all(map(_PLACE_NAME.fullmatch, items)))
    # Short nouns in a long row (eight herbs) are items too, whatever class noun follows the last one.
    named = len(items) >= 6 and target <= 6 and _SPECIES.search(last) is not None
    return _safe(made, items, definite=sure or named)


def _safe(made: CountedList, items: Sequence[str], definite: bool) -> CountedList | None:
    """A closed list that does not fit its count is only reported where it surely is a list of what is counted."""
    if made.verdict == "mismatch" and not definite:
        return None
    if made.verdict == "unknown" and not definite and len(items) < 3:
        return None
    return made


def _quoted_series(q: Quantity, items: list[str]) -> CountedList | None:
    quoted = [m[1] for item in items for m in [_QUOTED.search(item)] if m]
    return _list(q, quoted, False) if len(quoted) >= 3 and len(quoted) == len(items) else None


def _announced(text: str, clauses: list[str], q: Quantity) -> CountedList | None:
    """…A、B、C等示范项目，实施项目N个: the list closes the clause before, with the same class noun."""
    if len(clauses) < 2:
        return None
    head, tail = clauses[:-1], clauses[-1]
    cut = position_of_deng(head[-1])
    noun = head[-1][cut + 1 :][-2:] if cut is not None else ""
    if cut is None or len(noun) < 2 or not tail.endswith(noun):
        return None
    rows: list[str] = []
    for clause in reversed([*head[:-1], head[-1][:cut]]):
        if not re.search(r"[一-鿿]", clause) or re.search(r"[0-9xX×*]+(?:万|亿)?[元个项家]|（", clause):
            break
        rows[:0] = split(clause)
    if len(rows) < 2:
        return None
    return _list(q, parallel(trim_first(rows)), True)


def _parties(text: str, q: Quantity, claim: Claim) -> CountedList | None:
    m = _PARTIES.search(text, claim.sentence[0], q.start)
    if not m:
        return None
    return _safe(_list(q, [m[1], *split(m[2])], False), (), definite=False)


def _run_in(text: str, q: Quantity, headings: Sequence[Heading], starts: Sequence[int]) -> CountedList | None:
    """四件实事：一是…二是…, or a count in the last sentence before 一是."""
    at = bisect_left(starts, q.stop)
    if at >= len(headings) or starts[at] - q.stop > 60 or headings[at].level < 4 or not headings[at].marker.startswith(("一是", "①", "（1", "首先")):
        return None
    gap = text[q.stop : headings[at].start]
    colon = gap.rstrip().endswith("：") and "。" not in gap
    if len(gap) > 60 or gap.count("。") > 1 or (not colon and not gap.rstrip().endswith("。")):
        return None
    first = headings[at]
    items, number = [], 0
    for h in headings[at : at + 60]:
        if h.parent == first.parent and h.level == first.level:
            if _number(h) <= number:
                break
            number = _number(h)
            items.append(_item(h))
    made = _list(q, items, False)
    if not colon and made.verdict == "mismatch":
        return None
    return made


def _number(heading: Heading) -> int:
    mark = heading.marker
    if "①" <= mark[:1] <= "⑳":
        return ord(mark[0]) - 0x245F
    return {"首": 1, "其": 2, "再": 3, "最": 9}.get(mark[:1]) or ordinal(mark.strip("是要，（）、.第其"))


def _item(h: Heading) -> str:
    return h.text[len(h.marker) :].strip()


def _parts(claims: Sequence[Claim]) -> dict[int, list[int]]:
    parts: dict[int, list[int]] = {}
    for i, claim in enumerate(claims):
        if claim.part_of is not None:
            parts.setdefault(claim.part_of, []).append(i)
    return parts


def _from_parts(text: str, at: int, parts: Sequence[int], found: Sequence[Quantity], claims: Sequence[Claim]) -> CountedList | None:
    if len(parts) < 2:
        return None
    whole = claims[at]
    items = [claims[i].subject + text[found[i].start : found[i].stop] for i in parts]
    numbers = [claims[i].amount for i in parts]
    verdict: ListVerdict = "unknown"
    if whole.amount is not None and all(n is not None for n in numbers):
        total = sum(n for n in numbers if n is not None)
        # Parts may overlap (女党员, 35岁以下): only classes that exclude each other can exceed their total.
        exceeds: ListVerdict = "mismatch" if all(_EXCLUSIVE.search(claims[i].subject) for i in parts) else "unknown"
        verdict = "ok" if total == whole.amount else "ok_ge" if total < whole.amount else exceeds
    return CountedList(whole.start, whole.end, whole.value, whole.unit, tuple(items), verdict == "ok_ge", verdict)


def _total(text: str, at: int, found: Sequence[Quantity], claims: Sequence[Claim]) -> CountedList | None:
    """a项，b项，…，共N项: the parts stand before their total in the sentence."""
    claim = claims[at]
    head = text[max(claim.sentence[0], claim.start - 20) : claim.start]
    if not _TOTAL.search(head) or _STOCK.search(head) or "等" in head:
        return None
    parts: list[int] = []
    for i in range(at - 1, max(-1, at - 40), -1):
        if claims[i].sentence != claim.sentence or not _NO_PART.isdisjoint(claims[i].modifiers):
            break
        if claims[i].unit == claim.unit:
            parts.insert(0, i)
    if len(parts) < 3 or any(claims[i].part_of is not None for i in parts):
        return None
    made = _from_parts(text, at, parts, found, claims)
    if made is None or made.verdict == "ok_ge":
        return None
    # 共新增平台20家 after other figures need not be their sum; 共组织申报20项 with nothing else named is.
    named = _TOTAL_WORDS.sub("", head[head.rfind("，") + 1 :])
    return None if made.verdict == "mismatch" and len(named) > 1 else made
