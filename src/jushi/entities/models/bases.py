"""Bases with what stands and grows on them, production and benefit links (mission.md §2, nos. 16–18)."""

from __future__ import annotations

from django.db import models

from jushi.entities.models import make
from jushi.entities.models.common import Entity


class Base(Entity):
    """A demonstration base, point or farm. Exists from ``built_on`` until ``closed_on``."""

    ordered = (("started_on", "built_on"), ("built_on", "closed_on"))

    stage = make.stage()
    category = make.text("基地类型", 40)
    crop = make.text("作物或畜禽", 40)
    crops = make.words("种养品种")
    operator = make.ref("Organisation", "经营主体", "bases")
    household = make.ref("Household", "经营农户", "bases")
    manager = make.ref("Person", "负责人", "bases")
    project = make.ref("Project", "建设项目", "bases")
    protocol = make.ref("AgriTech", "执行规程", "bases")
    parent = make.ref("Base", "上级基地", "children")
    place = make.text("地点", 120)
    longitude = make.number("经度", 6)
    latitude = make.number("纬度", 6)
    altitude = make.number("海拔（米）", signed=True)
    altitude_band = make.text("海拔带", 20)
    land_mu = make.number("面积（亩）")
    pull_mu = make.number("带动面积（亩）")
    households = make.count("带动户数")
    planned_on = make.day("规划日期")
    started_on = make.day("开建日期")
    built_on = make.day("建成日期")
    accepted_on = make.day("验收日期")
    closed_on = make.day("退出日期")

    class Meta(Entity.Meta):
        verbose_name = verbose_name_plural = "基地"
        indexes = make.record_indexes("base", ("started_on", "built_on", "closed_on"), ("operator", "project"), listed=("built_on",))


class Facility(Entity):
    """A greenhouse, shed, channel or device.

    It stands on a base when there is one, and has its own identity and size.
    """

    ordered = (("built_on", "ended_on"),)

    stage = make.stage()
    category = make.text("设施类型", 40)
    base = make.ref("Base", "所在基地", "facilities")
    parent = make.ref("Facility", "所在设施", "children")
    project = make.ref("Project", "建设项目", "facilities")
    operator = make.ref("Organisation", "管护单位", "facilities")
    number = make.natural("设施编号", 40)
    model = make.text("型号", 60)
    quantity = make.number("数量")
    size = make.number("规模")
    unit = make.text("规模单位", 10)
    built_on = make.day("建成日期")
    ended_on = make.day("停用日期")
    limits = models.JSONField("监测限值", default=dict, blank=True)

    class Meta(Entity.Meta):
        verbose_name = verbose_name_plural = "设施"
        indexes = [
            *make.record_indexes("fac", ("built_on", "ended_on"), ("base", "parent"), listed=("built_on",)),
            make.key_index("fac", "kind", "number"),
        ]
        constraints = [make.natural_key("fac", "kind", "number", message="这个设施编号已经使用，请换一个编号或修改原有设施")]


class Plot(Entity):
    """A node of a trial layout: 区 → 组 → 样方 → 株, of one variety and treatment."""

    ordered = (("sown_on", "harvested_on"), ("sown_on", "ended_on"))

    stage = make.stage()
    tier = models.CharField("小区层级", max_length=20)
    base = make.ref("Base", "所在基地", "plots")
    parent = make.ref("Plot", "上级小区", "children")
    number = make.natural("小区编号", 40)
    agritech = make.ref("AgriTech", "品种或技术", "plots")
    crop = make.text("作物", 40)
    treatment = make.text("处理方式", 40)
    dose = make.text("处理剂量", 40)
    sowing_method = make.text("播种方式", 40)
    size = make.number("面积（平方米）")
    plants = make.count("株数")
    treated_on = make.day("处理日期")
    sown_on = make.day("播种日期")
    emerged_on = make.day("出苗日期")
    harvested_on = make.day("采收日期")
    ended_on = make.day("终止日期")
    harvest = make.number("产量（千克）")

    class Meta(Entity.Meta):
        verbose_name = verbose_name_plural = "试验小区"
        indexes = make.record_indexes("plot", ("treated_on", "sown_on", "ended_on"), ("base", "parent", "agritech"))
        constraints = [make.natural_key("plot", "base", "year", "number", message="本基地本年度已有这个小区编号，请换一个编号")]


class Sample(Entity):
    """Something taken from a plot, numbered, stored and used up."""

    ordered = (("collected_on", "stored_on"), ("stored_on", "ended_on"))

    stage = make.stage()
    base = make.ref("Base", "所在基地", "samples")
    plot = make.ref("Plot", "取样小区", "samples")
    number = make.natural("样品编号", 40)
    category = make.text("样品类型", 40)
    weight = make.number("重量（克）")
    collected_on = make.day("采收日期")
    dried_on = make.day("晾干日期")
    stored_on = make.day("入库日期")
    ended_on = make.day("领用或销毁日期")
    store_place = make.text("存放位置", 60)
    purpose = make.text("用途", 100)

    class Meta(Entity.Meta):
        verbose_name = verbose_name_plural = "样品"
        indexes = [*make.record_indexes("sample", ("collected_on", "stored_on"), ("base", "plot")), make.key_index("sample", "number")]
        constraints = [make.natural_key("sample", "number", message="这个样品编号已经使用，请换一个编号")]


class Observation(Entity):
    """One value of one metric at one moment, read by a person or a sensor."""

    base = make.ref("Base", "基地", "observations")
    facility = make.ref("Facility", "设施", "observations")
    plot = make.ref("Plot", "小区", "observations")
    observer = make.ref("Person", "观测人", "observations")
    metric = models.CharField("观测指标", max_length=40)
    value = make.number("数值", signed=True)
    value_text = make.text("文字结果", 100)
    unit = make.text("单位", 10)
    observed_at = models.DateTimeField("观测时间")
    source = make.text("数据来源", 20)
    is_alarm = make.flag("超限告警")

    class Meta(Entity.Meta):
        verbose_name = verbose_name_plural = "观测"
        indexes = [
            *make.record_indexes("obs", ("observed_at",), ("base",), staged=False, listed=("observed_at",)),
            models.Index(fields=["county", "facility", "metric", "observed_at"], name="e_obs_facility_series"),
            models.Index(fields=["county", "plot", "metric", "observed_at"], name="e_obs_plot_series"),
        ]


class Production(Entity):
    """A quantity grown, made, sold or bought in a period, by measure and unit.

    ``basis`` keeps 预计 apart from 实际 and 核定.
    """

    ordered = (("starts_on", "ends_on"),)

    stage = make.stage()
    category = make.text("品类", 40)
    chain = make.text("产业链", 40)
    crop = make.text("作物或产品", 40)
    measure = models.CharField("量项", max_length=40)
    quantity = make.number("数量")
    unit = models.CharField("单位", max_length=10)
    mode = make.text("生产方式", 20)
    link = make.text("产业环节", 40)
    basis = models.CharField("口径", max_length=10, choices=make.BASES, default="actual")
    starts_on = make.day("期间起")
    ends_on = make.day("期间止")
    verified_on = make.day("核实日期")
    season = make.text("季次", 20)
    base = make.ref("Base", "基地", "productions")
    organisation = make.ref("Organisation", "生产或收购单位", "productions")
    buyer = make.ref("Organisation", "购买单位", "purchases")
    household = make.ref("Household", "农户", "productions")
    project = make.ref("Project", "项目", "productions")
    agritech = make.ref("AgriTech", "品种或技术", "productions")
    agreement = make.ref("Agreement", "协议", "productions")
    price = make.money("单价")
    amount = make.money("金额")
    households = make.count("涉及户数")
    batch = make.text("批号", 40)
    quality = make.text("质量", 40)
    source = make.text("数据来源", 100)

    class Meta(Entity.Meta):
        verbose_name = verbose_name_plural = "产销量"
        indexes = [
            *make.record_indexes("prod", ("starts_on", "ends_on"), ("base", "organisation", "household", "project"), listed=("starts_on",)),
            models.Index(fields=["county", "kind", "measure", "ends_on"], name="e_prod_measure"),
        ]


class Linkage(Entity):
    """A household that gains from an operator, a project or a team, in one form, over one period."""

    ordered = (("starts_on", "ends_on"),)

    stage = make.stage()
    category = make.text("联结方式", 40)
    chain = make.text("产业链", 40)
    crop = make.text("作物或产品", 40)
    household = models.ForeignKey("Household", models.PROTECT, verbose_name="农户", related_name="linkages", db_index=False)
    organisation = make.ref("Organisation", "经营主体", "linkages")
    project = make.ref("Project", "项目", "linkages")
    group = make.ref("Group", "队伍", "linkages")
    agreement = make.ref("Agreement", "协议", "linkages")
    people = make.count("带动人数")
    starts_on = make.day("起始日期")
    ends_on = make.day("终止日期")
    verified_on = make.day("核实日期")
    amount = make.money("农户所得")
    effect = make.words("成效")

    class Meta(Entity.Meta):
        verbose_name = verbose_name_plural = "利益联结"
        indexes = make.record_indexes(
            "link", ("starts_on", "ends_on", "verified_on"), ("household", "organisation", "project", "group"), listed=("starts_on",)
        )
