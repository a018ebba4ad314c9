"""A column that is counted from records or parts that refer to the row: service days of an expert, last tracking of a project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from django.apps import apps
from django.db import models
from django.db.models import Count, F, Max, Q, Sum

from jushi.kernel.states import State
from jushi.ledger.columns.base import DeclarationError
from jushi.ledger.columns.parts import PartColumn


@dataclass(frozen=True, kw_only=True)
class Tally(PartColumn):
    """``operation`` over ``of`` in table ``table`` whose rows name this row by ``link`` (a path), under ``where``.

    ``record`` is the path from the table to the record whose state decides whether it counts ('' when the table is the record, None
    for parts that are always counted with their owner). Read only: it is worked out for a whole page at once, never stored.
    """

    table: str = ""
    link: str = ""
    of: str = "pk"
    operation: Literal["count", "sum", "latest"] = "count"
    where: Q = field(default_factory=Q)
    record: str | None = ""
    unit: str = ""
    readonly: bool = True

    def validate_for(self, model: type[models.Model]) -> None:
        if not (self.table and self.link and self.label and self.readonly):
            raise DeclarationError(f"{self.name}: 汇总列须有 label、table、link，且只读")
        apps.get_model(self.table)

    def label_for(self, model: type[models.Model]) -> str:
        return f"{self.label}（{self.unit}）" if self.unit else self.label

    def part_model(self, model: type[models.Model]) -> type[Any]:
        return apps.get_model(self.table)

    def load(self, model: type[models.Model], ids: Iterable[Any]) -> Mapping[Any, Any]:
        rows = self.part_model(model).objects.filter(self.where, **{f"{self.link}__in": list(ids)})
        if self.record is not None:
            prefix = f"{self.record}__" if self.record else ""
            rows = rows.filter(**{f"{prefix}state__in": State.counted()})
        made = {"count": Count(self.of), "sum": Sum(self.of), "latest": Max(self.of)}[self.operation]
        return dict(rows.order_by().annotate(_owner=F(self.link)).values_list("_owner").annotate(_value=made))

    def existing(self, record: Any) -> models.QuerySet[Any]:
        return self.part_model(type(record)).objects.filter(self.where, **{self.link: record.pk})

    def build(self, record: Any, value: Any) -> list[Any]:
        return []

    def write_parts(self, record: Any, value: Any) -> None:
        """Nothing to write: the value is counted."""

    def text(self, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, date):
            return value.isoformat()
        return f"{Decimal(value).normalize():f}"

    def cell(self, value: Any) -> Any:
        return value if value is None or isinstance(value, (date, int)) else float(value)
