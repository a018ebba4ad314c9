"""What the ledger machinery itself keeps: numbering, saved views, remembered import mappings, import batches."""

from __future__ import annotations

from typing import Any

from django.db import models

from jushi.kernel.managers import ScopedManager
from jushi.kernel.models import CountyRow, User


class Numbering(models.Model):
    """The last running number of a ledger and year."""

    county = models.CharField("县区", max_length=6)
    ledger = models.CharField("台账", max_length=40)
    year = models.PositiveSmallIntegerField("年度")
    last = models.PositiveIntegerField("已用到", default=0)

    objects: ScopedManager[Any] = ScopedManager()

    class Meta:
        verbose_name = verbose_name_plural = "编号"
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["county", "ledger", "year"], name="numbering_once")]

    def __str__(self) -> str:
        return f"{self.ledger} {self.year}: {self.last}"

    @classmethod
    def take(cls, county: str, ledger: str, year: int, count: int = 1) -> int:
        """Reserve ``count`` numbers and return the first, within the transaction under way."""
        row, _ = cls.objects.select_for_update().get_or_create(county=county, ledger=ledger, year=year)
        first = int(row.last) + 1
        row.last = row.last + count
        row.save(update_fields=["last"])
        return first


class SavedView(CountyRow):
    """A list view kept under a name: filters, columns and sort, as the address carries them."""

    ledger = models.CharField("台账", max_length=40)
    name = models.CharField("视图名称", max_length=40)
    query = models.CharField("条件", max_length=1000)
    owner = models.ForeignKey(User, models.CASCADE, verbose_name="保存人", related_name="+")
    shared = models.BooleanField("全局共用", default=False)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "视图"
        constraints = [models.UniqueConstraint(fields=["county", "ledger", "owner", "name"], name="savedview_once")]

    def __str__(self) -> Any:
        return self.name


class ImportMapping(CountyRow):
    """Which heading of a file means which column, as last confirmed by somebody of the bureau."""

    ledger = models.CharField("台账", max_length=40)
    headings = models.CharField("表头指纹", max_length=64)
    mapping = models.JSONField("对应关系")

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "导入对应"
        constraints = [models.UniqueConstraint(fields=["county", "ledger", "headings"], name="importmapping_once")]

    def __str__(self) -> Any:
        return f"{self.ledger} {self.headings[:8]}"


class ImportBatch(CountyRow):
    """One import: the file as it came, its mapping, edits made in the preview, and what became of it."""

    ledger = models.CharField("台账", max_length=40)
    file_name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField("文件散列", max_length=64)
    sheet = models.CharField("工作表", max_length=80, blank=True)
    header_row = models.PositiveSmallIntegerField("表头行", default=1)
    mapping = models.JSONField("对应关系", default=dict)
    edits = models.JSONField("预览中的修改", default=dict)
    state = models.CharField(
        "状态", max_length=10, default="open",
        choices=[("open", "待确认"), ("running", "导入中"), ("done", "已导入"), ("undone", "已撤销"), ("failed", "失败")],
    )  # fmt: skip
    summary = models.JSONField("结果", default=dict)
    progress = models.PositiveSmallIntegerField("进度", default=0)
    created_by = models.ForeignKey(User, models.PROTECT, verbose_name="导入人", related_name="+", null=True)
    created_at = models.DateTimeField("时间", auto_now_add=True)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "导入批次"
        indexes = [models.Index(fields=["county", "ledger", "created_at"], name="importbatch_ledger")]

    def __str__(self) -> Any:
        return self.file_name
