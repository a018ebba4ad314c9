"""Codes to be scanned: the way to a page of this installation as a QR code (ISO/IEC 18004, GB/T 18284—2000)."""

from __future__ import annotations

import segno
from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def qr_code(context: template.Context, path: str) -> SafeString:
    """An SVG of the address of ``path`` as the browser reached this server; level M stands a crease or a stain."""
    address = context["request"].build_absolute_uri(path)
    drawn = segno.make(address, error="m", micro=False).svg_inline(scale=3, border=4, omitsize=False, svgclass="qr", title="扫码打开")
    return mark_safe(drawn)  # noqa: S308 - drawn from squares, the title is ours
