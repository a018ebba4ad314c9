"""Projects, agreements and money (mission.md §2, nos. 10–12)."""

from __future__ import annotations

from django.db import models

from jushi.entities.models import make
from jushi.entities.models.common import Entity, EntityPart, Party


class Project(Entity):
    """A project of any kind: 科技计划、储备、重点、招商、经营主体、实事工程 …

    All kinds share one set of dated events; stages differ by kind.
    """

    ordered = (
        ("listed_on", "delisted_on"),
        ("started_on", "built_on"),
        ("started_on", "produced_on"),
        ("started_on", "due_on"),
        ("approved_on", "accepted_on"),
        ("started_on", "ended_on"),
    )

    stage = make.stage()
    category = make.text("项目类别", 40)
    field = make.text("领域", 60)
    industry = make.text("行业", 40)
    chain = make.text("产业链", 40)
    crop = make.text("作物或畜禽", 40)
    scheme = make.ref("Scheme", "计划类别", "projects")
    call = make.ref("Call", "申报批次", "projects")
    application = make.ref("Application", "来源申报", "resulting_projects")
    parent = make.ref("Project", "所属打包项目", "children")
    organisation = make.ref("Organisation", "承担单位", "projects")
    investor = make.ref("Organisation", "投资方", "invested_projects")
    leader = make.ref("Person", "项目负责人", "led_projects")
    team = make.ref("Group", "工作专班", "projects")
    platform = make.ref("Platform", "依托平台", "projects")
    base = make.ref("Base", "实施基地", "projects")
    number = make.text("项目编号", 60)
    contract_number = make.text("任务书编号", 60)
    plan_year = make.calendar_year("计划年度")
    site = make.text("建设地点", 120)
    content = make.words("建设内容")
    is_aid = make.flag("扶贫项目库项目")
    is_foreign = make.flag("外资项目")
    collected_on = make.day("征集日期")
    listed_on = make.day("入库日期")
    delisted_on = make.day("出库日期")
    applied_on = make.day("申报日期")
    approved_on = make.day("立项日期")
    signed_on = make.day("签约日期")
    started_on = make.day("开工日期")
    midterm_on = make.day("中期检查日期")
    tracked_on = make.day("跟踪日期")
    built_on = make.day("建设任务完成日期")
    produced_on = make.day("投产日期")
    due_on = make.day("计划完成日期")
    accepted_on = make.day("验收日期")
    ended_on = make.day("结束日期")
    end_reason = make.text("结束原因", 100)
    acceptance = make.text("验收结论", 20)
    budget = make.money("总投资")
    grant = make.money("财政资金")
    own_funds = make.money("自筹资金")
    agreed = make.money("协议投资")
    year_plan = make.money("年度计划投资")
    invested = make.money("累计完成投资")
    households = make.count("拟带动户数")
    score = make.number("评分")

    class Meta(Entity.Meta):
        verbose_name = verbose_name_plural = "项目"
        indexes = make.record_indexes(
            "proj",
            (
                "collected_on",
                "listed_on",
                "delisted_on",
                "approved_on",
                "signed_on",
                "started_on",
                "tracked_on",
                "built_on",
                "produced_on",
                "due_on",
                "accepted_on",
                "ended_on",
            ),
            ("scheme", "application", "parent", "organisation", "investor"),
            listed=("collected_on", "approved_on", "signed_on"),
        )


class ProjectParty(Party):
    """Partners of a project besides the one who carries it."""

    owner_field = "project"

    project = make.owner("Project", "项目", "parties")

    class Meta(Party.Meta):
        verbose_name = verbose_name_plural = "参与方"
        indexes = make.part_indexes("projp", "project", ("organisation",))


class Milestone(EntityPart):
    """A step of a project with its deadline."""

    owner_field = "project"

    project = make.owner("Project", "项目", "milestones")
    name = models.CharField("节点", max_length=200)
    due_on = make.day("计划日期")
    done_on = make.day("完成日期")
    responsible = make.text("责任人", 60)
    note = make.words("说明")

    class Meta(EntityPart.Meta):
        verbose_name = verbose_name_plural = "项目节点"
        indexes = make.part_indexes("mile", "project", ("due_on",))


class Progress(EntityPart):
    """What a project had reached on a day: cumulative investment, and one physical item per row.

    A later row of the same project, measure and basis replaces the earlier one; figures take the latest up to the
    cut-off, they do not add.
    """

    owner_field = "project"

    project = make.owner("Project", "项目", "progress_entries")
    reported_on = models.DateField("截至日期")
    basis = models.CharField("口径", max_length=10, choices=make.BASES, default="actual")
    invested = make.money("累计完成投资")
    measure = make.text("实物量", 40)
    quantity = make.number("数量")
    unit = make.text("单位", 10)
    note = make.words("形象进度")
    problem = make.words("存在问题")

    class Meta(EntityPart.Meta):
        verbose_name = verbose_name_plural = "项目进展"
        indexes = make.part_indexes("prog", "project", ("measure", "reported_on"), ("reported_on",))


class Agreement(Entity):
    """Anything signed: 产学研、战略合作、招商、订单、技术合同、责任书、征收协议 …

    Counted by copies, by distinct parties and by amount.
    """

    ordered = (("starts_on", "ends_on"), ("signed_on", "ends_on"), ("signed_on", "ended_on"))

    stage = make.stage()
    category = make.text("合同类别", 40)
    field = make.text("领域", 60)
    crop = make.text("作物或产品", 40)
    number = make.text("合同编号", 60)
    organisation = make.ref("Organisation", "本地单位", "agreements")
    counterparty = make.ref("Organisation", "对方单位", "counter_agreements")
    person = make.ref("Person", "签订人", "agreements")
    household = make.ref("Household", "签订农户", "agreements")
    project = make.ref("Project", "相关项目", "agreements")
    platform = make.ref("Platform", "相关平台", "agreements")
    signed_on = make.day("签订日期")
    registered_on = make.day("登记日期")
    starts_on = make.day("期限起")
    ends_on = make.day("期限止")
    ended_on = make.day("终止日期")
    copies = models.PositiveIntegerField("份数", default=1)
    amount = make.money("合同金额")
    technology_amount = make.money("技术交易额")
    duties = make.words("约定事项")

    class Meta(Entity.Meta):
        verbose_name = verbose_name_plural = "协议"
        indexes = make.record_indexes(
            "agree", ("signed_on", "registered_on", "ends_on"), ("organisation", "counterparty", "project"), listed=("signed_on",)
        )


class AgreementParty(Party):
    """Those who sign (甲方、乙方、卖方、买方、见证 …)."""

    owner_field = "agreement"

    agreement = make.owner("Agreement", "协议", "parties")

    class Meta(Party.Meta):
        verbose_name = verbose_name_plural = "签约方"
        indexes = make.part_indexes("agreep", "agreement", ("organisation",))


class FundFlow(Entity):
    """One sum of money, or goods with their value.

    批复、下达、到账、拨付 are dates of the same flow, never separate words for it.
    """

    ordered = (("received_on", "returned_on"),)

    stage = make.stage()
    category = make.text("资金类别", 40)
    direction = models.CharField("方向", max_length=10, choices=make.DIRECTIONS, blank=True)
    source = make.text("资金来源", 20)
    form = make.text("形式", 20)
    basis = models.CharField("口径", max_length=10, choices=make.BASES, default="actual")
    amount = make.money("金额")
    goods = make.text("物资", 100)
    goods_quantity = make.number("物资数量")
    goods_unit = make.text("物资单位", 10)
    purpose = make.text("用途", 200)
    budget_item = make.text("预算科目", 60)
    payer = make.ref("Organisation", "付款单位", "payments")
    payer_person = make.ref("Person", "付款人", "payments")
    payer_class = make.text("付款方类型", 20)
    payee = make.ref("Organisation", "收款单位", "receipts")
    payee_person = make.ref("Person", "收款人", "receipts")
    payee_household = make.ref("Household", "收款农户", "receipts")
    scheme = make.ref("Scheme", "政策或计划", "fund_flows")
    application = make.ref("Application", "来源申报", "fund_flows")
    recognition = make.ref("Recognition", "兑现依据（认定）", "fund_flows")
    ip_right = make.ref("IPRight", "兑现依据（知识产权）", "fund_flows")
    project = make.ref("Project", "项目", "fund_flows")
    platform = make.ref("Platform", "平台", "fund_flows")
    agreement = make.ref("Agreement", "协议", "fund_flows")
    activity = make.ref("Activity", "活动", "fund_flows")
    case = make.ref("Case", "事项", "fund_flows")
    plan_year = make.calendar_year("预算年度")
    benefit_year = make.calendar_year("所属年度")
    occurred_on = make.day("发生日期")
    approved_on = make.day("批复日期")
    assigned_on = make.day("下达日期")
    received_on = make.day("到账日期")
    paid_on = make.day("拨付日期")
    returned_on = make.day("退回日期")
    voucher_number = make.text("凭证号", 60)
    crop = make.text("作物或产品", 40)

    class Meta(Entity.Meta):
        verbose_name = verbose_name_plural = "资金"
        indexes = make.record_indexes(
            "fund",
            ("occurred_on", "approved_on", "assigned_on", "received_on", "paid_on", "returned_on"),
            ("scheme", "application", "project", "payee", "payer", "agreement", "case"),
            listed=("approved_on", "assigned_on", "paid_on", "occurred_on", "received_on"),
        )
