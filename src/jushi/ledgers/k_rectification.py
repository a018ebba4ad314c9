"""K 问题整改与教育实践活动: campaigns by phase, opinions, talks and life meetings, the rectification ledger (整改台账)."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from jushi.entities.models import Activity, Case, CaseLink, Document, PlanItem
from jushi.kernel.models import Rule
from jushi.kernel.states import State
from jushi.ledger.columns import Choice, Day, Flag, Link, LongText, OfficeLink, Parties, Text, UserLink
from jushi.ledger.columns.tally import Tally
from jushi.ledger.declaration import Group as Fields
from jushi.ledger.declaration import Ledger, Stage
from jushi.ledger.indicators import Count, Formula, Stock
from jushi.ledger.marks import Mark
from jushi.ledgers import k_digests
from jushi.ledgers.checks_k import all_pairs_have_talked, anonymous_stays_so, pair_of_two, struck_has_result
from jushi.ledgers.h_relief import ORIGINS, STEPS

PARTY, TEXT = "party", "text"

PLANNED = (
    Text("period", "年度", required=True, filter=True, example="2014"),
    Day("starts_on", listed=False),
    Day("due_on", required=True, filter=True, sort=True),
    Day("done_on", filter=True, sort=True),
    UserLink("owner_user", "责任人"),
    LongText("content"),
    LongText("result", "完成情况"),
)
DOING = (
    Stage("planned", "部署", ("doing",)), Stage("doing", "进行", ("done",)),
    Stage("done", "完成", date="done_on", needs=("result",), final=True),
)  # fmt: skip
LATE = Mark("late", "已到期未完成", "red",
            lambda county, day: Q(due_on__lt=day, done_on=None, cancelled_on=None), "请填写完成情况，或结转到下期计划")  # fmt: skip

campaign_phases = Ledger(
    "campaign_phases", "教育活动环节", PlanItem, ("campaign_phase",), "K", "party", at="due_on", key=("title",),
    rows=("K13",), unit="个", zone=PARTY, hint="一项教育活动分几个环节，一个环节一行，写明起止日期。",
    columns=(
        Text("title", "环节", main=True, required=True, search=True),
        Choice("category", "教育活动", dictionary="campaign", required=True, filter=True),
        Tally("actions", "规定动作", table="entities.PlanItem", link="parent", unit="项"),
        Tally("open", "未完成", table="entities.PlanItem", link="parent", where=Q(done_on=None, cancelled_on=None), unit="项"),
        *PLANNED,
    ),
    stages=DOING, marks=(LATE,),
)  # fmt: skip

campaign_actions = Ledger(
    "campaign_actions", "教育活动规定动作", PlanItem, ("campaign_action",), "K", "party", at="due_on",
    key=("title", "parent"), rows=("K13",), unit="项", zone=PARTY, parent="campaign_phases",
    hint="每个环节要做的动作一项一行；到期没做完的，自动结转到下一期工作计划。",
    columns=(
        Text("title", "规定动作", main=True, required=True, search=True),
        Link("parent", "环节", required=True, filter=True, kinds=("campaign_phase",)),
        *PLANNED,
    ),
    stages=DOING, marks=(LATE,),
    indicators=(
        Count("campaigns.done", "完成规定动作数", "项", at="done_on", by=("parent",), words="完成日期在期内的教育活动规定动作项数"),
        Stock("campaigns.open", "未完成规定动作数", "项", valid=("starts_on", "done_on"), where=Q(cancelled_on=None),
              by=("parent",), words="截至期末已开始而未完成的教育活动规定动作项数"),
    ),
)  # fmt: skip


def _merged() -> Q:
    """Opinions that became part of a problem."""
    problems = CaseLink.objects.filter(case__kind__in=("rectification", "style_fault")).exclude(case__state=State.VOID)
    return Q(pk__in=problems.values("origin_id"))


opinions = Ledger(
    "opinions", "征求意见台账", Case, ("opinion",), "K", "party", at="raised_on", key=("number",), rows=("K15",), unit="条",
    zone=PARTY, hint="听来的意见一条一行，写明从哪一类人、哪种渠道来；匿名的不写姓名，归并成问题后仍可查到来源。",
    columns=(
        Text("number", required=True, search=True),
        Text("title", "意见", main=True, required=True, search=True),
        Choice("channel", dictionary="opinion_channel", required=True, filter=True),
        Choice("source", "来源群体", dictionary="opinion_source", required=True, filter=True),
        Day("raised_on", "收集日期", required=True, filter=True, sort=True),
        Flag("is_anonymous", "匿名", detail=True),
        Text("raiser", personal="name", listed=False),
        Text("category", "归类"),
        Choice("adopted", options={"adopted": "采纳", "part": "部分采纳", "not": "未采纳"}, filter=True),
        Tally("problems", "归并成问题", table="entities.CaseLink", link="origin", record="case", unit="个"),
        LongText("text"),
        LongText("answer", "反馈情况"),
    ),
    stages=(
        Stage("collected", "收集", ("sorted",)), Stage("sorted", "归类", ("merged", "answered"), needs=("category",)),
        Stage("merged", "转问题", ("answered",)), Stage("answered", "反馈", date="answered_on", needs=("answer",), final=True),
    ),
    checks=(anonymous_stays_so,), digests=(k_digests.MERGING,),
    indicators=(
        Count("opinions.collected", "征求意见条数", "条", by=("source", "channel"), words="收集日期在期内的意见建议条数"),
        Count("opinions.merged", "转为问题的意见条数", "条", where=_merged,
              words="其中已归并到问题清单的意见条数"),
    ),
)  # fmt: skip

RECTIFIED = (
    Text("number", required=True, search=True),
    Text("title", "问题", main=True, required=True, search=True),
    Choice("source", "来源", dictionary="problem_source", required=True, filter=True),
    Choice("tier", dictionary="duty_tier", required=True, filter=True),
    Text("field", listed=False),
    UserLink("owner_user", "责任人"),
    OfficeLink("co_office", "协办股室", listed=False),
    Day("raised_on", "登记日期", required=True, filter=True, sort=True),
    Day("due_on", "整改期限", required=True, filter=True, sort=True),
    Day("requested_on", "申请销号日期", listed=False),
    Day("closed_on", "销号日期", filter=True, sort=True),
    Tally("origins", "来源意见", table="entities.CaseLink", link="case", record="origin", unit="条"),
    LongText("text"),
    LongText("measures", "整改措施"),
    LongText("result", "整改结果"),
)
STRIKE_OFF = (
    Stage("registered", "登记", ("assigned",)),
    Stage("assigned", "分派", ("working",), date="assigned_on", needs=("owner_user", "measures")),
    Stage("working", "整改中", ("requested",)),
    Stage("requested", "申请销号", ("reviewed", "returned"), date="requested_on", needs=("result",), evidence=True),
    Stage("reviewed", "复核", ("struck", "returned"), other=True, evidence=True),
    Stage("returned", "退回", ("working",), other=True),
    Stage(
        "struck",
        "销号",
        date="closed_on",
        needs=("result",),
        evidence=True,
        other=True,
        permission="confirm",
        final=True,
    ),
)


def _overdue(county: str, day: object) -> Q:
    return Q(due_on__lt=day, closed_on=None)


def _due_soon(county: str, day: object) -> Q:
    days = Rule.current("rectification_warn_days", county, day)  # type: ignore[arg-type]
    return Q(due_on__gte=day, due_on__lte=day + timedelta(days=days), closed_on=None)  # type: ignore[operator]


MARKS = (
    Mark("overdue", "超期未销号", "red", _overdue, "请尽快整改并申请销号"),
    Mark("due_soon", "即将到期", "yellow", _due_soon, "请核对进度，准备佐证"),
)

rectifications = Ledger(
    "rectifications", "问题整改台账", Case, ("rectification",), "K", "office", at="raised_on", key=("number",),
    rows=("K17",), unit="项", columns=RECTIFIED, stages=STRIKE_OFF, lines=(STEPS, ORIGINS), marks=MARKS,
    checks=(struck_has_result,), digests=(k_digests.ORIGINS,),
    hint="问题一项一行：措施、责任人、期限；销号须有佐证，由责任人以外的人复核、销号。",
    form=(Fields("问题", "number title source tier field raised_on text"),
          Fields("整改", "owner_user co_office due_on measures"), Fields("销号", "requested_on closed_on result")),
    indicators=(
        Formula("rectifications.listed", "整改台账在册问题数", "项", plus=("rectifications.struck", "rectifications.open"),
                words="期内销号的问题加期末仍在整改的问题，即期内在册的全部问题"),
        Count("rectifications.found", "班子及成员反馈、自查问题数", "项", catalogue="IK11", where=Q(tier__in=("team", "member")),
              by=("tier", "source"), words="登记日期在期内、责任层级为领导班子或班子成员的问题数"),
        Count("rectifications.struck", "期内销号问题数", "项", at="closed_on", by=("tier",), words="销号日期在期内的问题数",
              aliases=("已整改", "已销号", "整改销号", "完成整改")),
        Stock("rectifications.struck_team", "领导班子已销号问题数", "项", catalogue="IK12", where=Q(tier="team"),
              valid=("closed_on", ""), words="截至期末责任层级为领导班子、已经销号的问题累计数"),
        Stock("rectifications.open", "正在整改问题数", "项", catalogue="IK13", valid=("raised_on", "closed_on"), by=("tier",),
              words="截至期末登记而未销号的问题数", aliases=("正在整改",)),
    ),
    sentences={
        "party.rectification": "听取意见{opinions.collected}{?（{opinions.collected|按来源群体}）?}，梳理后列入整改台账{rectifications.listed}，"
        "销号{rectifications.struck}{?，尚在整改{rectifications.open}?}；查摆“四风”表现{style_faults.found}，"
        "立行立改{style_faults.fixed}。",
    },
)  # fmt: skip

style_faults = Ledger(
    "style_faults", "“四风”查摆台账", Case, ("style_fault",), "K", "party", at="raised_on", key=("number",), rows=("K14",),
    unit="条", zone=PARTY, parent="rectifications", stages=STRIKE_OFF, lines=(STEPS,), marks=MARKS, checks=(struck_has_result,),
    digests=(k_digests.STYLES,), hint="查摆出的每条表现一行，写明是哪一种作风问题、哪一级；能立行立改的当即销号。",
    columns=(Choice("category", "作风问题", dictionary="four_styles", required=True, filter=True), *RECTIFIED),
    indicators=(
        Count("style_faults.found", "查摆“四风”问题数", "条", by=("category", "tier"), words="登记日期在期内的“四风”问题条数"),
        Stock("style_faults.fixed", "已整改“四风”问题数", "条", valid=("closed_on", ""), by=("category", "tier"),
              words="截至期末已经销号的“四风”问题条数"),
        Stock("style_faults.open", "在改“四风”问题数", "条", valid=("raised_on", "closed_on"), by=("category", "tier"),
              words="截至期末尚未销号的“四风”问题条数"),
    ),
)  # fmt: skip

talks = Ledger(
    "talks", "谈心谈话记录", Activity, ("talk",), "K", "party", at="held_on", key=("title", "held_on"), rows=("K16",),
    unit="次", zone=PARTY, hint="两个人谈一次记一行；班子成员之间谁和谁还没谈，由系统列出。",
    columns=(
        Text("title", "谈话", main=True, required=True, search=True),
        Parties("pair", "谈话双方", role="talker", to="person", required=True),
        Day("held_on", "谈话日期", required=True, filter=True, sort=True),
        LongText("content", "主要内容"),
    ),
    checks=(pair_of_two,),
    indicators=(Count("talks.held", "谈心谈话次数", "次", words="谈话日期在期内的谈心谈话次数"),),
)  # fmt: skip

self_checks = Ledger(
    "self_checks", "对照检查材料", Document, ("self_check",), "K", "party", at="drafted_on", key=("title", "edition"),
    rows=("K16",), unit="份", zone=TEXT, parent="talks",
    hint="每人每稿一行；正文只有本人、支部书记和督导组能看。",
    columns=(
        Text("title", "材料", main=True, required=True, search=True),
        Link("author", "撰写人", required=True, filter=True),
        Text("edition", "稿次", required=True, example="第一稿"),
        Day("drafted_on", required=True, filter=True, sort=True),
        Day("reviewed_on", listed=False),
        LongText("body"),
    ),
    stages=(Stage("writing", "撰写", ("reviewed",)),
            Stage("reviewed", "审核", ("writing", "final"), date="reviewed_on", needs=("body",), other=True),
            Stage("final", "定稿", final=True)),
)  # fmt: skip

life_meetings = Ledger(
    "life_meetings", "民主生活会与组织生活会", Activity, ("life_meeting",), "K", "party", at="held_on", key=("title", "planned_on"),
    rows=("K16",), unit="次", zone=PARTY, parent="talks",
    hint="班子成员两两谈过心，会议才能转为“可以召开”；批评意见和整改承诺写入记录。",
    columns=(
        Text("title", "会议", main=True, required=True, search=True),
        Choice("category", "会议类型", options={"democratic": "专题民主生活会", "branch": "专题组织生活会"}, required=True, filter=True),
        Parties("members", "参加成员", role="member", to="person"),
        Day("planned_on", sort=True),
        Day("held_on", "召开日期", filter=True, sort=True),
        LongText("minutes", "会议记录（含批评意见）"),
        LongText("result", "整改承诺"),
    ),
    stages=(
        Stage("preparing", "准备", ("ready",)), Stage("ready", "可以召开", ("held",), rule=all_pairs_have_talked),
        Stage("held", "召开", ("mending",), date="held_on", needs=("minutes",)),
        Stage("mending", "整改", ("reported",), needs=("result",)), Stage("reported", "通报", evidence=True, final=True),
    ),
    digests=(k_digests.PAIRS,),
    indicators=(Count("life_meetings.held", "民主生活会、组织生活会次数", "次", by=("category",), words="召开日期在期内的会议次数"),),
)  # fmt: skip

LEDGERS = (
    campaign_phases, campaign_actions, opinions, rectifications, style_faults, talks, self_checks, life_meetings,
)  # fmt: skip
