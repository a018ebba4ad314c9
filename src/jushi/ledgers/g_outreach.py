"""G 科普与培训: the calendar of all activities, science week (G01), trips (G03), communities (G04), fixed-date campaigns (G16)."""

from __future__ import annotations

from django.db.models import Q

from jushi.entities.models import Activity
from jushi.ledger.columns import Choice, Link, Number, Output, Text
from jushi.ledger.declaration import Group, Ledger
from jushi.ledger.indicators import Count, Distinct, Formula, Latest, Total
from jushi.ledgers.checks_g import edition_follows, people_within_consultations, theme_is_official
from jushi.ledgers.events import (
    ATTENDANCES,
    BENEFICIARIES,
    BOOKS,
    CAMPAIGN_EVENT,
    CAMPAIGN_FORM,
    CAMPAIGNS,
    CHART_SETS,
    CHART_SHEETS,
    CONSULTATIONS,
    CONTENT,
    ENDS_ON,
    EVENT_STAGES,
    EXPERTS,
    HEAD,
    HELD_ON,
    LEAFLETS,
    MANUALS,
    MATERIALS,
    PANELS,
    PLACE,
    RESIDENTS,
    RESULT,
    TITLE,
    UNITS,
    VILLAGE,
    VISITORS,
)  # fmt: skip
from jushi.ledgers.g_calendar import fixed_dates_due, next_week
from jushi.ledgers.g_digests import TASKS

OUTREACH = ("science_week", "tech_trip", "community_event", "publicity_day")
TRAININGS = Q(kind="farmer_class") | Q(kind="village_service", form="training")
AMOUNTS = Group("发放与咨询", "leaflets panels manuals chart_sets chart_sheets consultations beneficiaries")


def themes_of(code: str, name: str) -> Distinct:
    """The different themes of a kind of event, so that a sentence can quote them as recorded."""
    return Distinct(f"{code}.themes", f"{name}的主题", "个", of="theme", where=~Q(theme=""), words=f"期内{name}活动的不同主题")


activities = Ledger(
    "activities", "活动总表", Activity, (), "G", "outreach", at="held_on", key=("title", "held_on"), rows=("L15", "G06"), unit="次",
    read_only=True, hint="各业务线登记的活动都汇集在这里，按日期排成全局的活动日历；请到各自的台账登记。",
    columns=(TITLE, HELD_ON, VILLAGE, PLACE, CAMPAIGNS, LEAFLETS, MANUALS, BOOKS, PANELS, CHART_SETS, CHART_SHEETS, CONSULTATIONS,
             RESIDENTS, BENEFICIARIES, ATTENDANCES, Link("plan_item", listed=False)),
    indicators=(
        Count("activities.outreach", "科普宣传活动次数", "次", catalogue="IG11", where=Q(kind__in=OUTREACH), by=("area",),
              words="期内举办的科技活动周、送科技下乡、进社区、主题日等科普宣传活动次数，一次活动只计一次"),
        Count("activities.trainings", "实用技术培训期数", "期", catalogue="IG01", by=("area",), where=TRAININGS,
              words="期内举办的农村实用技术培训期数，驻村开展的科技培训一次算一期；人才培训和田间指导另计",
              aliases=("实用技术培训", "科技培训")),
        Total("activities.leaflets", "发放宣传资料份数", "份", catalogue="IG14", of="leaflets", by=("area",),
              words="期内全部活动发放的宣传资料份数之和，一次活动属几个专题也只计一次", aliases=("宣传资料总数", "发放资料总数",)),
        Total("activities.manuals", "发放技术手册册数", "册", catalogue="IG15", of="manuals", by=("area",),
              words="期内全部活动发放的技术手册册数之和"),
        Total("activities.chart_sets", "张挂科普挂图套数", "套", catalogue="IG17", of="chart_sets", words="期内各次活动张挂的挂图套数之和"),
        Total("activities.chart_sheets", "张挂科普挂图幅数", "幅", catalogue="IG18", of="chart_sheets",
              words="期内各次活动张挂的挂图幅数之和"),
        Total("activities.panels", "展出展板块数", "块", catalogue="IG19", of="panels", by=("area",),
              words="期内全部活动展出的展板块数之和", aliases=("展板总数",)),
        Total("activities.consultations", "咨询服务群众人次", "人次", catalogue="IG23", of="consultations", by=("area",),
              words="期内全部活动接受咨询的人次之和；人数另计，不折算", aliases=("咨询服务群众",)),
        Total("activities.beneficiaries", "活动受益群众人次", "人次", catalogue="IG24", of="beneficiaries", by=("area",),
              words="期内全部活动填报的受益人次之和", aliases=("受益群众总数",)),
    ),
)  # fmt: skip

science_weeks = Ledger(
    "science_weeks", "科技活动周台账", Activity, ("science_week",), "G", "outreach", at="held_on", key=("edition",), rows=("G01",),
    unit="届", hint="每年一届：届次接上年顺延，主题按公布的规范写法只填一次，成员单位逐家列出。",
    columns=(
        TITLE, Number("edition", "届次", required=True), Text("theme", search=True, required=True), HELD_ON, ENDS_ON, VILLAGE, PLACE,
        Text("scale", "规模", listed=False), UNITS, EXPERTS,
        Output("stands", "设置展台", measure="stands", unit="个", listed=False), *MATERIALS, CONSULTATIONS, VISITORS,
        CAMPAIGNS, CONTENT, RESULT,
    ),
    form=(Group("活动周", "title edition theme held_on ends_on area place scale campaigns"), Group("单位", "units experts"),
          Group("成效", "stands leaflets panels manuals chart_sets chart_sheets consultations visitors")),
    stages=EVENT_STAGES, checks=(edition_follows, theme_is_official), prefill=next_week, digests=(TASKS,),
    indicators=(
        Latest("science_weeks.edition", "科技活动周届次", "届", catalogue="IG30", of="edition", words="期内最近一届科技活动周的届次"),
        Count("science_weeks.large", "大型科普宣传活动场次", "场", catalogue="IG16", where=Q(scale="大型"), words="期内规模记为大型的活动周场次"),
    ),
)  # fmt: skip

tech_trips = Ledger(
    "tech_trips", "送科技下乡台账", Activity, ("tech_trip",), "G", "outreach", at="held_on", key=("title", "held_on"), rows=("G03",),
    unit="次", hint="科技文化卫生三下乡、送科技下乡，一次一行；参加部门逐家列出，资料、展板、咨询填确数，概数由系统按确数选词。",
    columns=(*CAMPAIGN_EVENT, CONSULTATIONS, BENEFICIARIES, CONTENT, RESULT),
    form=(*CAMPAIGN_FORM, AMOUNTS), stages=EVENT_STAGES,
    indicators=(
        Count("tech_trips.held", "送科技下乡活动次数", "次", catalogue="IG13", by=("area",), words="举办日期在期内的送科技下乡活动次数",
              aliases=("送科技下乡", "三下乡")),
        Distinct("tech_trips.units", "送科技下乡参与部门数", "个", catalogue="IG29", of="units", words="期内送科技下乡参加的不同部门数"),
        themes_of("tech_trips", "送科技下乡"),
        Total("tech_trips.leaflets", "送科技下乡发放资料", "份", of="leaflets", words="期内送科技下乡发放的资料份数之和",
              aliases=("科技图书", "科技资料", "科技小册子",)),
        Total("tech_trips.panels", "送科技下乡展出展板", "块", of="panels", words="期内送科技下乡展出的展板块数之和",
              aliases=("科普宣传展板",)),
        Total("tech_trips.consultations", "送科技下乡接受咨询", "人次", of="consultations", words="期内送科技下乡接受咨询的人次之和",
              aliases=("咨询人员",)),
        Total("tech_trips.beneficiaries", "送科技下乡受益群众", "人次", of="beneficiaries", words="期内送科技下乡填报的受益人次之和"),
    ),
    sentences={
        "tech_trips.summary": "{?以“{tech_trips.themes|名单}”为主题，?}联合{tech_trips.units|名单 7}等部门专家下乡镇、进企业、到社区，"
        "送科技下乡{tech_trips.held}。专家当场答疑，图书、资料和小册子免费送出{tech_trips.leaflets|余}，"
        "摆出展板{tech_trips.panels|余}，前来咨询{tech_trips.consultations|近}。",
    },
)  # fmt: skip

community_events = Ledger(
    "community_events", "科技进社区台账", Activity, ("community_event",), "G", "outreach", at="held_on", key=("title", "held_on"),
    rows=("G04",), unit="次", parent="tech_trips", hint="科技（科普）进社区，一次一行；居民按人填，咨询按人次填，两者不折算。",
    columns=(*CAMPAIGN_EVENT, RESIDENTS, CONSULTATIONS, CONTENT, RESULT),
    form=(*CAMPAIGN_FORM, Group("发放与咨询", "panels leaflets manuals chart_sets chart_sheets residents consultations")),
    stages=EVENT_STAGES, checks=(people_within_consultations,),
    indicators=(
        Count("community_events.held", "科技进社区活动次数", "次", by=("area",), words="举办日期在期内的科技进社区活动次数"),
        themes_of("community_events", "科技进社区"),
        Total("community_events.panels", "科技进社区展出展板", "块", of="panels", words="期内科技进社区展出的展板块数之和",
              aliases=("展出展板",)),
        Total("community_events.leaflets", "科技进社区发放资料", "份", of="leaflets", words="期内科技进社区发放的资料份数之和",
              aliases=("各类宣传资料",)),
        Total("community_events.residents", "前来咨询的社区居民人数", "人", of="residents",
              words="期内科技进社区前来咨询的居民人数之和，单位是人，不是人次", aliases=("社区居民",)),
    ),
    sentences={
        "community_events.summary": "科技活动周、全国科普日期间，组织各单位{?以“{community_events.themes|名单}”为主题?}走进社区，"
        "摆出展板{community_events.panels}，"
        "送出宣传资料{community_events.leaflets|余}，到场咨询的居民有{community_events.residents|多}。",
    },
)  # fmt: skip

DAYS = {
    "ip_day": "4·26世界知识产权日",
    "disaster_day": "5·12全国防灾减灾日",
    "science_day": "全国科普日",
    "other": "其他主题日",
}

publicity_days = Ledger(
    "publicity_days", "主题宣传日台账", Activity, ("publicity_day",), "G", "outreach", at="held_on", key=("title", "held_on"),
    rows=("G16",), unit="次", parent="science_weeks",
    hint="知识产权日、防灾减灾日等固定日期的宣传，一次一行；过了规定日期还没有登记，系统提醒责任股室。",
    columns=(*HEAD, Choice("category", "宣传日", options=DAYS, filter=True, required=True), UNITS, *MATERIALS, CONSULTATIONS,
             BENEFICIARIES, CONTENT, RESULT),
    form=(Group("活动", "title category held_on area place campaigns units"), AMOUNTS), stages=EVENT_STAGES, reminders=(fixed_dates_due,),
    indicators=(
        Count("publicity_days.held", "主题宣传日活动次数", "次", by=("category",), words="举办日期在期内的主题宣传日活动次数"),
        Total("publicity_days.leaflets", "主题宣传日发放资料", "份", of="leaflets", by=("category",),
              words="期内主题宣传日发放的资料份数之和"),
        Total("publicity_days.beneficiaries", "主题宣传日受益群众", "人次", of="beneficiaries", by=("category",),
              words="期内主题宣传日填报的受益人次之和"),
        Formula("campaigns.leaflets", "下乡和主题日发放资料", "份", plus=("tech_trips.leaflets", "publicity_days.leaflets"),
                words="送科技下乡与主题宣传日发放的资料份数之和",
              aliases=("科普图书等宣传资料",)),
        Formula("campaigns.beneficiaries", "下乡和主题日受益群众", "人次", plus=("tech_trips.beneficiaries", "publicity_days.beneficiaries"),
                words="送科技下乡与主题宣传日填报的受益人次之和",
              aliases=("受益群众",)),
    ),
    sentences={
        "campaigns.summary": "参加科技文化卫生三下乡，办好防灾减灾日、知识产权日宣传，发放科技和科普图书资料{campaigns.leaflets|余}，"
        "群众受益{campaigns.beneficiaries}。",
    },
)  # fmt: skip

LEDGERS = (activities, science_weeks, tech_trips, community_events, publicity_days)
