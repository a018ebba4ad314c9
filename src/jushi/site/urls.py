"""Addresses of all pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from jushi.api.urls import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", api.urls),
    path("", include("jushi.desk.urls")),
]

handler400 = "jushi.desk.views.errors.bad_request"
handler403 = "jushi.desk.views.errors.forbidden"
handler404 = "jushi.desk.views.errors.not_found"
handler500 = "jushi.desk.views.errors.failed"
