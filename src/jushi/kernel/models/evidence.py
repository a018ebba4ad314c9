"""Evidence files (佐证): stored once by content hash, attached to any record."""

from __future__ import annotations

from django.db import models

from jushi.kernel.managers import GlobalManager
from jushi.kernel.models.record import Part


class Blob(models.Model):
    """A file's content by its SHA-256; the bytes lie in the evidence folder."""

    sha256 = models.CharField("散列", max_length=64, primary_key=True)
    size = models.BigIntegerField("字节数")
    mime = models.CharField("类型", max_length=100)
    created_at = models.DateTimeField("存入时间", auto_now_add=True)

    objects = GlobalManager()

    class Meta:
        verbose_name = verbose_name_plural = "文件内容"

    def __str__(self) -> str:
        return self.sha256[:12]


class Evidence(Part):
    """A file attached to a record of any ledger; ``ledger_model`` and ``record_id`` name the record."""

    owner_field = "record"
    ledger_model = models.CharField("表", max_length=60)
    record_id = models.UUIDField("记录")
    blob = models.ForeignKey(Blob, models.PROTECT, verbose_name="内容")
    name = models.CharField("文件名", max_length=200)
    caption = models.CharField("说明", max_length=200, blank=True)
    added_by = models.CharField("上传人", max_length=60)
    added_at = models.DateTimeField("上传时间", auto_now_add=True)

    class Meta(Part.Meta):
        verbose_name = verbose_name_plural = "佐证"
        indexes = [models.Index(fields=["county", "record_id"], name="evidence_county_record")]

    def __str__(self) -> str:
        return self.name
