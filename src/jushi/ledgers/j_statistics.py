"""J 科技统计: survey rounds with their returns, and figures from other authorities."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from jushi.entities.models import ExternalFigure, Return, Survey
from jushi.entities.models.make import BASES
from jushi.ledger.columns import AreaLink, Day, FieldChoice, Flag, Link, LongText, Money, Number, Text
from jushi.ledger.columns.tally import Tally
from jushi.ledger.declaration import Group as Fields
from jushi.ledger.declaration import Ledger, Stage
from jushi.ledger.indicators import Count, External, Ratio
from jushi.ledger.marks import Mark
from jushi.ledger.reminders import Reminder
from jushi.ledgers.checks_j import every_return_settled, excuse_has_reason, figure_has_day
from jushi.ledgers.j_digests import scope_of

# A number that is stated, not counted: of what, for when and where, on which basis, up to which day.
FIGURE = (
    Text("measure", main=True, required=True, search=True, example="常住人口"),
    Text("title", "名称", search=True, listed=False),
    Text("period", required=True, filter=True, example="2015"),
    AreaLink("area", filter=True),
    Number("value", places=3, minimum=None, required=True),
    Text("unit", required=True),
    FieldChoice("basis", options=dict(BASES), required=True, filter=True, default="verified"),
    Day("as_of", filter=True, sort=True),
)

external_figures = Ledger(
    "external_figures", "外部数据", ExternalFigure, ("external",), "J", "planning", at="as_of",
    key=("measure", "period", "basis", "area"), rows=("J02",), unit="项",
    hint="人口、地区生产总值、研发经费等由别的部门公布的数，以及全年预计数，写明来源和截至日期。",
    columns=(
        *FIGURE,
        Text("source", required=True),
        Day("published_on", sort=True, listed=False),
    ),
    checks=(figure_has_day,),
    indicators=(
        External("outside.gdp", "地区生产总值", "亿元", figure="地区生产总值", places=2, words="统计部门公布的最近一次地区生产总值"),
        External("outside.rd", "全社会研发经费支出", "亿元", figure="研发经费支出", places=3, words="统计部门反馈的全社会研发（R&D）经费支出"),
        Ratio("rd.share_of_gdp", "R&D经费支出占GDP比重", "%", catalogue="IJ05", top="outside.rd", bottom="outside.gdp", scale=100,
              words="全社会研发经费支出除以地区生产总值", aliases=("研究与发展经费支出", "研发投入强度")),
    ),
)  # fmt: skip


def _returns_due(county: str, on: date) -> Iterable[Reminder]:
    """Units that have not passed in rounds whose deadline is near or over."""
    rows = Return.objects.filter(
        county=county, kind__in=("outreach_return", "private_return"), passed_on=None, survey__closed_on=None, survey__due_on__isnull=False
    )  # fmt: skip
    rows = rows.exclude(stage="excused").exclude(state="void").filter(survey__opens_on__lte=on)
    for kind, pk, due, survey, unit in rows.order_by("survey__due_on").values_list(
        "kind", "pk", "survey__due_on", "survey__title", "organisation__title"
    ):
        if (due - on).days <= 5:
            office = "outreach" if kind == "outreach_return" else "planning"
            yield Reminder(f"{kind}s", f"{unit}还没有报送或通过“{survey}”，请催报", office, due, pk)


ROUND = (
    Text("title", "调查", main=True, required=True, search=True),
    Text("period", "调查年度", required=True, filter=True, example="2014"),
    Text("issuer", listed=False),
    Day("opens_on", required=True, filter=True, sort=True),
    Day("due_on", required=True, filter=True, sort=True),
    Day("reported_on", listed=False),
    Day("closed_on", "汇总锁定日期", sort=True),
    Tally("units", "应报单位", table="entities.Return", link="survey", record=None, unit="个"),
    Tally(
        "passed",
        "已通过",
        table="entities.Return",
        link="survey",
        record=None,
        where=Q(passed_on__isnull=False),
        unit="个",
    ),
)
ROUND_STAGES = (
    Stage("opened", "布置", ("collecting",), date="opens_on"), Stage("collecting", "填报", ("checking",)),
    Stage("checking", "审核", ("collecting", "locked")), Stage("locked", "汇总锁定", ("reported",), date="closed_on",
                                                            rule=every_return_settled),
    Stage("reported", "上报", date="reported_on", final=True),
)  # fmt: skip
ANSWERS = (
    Text("title", "报表", main=True, required=True, search=True),
    Link("survey", required=True, filter=True),
    Link("organisation", required=True, filter=True),
    Day("submitted_on", filter=True, sort=True),
    Day("returned_on", listed=False),
    Day("passed_on", filter=True, sort=True),
    LongText("reason", "说明（免报原因）"),
)
RETURN_STAGES = (
    Stage("listed", "待报", ("submitted", "excused")), Stage("submitted", "已报", ("passed", "returned"), date="submitted_on"),
    Stage("returned", "退回", ("submitted",), date="returned_on", needs=("reason",)),
    Stage("passed", "通过", date="passed_on", other=True, final=True), Stage("excused", "免报", needs=("reason",), final=True),
)  # fmt: skip
LATE = Mark(
    "late",
    "逾期未报",
    "red",
    lambda county, day: Q(survey__due_on__lt=day, passed_on=None) & ~Q(stage="excused"),
    "请催报",
)

outreach_surveys = Ledger(
    "outreach_surveys", "科普统计", Survey, ("outreach_survey",), "J", "outreach", at="opens_on", key=("title", "period"),
    rows=("J05",), unit="次", columns=ROUND, stages=ROUND_STAGES,
    digests=(scope_of("outreach_returns"),), hint="每年一次调查一行；成员单位的报表全部通过或免报后才能锁定汇总。",
    indicators=(Count("surveys.outreach", "开展科普统计次数", "次", words="布置日期在期内的科普统计次数"),),
)  # fmt: skip

outreach_returns = Ledger(
    "outreach_returns", "科普统计报表", Return, ("outreach_return",), "J", "outreach", at="submitted_on",
    key=("survey", "organisation"), rows=("J05",), unit="份", parent="outreach_surveys", checks=(excuse_has_reason,),
    hint="每个应报单位一份；先登记单位，再填人员、场地、经费、传媒、活动各项。", stages=RETURN_STAGES, marks=(LATE,),
    reminders=(_returns_due,),
    columns=(
        *ANSWERS,
        Number("people", "科普人员", unit="人", detail=True, listed=False),
        Number("sites", "科普场地", unit="个", detail=True, listed=False),
        Number("money", "科普经费", unit="元", places=2, detail=True, listed=False),
        Number("media", "科普传媒", unit="种", detail=True, listed=False),
        Number("events", "科普活动", unit="次", detail=True, listed=False),
    ),
    form=(Fields("报表", "title survey organisation submitted_on passed_on returned_on reason"),
          Fields("数据", "people sites money media events")),
    indicators=(
        Count("surveys.outreach_returns", "科普统计报送单位数", "个", words="报送日期在期内的科普统计报表份数"),
        Count("surveys.outreach_passed", "科普统计通过单位数", "个", at="passed_on", words="审核通过日期在期内的报表份数"),
    ),
)  # fmt: skip

private_surveys = Ledger(
    "private_surveys", "民营科技企业统计", Survey, ("private_survey",), "J", "planning", at="opens_on", key=("title", "period"),
    rows=("J06",), unit="次", columns=ROUND, stages=ROUND_STAGES, parent="outreach_surveys",
    digests=(scope_of("private_returns"),),
    hint="填报范围由单位名册中的民营科技企业提出，确认后逐家登记。",
    indicators=(Count("surveys.private", "开展民营科技企业统计次数", "次", words="布置日期在期内的民营科技企业统计次数"),),
)  # fmt: skip

private_returns = Ledger(
    "private_returns", "民营科技企业报表", Return, ("private_return",), "J", "planning", at="submitted_on",
    key=("survey", "organisation"), rows=("J06",), unit="份", parent="outreach_surveys", checks=(excuse_has_reason,),
    hint="每家企业一份。", stages=RETURN_STAGES, marks=(LATE,),
    columns=(
        *ANSWERS,
        Money("revenue", unit="万元", total=True, listed=False),
        Money("rd_expense", unit="万元", total=True, listed=False),
        Number("rd_staff", unit="人", total=True, listed=False),
        Flag("is_above_scale", filter=True, listed=False),
    ),
    indicators=(
        Count("surveys.private_returns", "民营科技企业报送家数", "家", words="报送日期在期内的民营科技企业报表份数"),
    ),
)  # fmt: skip

LEDGERS = (external_figures, outreach_surveys, outreach_returns, private_surveys, private_returns)
