"""Addresses of 计划 and of the help page."""

from __future__ import annotations

from django.urls import path

from jushi.desk.views import helping, planning

urlpatterns = [
    path("plan/", planning.plan, name="plan"),
    path("plan/carry", planning.carry, name="plan-carry"),
    path("plan/routines", planning.matrix, name="plan-routines"),
    path("help", helping.page, name="help"),
]
