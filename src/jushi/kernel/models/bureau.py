"""The bureau that uses the program, and its offices (股室)."""

from __future__ import annotations

from django.db import models

from jushi.kernel.managers import GlobalManager
from jushi.kernel.models.areas import Area
from jushi.kernel.models.record import CountyRow


class Bureau(models.Model):
    """A bureau; ``county`` is the tenant key of all its rows. Offices above a county have an area and no ledger rows of their own."""

    area = models.OneToOneField(Area, models.PROTECT, verbose_name="行政区划")
    county = models.CharField("县区", max_length=6, db_index=True)
    name = models.CharField("全称", max_length=60)
    short_name = models.CharField("简称", max_length=30)
    document_prefix = models.CharField("机关代字", max_length=20, blank=True)
    switched_off = models.JSONField("停用的台账", default=list, blank=True)
    settings = models.JSONField("参数", default=dict, blank=True)

    objects = GlobalManager()

    class Meta:
        verbose_name = verbose_name_plural = "本局"

    def __str__(self) -> str:
        return self.name


class Office(CountyRow):
    """A 股室 of the bureau. ``code`` is what ledger declarations and templates refer to."""

    bureau = models.ForeignKey(Bureau, models.PROTECT, verbose_name="本局", related_name="offices")
    code = models.CharField("代码", max_length=20)
    name = models.CharField("名称", max_length=30)
    position = models.PositiveSmallIntegerField("次序", default=0)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "股室"
        ordering = ["position", "code"]
        constraints = [models.UniqueConstraint(fields=["county", "code"], name="office_county_code")]

    def __str__(self) -> str:
        return self.name
