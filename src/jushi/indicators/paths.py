"""Conditions seen from another table: Q objects moved along a relation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q


def prefixed(condition: Q, prefix: str) -> Q:
    """``condition`` over a model, as seen from a table that reaches it by ``prefix`` (``activity__``)."""
    if not prefix:
        return condition
    moved = Q()
    moved.connector, moved.negated = condition.connector, condition.negated
    children: Iterable[Any] = condition.children
    for child in children:
        if isinstance(child, Q):
            moved.children.append(prefixed(child, prefix))
        else:
            name, value = child
            moved.children.append((prefix + name, value))
    return moved
