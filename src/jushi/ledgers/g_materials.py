"""G 科普与培训: printed matter in store (G09), member units with their tasks and returns (G15), model-district items (G17)."""

from __future__ import annotations

from django.db.models import Q

from jushi.entities.models import Activity, Document, Group, GroupMember, PlanItem, Stock
from jushi.ledger.columns import Choice, Column, Day, FieldChoice, Link, LongText, Number, Parties, Text
from jushi.ledger.declaration import Group as Fields
from jushi.ledger.declaration import Ledger, Lines, Stage
from jushi.ledger.indicators import Count, Distinct, Ratio, Total
from jushi.ledger.indicators import Stock as InForce
from jushi.ledgers.checks_materials import handout_matches_event, never_below_zero, still_in_stock, take_unit
from jushi.ledgers.events import CAMPAIGNS, CONSULTATIONS, CONTENT, ENDS_ON, HELD_ON, MATERIALS, PLACE, TITLE, VISITORS
from jushi.ledgers.evidence_digests import proof_of
from jushi.ledgers.g_digests import REPLY
from jushi.ledgers.g_joint import gaps_of_model_district, returned_once, returns_due, settle_task

UNITS = {"册": "册", "本": "本", "份": "份", "套": "套", "幅": "幅", "块": "块"}
MOVEMENTS = {"in": "入库", "out": "发放", "gain": "盘盈", "loss": "盘亏"}
UNIT_CODES = {
    "册": "manuals",
    "本": "books",
    "份": "leaflets",
    "套": "chart_sets",
    "幅": "chart_sheets",
    "块": "panels",
}

items = Ledger(
    "print_items", "科普资料目录", Document, ("print_item",), "G", "outreach", at="issued_on", key=("title", "edition"), rows=("G09",),
    unit="种", hint="印制或领来的手册、图书、折页、挂图、展板，一种一行，先定单位；进出数量记在出入库台账。",
    columns=(
        Text("title", "资料名称", main=True, required=True, search=True),
        Choice("category", "类型", dictionary="print_type", filter=True, required=True),
        Choice("unit", "单位", options=UNITS, filter=True, required=True),
        Text("edition", "版次", listed=False), Text("authors", "编印单位"), Text("industry", "内容领域", filter=True, listed=False),
        Day("issued_on", "印制（领取）日期", filter=True, sort=True),
    ),
    indicators=(
        Count("print_items.made", "编印科普资料种数", "种", by=("category",), words="印制（领取）日期在期内的资料种数"),
    ),
)  # fmt: skip


def _issued(unit: str, code: str) -> Total:
    return Total(f"print_moves.{code}", f"出库发放资料（{unit}）", unit, of="quantity", where=Q(movement="out", unit=unit), by=("document",),
                 words=f"发放日期在期内、以“{unit}”计的资料出库数量之和，不同单位不相加")  # fmt: skip


moves = Ledger(
    "print_moves", "科普资料出入库台账", Stock, ("print_move",), "G", "outreach", at="moved_on",
    key=("document", "movement", "moved_on", "quantity"), rows=("G09",), unit="笔", parent="print_items",
    hint="资料入库、发放、盘点，一笔一行；发放数不能多于库存，账实不符先登记盘盈或盘亏。",
    columns=(
        Text("title", "摘要", readonly=True, listed=False),
        Link("document", "资料", main=True, required=True, filter=True, kinds=("print_item",)),
        FieldChoice("movement", "出入库", options=MOVEMENTS, filter=True, required=True),
        Day("moved_on", "日期", filter=True, sort=True, required=True),
        Number("quantity", "数量", places=0, minimum=1, required=True),
        Text("unit", "单位", readonly=True),
        Link("activity", "用于活动", filter=True), Link("organisation", "领用（来源）单位", listed=False), Text("receiver", "经手人"),
    ),
    form=(Fields("出入库", "document movement moved_on quantity"), Fields("去向", "activity organisation receiver")),
    checks=(never_below_zero,), gates=(still_in_stock,), warnings=(handout_matches_event,), derive=(take_unit,),
    indicators=tuple(_issued(unit, code) for unit, code in UNIT_CODES.items()),
)  # fmt: skip

members = Ledger(
    "member_units", "科普成员单位联席", Group, ("member_units",), "G", "outreach", at="starts_on", key=("title",), rows=("G15",), unit="个",
    hint="科普工作联席会议及其成员单位；每家写明联络员，活动周任务按成员单位分发。",
    columns=(
        Text("title", "名称", main=True, required=True, search=True), Link("leader", "召集人"), Link("host", "牵头单位"),
        Day("starts_on", "成立日期", sort=True, required=True), Day("ends_on", listed=False), LongText("tasks", "协作任务"),
    ),
    lines=(
        Lines("members", "成员单位", GroupMember._meta.label, "group", (
            Link("organisation", required=True), Link("liaison"), Text("duty"), Day("starts_on"), Day("ends_on"),
        )),
    ),
    indicators=(
        Count("member_units.founded", "成立的科普联席机构", "个", words="成立日期在期内的科普联席机构数"),
    ),
)  # fmt: skip

PLAN: tuple[Column, ...] = (
    Link("organisation", "责任单位", filter=True, required=True),
    LongText("content"),
    Day("assigned_on", "下达日期", sort=True),
    Day("due_on", "完成期限", filter=True, sort=True, required=True),
    Day("done_on", "完成日期", sort=True),
)

tasks = Ledger(
    "joint_tasks", "联合活动任务台账", PlanItem, ("joint_task",), "G", "outreach", at="due_on", key=("title", "organisation", "period"),
    rows=("G15",), unit="项", parent="member_units", hint="活动周分给各成员单位的任务，一家一行；联络员填回活动数据即完成，逾期未报的系统提醒。",
    columns=(Text("title", "任务", main=True, required=True, search=True), Text("period", "所属活动", required=True, filter=True), *PLAN),
    stages=(Stage("sent", "下达", ("returned",), date="assigned_on"), Stage("returned", "已回报", date="done_on", final=True)),
    reminders=(returns_due,), digests=(REPLY,),
    indicators=(
        Count("joint_tasks.sent", "下达成员单位任务数", "项", by=("organisation",), words="完成期限在期内的联合活动任务项数"),
        Count("joint_tasks.returned", "成员单位已回报任务数", "项", at="done_on", words="回报日期在期内的联合活动任务项数"),
    ),
)  # fmt: skip

returns = Ledger(
    "joint_returns", "成员单位活动回报", Activity, ("joint_return",), "G", "outreach", at="held_on", key=("plan_item",), rows=("G15",),
    unit="份", parent="member_units", hint="成员单位联络员填回本单位在活动周里做了什么、多少量；数量直接汇入该届活动周，不必再抄一遍。",
    columns=(
        TITLE, Number("edition", "届次", required=True), Link("plan_item", "对应任务", required=True, kinds=("joint_task",)),
        Parties("units", "回报单位", role="unit", to="organisation", filter=True), HELD_ON, ENDS_ON, PLACE, *MATERIALS, CONSULTATIONS,
        VISITORS, CAMPAIGNS, CONTENT,
    ),
    checks=(returned_once,), after=(settle_task,),
)  # fmt: skip

week = Ledger(
    "week_activities", "活动周汇总", Activity, ("science_week", "joint_return"), "G", "outreach", at="held_on", key=("title", "held_on"),
    rows=("G01", "G15"), unit="次", parent="science_weeks", read_only=True, hint="活动周本身和各成员单位回报的活动汇在一起；请到各自的台账登记。",
    columns=(TITLE, Number("edition", "届次"), HELD_ON, Parties("units", "参加单位", role="unit", to="organisation"), *MATERIALS,
             CONSULTATIONS, VISITORS),
    indicators=(
        Distinct("week_activities.units", "活动周联合成员单位数", "个", catalogue="IG27", of="units",
                 words="期内科技活动周（含成员单位回报）参加的不同单位数", aliases=("联合成员单位",)),
        Total("week_activities.leaflets", "活动周发放资料", "份", of="leaflets", words="期内科技活动周及成员单位回报的资料份数之和"),
        Total("week_activities.visitors", "活动周参观群众", "人次", of="visitors", words="期内科技活动周及成员单位回报的参观人次之和"),
        Total("week_activities.consultations", "活动周接受咨询", "人次", of="consultations", words="期内科技活动周及成员单位回报的咨询人次之和"),
    ),
    sentences={
        "week_activities.summary": "联合{week_activities.units|值}个成员单位办好第{science_weeks.edition|值}届科技活动周"
        "{?，参观群众{week_activities.visitors|余}?}。",
    },
)  # fmt: skip

IN_FORCE = ("assigned_on", "cancelled_on")

model_items = Ledger(
    "model_items", "科普示范区创建指标台账", PlanItem, ("model_index",), "G", "outreach", at="assigned_on", key=("title", "period"),
    rows=("G17",), unit="项", hint="创建全国科普示范区的指标逐项列出，分给责任单位；上传佐证后转为达标，缺口和责任单位随时可见。",
    columns=(
        Text("title", "指标", main=True, required=True, search=True), Text("period", "创建期", required=True, filter=True, example="2015"),
        Choice("category", "指标类别", dictionary="model_area", filter=True), *PLAN,
        Number("weight", "分值", places=3, total=True), Number("progress", "自评得分", places=1, listed=False), LongText("result"),
        Day("cancelled_on", listed=False),
    ),
    stages=(
        Stage("launched", "启动", ("met",), date="assigned_on"),
        Stage("met", "达标自查", ("declared",), date="done_on", evidence=True),
        Stage("declared", "申报", ("accepted",)),
        Stage("accepted", "验收", ("named",), other=True),
        Stage("named", "命名", final=True),
    ),
    reminders=(gaps_of_model_district,), digests=(proof_of("model_items", "创建指标逐项的佐证和缺口，附责任单位；验收时按指标导出。"),),
    indicators=(
        InForce("model_items.all", "科普示范区创建指标数", "项", valid=IN_FORCE, by=("organisation", "category"), words="截至期末在用的创建指标项数"),
        InForce("model_items.met", "科普示范区达标指标数", "项", valid=("done_on", "cancelled_on"), by=("organisation", "category"),
                words="截至期末已有佐证、自查达标的创建指标项数"),
        Ratio("model_items.progress", "科普示范区创建达标率", "%", top="model_items.met", bottom="model_items.all", scale=100, places=1,
              words="达标指标数占在用创建指标数的百分比"),
    ),
    sentences={
        "model_items.summary": "{?以创建全国科普示范区为抓手，{model_items.all}创建指标已有{model_items.met}达标，达标率{model_items.progress}。?}",
    },
)  # fmt: skip

LEDGERS = (items, moves, members, tasks, returns, week, model_items)
