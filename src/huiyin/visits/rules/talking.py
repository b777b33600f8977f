"""How long a talk takes: what is announced, what it may last, what it lasted (VIS-22)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TalkLength:
    """Minutes: announced from ``least`` to ``most``; ``limit`` is the longest a visit may take."""

    least: int = 3
    most: int = 5
    limit: int = 10

    @property
    def most_seconds(self) -> int:
        """Until when it is as announced."""
        return self.most * 60

    @property
    def limit_seconds(self) -> int:
        """Until when it is not too long."""
        return self.limit * 60

    def said(self, seconds: int | None) -> str:
        """``short``: within what was announced; ``long``: over it; ``over``: beyond the limit; "": not measured."""
        if seconds is None:
            return ""
        minutes = seconds / 60
        return "over" if minutes > self.limit else "long" if minutes > self.most else "short"


def minutes_of(seconds: int) -> str:
    """``4:05``, as a clock shows it."""
    return f"{seconds // 60}:{seconds % 60:02}"
