"""K 廉政与公开: duty lists, limits on the three public expenses, integrity publicity, disclosure."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from jushi.entities.models import Activity, Agreement, Document, FundFlow, PlanItem
from jushi.ledger.columns import Choice, Day, Link, LongText, Money, Number, Output, Tags, Text, UserLink
from jushi.ledger.columns.tally import Tally
from jushi.ledger.declaration import Group as Fields
from jushi.ledger.declaration import Ledger, Stage
from jushi.ledger.indicators import Count, Ratio, Stock, Total
from jushi.ledger.marks import Mark
from jushi.ledgers.checks_k import (
    approval_is_for_this_sum,
    near_limit,
    needs_second_approval,
    publication_long_enough,
    within_limit,
    year_of_spending,
)
from jushi.ledgers.h_relief import SIGNED
from jushi.ledgers.k_digests import UNPUBLISHED, YEARS

MONEY = "money"

integrity_duties = Ledger(
    "integrity_duties", "党风廉政责任清单", PlanItem, ("integrity_duty",), "K", "office", at="assigned_on",
    key=("title", "period"), rows=("K20",), unit="项",
    hint="把主体责任分解到班子、主要负责人和班子成员；每季度要有履责记录或佐证，没有的在季度检查中列出。",
    columns=(
        Text("title", "责任事项", main=True, required=True, search=True),
        Choice("category", "责任类别", dictionary="integrity_holder", required=True, filter=True),
        Text("period", "年度", required=True, filter=True, example="2015"),
        UserLink("owner_user", "责任人"),
        Day("assigned_on", "分解日期", required=True, filter=True, sort=True),
        Day("due_on", "履责期限", sort=True),
        Tally("records", "履责记录", table="entities.Activity", link="plan_item", unit="次"),
        LongText("content"),
        LongText("result", "履责报告"),
    ),
    stages=(Stage("assigned", "分解", ("doing",), date="assigned_on"), Stage("doing", "履责", ("reported",)),
            Stage("reported", "报告", ("assessed",), needs=("result",)),
            Stage("assessed", "考核", date="done_on", evidence=True, other=True, final=True)),
    indicators=(
        Count("integrity_duties.split", "分解廉政责任事项数", "项", by=("category",), words="分解日期在期内的党风廉政责任事项数"),
    ),
)  # fmt: skip

duty_records = Ledger(
    "duty_records", "履责记录", Activity, ("duty_record",), "K", "office", at="held_on", key=("title", "held_on", "plan_item"),
    rows=("K20",), unit="次", parent="integrity_duties", hint="责任人做了什么，一次一行，指明对应哪一项责任。",
    columns=(
        Text("title", "履责情况", main=True, required=True, search=True),
        Link("plan_item", "责任事项", required=True, filter=True, kinds=("integrity_duty",)),
        Day("held_on", "日期", required=True, filter=True, sort=True),
        LongText("content"),
    ),
    indicators=(Count("integrity_duties.records", "廉政履责次数", "次", by=("plan_item",), words="期内登记的党风廉政履责次数"),),
)  # fmt: skip

integrity_letters = Ledger(
    "integrity_letters", "党风廉政责任书", Agreement, ("integrity_letter",), "K", "office", at="signed_on",
    key=("title", "signed_on"), rows=("K20",), unit="份", columns=SIGNED, parent="integrity_duties",
    hint="与各股室签订的责任书一份一行。",
    indicators=(Count("integrity_letters.signed", "党风廉政责任书份数", "份", words="签订日期在期内的党风廉政责任书份数"),),
)  # fmt: skip

SPENDING = (
    Text("title", "事由", main=True, required=True, search=True),
    Choice("category", "支出项目", dictionary="three_public", required=True, filter=True),
    Number("plan_year", "预算年度", required=True),
    Money("amount", required=True, total=True),
)

spending_limits = Ledger(
    "spending_limits", "“三公”经费限额", FundFlow, ("three_public_limit",), "K", "finance", at="approved_on",
    key=("category", "plan_year"), rows=("K24",), unit="项", zone=MONEY, hint="每年每项一行，登记核定的限额。",
    columns=(*SPENDING, Day("approved_on", "核定日期", required=True, filter=True, sort=True)),
    indicators=(
        Total("three_public.limit", "“三公”经费限额", "元", of="amount", by=("category",), places=2, words="核定日期在期内的限额之和"),
    ),
)  # fmt: skip

public_spending = Ledger(
    "public_spending", "“三公”经费支出", FundFlow, ("three_public",), "K", "finance", at="occurred_on",
    key=("category", "occurred_on", "title"), rows=("K24",), unit="笔", zone=MONEY, parent="spending_limits",
    hint="支出一笔记一行；接近限额时提醒，超过限额的由登记人以外的领导在“进展”中复批后才能核定。",
    columns=(
        *SPENDING,
        Day("occurred_on", "发生日期", required=True, filter=True, sort=True),
        Text("voucher_number"),
        Day("approved_on", "复批日期", readonly=True, listed=False),
    ),
    form=(Fields("支出", "title category plan_year amount occurred_on voucher_number"),),
    stages=(Stage("recorded", "登记", ("approved",)),
            Stage("approved", "复批", date="approved_on", other=True, permission="confirm", rule=needs_second_approval, final=True)),
    checks=(year_of_spending,), warnings=(near_limit,), gates=(within_limit,), derive=(approval_is_for_this_sum,), digests=(YEARS,),
    indicators=(
        Total("three_public.spent", "“三公”经费支出", "元", of="amount", by=("category",), places=2,
              words="发生日期在期内的公务接待、公务用车和因公出国（境）支出"),
        Total("three_public.reception", "公务接待支出", "元", of="amount", where=Q(category="reception"), places=2,
              words="其中公务接待支出"),
        Ratio("three_public.used", "“三公”经费限额使用率", "%", top="three_public.spent", bottom="three_public.limit", scale=100,
              words="“三公”经费支出占限额的比重"),
    ),
    sentences={
        "party.integrity": "对照主体责任清单，把责任分解为{integrity_duties.split}，签责任书{integrity_letters.signed}，"
        "“三公”开支{three_public.spent}{?，{three_public.spent|同比}?}。",
    },
)  # fmt: skip

integrity_publicity = Ledger(
    "integrity_publicity", "廉政宣传与警示教育", Activity, ("integrity_publicity",), "K", "party", at="held_on",
    key=("title", "held_on"), rows=("K25",), unit="场", hint="发放资料、组织观看、制作标语、警示教育，办一场记一行，数量填在成果里。",
    columns=(
        Text("title", "活动", main=True, required=True, search=True),
        Choice("form", "形式", dictionary="publicity_form", required=True, filter=True),
        Day("held_on", required=True, filter=True, sort=True),
        Text("audience"),
        Tags("tags", "所属行动", filter=True),
        Output("leaflets", "发放资料", measure="leaflets", unit="份", item_class="integrity"),
        Output("viewers", "观看人数", measure="viewers", unit="人"),
        Output("slogans", "制作标语", measure="slogans", unit="幅"),
    ),
    indicators=(
        Count("integrity_publicity.times", "廉政宣传活动场次", "场", by=("form",), words="举办日期在期内的廉政宣传、警示教育场次"),
        Total("integrity_publicity.leaflets", "廉政宣传资料份数", "份", of="leaflets", by=("area",),
              words="廉政宣传活动发放资料份数之和", aliases=("廉政宣传资料",)),
        Total("integrity_publicity.viewers", "组织观看人数", "人", catalogue="IH22", of="viewers", by=("area",),
              words="宣传观影活动参加人数之和", aliases=("组织观看",)),
        Total("integrity_publicity.slogans", "制作廉政标语幅数", "幅", catalogue="IK09", of="slogans", words="廉政标语幅数之和"),
    ),
)  # fmt: skip

disclosures = Ledger(
    "disclosures", "政务公开事项", Document, ("disclosure",), "K", "office", at="due_on", key=("title", "due_on"),
    rows=("K26",), unit="项", hint="应当公开的事项先登记期限，公开后补日期和网址；到期未公开的标红。",
    columns=(
        Text("title", "公开事项", main=True, required=True, search=True),
        Choice("category", "类别", dictionary="disclosure_item", required=True, filter=True),
        Day("due_on", "应公开日期", required=True, filter=True, sort=True),
        Day("published_on", "公开日期", filter=True, sort=True),
        Day("ends_on", "公示截止", listed=False),
        Text("link", "网址或公开栏", listed=False),
    ),
    stages=(Stage("due", "应公开", ("reviewed",)), Stage("reviewed", "审核", ("published",), date="reviewed_on", other=True),
            Stage("published", "公开", date="published_on", needs=("link",), final=True)),
    checks=(publication_long_enough,), digests=(UNPUBLISHED,),
    marks=(
        Mark("unpublished", "应公开未公开", "red", lambda county, day: Q(due_on__lte=day, published_on=None), "请审核后公开，并补网址"),
        Mark("soon", "即将到期", "yellow",
             lambda county, day: Q(due_on__gt=day, due_on__lte=day + timedelta(days=3), published_on=None), "请准备公开内容"),
    ),
    indicators=(
        Count("disclosures.due", "应公开事项数", "项", by=("category",), words="应公开日期在期内的事项数"),
        Count("disclosures.published", "已公开事项数", "项", at="published_on", by=("category",), words="公开日期在期内的事项数"),
        Stock("disclosures.open", "应公开未公开事项数", "项", valid=("due_on", "published_on"), by=("category",),
              words="截至期末已到期而没有公开的事项数"),
    ),
)  # fmt: skip

LEDGERS = (
    integrity_duties, duty_records, integrity_letters, spending_limits, public_spending, integrity_publicity, disclosures,
)  # fmt: skip
