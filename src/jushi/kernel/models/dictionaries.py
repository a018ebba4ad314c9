"""Dated dictionaries and rule tables: what regulations change without a release (architecture.md §1, idea 5)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from jushi.kernel.managers import GlobalManager


class Term(models.Model):
    """A value of a dictionary, valid from–to, for everybody (``county`` empty) or for one bureau."""

    dictionary = models.CharField("字典", max_length=40)
    code = models.CharField("代码", max_length=40)
    name = models.CharField("名称", max_length=80)
    county = models.CharField("县区", max_length=6, blank=True)
    position = models.PositiveSmallIntegerField("次序", default=0)
    valid_from = models.DateField("启用", null=True, blank=True)
    valid_to = models.DateField("停用", null=True, blank=True)
    basis = models.CharField("依据", max_length=200, blank=True)

    objects = GlobalManager()

    class Meta:
        verbose_name = verbose_name_plural = "字典值"
        ordering = ["dictionary", "position", "code"]
        constraints = [models.UniqueConstraint(fields=["dictionary", "code", "county"], name="term_once")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def valid(cls, dictionary: str, county: str, on: date) -> models.QuerySet[Term]:
        """Terms of a dictionary that ``county`` may use at ``on``."""
        return cls.objects.filter(
            Q(county="") | Q(county=county),
            Q(valid_from=None) | Q(valid_from__lte=on),
            Q(valid_to=None) | Q(valid_to__gte=on),
            dictionary=dictionary,
        )


class Rule(models.Model):
    """A dated rule with its basis: deadlines, limits, frequencies, weights. ``value`` is JSON whose shape ``name`` documents."""

    name = models.CharField("规则", max_length=60)
    county = models.CharField("县区", max_length=6, blank=True)
    value = models.JSONField("内容")
    basis = models.CharField("依据（文号、条款）", max_length=200, blank=True)
    verified = models.BooleanField("已核对原文", default=False)
    valid_from = models.DateField("启用", null=True, blank=True)
    valid_to = models.DateField("停用", null=True, blank=True)

    objects = GlobalManager()

    class Meta:
        verbose_name = verbose_name_plural = "规则"
        ordering = ["name", "-valid_from"]
        indexes = [models.Index(fields=["name", "county"], name="rule_name_county")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls, name: str, county: str, on: date) -> Any:
        """The value of rule ``name`` in force at ``on``: the county's own before the shipped one. KeyError when there is none."""
        rows = cls.objects.filter(
            Q(county="") | Q(county=county),
            Q(valid_from=None) | Q(valid_from__lte=on),
            Q(valid_to=None) | Q(valid_to__gte=on),
            name=name,
        )
        found = sorted(rows, key=lambda r: (r.county != "", r.valid_from or date.min))
        if not found:
            raise KeyError(name)
        return found[-1].value
