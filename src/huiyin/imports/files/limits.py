"""How much a file may hold, and the refusal of one that cannot be read."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import IO

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


class Unreadable(Invalid):
    """The file cannot be read; nothing of it was taken."""


@dataclass(frozen=True)
class Limits:
    """Bounds in bytes, rows and columns. A workbook may unfold to a quarter of ``max_unpacked_bytes``, since part of
    it is held in memory."""

    max_file_bytes: int = 500 * 1024 * 1024
    max_unpacked_bytes: int = 2 * 1024 * 1024 * 1024
    max_rows: int = 5_000_000
    max_columns: int = 300
    batch_rows: int = 10_000


def too_big(limit: int) -> Unreadable:
    """The refusal of a file that is (or unfolds to be) larger than ``limit`` bytes."""
    return Unreadable(
        message(
            _("The file is larger than %(limit)s MB. Nothing of it was kept. Split it, or ask the administrator."),
            limit=limit // (1024 * 1024),
        )
    )


class Bounded(io.RawIOBase):
    """A stream that gives up once more bytes came out than allowed: a small file must not unfold without end."""

    def __init__(self, inner: IO[bytes], limit: int) -> None:
        self.inner = inner
        self.limit = limit
        self.given = 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # the typeshed buffer is wider
        """Fills the buffer from the inner stream."""
        data = self.inner.read(len(buffer))
        self.given += len(data)
        if self.given > self.limit:
            raise too_big(self.limit)
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Closes the inner stream as well."""
        self.inner.close()
        super().close()
