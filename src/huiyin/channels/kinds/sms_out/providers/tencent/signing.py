"""Signature v3 of Tencent Cloud: TC3-HMAC-SHA256.

https://cloud.tencent.com/document/api/362/4208 (the same for every product): the hash of the canonical request, with
moment and scope, is signed with a key derived from the secret, the day, the service and ``tc3_request``. Requests are
refused when the timestamp is more than five minutes away.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime

ALGORITHM = "TC3-HMAC-SHA256"
CONTENT_TYPE = "application/json; charset=utf-8"
NAMES = "content-type;host;x-tc-action"


def authorization(*, host: str, service: str, action: str, payload: bytes, key_id: str, key: str, now: datetime) -> str:
    """The Authorization header of a POST of ``payload`` to ``/``."""
    day = now.astimezone(UTC).strftime("%Y-%m-%d")
    scope = f"{day}/{service}/tc3_request"
    lines = f"content-type:{CONTENT_TYPE}\nhost:{host}\nx-tc-action:{action.lower()}\n"
    canonical = f"POST\n/\n\n{lines}\n{NAMES}\n{hashlib.sha256(payload).hexdigest()}"
    text = f"{ALGORITHM}\n{int(now.timestamp())}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    derived = f"TC3{key}".encode()
    for part in (day, service, "tc3_request"):
        derived = hmac.new(derived, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(derived, text.encode(), hashlib.sha256).hexdigest()
    return f"{ALGORITHM} Credential={key_id}/{scope}, SignedHeaders={NAMES}, Signature={signature}"
