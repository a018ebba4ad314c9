"""Migrations that make all tables of an app at once, or change many of them.

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


class Together(Operation):
    """Operations that do not build on each other, taken as one: the models are rendered once, not anew for each of them."""

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = list(operations)

    @property
    def reversible(self) -> bool:  # type: ignore[override]
        """Whether each of them is."""
        return all(operation.reversible for operation in self.operations)

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Build without rendered models, as :class:`StateOnly` does."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """One after the other, from the same state to the same state."""
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """The other way round."""
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """What the migration log says."""
        return f"{len(self.operations)} changes: {self.operations[0].describe()} …"


def _models(state: Any, app_label: str) -> list[type[Model]]:
    return [model for model in state.apps.get_models() if model._meta.app_label == app_label]
