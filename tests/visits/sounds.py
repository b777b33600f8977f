"""Small real sounds: a WAV, the beginning of an MP3 with and without a tag, the first page of an OGG."""

from __future__ import annotations

import io
import math
import struct
import wave


def wav(seconds: float = 0.2, tone: float = 440.0) -> bytes:
    """A sine as 8 kHz mono, as exchanges record."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        count = int(8000 * seconds)
        file.writeframes(b"".join(struct.pack("<h", int(9000 * math.sin(tone * n / 1273))) for n in range(count)))
    return out.getvalue()


FRAME = b"\xff\xfb\x90\x00" + b"\x00" * 413  # MPEG 1 layer III, 128 kbit/s, 44.1 kHz
MP3 = FRAME * 3
TAGGED_MP3 = b"ID3\x04\x00\x00\x00\x00\x00\x0a" + b"\x00" * 10 + FRAME
OGG = b"OggS\x00\x02" + b"\x00" * 8 + b"\x01\x00\x00\x00" + b"\x00" * 8 + b"\x01\x13" + b"OpusHead" + b"\x01" * 11
