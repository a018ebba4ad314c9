"""The reports app."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "jushi.reports"
    label = "reports"
    verbose_name = "文稿"
    default_auto_field = "django.db.models.BigAutoField"
