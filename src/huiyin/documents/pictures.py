"""Pictures that stand on a paper: read with care, made small, written anew as grey PNG files."""

from __future__ import annotations

import io

from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("PNG", "JPEG")
MOST = (1200, 480)  # pixels; more than a signature line can show
MOST_PIXELS = 60_000_000


def picture_of(content: bytes) -> bytes | None:
    """A drawing or photo as it can stand on a paper; None where it cannot be read."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as read:
            if read.width * read.height > MOST_PIXELS:
                return None
            return _written(read)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError, EOFError):
        return None


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height in pixels of a picture made here."""
    with Image.open(io.BytesIO(png)) as read:
        return read.size


def _written(read: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(read).convert("RGBA")
    upright.thumbnail(MOST)
    paper = Image.new("RGB", upright.size, "white")
    paper.paste(upright, mask=upright.getchannel("A"))
    target = io.BytesIO()
    paper.convert("L").save(target, "PNG", optimize=True)
    return target.getvalue()
