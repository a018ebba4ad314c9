"""Files that a page hands out, under their Chinese names (RFC 6266, 2011)."""

from __future__ import annotations

from typing import TypeVar
from urllib.parse import quote

from django.http import HttpResponse, StreamingHttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
R = TypeVar("R", HttpResponse, StreamingHttpResponse)


def named(response: R, name: str) -> R:
    """The response as a file to be saved as ``name``."""
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def download(content: bytes | str, media: str, name: str) -> HttpResponse:
    """``content`` of a media type as a file called ``name``."""
    return named(HttpResponse(content, content_type=media), name)
