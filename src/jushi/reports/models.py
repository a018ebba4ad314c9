"""Templates and editions: what a document should say, and one document being written, signed and kept."""

from __future__ import annotations

from typing import Any

from django.db import models

from jushi.kernel.managers import GlobalManager
from jushi.kernel.models import Area, CountyRow, Office, Part, User

STEPS = [
    ("drafting", "建稿"), ("gathering", "各股室补充"), ("editing", "统稿"), ("checking", "校核"),
    ("deputy", "分管审阅"), ("director", "局长签发"), ("frozen", "冻结归档"),
]  # fmt: skip


class FrozenError(RuntimeError):
    """A signed document was about to be changed: a mistake of the program, since every page refuses it before."""


def refuse_frozen(edition_id: Any) -> None:
    """Raise :class:`FrozenError` when the stored edition is frozen."""
    if Edition.objects.filter(pk=edition_id, step="frozen").exists():
        raise FrozenError("文稿已冻结归档，不能再改")


class Template(models.Model):
    """An outline of sections with sentences; shipped ones belong to no county, a bureau's own copy overrides by code."""

    code = models.CharField("代码", max_length=40)
    county = models.CharField("县区", max_length=6, blank=True)
    name = models.CharField("名称", max_length=60)
    period_kind = models.CharField("期间", max_length=10)
    title = models.CharField("标题", max_length=120)
    outline = models.JSONField("提纲")
    version = models.PositiveIntegerField("版本", default=1)

    objects = GlobalManager()

    class Meta:
        verbose_name = verbose_name_plural = "模板"
        constraints = [models.UniqueConstraint(fields=["code", "county"], name="template_once")]

    def __str__(self) -> str:
        return self.name


class Edition(CountyRow):
    """One document: template + area + period, through its steps to the frozen text."""

    template = models.CharField("模板", max_length=40)
    title = models.CharField("标题", max_length=120)
    area = models.ForeignKey(Area, models.PROTECT, verbose_name="地区", related_name="+")
    period = models.CharField("期间", max_length=20)
    cutoff = models.DateField("数据截至")
    dated = models.DateField("成文日期", null=True, blank=True)
    step = models.CharField("环节", max_length=10, choices=STEPS, default="drafting")
    version = models.PositiveIntegerField("版本", default=0)
    created_by = models.ForeignKey(User, models.PROTECT, verbose_name="建稿人", related_name="+", null=True)
    created_at = models.DateTimeField("建稿时间", auto_now_add=True)
    signed_by = models.ForeignKey(User, models.PROTECT, verbose_name="签发人", related_name="+", null=True, blank=True)
    frozen_at = models.DateTimeField("冻结时间", null=True, blank=True)
    frozen = models.JSONField("冻结内容", null=True, blank=True)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "文稿"
        indexes = [models.Index(fields=["county", "period"], name="edition_county_period")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refused once the document is frozen."""
        refuse_frozen(self.pk)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused once the document is frozen."""
        refuse_frozen(self.pk)
        return super().delete(*args, **kwargs)

    def __str__(self) -> str:
        return self.title


class EditionSection(Part):
    """A section of an edition: its sentences (a copy that may be edited) and the fragments its office wrote."""

    owner_field = "edition"
    edition = models.ForeignKey(Edition, models.CASCADE, verbose_name="文稿", related_name="sections")
    key = models.CharField("标识", max_length=40)
    level = models.PositiveSmallIntegerField("级")
    title = models.CharField("标题", max_length=120, blank=True)
    office = models.ForeignKey(Office, models.PROTECT, verbose_name="责任股室", related_name="+", null=True, blank=True)
    run_in = models.BooleanField("段内接排", default=False)
    lines = models.JSONField("句子", default=list)
    notes = models.JSONField("叙述片段", default=dict, blank=True)
    state = models.CharField("状态", max_length=10, default="open", choices=[("open", "待补充"), ("done", "已交稿"), ("returned", "退回")])
    version = models.PositiveIntegerField("版本", default=0)

    class Meta(Part.Meta):
        verbose_name = verbose_name_plural = "章节"
        constraints = [models.UniqueConstraint(fields=["county", "edition", "key"], name="edition_section_once")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refused once the document is frozen."""
        refuse_frozen(self.edition_id)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused once the document is frozen."""
        refuse_frozen(self.edition_id)
        return super().delete(*args, **kwargs)

    def __str__(self) -> Any:
        return self.title or self.key


class FrozenFigure(Part):
    """A figure as an edition was signed with: value, ids and digest of its records."""

    owner_field = "edition"
    edition = models.ForeignKey(Edition, models.CASCADE, verbose_name="文稿", related_name="figures")
    code = models.CharField("指标", max_length=60)
    period = models.CharField("期间", max_length=20)
    value = models.CharField("数值", max_length=40, blank=True)
    rows = models.PositiveIntegerField("记录数")
    definition = models.PositiveIntegerField("口径版本", default=1)
    record_ids = models.JSONField("记录", default=list)
    digest = models.CharField("摘要", max_length=64)

    class Meta(Part.Meta):
        verbose_name = verbose_name_plural = "冻结指标"
        constraints = [models.UniqueConstraint(fields=["county", "edition", "code", "period"], name="frozen_figure_once")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refused once the document is frozen."""
        refuse_frozen(self.edition_id)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused once the document is frozen."""
        refuse_frozen(self.edition_id)
        return super().delete(*args, **kwargs)

    def __str__(self) -> Any:
        return f"{self.code}={self.value}"
