"""What should happen, and how well it did: plans, routines, assessments (mission.md §2, nos. 21–23)."""

from __future__ import annotations

from django.db import models

from jushi.entities.models import make
from jushi.entities.models.common import Entity, EntityPart

OPERATORS = [("ge", "不少于"), ("le", "不超过"), ("eq", "等于"), ("gt", "超过"), ("lt", "低于")]
FREQUENCIES = [
    ("day", "每日"),
    ("week", "每周"),
    ("month", "每月"),
    ("quarter", "每季度"),
    ("half", "每半年"),
    ("year", "每年"),
]


class PlanItem(Entity):
    """A line of a plan; a target when it has an indicator, an operator and a number.

    The title is the text as it is printed.
    """

    ordered = (("starts_on", "due_on"), ("starts_on", "done_on"))

    stage = make.stage()
    category = make.text("类别", 40)
    period = models.CharField("计划期", max_length=20)
    parent = make.ref("PlanItem", "上级计划", "children")
    content = make.words("内容")
    aim = make.words("目的")
    indicator = make.text("指标代码", 60)
    operator = models.CharField("目标方向", max_length=10, choices=OPERATORS, blank=True)
    target = make.number("目标值", signed=True)
    unit = make.text("单位", 10)
    weight = make.number("权重")
    source = make.text("来源", 20)
    carried_from = make.ref("PlanItem", "结转自", "carried_into")
    answers = make.ref("Case", "对应问题", "plan_items")
    project = make.ref("Project", "相关项目", "plan_items")
    document = make.ref("Document", "依据文件", "plan_items")
    organisation = make.ref("Organisation", "责任单位", "plan_items")
    owner_user = make.ref("kernel.User", "责任人")
    assigned_on = make.day("下达日期")
    starts_on = make.day("开始日期")
    due_on = make.day("完成期限")
    done_on = make.day("完成日期")
    cancelled_on = make.day("取消日期")
    progress = make.number("进度（%）", 1)
    result = make.words("完成情况")

    class Meta(Entity.Meta):
        verbose_name = verbose_name_plural = "计划与目标"
        indexes = [
            *make.record_indexes(
                "plan", ("assigned_on", "due_on", "done_on"), ("parent", "carried_from", "answers", "project"), listed=("due_on", "assigned_on")
            ),
            models.Index(fields=["county", "kind", "period"], name="e_plan_period"),
            models.Index(fields=["county", "indicator", "period"], name="e_plan_indicator"),
        ]


class Routine(Entity):
    """A rule that yields expected slots: at least ``minimum`` records of a ledger per ``frequency`` while in force.

    ``weekdays`` lists ISO weekday numbers separated by commas when the rule names days (周一、周四: "1,4"). ``per``
    says for whom
    each slot is due (whole bureau, office, person, household, village).
    """

    ordered = (("starts_on", "ends_on"),)

    stage = make.stage()
    category = make.text("类别", 40)
    activity_ledger = models.CharField("对应台账", max_length=60)
    condition = models.JSONField("筛选条件", default=dict, blank=True)
    frequency = models.CharField("频次", max_length=10, choices=FREQUENCIES)
    weekdays = make.text("星期", 20)
    minimum = models.PositiveSmallIntegerField("最少次数", default=1)
    per = make.text("考核对象", 20)
    grace_days = make.count("宽限天数")
    starts_on = make.day("启用日期")
    ends_on = make.day("停用日期")
    organisation = make.ref("Organisation", "执行单位", "routines")
    person = make.ref("Person", "执行人", "routines")
    document = make.ref("Document", "依据文件", "routines")

    class Meta(Entity.Meta):
        verbose_name = verbose_name_plural = "例行制度"
        indexes = make.record_indexes("routine", ("starts_on", "ends_on"), listed=("starts_on",))


class RoutineException(EntityPart):
    """Days on which a routine does not apply."""

    owner_field = "routine"
    ordered = (("starts_on", "ends_on"),)

    routine = make.owner("Routine", "例行制度", "exceptions")
    starts_on = models.DateField("起始日期")
    ends_on = models.DateField("终止日期")
    reason = models.CharField("原因", max_length=200)

    class Meta(EntityPart.Meta):
        verbose_name = verbose_name_plural = "例外"
        indexes = make.part_indexes("routx", "routine")


class Assessment(Entity):
    """A subject judged by weighted criteria: 特派员考核、科学技术奖评审、验收、储备评分 …"""

    ordered = (("held_on", "published_on"), ("held_on", "decided_on"))
    one_of = ("person", "organisation", "project", "application", "designation", "agritech", "platform", "plan_item")

    stage = make.stage()
    category = make.text("类别", 40)
    period = make.text("考核期", 20)
    scheme = make.ref("Scheme", "评审类别", "assessments")
    person = make.ref("Person", "考核对象（人员）", "assessments")
    organisation = make.ref("Organisation", "考核对象（单位）", "assessments")
    project = make.ref("Project", "考核对象（项目）", "assessments")
    application = make.ref("Application", "考核对象（申报）", "assessments")
    designation = make.ref("Designation", "考核对象（任职）", "assessments")
    agritech = make.ref("AgriTech", "考核对象（品种技术）", "assessments")
    platform = make.ref("Platform", "考核对象（平台）", "assessments")
    plan_item = make.ref("PlanItem", "考核对象（承诺）", "assessments")
    criteria = models.JSONField("考核项目与权重", default=list, blank=True)
    total = make.number("总分")
    rank = make.count("名次")
    grade = make.text("等次", 20)
    result = make.text("结论", 20)
    opinion = make.words("意见")
    held_on = make.day("评审日期")
    published_on = make.day("公示日期")
    decided_on = make.day("定等日期")

    class Meta(Entity.Meta):
        verbose_name = verbose_name_plural = "考核评审"
        indexes = make.record_indexes(
            "assess",
            ("held_on", "published_on", "decided_on"),
            ("person", "organisation", "project", "application", "designation"),
            listed=("held_on", "year"),
        )


class AssessmentScore(EntityPart):
    """One assessor's mark on one criterion; ``is_computed`` when it is counted from records."""

    owner_field = "assessment"

    assessment = make.owner("Assessment", "考核评审", "scores")
    criterion = models.CharField("考核项目", max_length=60)
    weight = make.number("权重")
    score = make.number("得分")
    assessor = make.ref("Person", "评审人", "given_scores")
    is_computed = make.flag("数据计分")
    has_conflict = make.flag("回避")
    comment = make.words("评语")

    class Meta(EntityPart.Meta):
        verbose_name = verbose_name_plural = "评分"
        indexes = make.part_indexes("score", "assessment", ("assessor",))
        constraints = [make.unique("score", "assessment", "criterion", "assessor", message="这位评审人已经给这个项目打过分，请修改原分")]
