"""The ordered list of ledgers: the one place that names them."""

from __future__ import annotations

from importlib import import_module

from jushi.ledger import registry

MODULES = ("registers", "d_results", "e_field", "g_outreach")


def register_all() -> None:
    """Open the registry with every ledger in menu order; a mistaken declaration stops the program here."""
    registry.clear()
    for name in MODULES:
        registry.register(import_module(f"jushi.ledgers.{name}").LEDGERS)
    registry.check_references()
