"""The steps of work on a week's plan, in order, for its progress bar."""

from __future__ import annotations

from collections.abc import Callable

from huiyin.kernel.words import gettext_noop as _

Told = Callable[[str], None]
"""Called when a step begins, with its code; it may raise to end the work there."""

STEP_LABELS: dict[str, str] = {
    "due": _("Looking who is due"),
    "read": _("Reading who could be visited"),
    "screen": _("Keeping who may not be called apart"),
    "sample": _("Drawing by quota, bands and turns"),
    "places": _("Finding the best days, hours and people"),
    "explain": _("Writing down why"),
    "release": _("Taking back what is no longer planned"),
    "place": _("Giving visits their day, hour and person"),
    "promise": _("Promising the calls"),
}
DRAWING = ("due", "read", "screen", "sample", "places", "explain")
PUBLISHING = ("release", "place", "promise")


def quietly(step: str) -> None:
    """Tells nobody."""


def share_done(steps: tuple[str, ...], step: str) -> tuple[int, int]:
    """How many of the steps are behind the one that runs, and how many there are; before the first one none."""
    return (steps.index(step) if step in steps else 0), len(steps)
