"""L 综合与中心工作: expropriation households, civility items, safety checks and hazards."""

from __future__ import annotations

from django.db.models import Q

from jushi.entities.models import Activity, Case, PlanItem
from jushi.ledger.columns import Choice, Day, Link, LongText, Money, Number, Output, Text, UserLink
from jushi.ledger.columns.tally import Tally
from jushi.ledger.declaration import Group as Fields
from jushi.ledger.declaration import Ledger, Stage
from jushi.ledger.indicators import Count, Ratio, Stock, Total
from jushi.ledger.marks import Mark
from jushi.ledgers.checks_i import settled_in_order
from jushi.ledgers.evidence_digests import proof_of
from jushi.ledgers.h_relief import STEPS

HELD = Q(closed_on=None)  # a household taken back by the expropriation office is nobody's charge here any more

expropriations = Ledger(
    "expropriations", "征收包干户台账", Case, ("expropriation",), "L", "office", at="raised_on", key=("number",), rows=("L07",),
    unit="户", zone="household", hint="包干的每一户一行，入户情况逐次记入办理记录，签约、腾空、落实到位各填日期。",
    columns=(
        Text("number", "户号", required=True, search=True),
        Text("title", "征收户", main=True, required=True, search=True),
        Link("household", listed=False, personal="name"),
        Link("project", "征收项目", listed=False),
        UserLink("owner_user", "包干责任人"),
        Day("raised_on", "分派日期", required=True, filter=True, sort=True),
        Number("house_area", places=2, total=True),
        Number("land_mu", places=2, total=True, listed=False),
        Money("compensation", unit="元", listed=False),
        Tally("times", "入户次数", table="entities.CaseStep", link="case", where=Q(action="入户"), record=None, unit="次"),
        Day("signed_on", filter=True, sort=True),
        Day("vacated_on", listed=False),
        Day("settled_on", filter=True, sort=True),
        Day("closed_on", "收回日期", listed=False),
        LongText("text", "住户诉求"),
        LongText("result"),
    ),
    form=(Fields("住户", "number title household project house_area land_mu compensation text"),
          Fields("办理", "owner_user raised_on signed_on vacated_on settled_on closed_on result")),
    stages=(
        Stage("assigned", "分派", ("visited", "withdrawn"), date="raised_on"),
        Stage("visited", "入户", ("negotiating", "withdrawn")), Stage("negotiating", "协商", ("signed", "withdrawn")),
        Stage("signed", "签约", ("vacated",), date="signed_on", needs=("compensation",)),
        Stage("vacated", "腾空", ("settled",), date="vacated_on"), Stage("settled", "落实到位", date="settled_on", final=True),
        Stage("withdrawn", "收回", date="closed_on", needs=("result",), final=True),
    ),
    lines=(STEPS,), checks=(settled_in_order,),
    indicators=(
        Stock("expropriations.assigned", "土地房屋征收包干户数", "户", catalogue="IL01", where=HELD, valid=("raised_on", ""),
              by=("project",), words="截至期末分派给本局包干、没有收回的征收户数", aliases=("包干户", "包干征收户")),
        Stock("expropriations.settled", "征收已落实到位户数", "户", catalogue="IL02", where=HELD, valid=("settled_on", ""),
              words="包干户中截至期末已经落实到位的户数", aliases=("落实到位",)),
        Stock("expropriations.open", "需做通工作的涉征户数", "户", catalogue="IL03", where=HELD, valid=("raised_on", "settled_on"),
              words="包干户中截至期末还没有落实到位的户数，等于包干户数减落实到位户数", aliases=("涉征农户",)),
    ),
    sentences={
        "general.expropriation": "县里分派我局的土地房屋征收户共{expropriations.assigned}，现落实到位{expropriations.settled}"
        "{?，另有{expropriations.open}正在做工作?}。",
        "general.expropriation_plan": "征地拆迁再加把劲，把余下{expropriations.open}的思想工作做到家。",
    },
)  # fmt: skip

civility_items = Ledger(
    "civility_items", "文明创建台账", PlanItem, ("civility_item",), "L", "office", at="due_on", key=("title", "period"),
    rows=("L01",), unit="项", hint="创建测评指标一项一行，佐证逐项上传；迎检时按指标导出佐证文件夹。",
    columns=(
        Text("title", "测评指标", main=True, required=True, search=True),
        Text("period", "创建周期", required=True, filter=True, example="2015"),
        Day("due_on", required=True, filter=True, sort=True),
        Day("done_on", "落实日期", filter=True, sort=True),
        UserLink("owner_user", "责任人"),
        Tally("records", "相关活动", table="entities.Activity", link="plan_item", unit="次"),
        LongText("content", "要求"),
        LongText("result", "落实情况"),
    ),
    stages=(Stage("planned", "方案", ("doing",)), Stage("doing", "实施", ("reviewed",)),
            Stage("reviewed", "复查", ("doing",), date="done_on", evidence=True)),
    digests=(proof_of("civility_items", "迎检时按指标导出佐证文件夹；没有佐证的列在前面。"),),
    marks=(Mark("late", "到期未落实", "red", lambda county, day: Q(due_on__lt=day, done_on=None), "请落实并上传佐证"),),
    indicators=(
        Count("civility.items", "文明创建指标数", "项", words="期限在期内的测评指标项数"),
        Count("civility.items_done", "已落实指标数", "项", where=Q(done_on__isnull=False), words="其中已经落实的项数"),
        Ratio("civility.rate", "文明创建落实率", "%", top="civility.items_done", bottom="civility.items", scale=100, places=1,
              words="已落实指标数占全部指标数的比重"),
    ),
)  # fmt: skip

SIDE_DUTIES = {"safety": "安全生产", "fire": "消防安全", "population": "计划生育", "order": "综合治理"}

safety_checks = Ledger(
    "safety_checks", "安全检查与附带工作", Activity, ("safety_check",), "L", "office", at="held_on", key=("title", "held_on"),
    rows=("L13",), unit="次", hint="检查一次记一行；查出隐患的，逐条登记到隐患台账跟踪到整改。",
    columns=(
        Text("title", "检查（工作）", main=True, required=True, search=True),
        Choice("category", "类别", options=SIDE_DUTIES, required=True, filter=True),
        Day("held_on", "日期", required=True, filter=True, sort=True),
        Text("place", "地点", listed=False),
        Output("hazards", "发现隐患", measure="hazards", unit="条"),
        Tally("tracked", "已登记隐患", table="entities.Case", link="source_activity", where=Q(kind="hazard"), unit="条"),
        LongText("content"),
    ),
    indicators=(
        Count("safety.checks", "安全检查次数", "次", by=("category",), words="期内的安全检查和附带工作次数"),
        Total("safety.hazards_found", "检查发现隐患数", "条", of="hazards", words="各次检查发现的隐患条数之和"),
    ),
)  # fmt: skip

hazards = Ledger(
    "hazards", "隐患台账", Case, ("hazard",), "L", "office", at="raised_on", key=("title", "raised_on"), rows=("L13",), unit="条",
    parent="safety_checks", hint="查出的隐患一条一行，有责任人、有期限，整改完填结果。",
    columns=(
        Text("title", "隐患", main=True, required=True, search=True),
        Link("source_activity", "来源检查", required=True, filter=True),
        UserLink("owner_user", "责任人", required=True),
        Day("raised_on", "发现日期", required=True, filter=True, sort=True),
        Day("due_on", "整改期限", required=True, filter=True, sort=True),
        Day("closed_on", "整改日期", filter=True, sort=True),
        LongText("result", "整改结果"),
    ),
    stages=(Stage("found", "发现", ("working",)), Stage("working", "整改中", ("closed",)),
            Stage("closed", "整改完成", date="closed_on", needs=("result",), evidence=True, other=True, final=True)),
    marks=(Mark("overdue", "超期未整改", "red", lambda county, day: Q(due_on__lt=day, closed_on=None), "请立即整改"),),
    indicators=(
        Count("safety.hazards_tracked", "登记隐患数", "条", words="发现日期在期内、已登记跟踪的隐患条数"),
        Stock("safety.hazards_open", "未整改隐患数", "条", valid=("raised_on", "closed_on"), words="截至期末未整改的隐患条数"),
    ),
)  # fmt: skip

LEDGERS = (expropriations, civility_items, safety_checks, hazards)
