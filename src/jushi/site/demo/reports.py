"""Editions of a demonstration bureau: the replayed summary being written, and the year before signed and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from jushi.kernel.periods import parse
from jushi.reports import editions
from jushi.reports.models import STEPS, Edition
from jushi.site.demo.world import World

YEARLY: Mapping[str, Mapping[str, str]] = {
    "outreach": {"进社区主题": "“科技惠民、创新创业”主题"},
    "ip": {"两项指标完成情况": "市里下达的两项经济社会发展指标预计均可完成。"},
    "party": {
        "其他工作": "精神文明创建、综合治理、安全生产、计划生育等工作按要求逐项落实，各股室台账齐全。",
        "专题教育": "把学习心得用到项目服务、示范推广和帮扶培训上，做到学习与业务两不误。",
    },
}  # fmt: skip

HALF: Mapping[str, Mapping[str, str]] = {
    "management": {"统计工作": "完成科普统计和民营科技企业统计的布置、催报与审核。"},
    "outreach": {
        "特派员关怀": "从工作条件、生活补助和评优推荐上给予支持",
        "三下乡主题": "科技三下乡和科技活动周",
    },
    "education": {
        "学习教育": "学在前、学得深。组织全局干部系统学习中央和省、市、县有关文件，撰写心得，开展讨论。",
        "对照检查": "班子和成员对照群众意见逐条剖析，撰写检查材料，即知即改。",
    },
    "expropriation": {"征收做法": "主要领导带头上门，分管领导逐户负责，全体干部先学政策再做工作，帮助农户解决搬迁中的实际困难。"},
    "three_send": {"三送做法": "干部吃住在村，把群众说的事一件件记进民情台账，能办的马上办，不能办的说清楚、往上报。"},
    "plan_education": {"教育打算": "继续抓好后两个环节，认真谈心谈话，开好专题民主生活会和组织生活会，对照台账逐项销号。"},
    "plan_projects": {"项目打算": "继续深入工业和涉农企业调研，为入园入企的科技人员做好服务。"},
}


def load(world: World) -> None:
    """One edition under way for the replayed period; in the district also the year before, signed."""
    if world.county == "990102":
        write(world, "2014", "year_items", YEARLY, sign=date(2015, 1, 12))
        write(world, "2015", "year_items", YEARLY)
    elif world.county == "990124":
        write(world, "2014H1", "half_slogans", HALF)


def write(world: World, period: str, template: str, notes: Mapping[str, Mapping[str, str]], *, sign: date | None = None) -> Edition:
    """An edition with the offices' fragments written; signed and frozen when ``sign`` gives the date."""
    edition = editions.create(world.bureau, world.bureau.area, parse(period), template=template, user=world.users["tonggao"])
    for section in edition.sections.all():
        texts = notes.get(section.key, {})
        if texts:
            editions.write_section(section, version=section.version, notes={k: {"text": v} for k, v in texts.items()})
    if sign is not None:
        edition.dated = sign
        for step, _ in STEPS[1:]:
            editions.advance(edition, step, user=world.users["juzhang"])
    return edition
