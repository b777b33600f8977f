"""Lets a huge mail through in small memory: an oversized part is cut, everything after it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

ONE_MARK = b"--"


class Sieve:
    """Cuts MIME parts after ``part_bytes`` and the whole after ``total_bytes`` (both of the encoded mail).

    A base64 or quoted-printable line never begins with two dashes, so a line that does may be a boundary and is always
    let through. ``dropped`` tells how many bytes were left out.
    """

    def __init__(self, *, part_bytes: int, total_bytes: int) -> None:
        self.part_bytes = part_bytes
        self.total_bytes = total_bytes
        self.dropped = 0
        self._part = 0
        self._total = 0

    def lines(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """The lines to keep, of a mail that comes in pieces of any size."""
        rest = b""
        for chunk in chunks:
            *whole, rest = (rest + chunk).split(b"\n")
            yield from self._kept(line + b"\n" for line in whole)
            if len(rest) > self.part_bytes:
                yield from self._kept([rest])
                rest = b""
        if rest:
            yield from self._kept([rest])

    def _kept(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        for line in lines:
            mark = line.startswith(ONE_MARK) and len(line) < 100  # noqa: PLR2004 - a boundary has 70 characters at most
            if mark:
                self._part = 0
            self._part += len(line)
            if mark or (self._part <= self.part_bytes and self._total <= self.total_bytes):
                self._total += len(line)
                yield line
            else:
                self.dropped += len(line)
