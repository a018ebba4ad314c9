"""The planning app."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "jushi.planning"
    label = "planning"
    verbose_name = "计划"
    default_auto_field = "django.db.models.BigAutoField"
