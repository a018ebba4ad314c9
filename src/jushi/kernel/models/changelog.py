"""The stored change log (see :mod:`jushi.kernel.oplog`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import connection, models

from jushi.kernel import bulk
from jushi.kernel.managers import ScopedManager

if TYPE_CHECKING:
    from jushi.kernel.oplog import Line


class ChainHead(models.Model):
    """The last link of a county's chain; locked while an operation is appended."""

    county = models.CharField("县区", max_length=6, primary_key=True)
    sequence = models.BigIntegerField("序号", default=0)
    hash = models.CharField("散列", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "日志链头"

    def __str__(self) -> str:
        return f"{self.county}#{self.sequence}"


class AppendOnlyError(RuntimeError):
    """The change log is never changed or deleted by the program."""


class Operation(models.Model):
    """One operation by one actor: a link of the county's chain."""

    county = models.CharField("县区", max_length=6)
    sequence = models.BigIntegerField("序号")
    actor = models.CharField("操作人", max_length=60)
    actor_id = models.BigIntegerField("操作人编号", null=True)
    address = models.CharField("来源地址", max_length=45, blank=True)
    name = models.CharField("操作", max_length=40)
    reason = models.CharField("原因", max_length=300, blank=True)
    at = models.DateTimeField("时间")
    lines = models.PositiveIntegerField("行数")
    digest = models.CharField("内容摘要", max_length=64)
    previous = models.CharField("前一散列", max_length=64)
    hash = models.CharField("散列", max_length=64)

    objects: ScopedManager[Any] = ScopedManager()

    class Meta:
        verbose_name = verbose_name_plural = "操作日志"
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["county", "sequence"], name="operation_sequence")]
        indexes = [models.Index(fields=["county", "at"], name="operation_county_at")]

    def __str__(self) -> str:
        return f"{self.actor} {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError("操作日志只能追加")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError("操作日志不能删除")


class ChangeLine(models.Model):
    """What an operation did to one row."""

    operation = models.ForeignKey(Operation, models.PROTECT, verbose_name="操作", related_name="changes")
    county = models.CharField("县区", max_length=6)
    position = models.PositiveIntegerField("次序")
    model = models.CharField("表", max_length=60)
    object_id = models.UUIDField("记录")
    owner_id = models.UUIDField("所属记录", null=True)
    action = models.CharField("动作", max_length=10)
    before = models.TextField("之前")
    after = models.TextField("之后")

    objects: ScopedManager[Any] = ScopedManager()

    class Meta:
        verbose_name = verbose_name_plural = "变更明细"
        base_manager_name = "objects"
        indexes = [
            models.Index(fields=["county", "object_id"], name="change_county_object"),
            models.Index(fields=["county", "owner_id"], name="change_county_owner", condition=models.Q(owner_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.model}"

    @classmethod
    def append(cls, entry: Operation, lines: Sequence[Line]) -> None:
        """Insert the lines of an operation in one pass."""
        native = connection.features.has_native_uuid_field
        statement = bulk.Statement(cls._meta.db_table)
        statement.share("operation_id", entry.pk)
        statement.share("county", entry.county)
        statement.vary("position", range(len(lines)))
        statement.vary("object_id", [x.object_id if native else x.name.replace("-", "") or x.object_id.hex for x in lines])
        statement.vary("owner_id", [x.owner_id if native or x.owner_id is None else x.owner_id.hex for x in lines])
        for name in ("model", "action", "before", "after"):
            statement.vary(name, [getattr(x, name) for x in lines])
        statement.execute(len(lines))
