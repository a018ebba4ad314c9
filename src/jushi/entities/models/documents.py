"""Documents and printed matter, where they appeared and who looked at them (mission.md §2, no. 26)."""

from __future__ import annotations

from django.db import models

from jushi.entities.models import make
from jushi.entities.models.common import Entity, EntityPart
from jushi.kernel.models.record import LEVELS

MOVEMENTS = [("in", "入库"), ("out", "发放"), ("gain", "盘盈"), ("loss", "盘亏")]


class Document(Entity):
    """收文、发文、制度、方案、规划、调研报告、信息稿、课件、手册 …; the files themselves are evidence of the record."""

    ordered = (("starts_on", "ends_on"), ("drafted_on", "issued_on"), ("issued_on", "abolished_on"))

    stage = make.stage()
    category = make.text("文种或类型", 40)
    number = make.text("发文字号", 60)
    issuers = make.text("发文机关", 200)
    code = make.natural("公开码", 40)
    edition = make.text("版本", 20)
    previous = make.ref("Document", "前一版本", "following")
    author = make.ref("Person", "作者", "documents")
    authors = make.text("作者（署名）", 200)
    industry = make.text("产业", 40)
    crop = make.text("作物或畜禽", 40)
    unit = make.text("计量单位", 10)
    received_on = make.day("收文日期")
    drafted_on = make.day("起草日期")
    reviewed_on = make.day("审核日期")
    signed_on = make.day("签发日期")
    issued_on = make.day("印发日期")
    due_on = make.day("应报日期")
    sent_on = make.day("报送日期")
    sent_to = make.text("报送单位", 100)
    published_on = make.day("公开日期")
    starts_on = make.day("施行日期")
    ends_on = make.day("有效期止")
    abolished_on = make.day("废止日期")
    adopted_on = make.day("采纳日期")
    link = make.text("网址", 300)
    body = make.words("正文")
    retention = make.text("保管期限", 20)
    project = make.ref("Project", "相关项目", "documents")
    activity = make.ref("Activity", "相关活动", "documents")
    routine = make.ref("Routine", "对应制度", "documents")

    class Meta(Entity.Meta):
        verbose_name = verbose_name_plural = "文件资料"
        indexes = [
            *make.record_indexes(
                "doc",
                ("received_on", "drafted_on", "issued_on", "due_on", "sent_on", "published_on", "abolished_on"),
                ("activity", "project", "routine"),
                listed=("issued_on", "drafted_on", "due_on"),
            ),
            make.key_index("doc", "code"),
        ]
        constraints = [make.natural_key("doc", "code", message="这个公开码已经使用，请换一个")]


class Stock(Entity):
    """A movement of printed matter. ``in`` and ``gain`` add to the stock, ``out`` and ``loss`` take from it."""

    document = make.ref("Document", "资料", "movements")
    category = make.text("资料类别", 40)
    movement = models.CharField("出入库", max_length=10, choices=MOVEMENTS)
    moved_on = make.day("日期")
    quantity = make.number("数量")
    unit = models.CharField("单位", max_length=10)
    activity = make.ref("Activity", "发放活动", "movements")
    organisation = make.ref("Organisation", "领用或来源单位", "movements")
    receiver = make.text("经手人", 60)

    class Meta(Entity.Meta):
        verbose_name = verbose_name_plural = "资料出入库"
        indexes = make.record_indexes("stock", ("moved_on",), ("document", "activity"), staged=False, listed=("moved_on",))


class Publication(EntityPart):
    """One outlet that a text was sent to, and its adoption there.

    Figures count adoptions (``published_on``), not texts.
    """

    owner_field = "document"
    ordered = (("sent_on", "published_on"),)

    document = make.owner("Document", "文件资料", "publications")
    outlet = models.CharField("媒体", max_length=100)
    level = models.CharField("媒体级别", max_length=10, choices=LEVELS, blank=True)
    category = make.text("媒体类型", 20)
    sent_on = make.day("投送日期")
    published_on = make.day("刊发日期")
    link = make.text("网址", 300)

    class Meta(EntityPart.Meta):
        verbose_name = verbose_name_plural = "投送与刊发"
        indexes = make.part_indexes("pub", "document", ("published_on",), ("level", "published_on"))


class Access(EntityPart):
    """Views of a document in the open: day, place code and how many; never who."""

    owner_field = "document"

    document = make.owner("Document", "文件资料", "accesses")
    accessed_on = models.DateField("日期")
    accessed_at = make.moment("时间")
    channel = make.text("渠道", 20)
    place_code = make.text("投放点", 40)
    course = make.text("课件", 100)
    quantity = models.PositiveIntegerField("人次", default=1)
    seconds = make.count("时长（秒）")

    class Meta(EntityPart.Meta):
        verbose_name = verbose_name_plural = "访问"
        indexes = make.part_indexes("access", "document", ("accessed_on",))
