"""D 知识产权、成果与奖励: patents, valid inventions, technical protocols."""

from __future__ import annotations

from django.db.models import Q

from jushi.entities.checks import patent_number
from jushi.entities.models import IPRight
from jushi.ledger.columns import Choice, Day, Flag, Link, LongText, Money, Text
from jushi.ledger.declaration import Group, Ledger, Stage
from jushi.ledger.indicators import Count, External, Forecast, Ratio, Stock

PATENT_TYPES = {"invention": "发明", "utility": "实用新型", "design": "外观设计"}

patents = Ledger(
    "patents", "专利台账", IPRight, ("patent",), "D", "ip", at="applied_on", key=("number",), rows=("D01", "D02"), unit="件",
    hint="每件专利一行，从申请到失效；可从市局下发的专利清单直接导入。",
    columns=(
        Text("number", main=True, required=True, search=True, check=patent_number, example="201510601862.1"),
        Text("title", "专利名称", required=True, search=True),
        Choice("type", options=PATENT_TYPES, filter=True, required=True),
        Day("applied_on", filter=True, sort=True, required=True),
        Day("granted_on", filter=True, sort=True),
        Day("ended_on", listed=False),
        Link("owner", "权利人（单位）", filter=True),
        Text("inventors", listed=False),
        Text("agency", listed=False),
        Flag("is_pledged", listed=False),
        Money("fee", unit="元", total=True, listed=False),
        LongText("co_owners"),
        Text("end_reason", listed=False),
    ),
    form=(
        Group("基本信息", "number title type"),
        Group("申请与授权", "applied_on granted_on ended_on end_reason agency fee"),
        Group("权利人", "owner co_owners inventors is_pledged"),
    ),
    stages=(
        Stage("filed", "申请", ("published", "granted", "refused", "withdrawn")),
        Stage("published", "公开", ("granted", "refused", "withdrawn"), date="published_on"),
        Stage("granted", "有效", ("ended",), date="granted_on"),
        Stage("ended", "终止、届满", ("granted",), date="ended_on", needs=("end_reason",), final=True),
        Stage("refused", "驳回", final=True),
        Stage("withdrawn", "撤回", final=True),
    ),
    indicators=(
        Count("patents.filed", "专利申请量", "件", catalogue="ID01", by=("type", "owner", "area"),
              words="申请日在期内的专利件数，按申请号去重", aliases=("专利申请",)),
        Count("patents.filed_inventions", "发明专利申请量", "件", where=Q(type="invention"), words="其中类型为发明的"),
        Forecast("patents.filed_forecast", "专利申请量全年预计", "件", catalogue="ID02", figure="专利申请量",
                 words="经办人对全年申请量的预计，带预计人和日期，不与已完成数相混"),
        Count("patents.granted", "专利授权量", "件", at="granted_on", by=("type", "owner", "area"), words="授权公告日在期内的专利件数"),
        Stock("patents.valid_inventions", "有效发明专利拥有量", "件", where=Q(type="invention"), valid=("granted_on", "ended_on"),
              by=("owner", "area"), words="截至期末已授权且未失效的发明专利件数"),
        External("population", "常住人口", "万人", figure="常住人口", places=2, words="统计部门公布的最近一次常住人口"),
        Ratio("patents.per_10k", "每万人发明专利拥有量", "件/万人", catalogue="ID06", top="patents.valid_inventions",
              bottom="population", places=1, words="有效发明专利拥有量除以常住人口（万人）"),
    ),
)  # fmt: skip

LEDGERS = (patents,)
