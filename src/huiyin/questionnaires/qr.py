"""QR codes of links, for receipts, devices and screens."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString


def qr_svg(address: str, scale: int = 4) -> SafeString:
    """The address as a QR code in SVG (error correction M), dark on white with a quiet zone, to stand in a page."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(scale=scale, border=4, light="#fff")
    return SafeString(drawn)
