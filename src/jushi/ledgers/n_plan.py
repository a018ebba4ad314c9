"""N 计划与目标: targets handed down and split, plan items, problems and the plans that answer them."""

from __future__ import annotations

from django.db.models import Q

from jushi.entities.models import Case, ExternalFigure, PlanItem
from jushi.entities.models.planning import OPERATORS
from jushi.kernel.states import State
from jushi.ledger.columns import Choice, Day, FieldChoice, FigureName, Link, LongText, Number, Text, UserLink
from jushi.ledger.columns.tally import Tally
from jushi.ledger.declaration import Group as Fields
from jushi.ledger.declaration import Ledger, Stage
from jushi.ledger.indicators import Count, Months, Stock
from jushi.ledger.marks import Mark
from jushi.ledgers.checks_j import figure_has_day
from jushi.ledgers.checks_n import (
    evidence_is_known,
    indicator_is_known,
    period_is_written,
    reported_with_proof,
    source_is_linked,
    target_is_complete,
)  # fmt: skip
from jushi.ledgers.j_statistics import FIGURE

PLAN_SOURCES = {"superior": "上级下达", "carried": "结转", "problem": "问题", "new": "新增"}

TARGET = (
    Text("title", "任务", main=True, required=True, search=True),
    Text("period", "计划期", required=True, filter=True, example="2015"),
    Link("parent", "上级计划", listed=False),
    Link("organisation", "责任单位", filter=True),
    UserLink("owner_user", "责任人", listed=False),
    FigureName("indicator", "来源指标", help="填指标名称；不填的须人工填报进度并附佐证", example="专利申请量"),
    FieldChoice("operator", options=dict(OPERATORS)),
    Number("target", places=3, minimum=None),
    Text("unit"),
    Number("weight", places=2, listed=False),
    Number("progress", unit="%", places=1, maximum=1000, listed=False),
    Day("assigned_on", "下达日期", required=True, filter=True, sort=True),
    Day("due_on", sort=True),
    LongText("result"),
)
TARGET_STAGES = (
    Stage("assigned", "下达", ("split", "running"), date="assigned_on"), Stage("split", "分解", ("running",)),
    Stage("running", "推进", ("assessed",)),
    Stage("assessed", "考核", date="done_on", rule=reported_with_proof, final=True),
)  # fmt: skip
TARGET_CHECKS = (period_is_written, indicator_is_known, target_is_complete)
OPEN = Q(done_on=None, cancelled_on=None)


def _answered() -> Q:
    """Problems that at least one plan item answers."""
    return Q(pk__in=PlanItem.objects.filter(kind="plan_item").exclude(answers=None).filter(state__in=State.counted()).values("answers_id"))


def _passed_on() -> Q:
    """Plan items that went on into a later plan."""
    return Q(pk__in=PlanItem.objects.exclude(carried_from=None).filter(state__in=State.counted()).values("carried_from_id"))


targets = Ledger(
    "targets", "年度目标任务", PlanItem, ("target",), "N", "office", at="assigned_on", key=("title", "period", "organisation"),
    rows=("N01",), unit="项", columns=TARGET, stages=TARGET_STAGES, checks=TARGET_CHECKS,
    hint="上级下达的每项任务一行：指标、方向、目标值；分给股室、单位的另起一行并选上级计划，进度由来源指标算出。",
    form=(Fields("任务", "title period parent organisation owner_user assigned_on due_on"),
          Fields("目标", "indicator operator target unit weight"), Fields("完成", "progress result")),
    indicators=(
        Count("targets.assigned", "下达目标任务数", "项", words="下达日期在期内的目标任务项数"),
    ),
)  # fmt: skip

plan_items = Ledger(
    "plan_items", "工作计划", PlanItem, ("plan_item",), "N", "office", at="due_on", key=("title", "period"), rows=("N02",),
    unit="项", hint="下一期要做的事一项一行，标题照印；结转的、回应问题的，指明来处，做了哪些由关联记录说明。",
    columns=(
        Text("title", "计划", main=True, required=True, search=True),
        Text("period", "计划期", required=True, filter=True, example="2014H2"),
        Choice("source", "来源", options=PLAN_SOURCES, required=True, filter=True, default="new"),
        UserLink("owner_user", "责任人"),
        FigureName("indicator", "衡量指标", listed=False),
        Day("assigned_on", "审定日期", sort=True, listed=False),
        Day("starts_on", listed=False),
        Day("due_on", required=True, filter=True, sort=True),
        Day("done_on", filter=True, sort=True),
        Link("carried_from", listed=False),
        Link("answers", "对应问题", listed=False, kinds=("problem",)),
        Tally("records", "关联记录", table="entities.Activity", link="plan_item", unit="条"),
        LongText("aim"),
        LongText("content"),
        LongText("result", "完成情况"),
    ),
    form=(Fields("计划", "title period source aim content"), Fields("落实", "owner_user indicator assigned_on starts_on due_on done_on result"),
          Fields("来处", "carried_from answers")),
    stages=(
        Stage("collected", "征集", ("gathered",)), Stage("gathered", "汇总", ("approved",)),
        Stage("approved", "审定", ("issued",), permission="plan"), Stage("issued", "下达", ("doing",), date="assigned_on"),
        Stage("doing", "执行", ("evaluated",)), Stage("evaluated", "评估", date="done_on", needs=("result",), final=True),
    ),
    checks=(period_is_written, indicator_is_known, source_is_linked),
    marks=(Mark("late", "到期未完成", "red", lambda county, day: Q(due_on__lt=day) & OPEN, "请填写完成情况，或结转到下期"),),
    indicators=(
        Months("reports.months", "总结报告期", "个月", catalogue="IN01",
               words="总结、计划所报期间含的月数：年度12个月，上半年6个月，1—11月为11个月；由期间本身得出，不数记录"),
        Count("plans.laid", "安排下期计划项数", "项", at="assigned_on", by=("source",), words="审定日期在期内的工作计划项数"),
        Count("plans.due", "到期计划项数", "项", by=("source",), words="完成期限在期内的工作计划项数"),
        Count("plans.done", "完成计划项数", "项", at="done_on", by=("source",), words="完成日期在期内的工作计划项数"),
        Count("plans.passed_on", "转入下期计划项数", "项", where=_passed_on, words="完成期限在期内、没有做完而结转到下一期的工作计划项数"),
        Count("plans.carried", "结转计划项数", "项", where=Q(source="carried"), words="完成期限在期内、由上一期结转来的计划项数"),
    ),
    sentences={
        "plan.next": "下一步安排{plans.laid}工作：{plans.laid|逐项}。",
        "plan.done": "年初排定的{plans.due}任务做完{plans.done}{?，转入下期{plans.passed_on}?}。",
    },
)  # fmt: skip


problems = Ledger(
    "problems", "存在问题", Case, ("problem",), "N", "office", at="raised_on", key=("title", "plan_year"), rows=("N06",),
    unit="条", hint="总结里点出的问题一条一行；下一期计划里要有对应措施，没有的会提示。",
    columns=(
        Text("title", "问题", main=True, required=True, search=True),
        Number("plan_year", "总结年度", required=True),
        Day("raised_on", required=True, filter=True, sort=True),
        Day("closed_on", "缓解日期", sort=True),
        Text("indicators", "说明问题的指标", detail=True, help="指标代码，几个的用逗号隔开"),
        Tally("plans", "对应计划", table="entities.PlanItem", link="answers", unit="项"),
        LongText("text"),
        LongText("result", "跟踪情况"),
    ),
    stages=(
        Stage("raised", "提出", ("answered",), date="raised_on"), Stage("answered", "对应措施", ("tracked",)),
        Stage("tracked", "跟踪", ("eased", "continued")), Stage("eased", "缓解", date="closed_on", needs=("result",), final=True),
        Stage("continued", "延续", ("tracked",)),
    ),
    checks=(evidence_is_known,),
    marks=(Mark("unanswered", "没有对应计划", "yellow", lambda county, day: Q(plan_items=None, closed_on=None),
                "请在工作计划中安排措施，来源选“问题”"),),
    indicators=(
        Count("problems.raised", "存在问题条数", "条", words="提出日期在期内的问题条数"),
        Count("problems.answered", "有对应计划的问题条数", "条", where=_answered, words="其中至少有一项计划与之对应的条数"),
        Stock("problems.open", "尚未缓解问题条数", "条", valid=("raised_on", "closed_on"), words="截至期末提出而尚未缓解的问题条数"),
    ),
    sentences={
        "plan.problems": "回头看，还有{problems.raised}短板：{problems.raised|逐项}。",
    },
)  # fmt: skip

past_figures = Ledger(
    "past_figures", "往年文稿数据", ExternalFigure, ("past",), "N", "office", at="as_of", key=("measure", "period", "basis", "area"),
    rows=("N11",), unit="项",
    hint="往年文稿里写过、当时没有逐条记录的数。在“校核”里打开旧文稿，从“对账”中勾选登记；核定后备查，不与由记录数出的数相混。",
    columns=(
        *FIGURE,
        Text("source", "出自文稿", required=True, filter=True),
        LongText("note", "原句", listed=True),
    ),
    checks=(period_is_written, figure_has_day),
)  # fmt: skip

LEDGERS = (targets, plan_items, problems, past_figures)
