"""WeCom (企业微信), after its public documentation.

Robot: developer.work.weixin.qq.com/document/path/91770. Application: …/path/90236, whose ``enable_duplicate_check``
keeps the same message from coming twice within ``duplicate_check_interval`` (at most four hours). Token: …/path/91039.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from huiyin.channels.kinds.wecom.callback import prove, take
from huiyin.channels.platforms.answers import Codes
from huiyin.channels.platforms.kind import platform_kind
from huiyin.channels.platforms.registry import Access, Note, Platform, Request, Verdict
from huiyin.kernel.words import gettext_noop as _

SAME_FOR = timedelta(hours=4)
CODES = Codes(
    frozenset({40014, 42001, 41001}),
    frozenset({81013, 60111, 40003, 40031, 60011}),
    frozenset({40008, 40035, 44004, 45002, 93000, 93017}),
)


def robot(access: Access, note: Note, now: datetime) -> Request:  # noqa: ARG001 - the key alone is the proof
    """A text by a group's robot; ``secret`` is the key of its address."""
    body = {"msgtype": "text", "text": {"content": f"{note.text}\n{note.link}".strip()}}
    return Request("/cgi-bin/webhook/send", {"key": access.secret}, body)


def token(access: Access) -> Request:
    """Asks for an access token."""
    return Request("/cgi-bin/gettoken", {"corpid": access.key_id, "corpsecret": access.secret})


def app(access: Access, token: str, note: Note) -> Request:
    """A text to one person."""
    body = {
        "touser": note.to,
        "msgtype": "text",
        "agentid": int(access.agent_id) if access.agent_id.isdecimal() else access.agent_id,
        "text": {"content": f"{note.text}\n{note.link}".strip()},
        "enable_duplicate_check": 1,
        "duplicate_check_interval": int(SAME_FOR.total_seconds()),
    }
    return Request("/cgi-bin/message/send", {"access_token": token}, body)


def read(body: Mapping[str, Any]) -> tuple[Verdict, str]:
    """What an answer means; one that was taken may still have found nobody."""
    verdict, words = CODES.read(body)
    if verdict is Verdict.TAKEN and (body.get("invaliduser") or body.get("unlicenseduser")):
        return Verdict.NOBODY, f"{body.get('errcode')} {body.get('errmsg', '')}"
    return verdict, words


PLATFORM = Platform(
    code="wecom",
    label=_("WeCom"),
    icon="message-circle",
    base_url="https://qyapi.weixin.qq.com",
    robot=robot,
    token=token,
    read_token=CODES.read_token,
    app=app,
    read=read,
    serial=lambda body: str(body.get("msgid", "")),
    same_for=SAME_FOR,
    take=take,
    prove=prove,
)
KIND = platform_kind(PLATFORM)
