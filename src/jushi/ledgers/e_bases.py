"""E 农业科技: vegetable points with their greenhouses (E07), varieties (E08) and techniques (E09) on trial."""

from __future__ import annotations

from django.db.models import Q

from jushi.entities.models import AgriTech, Base, Facility, Production
from jushi.ledger.columns import AreaLink, Choice, Column, Day, Link, LongText, Number, Text
from jushi.ledger.declaration import Group, Ledger, Stage
from jushi.ledger.indicators import Count, Stock, Total
from jushi.ledgers.checks_e import area_is_within_point, dropped_has_reason, variety_is_new
from jushi.ledgers.e_alarms import silent_houses
from jushi.ledgers.e_devices import DEVICE
from jushi.ledgers.e_digests import POINTS
from jushi.ledgers.e_limits import Limits
from jushi.ledgers.statements import listed_in_full

points = Ledger(
    "veg_points", "无公害蔬菜示范点台账", Base, ("veg_point",), "E", "rural", at="built_on", key=("title",), rows=("E07",), unit="个",
    hint="城郊型无公害蔬菜生产示范点，一点一行；大棚、温室和露地面积在各自台账里登记到点。",
    digests=(POINTS,),
    columns=(
        Text("title", "示范点", main=True, required=True, search=True),
        AreaLink("area", "所在村", filter=True, required=True),
        Link("operator", "经营主体", filter=True),
        Link("manager", "负责人", help="温室告警先找负责人"),
        Link("protocol", "执行规程", listed=False, kinds=("protocol",)),
        Number("land_mu", "占地面积", unit="亩", places=3, total=True),
        LongText("crops"),
        Day("started_on", listed=False),
        Day("built_on", filter=True, sort=True),
        Day("closed_on", sort=True, listed=False),
    ),
    form=(Group("基本信息", "title area operator manager protocol"), Group("规模", "land_mu crops"),
          Group("建设", "started_on built_on closed_on")),
    stages=(
        Stage("building", "建设", ("built",), date="started_on"),
        Stage("built", "建成", ("running",), date="built_on", needs=("land_mu",)),
        Stage("running", "运行", ("closed",)),
        Stage("closed", "退出", date="closed_on", final=True),
    ),
    indicators=(
        Stock("veg_points.in_service", "城郊型无公害蔬菜生产示范点数", "个", catalogue="IE15", valid=("built_on", "closed_on"), by=("area",),
              words="截至期末已建成且未退出的示范点数", aliases=("无公害蔬菜生产示范点", "蔬菜示范点")),
    ),
    sentences={
        "veg_points.summary": "已建成城郊无公害蔬菜示范点{veg_points.in_service}，露地种植无公害蔬菜{veg_areas.open_field}，"
        "拥有塑料大棚{veg_points.sheds}、日光温室{veg_points.greenhouses}{?，制定种植技术规程{ID13}?}。",
    },
)  # fmt: skip

HOUSES = {"shed": "塑料大棚", "greenhouse": "日光温室"}
AT_POINT = Q(base__kind="veg_point")

houses = Ledger(
    "grow_houses", "大棚温室台账", Facility, ("grow_house",), "E", "rural", at="built_on", key=("number",), rows=("E07", "E10"), unit="座",
    parent="veg_points", hint="每座塑料大棚、日光温室一行，有编号；装了监测设备的填限值，越限自动告警。",
    columns=(
        Text("number", main=True, required=True, search=True, example="A-05"),
        Text("title", "设施名称", required=True, search=True, listed=False),
        Choice("category", options=HOUSES, filter=True, required=True),
        Link("base", "所在示范点", filter=True, kinds=("veg_point",)),
        Link("operator", listed=False),
        Number("size", "面积", unit="平方米", places=3, total=True),
        Text("model", "监测设备型号", listed=False),
        Limits("limits", listed=False, help="例：温度 8~35；湿度 40~90", example="温度 8~35；湿度 40~90"),
        Day("built_on", filter=True, sort=True, required=True),
        Day("ended_on", sort=True, listed=False),
    ),
    form=(Group("基本信息", "number title category base operator size built_on ended_on"), Group("远程监测", "model limits")),
    reminders=(silent_houses,), digests=(DEVICE,),
    indicators=(
        Stock("veg_points.sheds", "示范点塑料大棚座数", "座", catalogue="IE17", where=Q(category="shed") & AT_POINT,
              valid=("built_on", "ended_on"), by=("base",), words="截至期末示范点在用的塑料大棚座数，一座一计，与田间指导到的座数无关",
              aliases=("塑料大棚",)),
        Stock("veg_points.greenhouses", "示范点日光温室座数", "座", catalogue="IE18", where=Q(category="greenhouse") & AT_POINT,
              valid=("built_on", "ended_on"), by=("base",), words="截至期末示范点在用的日光温室座数，一座一计，与田间指导到的座数无关",
              aliases=("日光温室",)),
    ),
)  # fmt: skip

areas = Ledger(
    "veg_areas", "蔬菜种植面积台账", Production, ("veg_planting",), "E", "rural", at="starts_on", key=("base", "crop", "mode", "starts_on"),
    rows=("E07",), unit="条", parent="veg_points", hint="示范点每茬种了什么、种在哪里、多少亩；露地、大棚、温室分开填。",
    columns=(
        Text("title", "种植记录", readonly=True, listed=False),
        Text("crop", "蔬菜", main=True, required=True, search=True),
        Link("base", "示范点", filter=True, required=True, kinds=("veg_point",)),
        Choice("mode", "种植方式", options={"open_field": "露地", "shed": "塑料大棚", "greenhouse": "日光温室"}, filter=True, required=True),
        Number("quantity", "面积", unit="亩", places=3, total=True, required=True),
        Day("starts_on", "播种（定植）日期", filter=True, sort=True, required=True),
        Day("ends_on", "采收结束日期", listed=False),
    ),
    defaults={"measure": "planted_area", "unit": "亩", "category": "无公害蔬菜"}, checks=(area_is_within_point,),
    indicators=(
        Total("veg_areas.open_field", "露地无公害蔬菜面积", "亩", catalogue="IE16", of="quantity", where=Q(mode="open_field"),
              by=("base",), words="播种日期在期内、种植方式为露地的无公害蔬菜面积之和", aliases=("露地无公害蔬菜",)),
    ),
)  # fmt: skip

TRIAL: tuple[Column, ...] = (
    Text("source", listed=False),
    Link("organisation", listed=False),
    Link("base", filter=True),
    Day("introduced_on", filter=True, sort=True),
    Day("trialled_on", sort=True, listed=False),
    Day("demonstrated_on", sort=True, listed=False),
    Day("promoted_on", sort=True, listed=False),
    Day("eliminated_on", sort=True, listed=False),
    LongText("result"),
    Text("decision", listed=False),
)
TRIAL_STAGES = (
    Stage("introduced", "引进", ("trialled",), date="introduced_on"),
    Stage("trialled", "试验", ("demonstrated", "eliminated"), date="trialled_on", needs=("base",)),
    Stage("demonstrated", "示范", ("promoted", "eliminated"), date="demonstrated_on"),
    Stage("promoted", "推广", ("eliminated",), date="promoted_on", needs=("result",)),
    Stage("eliminated", "淘汰", date="eliminated_on", needs=("result",), final=True),
)
DATES = Group("试验示范", "introduced_on trialled_on demonstrated_on promoted_on eliminated_on base result decision")
INTRODUCED = Q(origin="introduced")


def _of_class(code: str, name: str) -> Count:
    return Count(f"varieties.{code}", f"引进{name}新品种数", "个", where=INTRODUCED & Q(category=code), by=("crop",),
                 words=f"引进日期在期内、来源为引进、类别为{name}的品种数", aliases=(f"{name}新品种",))  # fmt: skip


varieties = Ledger(
    "varieties", "新品种引进试验示范台账", AgriTech, ("variety",), "E", "rural", at="introduced_on", key=("title", "crop"), rows=("E08",),
    unit="个", hint="每个品种一行，从引进、试验、示范到推广或淘汰；同一品种跨年不重复算引进。",
    columns=(
        Text("title", "品种", main=True, required=True, search=True),
        Choice("category", dictionary="variety_class", filter=True, required=True),
        Text("crop", filter=True, search=True),
        Choice("origin", options={"introduced": "引进", "bred": "自育"}, filter=True, required=True, default="introduced"),
        *TRIAL,
    ),
    form=(Group("品种", "title category crop origin source organisation"), DATES),
    stages=TRIAL_STAGES, checks=(variety_is_new, dropped_has_reason),
    indicators=(
        Count("varieties.introduced", "引进新品种数", "个", catalogue="IE19", where=INTRODUCED, by=("category", "crop"),
              words="引进日期在期内、来源为引进的品种数，按品种名去重", aliases=("新品种",)),
        _of_class("melon_vegetable", "无公害瓜菜"), _of_class("herb_vegetable", "兼用型药菜（材）"),
        _of_class("food_medicine", "食药两用蔬菜"), _of_class("fruit", "经济林果"), _of_class("ornamental", "观赏苗木"),
    ),
    sentences={
        "varieties.summary": "全年引进新品种{varieties.introduced}，其中"
        "{?无公害瓜菜{varieties.melon_vegetable}（{varieties.melon_vegetable|名单 8}）?}"
        "{?，兼用型药菜（材）{varieties.herb_vegetable}（{varieties.herb_vegetable|名单}）?}"
        "{?，食药两用蔬菜{varieties.food_medicine}（{varieties.food_medicine|名单}）?}"
        "{?，优质高档经济林果{varieties.fruit}（{varieties.fruit|名单 5}）?}"
        "{?，优质观赏苗木{varieties.ornamental}（{varieties.ornamental|名单 7}）?}。",
    },
)  # fmt: skip


def _on_trial(code: str, name: str) -> Count:
    return Count(f"techniques.{code}", f"试验示范{name}技术数", "项", at="trialled_on", where=Q(field=code),
                 words=f"试验日期在期内、领域为{name}的技术项数", aliases=(f"{name}技术", f"{name}栽培技术"))  # fmt: skip


techniques = Ledger(
    "techniques", "新技术试验示范推广台账", AgriTech, ("technique",), "E", "rural", at="introduced_on", key=("title",), rows=("E09",),
    unit="项", hint="每项技术一行，走到哪一步填哪一步的日期；试验示范数和推广数按各自日期统计。",
    columns=(
        Text("title", "技术名称", main=True, required=True, search=True),
        Choice("field", dictionary="technique_field", filter=True, required=True),
        Text("crop", filter=True, listed=False),
        Number("sites", unit="个", total=True),
        Number("adopters", unit="户", total=True),
        *TRIAL,
    ),
    form=(Group("技术", "title field crop source organisation sites adopters"), DATES),
    stages=TRIAL_STAGES, checks=(dropped_has_reason,), statements=(listed_in_full,),
    indicators=(
        Count("techniques.promoted", "推广新技术数", "项", catalogue="IE20", at="promoted_on", by=("field",),
              words="推广日期在期内的技术项数", aliases=("推广新技术",)),
        Count("techniques.on_trial", "试验示范技术数", "项", catalogue="IE21", at="trialled_on", by=("field",),
              words="试验日期在期内的技术项数", aliases=("试验示范技术",)),
        _on_trial("vegetable", "蔬菜"), _on_trial("fruit", "林果"),
    ),
    sentences={
        "techniques.summary": "试验示范{techniques.vegetable|名单}等蔬菜技术{techniques.vegetable}"
        "{?，{techniques.fruit|名单 5}高档经济林果栽培技术{techniques.fruit}?}。",
    },
)  # fmt: skip

LEDGERS = (points, houses, areas, varieties, techniques)
