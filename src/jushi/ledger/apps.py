"""The ledger app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "jushi.ledger"
    label = "ledger"
    verbose_name = "台账"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep the search index in step with every write."""
        from jushi.ledger import search_index  # noqa: F401
