"""Photos that come in: known by their content, turned upright, made smaller, written anew without EXIF."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

FORMATS = ("JPEG", "PNG", "WEBP")
ACCEPTED = "image/jpeg,image/png,image/webp"
MOST_PHOTOS = 3
MOST_MEGABYTES = 10
MEGABYTE = 1024 * 1024
MOST_PIXELS = 60_000_000
LONGEST_EDGE = 1600
QUALITY = 82


@dataclass(frozen=True)
class Photo:
    """A JPEG of our own making."""

    content: bytes
    width: int
    height: int


def photo_of(content: bytes, most_megabytes: int | None) -> Photo:
    """The photo in an uploaded file, written anew.

    Raises:
        Invalid: too large, not a photo, or broken; the sentence says which.
    """
    most = most_megabytes or MOST_MEGABYTES
    if len(content) > most * MEGABYTE:
        raise Invalid(message(_("The photo is larger than %(most)s MB."), most=most))
    try:
        return _written(content)
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise Invalid(message(_("This is not a photo we can read: JPEG, PNG or WebP."))) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise Invalid(message(_("The photo has arrived incomplete; please choose it once more."))) from error


def _written(content: bytes) -> Photo:
    """Looks at its size before anything is unpacked; a JPEG is unpacked no larger than needed."""
    with Image.open(io.BytesIO(content), formats=FORMATS) as read:
        if read.width * read.height > MOST_PIXELS:
            raise Image.DecompressionBombError
        read.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))
        upright = ImageOps.exif_transpose(read)
        upright.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
        shown = upright.convert("RGBA")
    plain = Image.new("RGB", shown.size, "white")
    plain.paste(shown, mask=shown.getchannel("A"))
    target = io.BytesIO()
    plain.save(target, "JPEG", quality=QUALITY, optimize=True)
    return Photo(target.getvalue(), *plain.size)
