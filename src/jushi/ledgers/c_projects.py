"""C 科技项目与资金, the way of a project: scheme, call, pool, application. Running and closing: :mod:`jushi.ledgers.c_running`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q

from jushi.entities.models import Application, Call, Project, Scheme
from jushi.kernel.models.record import LEVELS
from jushi.ledger.columns import Choice, Day, FieldChoice, Link, LongText, Money, Number, Parties, Tally, Text
from jushi.ledger.declaration import Group, Ledger, Stage
from jushi.ledger.indicators import Count, Ratio, Stock, Total
from jushi.ledger.marks import Mark
from jushi.ledger.reminders import Reminder
from jushi.ledgers.c_digests import FUNNEL_OF_YEAR, RECEIVED
from jushi.ledgers.checks_c import (
    application_fits_its_call,
    application_is_new,
    application_money_adds_up,
    call_is_possible,
    pool_exit_is_explained,
)  # fmt: skip

LEVEL = FieldChoice("level", "级别", options=dict(LEVELS), filter=True)
FIELD = Choice("field", "领域", dictionary="project_field", filter=True, listed=False)
PLAN_YEAR = Number("plan_year", minimum=1990, maximum=2100, filter=True, listed=False)
MONEY = (
    Money("budget", unit="万元", total=True, listed=False),
    Money("amount", unit="万元", total=True),
)

schemes = Ledger(
    "schemes", "申报类别", Scheme, ("scheme",), "C", "planning", at="starts_on", key=("code",), rows=("C01", "C15", "C17"), unit="类",
    hint="上级每一种计划、基金、认定、奖励建一行，写明条件、材料和起止日期；停办的填停办日期，不要删除。",
    columns=(
        Text("title", "类别名称", main=True, required=True, search=True),
        Text("code", "类别代码", required=True, example="innovation_fund", help="全国性专项用统一代码，汇总时才认得"),
        Choice("category", dictionary="scheme_category", filter=True, required=True),
        LEVEL,
        Link("parent", kinds=("scheme",), listed=False),
        Text("issuer", search=True),
        Day("starts_on", filter=True, sort=True),
        Day("ends_on", listed=False),
        Number("valid_months", unit="月", listed=False),
        Money("reward", unit="万元", listed=False),
        Text("unit", listed=False),
        LongText("conditions"),
        LongText("materials"),
        Tally("applications", "累计申报", table="entities.Application", link="scheme_id", unit="项"),
    ),
    form=(Group("基本信息", "title code category level parent issuer"),
          Group("条件与期限", "starts_on ends_on valid_months conditions materials reward unit")),
    indicators=(
        Stock("schemes.open", "在办申报类别数", "类", valid=("starts_on", "ends_on"), by=("level", "category"),
              words="截至期末已启用且未停办的申报类别数"),
    ),
)  # fmt: skip


def _call_overdue(county: str, day: date) -> Q:
    return Q(report_due_on__lt=day, reported_on=None) & ~Q(stage__in=["reported", "resulted", "archived"])


def calls_due(county: str, on: date) -> Iterator[Reminder]:
    """Calls whose papers must go up within seven days and have not."""
    soon = on + timedelta(days=7)
    rows = Call.objects.filter(county=county, kind="call", reported_on=None, report_due_on__lte=soon, state__in=("pending", "confirmed"))
    for pk, title, due in rows.exclude(stage__in=["resulted", "archived"]).values_list("pk", "title", "report_due_on"):
        yield Reminder("calls", f"“{title}”的申报材料应于{due}前上报", "planning", due, pk)


calls = Ledger(
    "calls", "申报通知与批次", Call, ("call",), "C", "planning", at="received_on", key=("title",), rows=("C01",), unit="批",
    hint="上级每来一份申报通知或指南建一行，填好截止日期；企业申报都挂在这里，逾期自动拦下。", checks=(call_is_possible,),
    digests=(RECEIVED,),
    columns=(
        Text("title", "通知名称", main=True, required=True, search=True),
        Text("source_number", "通知文号", search=True, example="科字〔2015〕12号"),
        Link("scheme", kinds=("scheme",), filter=True, help="一份通知征集几个类别时，填它们的上级类别，或不填"),
        LEVEL, PLAN_YEAR,
        Text("issuer", "发文机关"),
        Day("received_on", filter=True, sort=True, required=True),
        Day("opens_on", listed=False),
        Day("closes_on", filter=True, sort=True),
        Day("report_due_on", filter=True, sort=True),
        Day("reported_on", listed=False),
        Day("resulted_on", filter=True, sort=True, listed=False),
        Number("quota", unit="项", listed=False),
        LongText("materials"),
        Link("notice", "通知正文", listed=False),
        Day("reopened_until", "延期受理至", detail=True, listed=False),
        Text("reopen_reason", "延期原因", detail=True, listed=False),
        Tally("applications", "收到申报", table="entities.Application", link="call_id", unit="项"),
    ),
    form=(Group("通知", "title source_number issuer scheme level plan_year received_on notice"),
          Group("时限与要求", "opens_on closes_on report_due_on quota materials"),
          Group("办理", "reported_on resulted_on reopened_until reopen_reason")),
    stages=(
        Stage("received", "收文", ("announced",)),
        Stage("announced", "发布征集", ("accepting",), date="opens_on", needs=("closes_on",)),
        Stage("accepting", "受理申报", ("reviewing", "reopened")),
        Stage("reopened", "延期受理", ("reviewing",), needs=("reopened_until", "reopen_reason"), permission="sign"),
        Stage("reviewing", "初审", ("signing", "reopened")),
        Stage("signing", "局务会、审签", ("reported", "reviewing"), permission="sign"),
        Stage("reported", "推荐上报", ("resulted",), date="reported_on"),
        Stage("resulted", "结果登记", ("archived",), date="resulted_on"),
        Stage("archived", "归档", final=True),
    ),
    marks=(Mark("report_overdue", "上报逾期", "red", _call_overdue, "尽快上报，或向上级说明"),),
    reminders=(calls_due,),
    indicators=(
        Count("calls.received", "收到申报通知数", "批", by=("level", "scheme"), words="收文日期在期内的申报通知和指南份数"),
        Count("calls.reported", "完成推荐上报批次数", "批", at="reported_on", by=("level", "scheme"), words="上报日期在期内的申报批次数"),
    ),
)  # fmt: skip

applications = Ledger(
    "applications", "科技项目申报台账", Application, ("plan_project",), "C", "planning", at="submitted_on",
    key=("title", "organisation", "plan_year"), rows=("C01", "C02", "C15", "C17"), unit="项",
    hint="每个项目的每次申报一行：受理、初审、推荐、结果各有日期；推荐上报的才算“组织申报”。",
    checks=(application_fits_its_call, application_is_new, application_money_adds_up),
    columns=(
        Text("title", "项目名称", main=True, required=True, search=True),
        Link("scheme", kinds=("scheme",), filter=True, required=True),
        Link("call", kinds=("call",), filter=True, listed=False),
        LEVEL, FIELD, PLAN_YEAR,
        Link("organisation", filter=True, required=True),
        Link("leader", "项目负责人", listed=False),
        Parties("partners", "合作单位", role="partner", to="organisation", part="entities.ApplicationParty", link="application", listed=False),
        Link("project", "来源（项目库）", kinds=("pool",), listed=False),
        Text("number", "受理编号", listed=False),
        Day("submitted_on", filter=True, sort=True),
        Day("reviewed_on", listed=False),
        Day("recommended_on", filter=True, sort=True),
        Text("recommended_to", listed=False),
        Day("accepted_on", filter=True, sort=True, listed=False),
        Day("resulted_on", filter=True, sort=True),
        Day("withdrawn_on", listed=False),
        Choice("result", options={"approved": "立项", "rejected": "未立项"}, filter=True),
        LongText("result_note"),
        *MONEY,
        Money("approved_amount", unit="万元", total=True, listed=False),
        LongText("summary"),
    ),
    form=(Group("项目", "title scheme call level field plan_year project summary"),
          Group("申报单位", "organisation leader partners budget amount"),
          Group("办理", "number submitted_on reviewed_on recommended_on recommended_to accepted_on withdrawn_on"),
          Group("结果", "resulted_on result approved_amount result_note")),
    stages=(
        Stage("submitted", "受理申报", ("reviewed", "withdrawn"), date="submitted_on"),
        Stage("reviewed", "初审", ("recommended", "withdrawn"), date="reviewed_on"),
        Stage("recommended", "推荐上报", ("accepted", "approved", "rejected", "withdrawn"), date="recommended_on", permission="sign"),
        Stage("accepted", "上级受理", ("approved", "rejected", "withdrawn"), date="accepted_on"),
        Stage("approved", "立项", date="resulted_on", needs=("result",), final=True),
        Stage("rejected", "未立项", date="resulted_on", needs=("result",), final=True),
        Stage("withdrawn", "撤回", date="withdrawn_on", final=True),
    ),
    indicators=(
        Count("projects.applied", "组织申报科技项目合计", "项", catalogue="IC09", at="recommended_on",
              by=("level", "scheme", "field", "organisation", "area"), words="推荐日期在期内的科技计划项目申报数",
              aliases=("申报项目", "申报国家、省、市级项目", "组织申报科技项目")),
        Count("projects.applied_city", "市级科技项目申报数", "项", catalogue="IC18", at="recommended_on", where=Q(level="city"),
              by=("scheme", "field"), words="推荐日期在期内的市级科技计划项目申报数"),
        Count("projects.applied_county_programme", "“科技富民强县”项目申报数", "项", catalogue="IC19", at="recommended_on",
              where=Q(scheme__code="county_programme"), words="推荐日期在期内的科技富民强县专项申报数", aliases=("科技富民强县项目",)),
        Count("projects.applied_innovation_fund", "科技型中小企业创新基金申报数", "项", catalogue="IC20", at="recommended_on",
              where=Q(scheme__code="innovation_fund"), by=("organisation",), words="推荐日期在期内的国家科技型中小企业技术创新基金申报数",
              aliases=("创新基金项目", "部级科技型中小企业创新基金项目")),
        Total("projects.asked", "申请财政资金", "万元", of="amount", at="recommended_on", by=("level", "scheme"), places=2,
              words="推荐日期在期内的申报所申请的财政资金合计"),
        Count("applications.approved", "申报获立项数", "项", at="resulted_on", where=Q(result="approved"), by=("level", "scheme"),
              words="结果日期在期内、结果为立项的申报数"),
        Count("applications.resulted", "申报有结果数", "项", at="resulted_on", by=("level", "scheme"), words="结果日期在期内的申报数"),
        Ratio("applications.success", "立项率", "%", top="applications.approved", bottom="applications.resulted", scale=100, places=1,
              words="期内有结果的申报中获立项的比例"),
        Stock("applications.pending", "尚无结果的申报数", "项", where=Q(withdrawn_on=None), valid=("submitted_on", "resulted_on"),
              by=("level", "scheme"), words="截至期末已申报而未出结果、未撤回的项目数，转入下期继续跟进"),
    ),
    sentences={
        "projects.applied": "面向全域征集项目{pool.collected}，共组织申报国家、省、市级科技项目{projects.applied}，立项{projects.approved}。",
        "projects.applied_national": "组织申报{?“科技富民强县”项目{projects.applied_county_programme}、?}"
                                     "{?科技型中小企业创新基金项目{projects.applied_innovation_fund}?}。",
        "applications.pending": "{?继续跟进{applications.pending|名单}等项目的申报和落地。?}",
    },
)  # fmt: skip

pool = Ledger(
    "pool", "科技项目库", Project, ("pool",), "C", "planning", at="collected_on", key=("title", "organisation"), rows=("C02",), unit="项",
    hint="征集来的项目点子先进这里：筛选、入库、培育，等到合适的批次再申报。", checks=(pool_exit_is_explained,),
    digests=(FUNNEL_OF_YEAR,),
    columns=(
        Text("title", "项目名称", main=True, required=True, search=True),
        Link("organisation", "提出单位", filter=True),
        LEVEL, FIELD,
        Choice("category", "成熟程度", options={"lead": "线索", "plan": "策划", "ripe": "成熟"}, filter=True, default="lead"),
        Link("scheme", "拟报类别", kinds=("scheme",), filter=True, listed=False),
        LongText("content", "主要内容与技术水平"),
        Day("collected_on", filter=True, sort=True, required=True),
        Number("score", "筛选评分", places=1, maximum=100, listed=False),
        Text("screened_by", "筛选人（专家）", detail=True, listed=False),
        Day("listed_on", filter=True, sort=True),
        Day("delisted_on", filter=True, sort=True, listed=False),
        Text("end_reason", "出库去向", listed=False),
        Money("budget", unit="万元", total=True),
        Number("households", unit="户", listed=False),
        Tally("applied", "申报次数", table="entities.Application", link="project_id", unit="次"),
    ),
    form=(Group("项目", "title organisation level field category scheme content budget households"),
          Group("筛选与出入库", "collected_on score screened_by listed_on delisted_on end_reason")),
    stages=(
        Stage("collected", "征集", ("screened",)),
        Stage("screened", "筛选", ("listed", "dropped"), needs=("score",)),
        Stage("listed", "入库", ("ripening", "applied", "delisted"), date="listed_on"),
        Stage("ripening", "培育", ("applied", "delisted")),
        Stage("applied", "申报", ("ripening", "delisted")),
        Stage("delisted", "出库", date="delisted_on", needs=("end_reason",), final=True),
        Stage("dropped", "未入库", final=True),
    ),
    indicators=(
        Count("pool.collected", "征集科技项目数", "项", by=("field", "organisation", "area"), words="征集日期在期内的项目数"),
        Count("pool.listed", "新入库科技项目数", "项", at="listed_on", by=("field", "category", "area"), words="入库日期在期内的项目数",
              aliases=("进入项目库",)),
        Stock("pool.size", "在库科技项目数", "项", valid=("listed_on", "delisted_on"), by=("field", "category", "area"),
              words="截至期末已入库且未出库的项目数"),
    ),
    sentences={"pool.listed": "深入企业和基地调研，{?新选入项目库{pool.listed}，?}项目库现有储备{pool.size}。"},
)  # fmt: skip

LEDGERS = (schemes, calls, pool, applications)
