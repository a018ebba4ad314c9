"""The proofdesk app."""

from django.apps import AppConfig


class ProofdeskConfig(AppConfig):
    name = "jushi.proofdesk"
    label = "proofdesk"
    verbose_name = "校核"
    default_auto_field = "django.db.models.BigAutoField"
