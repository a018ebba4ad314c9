"""The desk app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "jushi.desk"
    label = "desk"
    verbose_name = "办公桌面"
    default_auto_field = "django.db.models.BigAutoField"
