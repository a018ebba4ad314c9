"""The planning app."""

from importlib import import_module

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "jushi.planning"
    label = "planning"
    verbose_name = "计划"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Routines, gaps and open plans remind through the same list as the ledgers; digests and claims of habits are offered to them."""
        for name in ("routines", "gaps", "carrying", "digests", "duty_digests", "citing", "habits"):
            import_module(f"jushi.planning.{name}")
