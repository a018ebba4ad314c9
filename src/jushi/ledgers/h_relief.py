"""H 帮扶、驻村与农户: visits, paired villages, goods handed out, science-relief teams, villagers' matters, good deeds."""

from __future__ import annotations

from django.db.models import Q

from jushi.entities.models import (
    Activity,
    Agreement,
    Case,
    CaseLink,
    CaseStep,
    FundFlow,
    Group,
    Linkage,
)  # fmt: skip
from jushi.ledger.columns import Choice, Day, Link, LongText, Money, Number, Output, Parties, Tags, Text, UserLink
from jushi.ledger.columns.tally import Tally
from jushi.ledger.declaration import Group as Fields
from jushi.ledger.declaration import Ledger, Lines, Stage
from jushi.ledger.indicators import Count, Distinct, Formula, Stock, Total
from jushi.ledger.marks import Mark
from jushi.ledgers.checks_h import (
    closed_matter_has_result,
    contract_form_needs_contract,
    finished_deed_has_area,
    money_within_deed,
    signed_after_handed_out,
)  # fmt: skip
from jushi.ledgers.h_digests import OFFERED, SIGNING
from jushi.ledgers.registers import groups

HOUSEHOLD = "household"
STEPS = Lines("steps", "办理记录", CaseStep._meta.label, "case", (
    Text("action", required=True), Day("done_on", required=True), LongText("content"),
), logs=True)  # fmt: skip
ORIGINS = Lines("links", "来源事项", CaseLink._meta.label, "case", (
    Link("origin", required=True), Text("relation"),
))  # fmt: skip

household_visits = Ledger(
    "household_visits", "入户走访台账", Activity, ("household_visit",), "H", "rural", at="held_on",
    key=("household", "held_on"), rows=("H04",), unit="次", zone=HOUSEHOLD,
    hint="走访一户记一行，不论是哪项行动；同时属于几项行动的，标几个标签，户数不会重复。",
    columns=(
        Text("title", "走访事由", main=True, required=True, search=True),
        Link("household", required=True, filter=True, personal="name"),
        Parties("officers", "走访干部", role="officer", to="person", required=True),
        Day("held_on", "走访日期", required=True, filter=True, sort=True),
        Tags("tags", "所属行动", filter=True),
        LongText("content", "了解到的情况"),
        LongText("result", "承诺与后续"),
    ),
    form=(Fields("走访", "title household officers held_on tags"), Fields("情况", "content result")),
    indicators=(
        Count("household_visits.times", "入户走访次数", "次", by=("area",), words="走访日期在期内的入户走访，一次一户记一次"),
        Distinct("household_visits.households", "入户走访户数", "户", of="household", by=("area",),
                 words="期内走访过的不同农户数；一户走访多次、属于多项行动，只算一户"),
        Distinct("household_visits.dual_link", "双联行动走访户数", "户", of="household", tagged=("dual_link",),
                 words="其中标有“双联行动”的走访所涉及的不同农户数"),
        Distinct("household_visits.poverty_relief", "脱贫攻坚走访户数", "户", of="household", tagged=("poverty_relief",),
                 words="其中标有“脱贫攻坚”的走访所涉及的不同农户数"),
    ),
)  # fmt: skip

SIGNED = (
    Text("title", "名称", main=True, required=True, search=True),
    Day("signed_on", required=True, filter=True, sort=True),
    Link("person", "联系干部"),
    Day("ends_on"),
    LongText("duties"),
)
PAIRING = (
    Stage("signed", "签订", ("surveyed",), date="signed_on"),
    Stage("surveyed", "摸底", ("planned",)),
    Stage("planned", "方案", ("running",), needs=("duties",)),
    Stage("running", "实施", ("assessed",)),
    Stage("assessed", "考核", date="ended_on", final=True),
)

relief_duties = Ledger(
    "relief_duties", "双联责任书", Agreement, ("relief_duty",), "H", "rural", at="signed_on", key=("title", "signed_on"),
    rows=("H08",), unit="份", columns=SIGNED, stages=PAIRING,
    hint="与联系村签订的责任书一份一行；登记信息中写明所在村。",
    indicators=(
        Count("relief_duties.signed", "双联责任书份数", "份", by=("area",), words="签订日期在期内的责任书份数"),
    ),
)  # fmt: skip

household_plans = Ledger(
    "household_plans", "农户帮扶方案", Agreement, ("household_plan",), "H", "rural", at="signed_on",
    key=("household", "signed_on"), rows=("H08",), unit="份", zone=HOUSEHOLD, parent="relief_duties",
    columns=(*SIGNED, Link("household", "帮扶农户", required=True, filter=True, personal="name")), stages=PAIRING,
    hint="一户一份方案，写明帮扶措施和联系干部。",
    indicators=(
        Distinct("household_plans.households", "制定帮扶方案户数", "户", of="household", by=("area",),
                 words="期内制定帮扶方案的不同农户数"),
    ),
)  # fmt: skip

aid_goods = Ledger(
    "aid_goods", "慰问物资台账", FundFlow, ("aid_goods",), "H", "rural", at="occurred_on",
    key=("payee_household", "occurred_on", "goods"), rows=("H08", "H19"), unit="笔", zone=HOUSEHOLD,
    hint="送给一户的一样物资一行；农户签收后补签收日期，折价合计与签收合计应当一致。",
    columns=(
        Text("title", "物资和节点", main=True, required=True, search=True),
        Text("goods", required=True),
        Number("goods_quantity", places=1),
        Text("goods_unit", listed=False),
        Money("amount", "折价", required=True, total=True),
        Link("payee_household", "受赠农户", required=True, filter=True, personal="name"),
        Choice("category", "发放节点", dictionary="aid_occasion", filter=True, required=True),
        Day("occurred_on", "发放日期", required=True, filter=True, sort=True),
        Day("received_on", "签收日期"),
    ),
    form=(Fields("物资", "title goods goods_quantity goods_unit amount"),
          Fields("发放", "payee_household category occurred_on received_on")),
    stages=(Stage("planned", "计划", ("given",)), Stage("given", "发放", ("signed",), date="occurred_on"),
            Stage("signed", "签收", date="received_on", needs=("payee_household",), final=True)),
    checks=(signed_after_handed_out,), digests=(SIGNING,),
    marks=(Mark("unsigned", "未签收", "yellow", lambda county, day: Q(occurred_on__lt=day, received_on=None),
                "请补签收日期，并上传签收单"),),
    indicators=(
        Total("aid_goods.value", "慰问农资、慰问品价值", "元", catalogue="IH08", of="amount", by=("category",),
              words="发放日期在期内的慰问农资、慰问品折价合计", aliases=("慰问品价值", "农资和慰问品"), item="{title}（{quantity}）"),
        Total("aid_goods.signed", "已签收慰问物资价值", "元", of="amount", where=Q(received_on__isnull=False),
              words="其中农户已经签收的折价合计"),
        Formula("aid_goods.unsigned", "未签收慰问物资价值", "元", plus=("aid_goods.value",), minus=("aid_goods.signed",),
                words="已发放折价减已签收折价，应当为零"),
        Distinct("aid_goods.households", "慰问户数", "户", of="payee_household", words="期内收到慰问物资的不同农户数"),
    ),
)  # fmt: skip

village_services = Ledger(
    "village_services", "驻村服务活动", Activity, ("village_service",), "H", "rural", at="held_on",
    key=("title", "held_on"), rows=("H08", "H10"), unit="场",
    hint="到联系村开展的培训、指导、宣讲：参加人次、发放资料填在成果里，标明属于哪项行动。",
    columns=(
        Text("title", "活动", main=True, required=True, search=True),
        Day("held_on", required=True, filter=True, sort=True),
        Choice("form", "服务形式", dictionary="service_form", filter=True, required=True),
        Parties("experts", "专家", role="expert", to="person"),
        Tags("tags", "所属行动", filter=True),
        Text("theme", listed=False),
        Output("beneficiaries", "受益群众", measure="beneficiaries", unit="人次"),
        Output("leaflets", "发放资料", measure="leaflets", unit="份"),
        LongText("content"),
    ),
    indicators=(
        Count("village_services.times", "驻村服务活动场次", "场", by=("form", "area"), words="举办日期在期内的驻村服务活动场次"),
        Total("village_services.dual_link_beneficiaries", "双联行动农户受益人次", "人次", catalogue="IH24",
              of="beneficiaries", tagged=("dual_link",), aliases=("双联受益群众",), words="标有“双联行动”的服务活动受益人次之和，参加几次算几次"),
        Total("village_services.dual_link_leaflets", "双联联系户发放资料份数", "份", catalogue="IH25", of="leaflets",
              tagged=("dual_link",), words="标有“双联行动”的服务活动发放图书资料份数之和"),
        Count("village_services.three_send_trainings", "三送科技培训次数", "次", where=Q(form="training"),
              tagged=("three_send",), words="标有“三送活动”、形式为科技培训的场次", aliases=("进村科技培训",)),
    ),
    sentences={
        "relief.dual_link": "围绕双联行动签订责任书{relief_duties.signed}，为{household_plans.households}联系户逐户定方案；"
        "春耕和扶贫日送去农资、慰问品折价{aid_goods.value}，专家进田头服务惠及群众{village_services.dual_link_beneficiaries}，"
        "送出科技书刊资料{village_services.dual_link_leaflets}。",
    },
)  # fmt: skip

relief_teams = Ledger(
    "relief_teams", "科技扶贫队伍", Group, ("relief_team",), "H", "rural", at="starts_on", key=("title",), rows=("H09",),
    unit="支", columns=groups.columns, lines=groups.lines, hint="整合科技力量组成的扶贫队伍，成员有进有出，按日期记。",
    stages=(Stage("forming", "组队", ("sent",)), Stage("sent", "派遣", ("serving",), date="starts_on"),
            Stage("serving", "服务", ("reviewed",)), Stage("reviewed", "评价", date="ends_on", final=True)),
    indicators=(
        Stock("relief_teams.running", "科技扶贫队伍数", "支", valid=("starts_on", "ends_on"), words="截至期末在派的科技扶贫队伍数"),
    ),
)  # fmt: skip

relief_contracts = Ledger(
    "relief_contracts", "技术承包协议", Agreement, ("relief_contract",), "H", "rural", at="signed_on",
    key=("title", "signed_on"), rows=("H09",), unit="份", columns=SIGNED, parent="relief_teams",
    hint="技术人员承包一片、一户的协议；联结登记时从这里选。",
)  # fmt: skip

relief_links = Ledger(
    "relief_links", "科技扶贫联结台账", Linkage, ("tech_relief",), "H", "rural", at="starts_on",
    key=("household", "group", "category", "starts_on"), rows=("H09",), unit="条", zone=HOUSEHOLD, parent="relief_teams",
    hint="队伍与贫困户每一种服务方式一行；一户可以有几种方式，统计户数时只算一户。",
    columns=(
        Text("title", "联结内容", main=True, required=True, search=True),
        Link("household", required=True, filter=True, personal="name"),
        Link("group", "扶贫队伍", required=True, filter=True, kinds=("relief_team",)),
        Choice("category", "服务方式", dictionary="relief_form", required=True, filter=True),
        Day("starts_on", required=True, filter=True, sort=True),
        Day("ends_on"),
        Link("agreement", "承包协议", listed=False, kinds=("relief_contract",)),
        LongText("effect"),
    ),
    checks=(contract_form_needs_contract,),
    indicators=(
        Distinct("relief_links.households", "科技扶贫扶持贫困户数", "户", catalogue="IH07", of="household",
                 by=("category", "area"), words="期内建立科技扶贫联结的不同农户数；一户有几种方式只算一户", aliases=("扶持贫困户",)),
        Count("relief_links.made", "科技扶贫联结条数", "条", by=("category",), words="起始日期在期内的联结条数"),
    ),
    sentences={
        "relief.science": "汇集全区科技人员组成扶贫队伍{relief_teams.running}，分{relief_links.made|按服务方式}开展帮扶，"
        "受到扶持的贫困户共{relief_links.households}。",
    },
)  # fmt: skip

matters = Ledger(
    "matters", "民情台账", Case, ("matter",), "H", "rural", at="raised_on", key=("number",), rows=("H10",), unit="件",
    zone=HOUSEHOLD, hint="群众反映的事一件一行：谁办、答应什么时候办、办得怎样、群众怎么说，每一步都留日期。",
    columns=(
        Text("number", required=True, search=True),
        Text("title", "事项", main=True, required=True, search=True),
        Text("raiser", "反映人", personal="name"),
        Link("household", listed=False, personal="name"),
        Choice("category", dictionary="matter_class", required=True, filter=True),
        Day("raised_on", "记录日期", required=True, filter=True, sort=True),
        Day("promised_on", "答应办结日期"),
        UserLink("owner_user", "承办人"),
        Day("closed_on", filter=True, sort=True),
        Day("confirmed_on", "回访日期", listed=False),
        Text("satisfaction", "群众意见"),
        Link("source_activity", "来源走访", listed=False),
        LongText("text"),
        LongText("result"),
    ),
    form=(Fields("民情", "number title category raiser household raised_on source_activity text"),
          Fields("办理", "owner_user promised_on closed_on result"), Fields("回访", "confirmed_on satisfaction")),
    stages=(
        Stage("noted", "记录", ("sorted",), date="raised_on"),
        Stage("sorted", "分类", ("on_spot", "assigned", "reported"), needs=("category",)),
        Stage("on_spot", "当场解决", ("done",)),
        Stage("assigned", "分办", ("reported", "done"), date="assigned_on", needs=("owner_user",)),
        Stage("reported", "上报", ("assigned", "done"), date="escalated_on"),
        Stage("done", "办结", ("visited",), date="closed_on", needs=("result",)),
        Stage("visited", "回访", date="confirmed_on", needs=("satisfaction",), final=True),
    ),
    lines=(STEPS,), checks=(closed_matter_has_result,),
    marks=(Mark("overdue", "超过答应日期", "red", lambda county, day: Q(promised_on__lt=day, closed_on=None),
                "请尽快办结，或与群众另约日期并写入办理记录"),),
    indicators=(
        Count("matters.noted", "记录民情件数", "件", by=("category", "area"), words="记录日期在期内的民情事项件数"),
        Count("matters.closed", "办结民情件数", "件", at="closed_on", by=("category", "area"), words="办结日期在期内的民情事项件数"),
        Stock("matters.open", "在办民情件数", "件", valid=("raised_on", "closed_on"), words="截至期末尚未办结的民情事项件数"),
    ),
)  # fmt: skip

deeds = Ledger(
    "deeds", "办实事台账", Case, ("deed",), "H", "rural", at="closed_on", key=("title", "raised_on"), rows=("H11",), unit="件",
    hint="为群众办成的每件实事一行；由民情事项办成的，在“来源事项”中选上。",
    columns=(
        Text("title", "实事", main=True, required=True, search=True),
        Choice("category", dictionary="deed_class", required=True, filter=True),
        Day("raised_on", "承诺日期", required=True, filter=True, sort=True),
        Day("closed_on", "完成日期", filter=True, sort=True),
        Number("beneficiaries", "受益人数", unit="人", detail=True),
        Tally("money", "投入", table="entities.FundFlow", link="case", of="amount", operation="sum", unit="元"),
        UserLink("owner_user", "承办人", listed=False),
        LongText("result", "完成情况"),
    ),
    stages=(
        Stage("promised", "承诺", ("doing",), date="raised_on"), Stage("doing", "实施", ("finished",)),
        Stage("finished", "完成", ("shown",), date="closed_on", needs=("result",)),
        Stage("shown", "公示", evidence=True, final=True),
    ),
    lines=(ORIGINS, STEPS), checks=(finished_deed_has_area,), digests=(OFFERED,),
    indicators=(
        Count("deeds.done", "办实事件数", "件", catalogue="IH21", by=("category", "area"),
              words="完成日期在期内的实事件数", aliases=("实事",)),
    ),
)  # fmt: skip

deed_money = Ledger(
    "deed_money", "实事资金台账", FundFlow, ("deed_money",), "H", "rural", at="received_on",
    key=("case", "payer_class", "received_on"), rows=("H11",), unit="笔", parent="deeds",
    hint="每件实事的钱从哪里来：向上争取、单位出资、联合单位各一行。",
    columns=(
        Text("title", "款项", main=True, required=True, search=True),
        Link("case", "实事", required=True, filter=True, kinds=("deed",)),
        Choice("payer_class", "资金来源", dictionary="fund_origin", required=True, filter=True),
        Link("payer", listed=False),
        Money("amount", required=True, total=True),
        Day("received_on", required=True, filter=True, sort=True),
        Text("voucher_number"),
    ),
    checks=(money_within_deed,),
    indicators=(
        Total("deeds.money", "办实事投入", "元", of="amount", by=("payer_class", "case"), words="到账日期在期内的实事资金之和"),
        Total("deeds.water_money", "水利实事投入", "元", catalogue="IH20", of="amount", where=Q(case__category="water"),
              by=("payer_class", "case"), words="到账日期在期内、用于水利设施类实事的资金之和", aliases=("水渠修复投入",)),
    ),
    sentences={
        "relief.deeds": "驻村期间记下民情{matters.noted}、办结{matters.closed}，为群众办成实事{deeds.done}：{deeds.done|逐项}。",
        "relief.deeds_detail": "其中，科技培训办了{village_services.three_send_trainings}；修渠引水累计花费{deeds.water_money|余}；"
        "党风廉政社会评价宣传送出材料{integrity_publicity.leaflets|余}，看宣传片的有{integrity_publicity.viewers|近}。",
    },
)  # fmt: skip

LEDGERS = (
    household_visits, relief_duties, household_plans, aid_goods, village_services, relief_teams, relief_contracts,
    relief_links, matters, deeds, deed_money,
)  # fmt: skip
