"""The ledger app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LedgerConfig(AppConfig):
    name = "jushi.ledger"
    label = "ledger"
    verbose_name = "台账"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep the search index, the planner's statistics and what is remembered in step with every write."""
        from jushi.kernel import stamps, statistics  # noqa: F401
        from jushi.ledger import search_index, search_order  # noqa: F401

        post_migrate.connect(lambda **kwargs: search_order.renumber(), sender=self, weak=False)
