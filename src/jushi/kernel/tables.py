"""First migrations that make all tables of an app at once.

Fifty entities refer to each other in circles; the operations that Django writes for that add foreign keys and indexes one by one, which
on SQLite copies a table each time: over a minute, where creating the finished tables takes seconds. The state is built as Django wrote
it, the tables from the finished state.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations import SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation
from django.db.models import Model


class StateOnly(SeparateDatabaseAndState):
    """Operations that build the state and leave the database alone."""

    def __init__(self, state_operations: Sequence[Operation]) -> None:
        super().__init__(state_operations=state_operations)

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Build without rendered models: each operation would render them anew."""
        state.__dict__.pop("apps", None)
        super().state_forwards(app_label, state)


class CreateTables(Operation):
    """Make every table of the app as the state has it, indexes and constraints included."""

    reversible = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The state is there already."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Create in the order of declaration; foreign keys to tables not yet there are added by the editor at its end."""
        for model in _models(to_state, app_label):
            schema_editor.create_model(model)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Drop in the opposite order."""
        for model in reversed(_models(from_state, app_label)):
            schema_editor.delete_model(model)

    def describe(self) -> str:
        """What the migration log says."""
        return "Create all tables"


def _models(state: Any, app_label: str) -> list[type[Model]]:
    return [model for model in state.apps.get_models() if model._meta.app_label == app_label]
