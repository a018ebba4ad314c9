"""Registers: organisations, people and their appointments, households, groups (mission.md §2, nos. 2–5)."""

from __future__ import annotations

from django.db import models

from jushi.entities.models import make
from jushi.entities.models.common import Entity, EntityPart


class Organisation(Entity):
    """Every named body: firm, cooperative, institute, school, department, village collective, branch …"""

    ordered = (("founded_on", "ended_on"), ("registered_on", "ended_on"), ("above_scale_from", "above_scale_until"))

    stage = make.stage()
    category = make.text("单位类型", 40)
    credit_code = make.natural("统一社会信用代码", 18)
    short_name = make.text("简称", 60)
    parent = make.ref("Organisation", "上级单位", "children")
    industry = make.text("国民经济行业", 40)
    chain = make.text("产业链", 40)
    sector = make.text("产业属性", 20)
    size = make.text("企业规模", 20)
    is_private = make.flag("民营科技企业")
    above_scale_from = make.day("纳入规上日期")
    above_scale_until = make.day("退出规上日期")
    products = make.words("主要产品")
    address = make.text("地址", 120)
    legal_person = make.text("法定代表人", 40)
    contact = make.text("联系人", 40)
    phone = make.text("联系电话", 20)
    founded_on = make.day("成立日期")
    registered_on = make.day("建档日期")
    verified_on = make.day("核实日期")
    ended_on = make.day("停用日期")
    end_reason = make.text("停用原因", 100)
    staff = make.count("职工人数")
    rd_staff = make.count("研发人员数")
    revenue = make.money("营业收入")
    rd_spend = make.money("研发费用")
    direction = make.words("指导方向")

    class Meta(Entity.Meta):
        verbose_name = verbose_name_plural = "单位"
        indexes = [
            *make.record_indexes("org", ("registered_on", "verified_on"), ("parent",), listed=("registered_on",)),
            make.key_index("org", "credit_code"),
        ]
        constraints = [make.natural_key("org", "credit_code", message="这个统一社会信用代码已经登记，请查找原有单位，不要重复建档")]


class OrganisationAlias(EntityPart):
    """A former, short or wrong name under which an organisation is known between two dates."""

    owner_field = "organisation"
    ordered = (("starts_on", "ends_on"),)

    organisation = make.owner("Organisation", "单位", "aliases")
    name = models.CharField("名称", max_length=200)
    category = make.text("名称类型", 20)
    starts_on = make.day("启用日期")
    ends_on = make.day("停用日期")
    basis = make.text("依据", 100)

    class Meta(EntityPart.Meta):
        verbose_name = verbose_name_plural = "单位别名"
        indexes = make.part_indexes("alias", "organisation", ("name",))

    def __str__(self) -> str:
        return self.name


class Person(Entity):
    """A person; the title is the name. What he or she *is* stands in dated designations."""

    category = make.text("人员类型", 40)
    gender = make.text("性别", 10)
    id_number = make.natural("身份证号", 18)
    born_on = make.day("出生日期")
    phone = make.text("联系电话", 20)
    organisation = make.ref("Organisation", "所在单位", "people")
    position_title = make.text("职务", 60)
    technical_title = make.text("职称", 40)
    speciality = make.text("专业特长", 100)
    education = make.text("学历学位", 40)
    address = make.text("住址", 120)
    is_available = models.BooleanField("可参加评审、服务", default=True)

    class Meta(Entity.Meta):
        verbose_name = verbose_name_plural = "人员"
        indexes = [*make.record_indexes("person", (), ("organisation",), staged=False, listed=("year",)), make.key_index("person", "id_number")]
        constraints = [make.natural_key("person", "id_number", message="这个身份证号已经登记，请查找原有人员，不要重复建档")]


class Designation(Entity):
    """A dated appointment of a person, organisation or group: 特派员、三区人才、专家、信息员、驻村队员、党员阶段 …

    In force on day D: ``starts_on`` ≤ D and (``ends_on`` empty or D < ``ends_on``).
    """

    ordered = (("starts_on", "ends_on"), ("recommended_on", "starts_on"))
    one_of = ("person", "organisation", "group")

    stage = make.stage()
    category = make.text("类型", 40)
    grade = make.text("等次", 20)
    person = make.ref("Person", "人员", "designations")
    organisation = make.ref("Organisation", "单位", "designations")
    group = make.ref("Group", "团队", "designations")
    applied_on = make.day("申请日期")
    recommended_on = make.day("推荐日期")
    published_on = make.day("公示日期")
    starts_on = make.day("起始日期")
    ends_on = make.day("终止日期")
    end_reason = make.text("终止原因", 100)
    previous = make.ref("Designation", "前一任期或阶段", "following")
    sender = make.ref("Organisation", "派出单位", "sent_designations")
    host = make.ref("Organisation", "服务单位", "hosted_designations")
    platform = make.ref("Platform", "所在平台", "designations")
    project = make.ref("Project", "相关项目", "designations")
    agreement = make.ref("Agreement", "协议", "designations")
    application = make.ref("Application", "来源申报", "designations")
    field = make.text("专业领域", 60)
    duty = make.words("职责任务")
    work_days = make.number("服务天数", 1)
    allowance = make.money("工作经费")

    class Meta(Entity.Meta):
        verbose_name = verbose_name_plural = "任职与称号"
        indexes = make.record_indexes(
            "desig", ("recommended_on", "starts_on", "ends_on"), ("person", "organisation", "group", "host"), listed=("starts_on", "recommended_on")
        )


class DesignationPlace(EntityPart):
    """Where an appointment applies: a place, and the household when officers are paired with families."""

    owner_field = "designation"
    ordered = (("starts_on", "ends_on"),)

    designation = make.owner("Designation", "任职与称号", "places")
    area = models.ForeignKey("kernel.Area", models.PROTECT, verbose_name="服务地点", related_name="+", db_index=False)
    household = make.ref("Household", "结对农户", "pairings")
    starts_on = make.day("起始日期")
    ends_on = make.day("终止日期")

    class Meta(EntityPart.Meta):
        verbose_name = verbose_name_plural = "服务地点"
        indexes = make.part_indexes("desigp", "designation", ("area",), ("household",))


class Household(Entity):
    """A farm household; the title is the head's name."""

    ordered = (("registered_on", "exited_on"), ("monitored_on", "monitor_ended_on"))

    stage = make.stage()
    category = make.text("农户类型", 40)
    number = make.natural("户编号", 40)
    head = make.ref("Person", "户主", "headed_households")
    members = make.count("家庭人口")
    labour = make.count("劳动力人数")
    phone = make.text("联系电话", 20)
    address = make.text("住址", 120)
    is_registered_poor = make.flag("建档立卡")
    registered_on = make.day("建档日期")
    exited_on = make.day("脱贫日期")
    relapsed_on = make.day("返贫日期")
    monitored_on = make.day("纳入监测日期")
    monitor_ended_on = make.day("解除监测日期")
    closed_on = make.day("销户日期")
    cause = make.text("致贫原因", 60)
    helper = make.ref("Person", "帮扶责任人", "helped_households")
    income = make.money("人均纯收入")
    income_year = models.PositiveSmallIntegerField("收入年度", null=True, blank=True)
    measures = make.words("帮扶措施")

    class Meta(Entity.Meta):
        verbose_name = verbose_name_plural = "农户"
        indexes = [
            *make.record_indexes("house", ("registered_on", "exited_on", "monitored_on"), ("helper",), listed=("registered_on",)),
            make.key_index("house", "number"),
        ]
        constraints = [make.natural_key("house", "number", message="这个户编号已经登记，请查找原有农户，不要重复建档")]


class Group(Entity):
    """Members over time: 产业链、专班、成员单位、团队特派员、突击队、领导小组 …"""

    ordered = (("starts_on", "ends_on"),)

    stage = make.stage()
    category = make.text("类型", 40)
    leader = make.ref("Person", "负责人", "led_groups")
    host = make.ref("Organisation", "牵头单位", "hosted_groups")
    speciality = make.text("专业领域", 100)
    chain = make.text("产业链", 40)
    tasks = make.words("任务")
    starts_on = make.day("组建日期")
    ends_on = make.day("撤销日期")

    class Meta(Entity.Meta):
        verbose_name = verbose_name_plural = "组织与链条"
        indexes = make.record_indexes("group", ("starts_on", "ends_on"), ("leader", "host"), listed=("starts_on",))


class GroupMember(EntityPart):
    """A person or organisation that belongs to a group between two dates."""

    owner_field = "group"
    ordered = (("starts_on", "ends_on"),)
    one_of = ("person", "organisation")

    group = make.owner("Group", "组织与链条", "members")
    person = make.ref("Person", "人员", "memberships")
    organisation = make.ref("Organisation", "单位", "memberships")
    liaison = make.ref("Person", "联络员")
    role = make.text("角色", 20)
    link = make.text("所处环节", 40)
    duty = make.text("分工", 200)
    starts_on = make.day("加入日期")
    ends_on = make.day("退出日期")

    class Meta(EntityPart.Meta):
        verbose_name = verbose_name_plural = "成员"
        indexes = make.part_indexes("gmember", "group", ("organisation",), ("person",))
