"""Names: one firm under two names, institutions that lost a character, real names in masked texts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from rapidfuzz import fuzz

from jushi.proof.build import Emit, rule
from jushi.proof.lexicon import searched
from jushi.proof.model import Finding, Rule
from jushi.proof.rules.consistency import BASIS
from jushi.proof.view import View

searched("公司", "科学院", "研究院", "研究所", "农科院", "大学", "学院", "研究中心", "实验室", "专业合作社", "家庭农场", "工业园", "集团")
_FIRM = re.compile(r"[\u4e00-\u9fffxX×*（）]{2,26}?(?:股份有限公司|有限责任公司|有限公司|科技公司)")


_LEAD = re.compile(
    r"^.*(?:推荐|组织|引进|扶持|培育|支持|邀请|协助|帮助|指导|对接|达成|依托|以及|其中|企业|(?<=[\u4e00-\u9fff])(?:以|与|由|为|和|及|给|向|将|把|在|是|有(?!限)|对|等|的|有关|了|至|入))(?=[\u4e00-\u9fffxX×]{4})"
)


_LEGAL = re.compile(r"(?:股份有限公司|有限责任公司|有限公司|公司)$")


_AREA = re.compile(r"^[xX×*]{1,4}[县市区省州镇乡]?")


_INSTITUTES = {word: re.compile(rf"[\u4e00-\u9fff]{{4,20}}{word}") for word in ("研究所", "研究院", "大学", "学院", "研究中心", "实验室")}


def _firms(view: View) -> dict[str, list[tuple[int, int]]]:
    """Company names without the words before them, and where they stand."""
    provinces = tuple(entry.word for entry in view.lexicon["provinces"])
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for match in view.around("公司", _FIRM, 30, 2):
        name, start = match[0], match.start()
        lead = _LEAD.match(name)
        if lead:
            name, start = name[lead.end() :], start + lead.end()
        area = _AREA.match(name)
        if area and area.end() < len(name) - 6:
            name, start = name[area.end() :], start + area.end()
        for province in provinces:
            if name.startswith(province) and len(name) > len(province) + 6:
                name, start = name[len(province) :], start + len(province)
        if len(_LEGAL.sub("", name)) >= 4 and not re.match(r"[xX×*]", name):
            found[name].append((start, match.end()))
    return found


def _one_firm_two_names(view: View, emit: Emit) -> Iterator[Finding]:
    firms = _firms(view)
    groups: dict[str, list[str]] = defaultdict(list)
    for name in firms:
        groups[name[:3]].append(name)
    for names in groups.values():
        for one, two in combinations(names[:12], 2):
            if not _alike(one, two):
                continue
            short, full = sorted((one, two), key=lambda n: (len(firms[n]), len(n)))
            clipped = _within(_LEGAL.sub("", short), full) or _within(_LEGAL.sub("", full), short)
            yield emit(
                view,
                firms[short][0],
                f"名称不一致：此处作“{short}”，他处作“{full}”，请核对是否同一单位",
                full,
                level=None if clipped else "hint",
                related=(firms[full][0],),
            )
            yield emit(
                view,
                firms[full][0],
                f"名称相近：此处作“{full}”，他处作“{short}”，请核对是否同一单位",
                short,
                level="hint",
                related=(firms[short][0],),
            )


def _within(short: str, full: str) -> bool:
    """True where the characters of one name stand in the other in the same order."""
    rest = iter(full)
    return all(char in rest for char in short)


def _alike(one: str, two: str) -> bool:
    a, b = _LEGAL.sub("", one), _LEGAL.sub("", two)
    shared = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return shared >= 3 and (shared >= 4 or "×" in a[:3] or fuzz.ratio(a, b) >= 65) and fuzz.ratio(a, b) >= 55


def _clipped_name(view: View, emit: Emit) -> Iterator[Finding]:
    """An institution that stands elsewhere with its last character and here without it."""
    names: set[str] = set()
    for anchor, regex in _INSTITUTES.items():
        for match in view.around(anchor, regex, 22, 4):
            lead = _LEAD.match(match[0])
            name = match[0][lead.end() :] if lead else match[0]
            if len(name) >= 7:
                names.add(re.sub(r"^(?:我县|与|和|依托|同|到)", "", name))
    for name in sorted(names, key=len, reverse=True)[:60]:
        stem, at = name[:-1], view.norm.find(name[:-1])
        while at >= 0:
            end = at + len(stem)
            if view.norm[end : end + 1] in tuple("，。、；）") and not stem.endswith(("大", "中")):
                yield emit(view, (at, end), f"机构名缺字：他处作“{name}”", name)
                message = f"机构名前后不一：此处作“{stem}”，他处作“{name}”"
                yield emit(view, (at, end), message, name, level="hint", kind="name_inconsistent")
            at = view.norm.find(stem, end)


_ACADEMY = re.compile(r"[\u4e00-\u9fff]{4,14}(?:科学院|研究院|研究所|农科院)")


def _two_academies(view: View, emit: Emit) -> Iterator[Finding]:
    """An academy under a long and a shortened name: 东山农业科学研究院, 东山农业科学院."""
    found: dict[str, tuple[int, int]] = {}
    for anchor in ("科学院", "研究院", "研究所", "农科院"):
        for match in view.around(anchor, _ACADEMY, 16, 4):
            lead = _LEAD.match(match[0])
            start = match.start() + (lead.end() if lead else 0)
            start += view.norm[start] in "与和同到由"
            found.setdefault(view.norm[start : match.end()], (start, match.end()))
    for one, two in combinations(sorted(found, key=len), 2):
        same = len(one) >= 6 and one[:4] == two[:4] and one[-1] == two[-1] and 1 <= len(two) - len(one) <= 2
        if same and _within(one, two):
            yield emit(view, found[one], f"机构名前后不一：此处作“{one}”，他处作“{two}”，请核对是否同一单位", two, related=(found[two],))


def _parallel_leak(view: View, emit: Emit) -> Iterator[Finding]:
    """“xx先锋” is masked while its sibling “某地先锋” is not."""
    suffixes = {m[1] for m in re.finditer(r"“[xX×*]{1,4}([\u4e00-\u9fff]{2,4})”", view.text)}
    for suffix in sorted(suffixes):
        for match in re.finditer(rf"“([\u4e00-\u9fff]{{2,3}}){suffix}”", view.text):
            yield emit(view, match.span(1), f"同类名称已脱敏，此处仍出现“{match[1]}”")
    if view.masked:
        for match in re.finditer(
            r"[“‘]([\u4e00-\u9fff]{1,3})[xX×*]+号|[xX×]公司“([\u4e00-\u9fff]{2,6})(?:星创天地|众创空间|牌)|(?<![xX×])[xX×]++(?:有限责任|有限)公司“([\u4e00-\u9fff]{2,6})星创天地",
            view.text,
        ):
            group = next(i for i in (1, 2, 3) if match[i])
            yield emit(view, match.span(group), f"文稿已脱敏，专名“{match[group]}”可能泄露身份")
        for match in view.around("等", _SITES, 40, 10):
            yield emit(view, match.span(1), "文稿已脱敏，此处仍列出地名")


_SITES = re.compile(
    r"(?:深入|在|到|和|赴)((?:[\u4e00-\u9fff]{2,3}、){2,}[\u4e00-\u9fff]{2,4})等[\u4e00-\u9fff]{0,8}?(?:示范点|农业区|村|乡镇|园区|社区)"
)


_MASKED_FIRM = re.compile(r"[xX×][xX×]{1,3}(?:[\u4e00-\u9fff]{0,4})公司")
_REAL_BODY = re.compile(r"[\u4e00-\u9fff]{4,14}?(?:专业合作社|家庭农场|工业园|集团)")
_SUPPORTED = re.compile(r"(?:指导|推荐|组织|支持|扶持)((?:[\u4e00-\u9fff]{3,8}、){1,6}[\u4e00-\u9fff]{3,8})等(?:企业|公司|单位)?(?:申报|认定|开展)")


def _leak_firms(view: View, emit: Emit) -> Iterator[Finding]:
    """Firms are masked throughout, yet some are named."""
    if sum(1 for _ in zip(range(2), _MASKED_FIRM.finditer(view.norm), strict=False)) < 2:
        return
    seen: set[str] = set()
    real = [(spans[0], name) for name, spans in _firms(view).items() if not re.search(r"[xX×]", name)]
    for anchor in ("专业合作社", "家庭农场", "工业园", "集团"):
        for match in view.around(anchor, _REAL_BODY, 20, 6):
            lead = _LEAD.match(match[0])
            start = match.start() + (lead.end() if lead else 0)
            start += 2 if view.norm[start : start + 2] in ("我县", "我市", "我区") else 0
            real.append(((start, match.end()), view.norm[start : match.end()]))
    for match in view.around("等", _SUPPORTED, 60, 8):
        real.append((match.span(1), match[1]))
    for span, name in real:
        if name not in seen and len(name) >= 4 and name[:2] != "农民":
            seen.add(name)
            yield emit(view, span, f"文稿已脱敏，此处仍出现单位名“{name}”")


NAMES: tuple[Rule, ...] = (
    rule(
        "K10",
        "leak_name",
        "hint",
        "脱敏文稿漏改单位名",
        "《中华人民共和国个人信息保护法》（2021）",
        _leak_firms,
        ["xx有限公司申报星火项目，xx有限公司申报创新资金。青禾粮油农民专业合作社通过验收。"],
        ["xx有限公司申报星火项目，xx有限公司申报创新资金。"],
    ),
    rule(
        "K01",
        "name_inconsistent",
        "warning",
        "单位名称前后不一",
        BASIS,
        _one_firm_two_names,
        ["支持青禾农业有限公司建设。青禾农业开发有限责任公司获奖，青禾农业开发有限责任公司通过验收。"],
        ["支持青禾农业有限公司建设。青禾农业有限公司获奖。红旗机械有限公司通过验收。"],
    ),
    rule(
        "K01b",
        "name_inconsistent",
        "hint",
        "科研机构名前后不一",
        BASIS,
        _two_academies,
        ["与东山农业科学研究院签订协议；东山农业科学院专家来县指导。"],
        ["与东山农业科学院签订协议；西湖医学科学院专家来县指导。"],
    ),
    rule(
        "K02",
        "missing_char",
        "error",
        "机构名缺字",
        BASIS,
        _clipped_name,
        ["依托东山中医药科学院药物研究所，推广技术。与东山中医药科学院药物研究、东山商会达成合作。"],
        ["依托东山中医药科学院药物研究所，推广技术。"],
    ),
    rule(
        "K08",
        "leak_name",
        "hint",
        "脱敏文稿漏改专名",
        "《中华人民共和国个人信息保护法》（2021）",
        _parallel_leak,
        ["用好“东山先锋”、“xx先锋”公众号。", "xx县选育的“东麻X号”通过鉴定，xx县推广。"],
        ["用好“东山先锋”公众号。"],
    ),
)
