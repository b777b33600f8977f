"""Short marks of what a page shows: what somebody else changed in the meantime is not undone unseen."""

from __future__ import annotations

from hashlib import sha256

from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

CHANGED = _("This was changed in the meantime. Look at how it stands now, and save again to put yours in its place.")


def mark_of(*values: object) -> str:
    """A short mark of values; other values, another mark."""
    return sha256(repr(values).encode()).hexdigest()[:16]


def demand_as_shown(shown: str | None, now: str) -> None:
    """``shown`` is the mark that came back with the page, None where nobody looked at one.

    Raises:
        Conflict: it is not the mark of what stands there now.
    """
    if shown is not None and shown != now:
        raise Conflict(message(CHANGED))
