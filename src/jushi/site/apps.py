"""The site app: puts the ledgers in order and opens the registry."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "jushi.site"
    label = "jushi_site"
    verbose_name = "据实"

    def ready(self) -> None:
        from jushi.site.ledgers import register_all

        register_all()
