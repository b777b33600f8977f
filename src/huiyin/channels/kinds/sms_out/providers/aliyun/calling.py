"""One call of the SMS service."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from huiyin.channels.kinds.sms_out.asking import Answer, ask, http_host
from huiyin.channels.kinds.sms_out.providers.aliyun.signing import canonical_query, signed_headers
from huiyin.channels.kinds.sms_out.registry import Access
from huiyin.foundation import clock

VERSION = "2017-05-25"


def call(access: Access, action: str, parameters: Mapping[str, str]) -> Answer:
    """Calls ``action`` once, signed now.

    Raises:
        NotReached, NoAnswer: see ``asking``.
    """
    query = canonical_query(parameters)
    headers = signed_headers(
        host=http_host(access.base_url),
        action=action,
        version=VERSION,
        query=query,
        key_id=access.key_id,
        key=access.key,
        now=clock.now(),
        nonce=secrets.token_hex(16),
    )
    return ask(f"{access.base_url}/?{query}", headers={**headers, "accept": "application/json"}, content=b"")
