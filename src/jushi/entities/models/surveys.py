"""Statistical surveys, their returns, and figures from outside (mission.md §2, nos. 24–25)."""

from __future__ import annotations

from django.db import models

from jushi.entities.models import make
from jushi.entities.models.common import Entity


class Survey(Entity):
    """One round of a survey.

    Its scope list is its returns: one row per respondent exists before anything is reported.
    """

    ordered = (("opens_on", "due_on"), ("opens_on", "closed_on"))

    stage = make.stage()
    category = make.text("调查类别", 40)
    period = make.text("调查期", 20)
    issuer = make.text("制定机关", 100)
    opens_on = make.day("布置日期")
    due_on = make.day("报送期限")
    reported_on = make.day("上报日期")
    closed_on = make.day("结束日期")
    form = models.JSONField("调查项目与核查关系", default=dict, blank=True)
    notice = make.ref("Document", "通知文件", "surveys")

    class Meta(Entity.Meta):
        verbose_name = verbose_name_plural = "调查"
        indexes = make.record_indexes("survey", ("opens_on", "due_on", "closed_on"), listed=("opens_on",))


class Return(Entity):
    """What one respondent reports in one survey; columns that figures add stand beside the answers."""

    stage = make.stage()
    survey = models.ForeignKey("Survey", models.PROTECT, verbose_name="调查", related_name="returns", db_index=False)
    organisation = make.ref("Organisation", "填报单位", "returns")
    person = make.ref("Person", "填报人员", "returns")
    industry = make.text("行业", 40)
    sector = make.text("执行部门", 20)
    is_above_scale = make.flag("规上企业")
    basis = models.CharField("口径", max_length=10, choices=make.BASES, default="actual")
    submitted_on = make.day("报送日期")
    returned_on = make.day("退回日期")
    passed_on = make.day("审核通过日期")
    reported_on = make.day("上报日期")
    verified_on = make.day("核定日期")
    answers = models.JSONField("填报值", default=dict, blank=True)
    rd_expense = make.money("研发经费")
    revenue = make.money("营业收入")
    rd_staff = make.count("研发人员数")
    rd_projects = make.count("研发项目数")
    output = make.money("产值")
    reason = make.words("说明")

    class Meta(Entity.Meta):
        verbose_name = verbose_name_plural = "调查表"
        indexes = make.record_indexes(
            "ret", ("submitted_on", "passed_on", "reported_on", "verified_on"), ("survey", "organisation"), listed=("submitted_on",)
        )
        constraints = [make.natural_key("ret", "survey", "organisation", message="这个单位在本次调查中已有一份表，请修改原表")]


class ExternalFigure(Entity):
    """A number from another authority (GDP, population, targets of others), by area, period and basis."""

    measure = models.CharField("数据项", max_length=60)
    period = models.CharField("期间", max_length=20)
    as_of = make.day("截至日期")
    value = make.number("数值", signed=True)
    unit = models.CharField("单位", max_length=20)
    basis = models.CharField("口径", max_length=10, choices=make.BASES, default="verified")
    source = make.text("数据来源", 200)
    published_on = make.day("发布日期")

    class Meta(Entity.Meta):
        verbose_name = verbose_name_plural = "外部数据"
        indexes = [
            *make.record_indexes("ext", ("as_of", "published_on"), staged=False, listed=("as_of",)),
            models.Index(fields=["county", "kind", "measure", "period"], name="e_ext_measure"),
        ]
        constraints = [
            make.natural_key(
                "ext",
                "measure",
                "area",
                "period",
                "basis",
                message="这个地区、期间和口径的数据已经登记，请修改原记录（修改会留痕）",
            )
        ]
