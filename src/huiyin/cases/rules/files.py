"""Which files are kept: by the name's ending and by what the content begins with."""

from __future__ import annotations

import re

ZIP = b"PK\x03\x04"
TYPES: dict[str, tuple[str, tuple[bytes, ...]]] = {
    "jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "gif": ("image/gif", (b"GIF87a", b"GIF89a")),
    "webp": ("image/webp", (b"RIFF",)),
    "pdf": ("application/pdf", (b"%PDF-",)),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (ZIP,)),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (ZIP,)),
    "txt": ("text/plain", ()),
    "csv": ("text/csv", ()),
}


def media_type_of(name: str, head: bytes) -> str | None:
    """The media type of a file, or None when it is not kept or its content belies its name."""
    ending = name.rpartition(".")[2].lower()
    if ending not in TYPES:
        return None
    media_type, beginnings = TYPES[ending]
    if beginnings:
        return media_type if head.startswith(beginnings) else None
    return None if b"\x00" in head else media_type


PHOTOS = frozenset({"image/jpeg", "image/png", "image/webp"})
"""What customers' phones send: written anew before it is kept, so that no place and no device stays in it."""
ACCEPTED = ",".join(sorted(f".{ending}" for ending in TYPES))


def safe_name(name: str) -> str:
    """The file's name without folders and control characters, at most 120 characters."""
    last = re.split(r"[\\/]", name)[-1]
    return re.sub(r"[\x00-\x1f\x7f]", "", last)[-120:] or "file"
