"""A signature drawn with the finger: a small PNG of our own making, with something on it."""

from __future__ import annotations

import base64
import binascii
import io
from typing import NoReturn

from PIL import Image, UnidentifiedImageError

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

HEAD = "data:image/png;base64,"
MOST_BYTES = 300_000
MOST_EDGE = 2_000
LEAST_INK = 30  # dark pixels: a slip of the finger is no signature
DARK = 128


def signature_of(data: str) -> bytes:
    """The drawing in a data address, written anew as a PNG in black on white.

    Raises:
        Invalid: it is no drawing, too large, or empty.
    """
    if not data.startswith(HEAD) or len(data) > MOST_BYTES * 4 // 3:
        _refuse(_("The signature did not arrive. Please let the customer sign once more."))
    try:
        with Image.open(io.BytesIO(base64.b64decode(data[len(HEAD) :], validate=True)), formats=("PNG",)) as read:
            if max(read.size) > MOST_EDGE:
                _refuse(_("The signature did not arrive. Please let the customer sign once more."))
            drawn = read.convert("RGBA")
    except (binascii.Error, UnidentifiedImageError, OSError, SyntaxError, ValueError):
        _refuse(_("The signature did not arrive. Please let the customer sign once more."))
    return _written(drawn)


def _written(drawn: Image.Image) -> bytes:
    paper = Image.new("RGB", drawn.size, "white")
    paper.paste(drawn, mask=drawn.getchannel("A"))
    plain = paper.convert("L")
    if sum(plain.histogram()[:DARK]) < LEAST_INK:
        _refuse(_("Nothing is drawn yet. Please let the customer sign in the field."))
    target = io.BytesIO()
    plain.save(target, "PNG", optimize=True)
    return target.getvalue()


def _refuse(text: str) -> NoReturn:
    why = message(text)
    raise Invalid(why, {"signature": why})
