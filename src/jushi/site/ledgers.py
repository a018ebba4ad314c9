"""The ordered list of ledgers: the one place that names them."""

from __future__ import annotations

from importlib import import_module

from jushi.ledger import registry

MODULES = (
    "registers", "a_firms", "c_projects", "c_running", "c_funds", "d_results",
    "e_bases", "e_field", "f_specialists", "f_experts", "g_outreach", "g_classes", "g_materials",
    "h_relief", "n_plan", "i_investment", "j_statistics", "k_party", "k_rectification", "k_integrity", "l_general",
)  # fmt: skip


def register_all() -> None:
    """Open the registry with every ledger in menu order; a mistaken declaration stops the program here."""
    registry.clear()
    for name in MODULES:
        registry.register(import_module(f"jushi.ledgers.{name}").LEDGERS)
    registry.check_references()
