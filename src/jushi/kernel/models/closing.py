"""Closing a period (锁账), and correcting what is locked (更正)."""

from __future__ import annotations

from typing import Any

from django.db import models

from jushi.kernel.models.accounts import User
from jushi.kernel.models.record import CountyRow


class Closing(CountyRow):
    """A month of one ledger is closed: its confirmed rows are locked and new ones need a correction (domain.md A0.4)."""

    ledger = models.CharField("台账", max_length=40)
    period = models.CharField("期间", max_length=12)
    closed_by = models.ForeignKey(User, models.PROTECT, verbose_name="锁定人", related_name="+", null=True)
    closed_at = models.DateTimeField("锁定时间", auto_now_add=True)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "锁账"
        constraints = [models.UniqueConstraint(fields=["county", "ledger", "period"], name="closing_once")]

    def __str__(self) -> Any:
        return f"{self.ledger} {self.period}"


class Correction(CountyRow):
    """A wish to change a locked record: old and new values with a reason, carried out when approved by somebody else."""

    OPEN, APPROVED, REFUSED = "open", "approved", "refused"

    ledger = models.CharField("台账", max_length=40)
    record_id = models.UUIDField("记录")
    record_title = models.CharField("记录名称", max_length=200)
    action = models.CharField("更正方式", max_length=10, choices=[("change", "修改"), ("void", "作废")], default="change")
    before = models.JSONField("原值")
    after = models.JSONField("新值")
    reason = models.CharField("更正原因", max_length=300)
    state = models.CharField("状态", max_length=10, choices=[(OPEN, "待批"), (APPROVED, "已更正"), (REFUSED, "未批准")], default=OPEN)
    asked_by = models.ForeignKey(User, models.PROTECT, verbose_name="申请人", related_name="+", null=True)
    asked_at = models.DateTimeField("申请时间", auto_now_add=True)
    decided_by = models.ForeignKey(User, models.PROTECT, verbose_name="批准人", related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField("批准时间", null=True, blank=True)
    remark = models.CharField("批注", max_length=300, blank=True)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "更正"
        indexes = [
            models.Index(fields=["county", "record_id"], name="correction_county_record"),
            models.Index(fields=["county", "state"], name="correction_county_state"),
        ]

    def __str__(self) -> str:
        return f"更正：{self.record_title}"
