"""Kinds of columns that a ledger declaration may use."""

from jushi.ledger.columns.base import CellError, Column, DeclarationError, Lookup
from jushi.ledger.columns.links import AreaLink, Link, OfficeLink, Target, UserLink
from jushi.ledger.columns.parts import Output, PartColumn, Parties, Tags
from jushi.ledger.columns.plain import Choice, Day, FieldChoice, Flag, LongText, Moment, Money, Number, Text
from jushi.ledger.columns.tally import Tally

__all__ = [
    "AreaLink", "CellError", "Choice", "Column", "Day", "DeclarationError", "FieldChoice", "Flag", "Link", "LongText",
    "Lookup", "Moment", "Money", "Number", "OfficeLink", "Output", "PartColumn", "Parties", "Tags", "Tally", "Target", "Text", "UserLink",
]  # fmt: skip
