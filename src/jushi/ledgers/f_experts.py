"""F12 专家库与专家服务调度: the pool, engagements, fees."""

from __future__ import annotations

from jushi.entities.models import Activity, Designation, FundFlow, Person
from jushi.ledger.columns import Choice, Flag, Link, LongText, Parties, Text
from jushi.ledger.declaration import Group, Ledger, Stage
from jushi.ledger.digests import Act, Ask, Cell, Digest, Inquiry, Line, Table, to_record
from jushi.ledger.indicators import Count, Distinct, Stock, Total
from jushi.ledger.store import RefusedError
from jushi.ledgers.checks_f import expert_is_free, term_is_free
from jushi.ledgers.events import CONTENT, HELD_ON, RESULT, TITLE, VILLAGE
from jushi.ledgers.expert_search import engage, parse_need, propose
from jushi.ledgers.f_specialists import ENDS_ON, FIELD, LEVEL, NAME, PAYMENT, PAYMENT_STAGES, PERSON, STARTS_ON

PURPOSES = {
    "field": "现场指导",
    "training": "授课培训",
    "review": "评审验收",
    "hotline": "热线解答",
    "consult": "决策咨询",
}


def _proposals(inquiry: Inquiry) -> tuple[Table, ...]:
    """Who could go, best first: field match, then load; whoever is taken on the day stands last and cannot be ticked."""
    need = parse_need(inquiry.answers["need"], inquiry.on)
    found = propose(inquiry.county, need)
    people = {p.pk: p for p in Person.objects.filter(pk__in=[x.person for x in found])}
    lines = tuple(
        Line((to_record(people[x.person], x.name), Cell(x.field), Cell(f"{x.match:.0%}"), Cell(x.load),
              Cell("当日已有安排" if x.is_busy else "可请", tone="wait" if x.is_busy else "ok")), "" if x.is_busy else str(x.person))
        for x in found
    )  # fmt: skip
    caption = f"{need.topic} · {need.on:%Y-%m-%d} · 需要 {need.count} 名"
    short = sum(bool(x.key) for x in lines) < need.count
    notes = ("人手不足：符合领域且当日有空的专家少于需要的人数，可改日期或放宽领域。",) if lines and short else ()
    return (Table(("专家", "专业领域", "吻合程度", "前后任务", "状态"), lines, caption, notes=notes,
                  empty="专家库和在任特派员中没有领域吻合的人。可换个说法，例如“蔬菜病虫害”。"),)  # fmt: skip


def _engage(inquiry: Inquiry, keys: tuple[str, ...]) -> str:
    """Engagements of the ticked experts on the day asked for; each fee as a draft in its ledger."""
    need, values = parse_need(inquiry.answers["need"], inquiry.on), inquiry.answers
    ids = {str(x.person): x for x in propose(inquiry.county, need) if not x.is_busy}
    people = list(Person.objects.filter(pk__in=[ids[k].person for k in keys if k in ids]))
    if not people:
        raise RefusedError({"": "所选专家当日已有安排或已不在库，请重新查看"})
    for person in people:
        engage(inquiry.bureau, person, values["title"], need.on, purpose=values["purpose"], fee=values["fee"], user=inquiry.user)
    return f"已安排 {'、'.join(str(p) for p in people)}，记入专家服务台账" + ("；劳务费草稿已生成" if values["fee"] else "")


PROPOSALS = Digest(
    "proposals", "推荐专家", _proposals, hint="写明要什么专家、几名、哪一天；按领域吻合程度和前后任务多少排序。",
    asks=(Ask("need", "需要", required=True, example="设施蔬菜病虫害 专家 2 名 5月10日"),),
    acts=(Act("engage", "安排", _engage, ledger="expert_engagements",
              asks=(Ask("title", "做什么", required=True, example="设施蔬菜病虫害现场指导"),
                    Ask("purpose", "用途", "choice", True, lambda _: "field", lambda _: PURPOSES),
                    Ask("fee", "每人劳务费（元）", "number"))),),
)  # fmt: skip

experts = Ledger(
    "experts", "专家库", Designation, ("expert",), "F", "rural", at="starts_on", key=("person", "starts_on"), rows=("F12",), unit="名",
    hint="可请的专家一人一行，写明专业领域；安排任务时按领域吻合程度和手头任务多少推荐。",
    columns=(NAME, PERSON, FIELD, LEVEL, Text("category", "专家类型", listed=False),
             STARTS_ON, ENDS_ON, Text("end_reason", listed=False), LongText("duty", "擅长", listed=True)),
    stages=(
        Stage("recommended", "推荐", ("reviewed",), date="recommended_on"),
        Stage("reviewed", "审核", ("pooled",), needs=("field",)),
        Stage("pooled", "在库", ("retired",), date="starts_on"),
        Stage("retired", "停用", date="ends_on", needs=("end_reason",), final=True),
    ),
    checks=(term_is_free,),
    digests=(PROPOSALS,),
    indicators=(
        Stock("experts.pooled", "在库专家人数", "名", valid=("starts_on", "ends_on"), by=("field", "level"), words="截至期末在库的专家人数"),
    ),
)  # fmt: skip

engagements = Ledger(
    "expert_engagements", "专家服务台账", Activity, ("expert_engagement",), "F", "rural", at="held_on", key=("title", "held_on"),
    rows=("F12",), unit="次", parent="experts", hint="请专家做一件事记一行；田间指导、下乡、培训班里已列名的专家自动计入其任务，不必重复登记。",
    columns=(
        TITLE, HELD_ON, VILLAGE, Parties("experts", "专家", role="expert", to="person", filter=True),
        Choice("purpose", "用途", options=PURPOSES, filter=True, required=True, default="field"),
        Link("organisation", "服务单位", listed=False), Flag("conflict_declared", "已声明回避事项", detail=True, listed=False), CONTENT, RESULT,
    ),
    stages=(Stage("planned", "安排", ("done", "cancelled")), Stage("done", "完成", date="held_on", needs=("experts",), final=True),
            Stage("cancelled", "取消", final=True)),
    checks=(expert_is_free,),
    indicators=(
        Count("expert_engagements.held", "专家服务次数", "次", by=("purpose",), words="服务日期在期内的专家服务次数"),
        Distinct("expert_engagements.experts", "提供服务的专家人数", "人", of="experts", words="期内提供服务的不同专家人数"),
    ),
)  # fmt: skip

fees = Ledger(
    "expert_fees", "专家劳务费台账", FundFlow, ("expert_fee",), "F", "rural", at="paid_on", key=("payee_person", "title"), rows=("F12",),
    unit="笔", parent="experts", hint="专家劳务费一人一笔，对应到哪次服务；审批不能由经办人本人办理。",
    columns=(*PAYMENT[:2], Link("activity", "对应服务", kinds=("expert_engagement",)), *PAYMENT[2:]),
    form=(Group("费用", "title payee_person activity amount"), Group("支付", "approved_on paid_on voucher_number")),
    stages=PAYMENT_STAGES, defaults={"direction": "out"},
    indicators=(
        Total("experts.fees", "专家劳务费", "元", of="amount", words="拨付日期在期内的专家劳务费之和"),
    ),
)  # fmt: skip

LEDGERS = (experts, engagements, fees)
