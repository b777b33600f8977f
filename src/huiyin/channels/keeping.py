"""Files from outside, named by their content: the same bytes twice are one file, a half-written one is none."""

from __future__ import annotations

import hashlib
import uuid
from pathlib import Path

from django.conf import settings


def keep(content: bytes, folder: str = "mail") -> str:
    """Stores bytes under the data folder and returns their path relative to it."""
    name = hashlib.sha256(content).hexdigest()
    relative = Path(folder) / name[:2] / name
    path = Path(settings.MEDIA_ROOT) / relative
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{name}.{uuid.uuid4().hex}")
        draft.write_bytes(content)
        draft.replace(path)
    return str(relative)


def kept(relative: str) -> bytes:
    """The bytes of a stored file."""
    return (Path(settings.MEDIA_ROOT) / relative).read_bytes()
