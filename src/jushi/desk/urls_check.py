"""Addresses of the check page."""

from __future__ import annotations

from django.urls import path

from jushi.desk.views import checking, checking_files, checking_settings

urlpatterns = [
    path("check/", checking.start, name="check"),
    path("check/settings", checking_settings.settings, name="check-settings"),
    path("check/<uuid:pk>/", checking.text, name="check-text"),
    path("check/<uuid:pk>/decide", checking.decide, name="check-decide"),
    path("check/<uuid:pk>/claim", checking_settings.claim, name="check-claim"),
    path("check/<uuid:pk>/keep", checking_settings.keep, name="check-keep"),
    path("check/<uuid:pk>/period", checking.period, name="check-period"),
    path("check/<uuid:pk>/alike", checking_files.alike, name="check-alike"),
    path("check/<uuid:pk>/export/<slug:kind>", checking_files.export, name="check-export"),
    path("check/<uuid:pk>/drop", checking.drop, name="check-drop"),
]
