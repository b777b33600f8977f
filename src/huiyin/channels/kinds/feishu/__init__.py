"""Feishu (飞书), after its public documentation.

Robot with signature: open.feishu.cn/document/client-docs/bot-v3/add-custom-bot: the time stamp in seconds and the
signature, base64 of an empty HMAC-SHA256 keyed with ``stamp\\nsecret``, stand in the body. Messages of an application:
…/server-docs/im-v1/message/create, whose ``uuid`` lets the same message through once within an hour.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from huiyin.channels.kinds.feishu.callback import take
from huiyin.channels.platforms.answers import Codes
from huiyin.channels.platforms.kind import platform_kind
from huiyin.channels.platforms.registry import Access, Note, Platform, Request
from huiyin.kernel.words import gettext_noop as _

CODES = Codes(
    frozenset({99991663, 99991661, 99991668}),
    frozenset({230013, 230001, 230034, 99992351, 99992361}),
    frozenset({19001, 19024, 230025, 230028}),
    code="code",
    words="msg",
    proof="tenant_access_token",
    seconds="expire",
)
LONGEST_KEY = 50


def robot_signature(stamp: str, secret: str) -> str:
    """Base64 of the HMAC over nothing, keyed with ``stamp\\nsecret``."""
    return base64.b64encode(hmac.new(f"{stamp}\n{secret}".encode(), b"", hashlib.sha256).digest()).decode()


def robot(access: Access, note: Note, now: datetime) -> Request:
    """A text by a group's robot; ``secret`` is the end of its address."""
    body: dict[str, Any] = {"msg_type": "text", "content": _text(note)}
    if access.sign_secret:
        stamp = str(int(now.timestamp()))
        body |= {"timestamp": stamp, "sign": robot_signature(stamp, access.sign_secret)}
    return Request(f"/open-apis/bot/v2/hook/{access.secret}", {}, body)


def token(access: Access) -> Request:
    """Asks for a tenant's access token."""
    body = {"app_id": access.key_id, "app_secret": access.secret}
    return Request("/open-apis/auth/v3/tenant_access_token/internal", {}, body)


def app(access: Access, token: str, note: Note) -> Request:  # noqa: ARG001 - the token says which application
    """A text to one person."""
    body = {
        "receive_id": note.to,
        "msg_type": "text",
        "content": json.dumps(_text(note), ensure_ascii=False),
        "uuid": note.key[:LONGEST_KEY],
    }
    headers = {"Authorization": f"Bearer {token}"}
    return Request("/open-apis/im/v1/messages", {"receive_id_type": "user_id"}, body, headers)


def _serial(body: Mapping[str, Any]) -> str:
    data = body.get("data")
    return str(data.get("message_id", "")) if isinstance(data, Mapping) else ""


def _text(note: Note) -> dict[str, str]:
    return {"text": f"{note.text}\n{note.link}".strip()}


PLATFORM = Platform(
    code="feishu",
    label=_("Feishu"),
    icon="message-circle",
    base_url="https://open.feishu.cn",
    robot=robot,
    token=token,
    read_token=CODES.read_token,
    app=app,
    read=CODES.read,
    serial=_serial,
    same_for=timedelta(hours=1),
    take=take,
)
KIND = platform_kind(PLATFORM)
