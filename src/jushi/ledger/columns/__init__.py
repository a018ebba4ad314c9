"""Kinds of columns that a ledger declaration may use."""

from jushi.ledger.columns.base import CellError, Column, DeclarationError, Lookup
from jushi.ledger.columns.choices import Choice, FieldChoice
from jushi.ledger.columns.figures import FigureName
from jushi.ledger.columns.links import AreaLink, Link, OfficeLink, Target, UserLink
from jushi.ledger.columns.numbers import Money, Number
from jushi.ledger.columns.parts import Output, PartColumn, Parties, Tags
from jushi.ledger.columns.plain import Day, Flag, LongText, Moment, Text
from jushi.ledger.columns.tally import Tally

__all__ = [
    "AreaLink", "CellError", "Choice", "Column", "Day", "DeclarationError", "FieldChoice", "FigureName", "Flag", "Link", "LongText",
    "Lookup", "Moment", "Money", "Number", "OfficeLink", "Output", "PartColumn", "Parties", "Tags", "Tally", "Target", "Text", "UserLink",
]  # fmt: skip
