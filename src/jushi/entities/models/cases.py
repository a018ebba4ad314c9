"""Matters with an owner, a deadline and an end (mission.md §2, no. 20)."""

from __future__ import annotations

from django.db import models

from jushi.entities.models import make
from jushi.entities.models.common import Entity, EntityPart


class Case(Entity):
    """问题整改、民情、企业诉求、热线、点单、提案、征收、风险、隐患、告警 …: one workflow, many kinds.

    Open on day D: ``raised_on`` ≤ D and (``closed_on`` empty or D < ``closed_on``). ``confirmed_on`` is the check
    after closing
    (复核、回访、企业确认).
    """

    ordered = (
        ("raised_on", "assigned_on"),
        ("raised_on", "answered_on"),
        ("raised_on", "closed_on"),
        ("raised_on", "confirmed_on"),
    )

    stage = make.stage()
    number = make.text("编号", 60)
    category = make.text("类别", 40)
    source = make.text("来源", 40)
    channel = make.text("渠道", 20)
    tier = make.text("责任层级", 20)
    theme = make.text("主题", 60)
    field = make.text("领域", 60)
    crop = make.text("作物或畜禽", 40)
    urgency = make.text("轻重缓急", 20)
    raised_on = make.day("提出日期")
    assigned_on = make.day("分派日期")
    promised_on = make.day("承诺日期")
    due_on = make.day("办理期限")
    answered_on = make.day("答复日期")
    requested_on = make.day("申请办结日期")
    closed_on = make.day("办结日期")
    confirmed_on = make.day("确认日期")
    escalated_on = make.day("升级日期")
    owner_user = make.ref("kernel.User", "责任人")
    co_office = make.ref("kernel.Office", "协办股室")
    raiser = make.text("提出人", 60)
    raiser_phone = make.text("提出人电话", 20)
    organisation = make.ref("Organisation", "涉及单位", "cases")
    household = make.ref("Household", "涉及农户", "cases")
    person = make.ref("Person", "涉及人员", "cases")
    expert = make.ref("Person", "答复专家", "answered_cases")
    facility = make.ref("Facility", "涉及设施", "cases")
    base = make.ref("Base", "涉及基地", "cases")
    project = make.ref("Project", "相关项目", "cases")
    agreement = make.ref("Agreement", "相关协议", "cases")
    document = make.ref("Document", "相关文件", "cases")
    source_activity = make.ref("Activity", "来源活动", "cases")
    text = make.words("事项内容")
    measures = make.words("办理措施")
    answer = make.words("答复内容")
    result = make.words("办理结果")
    satisfaction = make.text("满意度", 20)
    session = make.text("届次会议", 60)
    part_role = make.text("办理角色", 20)
    adopted = make.text("采纳情况", 20)
    signed_on = make.day("签约日期")
    vacated_on = make.day("腾空日期")
    settled_on = make.day("落实到位日期")
    house_area = make.number("房屋面积（平方米）")
    land_mu = make.number("土地面积（亩）")
    compensation = make.money("补偿金额")
    visits = make.count("入户次数")
    amount = make.money("涉及金额")
    plan_year = make.calendar_year("承诺年度")

    class Meta(Entity.Meta):
        verbose_name = verbose_name_plural = "事项"
        indexes = make.record_indexes(
            "case",
            ("raised_on", "due_on", "answered_on", "closed_on", "confirmed_on", "signed_on", "settled_on"),
            ("owner_user", "organisation", "household", "person", "project", "source_activity"),
            listed=("raised_on", "closed_on"),
        )


class CaseStep(EntityPart):
    """One entry in the log of a case."""

    owner_field = "case"

    case = make.owner("Case", "事项", "steps")
    action = models.CharField("办理动作", max_length=20)
    done_on = models.DateField("办理日期")
    actor = make.ref("kernel.User", "经办人")
    content = make.words("办理情况")
    stage_after = make.text("办理后阶段", 20)

    class Meta(EntityPart.Meta):
        verbose_name = verbose_name_plural = "办理记录"
        indexes = make.part_indexes("cstep", "case", ("action", "done_on"))


class CaseLink(EntityPart):
    """A case made from another: opinions merged into a problem, a demand turned into a rectification."""

    owner_field = "case"

    case = make.owner("Case", "事项", "links")
    origin = models.ForeignKey("Case", models.PROTECT, verbose_name="来源事项", related_name="derived_links", db_index=False)
    relation = make.text("关系", 20)

    class Meta(EntityPart.Meta):
        verbose_name = verbose_name_plural = "事项来源"
        indexes = make.part_indexes("clink", "case", ("origin",))
        constraints = [make.unique("clink", "case", "origin", message="这两个事项已经关联，不必重复")]
