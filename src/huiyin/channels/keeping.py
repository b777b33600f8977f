"""Files from outside, named by their content: the same bytes twice are one file, a half-written one is none."""

from __future__ import annotations

from huiyin.foundation import files


def keep(content: bytes, folder: str = "mail") -> str:
    """Stores bytes under the data folder and returns their path relative to it."""
    return files.keep_once(folder, content)


def kept(relative: str) -> bytes:
    """The bytes of a stored file."""
    return files.kept(relative)
