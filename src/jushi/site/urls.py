"""Addresses of all pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver, include, path, resolve
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt  # as the API's own views are: it checks the token where the session signs in
def api(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Hand on to the API. What it is built of (20 MB) is loaded by the first request to it, not by every server."""
    found = resolve(f"/{rest}", urlconf="jushi.api.urls")
    return found.func(request, *found.args, **found.kwargs)


urlpatterns: list[URLPattern | URLResolver] = [
    path("api/<path:rest>", api),
    path("", include("jushi.desk.urls")),
]

handler400 = "jushi.desk.views.errors.bad_request"
handler403 = "jushi.desk.views.errors.forbidden"
handler404 = "jushi.desk.views.errors.not_found"
handler500 = "jushi.desk.views.errors.failed"
