"""Areas by statistical code, and what they are called at a date."""

from __future__ import annotations

from typing import Any

from django.db import models

from jushi.kernel.managers import GlobalManager
from jushi.kernel.models.record import CountyRow

RANKS = [("province", "省级"), ("city", "市级"), ("county", "县级"), ("town", "乡级"), ("village", "村级")]
RANK_DIGITS = {"province": 2, "city": 4, "county": 6, "town": 9, "village": 12}


class Area(models.Model):
    """A place from province to village under its 12-digit statistical code (统计用区划代码, GB/T 2260 extended)."""

    code = models.CharField("代码", max_length=12, primary_key=True)
    name = models.CharField("名称", max_length=60)
    short_name = models.CharField("简称", max_length=30, blank=True)
    rank = models.CharField("层级", max_length=10, choices=RANKS)
    parent = models.ForeignKey("self", models.PROTECT, verbose_name="上级", null=True, blank=True, related_name="children")
    valid_from = models.DateField("启用", null=True, blank=True)
    valid_to = models.DateField("停用", null=True, blank=True)

    objects = GlobalManager()

    class Meta:
        verbose_name = verbose_name_plural = "区划"
        ordering = ["code"]
        indexes = [models.Index(fields=["rank", "code"], name="area_rank_code")]

    def __str__(self) -> str:
        return self.name

    @property
    def digits(self) -> str:
        """The significant leading digits: 6 for a county, 9 for a town."""
        return self.code[: RANK_DIGITS[self.rank]]

    @property
    def county(self) -> str:
        """The county (6 digits) that the area lies in or is; empty above a county."""
        return self.code[:6] if RANK_DIGITS[self.rank] >= 6 else ""

    def bounds(self) -> tuple[str, str]:
        """Lowest and highest 12-digit code inside the area, for range filters on an index."""
        return self.digits.ljust(12, "0"), self.digits.ljust(12, "9")


class AreaTag(CountyRow):
    """A dated quality of an area, as one bureau sees it: 贫困村, 帮扶村, 联系村 …"""

    area = models.ForeignKey(Area, models.PROTECT, verbose_name="区划", related_name="tags")
    tag = models.CharField("标签", max_length=40)
    starts_on = models.DateField("起")
    ends_on = models.DateField("止", null=True, blank=True)
    basis = models.CharField("依据", max_length=100, blank=True)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "区划标签"
        indexes = [models.Index(fields=["county", "tag", "starts_on"], name="areatag_county_tag")]

    def __str__(self) -> Any:
        return f"{self.area_id} {self.tag}"
