"""Names: organisations, projects, awards, documents and their numbers, places, events, persons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources

from rapidfuzz import fuzz

from jushi.text import places
from jushi.text.model import Name, NameType

_WORD = r"一-鿿A-Za-z0-9×xX*·+"
_TITLE = re.compile(r"《([^《》\n]{1,120}(?:《[^《》\n]{0,80}》[^《》\n]{0,40})?)》")
_NUMBER = re.compile(r"[一-鿿]{1,10}[〔\[（]?(?:19|20)[0-9xX]{2}[〕\]）]?[0-9xX]{1,4}号$")
_NUMBER_LEAD = re.compile(r".*(?:通知|文件|依据|根据|按照|转发了?|印发了?|下发了?|落实|贯彻|以|按|和|及|《)(?=.{5})")
_PROJECT = re.compile(r"“([^“”\n]{4,80})”(?=(?:[一-鿿]{0,4}?)(?:项目|课题|工程|示范推广|成果))")
_QUOTED_ROW = re.compile(r"“([^“”\n]{6,80})”(?=[、和及](?:[^“”，。；\n]{0,24})“)")
_NO_SUFFIX = re.compile(r"门|[一-鿿]?(?:员|化建设|城)")
_RESEARCH = re.compile(r"(?:研究|技术|开发|示范|推广|应用|选育|产业化|建设|转化|集成|栽培|新品种)")
_AWARD = re.compile(
    rf"[{_WORD}]{{0,12}}?(?:科学技术进步奖|科学技术奖|科技进步奖|技术发明奖|自然科学奖|专利奖|创新奖|贡献奖|(?!一等|二等|三等|特等|优秀|获得|荣获|评选|申报|推荐|科技|有奖)[一-鿿]{{2}}奖)(?![励补项学金状品牌评])"
)
_AWARD_LEAD = re.compile(r".*(?:荣获|获得|获|申报了|申报|推荐|评选|评审完成的|颁发|开展了|开展|设立|组织|和|与|、|的|了|年度|项|，|得)(?=.{2,}$)")
_NOT_AWARD = re.compile(r"[一二三特优][等秀]奖$|(?:获|评|颁|领|授|鼓|给|得|申报|推荐|项|类|以)奖$")
_MASKED_PLACE = re.compile(r"[xX×*]{1,4}(?:省|市|县|区|镇|乡|街道|行政村|村|社区)(?![级委政局直长属内外属])(?:[xX×*]{1,4}(?:行政村|村|社区))?")
_SMALL_PLACE = re.compile(r"(街道办事处|街道办|街道|社区|小区|镇|乡|村)(?![一-鿿]?(?:委|级|镇企|民|两委|干部|振兴|容|庄|集体|党支部|土|亲|规民))")
_NOT_SMALL = (
    *(
        "贫困",
        "行政",
        "示范",
        "帮扶",
        "联系",
        "包扶",
        "居民",
        "美丽",
        "重点",
        "试点",
        "基层",
        "特色",
        "中心",
        "所在",
        "挂点",
        "工业",
        "科技",
    ),
    *("科普", "文化", "智慧", "空壳", "定点", "薄弱", "自然", "脱贫", "问题", "送科技", "送服务", "送文化", "送"),
    *"农全各本该驻入进每城和及个多挂下返到两等与辖我县市区大小新村镇乡一二三四五六七八九十几",
)
_EVENT = re.compile(rf"第(?:[0-9]{{1,4}}|[一二三四五六七八九十]{{1,4}}|[xX×]{{1,3}})届[{_WORD}（）]{{2,40}}")
_DAY = re.compile(r"(?:[0-9]{1,2}[.·][0-9]{1,2})?$")
_ROLE_WORDS = (
    *(
        "书记",
        "局长",
        "县长",
        "市长",
        "区长",
        "镇长",
        "乡长",
        "省长",
        "主任",
        "部长",
        "厅长",
        "处长",
        "科长",
        "院长",
        "校长",
    ),
    *("会长", "秘书长", "主席", "总理", "组长", "总书记", "教授", "院士", "研究员", "农艺师", "工程师"),
)
_ROLES = f"(?:{'|'.join(_ROLE_WORDS)})"
_HEAD_TRIM = re.compile(
    r"^(?:[0-9]{1,4}年度?|年度|[xX×*]{4}年?度?|其中|同时|此外|另外|为|并|还|也|又|均|都|等|的|等等|年|月|日|次|项|个|名|家|户|[、，])+"
)


@cache
def words(purpose: str) -> tuple[str, ...]:
    """A list of words from data/names.tsv, longest first."""
    for line in resources.files("jushi.text").joinpath("data/names.tsv").read_text("utf-8").splitlines():
        if line.startswith(purpose + "\t"):
            return tuple(sorted(line.split("\t")[1].split("|"), key=len, reverse=True))
    raise KeyError(purpose)


@cache
def _suffix_ends() -> tuple[re.Pattern[str], dict[str, tuple[int, ...]], frozenset[str]]:
    """A pattern for the last two characters of organisation suffixes, the lengths by these two, and the suffixes."""
    tails: dict[str, set[int]] = {}
    for word in words("suffixes"):
        tails.setdefault(word[-2:], set()).add(len(word))
    firsts, ends = "".join({tail[0] for tail in tails}), "".join({tail[1] for tail in tails})
    lengths = {tail: tuple(sorted(sizes, reverse=True)) for tail, sizes in tails.items()}
    return re.compile(f"[{firsts}](?=[{ends}])"), lengths, frozenset(words("suffixes"))


def _suffixes(text: str) -> Iterator[tuple[int, int]]:
    """Spans of organisation suffixes, the longest at each end (有限责任公司, not 公司)."""
    ends, tails, suffixes = _suffix_ends()
    reach = 0
    for m in ends.finditer(text):
        end = m.end() + 1
        for size in tails.get(text[end - 2 : end], ()):
            if end - size >= reach and text[end - size : end] in suffixes:
                if not _NO_SUFFIX.match(text, end):
                    yield end - size, end
                    reach = end
                break


@cache
def _lead_pattern() -> re.Pattern[str]:
    return re.compile(".*(?:" + "|".join(map(re.escape, words("leads"))) + ")(?=.{4,}$)")


@cache
def _event_pattern() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words("events"))))


@cache
def _event_head_pattern() -> re.Pattern[str]:
    return re.compile(".*(?:" + "|".join(map(re.escape, words("eventheads"))) + ")")


@cache
def _person_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    single = "".join(w for w in words("surnames") if len(w) == 1)
    surname = f"(?:[{single}]|" + "|".join(w for w in words("surnames") if len(w) > 1) + ")"
    after = re.compile(rf"[记长任席理授士员师]({surname}[一-鿿]{{1,2}}?)(?=同志|[，。、；）\s]|等|带队|率|主持|出席|一行|参加|作|做|深入)")
    before = re.compile(rf"[，。；：、（“\n ]({surname}[一-鿿]{{1,2}})(?:同志|{_ROLES})")
    return after, before


def names(text: str, source: str, barred: Sequence[tuple[int, int]]) -> list[Name]:
    """Names in the folded text, as written in ``source``, in order; those inside ``barred`` ranges (site chrome) are left out."""
    found: list[tuple[int, int, NameType]] = []
    for finder in (_documents, _projects, _events, _awards, _organisations, _places, _persons):
        found.extend(finder(text))
    found.sort(key=lambda f: (f[0], -f[1]))
    result, seen, index, reach = [], set(), 0, 0
    for start, end, kind in found:
        while index < len(barred) and barred[index][0] <= start:
            reach = max(reach, barred[index][1])
            index += 1
        if start < reach or (start, end, kind) in seen or end - start < 2:
            continue
        seen.add((start, end, kind))
        result.append(Name(kind, source[start:end], start, end))
    return result


def _documents(text: str) -> Iterator[tuple[int, int, NameType]]:
    for m in _TITLE.finditer(text):
        yield m.start(1), m.end(1), "document"
    for end in _ends(text, "号"):
        number = _NUMBER.search(text, max(0, end - 24), end) if text[end - 2 : end - 1].isdigit() else None
        if number:
            lead = _NUMBER_LEAD.match(number[0])
            yield number.start() + (lead.end() if lead else 0), end, "document"


def _ends(text: str, word: str) -> Iterator[int]:
    """End offsets of each occurrence of a word."""
    at = text.find(word)
    while at >= 0:
        yield at + len(word)
        at = text.find(word, at + len(word))


def _projects(text: str) -> Iterator[tuple[int, int, NameType]]:
    for pattern in (_PROJECT, _QUOTED_ROW):
        for m in pattern.finditer(text):
            if pattern is _PROJECT or _RESEARCH.search(m[1]):
                yield m.start(1), m.end(1), "project"


def _events(text: str) -> Iterator[tuple[int, int, NameType]]:
    heads = _event_head_pattern()
    for m in _EVENT.finditer(text):
        head = heads.match(m[0])
        if head:
            yield m.start(), m.start() + head.end(), "event"
    for m in _event_pattern().finditer(text):
        before = _DAY.search(text, max(0, m.start() - 5), m.start())
        yield (before.start() if before else m.start()), m.end(), "event"


def _awards(text: str) -> Iterator[tuple[int, int, NameType]]:
    for end in _ends(text, "奖"):
        if text[end - 2 : end - 1] in "获评颁领授鼓得等的科项类":
            continue
        match = None
        for candidate in _AWARD.finditer(text, max(0, end - 21), end + 1):
            if candidate.end() == end:
                match = candidate
        if match is None or _NOT_AWARD.search(match[0]):
            continue
        start = match.start()
        lead = _AWARD_LEAD.match(match[0])
        start += lead.end() if lead else 0
        trimmed = _HEAD_TRIM.match(text[start : match.end()])
        start += trimmed.end() if trimmed else 0
        if match.end() - start >= 3:
            yield start, match.end(), "award"


def _organisations(text: str) -> Iterator[tuple[int, int, NameType]]:
    generic, offices = frozenset(words("generic")), _offices()
    found: list[tuple[int, int]] = []
    for suffix, end in _suffixes(text):
        office = text[suffix:end] in offices
        start = _office_edge(text, suffix) if office else _left_edge(text, suffix, end)
        if end - start < 4 or start >= suffix or text[suffix - 1] in _NO_NAME_END or text[start:end] in generic:
            continue
        if not office and _KIND_ONLY.fullmatch(text, start, suffix):
            continue
        # 某大学某学院: the longer name holds the shorter.
        if found and start <= found[-1][0]:
            found.pop()
        found.append((start, end))
    for start, end in found:
        yield start, end, "organisation"


_NO_NAME_END = frozenset("的以和与为了是各该本+、")
# 省级企业重点 + 研究院 is a kind of body, not the name of one.
_KIND_ONLY = re.compile(
    r"(?:国家级|省级|市级|县级|区级|级|重点|企业|工程|技术|研究|研发|开发|新型|高新技术|专业|各|本|该|全县|全市|全区|农民|科技|创新|服务|检测|[0-9xX×]+|家|个|等|的|上级|有关|相关|市县|县|市|区|省|大型|龙头|民营|产业|县区|党组|委|党|校|院)+"
)


@cache
def _offices() -> frozenset[str]:
    return frozenset(w for w in words("suffixes") if w[-1] in "局厅委协办校部组")


_AREA_BEFORE = re.compile(r"(?:[一-鿿]{1,8}|[xX×*]{1,4})?[省市县区州盟旗]$")


def _office_edge(text: str, suffix: int) -> int:
    """An office's name begins with its area (某市科技局, 省科技厅, xx县科学技术局) and with nothing else."""
    window = text[max(0, suffix - 9) : suffix]
    if not window or window[-1] not in "省市县区州盟旗":
        return suffix
    masked = re.search(r"[xX×*]{1,4}[省市县区州盟旗]$", window)
    if masked:
        return suffix - len(masked[0])
    for size in range(len(window), 1, -1):
        if window[-size:] in places.table():
            return suffix - size
    return suffix - 1


_EDGE = re.compile(r"[^一-鿿A-Za-z0-9×*·+&（）]")
_OPEN_BRACKET = re.compile(r"（[^）]*$")


def _left_edge(text: str, suffix: int, end: int) -> int:
    """Where an organisation's name begins, going left from its suffix: the last delimiter, predicate or preposition."""
    at = suffix
    while at and text[at - 1] in "xX×*":
        at -= 1
    if at < suffix:
        return at
    begin = max(0, suffix - 28)
    window = text[begin:end]
    cut = 0
    for edge in _EDGE.finditer(window, 0, suffix - begin):
        cut = edge.end()
    opened = _OPEN_BRACKET.search(window, cut, suffix - begin)
    if opened:
        cut = opened.start() + 1
    lead = _lead_pattern().match(window[cut : suffix - begin + 4])
    if lead and cut + lead.end() <= suffix - begin:
        cut += lead.end()
    trimmed = _HEAD_TRIM.match(window[cut:])
    return begin + cut + (trimmed.end() if trimmed else 0)


def _places(text: str) -> Iterator[tuple[int, int, NameType]]:
    for start, end in places.find(text, frozenset(words("ambiguous"))):
        yield start, end, "place"
    for m in _MASKED_PLACE.finditer(text):
        yield m.start(), m.end(), "place"
    for m in _SMALL_PLACE.finditer(text):
        head = _HAN_TAIL.search(text, max(0, m.start() - 6), m.start())
        if not head or head[0].endswith(_NOT_SMALL):
            continue
        word = head[0]
        lead = _PLACE_LEAD.match(word)
        word = word[lead.end() :] if lead else word
        if word and len(word) <= 4 and not _PLACE_LEAD.match(word + "X"):
            yield m.start() - len(word), m.end(), "place"


_HAN_TAIL = re.compile(r"[一-鿿]{1,6}$")
_PLACE_LEAD = re.compile(r".*[在到于为对向和与及至扶驻入赴是由往从的了合托辖助局进领担成包结访对查](?=.)")


def _persons(text: str) -> Iterator[tuple[int, int, NameType]]:
    after, before = _person_patterns()
    for m in after.finditer(text):
        if text[max(0, m.start() - 3) : m.start(1)].endswith(_ROLE_WORDS):
            yield m.start(1), m.end(1), "person"
    for m in before.finditer(text):
        yield m.start(1), m.end(1), "person"


_LEGAL_FORM = re.compile(r"(?:股份|有限|责任|集团|公司|专业|合作社)+$|[（）]")


def near_duplicates(found: Iterable[Name], score: float = 70.0) -> list[tuple[Name, Name]]:
    """Pairs of different organisation names that may be one: one holds the other's core, or they differ in a word.

    ``score`` is the least similarity (0–100, rapidfuzz ratio) of the names without their legal form.
    """
    first: dict[str, Name] = {}
    for name in found:
        if name.type == "organisation":
            first.setdefault(name.text, name)
    candidates = list(first.values())[:400]
    cores = [_LEGAL_FORM.sub("", n.text) for n in candidates]
    pairs = []
    for i, one in enumerate(candidates):
        for j in range(i + 1, len(candidates)):
            if len(cores[i]) < 3 or len(cores[j]) < 3:
                continue
            alike = cores[i] == cores[j] or cores[i] in cores[j] or cores[j] in cores[i]
            if alike or (cores[i][:4] == cores[j][:4] and fuzz.ratio(cores[i], cores[j]) >= score):
                pairs.append((one, candidates[j]))
    return pairs
