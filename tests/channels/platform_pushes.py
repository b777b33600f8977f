"""Pushes of the three platforms, built after their public documentation and not with the product's own code."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import struct
from typing import Any
from urllib.parse import urlencode

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.http import HttpResponse
from django.test import Client

from huiyin.channels.models import StaffAccount
from huiyin.foundation import clock

TOKEN, SECRET = "callback-token", "app-secret"
WIDE_KEY, FEISHU_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "encrypt key"
RECEIVER = "corp-or-app"
JSON = "application/json"


def aes(key: bytes, start: bytes, plain: bytes, block: int) -> bytes:
    """AES-CBC with as many bytes at the end as their value says."""
    missing = block - len(plain) % block
    locking = Cipher(algorithms.AES(key), modes.CBC(start)).encryptor()
    return locking.update(plain + bytes([missing]) * missing) + locking.finalize()


def wide(text: str, receiver: str = RECEIVER) -> str:
    """What WeCom and DingTalk encrypt."""
    key = base64.b64decode(WIDE_KEY + "=")
    said = text.encode()
    plain = os.urandom(16) + struct.pack("!I", len(said)) + said + receiver.encode()
    return base64.b64encode(aes(key, key[:16], plain, 32)).decode()


def sha1(*parts: str) -> str:
    """The signature of WeCom and DingTalk."""
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()


def stamp(*, late: int = 0, millis: bool = False) -> str:
    """The moment, some seconds ago."""
    seconds = int(clock.now().timestamp()) - late
    return str(seconds * 1000 if millis else seconds)


def account(monkeypatch: pytest.MonkeyPatch, platform: str, **more: Any) -> StaffAccount:
    """An application whose callback is set up."""
    monkeypatch.setenv("HUIYIN_STAFF_TEST", SECRET)
    monkeypatch.setenv("HUIYIN_STAFF_TOKEN", TOKEN)
    monkeypatch.setenv("HUIYIN_STAFF_AES", FEISHU_KEY if platform == "feishu" else WIDE_KEY)
    values = {
        "platform": platform,
        "name": f"{platform} app",
        "key_id": RECEIVER,
        "agent_id": "1000002",
        "secret": "env:HUIYIN_STAFF_TEST",
        "callback_token": "env:HUIYIN_STAFF_TOKEN",
        "callback_key": "env:HUIYIN_STAFF_AES",
    }
    return StaffAccount.objects.create(**(values | more))


def signed_query(sealed: str, name: str, *, late: int = 0, millis: bool = False) -> str:
    """The parameters of an address that prove what is encrypted."""
    at = stamp(late=late, millis=millis)
    return urlencode({name: sha1(TOKEN, at, "nonce1", sealed), "timestamp": at, "nonce": "nonce1"})


def wecom(to: StaffAccount, text: str, *, key: str = "1001", who: str = "wmOutside01", **more: Any) -> HttpResponse:
    """Somebody writes to the application at WeCom."""
    late, receiver = more.pop("late", 0), more.pop("receiver", RECEIVER)
    words = f"<Content><![CDATA[{text}]]></Content>"
    inner = more.pop(
        "inner",
        f"<xml><ToUserName><![CDATA[{receiver}]]></ToUserName><FromUserName><![CDATA[{who}]]></FromUserName>"
        f"<CreateTime>{stamp()}</CreateTime><MsgType><![CDATA[text]]></MsgType>{words}<MsgId>{key}</MsgId>"
        "<AgentID>1000002</AgentID></xml>",
    )
    sealed = wide(inner, receiver)
    body = f"<xml><ToUserName><![CDATA[{receiver}]]></ToUserName><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
    query = more.pop("query", None) or signed_query(sealed, "msg_signature", late=late)
    return Client().post(f"/platforms/in/{to.pk}/?{query}", more.pop("body", body), content_type="text/xml")


def dingtalk_event(to: StaffAccount, told: dict[str, Any], *, receiver: str = RECEIVER, late: int = 0) -> HttpResponse:
    """DingTalk tells an event."""
    sealed = wide(json.dumps(told), receiver)
    query = signed_query(sealed, "signature", late=late, millis=True)
    return Client().post(f"/platforms/in/{to.pk}/?{query}", {"encrypt": sealed}, content_type=JSON)


def dingtalk(to: StaffAccount, text: str, *, key: str = "msg1", who: str = "$:LWCP_v1:$out01", **more: Any) -> Any:
    """Somebody writes to the robot at DingTalk."""
    body = {
        "msgtype": "text",
        "text": {"content": text},
        "msgId": key,
        "createAt": int(stamp(millis=True)),
        "conversationType": "1",
        "senderId": who,
        "senderNick": "林悦",
        "senderCorpId": "dingother",
    } | more.pop("change", {})
    at = stamp(late=more.pop("late", 0), millis=True)
    secret = more.pop("secret", SECRET)
    proof = hmac.new(secret.encode(), f"{at}\n{secret}".encode(), hashlib.sha256).digest()
    headers = {"timestamp": at, "sign": base64.b64encode(proof).decode()}
    return Client().post(f"/platforms/in/{to.pk}/", body, content_type=JSON, headers=headers)


def feishu_push(to: StaffAccount, told: dict[str, Any], *, sign: bool = True, late: int = 0, **more: Any) -> Any:
    """Feishu pushes."""
    start = os.urandom(16)
    key = more.pop("locked_with", FEISHU_KEY)
    locked = aes(hashlib.sha256(key.encode()).digest(), start, json.dumps(told).encode(), 16)
    body = json.dumps({"encrypt": base64.b64encode(start + locked).decode()}).encode()
    at = stamp(late=late)
    proof = hashlib.sha256(f"{at}nonce1{key}".encode() + body).hexdigest()
    headers = {"X-Lark-Request-Timestamp": at, "X-Lark-Request-Nonce": "nonce1", "X-Lark-Signature": proof}
    return Client().post(f"/platforms/in/{to.pk}/", body, content_type=JSON, headers=headers if sign else {})


def feishu(to: StaffAccount, text: str, *, key: str = "om_1", who: str = "ou_outside01", **more: Any) -> Any:
    """Somebody writes to the application at Feishu."""
    told = {
        "schema": "2.0",
        "header": {
            "event_id": f"e-{key}",
            "token": more.pop("token", TOKEN),
            "event_type": "im.message.receive_v1",
            "app_id": more.pop("receiver", RECEIVER),
            "tenant_key": "t",
        },
        "event": {
            "sender": {"sender_id": {"open_id": who, "user_id": more.pop("user", "")}, "sender_type": "user"},
            "message": {
                "message_id": key,
                "chat_type": "p2p",
                "message_type": "text",
                "content": json.dumps({"text": text}),
            }
            | more.pop("message", {}),
        },
    }
    return feishu_push(to, told, **more)


SAY = {"wecom": wecom, "dingtalk": dingtalk, "feishu": feishu}
