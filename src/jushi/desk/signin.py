"""Accounts at the door: the account with its bureau in one query, its rights remembered for seconds."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from jushi.kernel import scope, stamps
from jushi.kernel.models import Area, Bureau, Grant, User
from jushi.kernel.roles import Rights, rights_of

SECONDS = 5.0  # a withdrawn right works elsewhere for at most so long; in this process it ends at once


class AccountBackend(ModelBackend):
    """Signs in by name and password; loads the account together with its bureau and area."""

    def get_user(self, user_id: Any) -> User | None:
        user = User.objects.select_related("bureau__area").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None


def standing(user: User, on: date) -> tuple[Rights, frozenset[str]]:
    """Rights and counties of an account."""
    key = ("standing", user.pk, user.date_joined, user.is_active, user.bureau_id, on)
    return stamps.kept("accounts", key, lambda: (rights_of(user, on), counties_of(user)), seconds=SECONDS)


def counties_of(user: User) -> frozenset[str]:
    """The counties whose rows an account may see: its own, or every county below a higher office."""
    if user.bureau is None:
        return frozenset()
    area = user.bureau.area
    if len(area.digits) >= 6:
        return frozenset({user.bureau.county})
    low, high = area.bounds()
    below = Area.objects.filter(rank="county", code__gte=low, code__lte=high).values_list("code", flat=True)
    return frozenset(code[:6] for code in below)


def scope_of(user: User, address: str = "") -> scope.Scope:
    """The scope under which a request of this account runs."""
    return scope.Scope(counties_of(user), user.full_name or user.username, user.pk, address)


@receiver([post_save, post_delete], sender=Grant)
@receiver([post_save, post_delete], sender=User)
@receiver([post_save, post_delete], sender=Bureau)
def _changed(**kwargs: Any) -> None:
    stamps.touch("accounts")
