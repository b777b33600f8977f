"""QR codes of links, for receipts, devices and screens."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString


def qr_svg(address: str, scale: int | None = 4) -> SafeString:
    """The address as a QR code in SVG (error correction M), dark on white with a quiet zone, to stand in a page.

    ``scale`` is the size of a module in pixels; None: as large as its place.
    """
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        scale=scale or 1, border=4, light="#fff", omitsize=scale is None
    )
    return SafeString(drawn)
