"""Documents in, meaning out: readers for office formats, and what a summary says as data. Pure Python, no Django."""

from jushi.text.model import (
    Block,
    Claim,
    CountedList,
    Document,
    DocumentPeriod,
    Evidence,
    Heading,
    Name,
    Passage,
    Reading,
    Span,
    UnreadableError,
)
from jushi.text.reading import read, read_text
from jushi.text.rendering import as_json, as_markdown
from jushi.text.understanding import understand

__all__ = [
    "Block", "Claim", "CountedList", "Document", "DocumentPeriod", "Evidence", "Heading", "Name", "Passage", "Reading", "Span",
    "UnreadableError", "as_json", "as_markdown", "read", "read_text", "understand",
]  # fmt: skip
