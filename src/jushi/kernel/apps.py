"""The kernel app: areas, bureau, accounts, change log, evidence, dictionaries."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class KernelConfig(AppConfig):
    name = "jushi.kernel"
    label = "kernel"
    verbose_name = "基础"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """After every migration the shipped dictionaries and rules are brought up to date."""
        post_migrate.connect(_load, sender=self)


def _load(**_: Any) -> None:
    from jushi.kernel.reference import load_reference

    load_reference()
