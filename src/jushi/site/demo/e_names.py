"""Names of plants and techniques in the demonstration: common names of crops, invented names of varieties."""

from __future__ import annotations

_MELON_CROPS = ("黄瓜", "西红柿", "萝卜", "辣椒", "甘蓝", "西葫芦", "叶菜", "西甜瓜")
_SERIES = ("青岚", "红旭", "雪玉", "火峰", "绿球", "翠玉", "春晓", "蜜泉")

# seventeen varieties over eight crops: the first name of each crop comes first
MELONS = [(f"{crop}{_SERIES[n]}{turn}号", crop) for turn in (1, 2, 3) for n, crop in enumerate(_MELON_CROPS)][:17]
HERBS = ("日本紫苏", "千日红", "银柴胡", "急性子", "知母", "牛蒡子", "荆芥", "丹参", "板蓝根", "黄芩")
FOOD_MEDICINE = ("马齿苋", "荠菜", "苦菜", "苜蓿", "蕨菜", "苦菊", "薄荷", "甘草")
FRUITS = ("大樱桃", "香椿", "李子", "油桃", "钙果", "杏李")
ORNAMENTALS = (
    "樟子松", "云杉", "红叶李", "蔷薇", "连翘", "月季", "马兰花", "丁香", "榆叶梅", "金叶榆", "紫叶矮樱", "黄刺玫", "珍珠梅", "红瑞木",
    "水蜡", "金银木", "五角枫", "山桃", "山杏", "暴马丁香", "华北卫矛", "胶东卫矛", "八宝景天",
)  # fmt: skip
VEGETABLE_TECHNIQUES = ("无公害蔬菜种植", "日光温室远程监控", "病虫害综合防治")
FRUIT_TECHNIQUES = ("果树防风", "起垄栽培", "地膜覆盖", "秸秆混草填坑", "双层缠裹防冻", "根域限制栽培")
