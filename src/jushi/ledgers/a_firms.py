"""A 企业与创新主体培育: visits to firms, their demands, technical people posted into parks and firms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from jushi.entities.checks import phone
from jushi.entities.models import Activity, Case, Designation
from jushi.kernel.models import Rule
from jushi.ledger.columns import (
    Choice,
    Day,
    Link,
    LongText,
    OfficeLink,
    Output,
    Parties,
    Tally,
    Text,
    UserLink,
)  # fmt: skip
from jushi.ledger.declaration import Group, Ledger, Stage
from jushi.ledger.indicators import Count, Distinct, Stock, Total
from jushi.ledger.marks import Mark, reminding
from jushi.ledger.reminders import Reminder
from jushi.ledgers.checks_a import collect_ideas, demand_is_confirmed_before_closing, raise_demands

firm_visits = Ledger(
    "firm_visits", "企业调研走访", Activity, ("firm_visit",), "A", "planning", at="held_on", key=("organisation", "held_on"),
    rows=("A09",), unit="次", hint="每走访一家一行；诉求和项目线索一行写一条，保存后自动进入企业诉求台账和科技项目库。",
    after=(raise_demands, collect_ideas),
    columns=(
        Link("organisation", "走访企业", main=True, required=True, filter=True),
        Text("title", "名称", search=True, listed=False, help="不填按企业名称"),
        Day("held_on", "走访日期", required=True, filter=True, sort=True),
        Parties("visitors", "走访人", role="visitor", to="text"),
        Text("theme", "走访主题", search=True),
        LongText("content", "了解的情况"),
        LongText("demands", "企业诉求（每行一条）", detail=True, listed=False, example="冷库用电容量不足"),
        LongText("ideas", "项目线索（每行一条）", detail=True, listed=False),
        Tally("demand_count", "诉求", table="entities.Case", link="source_activity_id", unit="条"),
    ),
    form=(Group("走访", "organisation held_on visitors theme content"), Group("带回来的事", "demands ideas")),
    indicators=(
        Count("visits.firms", "走访企业次数", "次", by=("organisation", "area"), words="走访日期在期内的企业走访次数"),
        Distinct("visits.firms_reached", "走访企业家数", "家", of="organisation", words="期内走访过的企业，同一家只计一次",
                 aliases=("走访企业",)),
    ),
    sentences={"visits.firms": "{?走访企业{visits.firms_reached}{visits.firms}，?}{?收集诉求{demands.raised}、办结{demands.closed}。?}"},
)  # fmt: skip


def demand_overdue(county: str, day: date) -> Q:
    """Past its deadline without an answer."""
    return Q(due_on__lt=day, answered_on=None, closed_on=None)


def demands_due(county: str, on: date) -> Iterator[Reminder]:
    """Open demands by their deadline: answer them, then ask the firm."""
    rows = (
        Case.objects.filter(county=county, kind="firm_demand", closed_on=None, raised_on__lte=on)
        .exclude(state="void")
        .select_related("office", "organisation")
    )
    for case in rows:
        step = "请答复" if case.answered_on is None else "请企业确认" if case.confirmed_on is None else "请办结"
        firm = f"{case.organisation}：" if case.organisation_id else ""
        yield Reminder("firm_demands", f"{firm}{case.title}，{step}", case.office.code, case.due_on, case.pk, case.owner_user_id)


firm_demands = Ledger(
    "firm_demands", "企业诉求台账", Case, ("firm_demand",), "A", "planning", at="raised_on", key=("title", "organisation"), rows=("A09",),
    unit="条", hint="走访、来电、来函反映的诉求一条一行，有责任人、有期限；企业确认了才能办结。",
    checks=(demand_is_confirmed_before_closing,),
    columns=(
        Text("title", "诉求", main=True, required=True, search=True),
        Link("organisation", "企业", filter=True, required=True),
        Choice("category", dictionary="demand_category", filter=True),
        Link("source_activity", "来源走访", kinds=("firm_visit",), listed=False),
        Day("raised_on", filter=True, sort=True, required=True),
        UserLink("owner_user", filter=True, required=True),
        OfficeLink("co_office", listed=False),
        Day("due_on", filter=True, sort=True, required=True),
        Day("promised_on", listed=False),
        Text("raiser", personal="name", listed=False),
        Text("raiser_phone", personal="phone", check=phone, listed=False),
        LongText("text"),
        LongText("measures"),
        LongText("answer"),
        Day("answered_on", filter=True, sort=True, listed=False),
        Choice("confirmed_by", "确认方式", options={"firm": "企业本人", "call": "走访人电话回访"}, detail=True, listed=False),
        Day("confirmed_on", filter=True, sort=True, listed=False),
        Choice("satisfaction", options={"good": "满意", "fair": "基本满意", "poor": "不满意"}, filter=True, listed=False),
        Day("closed_on", filter=True, sort=True),
        Day("escalated_on", listed=False),
        LongText("result"),
    ),
    form=(Group("诉求", "title organisation category source_activity raised_on raiser raiser_phone text"),
          Group("办理", "owner_user co_office due_on promised_on measures answer answered_on escalated_on"),
          Group("确认与办结", "confirmed_by confirmed_on satisfaction closed_on result")),
    stages=(
        Stage("raised", "诉求登记", ("assigned",)),
        Stage("assigned", "分办", ("answered", "escalated"), date="assigned_on", needs=("owner_user", "due_on")),
        Stage("escalated", "转报", ("answered",), date="escalated_on", needs=("measures",)),
        Stage("answered", "答复", ("confirmed", "assigned"), date="answered_on", needs=("answer",)),
        Stage("confirmed", "企业确认", ("closed", "assigned"), date="confirmed_on", needs=("confirmed_by",)),
        Stage("closed", "办结", date="closed_on", needs=("confirmed_on",), final=True),
    ),
    marks=(Mark("overdue", "超期未答复", "red", demand_overdue, "尽快答复，或报局长协调"),),
    reminders=(demands_due,),
    indicators=(
        Count("demands.raised", "企业诉求数", "条", by=("category", "organisation"), words="提出日期在期内的企业诉求条数"),
        Count("demands.closed", "企业诉求办结数", "条", at="closed_on", by=("category",), words="办结日期在期内的企业诉求条数"),
        Stock("demands.open", "未办结企业诉求数", "条", valid=("raised_on", "closed_on"), by=("category", "organisation"),
              words="截至期末已提出而未办结的企业诉求条数"),
    ),
)  # fmt: skip


def log_overdue(county: str, day: date) -> Q:
    """In office throughout the month last due, and no log of that month. The rule says by which day of the next month logs are due."""
    first = _month_due(county, day)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    logs = Activity.objects.filter(kind="park_expert_log", designation_id=OuterRef("pk"), held_on__gte=first, held_on__lte=last)
    serving = Q(starts_on__lte=first) & (Q(ends_on=None) | Q(ends_on__gt=last))
    return serving & ~Q(Exists(logs.exclude(state="void")))


def _month_due(county: str, day: date) -> date:
    """The first day of the latest month whose logs had to be in by ``day``."""
    limit = int(Rule.current("expert_log_day", county, day))
    back = 1 if day.day > limit else 2
    month = day.replace(day=1)
    for _ in range(back):
        month = (month - timedelta(days=1)).replace(day=1)
    return month


park_experts = Ledger(
    "park_experts", "科技人员入园入企", Designation, ("park_expert",), "A", "planning", at="starts_on", key=("person", "starts_on"),
    rows=("A10",), unit="人", hint="派到园区、企业的科技人员一人一任一行；服务天数从每月服务日志汇总。",
    columns=(
        Link("person", "科技人员", main=True, required=True, filter=True),
        Text("title", "名称", listed=False, help="不填按姓名；写成“姓名（服务单位）”，总结中就连单位一起列出"),
        Choice("category", "派驻对象", options={"park": "园区", "firm": "企业"}, filter=True, default="firm"),
        Link("sender", filter=True),
        Link("host", "服务园区（企业）", filter=True, required=True),
        Text("field", listed=False),
        Day("recommended_on", "需求征集日期", filter=True, sort=True, listed=False),
        Day("starts_on", "入驻日期", filter=True, sort=True),
        Day("ends_on", "期满日期", filter=True, sort=True),
        LongText("duty"),
        Text("end_reason", "期满总结", listed=False),
        Tally("days", "服务天数", table="entities.ActivityOutput", link="activity__designation_id", of="quantity", operation="sum",
              where=Q(measure="service_days"), record="activity", unit="天"),
        Tally("last_log", "最近日志", table="entities.Activity", link="designation_id", of="held_on", operation="latest",
              where=Q(kind="park_expert_log")),
    ),
    stages=(
        Stage("wanted", "需求征集", ("matched",)),
        Stage("matched", "对接", ("posted",)),
        Stage("posted", "入驻", ("ended",), date="starts_on"),
        Stage("ended", "期满总结", date="ends_on", needs=("end_reason",), final=True),
    ),
    reminders=(reminding("park_experts"),),
    marks=(Mark("log_overdue", "上月日志未交", "red", log_overdue, "提醒本人补交上月服务日志"),),
    indicators=(
        Stock("park_experts.serving", "在园在企科技人员数", "人", valid=("starts_on", "ends_on"), by=("category", "host", "sender"),
              words="截至期末已入驻且未期满的科技人员数", aliases=("科技人员入园入企",)),
        Count("park_experts.posted", "新入园入企科技人员数", "人", by=("category", "host"), words="入驻日期在期内的科技人员数"),
    ),
    sentences={
        "park_experts.serving": "{?选派科技人员入园入企{park_experts.serving}?}"
                                "{?，期内服务{park_experts.days}，其中{park_experts.days|按入驻人员}?}。",
    },
)  # fmt: skip

park_expert_logs = Ledger(
    "park_expert_logs", "入园入企服务日志", Activity, ("park_expert_log",), "A", "planning", at="held_on", key=("designation", "held_on"),
    rows=("A10",), unit="篇", hint="入驻人员每月至少一篇：哪天、服务几天、做了什么、有什么成效。",
    columns=(
        Link("designation", "入驻人员", main=True, required=True, filter=True, kinds=("park_expert",)),
        Text("title", "名称", listed=False, help="不填按入驻人员姓名"),
        Day("held_on", "日期", required=True, filter=True, sort=True),
        Output("days", "服务天数", measure="service_days", unit="天", places=1, required=True),
        LongText("content", listed=True),
        LongText("result"),
    ),
    indicators=(
        Total("park_experts.days", "入园入企服务天数", "天", of="days", by=("designation",), places=1, words="日志日期在期内的服务天数合计"),
        Distinct("park_experts.active", "期内有服务的入驻人员数", "人", of="designation", words="期内交过服务日志的入驻人员，一人一任只计一次"),
    ),
)  # fmt: skip

LEDGERS = (firm_visits, firm_demands, park_experts, park_expert_logs)
