"""Models of the kernel."""

from jushi.kernel.models.accounts import Grant, User
from jushi.kernel.models.areas import Area, AreaTag
from jushi.kernel.models.bureau import Bureau, Office
from jushi.kernel.models.changelog import ChainHead, ChangeLine, Operation
from jushi.kernel.models.closing import Closing, Correction
from jushi.kernel.models.dictionaries import Rule, Term
from jushi.kernel.models.evidence import Blob, Evidence
from jushi.kernel.models.record import CountyRow, Part, Record
from jushi.kernel.models.searching import SearchEntry

__all__ = [
    "Area", "AreaTag", "Blob", "Bureau", "ChainHead", "ChangeLine", "Closing", "Correction", "CountyRow", "Evidence",
    "Grant", "Office", "Operation", "Part", "Record", "Rule", "SearchEntry", "Term", "User",
]  # fmt: skip
