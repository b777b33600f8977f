"""What Feishu pushes: open.feishu.cn/document/server-docs/event-subscription-guide, event im.message.receive_v1."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from huiyin.channels.rules.callbacks.pushed import (
    RECEIVER,
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
from huiyin.channels.rules.callbacks.sealed import unseal_feishu

JSON = "application/json"
MESSAGE, TEXT, PERSON = "im.message.receive_v1", "text", "user"


def signature(stamp: str, nonce: str, key: str, body: bytes) -> str:
    """The hex of SHA-256 over stamp, nonce, Encrypt Key and the body as it came."""
    return hashlib.sha256(f"{stamp}{nonce}{key}".encode("utf-8", "replace") + body).hexdigest()


def take(pushed: Pushed, keys: Keys, now: datetime, window: timedelta) -> Told:
    """The check of the address, a message, or another event.

    The check of the address need not be signed; its token proves it.

    Raises:
        NotTaken: it is not Feishu's, not for us, or cannot be read.
    """
    given = pushed.headers.get("x-lark-signature", "")
    if given:
        _check(pushed, keys, given, now, window)
    told = json_object(unseal_feishu(keys.key, text_of(json_object(pushed.body), "encrypt")))
    head = part(told, "header")
    if not same(text_of(head, "token") or text_of(told, "token"), keys.token):
        raise NotTaken(SIGNATURE)
    if text_of(told, "type") == "url_verification":
        return Told(Answer(json.dumps({"challenge": text_of(told, "challenge")}), JSON))
    if not given:
        raise NotTaken(SIGNATURE)
    if text_of(head, "app_id") != keys.receiver:
        raise NotTaken(RECEIVER)
    event = part(told, "event")
    ours = text_of(head, "event_type") == MESSAGE and text_of(part(event, "sender"), "sender_type") == PERSON
    return Told(Answer("{}", JSON), _words(event) if ours else None)


def _check(pushed: Pushed, keys: Keys, given: str, now: datetime, window: timedelta) -> None:
    stamp = pushed.headers.get("x-lark-request-timestamp", "")
    nonce = pushed.headers.get("x-lark-request-nonce", "")
    if not same(given, signature(stamp, nonce, keys.key, pushed.body)):
        raise NotTaken(SIGNATURE)
    check_fresh(stamp, now, window)


def _words(event: Mapping[str, Any]) -> Words:
    sender, said = part(part(event, "sender"), "sender_id"), part(event, "message")
    kind = text_of(said, "message_type")
    text = text_of(json_object(text_of(said, "content")), "text") if kind == TEXT else ""
    return checked(
        Words(
            key=text_of(said, "message_id"),
            people=tuple(text_of(sender, name) for name in ("open_id", "user_id", "union_id")),
            text=_named(text, said.get("mentions")),
            kind="" if kind == TEXT else kind,
        )
    )


def _named(text: str, mentions: object) -> str:
    """The text with names in the places of people who were named: ``@_user_1`` → ``@售后助手``."""
    for each in mentions if isinstance(mentions, list) else ():
        if isinstance(each, dict) and text_of(each, "key"):
            text = text.replace(text_of(each, "key"), f"@{text_of(each, 'name')}")
    return text.strip()
