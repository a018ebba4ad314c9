"""Every request runs under the scope of its account, resolved once."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from jushi.kernel import scope
from jushi.kernel.models import User
from jushi.kernel.roles import Rights, rights_of


class ScopeMiddleware:
    """Sets ``request.rights`` and the scope in force; requests without an account run without one, so any county query raises."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        request.rights = Rights(None, "", "")  # type: ignore[attr-defined]
        if not isinstance(user, User):
            return self.get_response(request)
        request.rights = rights_of(user, timezone.localdate())  # type: ignore[attr-defined]
        with scope.use(scope_of(user, request.META.get("REMOTE_ADDR", ""))):
            return self.get_response(request)


def scope_of(user: User, address: str = "") -> scope.Scope:
    """The counties whose rows an account may see: its own, or every county below a higher office."""
    if user.bureau is None:
        return scope.Scope(frozenset(), user.full_name, user.pk, address)
    area = user.bureau.area
    if len(area.digits) >= 6:
        return scope.Scope(frozenset({user.bureau.county}), user.full_name, user.pk, address)
    from jushi.kernel.models import Area

    low, high = area.bounds()
    below = Area.objects.filter(rank="county", code__gte=low, code__lte=high).values_list("code", flat=True)
    return scope.Scope(frozenset(code[:6] for code in below), user.full_name, user.pk, address)
