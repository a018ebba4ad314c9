"""Managers that see only the rows of the scope in force."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

from jushi.kernel import scope

M = TypeVar("M", bound=models.Model)


class ScopedManager(models.Manager[M]):
    """Filters by the counties of the current scope; raises without a scope.

    It is default *and* base manager of every county model, so related objects, unique checks, ``refresh_from_db`` and foreign-key
    validation pass through it too.
    """

    use_in_migrations = False

    def get_queryset(self) -> models.QuerySet[M]:
        counties = scope.current().counties
        queryset = super().get_queryset()
        if counties is None:
            return queryset
        if len(counties) == 1:
            return queryset.filter(county=next(iter(counties)))
        return queryset.filter(county__in=sorted(counties))


class GlobalManager(models.Manager[M]):
    """For reference tables that belong to no county (areas, dictionaries)."""

    def get_queryset(self) -> models.QuerySet[M]:
        return super().get_queryset()


def county_of(instance: Any) -> str:
    """The county (6 digits) that a county row belongs to."""
    return str(instance.county)
