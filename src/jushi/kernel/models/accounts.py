"""Accounts, and the roles they hold."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from jushi.kernel.models.bureau import Bureau


class User(AbstractUser):
    """Somebody who signs in. Names of deleted accounts are never used again (GB/T 22239—2019, 身份唯一): accounts are disabled, not removed."""

    bureau = models.ForeignKey(Bureau, models.PROTECT, verbose_name="单位", null=True, blank=True, related_name="users")
    full_name = models.CharField("姓名", max_length=30)
    phone = models.CharField("电话", max_length=20, blank=True)
    password_changed_at = models.DateTimeField("改密时间", null=True, blank=True)
    must_change_password = models.BooleanField("下次登录须改密", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "账户"

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        """The name as people write it: one field, family name first."""
        return self.full_name or self.username


class Grant(models.Model):
    """A role held by an account: bureau-wide, or within one office or one area."""

    user = models.ForeignKey(User, models.CASCADE, verbose_name="账户", related_name="grants")
    role = models.CharField("角色", max_length=30)
    office_code = models.CharField("股室", max_length=20, blank=True)
    area_digits = models.CharField("区划前缀", max_length=12, blank=True)
    starts_on = models.DateField("起", null=True, blank=True)
    ends_on = models.DateField("止", null=True, blank=True)
    granted_by = models.ForeignKey(User, models.PROTECT, verbose_name="授权人", related_name="+", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "授权"
        constraints = [models.UniqueConstraint(fields=["user", "role", "office_code", "area_digits"], name="grant_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"
