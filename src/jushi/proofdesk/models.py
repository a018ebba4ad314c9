"""What the check page keeps: texts that were checked with what was decided on each finding, and the bureau's own settings of the checker."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from jushi.kernel.models import Blob, CountyRow, User
from jushi.proof.lexicon import TABLES


class CheckedText(CountyRow):
    """A draft that somebody had checked. Its bytes lie in the evidence store, so the change log never repeats the text.

    ``decisions`` maps the key of a finding (see :func:`jushi.proofdesk.checking.key_of`) to ``{"do": "accept", "to": …}`` or
    ``{"do": "ignore", "reason": …}``. Only the person who brought the text sees it: drafts may be confidential.
    """

    name = models.CharField("名称", max_length=200)
    blob = models.ForeignKey(Blob, models.PROTECT, verbose_name="内容", related_name="+")
    format = models.CharField("格式", max_length=10, default="txt")
    chars = models.PositiveIntegerField("字数", default=0)
    period = models.CharField("期间", max_length=20, blank=True)
    edition = models.UUIDField("文稿", null=True, blank=True)
    decisions = models.JSONField("处理", default=dict, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, verbose_name="校核人", related_name="+")
    created_at = models.DateTimeField("校核时间", auto_now_add=True)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "校核文稿"
        indexes = [models.Index(fields=["county", "created_by", "created_at"], name="checked_county_person")]

    def __str__(self) -> Any:
        return self.name


class Dismissal(CountyRow):
    """A finding that the bureau does not want to hear of again: a rule with the words, or a whole rule switched off (``text`` None)."""

    rule = models.CharField("规则", max_length=20)
    text = models.CharField("文字", max_length=200, null=True, blank=True)  # noqa: DJ001 - None means any text of the rule
    reason = models.CharField("原因", max_length=200)
    by = models.ForeignKey(User, models.PROTECT, verbose_name="设置人", related_name="+", null=True)
    created_at = models.DateTimeField("设置时间", auto_now_add=True)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "不再提示"
        constraints = [
            models.UniqueConstraint(fields=["county", "rule", "text"], name="dismissal_text_once"),
            models.UniqueConstraint(fields=["county", "rule"], condition=Q(text=None), name="dismissal_rule_once"),
        ]

    def __str__(self) -> Any:
        return f"{self.rule} {self.text or '（全部）'}"


class OfficeWord(CountyRow):
    """A word of the bureau's own dictionary: added to a table of the checker, or (``kind`` off) taken out of it."""

    table = models.CharField("词表", max_length=20, choices=[(name, name) for name in TABLES], default="typos")
    word = models.CharField("写法", max_length=60)
    to = models.CharField("应写作", max_length=120, blank=True)
    kind = models.CharField("种类", max_length=30, blank=True)
    basis = models.CharField("依据", max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, verbose_name="登记人", related_name="+", null=True)
    created_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "本局词典"
        constraints = [models.UniqueConstraint(fields=["county", "table", "word"], name="office_word_once")]

    def __str__(self) -> Any:
        return self.word
