"""Call windows in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.dates import WEEKDAYS

from huiyin.kernel.windows import CallWindow


@dataclass(frozen=True)
class WindowWords:
    """A call window: its hours and the names of the weekdays it is closed on ("" when there are none)."""

    hours: str
    not_on: str


def windows_in_words(windows: Iterable[CallWindow]) -> list[WindowWords]:
    """The windows as a page says them."""
    return [
        WindowWords(
            f"{window.start:%H:%M}–{window.end:%H:%M}", ", ".join(str(WEEKDAYS[day]) for day in sorted(window.not_on))
        )
        for window in windows
    ]
