"""C 科技项目与资金, running and closing: projects with their milestones and progress, acceptance."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from jushi.entities.models import Assessment, AssessmentScore, Milestone, Progress, Project
from jushi.kernel.models import Rule
from jushi.ledger.columns import Choice, Day, Flag, Link, LongText, Money, Number, Text
from jushi.ledger.declaration import Group, Ledger, Lines, Stage
from jushi.ledger.indicators import Count, Stock, Total
from jushi.ledger.marks import Mark, reminding
from jushi.ledgers.c_digests import CLOSING
from jushi.ledgers.c_projects import FIELD, LEVEL, PLAN_YEAR
from jushi.ledgers.checks_c import (
    PASSED,
    VERDICTS,
    close_project,
    follow_tracking,
    project_end_is_proved,
    project_money_adds_up,
    verdict_is_complete,
)  # fmt: skip
from jushi.ledgers.statements import accepted_by_name, all_closed

RUNNING = Q(ended_on=None)
ACCEPTED = Q(acceptance__in=PASSED)


def overdue(county: str, day: date) -> Q:
    """Past the planned end and not closed."""
    return RUNNING & Q(due_on__lt=day)


def due_soon(county: str, day: date) -> Q:
    """Ends within the days of the rule, and acceptance has not been asked for."""
    until = day + timedelta(days=int(Rule.current("project_due_soon_days", county, day)))
    return RUNNING & Q(due_on__gte=day, due_on__lte=until) & ~Q(stage__in=["pending", "built"])


def untracked(county: str, day: date) -> Q:
    """Running for longer than the rule's days, and neither a tracking date nor a progress entry within them."""
    since = day - timedelta(days=int(Rule.current("project_tracking_days", county, day)))
    recent = Progress.objects.filter(project_id=OuterRef("pk"), reported_on__gte=since, reported_on__lte=day)
    fresh = Q(tracked_on__gte=since) | Q(Exists(recent))
    return RUNNING & Q(started_on__lt=since) & ~fresh


projects = Ledger(
    "projects", "科技项目实施台账", Project, ("plan_project",), "C", "planning", at="approved_on", key=("title", "plan_year"),
    rows=("C20", "C15", "C21", "C30", "C31"), unit="项", hint="立项的项目一项一行：任务书、节点、进展、验收都在这里，逾期和久未跟踪会标红。",
    checks=(project_money_adds_up, project_end_is_proved), after=(follow_tracking,), digests=(CLOSING,), statements=(all_closed, accepted_by_name),
    columns=(
        Text("title", "项目名称", main=True, required=True, search=True),
        Text("number", "项目编号", search=True, listed=False),
        Text("contract_number", listed=False),
        Link("scheme", "计划类别", kinds=("scheme",), filter=True),
        LEVEL, FIELD, PLAN_YEAR,
        Link("application", "来源申报", kinds=("plan_project",), listed=False),
        Link("organisation", "承担单位", filter=True),
        Link("leader", listed=False),
        Day("approved_on", filter=True, sort=True),
        Day("signed_on", "任务书签订日期", filter=True, sort=True, listed=False),
        Day("started_on", "实施起始日期", filter=True, sort=True, listed=False),
        Day("due_on", filter=True, sort=True),
        Day("midterm_on", listed=False),
        Day("tracked_on", "最近跟踪日期", filter=True, sort=True),
        Day("built_on", filter=True, sort=True, listed=False),
        Day("accepted_on", filter=True, sort=True),
        Choice("acceptance", options=VERDICTS, listed=False),
        Day("ended_on", filter=True, sort=True, listed=False),
        Text("end_reason", listed=False),
        Money("budget", unit="万元", total=True),
        Money("grant", unit="万元", total=True, listed=False),
        Money("own_funds", unit="万元", total=True, listed=False),
        LongText("content", "任务与考核指标"),
        Text("extension", "延期（变更）批复文号和原因", detail=True, listed=False),
        Text("output", "成果（平台）名称", detail=True, listed=False),
        Text("output_owner", "成果归属（管理）单位", detail=True, listed=False),
        Text("output_address", "成果地址或网址", detail=True, listed=False),
        Number("output_users", "成果用户数", unit="个", detail=True, listed=False),
        Day("handed_over_on", "移交日期", detail=True, listed=False),
    ),
    form=(
        Group("基本信息", "title number contract_number scheme level field plan_year application organisation leader content"),
        Group("经费", "budget grant own_funds"),
        Group("过程", "approved_on signed_on started_on due_on midterm_on tracked_on extension built_on"),
        Group("结题", "accepted_on acceptance ended_on end_reason"),
        Group("成果与移交", "output output_owner output_address output_users handed_over_on"),
    ),
    stages=(
        Stage("approved", "立项", ("contracted",)),
        Stage("contracted", "任务书签订", ("running",), date="signed_on", needs=("contract_number", "due_on")),
        Stage("running", "实施", ("midterm", "extended", "built", "pending", "terminated"), date="started_on"),
        Stage("midterm", "中期检查", ("extended", "built", "pending", "terminated"), date="midterm_on"),
        Stage("extended", "延期、变更", ("built", "pending", "terminated"), needs=("extension", "due_on")),
        Stage("built", "建设任务完成", ("pending", "accepted"), date="built_on"),
        Stage("pending", "待验收", ("accepted", "mending", "failed")),
        Stage("mending", "整改", ("accepted", "failed")),
        Stage("accepted", "验收通过", ("archived",), date="accepted_on ended_on", needs=("acceptance",)),
        Stage("failed", "验收不通过", date="ended_on", needs=("end_reason",), final=True),
        Stage("terminated", "终止", date="ended_on", needs=("end_reason",), final=True),
        Stage("archived", "归档", final=True),
    ),
    lines=(
        Lines("milestones", "节点", Milestone._meta.label, "project", (
            Text("name", "节点", required=True), Day("due_on"), Day("done_on"), Text("responsible"), LongText("note"),
        )),
        Lines("progress", "进展与跟踪", Progress._meta.label, "project", (
            Day("reported_on", required=True), LongText("note", listed=True), LongText("problem", listed=True),
            Money("invested", unit="万元"), Text("measure"), Number("quantity", places=3), Text("unit"),
        )),
    ),
    reminders=(reminding("projects"),),
    marks=(
        Mark("overdue", "逾期", "red", overdue, "办理验收，或按程序申请延期", due="due_on"),
        Mark("untracked", "久未跟踪", "red", untracked, "上门了解进展，补一条跟踪记录"),
        Mark("due_soon", "即将到期", "yellow", due_soon, "提醒承担单位准备验收材料", due="due_on"),
    ),
    indicators=(
        Count("projects.approved", "科技项目立项数", "项", catalogue="IC10", by=("level", "scheme", "field", "organisation", "area"),
              words="立项日期在期内的科技计划项目数，申报可在以前年度", aliases=("立项",)),
        Total("projects.granted", "立项财政资金", "万元", of="grant", by=("level", "scheme"), places=2, words="期内立项项目的财政资金合计"),
        Stock("projects.running", "实施科技项目数", "项", catalogue="IC15", valid=("started_on", "ended_on"),
              by=("level", "scheme", "field", "organisation"), words="截至期末已开始实施而未结题、未终止的科技项目数",
              aliases=("实施科技项目", "在研项目")),
        Stock("projects.running_province", "实施省级科技项目数", "项", where=Q(level="province"), valid=("started_on", "ended_on"),
              words="截至期末在实施的省级科技项目数"),
        Stock("projects.running_city", "实施市级科技项目数", "项", where=Q(level="city"), valid=("started_on", "ended_on"),
              words="截至期末在实施的市级科技项目数；“全面结题”须为零"),
        Stock("projects.running_county", "实施县级科技项目数", "项", where=Q(level="county"), valid=("started_on", "ended_on"),
              words="截至期末在实施的本级科技项目数", aliases=("本级科技项目",)),
        Stock("projects.overdue", "到期未结题项目数", "项", valid=("due_on", "ended_on"), by=("level", "organisation"),
              words="截至期末计划完成日期已到而未结题、未终止的项目数"),
        Count("projects.tracked", "期内跟踪服务项目数", "项", at="tracked_on", by=("level", "scheme"),
              words="最近跟踪日期在期内的项目数", item="{title}（{day}跟踪）"),
        Count("projects.tracked_innovation_fund", "期内跟踪创新基金项目数", "项", at="tracked_on",
              where=Q(scheme__code="innovation_fund"), words="最近跟踪日期在期内的国家创新基金项目数", item="{title}（{day}跟踪）"),
        Count("projects.accepted", "期内结题验收项目数", "项", catalogue="IC21", at="accepted_on", where=ACCEPTED,
              by=("level", "scheme", "field", "organisation"), words="验收日期在期内、结论为通过的项目数",
              aliases=("结题验收", "通过验收"), item="{title}于{day}通过结题验收"),
        Count("projects.accepted_province", "期内省级项目结题验收数", "项", at="accepted_on", where=ACCEPTED & Q(level="province"),
              words="验收日期在期内、结论为通过的省级项目数", item="{title}于{day}通过结题验收"),
        Count("projects.accepted_city", "期内市级项目结题验收数", "项", at="accepted_on", where=ACCEPTED & Q(level="city"),
              words="验收日期在期内、结论为通过的市级项目数"),
        Stock("projects.built", "完成建设任务待验收项目数", "项", valid=("built_on", "accepted_on"), by=("level",),
              words="截至期末已完成建设任务而未通过验收的项目数，不计入结题验收", aliases=("完成了建设任务",)),
    ),
    sentences={
        "projects.closing": "{?省级{projects.accepted_province|名单}；?}{?{projects.built|名单}完成了建设任务，正在准备验收；?}"
                            "市级项目结题{projects.accepted_city}{?，尚有{projects.running_city|名单}{projects.running_city}在实施?}。",
        "projects.tracking": "做好创新基金和本级项目的跟踪服务{?，走访在研项目{projects.tracked}?}"
                             "{?，其中{projects.tracked_innovation_fund|名单}?}。",
    },
)  # fmt: skip

acceptances = Ledger(
    "acceptances", "项目验收", Assessment, ("acceptance",), "C", "planning", at="held_on", key=("title", "held_on"),
    rows=("C21",), unit="次", hint="每次验收一行：专家逐人打分、写意见；结论核定后，项目自动结题，日期取验收日期。",
    checks=(verdict_is_complete,), after=(close_project,),
    columns=(
        Text("title", "验收名称", main=True, required=True, search=True),
        Link("project", "项目", kinds=("plan_project",), filter=True, required=True),
        Choice("category", "验收方式", options={"meeting": "会议", "site": "现场", "papers": "材料"}, filter=True),
        Day("held_on", "验收日期", filter=True, sort=True),
        Number("total", "平均得分", places=1, maximum=100, listed=False),
        Choice("result", "验收结论", options=VERDICTS, filter=True),
        LongText("opinion", "验收意见"),
    ),
    stages=(
        Stage("applied", "申请验收", ("examined",)),
        Stage("examined", "材料审查", ("held", "applied")),
        Stage("held", "会议、现场验收", ("concluded",), date="held_on"),
        Stage("concluded", "结论", ("archived", "held"), needs=("result",)),
        Stage("archived", "归档", evidence=True, final=True),
    ),
    lines=(
        Lines("panel", "验收专家与打分", AssessmentScore._meta.label, "assessment", (
            Link("assessor", "专家"), Text("criterion", "考核内容", required=True), Number("weight", places=1),
            Number("score", places=1, maximum=100), Flag("has_conflict"), LongText("comment"),
        )),
    ),
    indicators=(
        Count("acceptances.held", "组织项目验收次数", "次", by=("category", "result"), words="验收日期在期内的验收次数"),
        Count("acceptances.mending", "验收后限期整改次数", "次", where=Q(result="mend"), words="验收日期在期内、结论为限期整改的次数"),
    ),
)  # fmt: skip

LEDGERS = (projects, acceptances)
