"""Registers that every line of business refers to: organisations, people, households, groups."""

from __future__ import annotations

from django.db.models import Q

from jushi.entities.checks import credit_code, id_number, phone
from jushi.entities.models import Group, GroupMember, Household, Organisation, OrganisationAlias, Person
from jushi.ledger.columns import Choice, Day, Flag, Link, LongText, Money, Number, Text
from jushi.ledger.declaration import Group as Fields
from jushi.ledger.declaration import Ledger, Lines, Stage
from jushi.ledger.indicators import Count, Stock

organisations = Ledger(
    "organisations", "单位名册", Organisation, ("organisation",), "A", "planning", at="registered_on", key=("title",),
    unit="家", rows=("A01",), hint="企业、合作社、学校、部门、村集体……凡在别处会被提到名称的单位，先在这里建档一次。",
    columns=(
        Text("title", "单位名称", main=True, required=True, search=True),
        Choice("category", dictionary="organisation_category", filter=True, required=True, default="firm"),
        Text("credit_code", check=credit_code, listed=False),
        Text("short_name", search=True, listed=False),
        Text("industry"),
        Flag("is_private", filter=True),
        Text("contact", personal="name", listed=False),
        Text("phone", personal="phone", check=phone),
        Text("address", listed=False),
        Number("staff", unit="人", listed=False),
        Number("rd_staff", unit="人", listed=False),
        Money("revenue", unit="万元", listed=False),
        Money("rd_spend", unit="万元", listed=False),
        Link("parent", listed=False),
        Day("registered_on", sort=True, filter=True),
        Day("ended_on", listed=False),
        LongText("products"),
    ),
    form=(
        Fields("基本信息", "title short_name category credit_code industry is_private parent"),
        Fields("联系与规模", "contact phone address staff rd_staff revenue rd_spend products"),
        Fields("存续", "registered_on ended_on"),
    ),
    lines=(
        Lines("aliases", "曾用名与简称", OrganisationAlias._meta.label, "organisation", (
            Text("name", required=True), Day("starts_on"), Day("ends_on"), Text("basis"),
        )),
    ),
    indicators=(
        Stock("organisations.registered", "在册单位数", "家", valid=("registered_on", "ended_on"), by=("category", "area"),
              words="截至期末已建档且未停用的单位数"),
    ),
)  # fmt: skip

people = Ledger(
    "people", "人员名册", Person, ("person",), "A", "planning", at="year", key=("title", "organisation"), unit="人",
    hint="特派员、专家、信息员、企业联系人……先在这里建档，再在各名册中写明担任什么。",
    columns=(
        Text("title", "姓名", main=True, required=True, search=True),
        Choice("gender", options={"男": "男", "女": "女"}, listed=False),
        Link("organisation", filter=True),
        Text("position_title"),
        Text("technical_title"),
        Text("speciality", search=True),
        Text("phone", personal="phone", check=phone),
        Text("id_number", personal="id", check=id_number, listed=False),
        Flag("is_available", default=True, listed=False),
    ),
    form=(
        Fields("基本信息", "title gender organisation position_title technical_title speciality is_available"),
        Fields("联系", "phone id_number"),
    ),
)  # fmt: skip

households = Ledger(
    "households", "农户名册", Household, ("household",), "H", "rural", at="registered_on", key=("number",), unit="户",
    zone="household", hint="一户一档：走访、帮扶、征收、联结都指向同一户，户数才不会重复。",
    columns=(
        Text("number", "户编号", main=True, required=True, search=True),
        Text("title", "户主姓名", required=True, search=True, personal="name"),
        Choice("category", options={"general": "一般农户", "poor": "贫困户", "monitored": "监测户"}, filter=True, default="general"),
        Number("members", unit="人", total=True),
        Number("labour", unit="人", listed=False),
        Text("phone", personal="phone", check=phone),
        Text("address", personal="address", listed=False),
        Flag("is_registered_poor", filter=True),
        Day("registered_on", sort=True),
        Day("exited_on", listed=False),
        Link("helper"),
        Text("cause", listed=False),
        LongText("measures"),
    ),
    form=(
        Fields("基本信息", "number title category members labour phone address"),
        Fields("帮扶", "is_registered_poor registered_on exited_on cause helper measures"),
    ),
    indicators=(
        Stock("households.poor", "在册贫困户数", "户", where=Q(is_registered_poor=True),
              valid=("registered_on", "exited_on"), by=("area",),
              words="截至期末建档立卡且未脱贫的农户数"),
        Count("households.registered", "期内建档农户数", "户", words="建档日期在期内的农户数"),
    ),
)  # fmt: skip

groups = Ledger(
    "groups", "组织与链条名册", Group, ("group",), "N", "office", at="starts_on", key=("title",), unit="个",
    hint="领导小组、成员单位联席、科技扶贫队伍、工作专班：成员有进有出，按日期记。",
    columns=(
        Text("title", "名称", main=True, required=True, search=True),
        Text("category", "类型"),
        Link("leader"),
        Link("host"),
        Text("speciality", listed=False),
        Day("starts_on", sort=True, required=True),
        Day("ends_on"),
        LongText("tasks"),
    ),
    stages=(Stage("forming", "组建", ("running",)), Stage("running", "运行", ("ended",), date="starts_on"),
            Stage("ended", "撤销", date="ends_on", final=True)),
    lines=(
        Lines("members", "成员", GroupMember._meta.label, "group", (
            Link("organisation"), Link("person"), Text("role"), Text("duty"), Day("starts_on"), Day("ends_on"),
        )),
    ),
)  # fmt: skip

LEDGERS = (organisations, people, households, groups)
