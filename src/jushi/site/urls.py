"""Addresses of all pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.urls.resolvers import RoutePattern

urlpatterns: list[URLPattern | URLResolver] = [
    # named and not imported: what the API is built of (15 MB) is loaded where the first request asks for it
    URLResolver(RoutePattern("api/"), "jushi.api.urls", app_name="ninja", namespace="api"),
    path("", include("jushi.desk.urls")),
]

handler400 = "jushi.desk.views.errors.bad_request"
handler403 = "jushi.desk.views.errors.forbidden"
handler404 = "jushi.desk.views.errors.not_found"
handler500 = "jushi.desk.views.errors.failed"
