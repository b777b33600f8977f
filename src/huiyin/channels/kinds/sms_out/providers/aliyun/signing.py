"""Signature V3 of Alibaba Cloud: ACS3-HMAC-SHA256.

https://help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature (read as of 2026): the canonical
request is method, path, sorted query, the signed headers with their names, and the hash of the body; its hash is signed
with the key itself. Requests are refused when ``x-acs-date`` is more than 15 minutes away.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote

ALGORITHM = "ACS3-HMAC-SHA256"
SAFE = "-_.~"


def canonical_query(parameters: Mapping[str, str]) -> str:
    """The parameters sorted by name and percent-encoded (RFC 3986: a blank is %20)."""
    return "&".join(f"{quote(name, safe=SAFE)}={quote(parameters[name], safe=SAFE)}" for name in sorted(parameters))


def signed_headers(
    *, host: str, action: str, version: str, query: str, key_id: str, key: str, now: datetime, nonce: str
) -> dict[str, str]:
    """The headers of a POST to ``/`` with ``query`` and no body."""
    empty = hashlib.sha256(b"").hexdigest()
    headers = {
        "host": host,
        "x-acs-action": action,
        "x-acs-content-sha256": empty,
        "x-acs-date": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "x-acs-signature-nonce": nonce,
        "x-acs-version": version,
    }
    names = ";".join(headers)
    lines = "".join(f"{name}:{value}\n" for name, value in headers.items())
    canonical = f"POST\n/\n{query}\n{lines}\n{names}\n{empty}"
    text = f"{ALGORITHM}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    signature = hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()
    return {**headers, "authorization": f"{ALGORITHM} Credential={key_id},SignedHeaders={names},Signature={signature}"}
