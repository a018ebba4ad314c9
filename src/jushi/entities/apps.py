"""The entities app: the 28 things the bureau keeps records of."""

from django.apps import AppConfig


class EntitiesConfig(AppConfig):
    name = "jushi.entities"
    label = "entities"
    verbose_name = "台账实体"
    default_auto_field = "django.db.models.BigAutoField"
