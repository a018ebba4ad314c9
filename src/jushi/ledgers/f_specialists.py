"""F 科技特派员: roster (F01), service log and yearly assessment (F04), start-up projects (F07), young talents (F09), support (F13)."""

from __future__ import annotations

from django.db.models import Q

from jushi.entities.models import Activity, Assessment, AssessmentScore, Designation, FundFlow, Project
from jushi.kernel.models.record import LEVELS
from jushi.ledger.columns import (
    AreaLink,
    Choice,
    Column,
    Day,
    FieldChoice,
    Flag,
    Link,
    LongText,
    Money,
    Number,
    Parties,
    Text,
)  # fmt: skip
from jushi.ledger.declaration import Group, Ledger, Lines, Stage
from jushi.ledger.indicators import Count, Distinct, Stock, Total
from jushi.ledger.marks import Mark
from jushi.ledgers.checks_f import (
    assessed_once,
    leader_is_specialist,
    log_is_within_term,
    opinion_within_weight,
    project_is_own,
    term_is_free,
)  # fmt: skip
from jushi.ledgers.events import ATTENDANCES, CONTENT, HELD_ON, RESULT, TITLE, VILLAGE
from jushi.ledgers.f_assessment import derive_total, give_to_person, score_at_stage
from jushi.ledgers.f_digests import PAID, PAIRS, RESULTS, SHEET, VACANT
from jushi.ledgers.f_terms import leaders_out_of_term, led_by_nobody, terms_ending, vacancies_due

NAME = Text("title", "姓名", readonly=True, listed=False)
PERSON = Link("person", "姓名", main=True, required=True, filter=True)
LEVEL = FieldChoice("level", "级别", options=dict(LEVELS), filter=True, required=True, default="county")
FIELD = Choice("field", "专业领域", dictionary="agri_speciality", filter=True)
STARTS_ON = Day("starts_on", "任期起", filter=True, sort=True)
ENDS_ON = Day("ends_on", "任期止（离任）", sort=True)

specialists = Ledger(
    "specialists", "科技特派员名册", Designation, ("specialist",), "F", "rural", at="starts_on", key=("person", "level", "starts_on"),
    rows=("F01",), unit="名", hint="一人一任一行：谁派的、派到哪里、从哪天到哪天；离任填止日和原因，人数按在任日期自动计算。",
    columns=(
        NAME, PERSON, LEVEL, FIELD,
        Choice("category", "类型", options={"demonstration": "示范带动型", "service": "技术服务型", "venture": "创业型"}, filter=True),
        Link("sender", filter=True),
        Link("host", "服务单位", filter=True),
        Parties("places", "服务乡镇、村", to="area", part="entities.DesignationPlace", link="designation", related="places"),
        STARTS_ON, ENDS_ON, Text("end_reason", listed=False), Day("published_on", listed=False),
        Link("agreement", "双向选择协议", listed=False), LongText("duty"),
    ),
    form=(Group("人员", "person level field category sender"), Group("选派", "host places agreement duty published_on"),
          Group("任期", "starts_on ends_on end_reason")),
    stages=(
        Stage("wanted", "需求征集", ("applied",)),
        Stage("applied", "报名推荐", ("matched",), date="applied_on"),
        Stage("matched", "双向选择", ("published",), needs=("places",)),
        Stage("published", "公示", ("selected",), date="published_on"),
        Stage("selected", "选派", ("serving",)),
        Stage("serving", "在任", ("expired", "adjusted", "left"), date="starts_on"),
        Stage("expired", "期满", date="ends_on", final=True),
        Stage("adjusted", "调整", date="ends_on", needs=("end_reason",), final=True),
        Stage("left", "退出", date="ends_on", needs=("end_reason",), final=True),
    ),
    checks=(term_is_free,), reminders=(vacancies_due, terms_ending), digests=(VACANT,),
    indicators=(
        Stock("specialists.in_office", "选派科技特派员人数", "人", catalogue="IF07", valid=("starts_on", "ends_on"),
              by=("level", "field", "sender", "host"), words="截至期末在任的科技特派员人数，离任当日起不计", aliases=("科技特派员",)),
        Stock("specialists.provincial", "省级科技特派员人数", "名", catalogue="IF01", where=Q(level="province"),
              valid=("starts_on", "ends_on"), by=("field", "sender"), words="截至期末在任的省级科技特派员人数"),
        Count("specialists.new_city", "发展市级科技特派员数", "名", catalogue="IF08", where=Q(level="city"), by=("category",),
              words="任期起日在期内的市级科技特派员人数，年内离任的仍计入当年发展数", aliases=("市级科技特派员",)),
    ),
    sentences={
        "specialists.summary": "以项目为依托培育示范带动型特派员，新发展市级科技特派员{specialists.new_city}，"
        "落实{specialist_projects.approved|名单}等特派员创业项目{specialist_projects.approved}"
        "{?，培养市级青年创新人才{young_talents.named}，落实其创业项目{young_talents.projects}?}。",
        "specialists.care": "完善科技特派员管理办法{?，{#特派员关怀}?}{?，兑现下乡补助和保险{specialists.support}?}"
        "{?，在任特派员{specialists.in_office}?}。",
    },
)  # fmt: skip

service_logs = Ledger(
    "service_logs", "特派员服务日志", Activity, ("service_log",), "F", "rural", at="held_on", key=("designation", "held_on", "title"),
    rows=("F04",), unit="次", parent="specialists", hint="特派员每次下乡服务一行；年度考核的服务天数和培训次数由这里自动计算，不用打卡、不用传照片。",
    columns=(
        TITLE, Link("designation", "特派员", filter=True, required=True, kinds=("specialist",)), HELD_ON, VILLAGE,
        Choice("form", "方式", options={"field": "现场指导", "training": "培训", "demonstration": "示范", "online": "线上"}, filter=True,
               required=True, default="field"),
        Link("organisation", "服务单位", listed=False),
        Parties("households", "服务农户", role="visited", to="household", personal="name", listed=False),
        ATTENDANCES, CONTENT, RESULT,
        Text("confirmed_by", "村（单位）确认人", detail=True, listed=False, personal="name"),
    ),
    stages=(
        Stage("submitted", "提交", ("confirmed",)),
        Stage("confirmed", "村确认", ("checked", "rejected"), needs=("confirmed_by",)),
        Stage("checked", "抽查有效", final=True),
        Stage("rejected", "退回", ("submitted",)),
    ),
    checks=(log_is_within_term,),
    indicators=(
        Count("service_logs.held", "科技特派员服务次数", "次", by=("area", "form"), words="服务日期在期内的特派员服务次数"),
        Distinct("service_logs.specialists", "有服务记录的特派员人数", "人", of="designation", words="期内有服务记录的不同特派员人数"),
    ),
)  # fmt: skip

assessments = Ledger(
    "specialist_assessments", "特派员年度考核", Assessment, ("specialist_assessment",), "F", "rural", at="held_on",
    key=("designation", "period"), rows=("F04",), unit="份", parent="specialists",
    hint="每年一人一份：服务天数、培训、项目由记录自动计分，只填乡镇村评议分；三家单位签署后定等。",
    columns=(
        NAME, Link("designation", "特派员", main=True, required=True, filter=True, kinds=("specialist",)),
        Text("period", "考核年度", required=True, example="2015"),
        Day("held_on", "计分日期", filter=True, sort=True, required=True),
        Number("opinion_score", "乡镇村评议得分", detail=True, places=1), Text("opinion_from", "评议单位", detail=True, listed=False),
        Number("total", "总分", places=3, readonly=True), Text("grade", "等次", readonly=True),
        LongText("appeal", "本人异议", detail=True), LongText("opinion", "联审意见"),
        Day("published_on", listed=False),
        Day("signed_bureau", "科技局签署", detail=True, listed=False),
        Day("signed_organisation", "组织部签署", detail=True, listed=False),
        Day("signed_personnel", "人社局签署", detail=True, listed=False),
        Day("decided_on", listed=False), Text("result", "结果应用", listed=False),
    ),
    form=(Group("考核对象", "designation period held_on"), Group("评议", "opinion_score opinion_from"),
          Group("联审与公示", "opinion published_on appeal"),
          Group("三方签署", "signed_bureau signed_organisation signed_personnel decided_on result")),
    stages=(
        Stage("planned", "方案", ("self", "scored")),
        Stage("self", "自评", ("scored",)),
        Stage("scored", "数据计分", ("rated",)),
        Stage("rated", "乡镇村评议", ("reviewed",), needs=("opinion_score",)),
        Stage("reviewed", "联审", ("published",), needs=("opinion",)),
        Stage("published", "公示", ("appealed", "graded"), date="published_on"),
        Stage("appealed", "异议复核", ("scored", "graded"), needs=("appeal",)),
        Stage("graded", "定等", ("applied",), date="decided_on",
              needs=("total", "signed_bureau", "signed_organisation", "signed_personnel")),
        Stage("applied", "应用", needs=("result",), final=True),
    ),
    lines=(
        Lines("scores", "得分明细", AssessmentScore._meta.label, "assessment", (
            Text("criterion", readonly=True), Number("weight", places=3, readonly=True), Number("score", places=3, readonly=True),
            Flag("is_computed", readonly=True), LongText("comment", readonly=True),
        )),
    ),
    checks=(assessed_once, opinion_within_weight), derive=(give_to_person, derive_total), after=(score_at_stage,), digests=(RESULTS, SHEET),
    indicators=(
        Count("specialist_assessments.graded", "考核定等的特派员人数", "人", at="decided_on", by=("grade",), words="定等日期在期内的考核份数"),
    ),
)  # fmt: skip

PROJECT: tuple[Column, ...] = (
    Text("title", "项目名称", main=True, required=True, search=True),
    Link("leader", "项目负责人", filter=True, required=True),
    Link("organisation", "合作单位", filter=True),
    Choice("field", "领域", dictionary="technique_field", filter=True),
    AreaLink("area", "实施地点", filter=True, listed=False),
    Money("budget", "投资", unit="万元", total=True),
    Number("households", "带动农户", unit="户", total=True),
    Day("applied_on", listed=False),
    Day("approved_on", filter=True, sort=True),
    Day("due_on", sort=True, listed=False),
    Day("accepted_on", sort=True, listed=False),
    LongText("content"),
)
PROJECT_STAGES = (
    Stage("applied", "申请", ("approved",), date="applied_on"),
    Stage("approved", "立项", ("running",), date="approved_on", needs=("leader",)),
    Stage("running", "实施", ("accepted",)),
    Stage("accepted", "验收", date="accepted_on", evidence=True, final=True),
)

projects = Ledger(
    "specialist_projects", "特派员创业项目台账", Project, ("specialist_project",), "F", "rural", at="approved_on", key=("title",),
    rows=("F07",), unit="项", hint="特派员领办的创业项目，一项一行；负责人任期结束时系统提醒更换负责人。",
    columns=PROJECT, stages=PROJECT_STAGES, checks=(leader_is_specialist,), reminders=(leaders_out_of_term,),
    marks=(Mark("leader_gone", "负责人已离任", "red", led_by_nobody, "请确定新的负责人"),),
    indicators=(
        Count("specialist_projects.approved", "科技特派员创业项目数", "项", catalogue="IF09", by=("field",),
              words="立项日期在期内的科技特派员创业项目数", aliases=("创业项目",)),
        Total("specialist_projects.households", "特派员创业项目带动农户", "户", of="households", words="期内立项的创业项目拟带动农户数之和"),
    ),
)  # fmt: skip

talents = Ledger(
    "young_talents", "青年创新人才名册", Designation, ("young_talent",), "F", "rural", at="starts_on", key=("person", "starts_on"),
    rows=("F09",), unit="名", parent="specialist_projects", hint="市级青年创新人才，一人一行，各带一个创业项目。",
    columns=(NAME, PERSON, LEVEL, FIELD, Link("project", "创业项目", kinds=("talent_project",)), Day("recommended_on", sort=True, listed=False),
             STARTS_ON, ENDS_ON, LongText("duty", listed=False)),
    stages=(
        Stage("recommended", "推荐", ("selected",), date="recommended_on"),
        Stage("selected", "入选", ("fostered",), date="starts_on"),
        Stage("fostered", "培养", ("assessed",), needs=("project",)),
        Stage("assessed", "考核", date="ends_on", final=True),
    ),
    checks=(project_is_own,), defaults={"level": "city"}, digests=(PAIRS,),
    indicators=(
        Count("young_talents.named", "培养市级青年创新人才数", "名", catalogue="IF10", where=Q(level="city"),
              words="入选日期在期内的市级青年创新人才人数", aliases=("青年创新人才",)),
        Distinct("young_talents.paired", "青年人才所带项目数", "项", of="project", where=Q(level="city"),
                 words="期内入选人才各自带的不同项目数，与人数相等即一人一项"),
    ),
)  # fmt: skip

talent_projects = Ledger(
    "talent_projects", "青年人才创业项目", Project, ("talent_project",), "F", "rural", at="approved_on", key=("title",), rows=("F09",),
    unit="项", parent="young_talents", hint="青年创新人才的创业项目，一项一行。", columns=PROJECT, stages=PROJECT_STAGES,
    indicators=(
        Count("young_talents.projects", "青年创新人才创业项目数", "项", catalogue="IF11", words="立项日期在期内的青年人才创业项目数"),
    ),
)  # fmt: skip

PAYMENT: tuple[Column, ...] = (
    Text("title", "事由", main=True, required=True, search=True),
    Link("payee_person", "收款人", filter=True, required=True),
    Money("amount", "金额", unit="元", total=True, required=True),
    Day("approved_on", sort=True, listed=False),
    Day("paid_on", filter=True, sort=True),
    Text("voucher_number", listed=False),
)
PAYMENT_STAGES = (
    Stage("drafted", "拟定", ("approved",)),
    Stage("approved", "审批", ("paid",), date="approved_on", other=True),
    Stage("paid", "兑现", date="paid_on", needs=("amount",), final=True),
)

support = Ledger(
    "specialist_support", "特派员待遇保障台账", FundFlow, ("specialist_support",), "F", "rural", at="paid_on",
    key=("payee_person", "category", "title"), rows=("F13",), unit="笔", parent="specialists",
    hint="补贴、保险、体检、表彰奖励，一人一笔；兑现后记入资金合计，也显示在本人页面。",
    columns=(*PAYMENT[:2], Choice("category", "保障措施", dictionary="support_measure", filter=True, required=True), *PAYMENT[2:]),
    stages=PAYMENT_STAGES, defaults={"direction": "out"}, digests=(PAID,),
    indicators=(
        Total("specialists.support", "特派员待遇兑现金额", "元", of="amount", by=("category",), words="拨付日期在期内的特派员待遇金额之和"),
        Distinct("specialists.supported", "享受待遇的特派员人数", "人", of="payee_person", words="拨付日期在期内收到待遇的不同人数"),
    ),
)  # fmt: skip

LEDGERS = (specialists, service_logs, assessments, projects, talents, talent_projects, support)
