"""Programmes and titles as data: schemes, calls, applications, recognitions, platforms (mission.md §2, nos. 6–9)."""

from __future__ import annotations

from jushi.entities.models import make
from jushi.entities.models.common import Entity, Party


class Scheme(Entity):
    """A programme, title, award or subsidy that one can apply for; in force between two dates."""

    ordered = (("starts_on", "ends_on"),)

    stage = make.stage()
    code = make.natural("类别代码", 60)
    category = make.text("类别", 40)
    parent = make.ref("Scheme", "上级类别", "children")
    outcome = make.text("结果种类", 20)
    issuer = make.text("主管部门", 100)
    starts_on = make.day("启用日期")
    ends_on = make.day("停办日期")
    valid_months = make.count("有效期（月）")
    conditions = make.words("申报条件")
    materials = make.words("申报材料")
    reward = make.money("奖补标准")
    unit = make.text("计量单位", 10)

    class Meta(Entity.Meta):
        verbose_name = verbose_name_plural = "申报类别"
        indexes = [*make.record_indexes("scheme", ("starts_on",), ("parent",), listed=("starts_on",)), make.key_index("scheme", "code")]
        constraints = [make.natural_key("scheme", "code", message="这个类别代码已经使用，请换一个代码或修改原有类别")]


class Call(Entity):
    """One round of a scheme: the notice, its window, its quota."""

    ordered = (("opens_on", "closes_on"), ("received_on", "resulted_on"))

    stage = make.stage()
    scheme = make.ref("Scheme", "申报类别", "calls")
    category = make.text("类别", 40)
    batch = make.text("批次", 40)
    plan_year = make.calendar_year("计划年度")
    covers_from = make.calendar_year("覆盖起始年度")
    covers_until = make.calendar_year("覆盖终止年度")
    notice = make.ref("Document", "通知文件", "calls")
    issuer = make.text("发文机关", 100)
    received_on = make.day("收文日期")
    opens_on = make.day("征集开始日期")
    closes_on = make.day("征集截止日期")
    report_due_on = make.day("上报截止日期")
    reported_on = make.day("上报日期")
    resulted_on = make.day("结果公布日期")
    quota = make.count("推荐限额")
    materials = make.words("申报材料")

    class Meta(Entity.Meta):
        verbose_name = verbose_name_plural = "申报批次"
        indexes = make.record_indexes("call", ("received_on", "closes_on", "report_due_on", "resulted_on"), ("scheme",), listed=("received_on",))


class Application(Entity):
    """Someone applies for something.

    申报、推荐、受理、结果 are dated events; what comes of it is a record of its own.
    """

    ordered = (
        ("submitted_on", "recommended_on"),
        ("submitted_on", "withdrawn_on"),
        ("submitted_on", "resulted_on"),
        ("recommended_on", "resulted_on"),
    )

    stage = make.stage()
    scheme = make.ref("Scheme", "申报类别", "applications")
    call = make.ref("Call", "申报批次", "applications")
    category = make.text("类别", 40)
    field = make.text("领域", 60)
    batch = make.text("批次", 40)
    plan_year = make.calendar_year("计划年度")
    benefit_year = make.calendar_year("所属年度")
    number = make.text("受理编号", 60)
    organisation = make.ref("Organisation", "申报单位", "applications")
    person = make.ref("Person", "申报人", "applications")
    household = make.ref("Household", "申报农户", "applications")
    leader = make.ref("Person", "负责人", "led_applications")
    platform = make.ref("Platform", "申报平台", "applications")
    project = make.ref("Project", "相关项目", "applications")
    achievement = make.ref("Achievement", "相关成果", "applications")
    ip_right = make.ref("IPRight", "相关知识产权", "applications")
    agreement = make.ref("Agreement", "相关合同", "applications")
    provider = make.ref("Organisation", "服务提供单位", "served_applications")
    previous = make.ref("Application", "前次申报", "repeats")
    collected_on = make.day("征集日期")
    submitted_on = make.day("申报日期")
    reviewed_on = make.day("初审日期")
    visited_on = make.day("实地考察日期")
    recommended_on = make.day("推荐日期")
    recommended_to = make.text("推荐至", 60)
    accepted_on = make.day("受理日期")
    evaluated_on = make.day("评审日期")
    published_on = make.day("公示日期")
    resulted_on = make.day("结果日期")
    withdrawn_on = make.day("撤回日期")
    result = make.text("结果", 20)
    result_note = make.words("结果说明")
    score = make.number("评分")
    budget = make.money("总预算")
    amount = make.money("申请金额")
    approved_amount = make.money("核定金额")
    service_fee = make.money("服务费用")
    voucher_number = make.text("券号", 60)
    summary = make.words("内容摘要")

    class Meta(Entity.Meta):
        verbose_name = verbose_name_plural = "申报"
        indexes = make.record_indexes(
            "app",
            ("collected_on", "submitted_on", "recommended_on", "accepted_on", "resulted_on"),
            ("scheme", "call", "organisation", "person", "platform", "project"),
            listed=("submitted_on",),
        )


class ApplicationParty(Party):
    """Partners of an application in their order."""

    owner_field = "application"

    application = make.owner("Application", "申报", "parties")

    class Meta(Party.Meta):
        verbose_name = verbose_name_plural = "合作方"
        indexes = make.part_indexes("appp", "application", ("organisation",))


class Recognition(Entity):
    """A title, filing or award that was granted.

    Valid on day D: ``granted_on`` ≤ D and (``ends_on`` empty or D < ``ends_on``).
    """

    ordered = (("granted_on", "ends_on"), ("published_on", "ends_on"))

    stage = make.stage()
    scheme = make.ref("Scheme", "认定类别", "recognitions")
    call = make.ref("Call", "批次", "recognitions")
    application = make.ref("Application", "来源申报", "recognitions")
    category = make.text("奖种或类型", 40)
    field = make.text("领域", 60)
    batch = make.text("批次", 40)
    edition = make.count("届次")
    award_year = make.calendar_year("奖励年度")
    grade = make.text("等级", 20)
    rank = make.count("位次")
    number = make.text("证书编号", 60)
    issuer = make.text("授予机关", 100)
    organisation = make.ref("Organisation", "获得单位", "recognitions")
    person = make.ref("Person", "获得人", "recognitions")
    platform = make.ref("Platform", "获得平台", "recognitions")
    achievement = make.ref("Achievement", "获得成果", "recognitions")
    agritech = make.ref("AgriTech", "获得品种或技术", "recognitions")
    base = make.ref("Base", "获得基地", "recognitions")
    project = make.ref("Project", "获得项目", "recognitions")
    activity = make.ref("Activity", "获奖活动", "recognitions")
    product = make.text("产品或作品", 100)
    brand = make.text("品牌", 60)
    is_joint = make.flag("联合完成")
    published_on = make.day("公示日期")
    granted_on = make.day("认定日期")
    ends_on = make.day("失效日期")
    end_reason = make.text("失效原因", 100)
    prize = make.money("奖金")

    class Meta(Entity.Meta):
        verbose_name = verbose_name_plural = "认定与奖励"
        indexes = make.record_indexes(
            "recog",
            ("published_on", "granted_on", "ends_on"),
            ("scheme", "application", "organisation", "person", "platform", "achievement", "agritech"),
            listed=("granted_on",),
        )


class RecognitionParty(Party):
    """Holders and completers in their order."""

    owner_field = "recognition"

    recognition = make.owner("Recognition", "认定与奖励", "parties")

    class Meta(Party.Meta):
        verbose_name = verbose_name_plural = "完成者"
        indexes = make.part_indexes("recogp", "recognition", ("organisation",))


class Platform(Entity):
    """An innovation platform, counted once however many certificates it holds.

    It runs from ``opened_on`` until ``closed_on``.
    """

    ordered = (("started_on", "opened_on"), ("opened_on", "closed_on"), ("five_met_on", "five_lost_on"))

    stage = make.stage()
    category = make.text("平台类型", 40)
    field = make.text("领域", 60)
    chain = make.text("产业链", 40)
    host = make.ref("Organisation", "依托单位", "platforms")
    operator = make.ref("Organisation", "运营单位", "operated_platforms")
    leader = make.ref("Person", "负责人", "led_platforms")
    address = make.text("地址", 120)
    planned_on = make.day("谋划日期")
    started_on = make.day("建设日期")
    opened_on = make.day("运行日期")
    closed_on = make.day("停用日期")
    evaluated_on = make.day("评估日期")
    evaluation = make.text("评估结果", 20)
    floor_area = make.number("场地面积（平方米）")
    seats = make.count("工位数")
    staff = make.count("人员数")
    equipment_value = make.money("设备原值")
    tenants = make.count("在孵企业数")
    teams = make.count("入驻团队数")
    graduates = make.count("毕业企业数")
    jobs = make.count("带动就业人数")
    has_site = make.flag("有场地")
    has_staff = make.flag("有人员")
    has_funds = make.flag("有投入")
    has_equipment = make.flag("有装备")
    has_business = make.flag("有特色业务")
    five_met_on = make.day("五有达标日期")
    five_lost_on = make.day("五有退化日期")
    legal_form = make.text("组织形式", 40)

    class Meta(Entity.Meta):
        verbose_name = verbose_name_plural = "创新平台"
        indexes = make.record_indexes(
            "plat",
            ("started_on", "opened_on", "closed_on", "five_met_on"),
            ("host", "operator"),
        )
