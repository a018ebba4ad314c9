"""C 科技项目与资金, the money: won from above by project, and the county's own budget for science."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q

from jushi.entities.models import Assessment, FundFlow
from jushi.kernel.models import Rule
from jushi.ledger.columns import Choice, Day, Link, LongText, Money, Number, Text
from jushi.ledger.declaration import Group, Ledger, Stage
from jushi.ledger.indicators import Count, Latest, Ratio, Stock, Total
from jushi.ledger.marks import Mark, reminding
from jushi.ledgers.c_digests import BUDGET_BY_YEAR, MONEY_OF_YEAR
from jushi.ledgers.c_projects import LEVEL
from jushi.ledgers.checks_c import flow_goes_forward, spending_stays_within

BUDGET_YEAR = Number("plan_year", "预算年度", minimum=1990, maximum=2100, required=True, filter=True)
AMOUNT = Money("amount", unit="万元", total=True, required=True)
BUDGET_ITEM = Text("budget_item", filter=True, listed=False, example="2060402 应用技术研究与开发")


def _idle(county: str, day: date) -> Q:
    since = day - timedelta(days=int(Rule.current("fund_idle_days", county, day)))
    return Q(received_on__lt=since, paid_on=None, returned_on=None)


BASES = ("funds.approved", "funds.assigned", "funds.received", "funds.paid")


def _others(code: str) -> tuple[str, ...]:
    """The other bases of the same money."""
    return tuple(other for other in BASES if other != code)


project_funds = Ledger(
    "project_funds", "上级项目资金", FundFlow, ("project_fund",), "C", "planning", at="approved_on", key=("title", "approved_on"),
    rows=("C22",), unit="笔", hint="每笔上级资金一行：批复、下达、到账、拨付是同一笔钱的四个日期；分批到账的分行登记。",
    defaults={"direction": "in"}, checks=(flow_goes_forward,), digests=(MONEY_OF_YEAR,),
    columns=(
        Text("title", "资金名称", main=True, required=True, search=True),
        Link("project", kinds=("plan_project",), filter=True),
        LEVEL,
        Choice("source", dictionary="fund_source", filter=True, listed=False),
        Text("source_number", "指标文号", search=True, example="财教〔2015〕18号"),
        AMOUNT,
        Link("payee", "承担（收款）单位", filter=True, listed=False),
        Number("plan_year", "预算年度", minimum=1990, maximum=2100, listed=False),
        Day("approved_on", filter=True, sort=True, required=True),
        Day("assigned_on", filter=True, sort=True, listed=False),
        Day("received_on", filter=True, sort=True),
        Day("paid_on", filter=True, sort=True),
        Day("returned_on", filter=True, sort=True, listed=False),
        Text("voucher_number", listed=False),
        Text("purpose", listed=False),
    ),
    form=(Group("资金", "title project level source source_number amount payee plan_year purpose"),
          Group("日期", "approved_on assigned_on received_on paid_on returned_on voucher_number")),
    stages=(
        Stage("approved", "批复", ("assigned", "received")),
        Stage("assigned", "指标下达", ("received",), date="assigned_on", needs=("source_number",)),
        Stage("received", "到账", ("paid", "returned"), date="received_on"),
        Stage("paid", "拨付", date="paid_on", needs=("payee",), final=True),
        Stage("returned", "收回", date="returned_on", final=True),
    ),
    reminders=(reminding("project_funds"),),
    marks=(Mark("idle", "资金滞留", "yellow", _idle, "查明未拨付的原因，督促拨付"),),
    indicators=(
        Total("funds.approved", "上级项目资金（批复）", "万元", of="amount", by=("level", "source", "project"), places=2,
              words="批复日期在期内的上级项目资金", aliases=("批复资金",), beside=_others("funds.approved")),
        Total("funds.assigned", "上级项目资金（下达）", "万元", of="amount", at="assigned_on", by=("level", "source"), places=2,
              words="下达日期在期内的上级项目资金", aliases=("下达资金",), beside=_others("funds.assigned")),
        Total("funds.received", "上级项目资金（到账）", "万元", of="amount", at="received_on", by=("level", "source", "project"), places=2,
              words="到账日期在期内的上级项目资金", aliases=("到账资金",), beside=_others("funds.received")),
        Total("funds.paid", "上级项目资金（拨付）", "万元", of="amount", at="paid_on", by=("level", "payee"), places=2,
              words="拨付日期在期内的上级项目资金", aliases=("拨付资金",), beside=_others("funds.paid")),
        Total("funds.province", "争取省级项目资金", "万元", catalogue="IC16", of="amount", where=Q(level="province"), by=("project",),
              places=2, words="批复日期在期内的省级项目资金（批复口径）", aliases=("争取省级项目资金", "省级项目资金"),
              beside=("funds.province_received",)),
        Total("funds.province_received", "省级项目资金（到账）", "万元", of="amount", at="received_on", where=Q(level="province"),
              by=("project",), places=2, words="到账日期在期内的省级项目资金（到账口径）", beside=("funds.province",)),
        Stock("funds.awaited", "已批复未到账资金", "万元", of="amount", valid=("approved_on", "received_on"), places=2,
              words="截至期末已批复而未到账的上级项目资金"),
        Stock("funds.held", "已到账未拨付资金", "万元", of="amount", where=Q(returned_on=None), valid=("received_on", "paid_on"), places=2,
              words="截至期末已到账而未拨付、未收回的上级项目资金"),
    ),
    sentences={"funds.won": "{?争取上级项目资金批复{funds.approved}，?}{?其中省级{funds.province}，?}期内到账{funds.received}。"},
)  # fmt: skip

science_budget = Ledger(
    "science_budget", "本级科技预算", FundFlow, ("science_budget",), "C", "finance", at="assigned_on", key=("title", "plan_year"),
    rows=("C29",), unit="笔", hint="财政每次下达本级科技经费一行（年初预算、追加分行）；增长和执行率由此算出。", defaults={"direction": "in"},
    digests=(BUDGET_BY_YEAR,),
    columns=(
        Text("title", "预算名称", main=True, required=True, search=True),
        BUDGET_YEAR, AMOUNT, BUDGET_ITEM,
        Text("source_number", "下达文号", listed=False),
        Day("assigned_on", filter=True, sort=True, required=True),
        Text("purpose", listed=False),
    ),
    stages=(Stage("planned", "预算", ("assigned",)), Stage("assigned", "下达", ("closed",), date="assigned_on"),
            Stage("closed", "决算", final=True)),
    indicators=(
        Total("science.appropriated", "本级财政科技经费", "万元", of="amount", by=("budget_item",), places=2,
              words="下达日期在期内的本级财政科技经费，含追加", aliases=("财政科技投入", "科技三项费")),
        Ratio("science.execution", "科技经费执行率", "%", top="science.spent", bottom="science.appropriated", scale=100, places=1,
              words="期内支出除以期内下达的本级财政科技经费"),
    ),
    sentences={
        "science.budget": "本级财政安排科技经费{science.appropriated}{?，{science.appropriated|同比 1}?}{?，执行率{science.execution}?}"
                          "{?，绩效考评{science.review}?}。",
    },
)  # fmt: skip

science_spending = Ledger(
    "science_spending", "本级科技经费支出", FundFlow, ("science_spending",), "C", "finance", at="paid_on", key=("title", "paid_on"),
    rows=("C29",), unit="笔", hint="本级科技经费每支出一笔一行；超出当年预算的会被拦下。", defaults={"direction": "out"},
    checks=(spending_stays_within,),
    columns=(
        Text("title", "支出事项", main=True, required=True, search=True),
        BUDGET_YEAR, AMOUNT, BUDGET_ITEM,
        Link("project", kinds=("plan_project",), filter=True, listed=False),
        Link("payee", "收款单位", filter=True),
        Day("paid_on", filter=True, sort=True, required=True),
        Text("voucher_number"),
    ),
    indicators=(
        Total("science.spent", "本级科技经费支出", "万元", of="amount", at="paid_on", by=("budget_item", "payee"), places=2,
              words="拨付日期在期内的本级科技经费支出"),
    ),
)  # fmt: skip

science_reviews = Ledger(
    "science_reviews", "科技经费绩效考评", Assessment, ("science_review",), "C", "finance", at="held_on", key=("title", "period"),
    rows=("C29",), unit="次", hint="每年对本级科技经费使用情况考评一次，记得分、等次和意见。",
    columns=(
        Text("title", "考评名称", main=True, required=True, search=True),
        Link("organisation", "考评对象（预算单位）", required=True, filter=True),
        Text("period", "考评年度", required=True, example="2015"),
        Day("held_on", "考评日期", filter=True, sort=True, required=True),
        Number("total", "得分", places=1, maximum=100, required=True),
        Choice("grade", "等次", options={"excellent": "优", "good": "良", "fair": "中", "poor": "差"}, filter=True),
        LongText("opinion", "考评意见"),
    ),
    indicators=(
        Latest("science.review", "科技经费绩效考评得分", "分", of="total", places=1, words="期内最近一次科技经费绩效考评得分"),
        Count("science.reviews", "科技经费绩效考评次数", "次", by=("grade",), words="考评日期在期内的考评次数"),
    ),
)  # fmt: skip

LEDGERS = (project_funds, science_budget, science_spending, science_reviews)
