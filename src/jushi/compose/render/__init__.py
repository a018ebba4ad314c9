"""A composition as a file. Each format has its own module, loaded only when asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from jushi.compose.model import ComposeError, Composition, Rendered

FORMATS = {"docx": "docx", "pdf": "pdf", "html": "html", "md": "markdown", "json": "json", "txt": "plain"}


def render(composition: Composition, format: str) -> Rendered:
    """The composition in one of docx, pdf, html, md, json, txt. Raises :class:`ComposeError` for any other format."""
    if format not in FORMATS:
        raise ComposeError(f"没有“{format}”这种格式，可选：{'、'.join(FORMATS)}。")
    make: Callable[[Composition], Rendered] = import_module(f"{__name__}.{FORMATS[format]}").render
    return make(composition)
