"""One call of an action: who, when, and the key that makes a second try harmless."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from huiyin.kernel.actor import Actor


@dataclass(frozen=True)
class Call:
    """Who acts, at what moment (aware, UTC), and the idempotency key of the form or request, if any.

    ``body`` is a digest of what was sent with the key: the same key with another body is refused ("": not looked at).
    """

    actor: Actor
    now: datetime
    once: str | None = None
    body: str = ""
