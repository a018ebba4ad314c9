"""D 知识产权、成果与奖励: patents and their stock, technical protocols, publicity days."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q

from jushi.entities.checks import patent_number
from jushi.entities.models import Activity, AgriTech, IPRight
from jushi.kernel.models import Rule
from jushi.ledger.columns import Choice, Day, Flag, Link, LongText, Money, Output, Tags, Text
from jushi.ledger.declaration import Group, Ledger, Stage
from jushi.ledger.indicators import Count, External, Forecast, Formula, Ratio, Stock
from jushi.ledger.marks import Mark
from jushi.ledgers.checks_d import PATENT_TYPES, patent_is_consistent, protocol_is_dated
from jushi.ledgers.d_digests import CODES


def _fee_due_soon(county: str, day: date) -> Q:
    """Patents in force whose yearly fee (by the day and month of filing) falls due within the rule's days."""
    soon = [day + timedelta(days=n) for n in range(Rule.current("patent_fee_soon_days", county, day) + 1)]
    falls = Q(pk__in=[])
    for month in sorted({d.month for d in soon}):
        falls |= Q(applied_on__month=month, applied_on__day__in=[d.day for d in soon if d.month == month])
    return Q(granted_on__lte=day, ended_on=None) & falls


patents = Ledger(
    "patents", "专利台账", IPRight, ("patent",), "D", "ip", at="applied_on", key=("number",), rows=("D01", "D02"),
    unit="件", hint="每件专利一行，从申请到失效；可从市局下发的专利清单直接导入。", checks=(patent_is_consistent,),
    columns=(
        Text("number", main=True, required=True, search=True, check=patent_number, example="201510601862.1"),
        Text("title", "专利名称", required=True, search=True),
        Choice("type", options=PATENT_TYPES, filter=True, required=True),
        Day("applied_on", filter=True, sort=True, required=True),
        Day("published_on", filter=True, sort=True, listed=False),
        Day("granted_on", filter=True, sort=True),
        Day("ended_on", filter=True, sort=True, listed=False),
        Link("owner", "权利人（单位）", filter=True),
        Link("owner_person", "权利人（个人）", listed=False),
        Choice("field", dictionary="ip_field", filter=True, listed=False),
        Text("inventors", "发明（设计）人", listed=False),
        Text("agency", listed=False),
        Flag("is_pledged", listed=False),
        Money("fee", unit="元", total=True, listed=False),
        LongText("co_owners"),
        Choice("end_reason", dictionary="patent_end", listed=False),
    ),
    form=(
        Group("基本信息", "number title type field"),
        Group("申请与授权", "applied_on published_on granted_on ended_on end_reason agency fee"),
        Group("权利人", "owner owner_person co_owners inventors is_pledged"),
    ),
    stages=(
        Stage("filed", "申请", ("published", "granted", "refused", "withdrawn")),
        Stage("published", "公开", ("granted", "refused", "withdrawn"), date="published_on"),
        Stage("granted", "有效", ("ended",), date="granted_on"),
        Stage("ended", "终止、届满", ("granted",), date="ended_on", needs=("end_reason",), final=True),
        Stage("refused", "驳回", final=True),
        Stage("withdrawn", "撤回", final=True),
    ),
    marks=(Mark("fee_soon", "年费将到期", "yellow", _fee_due_soon, "提醒权利人缴费，避免失效"),),
    indicators=(
        Count("patents.filed", "专利申请量", "件", catalogue="ID01", by=("type", "field", "owner", "area"),
              words="申请日在期内的专利件数，按申请号去重", aliases=("专利申请", "完成专利申请"), item="{title}",
              beside=("patents.filed_forecast",)),
        Count("patents.filed_inventions", "发明专利申请量", "件", where=Q(type="invention"), by=("owner", "area"),
              words="申请日在期内、类型为发明的专利件数"),
        Count("patents.filed_utility", "实用新型专利申请量", "件", where=Q(type="utility"), by=("owner", "area"),
              words="申请日在期内、类型为实用新型的专利件数"),
        Count("patents.filed_design", "外观设计专利申请量", "件", where=Q(type="design"), by=("owner", "area"),
              words="申请日在期内、类型为外观设计的专利件数"),
        Formula("patents.filed_by_type", "专利申请量（三类合计）", "件", words="发明、实用新型、外观设计申请量之和，应等于专利申请量",
                plus=("patents.filed_inventions", "patents.filed_utility", "patents.filed_design")),
        Forecast("patents.filed_forecast", "专利申请量全年预计", "件", catalogue="ID02", figure="专利申请量",
                 words="经办人对全年申请量的预计，带预计人和日期，不与已完成数相混", aliases=("全年预计",)),
        Count("patents.granted", "专利授权量", "件", catalogue="ID03", at="granted_on", by=("type", "field", "owner", "area"),
              words="授权公告日在期内的专利件数", aliases=("专利授权",)),
        Count("patents.granted_inventions", "发明专利授权量", "件", catalogue="ID04", at="granted_on", where=Q(type="invention"),
              by=("owner", "area"), words="授权公告日在期内、类型为发明的专利件数", aliases=("授权发明专利",)),
        Stock("patents.valid", "有效专利拥有量", "件", valid=("granted_on", "ended_on"), by=("type", "owner", "area"),
              words="截至期末已授权且未失效的专利件数"),
        Stock("patents.valid_inventions", "有效发明专利拥有量", "件", catalogue="ID05", where=Q(type="invention"),
              valid=("granted_on", "ended_on"), by=("owner", "area"), words="截至期末已授权且未失效的发明专利件数",
              aliases=("有效发明专利",)),
        External("population", "常住人口", "万人", figure="常住人口", places=2, words="统计部门公布的最近一次常住人口"),
        Ratio("patents.per_10k", "每万人发明专利拥有量", "件/万人", catalogue="ID06", top="patents.valid_inventions",
              bottom="population", places=1, words="有效发明专利拥有量除以常住人口（万人）", aliases=("万人发明专利拥有量",)),
    ),
    sentences={
        "patents.filed": "申请专利{patents.filed}{?（{patents.filed|按类型}）?}{?，全年{patents.filed_forecast|预计|以上}?}。",
        "patents.granted": "{?获得专利授权{patents.granted}，?}{?其中发明{patents.granted_inventions}，?}"
                           "截至期末拥有有效发明专利{patents.valid_inventions}{?，每万人拥有{patents.per_10k|值}件?}。",
    },
)  # fmt: skip

protocols = Ledger(
    "protocols", "技术规程", AgriTech, ("protocol",), "D", "rural", at="issued_on", key=("title", "edition"), rows=("D13",),
    unit="项", hint="每项规程一行，附规程文本；示范点、培训和现场扫码都引用这里的规程。", checks=(protocol_is_dated,), digests=(CODES,),
    columns=(
        Text("title", "规程名称", main=True, required=True, search=True),
        Text("crop", filter=True, required=True),
        Text("category", "类别", filter=True, listed=False),
        Text("edition", "版本", required=True, default="第一版"),
        Text("number", "标准编号", listed=False),
        Day("drafted_on", listed=False),
        Day("appraised_on", "评审日期", filter=True, sort=True, listed=False),
        Day("issued_on", filter=True, sort=True),
        Day("revised_on", listed=False),
        Link("organisation", "制定单位", filter=True),
        Link("previous", "前一版本", kinds=("protocol",), listed=False),
        Link("document", "规程文本", listed=False),
        LongText("result", "要点"),
    ),
    form=(Group("基本信息", "title crop category edition number organisation previous document"),
          Group("过程", "drafted_on appraised_on issued_on revised_on result")),
    stages=(
        Stage("drafted", "起草", ("reviewed",), date="drafted_on"),
        Stage("reviewed", "评审", ("issued", "drafted"), date="appraised_on", other=True),
        Stage("issued", "发布", ("revised",), date="issued_on"),
        Stage("revised", "已修订", date="revised_on", final=True),
    ),
    indicators=(
        Count("protocols.issued", "制定技术规程数", "项", catalogue="ID13", by=("crop", "category"),
              words="发布日期在期内的技术规程项数，修订版另计一项", aliases=("制定技术规程", "技术规程"), item="{title}"),
        Count("protocols.vegetable", "制定无公害蔬菜种植技术规程数", "项", where=Q(category="无公害蔬菜"), by=("crop",),
              words="发布日期在期内、类别为无公害蔬菜的技术规程项数", aliases=("无公害蔬菜种植技术规程",), item="{title}"),
    ),
    sentences={"protocols.issued": "{?编制发布技术规程{protocols.issued}：{protocols.issued|名单}。?}"},
)  # fmt: skip

ip_publicity = Ledger(
    "ip_publicity", "知识产权宣传活动", Activity, (), "D", "ip", at="held_on", key=("title", "held_on"), rows=("D04",), unit="场",
    hint="凡标了“知识产权宣传”的活动都汇到这里；在原台账登记活动时勾选该标签即可，一场活动只登记一次。",
    tagged=("ip_publicity",), read_only=True,
    columns=(
        Text("title", "活动名称", main=True, search=True),
        Day("held_on", filter=True, sort=True),
        Text("theme", "宣传内容", search=True),
        Text("place"),
        Text("audience"),
        Tags("tags", "活动标签"),
        Output("leaflets", "发放资料", measure="leaflets", unit="份"),
        Output("consultations", "咨询", measure="consultations", unit="人次"),
    ),
    indicators=(
        Count("ip_publicity.events", "知识产权宣传活动", "场", words="举办日期在期内、标了知识产权宣传的活动场数，按日期列名",
              item="{title}", aliases=("知识产权宣传",)),
    ),
    sentences={"ip_publicity.events": "{?借助{ip_publicity.events|名单}宣讲专利法等法律法规，?}{?共举办知识产权宣传{ip_publicity.events}。?}"},
)  # fmt: skip

LEDGERS = (patents, protocols, ip_publicity)
