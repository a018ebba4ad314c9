"""Intellectual property, achievements, varieties and techniques (mission.md §2, nos. 13–15)."""

from __future__ import annotations

from jushi.entities.models import make
from jushi.entities.models.common import Entity


class IPRight(Entity):
    """A patent, trademark, copyright or plant-variety right.

    In force on day D: ``granted_on`` ≤ D and (``ended_on`` empty or later).
    """

    ordered = (
        ("applied_on", "published_on"),
        ("applied_on", "granted_on"),
        ("applied_on", "ended_on"),
        ("granted_on", "ended_on"),
    )

    stage = make.stage()
    type = make.text("类型", 20)
    number = make.natural("申请号", 40)
    publication_number = make.text("公开（公告）号", 40)
    certificate_number = make.text("证书号", 60)
    field = make.text("领域", 60)
    applied_on = make.day("申请日")
    published_on = make.day("公开日")
    granted_on = make.day("授权公告日")
    ended_on = make.day("失效日")
    end_reason = make.text("失效原因", 60)
    owner = make.ref("Organisation", "权利人（单位）", "ip_rights")
    owner_person = make.ref("Person", "权利人（个人）", "ip_rights")
    co_owners = make.words("共同权利人")
    inventors = make.words("发明（设计）人")
    agency = make.text("代理机构", 100)
    activity = make.ref("Activity", "线索来源活动", "ip_rights")
    project = make.ref("Project", "来源项目", "ip_rights")
    achievement = make.ref("Achievement", "相关成果", "ip_rights")
    is_pledged = make.flag("已质押")
    fee = make.money("费用")

    class Meta(Entity.Meta):
        verbose_name = verbose_name_plural = "知识产权"
        indexes = [
            *make.record_indexes(
                "ip",
                (("applied_on", "state", "type"), "published_on", ("granted_on", "state", "type", "ended_on"), "ended_on"),
                ("owner", "project", "achievement"),
                listed=("applied_on",),
            ),
            make.key_index("ip", "kind", "number"),
        ]
        constraints = [make.natural_key("ip", "kind", "number", message="这个申请号已经登记，请查找原有记录，不要重复登记")]


class Achievement(Entity):
    """A scientific result: produced, registered, recognised, converted."""

    ordered = (("produced_on", "registered_on"), ("produced_on", "converted_on"))

    stage = make.stage()
    category = make.text("成果类型", 40)
    field = make.text("领域", 60)
    number = make.text("登记号", 60)
    organisation = make.ref("Organisation", "完成单位", "achievements")
    leader = make.ref("Person", "第一完成人", "achievements")
    completers = make.words("完成人及次序")
    project = make.ref("Project", "来源项目", "achievements")
    agreement = make.ref("Agreement", "转化合同", "achievements")
    product = make.text("产品", 100)
    brand = make.text("品牌", 60)
    conversion_mode = make.text("转化方式", 20)
    produced_on = make.day("完成日期")
    registered_on = make.day("登记日期")
    recognised_on = make.day("认定日期")
    converted_on = make.day("转化日期")
    conversion_amount = make.money("转化金额")
    output_value = make.money("新增产值")

    class Meta(Entity.Meta):
        verbose_name = verbose_name_plural = "科技成果"
        indexes = make.record_indexes("achv", ("registered_on", "recognised_on", "converted_on"), ("organisation", "project"))


class AgriTech(Entity):
    """A variety, a technique or a protocol, with a date for each stage that it entered."""

    ordered = (("introduced_on", "eliminated_on"), ("drafted_on", "issued_on"), ("issued_on", "revised_on"))

    stage = make.stage()
    category = make.text("类别", 40)
    field = make.text("领域", 60)
    crop = make.text("作物或畜禽", 40)
    origin = make.text("来源方式", 20)
    source = make.text("引进来源", 100)
    parents = make.text("亲本", 100)
    number = make.text("审定或标准编号", 60)
    edition = make.text("版本", 20)
    organisation = make.ref("Organisation", "引进或选育单位", "agritechs")
    project = make.ref("Project", "相关项目", "agritechs")
    base = make.ref("Base", "主要试验基地", "agritechs")
    document = make.ref("Document", "规程文本", "agritechs")
    previous = make.ref("AgriTech", "前一版本或母本", "following")
    treatment = make.text("处理方式", 40)
    dose = make.text("处理剂量", 40)
    treated_on = make.day("处理日期")
    introduced_on = make.day("引进日期")
    trialled_on = make.day("试验日期")
    demonstrated_on = make.day("示范日期")
    promoted_on = make.day("推广日期")
    eliminated_on = make.day("淘汰日期")
    appraised_on = make.day("鉴定日期")
    drafted_on = make.day("起草日期")
    issued_on = make.day("发布日期")
    revised_on = make.day("修订日期")
    sites = make.count("示范点数")
    adopters = make.count("采用户数")
    result = make.words("试验结果")
    decision = make.text("结论", 40)

    class Meta(Entity.Meta):
        verbose_name = verbose_name_plural = "品种与技术"
        indexes = make.record_indexes(
            "agri",
            (
                "treated_on",
                "introduced_on",
                "trialled_on",
                "demonstrated_on",
                "promoted_on",
                "eliminated_on",
                "appraised_on",
                "issued_on",
            ),
            ("base", "organisation"),
            listed=("issued_on", "introduced_on"),
        )
