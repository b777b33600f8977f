"""The store of files under the data folder. Whoever keeps a file writes it first and the row after it."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings


def keep_once(folder: str, content: bytes) -> str:
    """Stores bytes under their own digest, so that the same bytes twice are one file; a half-written file is none.

    Returns the path relative to the store.
    """
    name = hashlib.sha256(content).hexdigest()
    relative = Path(folder) / name[:2] / name
    if not (_root() / relative).exists():
        _write(relative, content)
    return str(relative)


def keep_apart(folder: str, content: bytes) -> str:
    """Stores bytes as a file of their own, which can be discarded without asking who else has the same."""
    name = uuid.uuid4().hex
    relative = Path(folder) / name[:2] / name
    _write(relative, content)
    return str(relative)


def kept(relative: str) -> bytes:
    """The bytes of a stored file; FileNotFoundError when it is gone."""
    return (_root() / relative).read_bytes()


def discard(relative: str) -> None:
    """Deletes a file; nothing happens when it is gone already."""
    (_root() / relative).unlink(missing_ok=True)


def files_in(folder: str, *, older_than: float) -> Iterator[str]:
    """The files of a folder that were last written before a moment (seconds since 1970), as relative paths."""
    for path in (_root() / folder).glob("*/*"):
        if path.is_file() and path.stat().st_mtime < older_than:
            yield str(path.relative_to(_root()))


def _write(relative: Path, content: bytes) -> None:
    path = _root() / relative
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
    draft.write_bytes(content)
    draft.replace(path)


def _root() -> Path:
    return Path(settings.MEDIA_ROOT)
