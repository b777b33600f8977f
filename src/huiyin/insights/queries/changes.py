"""Whether a figure really changed or only wobbled."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.questionnaires.public import Figure


@dataclass(frozen=True)
class Change:
    """The difference to the period before; ``clear`` when the two intervals do not overlap."""

    by: float
    clear: bool

    @property
    def rises(self) -> bool:
        """Whether the value went up."""
        return self.by > 0


def change(now: Figure, before: Figure) -> Change | None:
    """The change between two periods; None when either is unknown.

    Intervals that do not overlap are a stricter test than 5 %: a difference called clear is one.
    """
    if now.value is None or before.value is None:
        return None
    apart = _above(now, before) or _above(before, now)
    return Change(now.value - before.value, apart)


def _above(upper: Figure, lower: Figure) -> bool:
    return upper.low is not None and lower.high is not None and upper.low > lower.high
