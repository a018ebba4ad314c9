"""Something that happened on a day, somewhere, with somebody, giving quantities (mission.md §2, no. 19)."""

from __future__ import annotations

from django.db import models

from jushi.entities.models import make
from jushi.entities.models.common import Entity, EntityPart, Party

# what figures ask of activities by their day; the id leads on to the quantities that they yielded
COUNTED = ("state", "id", "area", "theme", "organisation", "household", "designation")


class Activity(Entity):
    """An event. It is recorded once however many campaigns claim it: campaigns are tags."""

    ordered = (("held_on", "ends_on"),)

    stage = make.stage()
    category = make.text("活动类型", 40)
    form = make.text("活动形式", 40)
    scale = make.text("规模", 20)
    audience = make.text("对象", 40)
    purpose = make.text("目的", 100)
    theme = make.text("主题", 200)
    series = make.text("系列活动", 100)
    edition = make.count("届次")
    crop = make.text("作物或畜禽", 40)
    planned_on = make.day("计划日期")
    held_on = make.day("举办日期")
    ends_on = make.day("结束日期")
    hours = make.number("时长（小时）", 1)
    place = make.text("地点", 120)
    city = make.text("城市", 40)
    host = make.ref("Organisation", "主办单位", "hosted_activities")
    speaker = make.ref("Person", "主讲（带队）人", "led_activities")
    organisation = make.ref("Organisation", "服务（走访）单位", "activities")
    household = make.ref("Household", "走访农户", "activities")
    base = make.ref("Base", "基地", "activities")
    platform = make.ref("Platform", "平台", "activities")
    project = make.ref("Project", "项目", "activities")
    designation = make.ref("Designation", "服务人员任职", "activities")
    plan_item = make.ref("PlanItem", "对应计划", "activities")
    content = make.words("内容")
    result = make.words("成效")
    minutes = make.words("记录")
    cost = make.money("费用")

    class Meta(Entity.Meta):
        verbose_name = verbose_name_plural = "活动"
        indexes = make.record_indexes(
            "act",
            ("planned_on", ("held_on", *COUNTED), "ends_on"),
            ("host", "speaker", "organisation", "household", "base", "project", "designation", "plan_item"),
            listed=("held_on",),
        )


class ActivityParty(Party):
    """Who took part, in which role (主办、专家、学员、走访对象、值守 …); absence keeps its reason."""

    owner_field = "activity"
    one_of = ("organisation", "person", "household", "area", "group", "text")

    activity = make.owner("Activity", "活动", "parties")
    area = make.ref("kernel.Area", "地点")
    group = make.ref("Group", "队伍")
    is_present = models.BooleanField("到场", default=True)
    absence = make.text("缺席原因", 100)

    class Meta(Party.Meta):
        verbose_name = verbose_name_plural = "参与者"
        indexes = make.part_indexes(
            "actp",
            "activity",
            ("role", "activity"),
            ("organisation",),
            ("person",),
            ("household",),
        )

    def __str__(self) -> str:
        return str(self.area or self.group) if self.area_id or self.group_id else super().__str__()


class ActivityOutput(EntityPart):
    """A quantity that the event yielded: 参训人次、发放资料、展板 …; 人 and 人次 are different measures."""

    owner_field = "activity"

    activity = make.owner("Activity", "活动", "outputs")
    measure = models.CharField("量项", max_length=40)
    item_class = make.text("资料类别", 40)
    item = make.text("名称", 100)
    quantity = make.number("数量")
    unit = models.CharField("单位", max_length=10)
    is_estimate = models.BooleanField("估计数", default=False)
    document = make.ref("Document", "发放的资料", "handouts")

    class Meta(EntityPart.Meta):
        verbose_name = verbose_name_plural = "活动量"
        indexes = make.part_indexes("acto", "activity", ("measure", "activity"), counted=("measure", "item_class", "quantity"))


class ActivityTag(EntityPart):
    """A campaign or topic that the event belongs to."""

    owner_field = "activity"

    activity = make.owner("Activity", "活动", "tags")
    tag = models.CharField("专题", max_length=40)

    class Meta(EntityPart.Meta):
        verbose_name = verbose_name_plural = "活动专题"
        indexes = make.part_indexes("actt", "activity", ("tag", "activity"))
        constraints = [make.unique("actt", "activity", "tag", message="这个专题已经标过，不必重复")]

    def __str__(self) -> str:
        return self.tag
