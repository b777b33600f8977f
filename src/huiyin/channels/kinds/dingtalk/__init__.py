"""DingTalk (钉钉), after its public documentation.

Robot with signature: open.dingtalk.com/document/orgapp/custom-robots-send-group-messages: the time stamp in
milliseconds and the signature, base64 of HMAC-SHA256 over ``stamp\\nsecret`` keyed with the secret, stand in the
address. Work notices: …/asynchronous-sending-of-enterprise-session-messages; the same content reaches a person once a
day. What became of one: …/gets-the-result-of-sending-messages-asynchronously-to-the-enterprise.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from huiyin.channels.kinds.dingtalk.callback import take
from huiyin.channels.platforms.answers import Codes
from huiyin.channels.platforms.kind import platform_kind
from huiyin.channels.platforms.registry import Access, Note, Platform, Request
from huiyin.channels.rules.staff.robots import robot_signature
from huiyin.kernel.words import gettext_noop as _

CODES = Codes(
    frozenset({40014, 42001, 40001, 88}), frozenset({33012, 60121, 400002}), frozenset({300001, 400101, 400102, 400105})
)
FAILED_LISTS = ("invalid_user_id_list", "forbidden_user_id_list", "failed_user_id_list")
REACHED_LISTS = ("read_user_id_list", "unread_user_id_list")


def robot(access: Access, note: Note, now: datetime) -> Request:
    """A text by a group's robot; ``secret`` is the access token of its address."""
    params = {"access_token": access.secret}
    if access.sign_secret:
        stamp = str(int(now.timestamp() * 1000))
        params |= {"timestamp": stamp, "sign": robot_signature(stamp, access.sign_secret)}
    return Request("/robot/send", params, _text(note))


def token(access: Access) -> Request:
    """Asks for an access token."""
    return Request("/gettoken", {"appkey": access.key_id, "appsecret": access.secret})


def app(access: Access, token: str, note: Note) -> Request:
    """A work notice to one person."""
    body = {"agent_id": access.agent_id, "userid_list": note.to, "msg": _text(note)}
    return Request("/topapi/message/corpconversation/asyncsend_v2", {"access_token": token}, body)


def result(access: Access, token: str, serial: str) -> Request:
    """Asks what became of a work notice."""
    body = {"agent_id": access.agent_id, "task_id": serial}
    return Request("/topapi/message/corpconversation/getsendresult", {"access_token": token}, body)


def landed(body: Mapping[str, Any], to: str) -> bool | None:
    """Whether it reached the person; None when that is not known yet."""
    lists = body.get("send_result")
    if not isinstance(lists, Mapping):
        return None
    if any(to in (lists.get(name) or ()) for name in REACHED_LISTS):
        return True
    return False if any(to in (lists.get(name) or ()) for name in FAILED_LISTS) else None


def _text(note: Note) -> dict[str, Any]:
    return {"msgtype": "text", "text": {"content": f"{note.text}\n{note.link}".strip()}}


PLATFORM = Platform(
    code="dingtalk",
    label=_("DingTalk"),
    icon="message-circle",
    base_url="https://oapi.dingtalk.com",
    robot=robot,
    token=token,
    read_token=CODES.read_token,
    app=app,
    read=CODES.read,
    serial=lambda body: str(body.get("task_id", "")),
    same_for=timedelta(days=1),
    take=take,
    result=result,
    landed=landed,
)
KIND = platform_kind(PLATFORM)
