"""Columns and stages that ledgers over activities share: one word per measure, so that a cross-kind ledger can add them up.

人 and 人次 are different measures (``residents``, ``participants`` against ``attendances``, ``consultations``), and so are 份, 册, 本, 套, 幅, 块.
"""

from __future__ import annotations

from jushi.ledger.columns import AreaLink, Column, Day, Link, LongText, Output, Parties, Tags, Text
from jushi.ledger.declaration import Group, Stage

TITLE = Text("title", "活动名称", main=True, required=True, search=True)
HELD_ON = Day("held_on", filter=True, sort=True, required=True)
ENDS_ON = Day("ends_on", listed=False)
PLACE = Text("place", "具体场所", listed=False)
VILLAGE = AreaLink("area", "乡镇、村", filter=True, help="填乡镇、村的规范名称；不填按本县区")
HOST = Link("host", listed=False)
CAMPAIGNS = Tags("campaigns", "所属专题活动", listed=False, help="一次活动可属几个专题，只登记一次、只计一次")
CONTENT = LongText("content")
RESULT = LongText("result")

LEAFLETS = Output("leaflets", "发放宣传资料", measure="leaflets", unit="份")
MANUALS = Output("manuals", "发放技术手册", measure="manuals", unit="册", listed=False)
BOOKS = Output("books", "发放技术书籍", measure="books", unit="本")
PANELS = Output("panels", "展出展板", measure="panels", unit="块")
CHART_SETS = Output("chart_sets", "张挂挂图套数", measure="chart_sets", unit="套", listed=False)
CHART_SHEETS = Output("chart_sheets", "张挂挂图幅数", measure="chart_sheets", unit="幅", listed=False)
CONSULTATIONS = Output("consultations", "接受咨询", measure="consultations", unit="人次")
RESIDENTS = Output("residents", "前来咨询居民", measure="residents", unit="人")
BENEFICIARIES = Output("beneficiaries", "受益群众", measure="beneficiaries", unit="人次")
VISITORS = Output("visitors", "参观群众", measure="visitors", unit="人次", listed=False)
ATTENDANCES = Output("attendances", "培训", measure="attendances", unit="人次")

MATERIALS: tuple[Column, ...] = (LEAFLETS, PANELS, MANUALS, CHART_SETS, CHART_SHEETS)
EXPERTS = Parties("experts", "参加专家", role="expert", to="person", listed=False)
UNITS = Parties("units", "参加部门（单位）", role="unit", to="organisation", filter=True)

HEAD: tuple[Column, ...] = (TITLE, HELD_ON, VILLAGE, PLACE, CAMPAIGNS)
TAIL: tuple[Column, ...] = (CONTENT, RESULT)
CAMPAIGN_EVENT: tuple[Column, ...] = (*HEAD, Text("theme", search=True, listed=False), UNITS, EXPERTS, *MATERIALS)

CAMPAIGN_FORM = (
    Group("活动", "title theme held_on area place campaigns"),
    Group("参加单位和专家", "units experts"),
)

EVENT_STAGES = (
    Stage("planned", "方案", ("notified", "done", "cancelled")),
    Stage("notified", "通知", ("done", "cancelled")),
    Stage("done", "实施", ("summarised",), date="held_on"),
    Stage("summarised", "总结", needs=("result",), final=True),
    Stage("cancelled", "取消", final=True),
)

CLASS_STAGES = (
    Stage("planned", "计划", ("notified", "signed", "cancelled")),
    Stage("notified", "通知", ("signed", "cancelled")),
    Stage("signed", "签到", ("done",), date="held_on"),
    Stage("done", "完成", ("evaluated",), needs=("attendances",)),
    Stage("evaluated", "评价", needs=("result",), final=True),
    Stage("cancelled", "取消", final=True),
)
