"""What DingTalk pushes: encrypted events (open.dingtalk.com, “HTTP推送 · 事件订阅”), and the words people write to a
robot of the application, signed with the application's secret (“企业内部机器人 · 接收消息”)."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from huiyin.channels.rules.callbacks.pushed import (
    SIGNATURE,
    Answer,
    Keys,
    NotTaken,
    Pushed,
    Told,
    Words,
    check_fresh,
    checked,
    json_object,
    part,
    same,
    text_of,
)
from huiyin.channels.rules.callbacks.sealed import seal, signed, unseal
from huiyin.channels.rules.staff.robots import robot_signature

JSON = "application/json"
TEXT = "text"


def take(pushed: Pushed, keys: Keys, now: datetime, window: timedelta) -> Told:
    """An event, answered with an encrypted “success”, or what somebody wrote to the robot.

    Raises:
        NotTaken: it is not DingTalk's, not for us, or cannot be read.
    """
    body = json_object(pushed.body)
    if "encrypt" in body:
        return _event(pushed, keys, text_of(body, "encrypt"), now, window)
    stamp = pushed.headers.get("timestamp", "")
    if not keys.secret or not same(pushed.headers.get("sign", ""), robot_signature(stamp, keys.secret)):
        raise NotTaken(SIGNATURE)
    check_fresh(stamp, now, window)
    return Told(Answer("{}", JSON), _words(body))


def _event(pushed: Pushed, keys: Keys, sealed: str, now: datetime, window: timedelta) -> Told:
    stamp = pushed.named("timestamp")
    given = pushed.named("signature") or pushed.named("msg_signature")
    if not same(given, signed(keys.token, stamp, pushed.named("nonce"), sealed)):
        raise NotTaken(SIGNATURE)
    check_fresh(stamp, now, window)
    told = json_object(unseal(keys.key, keys.receiver, sealed))
    return Told(_success(keys, now), _words(told) if "msgId" in told else None)


def _words(told: Mapping[str, Any]) -> Words:
    kind = text_of(told, "msgtype")
    return checked(
        Words(
            key=text_of(told, "msgId"),
            people=(text_of(told, "senderId"), text_of(told, "senderStaffId")),
            text=text_of(part(told, "text"), "content").strip() if kind == TEXT else "",
            name=text_of(told, "senderNick"),
            kind="" if kind == TEXT else kind,
        )
    )


def _success(keys: Keys, now: datetime) -> Answer:
    stamp, nonce = str(int(now.timestamp() * 1000)), secrets.token_hex(4)
    sealed = seal(keys.key, keys.receiver, "success", secrets.token_bytes(16))
    said = {
        "msg_signature": signed(keys.token, stamp, nonce, sealed),
        "timeStamp": stamp,
        "nonce": nonce,
        "encrypt": sealed,
    }
    return Answer(json.dumps(said), JSON)
