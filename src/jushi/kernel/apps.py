"""The kernel app: areas, bureau, accounts, change log, evidence, dictionaries."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "jushi.kernel"
    label = "kernel"
    verbose_name = "基础"
    default_auto_field = "django.db.models.BigAutoField"
