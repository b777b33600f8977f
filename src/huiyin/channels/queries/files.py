"""The files that came with a message and were kept."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.channels.models import IncomingAttachment


@dataclass(frozen=True)
class ReceivedFile:
    """A kept file: its harmless name, size in bytes, and path in the store, whose last part is its SHA-256."""

    name: str
    size: int
    path: str


def files_of(message_id: int) -> list[ReceivedFile]:
    """The kept files of a received message, in its order."""
    rows = IncomingAttachment.objects.filter(message_id=message_id).exclude(path="")
    return [ReceivedFile(row.name, row.size, row.path) for row in rows]
