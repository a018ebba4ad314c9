"""What every ledger row is made of: :class:`Record`, and :class:`Part` for the rows that belong to one."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from jushi.kernel import ids, oplog
from jushi.kernel.managers import ScopedManager
from jushi.kernel.states import State

LEVELS = [("nation", "国家级"), ("province", "省级"), ("city", "市级"), ("county", "县级"), ("town", "乡级")]
SECRECY = [("public", "公开"), ("internal", "内部"), ("sensitive", "敏感")]


class CountyRow(models.Model):
    """A row of one county. ``county`` (6 digits) never changes, and no foreign key leads to another county's row."""

    id = models.UUIDField("标识", primary_key=True, default=ids.new_id, editable=False)
    county = models.CharField("县区", max_length=6, editable=False)

    objects: ScopedManager[Any] = ScopedManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saved only within a logged operation (see :mod:`jushi.kernel.oplog`)."""
        oplog.current().before_save(self)
        super().save(*args, **kwargs)
        oplog.current().after_save(self)

    def clean(self) -> None:
        """Every foreign key to a county row must stay within the county."""
        super().clean()
        for field in self._meta.concrete_fields:
            if not field.is_relation or getattr(self, field.attname) is None:
                continue
            related: Any = field.related_model
            if issubclass(related, CountyRow):
                target = related.objects.filter(pk=getattr(self, field.attname)).values("county").first()
                if target is None or target["county"] != self.county:
                    raise ValidationError({field.name: "所选内容不存在，或不属于本县区"})

    def invariant_errors(self) -> dict[str, str]:
        """What contradicts itself, by field; entities say more."""
        return {}

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Deleted only within a logged operation."""
        oplog.current().before_delete(self)
        return super().delete(*args, **kwargs)


class Record(CountyRow):
    """A ledger row: the public fields of domain.md A0.1, under the generic lifecycle of A0.4.

    ``kind`` says which ledger of the entity the row belongs to; ``details`` holds what only that kind asks for and nothing sums or filters.
    ``version`` counts saves: a save from an older version is refused, so nobody overwrites what another typed.
    """

    kind = models.CharField("类别", max_length=40)
    serial = models.CharField("记录编号", max_length=32, blank=True)
    title = models.CharField("名称", max_length=200)
    year = models.PositiveSmallIntegerField("业务年度")
    state = models.CharField("数据状态", max_length=10, choices=State.choices, default=State.DRAFT)
    level = models.CharField("级别", max_length=10, choices=LEVELS, blank=True)
    area = models.ForeignKey("kernel.Area", models.PROTECT, verbose_name="行政区划", related_name="+", db_index=False)
    office = models.ForeignKey("kernel.Office", models.PROTECT, verbose_name="责任股室", related_name="+", db_index=False)
    handler = models.ForeignKey("kernel.User", models.PROTECT, verbose_name="经办人", related_name="+", null=True, blank=True, db_index=False)
    source_number = models.CharField("来源文号", max_length=60, blank=True)
    secrecy = models.CharField("密级", max_length=10, choices=SECRECY, default="internal")
    is_public = models.BooleanField("主动公开", default=False)
    note = models.TextField("备注", blank=True)
    details = models.JSONField("专用内容", default=dict, blank=True)
    returned_reason = models.CharField("退回原因", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=0, editable=False)
    created_by = models.ForeignKey(
        "kernel.User",
        models.PROTECT,
        verbose_name="登记人",
        related_name="+",
        null=True,
        editable=False,
        db_index=False,
    )
    created_at = models.DateTimeField("登记时间", auto_now_add=True)
    updated_at = models.DateTimeField("修改时间", auto_now=True)

    class Meta(CountyRow.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def is_counted(self) -> bool:
        """Whether figures count this row: it has been confirmed."""
        return self.state in State.counted()


class Part(CountyRow):
    """A row that belongs to one record (outputs, parties, steps …) and lives and dies with it.

    A subclass names the foreign key to its record in ``owner_field``; the record's history shows the part's changes.
    """

    owner_field = ""
    position = models.PositiveSmallIntegerField("次序", default=0)

    class Meta(CountyRow.Meta):
        abstract = True

    @property
    def owner_id(self) -> uuid.UUID:
        """Id of the record that this part belongs to."""
        return getattr(self, f"{self.owner_field}_id")
