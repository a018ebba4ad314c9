"""E 农业科技: greenhouses under remote watch with their alarms (E10), field visits of experts (E11)."""

from __future__ import annotations

from django.db.models import Q

from jushi.entities.models import Activity, Case, CaseStep, Observation
from jushi.ledger.columns import Choice, Day, Flag, Link, LongText, Moment, Number, Output, Parties, Text
from jushi.ledger.declaration import Group, Ledger, Lines, Stage
from jushi.ledger.indicators import Count, Distinct, Total
from jushi.ledgers.checks_e import alarm_is_closed_properly, visit_reaches_somebody
from jushi.ledgers.e_alarm_reminders import open_alarms
from jushi.ledgers.e_alarms import close_when_recovered
from jushi.ledgers.e_devices import READINGS
from jushi.ledgers.e_digests import PLACES
from jushi.ledgers.e_limits import METRICS
from jushi.ledgers.events import ATTENDANCES, BOOKS, CAMPAIGNS, CONTENT, HELD_ON, RESULT, TITLE, VILLAGE

readings = Ledger(
    "greenhouse_readings", "温室监测数据", Observation, ("greenhouse_reading",), "E", "rural", at="observed_at",
    key=("facility", "metric", "observed_at"), rows=("E10",), unit="条", parent="greenhouse_alarms", read_only=True, intake=READINGS,
    hint="测点上传的读数，一般由接口写入；超出温室限值的标为超限，并只开一条告警。",
    columns=(
        Text("title", "读数", main=True, readonly=True, listed=False),
        Link("facility", "温室", filter=True, required=True, kinds=("grow_house",)),
        Choice("metric", "指标", options=METRICS, filter=True, required=True),
        Number("value", "读数", places=3, minimum=None, required=True),
        Text("unit", "单位"),
        Moment("observed_at", "观测时间", filter=True, required=True),
        Flag("is_alarm", "超限", filter=True, readonly=True),
        Text("source", "来源", listed=False),
    ),
    form=(Group("读数", "facility metric value unit observed_at source"),),
)  # fmt: skip

alarms = Ledger(
    "greenhouse_alarms", "温室告警", Case, ("greenhouse_alarm",), "E", "rural", at="raised_on", key=("number",),
    rows=("E10",), unit="条", hint="读数越过限值时自动开立，同一温室同一指标未恢复前只开一条；写明处置、读数恢复后办结。",
    columns=(
        Text("number", "告警编号", main=True, required=True, search=True),
        Text("title", "告警标题", required=True, search=True),
        Link("facility", "温室", filter=True, kinds=("grow_house",)),
        Choice("category", "指标", options=METRICS, filter=True, required=True),
        Day("raised_on", "告警日期", filter=True, sort=True, required=True),
        Text("theme", "越限方向", listed=False),
        LongText("text", "告警内容", listed=True),
        Link("person", "种植户（管护人）"),
        Link("expert", "联系专家"),
        LongText("measures", "处置措施"),
        LongText("result", "恢复情况"),
        Day("answered_on", "处置日期", listed=False),
        Day("closed_on", "办结日期", filter=True, sort=True),
    ),
    stages=(
        Stage("raised", "告警", ("acknowledged", "handled")),
        Stage("acknowledged", "确认", ("handled",), date="assigned_on"),
        Stage("handled", "处置", ("closed",), date="answered_on", needs=("measures",)),
        Stage("closed", "恢复", date="closed_on", needs=("measures", "result"), final=True),
    ),
    lines=(
        Lines("steps", "办理记录", CaseStep._meta.label, "case", (Text("action"), Day("done_on"), LongText("content"))),
    ),
    checks=(alarm_is_closed_properly,), after=(close_when_recovered,),
    reminders=(open_alarms,),
    indicators=(
        Count("greenhouse_alarms.raised", "温室告警数", "条", by=("category",), words="告警日期在期内的温室告警条数"),
        Count("greenhouse_alarms.closed", "温室告警办结数", "条", at="closed_on",
              words="办结日期在期内、已写明处置和恢复读数的告警条数"),
    ),
)  # fmt: skip

VISITED = Parties("households", "走访农户", role="visited", to="household", personal="name",
                  help="填户编号或户主姓名，用顿号隔开；户数按不同的农户计，走访几次都算一户")  # fmt: skip

field_visits = Ledger(
    "field_visits", "田间诊断指导台账", Activity, ("field_guidance",), "E", "rural", at="held_on", key=("title", "held_on", "area"),
    rows=("E11",), unit="次", hint="专家、特派员到棚到田指导一次记一行：去了哪里、进了哪些户、看了几座棚、培训多少人次、发了几本书。",
    columns=(
        TITLE, HELD_ON, VILLAGE,
        Choice("category", "地点类型", options={"facility_area": "设施农业区", "point": "蔬菜示范点", "village": "其他村社"}, filter=True),
        Text("crop", "作物", filter=True, listed=False),
        Link("speaker", "带队人", listed=False),
        Parties("experts", "专家、特派员", role="expert", to="person"),
        Link("base", "示范点", listed=False, kinds=("veg_point",)),
        VISITED,
        Output("greenhouses_guided", "指导日光温室", measure="greenhouses_guided", unit="座"),
        Output("sheds_guided", "指导塑料大棚", measure="sheds_guided", unit="座"),
        ATTENDANCES, BOOKS, CAMPAIGNS, CONTENT, RESULT,
    ),
    form=(
        Group("走访", "title held_on area category base crop campaigns"),
        Group("人员", "speaker experts households"),
        Group("成效", "greenhouses_guided sheds_guided attendances books"),
        Group("诊断与建议", "content result"),
    ),
    checks=(visit_reaches_somebody,), digests=(PLACES,),
    indicators=(
        Count("field_visits.held", "田间指导次数", "次", by=("area", "category"), words="走访日期在期内的田间指导次数"),
        Distinct("field_visits.households", "现场指导走访农户数", "户", catalogue="IG06", of="households", by=("area",),
                 words="期内田间指导走访到的不同农户数，同一户走访多次只计一户", aliases=("走访农户",)),
        Distinct("field_visits.facility_places", "指导的设施农业区数", "个", of="area", where=Q(category="facility_area"),
                 words="期内田间指导去过的不同设施农业区（按村计）"),
        Distinct("field_visits.point_places", "指导的蔬菜示范点所在村数", "个", of="area", where=Q(category="point"),
                 words="期内田间指导去过的不同蔬菜示范点（按村计）"),
        Total("field_visits.greenhouses", "现场指导日光温室座数", "座", catalogue="IG07", of="greenhouses_guided", by=("area",),
              words="期内各次田间指导填报的日光温室座数之和",
              aliases=("指导日光温室", "指导生产日光温室",)),
        Total("field_visits.sheds", "现场指导塑料大棚座数", "座", catalogue="IG08", of="sheds_guided", by=("area",),
              words="期内各次田间指导填报的塑料大棚座数之和",
              aliases=("指导塑料大棚",)),
        Total("field_visits.trained", "现场培训农民人次", "人次", catalogue="IG09", of="attendances", by=("area",),
              words="期内各次田间指导的现场培训人次之和，不含培训班",
              aliases=("现场培训农民",)),
        Total("field_visits.books", "发放技术书籍（病虫害防治）册数", "本", catalogue="IG10", of="books", by=("area",),
              words="期内各次田间指导发放的技术书籍本数之和", aliases=("病虫害防治书籍",)),
    ),
    sentences={
        "field_visits.summary": "请农业专家带领特派员和干部，到{field_visits.facility_places|名单}设施农业区和"
        "{field_visits.point_places|名单}蔬菜示范点，面对面帮农户找病因、教防治。全年走进农户{field_visits.households}，"
        "指导日光温室{field_visits.greenhouses}、塑料大棚{field_visits.sheds}，"
        "现场培训{field_visits.trained}，发放病虫害防治书籍{field_visits.books|余}。",
    },
)  # fmt: skip

LEDGERS = (alarms, readings, field_visits)
