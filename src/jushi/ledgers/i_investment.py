"""I 招商引资: projects from lead to money in place, and the yearly target split to units and persons."""

from __future__ import annotations

from django.db.models import Q

from jushi.entities.models import FundFlow, PlanItem, Project
from jushi.ledger.columns import Choice, Day, Flag, Link, LongText, Money, Text
from jushi.ledger.columns.tally import Tally
from jushi.ledger.declaration import Group as Fields
from jushi.ledger.declaration import Ledger, Stage
from jushi.ledger.indicators import Carried, Count, Total
from jushi.ledgers.checks_i import money_after_signing, more_than_agreed, stage_has_dates
from jushi.ledgers.n_plan import TARGET, TARGET_CHECKS, TARGET_STAGES

FORMAL = Q(category="formal")

investment_projects = Ledger(
    "investment_projects", "招商项目台账", Project, ("investment",), "I", "planning", at="signed_on", key=("title",),
    rows=("I04",), unit="项", hint="从线索到投产一个项目一行；框架协议、意向不算正式签约，老项目续建不重复算新签约。",
    columns=(
        Text("title", "项目名称", main=True, required=True, search=True),
        Link("investor", filter=True),
        Link("organisation", "责任单位", filter=True),
        Choice("category", "协议类型", dictionary="investment_contract", required=True, filter=True, default="formal"),
        Text("industry"),
        Flag("is_foreign", listed=False),
        Money("agreed", unit="万元", total=True),
        Day("signed_on", filter=True, sort=True),
        Day("started_on", filter=True, sort=True),
        Day("ended_on", "投产或终止日期", sort=True),
        Text("end_reason", listed=False),
        Tally("in_place", "到位资金", table="entities.FundFlow", link="project", of="amount", operation="sum",
              where=Q(kind="investment_money"), unit="元"),
        LongText("content"),
    ),
    form=(Fields("项目", "title investor organisation category industry is_foreign content"),
          Fields("进展", "agreed signed_on started_on ended_on end_reason")),
    stages=(
        Stage("lead", "线索", ("talking", "ended")), Stage("talking", "洽谈", ("signed", "ended")),
        Stage("signed", "签约", ("landed", "ended"), date="signed_on", needs=("investor", "agreed")),
        Stage("landed", "落地", ("building", "ended")), Stage("building", "在建", ("funded", "produced", "ended"), date="started_on"),
        Stage("funded", "资金到位", ("produced", "ended")), Stage("produced", "投产", date="produced_on ended_on", final=True),
        Stage("ended", "终止", date="ended_on", needs=("end_reason",), final=True),
    ),
    checks=(stage_has_dates,),
    indicators=(
        Count("investment.signed", "招商新签约项目数", "项", catalogue="II12", where=FORMAL, by=("industry", "organisation"),
              words="签约日期在期内的正式合同项目数，框架协议和意向不计", aliases=("新签约项目",)),
        Carried("investment.carried", "招商续建项目数", "项", catalogue="II13", where=FORMAL, valid=("signed_on", "ended_on"),
                words="期初之前签约、到期初还没有投产或终止的正式合同项目数，与新签约不重复", aliases=("续建项目",)),
        Total("investment.agreed", "招商合作项目累计投资总额", "万元", catalogue="II11", of="agreed", where=FORMAL,
              words="签约日期在期内的正式合同协议投资额之和"),
    ),
)  # fmt: skip

investment_funds = Ledger(
    "investment_funds", "招商到位资金", FundFlow, ("investment_money",), "I", "planning", at="received_on",
    key=("voucher_number",), rows=("I04",), unit="笔", parent="investment_projects",
    hint="到位一笔记一行，凭凭证入账；同一凭证不能由两个项目认领。",
    columns=(
        Text("title", "款项", main=True, required=True, search=True),
        Link("project", required=True, filter=True, kinds=("investment",)),
        Choice("form", "凭证类型", dictionary="investment_voucher", required=True, filter=True),
        Text("voucher_number", required=True),
        Money("amount", unit="万元", required=True, total=True),
        Day("received_on", "到位日期", required=True, filter=True, sort=True),
    ),
    checks=(money_after_signing,), warnings=(more_than_agreed,),
    indicators=(
        Total("investment.in_place", "招商到位资金", "万元", catalogue="II14", of="amount", by=("project", "area"),
              words="到位日期在期内、凭证齐全的招商资金之和", aliases=("到位资金",)),
    ),
    sentences={
        "investment.year": "招商任务逐项分到责任单位，期内新签约项目{investment.signed}、续建{investment.carried}，"
        "资金到位{investment.in_place}{?，{investment.in_place|完成情况}?}。",
    },
)  # fmt: skip

investment_targets = Ledger(
    "investment_targets", "招商目标分解", PlanItem, ("investment_target",), "I", "planning", at="assigned_on",
    key=("title", "period", "organisation"), rows=("I03",), unit="项", parent="investment_projects", columns=TARGET,
    stages=TARGET_STAGES, checks=TARGET_CHECKS,
    hint="上级下达的总任务一行，分给各责任单位的再各一行（上级计划选总任务）；完成数由到位资金台账算出。",
)  # fmt: skip

LEDGERS = (investment_projects, investment_funds, investment_targets)
