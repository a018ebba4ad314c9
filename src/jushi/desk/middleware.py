"""Every request runs under the scope of its account, resolved once."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import patch_cache_control

from jushi.desk.access import DeniedError
from jushi.desk.context import remember_period
from jushi.desk.signin import scope_of, standing
from jushi.desk.views import errors
from jushi.kernel import scope
from jushi.kernel.models import User
from jushi.kernel.roles import Rights

__all__ = ["ScopeMiddleware", "scope_of"]

SLIDE = 60  # seconds: an active session is extended at most so often, or every page would cost a write
FREE = ("/password", "/logout", "/static/")


class ScopeMiddleware:
    """Sets ``request.rights`` and the scope in force; requests without an account run without one, so any county query raises."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        request.rights = Rights(None, "", "")  # type: ignore[attr-defined]
        if not isinstance(user, User):
            return self.get_response(request)
        request.rights, counties = standing(user, timezone.localdate())  # type: ignore[attr-defined]
        _slide(request)
        if user.must_change_password and not request.path.startswith(FREE):
            return redirect("password")
        address = cast(str, request.META.get("REMOTE_ADDR", ""))
        with scope.use(scope.Scope(counties, user.full_name or user.username, user.pk, address)):
            response = self.get_response(request)
        remember_period(request, response)
        if getattr(request, "upload_refused", "") and response.status_code in (400, 403, 500):
            response = errors.too_large(request)
        # a page of the office must not come back from the browser's store after signing out
        patch_cache_control(response, private=True, no_cache=True)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What may be seen but not done is answered with the reason."""
        return errors.denied(request, exception.reason) if isinstance(exception, DeniedError) else None


def _slide(request: HttpRequest) -> None:
    """Keep an active session alive: it ends after 30 minutes without a request (SESSION_COOKIE_AGE)."""
    now = int(time.time())
    if now - request.session.get("seen", 0) >= SLIDE:
        request.session["seen"] = now
