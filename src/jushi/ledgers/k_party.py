"""K 党建: organisational life, study, members and officers, promises. Texts about persons stay in the party zone."""

from __future__ import annotations

from django.db.models import Q

from jushi.entities.models import Activity, Assessment, Designation, Routine, RoutineException
from jushi.ledger.columns import Choice, Day, FieldChoice, Link, LongText, Number, Output, Parties, Text
from jushi.ledger.declaration import Group as Fields
from jushi.ledger.declaration import Ledger, Lines, Stage
from jushi.ledger.indicators import Count, Distinct, Parameter, Stock, Total
from jushi.ledgers.checks_k import (
    one_promise_a_year,
    pass_needs_mark,
    resolution_needs_minutes,
    roll_matches_number,
    stage_follows_stage,
)  # fmt: skip

PARTY = "party"
PERIODS = {"day": "每日", "week": "每周", "month": "每月", "quarter": "每季度", "half": "每半年", "year": "每年"}

ROUTINE = (
    Text("title", "制度", main=True, required=True, search=True),
    Text("activity_ledger", required=True, help="填台账代码，例如 study_sessions", listed=False),
    Text("category", "限于哪一类", help="只数这一类记录；不填则该台账的记录都算"),
    FieldChoice("frequency", options=PERIODS, required=True, filter=True),
    Text("weekdays", help="规定了星期几的，填数字，周一为1，例如 1,4", example="1,4"),
    Number("minimum", default=1),
    Number("grace_days", "宽限", unit="天", listed=False),
    Day("starts_on", required=True, sort=True),
    Day("ends_on"),
    LongText("basis", "依据", detail=True),
)
EXCEPTIONS = Lines("exceptions", "例外", RoutineException._meta.label, "routine", (
    Day("starts_on", required=True), Day("ends_on", required=True), Text("reason", required=True),
))  # fmt: skip
ATTENDANCE = (
    Parties("attendees", "到会人员", role="attendee", to="person", listed=False),
    Parties("absentees", "缺席人员", role="absentee", to="person", listed=False),
    Text("absence_reason", "缺席原因", detail=True, listed=False),
    Output("participants", "到会人数", measure="participants", unit="人"),
)

study_routines = Ledger(
    "study_routines", "学习制度", Routine, ("weekly_study",), "K", "office", at="starts_on", key=("title", "starts_on"),
    rows=("K02",), unit="项", columns=ROUTINE, lines=(EXCEPTIONS,),
    hint="每周哪几天学习、从哪天起；节假日停学写在“例外”里，应学次数由系统推算。",
    indicators=(
        Parameter("study.weekly", "集中学习频次规定", "次/周", catalogue="IK14", routine="weekly_study",
                  words="现行学习制度规定的每周次数"),
    ),
)  # fmt: skip

meeting_routines = Ledger(
    "meeting_routines", "组织生活制度", Routine, ("party_meeting",), "K", "party", at="starts_on",
    key=("title", "starts_on"), rows=("K01",), unit="项", zone=PARTY, columns=ROUTINE, lines=(EXCEPTIONS,),
    hint="党员大会、支委会、党小组会、党课各一行，写明每月或每季度至少几次。",
    indicators=(
        Stock("party_meetings.rules", "组织生活制度项数", "项", valid=("starts_on", "ends_on"), words="截至期末现行的组织生活制度项数"),
    ),
)  # fmt: skip

study_sessions = Ledger(
    "study_sessions", "集中学习台账", Activity, ("study",), "K", "office", at="held_on", key=("held_on", "title"),
    rows=("K02",), unit="次", hint="学一次记一行：主题、主讲、到会人员；系统按制度推算应学多少次、缺哪几次。",
    columns=(
        Text("title", "学习主题", main=True, required=True, search=True),
        Day("held_on", "学习日期", required=True, filter=True, sort=True),
        Choice("form", "形式", dictionary="study_form", required=True, filter=True, default="study"),
        Link("speaker", "主讲人"),
        *ATTENDANCE,
        LongText("content", "学习材料"),
        LongText("minutes", "记录"),
    ),
    form=(Fields("学习", "title held_on form speaker content"),
          Fields("到会", "attendees participants absentees absence_reason"), Fields("记录", "minutes")),
    checks=(roll_matches_number,),
    indicators=(
        Count("study.sessions", "集中学习次数", "次", catalogue="IK01", by=("form",), words="学习日期在期内的集中学习、例会学习次数",
              aliases=("集中学习", "组织集中学习")),
        Count("study.discussions", "专题研讨次数", "次", where=Q(form="discussion"), words="其中形式为专题研讨的次数"),
        Total("study.attendances", "集中学习参加人次", "人次", of="participants", words="各次学习到会人数之和"),
    ),
    sentences={
        "party.study": "以学促改，每周例会安排学习{study.weekly|值}次，全年学了{study.sessions}{?，其中专题研讨{study.discussions}?}。",
    },
)  # fmt: skip

branch_meetings = Ledger(
    "branch_meetings", "三会一课台账", Activity, ("branch_meeting",), "K", "party", at="held_on",
    key=("held_on", "category"), rows=("K01",), unit="次", zone=PARTY,
    hint="会议、党课开一次记一行；按制度缺哪一次，年度矩阵上标红并提前提醒党务专干。",
    columns=(
        Text("title", "议题", main=True, required=True, search=True),
        Choice("category", "会议类型", dictionary="party_meeting", required=True, filter=True),
        Day("planned_on", listed=False),
        Day("held_on", "召开日期", filter=True, sort=True),
        Link("speaker", "主持（主讲）人"),
        *ATTENDANCE,
        LongText("minutes", "会议记录"),
        LongText("result", "决议"),
    ),
    form=(Fields("会议", "title category planned_on held_on speaker"),
          Fields("到会", "attendees participants absentees absence_reason"), Fields("记录", "minutes result")),
    stages=(
        Stage("planned", "计划", ("held",)), Stage("held", "召开", ("minuted",), date="held_on"),
        Stage("minuted", "记录", ("archived",), needs=("minutes",)), Stage("archived", "归档", evidence=True, final=True),
    ),
    checks=(roll_matches_number, resolution_needs_minutes),
    indicators=(
        Count("party_meetings.held", "三会一课次数", "次", by=("category",), words="召开日期在期内的三会一课次数"),
        Count("party_meetings.lessons", "党课次数", "次", catalogue="IK03", where=Q(category="lesson"), words="其中党课次数"),
        Total("party_meetings.attendances", "三会一课参加人次", "人次", of="participants", words="各次会议到会人数之和"),
    ),
)  # fmt: skip

party_members = Ledger(
    "party_members", "党员名册", Designation, ("party_stage",), "K", "party", at="starts_on",
    key=("person", "category", "starts_on"), rows=("K10",), unit="人", zone=PARTY,
    hint="一名同志的每个阶段一行：申请、积极分子、发展对象、预备、正式；上一阶段写终止日期，下一阶段接着开始。",
    columns=(
        Text("title", "姓名和阶段", main=True, required=True, search=True),
        Link("person", "党员（发展对象）", required=True, filter=True),
        Choice("category", "阶段", dictionary="party_stage", required=True, filter=True),
        Day("starts_on", required=True, filter=True, sort=True),
        Day("ends_on", sort=True),
        Text("end_reason", "转出、转段原因"),
        Choice("grade", "在职情况", dictionary="party_member_class", filter=True),
        Link("host", "所在支部", listed=False),
        Link("previous", "前一阶段", listed=False, kinds=("party_stage",)),
        Text("sponsors", "介绍人", detail=True, listed=False),
        Text("votes", "支部大会表决", detail=True, listed=False),
    ),
    stages=(Stage("current", "现为", ("passed", "extended", "cancelled")),
            Stage("extended", "延长", ("passed", "cancelled")),
            Stage("passed", "转入下一阶段", date="ends_on", final=True),
            Stage("cancelled", "取消或转出", date="ends_on", needs=("end_reason",), final=True)),
    checks=(stage_follows_stage,),
    indicators=(
        Count("party_members.confirmed", "预备党员转正人数", "名", catalogue="IK06", by=("host",),
              where=Q(category="full", previous__category="probation"), words="期内由预备党员转为正式党员的人数，按转正日期",
              aliases=("预备党员转正",)),
        Stock("party_members.full", "正式党员人数", "名", catalogue="IK07", where=Q(category="full"), by=("grade", "host"),
              valid=("starts_on", "ends_on"), words="截至期末的正式党员人数", aliases=("正式党员",)),
        Stock("party_members.probation", "预备党员人数", "名", where=Q(category="probation"), valid=("starts_on", "ends_on"),
              words="截至期末处于预备期的人数"),
    ),
)  # fmt: skip

party_officers = Ledger(
    "party_officers", "党务干部名册", Designation, ("party_officer",), "K", "party", at="starts_on",
    key=("person", "category", "starts_on"), rows=("K12",), unit="人", zone=PARTY,
    hint="支部书记、委员、党务专干：何时任职、何时离任。",
    columns=(
        Text("title", "职务", main=True, required=True, search=True),
        Link("person", required=True, filter=True),
        Choice("category", "党务职务", dictionary="party_office", required=True, filter=True),
        Day("starts_on", required=True, filter=True, sort=True),
        Day("ends_on", sort=True),
        Link("host", "所在支部", listed=False),
    ),
    indicators=(
        Stock("party_officers.specialists", "党务专干人数", "名", catalogue="IK08", where=Q(category="specialist"),
              valid=("starts_on", "ends_on"), by=("host",), words="截至期末在任的党务专干人数", aliases=("党务专干",)),
    ),
)  # fmt: skip

party_courses = Ledger(
    "party_courses", "党务干部培训", Activity, ("party_course",), "K", "party", at="held_on", key=("title", "held_on"),
    rows=("K12",), unit="期", zone=PARTY, parent="party_officers", hint="上级举办的党务干部培训班，参加一期记一行。",
    columns=(
        Text("title", "培训班", main=True, required=True, search=True),
        Day("held_on", required=True, filter=True, sort=True),
        Day("ends_on"),
        Link("host", "主办单位"),
        *ATTENDANCE,
    ),
    checks=(roll_matches_number,),
    indicators=(
        Count("party_courses.attended", "参加党务干部培训期数", "期", words="举办日期在期内、本局派人参加的党务干部培训班期数"),
    ),
)  # fmt: skip

party_exams = Ledger(
    "party_exams", "党务科目化考试", Assessment, ("party_exam",), "K", "party", at="held_on", key=("person", "held_on"),
    rows=("K12",), unit="人次", zone=PARTY, parent="party_officers",
    hint="一人一次考试一行；结论按合格线核对，不合格不能写“成绩合格”。",
    columns=(
        Text("title", "考试", main=True, required=True, search=True),
        Link("person", "考生", required=True, filter=True),
        Day("held_on", "考试日期", required=True, filter=True, sort=True),
        Number("total", "成绩", unit="分", places=1, maximum=100, required=True),
        Choice("result", "结论", options={"pass": "合格", "fail": "不合格"}, filter=True, required=True),
    ),
    checks=(pass_needs_mark,),
    indicators=(
        Distinct("party_exams.people", "参加党务考试人数", "名", of="person", words="期内参加党务科目化考试的不同人数"),
        Distinct("party_exams.passed", "党务考试合格人数", "名", of="person", where=Q(result="pass"), words="其中成绩达到合格线的人数"),
    ),
    sentences={
        "party.organisation": "支部严把党员发展关口，年内转正预备党员{party_members.confirmed}，正式党员现有{party_members.full}；"
        "三会一课开了{party_meetings.held}，配备党务专干{party_officers.specialists}并派员参加党务培训{party_courses.attended}，"
        "{party_exams.people}同志参加科目化考试，{party_exams.passed}成绩合格。",
    },
)  # fmt: skip

member_promises = Ledger(
    "member_promises", "党员“五诺”台账", Assessment, ("five_promises",), "K", "party", at="year", key=("person", "year"),
    rows=("K11",), unit="人", zone=PARTY, hint="每名党员每年一行：提诺、审诺、亮诺、践诺、评诺；评分供民主评议使用。",
    columns=(
        Text("title", "承诺", main=True, required=True, search=True),
        Link("person", "党员", required=True, filter=True),
        Number("year", "年度", required=True, filter=True, sort=True, minimum=2000, maximum=2100, example="2015"),
        LongText("opinion", "承诺内容"),
        Day("approved_on", "审诺日期", detail=True),
        Day("shown_on", "亮诺日期", detail=True, listed=False),
        Number("progress", "践诺进度", unit="%", detail=True, maximum=100, listed=False),
        Number("total", "评诺得分", unit="分", places=1, maximum=100),
    ),
    stages=(
        Stage("proposed", "提诺", ("approved",)), Stage("approved", "审诺", ("shown",), needs=("approved_on",), other=True),
        Stage("shown", "亮诺", ("kept",)), Stage("kept", "践诺", ("rated",)),
        Stage("rated", "评诺", needs=("total",), final=True),
    ),
    checks=(one_promise_a_year,),
    indicators=(
        Distinct("promises.members", "作出承诺党员数", "名", of="person", words="本年度登记了承诺的党员人数"),
        Distinct("promises.rated", "完成评诺党员数", "名", of="person", where=Q(stage="rated"), words="其中已经评诺的党员人数"),
    ),
)  # fmt: skip

LEDGERS = (
    study_routines, meeting_routines, study_sessions, branch_meetings, party_members, party_officers, party_courses,
    party_exams, member_promises,
)  # fmt: skip
