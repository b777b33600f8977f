"""Which files are kept with an article: by what their content begins with, whatever their name says."""

from __future__ import annotations

import re
from pathlib import PurePath

PICTURE = "image/jpeg"
PDF = "application/pdf"
ACCEPTED = ".jpg,.jpeg,.png,.webp,.pdf"
LONGEST_NAME = 120


def media_type_of(head: bytes) -> str | None:
    """What a file is kept as; None when it is neither a picture nor a PDF. Every picture is written anew as JPEG."""
    if head.startswith(b"%PDF-"):
        return PDF
    webp = head.startswith(b"RIFF") and head[8:12] == b"WEBP"
    return PICTURE if webp or head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) else None


def kept_name(name: str, media_type: str) -> str:
    """The name without folders and control characters, with the ending of what is kept."""
    plain = re.sub(r"[\x00-\x1f\x7f]", "", re.split(r"[\\/]", name)[-1]).strip()
    ending = ".pdf" if media_type == PDF else ".jpg"
    return f"{PurePath(plain).stem[: LONGEST_NAME - len(ending)] or 'file'}{ending}"
