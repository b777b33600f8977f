"""How machines and we sign to each other: HMAC-SHA256 over time stamp and body with the shared secret."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

STAMP, SIGNATURE, VERSION = "X-Huiyin-Timestamp", "X-Huiyin-Signature", "v1="


def signature(secret: str, stamp: str, body: bytes) -> str:
    """``v1=`` and the hex of the HMAC over ``stamp.body``."""
    return VERSION + hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def signed_headers(secret: str, body: bytes, now: datetime) -> dict[str, str]:
    """The two headers of a request made now; the stamp is in seconds since 1970."""
    stamp = str(int(now.timestamp()))
    return {STAMP: stamp, SIGNATURE: signature(secret, stamp, body)}


def is_genuine(secret: str, *, stamp: str, given: str, body: bytes, now: datetime, window: timedelta) -> bool:
    """Whether the body was signed with the secret within ``window`` of now; without a secret nothing is."""
    if not secret or not stamp.isascii() or not stamp.isdecimal() or len(stamp) > 12:  # noqa: PLR2004 - until 31688
        return False
    fresh = abs(now.timestamp() - int(stamp)) <= window.total_seconds()
    genuine = hmac.compare_digest(signature(secret, stamp, body).encode(), given.encode("utf-8", "replace"))
    return fresh and genuine
