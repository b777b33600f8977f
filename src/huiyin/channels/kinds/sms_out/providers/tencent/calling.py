"""One call of the SMS service."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from huiyin.channels.kinds.sms_out.asking import NoAnswer, ask, http_host
from huiyin.channels.kinds.sms_out.providers.tencent.signing import CONTENT_TYPE, authorization
from huiyin.channels.kinds.sms_out.registry import Access
from huiyin.foundation import clock

SERVICE, VERSION = "sms", "2021-01-11"


def call(access: Access, action: str, fields: Mapping[str, object]) -> dict[str, Any]:
    """Calls ``action`` once, signed now; returns what stands under ``Response``.

    Raises:
        NotReached, NoAnswer: see ``asking``.
    """
    now = clock.now()
    host = http_host(access.base_url)
    payload = json.dumps(fields, ensure_ascii=False).encode()
    headers = {
        "host": host,
        "content-type": CONTENT_TYPE,
        "x-tc-action": action,
        "x-tc-version": VERSION,
        "x-tc-timestamp": str(int(now.timestamp())),
        "x-tc-region": access.region,
        "authorization": authorization(
            host=host,
            service=SERVICE,
            action=action,
            payload=payload,
            key_id=access.key_id,
            key=access.key,
            now=now,
        ),
    }
    answer = ask(f"{access.base_url}/", headers=headers, content=payload)
    response = answer.body.get("Response")
    if not isinstance(response, dict):
        raise NoAnswer(f"HTTP {answer.status}")
    return response
