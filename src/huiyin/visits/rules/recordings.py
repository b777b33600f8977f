"""Recordings of calls (VIS-25): what their bytes must be, how large, and how long they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

LONGEST_DAYS, LARGEST_MB = 365, 200
MEDIA_TYPES = {"wav": "audio/wav", "mp3": "audio/mpeg", "ogg": "audio/ogg"}
CODECS = (b"\x01vorbis", b"OpusHead", b"Speex   ", b"\x7fFLAC")
ID3_HEAD, OGG_HEAD = 10, 28


class RecordingState(StrEnum):
    """Where a recording stands. ``waiting`` is to be fetched; ``removing``: nobody hears it any more, its file goes."""

    WAITING = "waiting"
    KEPT = "kept"
    REFUSED = "refused"
    FAILED = "failed"
    REMOVING = "removing"
    REMOVED = "removed"


STATE_LABELS: dict[str, str] = {
    RecordingState.WAITING: _("Waits to be fetched"),
    RecordingState.KEPT: _("Stored"),
    RecordingState.REFUSED: _("Not kept"),
    RecordingState.FAILED: _("Could not be fetched"),
    RecordingState.REMOVING: _("Being deleted"),
    RecordingState.REMOVED: _("Deleted"),
}
BECAUSE: dict[str, str] = {
    "no_consent": _("The customer did not agree to be recorded."),
    "withdrawn": _("The customer took the consent back."),
    "old": _("It was kept as long as recordings may be."),
    "no_audio": _("Its content is no WAV, MP3 or OGG."),
    "too_large": _("It is larger than recordings may be."),
    "not_there": _("The exchange did not hand it over."),
    "file_gone": _("Its file is not there any more."),
}
"""Why a recording is not, or no longer, kept."""


@dataclass(frozen=True)
class RecordingNumbers:
    """How large a recording may be and how many days it is kept, never more than a year."""

    most_mb: int = 30
    keep_days: int = LONGEST_DAYS

    @property
    def most_bytes(self) -> int:
        """The largest size in bytes."""
        return self.most_mb * 1024 * 1024

    def ends(self, recorded_at: datetime) -> datetime:
        """From when on a recording is deleted."""
        return recorded_at + timedelta(days=min(self.keep_days, LONGEST_DAYS))


def faults_of_numbers(numbers: RecordingNumbers) -> dict[str, Message]:
    """What is wrong with the numbers, by field."""
    found = {}
    if not 1 <= numbers.keep_days <= LONGEST_DAYS:
        found["keep_days"] = message(_("Recordings are kept for 1 to %(most)s days."), most=LONGEST_DAYS)
    if not 1 <= numbers.most_mb <= LARGEST_MB:
        found["most_mb"] = message(_("A recording may have 1 to %(most)s MB."), most=LARGEST_MB)
    return found


def audio_of(content: bytes) -> str:
    """``wav``, ``mp3`` or ``ogg`` by what the bytes are, whatever the name says; "" for anything else."""
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE" and b"fmt " in content[12:64]:
        return "wav"
    if content[:4] == b"OggS" and content[4:5] == b"\0":
        return "ogg" if any(codec in content[OGG_HEAD : OGG_HEAD + 40] for codec in CODECS) else ""
    return "mp3" if _is_mp3(content) else ""


def _is_mp3(content: bytes) -> bool:
    """Whether a frame of MPEG audio stands at the beginning, or right after the tag that may go before it."""
    start = 0
    if content[:3] == b"ID3" and len(content) > ID3_HEAD:
        size = content[6:10]
        if any(byte > 0x7F for byte in size):  # noqa: PLR2004 - seven bits a byte
            return False
        start = ID3_HEAD + ((size[0] << 21) | (size[1] << 14) | (size[2] << 7) | size[3])
    return _is_frame(content[start : start + 4])


def _is_frame(head: bytes) -> bool:
    """Sync, a version, layer III, a bit rate and a sample rate that there are."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:  # noqa: PLR2004 - the frame's four bytes
        return False
    version, layer = (head[1] >> 3) & 3, (head[1] >> 1) & 3
    return version != 1 and layer == 1 and head[2] >> 4 not in (0, 15) and (head[2] >> 2) & 3 != 3  # noqa: PLR2004 - ISO 11172-3
