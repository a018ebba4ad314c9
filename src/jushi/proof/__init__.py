"""Proofreading: readings in, findings out. Rules are values with their basis and their examples; no database, no clock, no globals."""

from jushi.proof.engine import apply_dismissals, check, select, worst
from jushi.proof.lexicon import Entry, Lexicon, builtin
from jushi.proof.model import Context, Dismissal, Finding, Rule
from jushi.proof.render_docx import certain, commented, corrected, corrected_text
from jushi.proof.render_text import as_json, as_text
from jushi.proof.rules import RULES
from jushi.proof.similarity import Similar, similar

__all__ = [
    "RULES", "Context", "Dismissal", "Entry", "Finding", "Lexicon", "Rule", "Similar", "apply_dismissals", "as_json", "as_text",
    "builtin", "certain", "check", "commented", "corrected", "corrected_text", "select", "similar", "worst",
]  # fmt: skip
