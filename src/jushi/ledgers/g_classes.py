"""G 科普与培训: farmer classes (G10), talent classes (G12), courses elsewhere (G19), informants (G13), contests (G14)."""

from __future__ import annotations

from django.db.models import Q

from jushi.entities.models import Activity, Designation, Recognition
from jushi.ledger.columns import AreaLink, Choice, Column, Day, Link, LongText, Number, Output, Parties, Text
from jushi.ledger.declaration import Group, Ledger, Stage
from jushi.ledger.indicators import Count, Distinct, Latest, Total
from jushi.ledgers.checks_f import term_is_free
from jushi.ledgers.checks_g import (
    attendance_agrees,
    contest_edition_fits,
    poor_within_all,
    prize_within_contest,
    take_edition,
)  # fmt: skip
from jushi.ledgers.d_digests import TAUGHT
from jushi.ledgers.events import (
    ATTENDANCES,
    CAMPAIGNS,
    CLASS_STAGES,
    CONTENT,
    ENDS_ON,
    HELD_ON,
    PLACE,
    RESULT,
    TITLE,
    VILLAGE,
)
from jushi.ledgers.g_digests import INFORMANTS

CLASS: tuple[Column, ...] = (
    TITLE, HELD_ON, ENDS_ON, VILLAGE, PLACE,
    Text("crop", "培训内容（作物）", filter=True),
    Link("speaker", "主讲人", filter=True),
    Number("hours", "学时", places=1, listed=False),
    ATTENDANCES,
    Parties("attendees", "签到名单", role="trainee", to="text", personal="name", listed=False,
            help="签到的人名，用顿号隔开；填了名单，人次须与名单相符"),
    Text("difference_reason", "人次与名单不符的原因", detail=True, listed=False),
    CAMPAIGNS, CONTENT, RESULT,
)  # fmt: skip
CLASS_FORM = (
    Group("培训", "title held_on ends_on area place crop speaker hours campaigns"),
    Group("参训", "attendances attendees difference_reason"),
    Group("评价", "content result"),
)

farmer_classes = Ledger(
    "farmer_classes", "农村实用技术培训台账", Activity, ("farmer_class",), "G", "rural", at="held_on", key=("title", "held_on"),
    rows=("G10",), unit="期", hint="一期一行，附签到名单；人次与签到名单不符的，要写明原因。",
    columns=CLASS, form=CLASS_FORM, stages=CLASS_STAGES, checks=(attendance_agrees,), digests=(TAUGHT,),
    indicators=(
        Count("farmer_classes.held", "农村实用技术培训班期数", "期", by=("area", "crop", "speaker"),
              words="开班日期在期内的农村实用技术培训班期数，不含驻村开展的培训"),
        Total("farmer_classes.trained", "实用技术培训人次", "人次", catalogue="IG02", of="attendances", by=("area", "crop"),
              words="期内农村实用技术培训的人次之和，不含人才培训和田间指导", aliases=("培训农民",)),
    ),
    sentences={
        "farmer_classes.summary": "{?举办农村实用技术培训班{farmer_classes.held}，参训农民{farmer_classes.trained}。?}",
    },
)  # fmt: skip

talent_classes = Ledger(
    "talent_classes", "农民实用人才培训台账", Activity, ("talent_class",), "G", "rural", at="held_on", key=("title", "held_on"),
    rows=("G12",), unit="场次", parent="farmer_classes",
    hint="农民实用人才（含贫困劳动力）培训，一场一行；贫困劳动力人次单列，不与田间指导的培训相加。",
    columns=(*CLASS[:9], Output("poor_attendances", "其中贫困劳动力", measure="poor_attendances", unit="人次"), *CLASS[9:]),
    form=(CLASS_FORM[0], Group("参训", "attendances poor_attendances attendees difference_reason"), CLASS_FORM[2]),
    stages=CLASS_STAGES, checks=(attendance_agrees, poor_within_all), digests=(TAUGHT,),
    indicators=(
        Count("talent_classes.held", "农民实用人才技术培训场次", "场次", catalogue="IG04", by=("area",),
              words="开班日期在期内的农民实用人才培训场次", aliases=("农民实用人才技术培训",)),
        Total("talent_classes.trained", "农民实用人才技术培训人次", "人次", catalogue="IG05", of="attendances", by=("area",),
              words="期内农民实用人才培训的人次之和，与田间指导的现场培训分开统计",
              aliases=("人才培训农民",)),
        Total("talent_classes.poor", "贫困劳动力培训人次", "人次", of="poor_attendances", words="期内农民实用人才培训中贫困劳动力的人次之和"),
    ),
    sentences={
        "talent_classes.summary": "办农民实用人才培训（含贫困劳动力）{talent_classes.held}，参训{talent_classes.trained}。",
    },
)  # fmt: skip

outside_courses = Ledger(
    "outside_courses", "外派参训台账", Activity, ("outside_course",), "G", "ip", at="held_on", key=("title", "held_on"), rows=("G19",),
    unit="次", hint="组织企业和技术人员外出参加的培训班，一班一行；参训人员逐人列名，人数按不同的人计。",
    columns=(
        Text("title", "培训班", main=True, required=True, search=True), HELD_ON, ENDS_ON, Text("city"), PLACE,
        Text("organiser", "举办单位", detail=True, listed=False),
        Parties("trainees", "参训人员", role="trainee", to="person"),
        Parties("senders", "派员单位", role="sender", to="organisation"),
        CAMPAIGNS, CONTENT, RESULT,
    ),
    stages=(
        Stage("notified", "通知", ("enrolled", "cancelled")),
        Stage("enrolled", "报名", ("attended", "cancelled"), needs=("trainees",)),
        Stage("attended", "参训", ("reported",), date="held_on"),
        Stage("reported", "反馈", needs=("result",), final=True),
        Stage("cancelled", "取消", final=True),
    ),
    indicators=(
        Count("outside_courses.held", "外派参训班次", "次", words="开班日期在期内的外派参训班次"),
        Distinct("outside_courses.people", "外派参训人数", "人", catalogue="IG28", of="trainees", words="期内外派参训的不同人员数",
                 aliases=("企业和技术人员",)),
        Distinct("outside_courses.senders", "外派参训的单位数", "家", of="senders", words="期内派员参训的不同单位数"),
    ),
    sentences={
        "outside_courses.summary": "组织{outside_courses.senders|名单}等单位的技术人员{outside_courses.people}外出参加"
        "{outside_courses.held|名单}，提升本地知识产权保护水平。",
    },
)  # fmt: skip

informants = Ledger(
    "informants", "基层科普信息员名册", Designation, ("informant",), "G", "outreach", at="recommended_on",
    key=("person", "recommended_on"), rows=("G13",), unit="名", hint="推荐到市科协的基层科普信息员，一人一行，分专职、兼职；可按市里的表样导出。",
    columns=(
        Text("title", "姓名", readonly=True, listed=False), Link("person", "姓名", main=True, required=True, filter=True),
        Choice("category", "专（兼）职", options={"full": "专职", "part": "兼职"}, filter=True, required=True),
        AreaLink("area", "服务乡镇、村（社区）", filter=True),
        Link("host", "所在单位", listed=False),
        Day("recommended_on", filter=True, sort=True, required=True),
        Day("starts_on", "聘任日期", sort=True, listed=False), Day("ends_on", sort=True, listed=False),
        Text("end_reason", listed=False),
        LongText("duty", "工作记录"),
    ),
    stages=(
        Stage("recommended", "推荐", ("appointed",), date="recommended_on"),
        Stage("appointed", "聘任", ("serving",), date="starts_on"),
        Stage("serving", "在任", ("adjusted",)),
        Stage("adjusted", "调整", date="ends_on", needs=("end_reason",), final=True),
    ),
    checks=(term_is_free,), digests=(INFORMANTS,),
    indicators=(
        Count("informants.recommended", "推荐基层科普信息员人数", "名", catalogue="IG26", by=("category", "area"),
              words="推荐日期在期内的基层科普信息员人数", aliases=("科普信息员",)),
        Count("informants.full_time", "推荐专职科普信息员人数", "名", where=Q(category="full"), words="其中专职的人数"),
        Count("informants.part_time", "推荐兼职科普信息员人数", "名", where=Q(category="part"), words="其中兼职的人数"),
    ),
    sentences={
        "informants.summary": "向市科协推荐基层科普信息员{informants.recommended}{?（专职{informants.full_time}、兼职{informants.part_time}）?}。",
    },
)  # fmt: skip

SERIES = {"youth_innovation": "青少年科技创新大赛", "youth_robot": "青少年机器人竞赛", "other": "其他青少年科技赛事"}

contests = Ledger(
    "contests", "青少年科技竞赛台账", Activity, ("youth_contest",), "G", "outreach", at="held_on", key=("series", "edition"),
    rows=("G14",), unit="次", hint="每届赛事一行，写明届次；获奖一项一行，记在获奖台账。",
    columns=(
        Text("title", "赛事名称", main=True, required=True, search=True),
        Choice("series", "系列赛事", options=SERIES, filter=True, required=True),
        Number("edition", "届次", required=True), HELD_ON, Text("city", listed=False), PLACE,
        Output("participants", "参赛学生", measure="participants", unit="人"),
        Output("entries", "报送作品", measure="entries", unit="项"), CONTENT, RESULT,
    ),
    stages=(
        Stage("organised", "组织", ("county",)), Stage("county", "县赛", ("sent",)), Stage("sent", "报送", ("entered",), needs=("entries",)),
        Stage("entered", "参赛", ("awarded",), date="held_on"), Stage("awarded", "获奖", final=True),
    ),
    checks=(contest_edition_fits,),
    indicators=(
        Latest("contests.edition", "青少年科技创新大赛届次", "届", catalogue="IG31", of="edition", where=Q(series="youth_innovation"),
               words="期内最近一次参加的青少年科技创新大赛届次"),
        Latest("contests.robot_edition", "青少年机器人竞赛届次", "届", of="edition", where=Q(series="youth_robot"),
               words="期内最近一次参加的青少年机器人竞赛届次"),
    ),
)  # fmt: skip

GRADES = {"first": "一等奖", "second": "二等奖", "third": "三等奖", "merit": "优秀奖"}


def _graded(code: str, name: str) -> Count:
    return Count(f"contests.{code}", f"青少年科技竞赛{name}", "项", where=Q(grade=code), words=f"获奖日期在期内的青少年科技竞赛{name}项数",
                 aliases=(name,))  # fmt: skip


prizes = Ledger(
    "contest_prizes", "青少年竞赛获奖台账", Recognition, ("contest_prize",), "G", "outreach", at="granted_on",
    key=("title", "activity"), rows=("G14",), unit="项", parent="contests", hint="一项奖一行：哪届赛事、什么作品、几等奖；届次随赛事自动带出。",
    columns=(
        Text("title", "作品（项目）", main=True, required=True, search=True),
        Link("activity", "赛事", filter=True, required=True, kinds=("youth_contest",)),
        Number("edition", "届次", readonly=True),
        Choice("grade", "等级", options=GRADES, filter=True, required=True),
        Link("organisation", "学校", filter=True),
        Text("pupils", "学生", detail=True, personal="name"), Text("teacher", "指导教师", detail=True, listed=False, personal="name"),
        Day("granted_on", "获奖日期", filter=True, sort=True, required=True), Text("issuer", listed=False),
    ),
    checks=(prize_within_contest,), derive=(take_edition,),
    indicators=(
        Count("contests.prizes", "青少年科技创新（机器人）大赛获奖数", "项", catalogue="IG25", by=("grade", "organisation"),
              words="获奖日期在期内的青少年科技竞赛获奖项数，各等级相加"),
        *(_graded(code, name) for code, name in GRADES.items() if code != "merit"),
    ),
    sentences={
        "contests.summary": "组织师生参加第{contests.edition|值}届青少年科技创新大赛{?和第{contests.robot_edition|值}届机器人竞赛?}，"
        "拿下一等奖{contests.first}、二等奖{contests.second}、三等奖{contests.third}。",
    },
)  # fmt: skip

LEDGERS = (farmer_classes, talent_classes, outside_courses, informants, contests, prizes)
