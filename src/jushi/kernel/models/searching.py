"""Searchable text of rows (see :mod:`jushi.kernel.search`)."""

from __future__ import annotations

from django.db import models

from jushi.kernel.managers import GlobalManager


class SearchEntry(models.Model):
    """The text of one row. Read only through :func:`jushi.kernel.search.narrow`, which asks within a scoped query."""

    county = models.CharField("县区", max_length=6)
    model = models.CharField("表", max_length=60)
    object_id = models.UUIDField("记录", db_index=True)
    text = models.TextField("文字")
    grams = models.TextField("双字")

    objects = GlobalManager()

    class Meta:
        verbose_name = verbose_name_plural = "检索"

    def __str__(self) -> str:
        return self.text[:30]
