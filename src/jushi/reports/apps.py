"""The reports app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ReportsConfig(AppConfig):
    name = "jushi.reports"
    label = "reports"
    verbose_name = "文稿"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """After every migration the shipped templates are brought up to date."""
        post_migrate.connect(_load, sender=self)


def _load(**_: Any) -> None:
    from jushi.reports.outline import load_templates

    load_templates()
