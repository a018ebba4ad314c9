"""What every entity obeys whatever its kind, and the shape of those who take part in a record."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from jushi.entities.models import make
from jushi.kernel.models.record import Part, Record


class Invariants(models.Model):
    """The two checks that hold whatever the kind: an end is not before its start; one target, not none or two.

    ``ordered`` lists (start, end) date fields. ``one_of`` names fields of which exactly one must be filled (none:
    no such rule).
    """

    ordered: ClassVar[tuple[tuple[str, str], ...]] = ()
    one_of: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        errors = self.invariant_errors()
        if errors:
            raise ValidationError(errors)

    def invariant_errors(self) -> dict[str, str]:
        """What contradicts itself, by field; asks the database nothing, so that imports can check every row."""
        return self._order_errors() | self._target_errors()

    def _target_errors(self) -> dict[str, str]:
        filled = [name for name in self.one_of if _is_filled(self, name)]
        if not self.one_of or len(filled) == 1:
            return {}
        labels = "、".join(self._label(name) for name in self.one_of)
        found = "都没有填" if not filled else "同时填了" + "、".join(self._label(name) for name in filled)
        return {(filled or list(self.one_of))[-1]: f"{labels}须填且只填一项，现在{found}"}

    def _order_errors(self) -> dict[str, str]:
        errors: dict[str, str] = {}
        for first, last in self.ordered:
            start, end = getattr(self, first), getattr(self, last)
            if start is not None and end is not None and end < start:
                errors[last] = f"{self._label(last)}（{end}）早于{self._label(first)}（{start}），请核对这两个日期"
        return errors

    def _label(self, name: str) -> str:
        return str(self._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _is_filled(row: models.Model, name: str) -> bool:
    field = row._meta.get_field(name)
    value = getattr(row, field.attname)  # type: ignore[union-attr]
    return value is not None and value != ""


class Entity(Invariants, Record):
    """A record of one of the entities."""

    class Meta(Record.Meta):
        abstract = True


class EntityPart(Invariants, Part):
    """A part of such a record."""

    class Meta(Part.Meta):
        abstract = True


class Party(EntityPart):
    """Someone who takes part in a record in a ``role``.

    One of: a registered organisation, person or household, or plain text for those who are not registered.
    """

    one_of: ClassVar[tuple[str, ...]] = ("organisation", "person", "household", "text")

    role = models.CharField("角色", max_length=20)
    organisation = make.ref("entities.Organisation", "单位")
    person = make.ref("entities.Person", "人员")
    household = make.ref("entities.Household", "农户")
    text = make.text("未建档的对象", 100)

    class Meta(EntityPart.Meta):
        abstract = True

    def __str__(self) -> str:
        return str(self.organisation or self.person or self.household or self.text)
